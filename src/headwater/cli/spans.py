"""Values of options as people write them: spans of time (30s, 10m, 2h, 1d), places of a network (mirror.lan:80)."""

import re

import click

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Span(click.ParamType[float]):
    """A parameter that is a span of time; its value is in seconds."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds of a span."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d+)\s*([smhd])", str(value).strip())
        if not found or not int(found[1]):
            self.fail(f"{value} is no span of time; write 30s, 10m, 2h or 1d", param, ctx)
        return float(int(found[1]) * SECONDS[found[2]])


class Place(click.ParamType[str]):
    """A parameter that is a host and a port, as links name them."""

    name = "host:port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the place in lower case."""
        found = re.fullmatch(r"([\w.-]+|\[[0-9a-f:.]+\]):(\d{1,5})", str(value).strip().lower())
        if not found or not 0 < int(found[2]) < 65_536:
            self.fail(f"{value} is no host and port; write mirror.lan:80, 127.0.0.1:8080 or [::1]:8080", param, ctx)
        return found[0]
