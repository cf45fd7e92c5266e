"""How a request is refused before any page is made: one line with the error's code, or the same as JSON for a program that asked for it."""

import json
from http import HTTPStatus

from starlette.responses import Response

from headwater.errors import HeadwaterError


def as_response(status: int, error: HeadwaterError, path: str) -> Response:
    """Return the refusal of a request for a path."""
    headers = {"retry-after": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    if path.endswith(".json"):
        return Response(as_json(error), status, headers, "application/json")
    return Response(f"Refused: {error}\n", status, headers, "text/plain")


def as_json(error: HeadwaterError) -> str:
    """Return an error as JSON, with its parts apart."""
    said = {"code": error.code, "thing": error.thing, "message": error.message, "hint": error.hint}
    return json.dumps({"error": said}, ensure_ascii=False)


def as_bytes(status: int, error: HeadwaterError) -> bytes:
    """Return the refusal of a request of which no head could be read, as it crosses the wire."""
    body = f"Refused: {error}\n".encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
        f"x-content-type-options: nosniff\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
