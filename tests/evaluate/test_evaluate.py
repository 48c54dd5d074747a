"""The yardstick: what is right, what is missed, what is too much, in each category."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, StoreError
from kg.evaluate import Score, as_json, as_table, evaluate, gold_files, load_gold, rules_table, total
from kg.evaluate.actual import Fault, Figure
from kg.evaluate.figures import score_figures
from kg.evaluate.gold import Both, GoldFinding, parse_gold
from kg.evaluate.report import score_findings
from kg.store import MemoryStore
from kg.terms import PREFIXES

GOLD = Path(__file__).parent / "yunchuan.json"
SHARED = Path(__file__).parents[2].parent / "shared" / "gold"
REPORT = "https://w3id.org/policy-kg/id/report/云川市人民政府/2021"
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@pytest.fixture
def gold() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return content


def scored(store: MemoryStore, gold: dict[str, Any], category: str) -> Score:
    return evaluate(store, parse_gold(gold, "gold.json")).score(category)


# category, wanted, found, given, right
EXPECTED = [
    ("report", 3, 3, 3, 3),
    ("agencies", 2, 1, 1, 1),
    ("policies", 1, 1, 1, 1),
    ("policy numbers", 1, 1, 1, 1),
    ("policy issuers", 1, 0, 0, 0),
    ("platforms", 1, 1, 1, 1),
    ("initiatives", 1, 1, 1, 1),
    ("regions", 1, 1, 1, 1),
    ("observations", 6, 5, 6, 5),  # 342件 is not 342项
    ("achievements", 0, 0, 0, 0),
    ("problems", 1, 1, 1, 1),
    ("improvements", 1, 1, 1, 1),
    ("relations", 5, 4, 5, 4),
    ("tables", 3, 2, 6, 2),  # 56 for 55, and a row that gold lacks
    ("findings", 1, 1, 1, 1),
    (
        "spans, IoU 0",
        4,
        3,
        3,
        3,
    ),  # the body that the title names rests on 市政府 alone, which gold does not quote
    ("spans, IoU 0.5", 4, 3, 3, 3),
    ("spans, IoU 0.9", 4, 2, 3, 2),  # 一窗通办”改革 for 一窗通办
]


@pytest.mark.parametrize("row", EXPECTED, ids=[row[0] for row in EXPECTED])
def test_category(store: MemoryStore, row: tuple[str, int, int, int, int]) -> None:
    category, wanted, found, given, right = row
    score = evaluate(store, load_gold(GOLD)).score(category)
    assert (score.wanted, score.found, score.given, score.right) == (wanted, found, given, right)
    assert len(score.misses) == wanted - found
    assert len(score.extras) == given - right


def test_every_category_is_expected(store: MemoryStore) -> None:
    report = evaluate(store, load_gold(GOLD))
    assert [score.category for score in (*report.scores, *report.spans)] == [row[0] for row in EXPECTED]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"value": 456}, True),
        ({"value": 457}, False),
        ({"unit": "条"}, False),
        ({"unit": "条", "units": ["条", "件"]}, True),
        ({"unit": "万件", "value": 0.0456}, True),
        ({"year": 2020}, False),
        ({"indicator": "完全不同", "year": 2021}, True),
        ({"share_of": "全部"}, False),
        ({"year": None}, True),
    ],
)
def test_a_figure_needs_value_unit_year_and_kind(
    store: MemoryStore, gold: dict[str, Any], change: dict[str, Any], found: bool
) -> None:
    figure = {"indicator": "受理政府信息公开申请", "value": 456, "unit": "件", "year": 2021} | change
    gold["observations"] = {"must": [figure]}
    assert scored(store, gold, "observations").found == found


@pytest.mark.parametrize(("tables", "found"), [({"s3": {}}, 0), ({}, 1)])
def test_a_figure_of_an_annex_counts_where_gold_has_no_such_table(
    store: MemoryStore, gold: dict[str, Any], tables: dict[str, Any], found: int
) -> None:
    gold["observations"] = {"must": [{"indicator": "本年新收申请", "value": 400, "unit": "件", "year": 2021}]}
    before = scored(store, gold | {"observations": {}}, "observations")
    score = scored(store, gold | {"tables": tables}, "observations")
    assert (score.found, score.right) == (found, found)
    assert score.given == before.given + found  # other cells are no error


def test_the_most_alike_indicator_is_paired(store: MemoryStore, gold: dict[str, Any]) -> None:
    store.update(
        f"{PREFIX} INSERT DATA {{ GRAPH <{REPORT}> {{ "
        f"<{REPORT}/o> a pol:Observation ; pol:indicator <{REPORT}/i> ; "
        "pol:measure pol:Count ; sdmx-measure:obsValue 456 ; pol:unit unit:JIAN ; "
        'sdmx-dimension:refPeriod "2021"^^xsd:gYear . '
        f'<{REPORT}/i> skos:prefLabel "公文处理"@zh }} }}'
    )
    gold["observations"] = {
        "must": [
            {"indicator": "公文处理", "value": 456, "unit": "件", "year": 2021},
            {"indicator": "受理政府信息公开申请", "value": 456, "unit": "件", "year": 2021},
        ]
    }
    report = evaluate(store, parse_gold(gold, "gold.json"))
    assert report.score("observations").found == 2
    assert report.measure("indicators").share == 1.0


@pytest.mark.parametrize(
    "row",
    [
        ("agencies", ["云川市 人民政府"], [], (1, 0)),
        ("agencies", ["雲川市人民政府"], [], (1, 0)),
        ("agencies", ["市政府"], [], (0, 1)),  # the canonical name counts, not a form of it
        ("agencies", [], ["云川市人民政府"], (0, 0)),
        ("platforms", ["政府门户网站"], [], (0, 1)),
        ("initiatives", ["“一窗通办”综合改革"], [], (1, 0)),
        ("initiatives", ["教育培训"], [], (0, 1)),
        ("problems", ["政策解读的形式比较单一"], [], (1, 0)),
    ],
)
def test_names(
    store: MemoryStore, gold: dict[str, Any], row: tuple[str, list[str], list[str], tuple[int, int]]
) -> None:
    category, must, may, expected = row
    gold[category] = {"must": must, "may": may}
    score = scored(store, gold, category)
    assert (score.found, len(score.extras)) == expected


def test_a_second_entity_for_one_agency_is_an_extra(store: MemoryStore, gold: dict[str, Any]) -> None:
    store.update(
        f"{PREFIX} INSERT DATA {{ GRAPH <{REPORT}> {{ "
        f'<{REPORT}/twin> a pol:Agency ; skos:prefLabel "云川市政府"@zh }} }}'
    )
    gold["agencies"] = {"must": [["云川市人民政府", "云川市政府"]]}
    score = scored(store, gold, "agencies")
    assert (score.found, score.given, score.extras) == (1, 2, ("云川市政府",))


def test_relations_allowed_by_may_are_right_but_not_wanted(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["relations"]["may"].append(["一窗通办", "carriedOutBy", "云川市人民政府"])
    score = scored(store, gold, "relations")
    assert (score.wanted, score.given, score.right) == (5, 5, 5)


def test_reference_relations_count_for_recall_only(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["regions"]["may"] = ["江南省"]
    store.update(
        f"{PREFIX} PREFIX r: <https://w3id.org/policy-kg/id/region/> INSERT DATA {{ GRAPH <{REPORT}> {{ "
        "r:江南省 a pol:Region . r:云川市 pol:within r:江南省 } }"
    )
    before = scored(store, gold, "relations")
    gold["relations"]["must"].append(["云川市", "partOfRegion", "江南省"])
    after = scored(store, gold, "relations")
    assert (before.given, after.given) == (5, 6)
    assert (after.wanted - before.wanted, after.found - before.found) == (1, 1)


@pytest.mark.parametrize(
    ("finding", "found"),
    [
        ({"kind": "R8", "stated": -25, "recomputed": -24}, True),
        ({"kind": "R8"}, True),
        ({"kind": "R8", "stated": -25, "recomputed": -23}, False),
        ({"kind": "R1", "stated": -25, "recomputed": -24}, False),
    ],
)
def test_findings(store: MemoryStore, gold: dict[str, Any], finding: dict[str, Any], found: bool) -> None:
    gold["findings"] = {"must": [finding]}
    assert scored(store, gold, "findings").found == found


@pytest.mark.parametrize(("kind", "found"), [("R3", 1), ("R7", 1), ("R8", 0), ("R1", 0)])
def test_two_sides_are_told_in_either_order(kind: str, found: int) -> None:
    gold = Both(must=(GoldFinding(kind, "", Decimal(116), Decimal(117)),))
    score = score_findings(gold, (Fault(f"FORM-{kind}", Decimal(117), Decimal(116), ""),))
    assert (score.found, len(score.extras)) == (found, 1 - found)


def test_how_many_more_is_a_figure_of_its_own() -> None:
    figure = Figure(
        iri="o", indicators=("申请",), codes=(), applicants=(), measure="Change", value=Decimal(21), units=("件",),
        year=2013, bound="Exact", whole=(), compared_with=2012, cell=False,
    )  # fmt: skip
    for units, found in ((["件"], 1), (["%"], 0), ([], 0)):
        item = {"indicator": "申请增加", "value": 21, "year": 2013, "units": units}
        gold = parse_gold({"report": {}, "observations": {"must": [item]}}, "gold.json")
        assert score_figures(gold.figures, [figure])[0].found == found


def test_evidence_that_does_not_stand_where_it_says_is_listed(store: MemoryStore) -> None:
    before = evaluate(store, load_gold(GOLD)).measure("evidence")
    store.update(
        f"{PREFIX} DELETE {{ GRAPH ?g {{ ?p oa:start ?s }} }} INSERT {{ GRAPH ?g {{ ?p oa:start 1 }} }} "
        "WHERE { GRAPH ?g { ?p oa:start ?s FILTER(?s = 0) } }"
    )
    after = evaluate(store, load_gold(GOLD)).measure("evidence")
    assert before.share == 1.0
    assert (after.of, len(after.wrong)) == (before.of, after.of - after.right)
    assert after.wrong


def test_a_report_is_found_by_its_title_too(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["report"]["issuer"] = None
    assert evaluate(store, parse_gold(gold, "gold.json")).report == REPORT


def test_a_report_that_is_not_there_is_an_error(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["report"] = {"title": "另一份报告", "issuer": "另一机关", "year": 2021}
    with pytest.raises(StoreError, match="no report of this issuer"):
        evaluate(store, parse_gold(gold, "gold.json"))


def test_scores_add_up(store: MemoryStore) -> None:
    report = evaluate(store, load_gold(GOLD))
    both = total([report, report])
    assert both.micro == replace(
        report.micro,
        wanted=2 * report.micro.wanted,
        found=2 * report.micro.found,
        given=2 * report.micro.given,
        right=2 * report.micro.right,
    )
    assert both.micro.f1 == report.micro.f1
    assert both.measure("evidence").of == 2 * report.measure("evidence").of


def test_written_forms(store: MemoryStore) -> None:
    report = evaluate(store, load_gold(GOLD))
    verbose = as_table(report, verbose=True)
    assert "− agencies: 云川市数据局 | 云川市大数据局" in verbose
    assert "+ tables: s3.new enterprise = 56" in verbose
    assert "− agencies" not in as_table(report)
    content = json.loads(as_json([report]))
    assert content[0]["scores"][1]["misses"] == ["云川市数据局 | 云川市大数据局"]


def test_words_that_gold_quotes_are_places_too(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["quotes"] = {"云川市人民政府": ["市政府"]}
    score = scored(store, gold, "spans, IoU 0.9")
    assert (score.wanted, score.found, score.right) == (5, 3, 3)


def test_a_stretch_of_what_gold_does_not_know_is_wrong(store: MemoryStore, gold: dict[str, Any]) -> None:
    gold["platforms"] = {"must": []}
    score = scored(store, gold, "spans, IoU 0")
    assert score.extras == ("64–75 云川市人民政府门户网站",)


def test_conformance_and_silence(store: MemoryStore) -> None:
    report = evaluate(store, load_gold(GOLD))
    assert report.measure("domain and range").share == 1
    loose = report.measure("triples with statements")
    assert [wrong.rpartition("/")[2] for wrong in loose.wrong] == ["发布信息 rdf:type pol:Indicator"]
    silent = report.measure("sentences that yield nothing")
    assert (silent.right, silent.of, silent.wrong) == (1, 5, ("–: 一、总体情况。",))


@pytest.mark.parametrize(
    ("triple", "odd"),
    [
        ("<http://x/agency> pol:issuedBy <http://x/agency>", ["domain and range", "triples with statements"]),
        (f"<{REPORT}> pol:reportYear 'x'", ["domain and range", "triples with statements"]),
        (f"<{REPORT}> pol:issuedBy <https://w3id.org/policy-kg/id/agency/云川市人民政府>", []),
        (f"<{REPORT}> dcterms:publisher <https://w3id.org/policy-kg/id/agency/云川市人民政府>", []),
        (f"<{REPORT}> dcterms:publisher <http://x/other>", ["triples with statements"]),
    ],
)
def test_what_does_not_conform(store: MemoryStore, triple: str, odd: list[str]) -> None:
    ontology = (
        "<https://w3id.org/policy-kg/id/graph/ontology> { pol:issuedBy rdfs:domain pol:Report . "
        "pol:reportYear <http://purl.org/dc/dcam/rangeIncludes> xsd:gYear }"
    )
    before = evaluate(store, load_gold(GOLD))
    store.update(f"{PREFIX} INSERT DATA {{ GRAPH <{REPORT}> {{ {triple} }} GRAPH {ontology} }}")
    after = evaluate(store, load_gold(GOLD))
    names = ("domain and range", "triples with statements")
    assert [name for name in names if after.measure(name).wrong != before.measure(name).wrong] == odd


def test_rules_are_judged_by_what_they_made(store: MemoryStore) -> None:
    report = evaluate(store, load_gold(GOLD))
    by_rule = {rule.rule.rpartition("/")[2]: (rule.right, rule.wrong, rule.neutral) for rule in report.rules}
    assert by_rule["table-s3"] == (2, 4, 0)
    assert by_rule["figure"] == (5, 1, 0)
    assert by_rule["does"] == (0, 1, 0)
    table = rules_table(report.rules, verbose=True).splitlines()
    assert table[1].split() == ["2", "4", "0", "33.3%", "rule:table-s3"]
    assert "+ observations: 予以公开 342件 2021 Count" in table
    both = total([report, report])
    assert [(rule.rule, rule.wrong) for rule in both.rules] == [
        (rule.rule, 2 * rule.wrong) for rule in report.rules
    ]
    assert json.loads(as_json([report]))[0]["rules"][0]["precision"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[]", "not in the form"),
        ('{"report": {"year": "x"}}', "not in the form"),
        ('{"report": {}, "observations": {"must": [{"indicator": "a"}]}}', "not in the form"),
        ('{"report": {}, "relations": {"must": [["a", "b"]]}}', "not in the form"),
    ],
)
def test_files_that_are_no_gold(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_gold(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_gold(tmp_path / "missing.json")


def test_unknown_relations_and_rows_are_errors(store: MemoryStore, gold: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="section two has no row"):
        evaluate(store, parse_gold(gold | {"tables": {"s2": {"7.无": [1]}}}, "gold.json"))
    with pytest.raises(InputError, match="cells in place of"):
        evaluate(store, parse_gold(gold | {"tables": {"s3": {"new": [1]}}}, "gold.json"))
    gold["relations"]["must"] = [["a", "likes", "b"]]
    with pytest.raises(InputError, match="unknown relation"):
        evaluate(store, parse_gold(gold, "gold.json"))


@pytest.mark.parametrize("name", ["quzhou-2020.json", "hongze-2024.json"])
def test_the_shared_gold_is_read_whole(name: str) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the folder of shared gold files is absent: {name}")
    content = json.loads(path.read_text(encoding="utf-8"))
    gold = load_gold(path)
    assert len(gold.figures.must) == len(content["observations"]["must"])
    assert len(gold.relations.may) == len(content["relations"]["may"])
    for category, both in gold.named.items():
        assert len(both.must) == len(content[category]["must"])
        assert len(both.may) == len(content[category]["may"])
    with pytest.raises(StoreError, match=name):
        evaluate(MemoryStore(), gold)


def test_a_folder_gives_its_gold_and_nothing_that_lies_beside(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"report": {}}', encoding="utf-8")
    (tmp_path / "a.json").write_text('{"report": {}}', encoding="utf-8")
    (tmp_path / "promises.json").write_text('{"promises": []}', encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    given = tmp_path / "promises.json"
    assert [path.name for path in gold_files([tmp_path])] == ["a.json", "b.json", "broken.json"]
    assert gold_files([given]) == [given]
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="no gold file"):
        gold_files([tmp_path / "none"])
