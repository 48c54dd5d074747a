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


@pytest.fixture(scope="module")
def called() -> MemoryStore:
    """A place, its bodies and a policy with a number, with what the ontology says of short names."""
    made = MemoryStore()
    made.update("""INSERT DATA { GRAPH <x:g> {
        pol:Government rdfs:subClassOf pol:Agency . pol:Department rdfs:subClassOf pol:Agency .
        <x:market> a pol:AgencyKind ; pol:stem "市场监督管理" ; pol:shortStem "市监" ; pol:suffix "局" .
        <x:ethnic> a pol:AgencyKind ; pol:stem "民族事务" ; pol:shortForm "民委" ; pol:suffix "委" .
        <x:committee> a pol:SuffixForm ; pol:suffix "委" ; pol:expandsTo "委员会" .
        <x:city> a pol:Region ; skos:prefLabel "云川市"@zh .
        <x:district> a pol:Region ; skos:prefLabel "望岚区"@zh ; skos:altLabel "云川市望岚区"@zh .
        <x:rules> a pol:Policy ; skos:prefLabel "云川市办法"@zh .
        <x:school> a pol:Department ; skos:prefLabel "云川市校"@zh .
        <x:market-bureau> a pol:Department ; skos:prefLabel "云川市市场监督管理局"@zh .
        <x:ethnic-committee> a pol:Department ; skos:prefLabel "云川市民族事务委员会"@zh .
        <x:government> a pol:Government ; skos:prefLabel "云川市人民政府"@zh ; pol:jurisdiction <x:city> .
        <x:district-government> a pol:Government ; skos:prefLabel "云川市望岚区人民政府"@zh ; pol:jurisdiction <x:district> .
        <x:policy> a pol:Policy ; skos:prefLabel "关于公开的意见"@zh ; pol:documentNumber "云政办发〔2021〕17号" .
        <x:number-alone> a pol:Policy ; pol:documentNumber "云政办发〔2021〕8号" .
    } GRAPH <x:other> { <x:elsewhere> skos:prefLabel "云川市档案馆"@zh } }""")
    return made


def _iris(store: MemoryStore, words: str) -> list[str]:
    return [hit.iri.removeprefix("x:") for hit in search(store, words)]


@pytest.mark.parametrize(
    "number",
    ["云政办发〔2021〕17号", "云政办发[2021]17号", "云政办发(2021)17号", "云政办发（2021）17号", "云政办发【２０２１】17 號", "雲政辦發〔2021〕1"],
)  # fmt: skip
def test_a_number_is_found_in_any_brackets(called: MemoryStore, number: str) -> None:
    assert _iris(called, number) == ["policy"]


def test_another_number_is_not_found(called: MemoryStore) -> None:
    assert _iris(called, "云政办发〔2021〕7号") == _iris(called, "政云办发〔2021〕17号") == []
    assert _iris(called, "云政办发〔2021〕8号") == ["number-alone"]
    assert search(called, "云政办发〔2021〕8号")[0].cls == expand("pol:Policy")


def test_traditional_script_finds_what_simplified_script_finds(called: MemoryStore) -> None:
    assert _iris(called, "雲川市") == _iris(called, "云川市") != []
    called_so = MemoryStore()
    called_so.update('INSERT DATA { GRAPH <x:g> { <x:a> skos:prefLabel "雲川縣檔案館"@zh } }')
    assert _iris(called_so, "云川县") == _iris(called_so, "檔案館") == ["a"]


@pytest.mark.parametrize(
    ("short", "full"),
    [("市监局", "market-bureau"), ("云川市市监局", "market-bureau"), ("民委", "ethnic-committee"), ("市民族事务委", "ethnic-committee")],
)  # fmt: skip
def test_a_body_is_found_by_its_short_name(called: MemoryStore, short: str, full: str) -> None:
    assert _iris(called, short) == [full]


def test_short_names_are_made_of_whole_names_alone(called: MemoryStore) -> None:
    assert _iris(called, "市监") == ["market-bureau"]
    assert _iris(called, "监局") == ["market-bureau"]
    assert _iris(called, "市监委") == []


def test_a_place_comes_before_its_government_and_that_before_other_bodies(called: MemoryStore) -> None:
    found = _iris(called, "云川市")
    assert found[:2] == ["city", "government"]
    assert found.index("rules") > found.index("market-bureau") > found.index("school")
    assert _iris(called, "云川")[:2] == ["city", "government"]
    assert _iris(called, "望岚区")[:2] == ["district", "district-government"]


def test_a_name_in_short_is_told_only_where_no_other_has_the_words(called: MemoryStore) -> None:
    forms = {hit.iri: hit.form for hit in search(called, "云川市")}
    assert forms["x:market-bureau"] == "云川市市场监督管理局"


def test_only_names_in_the_graphs_asked_for_are_found(called: MemoryStore) -> None:
    query = 'SELECT * { ?e pol:search "档案馆" }'
    assert "<x:elsewhere>" in with_search(called, query)
    assert "<x:elsewhere>" in with_search(called, query, ["x:g", "x:other"])
    assert "<x:" not in with_search(called, query, ["x:g"])
    assert "<x:" not in with_search(called, query, ["http://nope/"])
