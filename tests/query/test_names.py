"""Names found by the words inside them, from SPARQL: the property in each of its forms, and what is no such form."""

import pytest

from kg.errors import QueryError
from kg.query import search, searches, select, with_search
from kg.store import MemoryStore
from kg.terms import expand

NAMES = {"a": "云川市档案馆", "b": "青澜县档案局", "c": "云川市", "d": "松屏镇"}
FORMS = {
    "first": '?e pol:search "档案" ; a pol:Agency',
    "last": '?e a pol:Agency ; pol:search "档案"',
    "in the middle": '?e a pol:Agency ; pol:search "档案" ; skos:prefLabel ?n .',
    "after another pattern": '?x a pol:Agency . ?e a pol:Agency ; pol:search "档案" . FILTER(?x = ?e)',
    "after a filter": 'FILTER(CONTAINS(STR(?e), "x") && (true)) ?e a pol:Agency ; pol:search "档案"',
    "after a list of objects": '?e a pol:Agency , ?t ; skos:prefLabel ?n ; pol:search "档案"@zh',
    "with a path before it": '?e (a|a) pol:Agency ; pol:search "档案"',
    "twice": '?e a pol:Agency ; pol:search "档案" ; pol:search "案"',
    "as a whole IRI": f'?e <{expand("pol:search")}> "档案" ; a pol:Agency',
    "in a group of its own": '?e a pol:Agency { ?e pol:search "档案" }',
}
REFUSED = {
    "of one thing": '<http://x/a> pol:search "档案"',
    "two strings": '?e pol:search "档案", "市"',
    "a variable": "?e pol:search ?words",
    "in brackets": '?x pol:partOf [ a pol:Agency ; pol:search "档案" ]',
    "backwards": '?e ^pol:search "档案"',
    "in a path": '?e pol:partOf/pol:search "档案"',
}


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    """Four bodies with names."""
    made = MemoryStore()
    graph = "http://x/g"
    lines = "".join(
        f'<http://x/{key}> <{expand("skos:prefLabel")}> "{name}"@zh <{graph}> .\n'
        f"<http://x/{key}> <{expand('rdf:type')}> <{expand('pol:Agency')}> <{graph}> .\n"
        for key, name in NAMES.items()
    )
    made.add({graph: lines.encode()})
    return made


def _found(store: MemoryStore, text: str) -> list[str]:
    return sorted({row["e"].value[-1] for row in select(store, with_search(store, text))})


@pytest.mark.parametrize("pattern", FORMS.values(), ids=FORMS)
def test_each_form_finds_the_same(store: MemoryStore, pattern: str) -> None:
    assert _found(store, f"SELECT ?e {{ {pattern} }}") == ["a", "b"]


def test_a_prefix_of_ones_own_is_understood(store: MemoryStore) -> None:
    space = expand("pol:search").removesuffix("search")
    assert _found(store, f'PREFIX my: <{space}> SELECT ?e {{ ?e my:search "档案" }}') == ["a", "b"]
    other = 'PREFIX pol: <http://y/> SELECT ?e { ?e pol:search "档案" }'
    assert with_search(store, other) == other
    assert not searches(other)


@pytest.mark.parametrize("pattern", REFUSED.values(), ids=REFUSED)
def test_any_other_form_is_refused(store: MemoryStore, pattern: str) -> None:
    with pytest.raises(QueryError):
        with_search(store, f"SELECT * {{ {pattern} }}")


def test_one_character_is_found_wherever_it_stands(store: MemoryStore) -> None:
    assert sorted(hit.iri[-1] for hit in search(store, "市")) == ["a", "c"]
    assert [hit.iri[-1] for hit in search(store, "镇")] == ["d"]


def test_too_many_names_are_told(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.names._MOST", 1)
    with pytest.raises(QueryError, match="more than 1 names"):
        with_search(store, 'SELECT * { ?e pol:search "档案" }')
