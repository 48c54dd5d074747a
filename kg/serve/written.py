"""An answer as bytes of HTTP, the same whichever process writes it."""

from collections.abc import Iterable
from http import HTTPStatus

from kg.serve.refusal import Refusal
from kg.serve.work import Reply

Header = tuple[bytes, bytes]
_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}


def headers_of(answer: Reply | Refusal) -> list[Header]:
    """What is said of an answer before its body.

    >>> headers_of(Reply("text/csv", b"a"))
    [(b'content-type', b'text/csv; charset=utf-8'), (b'vary', b'Accept'), (b'content-length', b'1')]
    """
    if isinstance(answer, Refusal):
        given = [
            (name.lower().encode(), value.encode("latin-1", "replace")) for name, value in answer.headers
        ]
        length = b"%d" % len(answer.text.encode())
        return [*given, (b"content-length", length), (b"content-type", b"text/plain; charset=utf-8")]
    kind = answer.kind.encode()
    if kind.startswith(b"text/"):
        kind += b"; charset=utf-8"
    return [
        (b"content-type", kind),
        (b"vary", b"Accept"),
        (b"content-length", b"%d" % len(answer.body)),
    ]


def written(
    answer: Reply | Refusal, before: Iterable[Header] = (), after: Iterable[Header] = ()
) -> tuple[bytes, bytes]:
    """Head and body, with further headers before and after those of the answer.

    >>> written(Reply("text/turtle", b"x"), [(b"date", b"now")])[0].split(b"\\r\\n")[:2]
    [b'HTTP/1.1 200 OK', b'date: now']
    """
    lines = [b"%b: %b\r\n" % header for header in (*before, *headers_of(answer), *after)]
    line = _LINES[answer.status if isinstance(answer, Refusal) else 200]
    body = answer.text.encode() if isinstance(answer, Refusal) else answer.body
    return line + b"".join(lines) + b"\r\n", body
