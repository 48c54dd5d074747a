"""Which thing an address of a page stands for."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from kg.store import Store
from kg.store.sparql import checked
from kg.terms import BASE, is_iri, segment

_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def iris_at(path: str) -> tuple[str, ...]:
    """The IRIs that a path below ``/id/``, as it was sent, may stand for, the likeliest first; mostly one.

    A link of a page has the IRI encoded once more. Who types the IRI sends its escapes as they are, and cannot be told from who
    means the characters that they stand for.

    >>> [iri.removeprefix(BASE) for iri in iris_at("agency/%E7%94%B2")]
    ['agency/甲']
    >>> [iri.removeprefix(BASE) for iri in iris_at("problem/%E7%94%B2%E3%80%82")]
    ['problem/甲。', 'problem/甲%E3%80%82']
    >>> [iri.removeprefix(BASE) for iri in iris_at("policy/%E7%94%B2%2Fb%20c")]
    ['policy/甲%2Fb_c', 'policy/甲%2Fb%20c']
    >>> [iri.removeprefix(BASE) for iri in iris_at("problem/50%25")]
    ['problem/50%25']
    """
    names = (
        unquote(path),
        "/".join(segment(unquote(part)) for part in path.split("/")),
        _BEYOND_ASCII.sub(lambda found: unquote(found[0]), path),
    )
    return tuple(
        iri for name in dict.fromkeys(names) if is_iri(iri := BASE + name) and not _NO_ESCAPE.search(name)
    )


def first_known(store: Store, iris: Sequence[str]) -> str:
    """The first of these that the store speaks of, as thing or as graph; the first where it speaks of none.

    >>> from kg.store import MemoryStore
    >>> first_known(MemoryStore(), ["x:a", "x:b"])
    'x:a'
    """
    for iri in iris:
        it = f"<{checked(iri)}>"
        if store.query(
            f"ASK {{ {{ {it} ?p ?o }} UNION {{ ?s ?q {it} }} UNION {{ GRAPH {it} {{ ?x ?y ?z }} }} }}"
        ):
            return iri
    return iris[0]
