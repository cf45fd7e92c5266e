"""The local page: a server on the loopback address that shows one case, and takes a person's corrections."""

from headwater.web.limits import Limits
from headwater.web.server import Serving, serve
from headwater.web.way_in import way_in

__all__ = ["Limits", "Serving", "serve", "way_in"]
