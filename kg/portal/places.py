"""Where the words stand that a thing is known from."""

from collections.abc import Sequence

from kg.errors import QueryError
from kg.query import select
from kg.store import Store
from kg.store.sparql import checked
from kg.view.classes import select_for


def place_of(store: Store, iri: str) -> tuple[str, str, str]:
    """The report with the first words that say something of a thing, where they begin and end; raises ``QueryError`` where there are none."""
    rows = select(
        store,
        f"SELECT ?report ?start ?end WHERE {{ {{ ?fact rdf:subject <{checked(iri)}> ; pol:evidence ?place }} "
        f"UNION {{ <{iri}> pol:evidence ?place }} UNION {{ BIND(<{iri}> AS ?place) }} "
        "?place oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end }",
    )
    if not rows:
        raise QueryError(f"no words are known for “{iri}”")
    return min(
        ((row["report"].value, row["start"].value, row["end"].value) for row in rows),
        key=lambda place: (place[0], int(place[1]), int(place[2])),
    )


def with_words(store: Store, iris: Sequence[str]) -> frozenset[str]:
    """Those of these things that reports speak of, so that their words can be shown."""
    return frozenset(row["it"].value for row in select_for(store, iris, "?it pol:reportedIn ?report"))
