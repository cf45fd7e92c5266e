"""The local page: a server on the loopback address that shows one case, and takes a person's corrections."""

from headwater.web.server import Serving, serve

__all__ = ["Serving", "serve"]
