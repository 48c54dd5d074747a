"""A request of the SPARQL 1.1 Protocol as a value.

Source: https://www.w3.org/TR/sparql11-protocol/, sections 2.1 and 2.2.
"""

import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus

from kg.serve.negotiation import FORMATS
from kg.serve.refusal import Refused

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_EITHER = {"json": "application/json", "xml": "application/xml"}  # for a graph as for rows
_ALSO = {
    "json-ld": "application/ld+json",
    "n3": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
}  # as clients call them
_GLUED = re.compile("&((?:default|named|using|using-named)-graph-uri)=")
_PRINTABLE = bytes(range(ord("!"), ord("~") + 1))
_QUOTED = bytes.maketrans(b"+%", b" =")


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, with the graphs it is put to; ``accept`` where the request says the format beside its ``Accept`` header."""

    kind: str
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str = ""


def read_operation(method: str, query_string: str, content_type: str, body: bytes) -> Operation | None:
    """What a request asks for, or None where a GET asks for nothing.

    Raises ``Refused`` with 400, 405 or 415 where it is none of the protocol's forms.

    >>> read_operation("GET", "query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fx%2Fg", "", b"")
    Operation(kind='query', text='ASK {}', default_graphs=('http://x/g',), named_graphs=(), accept='')
    >>> read_operation("POST", "", "application/sparql-update", b"CLEAR ALL").kind
    'update'
    """
    given = _pairs(query_string)
    if method in ("GET", "HEAD"):
        if not any(name in ("query", "update") for name, _ in given):
            return None
        if any(name == "update" for name, _ in given):
            raise Refused(405, "an update cannot come by GET", "use POST", Allow="POST")
        return _operation("query", given)
    if method != "POST":
        raise Refused(405, f"{method} is no method of SPARQL", "use GET or POST", Allow="GET, HEAD, POST")
    kind, charset = _content_type(content_type)
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"the text is in {charset}", "send UTF-8")
    if kind == _FORM:
        form = _pairs(_decoded(body))
        names = {name for name, _ in form}
        if {"query", "update"} <= names:
            raise Refused(400, "both a query and an update were given", "send one of them")
        return _operation("update" if "update" in names else "query", [*given, *form])
    if kind in (_QUERY, _UPDATE):
        what = kind.removeprefix("application/sparql-")
        if any(name in ("query", "update") for name, _ in given):
            raise Refused(400, f"a {what} stands in the address and in the body", "send it once")
        return _operation(what, [*given, (what, _decoded(body))])
    raise Refused(
        415, f"the content type “{kind}” is none of the protocol's", f"use {_QUERY}, {_UPDATE} or {_FORM}"
    )


def number(given: str, name: str, default: int) -> int:
    """A whole number of up to nine digits; raises ``Refused`` with 400 for anything else.

    >>> number("12", "page", 1), number("", "page", 1)
    (12, 1)
    """
    if not given:
        return default
    if not given.isascii() or not given.isdecimal() or len(given) > 9:
        raise Refused(
            400, f"“{given[:20]}” is no number for {name}", f"leave {name} out, or give a whole number"
        )
    return int(given)


def _operation(kind: str, pairs: list[tuple[str, str]]) -> Operation:
    texts = [value for name, value in pairs if name == kind]
    if len(texts) != 1:
        how = "no" if not texts else "more than one"
        raise Refused(400, f"{how} {kind} was given", f"send one as the parameter {kind}")
    names = (
        ("default-graph-uri", "named-graph-uri")
        if kind == "query"
        else ("using-graph-uri", "using-named-graph-uri")
    )
    graphs = [pair for name, value in pairs if name in names for pair in _parted(name, value)]
    default, named = (
        tuple(dict.fromkeys(value for name, value in graphs if name == wanted)) for wanted in names
    )
    return Operation(kind, texts[0], default, named, _format(pairs) if kind == "query" else "")


def _format(pairs: list[tuple[str, str]]) -> str:
    """The media type that the parameter ``format``, or ``output`` as other servers call it, asks for; or what it says, as a media type."""
    given = next((value for name, value in pairs if name in ("format", "output")), "").strip()
    if given and given not in FORMATS and given not in _ALSO and "/" not in given:
        raise Refused(400, f"unknown format “{given}”", f"use one of {', '.join(FORMATS)}, or a media type")
    return _EITHER.get(given) or _ALSO.get(given) or FORMATS.get(given, given)


def _parted(name: str, value: str) -> list[tuple[str, str]]:
    """The parameters in the value of one: of a client that took the "&" and "=" between them for a part of the IRI.

    One of the W3C's tests of the protocol sends its graphs so, and expects them to be two.

    >>> _parted("named-graph-uri", "http://x/a&named-graph-uri=http://x/b")
    [('named-graph-uri', 'http://x/a'), ('named-graph-uri', 'http://x/b')]
    """
    first, *rest = _GLUED.split(value)
    return [(name, first), *zip(rest[::2], rest[1::2], strict=True)]


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        if "&" not in text and text.startswith("query="):
            return [("query", _unquoted(text[len("query=") :]))]
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        raise Refused(400, "the request is not UTF-8", "encode it as UTF-8") from None
    except ValueError:
        raise Refused(400, "the request has too many parameters", "send at most 1000") from None


def _unquoted(text: str) -> str:
    """A value of a form as it was before it was encoded: what ``unquote_plus`` says, many times as fast for a long query.

    Escapes are those of quoted-printable text but for their first character, which the standard library decodes in C; one that is
    none is left as it is, so that there are more of that character than were written as escapes.

    >>> _unquoted("%E6%94%BF+%25E6%2541%3a=_%3D"), _unquoted("100%"), _unquoted("%2%35"), _unquoted("%%3d")
    ('政 %E6%41:=_=', '100%', '%25', '%=')
    """
    data = text.encode().replace(b"=", b"%3D")
    if not data.translate(None, _PRINTABLE) and b"%%" not in data and not data.endswith(b"%"):
        found = a2b_qp(data.translate(_QUOTED))
        if found.count(b"=") == data.count(b"%3D") + data.count(b"%3d"):
            return found.decode()
    return unquote_plus(text, errors="strict")


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refused(400, "the request is not UTF-8", "encode it as UTF-8") from None


def _content_type(header: str) -> tuple[str, str]:
    kind, *options = (part.strip() for part in header.split(";"))
    charset = next(
        (
            option.partition("=")[2].strip("\"' ")
            for option in options
            if option.lower().startswith("charset")
        ),
        "",
    )
    return kind.lower(), charset.lower()
