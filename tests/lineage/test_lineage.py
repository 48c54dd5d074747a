"""What came of policies and what spread, over reports made for it."""

import json
import re
from collections.abc import Iterator

import pytest

from kg.build import build
from kg.errors import QueryError
from kg.lineage import (
    Lineage,
    Spread,
    Step,
    as_html,
    as_json,
    as_text,
    descent,
    spread,
    spread_html,
    spread_json,
    spread_text,
)  # fmt: skip
from kg.query import select
from kg.store import MemoryStore, Store, open_store

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

CENTRAL, PROVINCIAL, MUNICIPAL = "国办发〔2020〕5号", "林政办发〔2020〕31号", "松河政办发〔2021〕8号"
REPORTS = {
    "松河市2021": f"""松河市人民政府2021年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》编制本报告。

一、总体情况
落实《国务院办公厅关于做好档案开放工作的意见》（{CENTRAL}）和《林海省人民政府办公厅关于档案开放的实施方案》（{PROVINCIAL}），市政府办公室印发《松河市档案开放工作方案》（{MUNICIPAL}）。
按照《松河市档案开放工作方案》（{MUNICIPAL}），建立疑难档案会商机制，全年会商疑难件17件。
建成松河市公共数据开放平台。市政府门户网站开设“档案开放”专栏。
""",
    "林海省2020": f"""林海省人民政府2020年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》编制本报告。

一、总体情况
落实《国务院办公厅关于做好档案开放工作的意见》（{CENTRAL}），省政府办公厅印发《林海省人民政府办公厅关于档案开放的实施方案》（{PROVINCIAL}）。
""",
    "白沙县2022": """白沙岭县人民政府2022年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》编制本报告。

一、总体情况
建成白沙岭县公共数据开放平台。县政府门户网站开设“档案开放”专栏。
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("lineage")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert not build([folder], out=folder / "out").failed
    with open_store(folder / "out" / "store") as opened:
        yield opened


def _tree(step: Step) -> object:
    name = step.thing.number or step.thing.name
    return (name, [_tree(one) for one in step.steps]) if step.steps else name


@pytest.fixture(scope="module")
def lineages(store: Store) -> tuple[Lineage, ...]:
    return descent(store)


@pytest.fixture(scope="module")
def spreads(store: Store) -> tuple[Spread, ...]:
    return spread(store)


def test_a_policy_stands_under_the_lowest_that_it_implements(lineages: tuple[Lineage, ...]) -> None:
    tree = next(_tree(one.root) for one in lineages if one.root.thing.number == CENTRAL)
    assert tree == (CENTRAL, [(PROVINCIAL, [(MUNICIPAL, [("疑难档案会商机制", ["会商疑难件 17件"])])])])


@pytest.mark.parametrize("name", [MUNICIPAL, "松河市档案开放工作方案"])
def test_a_lineage_can_start_anywhere(store: Store, name: str) -> None:
    (found,) = descent(store, name)
    assert _tree(found.root) == (MUNICIPAL, [("疑难档案会商机制", ["会商疑难件 17件"])])


def test_what_nothing_follows_from_is_told_so(store: Store) -> None:
    law = "中华人民共和国政府信息公开条例"
    (found,) = descent(store, law)
    assert (found.root.thing.name, found.root.steps) == (law, ())
    assert "The store tells of nothing" in as_text([found], "en")


def test_each_step_has_its_delay_and_its_words(store: Store, lineages: tuple[Lineage, ...]) -> None:
    told = json.loads(as_json([one for one in lineages if one.root.thing.number == CENTRAL]))[0]
    assert told["year"] == 2020
    assert told["cited"] == {"2020": 1, "2021": 1}
    provincial = told["steps"][0]
    municipal = provincial["steps"][0]
    assert (provincial["delay"], municipal["delay"]) == (
        {"count": 0, "unit": "years"},
        {"count": 1, "unit": "years"},
    )
    texts = {
        row["r"].value: row["t"].value
        for row in select(store, "SELECT ?r ?t { ?x dcterms:isFormatOf ?r ; nif:isString ?t }")
    }
    quotes = [quote for step in (provincial, municipal, *municipal["steps"]) for quote in step["quotes"]]
    assert len(quotes) >= 3
    for quote in quotes:
        assert " ".join(texts[quote["report"]][quote["start"] : quote["end"]].split()) == quote["words"]


@pytest.mark.parametrize(
    ("name", "message"), [("没有这个", "nothing in the store"), ("松河市人民政府", "is no policy")]
)
def test_what_is_no_policy_is_refused(store: Store, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        descent(store, name)


BASE = "https://w3id.org/policy-kg/"
LINE = "<{s}> <{p}> {o} <http://x/g> .\n"


def _made(*edges: tuple[str, str], numbers: dict[str, str] | None = None) -> MemoryStore:
    """A store of policies, each edge from child to parent."""
    lines = []
    for name in sorted({one for edge in edges for one in edge}):
        iri = f"http://x/{name}"
        lines.append(
            LINE.format(
                s=iri, p="http://www.w3.org/1999/02/22-rdf-syntax-ns#type", o=f"<{BASE}ontology#Policy>"
            )
        )
        lines.append(LINE.format(s=iri, p="http://www.w3.org/2004/02/skos/core#prefLabel", o=f'"{name}"@zh'))
        if number := (numbers or {}).get(name):
            lines.append(LINE.format(s=iri, p=f"{BASE}ontology#documentNumber", o=f'"{number}"'))
    lines += [
        LINE.format(s=f"http://x/{child}", p=f"{BASE}ontology#implements", o=f"<http://x/{parent}>")
        for child, parent in edges
    ]
    made = MemoryStore()
    made.add({"http://x/g": "".join(lines).encode()})
    return made


def test_a_circle_is_cut_and_still_shown() -> None:
    found = descent(_made(("a", "b"), ("b", "a"), ("c", "a")))
    assert len(found) == 1
    assert sorted(step.thing.name for _, _, step in found[0].root.walk()) == ["a", "b", "c"]


def test_an_older_document_follows_from_no_younger_one() -> None:
    made = _made(
        ("a", "b"), ("c", "b"), numbers={"a": "甲〔2018〕1号", "b": "乙〔2020〕1号", "c": "丙〔2020〕2号"}
    )
    assert [_tree(one.root) for one in descent(made)] == [("乙〔2020〕1号", ["丙〔2020〕2号"])]


def test_a_short_cut_is_left_out() -> None:
    made = _made(("c", "b"), ("b", "a"), ("c", "a"))
    assert [_tree(one.root) for one in descent(made)] == [("a", [("b", ["c"])])]


def test_a_thing_spreads_where_only_the_place_in_its_name_differs(spreads: tuple[Spread, ...]) -> None:
    found = {one.name: [(at.place, at.year) for at in one.places] for one in spreads}
    assert found["…公共数据开放平台"] == [("松河市", 2021), ("白沙岭县", 2022)]
    assert found["“档案开放”专栏"] == [("松河市", 2021), ("白沙岭县", 2022)]
    for one in spreads:
        for at in one.places:
            assert at.quote.words in "".join(REPORTS.values())


def test_spread_is_narrowed_by_name_and_kind(store: Store) -> None:
    assert [one.name for one in spread(store, "公共数据")] == ["…公共数据开放平台"]
    assert not spread(store, kind="Initiative")
    with pytest.raises(QueryError, match="no kind of thing"):
        spread(store, kind="Agency")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_need_nothing_but_themselves(
    lineages: tuple[Lineage, ...], spreads: tuple[Spread, ...], lang: str
) -> None:
    for page in (
        as_html(lineages, lang),
        spread_html(spreads, lang),
        as_html((), lang),
        spread_html((), lang),
    ):
        assert not re.search(r"(?:src|href)=|url\(|@import", page)
        assert page.startswith("<!doctype html>")
    assert CENTRAL in as_html(lineages, lang)
    assert "公共数据开放平台" in spread_text(spreads, lang)
    assert json.loads(spread_json(spreads))[0]["places"][0]["quote"]["words"]


def test_markup_in_names_is_text() -> None:
    assert "<b>x" not in as_html(descent(_made(("&lt;b&gt;x", "y"))))
