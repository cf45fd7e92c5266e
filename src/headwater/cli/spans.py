"""Spans of time as people write them: 30s, 10m, 2h, 1d."""

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
