"""How an answer goes out: whole, packed, or not at all where the client has it.

Source: RFC 9110, sections 8.8.3, 12.5.3 and 13.1.2.
"""

import asyncio
import gzip
import hashlib
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

T = TypeVar("T")
_FEWEST = 1_000  # bytes that are worth packing
_AT_ONCE = 1 << 16  # bytes that keep nobody waiting
_MOST = 32 << 20  # bytes of which a digest is made, or that are packed
_LEVEL = 5
_TEXTUAL = ("text/", "application/")
_TOLD = (
    "etag",
    "vary",
    "cache-control",
    "content-location",
    "expires",
    "content-security-policy",
)  # also where nothing is sent


async def sent(request: Request, response: Response) -> Response:
    """A response with a digest as its entity tag: empty where the request names it, packed where it accepts that.

    An answer to a query by GET goes out as it is, for most of these take a shorter way, see ``wire``, and all shall be alike.
    """
    body = bytes(response.body)
    headers = response.headers
    reading = request.method in ("GET", "HEAD")
    query = request.url.path == "/sparql" and not headers.get("content-type", "").startswith("text/html")
    if response.status_code != 200 or len(body) > _MOST or (query and reading):
        return response
    if reading and "set-cookie" not in headers:
        headers["ETag"] = f'W/"{await _of(len(body), _digest, body)}"'
        headers.setdefault("Cache-Control", "no-cache")
        if names(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(
                status_code=304, headers={name: value for name, value in headers.items() if name in _TOLD}
            )
    if len(body) >= _FEWEST and headers.get("content-type", "").startswith(_TEXTUAL):
        headers["Vary"] = f"{headers['Vary']}, Accept-Encoding" if "Vary" in headers else "Accept-Encoding"
        if packs(request.headers.get("accept-encoding", "")):
            response.body = await _of(len(body), _packed, body)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(response.body))
    return response


def names(tags: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names an entity tag, or any.

    >>> names('"a", W/"b"', 'W/"b"'), names('"b"', 'W/"b"'), names("*", 'W/"b"'), names("", 'W/"b"')
    (True, True, True, False)
    """
    given = [one.strip() for one in tags.split(",")]
    return "*" in given or tag.removeprefix("W/") in (one.removeprefix("W/") for one in given)


def packs(accepted: str) -> bool:
    """Whether ``Accept-Encoding`` takes gzip.

    >>> packs("gzip, deflate, br"), packs("gzip;q=0, *"), packs("*"), packs("br"), packs("")
    (True, False, True, False, False)
    """
    found = {}
    for part in accepted.lower().split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        found[name] = not any(
            option.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for option in options
        )
    return found.get("gzip", found.get("*", False))


async def _of(size: int, function: Callable[[bytes], T], body: bytes) -> T:
    """What a function makes of a body; in a thread where that takes long."""
    return function(body) if size < _AT_ONCE else await asyncio.to_thread(function, body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)
