"""Terms of a query that the store's ontology calls deprecated, and what replaces them."""

import re

from kg.query.header import Query
from kg.query.select import select
from kg.store import Store
from kg.terms import shorten

_OLD = """
SELECT DISTINCT ?old ?new WHERE { ?old owl:deprecated true . OPTIONAL { ?old dcterms:isReplacedBy ?new } FILTER(isIRI(?old)) }
"""


def deprecated_terms(store: Store, query: Query) -> tuple[tuple[str, str], ...]:
    """Each deprecated term that a query uses, with the term that replaces it, or ""; as prefixed names.

    >>> from kg.query.header import parse_query
    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> old = "https://w3id.org/policy-kg/extension/Old"
    >>> line = f'<{old}> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> <http://x/g> .\\n'
    >>> store.add({"http://x/g": line.encode()})
    >>> deprecated_terms(store, parse_query("SELECT * { ?a a ext:Old }"))
    (('ext:Old', ''),)
    """
    found = []
    for row in select(store, _OLD):
        old = row["old"].value
        names = "|".join(map(re.escape, (shorten(old), f"<{old}>")))
        if re.search(rf"(?:{names})(?![\\w-])", query.text):
            found.append((shorten(old), shorten(row["new"].value) if "new" in row else ""))
    return tuple(sorted(found))
