"""Updates that name what they change: the default graph follows without a look at the whole store, and as it does for any other."""

import pytest

from kg.store import DEFAULT, MemoryStore
from kg.store.sparql import repaired, with_union

BEFORE = "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 , 2 . <x:c> <x:d> 'e}' } GRAPH <x:h> { <x:a> <x:b> 1 } }"
NARROW = {
    "a triple": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 3 } }",
    "several graphs": "PREFIX p: <x:> INSERT DATA { GRAPH <x:g> { p:a p:b 3 ; p:c '#;{' } GRAPH p:k { p:a p:b 3 } }",
    "a triple that another graph states": "DELETE DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
    "a triple of one graph": "DELETE DATA { GRAPH <x:g> { <x:a> <x:b> 2 } }",
    "one after the other": "DELETE DATA { GRAPH <x:g> { <x:a> <x:b> 2 } } ; INSERT DATA { GRAPH <x:h> { <x:a> <x:b> 2 } } ;",
    "with a base": "BASE <x:y/> INSERT DATA { GRAPH <g> { <a> <b> 3 } }",
    "a graph cleared": "CLEAR GRAPH <x:g>",
    "a graph dropped": "DROP SILENT GRAPH <x:g>",
    "a graph that is not there": "CLEAR SILENT GRAPH <x:n>",
    "nothing new": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
}
WHOLE = {
    "a pattern": "DELETE WHERE { GRAPH <x:g> { <x:a> <x:b> ?o } }",
    "a pattern after data": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 3 } } ; DELETE WHERE { GRAPH <x:g> { <x:a> <x:b> ?o } }",
    "a blank node": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> _:n } GRAPH <x:h> { <x:a> <x:b> _:n } }",
    "no graph": "INSERT DATA { <x:a> <x:b> 3 }",
    "all": "CLEAR ALL",
    "a base of its own": "BASE <x:> CLEAR GRAPH <g>",
    "nothing": "# nothing",
    "as TriG alone has it": "INSERT DATA { <x:g> { <x:a> <x:b> 3 } }",
}


def _left(update: str) -> tuple[set[str], set[str]]:
    store = MemoryStore()
    store.engine.update(with_union(BEFORE))
    store.engine.update(update)
    return {str(quad) for quad in store.quads()}, {str(quad.triple) for quad in store.quads(DEFAULT)}


@pytest.mark.parametrize("update", NARROW.values(), ids=NARROW)
def test_the_narrow_way_leaves_the_same(update: str) -> None:
    narrow = repaired(update)
    assert narrow is not None
    assert "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g" not in narrow.replace("VALUES", "")
    assert _left(narrow) == _left(with_union(update))


@pytest.mark.parametrize("update", WHOLE.values(), ids=WHOLE)
def test_any_other_update_looks_at_the_whole(update: str) -> None:
    assert repaired(update) is None
