"""Where a SPARQL server is asked, written to and loaded, from the one address a person gives."""

import os
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from kg.errors import StoreError

# What follows from the end of a query address: that of updates, that of the Graph Store Protocol.
_KNOWN = (
    (r"/sparql-auth$", "/sparql-auth", "/sparql-graph-crud-auth"),  # Virtuoso
    (
        r"/repositories/([^/]+)$",
        r"/repositories/\1/statements",
        r"/repositories/\1/rdf-graphs/service",
    ),  # RDF4J
    (r"^/query$", "/update", "/store"),  # Oxigraph
    (r"/query$", "/update", "/data"),  # Fuseki
)
DEFAULTS = ("own", "union")


@dataclass(frozen=True, slots=True)
class Address:
    """The addresses of one server; ``default`` says whether its default graph is one of its own or the union of the named ones.

    After ``#`` a person may say what cannot be told from the address: ``update``, ``data``, ``default``. A name and a password
    may stand before the host; the password may stand in ``KG_STORE_PASSWORD`` instead, or a token in ``KG_STORE_TOKEN``.

    >>> found = Address.of("http://user:secret@localhost:7878/query")
    >>> found.query, found.update, found.data, found.password
    ('http://localhost:7878/query', 'http://localhost:7878/update', 'http://localhost:7878/store', 'secret')
    >>> Address.of("https://example.org/sparql#data=/sparql/gsp/&default=union").data
    'https://example.org/sparql/gsp/'
    """

    query: str
    update: str
    data: str  # "" where graphs are not loaded by the Graph Store Protocol
    default: str = ""  # "" where nothing is said
    user: str = ""
    password: str = ""
    token: str = ""

    @staticmethod
    def of(written: str) -> "Address":
        """The addresses that a person means; raises ``StoreError`` where they are not clear."""
        address, fragment = urldefrag(written)
        parts = urlsplit(address)
        said = dict(parse_qsl(fragment, keep_blank_values=True))
        for name in said:
            if name not in ("update", "data", "default"):
                raise StoreError(
                    f"“{name}” means nothing after #", where=address, hint="use update, data, default"
                )
        if said.get("default", "own") not in DEFAULTS:
            raise StoreError("default is own or union", where=address)
        query = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        update, data = _derived(query)
        return Address(
            query,
            urljoin(query, said["update"]) if "update" in said else update,
            (urljoin(query, said["data"]) if said["data"] else "") if "data" in said else data,
            said.get("default", ""),
            unquote(parts.username or ""),
            unquote(parts.password or "") or os.environ.get("KG_STORE_PASSWORD", ""),
            os.environ.get("KG_STORE_TOKEN", ""),
        )


def _derived(query: str) -> tuple[str, str]:
    parts = urlsplit(query)
    for pattern, update, data in _KNOWN:
        if re.search(pattern, parts.path):
            made = (re.sub(pattern, end, parts.path) for end in (update, data))
            there = [urlunsplit(parts._replace(path=path)) for path in made]
            return there[0], there[1]
    return query, ""
