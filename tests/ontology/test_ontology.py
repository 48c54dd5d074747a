"""Extensions: made from the template, tried, checked; each planted fault is found; what is shipped holds and harms nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KgError, OntologyError
from kg.ontology import check, find_terms, scaffold, try_extension
from kg.ontology.finding import catalogue
from kg.ontology.scope import open_scope
from kg.ontology.terms import KINDS
from kg.schema.files import extension_names

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("extractor"),  # held, so that what loads the core here gets it
]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "reports"


def _make(folder: Path) -> Path:
    scaffold("electronic-licence", folder, zh="电子证照", en="electronic licence")
    return folder / "electronic-licence"


@pytest.fixture(scope="module")
def licence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _make(tmp_path_factory.mktemp("made"))


def _codes(found: tuple[object, ...]) -> set[str]:
    return {str(getattr(one, "code", "")) for one in found}


# what is shipped


@pytest.mark.parametrize("name", extension_names())
def test_a_shipped_extension_has_no_flaw(name: str) -> None:
    assert [one.text("en") for one in check(name, reasoned=False)] == []


@pytest.mark.parametrize("name", extension_names())
def test_core_facts_stay_unless_an_extension_says_so(name: str) -> None:
    header = open_scope(name)
    declared = header.own.nodes(header.header, "pol:changes")
    removed = [line for trial in try_extension(name, reports=[SAMPLES]) for line in trial.removed]
    assert [line for line in removed if not header.within(line.cls, declared)] == []
    if name == "work-report":  # it is for another kind of report altogether
        assert removed == []


def test_the_core_has_no_error() -> None:
    assert [one.text("en") for one in check(reasoned=False) if one.severity == "error"] == []


# a new one


def test_a_new_extension_is_without_flaw(licence: Path) -> None:
    assert [one.text("en") for one in check(licence, reasoned=False)] == []


def test_core_facts_stay_beside_a_new_extension(licence: Path) -> None:
    trials = tuple(try_extension(licence, reports=[SAMPLES]))
    assert len(trials) == len([path for path in SAMPLES.iterdir() if path.suffix != ".md"])
    assert [line for trial in trials for line in trial.removed] == []
    assert [trial.name for trial in trials if trial.added] == ["quzhou-2020.txt"]


def test_a_new_extension_may_be_a_single_file(licence: Path) -> None:
    [trial] = try_extension(licence / "electronic-licence.ttl", texts=["市大数据发展管理局推出电子证照。"])
    added = {(line.subject, line.predicate, line.value) for line in trial.added}
    assert ("云川市大数据发展管理局", "promotes electronic licence", "电子证照") in added
    assert trial.removed == ()


def test_marks_stand_around_what_matched(licence: Path) -> None:
    [trial] = try_extension(licence, texts=["今年，市大数据发展管理局推行电子证照。"])
    assert "今年，⟦市大数据发展管理局推行电子证照⟧。" in [match.sentence for match in trial.matches]


def test_an_extension_is_tried_on_its_own_sentences(licence: Path) -> None:
    names = [trial.name for trial in try_extension(licence)]
    assert "全年累计签发电子证照3.2万件。" in names
    assert "example-2023.txt" in names


def test_a_name_alone_makes_one_that_works(tmp_path: Path) -> None:
    scaffold("carbon-target", tmp_path)
    told = check(tmp_path / "carbon-target", reasoned=False)
    assert [one.text("en") for one in told if one.severity != "info"] == []


@pytest.mark.parametrize("name", ["Big", "电子证照", "", "a b", "press"])
def test_a_bad_name_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(OntologyError):
        scaffold(name, tmp_path)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(KgError, match="already"):
        scaffold("mine", tmp_path)


# faults

FAULTS: dict[str, Callable[[str], str]] = {
    "P08": lambda t: t.replace('"电子证照"@zh , "electronic licence"@en ;\n  skos:definition', '"电子证照"@zh ;\n  skos:definition', 1),
    "PATTERN": lambda t: t.replace("电子证照…(签发|发放", "电子证照…((签发|发放"),
    "EXAMPLE": lambda t: t.replace('?it = 电子证照" ] ;\n  pol:counterExample "市大', '?it = 电子证书" ] ;\n  pol:counterExample "市大'),
    "COUNTER": lambda t: t.replace('"电子证照便利群众办事。"', '"市大数据发展管理局推出电子证照。"'),
    "P06": lambda t: t
    + 'ext:Round a owl:Class ; rdfs:subClassOf ext:Trip ; rdfs:label "圆"@zh , "round"@en ; skos:definition "圆的东西。"@zh , "What is round."@en .\n'
    'ext:Trip a owl:Class ; rdfs:subClassOf ext:Round ; rdfs:label "旅"@zh , "trip"@en ; skos:definition "旅行之事。"@zh , "What is a trip."@en .\n',
    "P34": lambda t: t + 'ext:Lost a owl:Class ; rdfs:subClassOf ext:Nowhere ; rdfs:label "失"@zh , "lost"@en ; '
    'skos:definition "丢失之物。"@zh , "What is lost."@en .\n',
    "P32": lambda t: t + 'ext:Line a owl:Class ; rdfs:subClassOf pol:Platform ; rdfs:label "热线"@zh , "line"@en ; '
    'skos:definition "另一条热线。"@zh , "Another line."@en .\n',
    "RESERVED": lambda t: t + 'pol:Agency rdfs:label "机关"@zh .\n',
    "DOMAIN": lambda t: t.replace("rdfs:domain pol:Agency", "rdfs:domain pol:Policy"),
    "P41": lambda t: t.replace("dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> ;", ""),
    "P11": lambda t: t + 'ext:near a owl:ObjectProperty ; rdfs:domain pol:Agency ; rdfs:label "近"@zh , "near"@en ; '
    'skos:definition "相近之事。"@zh , "What is near."@en .\n',
    "P22": lambda t: t + 'ext:small_thing a owl:Class ; rdfs:subClassOf pol:Result ; rdfs:label "小"@zh , "small"@en ; '
    'skos:definition "小的东西。"@zh , "What is small."@en .\n',
    "LOOK": lambda t: t.replace("#b4461e", "#ffff66"),
    "SHAPE-BAD": lambda t: t.replace("sh:path skos:prefLabel ; sh:minCount 1", "sh:path skos:prefLabel ; sh:maxCount 9"),
    "CODE": lambda t: t.replace('skos:notation "electronic-licence.issued"', 'skos:notation "hotline.calls"'),
    "DISJOINT": lambda t: t.replace("rdfs:subClassOf pol:Initiative", "rdfs:subClassOf pol:Initiative , pol:Region"),
    "TERM": lambda t: t.replace("word:determiner", "word:determinerr"),
    "P35": lambda t: t.replace("pol:size 18", "pol:sizee 18"),
}  # fmt: skip


def test_every_fault_of_a_broken_copy_is_found(tmp_path: Path) -> None:
    """All in one copy: no fault hides another."""
    place = _make(tmp_path)
    turtle = place / "electronic-licence.ttl"
    text = turtle.read_text(encoding="utf-8")
    for code, plant in FAULTS.items():
        planted = plant(text)
        assert planted != text, code
        text = planted
    turtle.write_text(text, encoding="utf-8")
    found = check(place, reasoned=False)
    assert set(FAULTS) - _codes(found) == set()
    lines = text.split("\n")
    for one in found:
        assert one.file.endswith((".ttl", ".rq", ".csv")), one
        assert 0 < one.line <= len(lines), one
        assert all(one.remedy), one


def test_a_fault_is_told_where_it_stands(tmp_path: Path) -> None:
    place = _make(tmp_path)
    turtle = place / "electronic-licence.ttl"
    text = FAULTS["COUNTER"](turtle.read_text(encoding="utf-8"))
    turtle.write_text(text, encoding="utf-8")
    [told] = check(place, reasoned=False)
    assert "推出电子证照" in text.split("\n")[told.line - 1]
    assert told.code == "COUNTER"


def test_turtle_that_does_not_parse_is_told_with_its_line(tmp_path: Path) -> None:
    place = _make(tmp_path)
    (place / "more.ttl").write_text(
        "@prefix a: <https://example.org/> .\na:b a:c ;;; d .\n", encoding="utf-8"
    )
    [told] = [one for one in check(place, reasoned=False) if one.code == "SYNTAX"]
    assert (Path(told.file).name, told.line) == ("more.ttl", 2)


def test_of_a_file_that_cannot_be_read_nothing_else_is_missed(tmp_path: Path) -> None:
    alone = tmp_path / "alone.ttl"
    alone.write_text("@prefix a: <https://example.org/> .\na:b a ", encoding="utf-8")
    assert {one.code for one in check(alone, reasoned=False)} == {"SYNTAX"}


def test_questions_are_asked(tmp_path: Path) -> None:
    """One with other rows than are written, one with none written, one that is no query."""
    place = _make(tmp_path)
    [rows] = place.glob("queries/*.csv")
    rows.write_text("agency,thing\n别处,电子证照\n", encoding="utf-8")
    query = rows.with_suffix(".rq").read_text(encoding="utf-8")
    (place / "queries" / "alone.rq").write_text(query, encoding="utf-8")
    (place / "queries" / "broken.rq").write_text("SELECT ?a WHERE { ?a", encoding="utf-8")
    found = {(one.code, Path(one.file).stem) for one in check(place, reasoned=False)}
    assert {("QUESTION-ROWS", rows.stem), ("QUESTION-NONE", "alone"), ("QUESTION", "broken")} <= found


def test_a_change_of_core_facts_is_told_unless_declared(tmp_path: Path) -> None:
    place = _make(tmp_path)
    turtle = place / "electronic-licence.ttl"
    text = turtle.read_text(encoding="utf-8")
    # An indicator that takes the figures of another away.
    text += (
        'ext:grabbed a pol:Indicator , skos:Concept ; skos:inScheme ind:scheme ; skos:topConceptOf ind:scheme ; skos:notation "grabbed" ;\n'
        '  skos:prefLabel "抢来的数"@zh , "what was grabbed"@en ; skos:definition "夺取别处之数。"@zh , "Figures taken from elsewhere."@en ;\n'
        '  pol:defaultMeasure pol:Count ; pol:phrase "任务" , "列入事项" , "文书评查" .\n'
    )
    turtle.write_text(text, encoding="utf-8")
    assert "CORE" in _codes(check(place, on=[SAMPLES / "yunchuan-2023.txt"], reasoned=False))
    declared = text.replace(
        "dcterms:creator", "pol:changes pol:Observation , pol:Indicator ;\n  dcterms:creator", 1
    )
    turtle.write_text(declared, encoding="utf-8")
    assert "CORE" not in _codes(check(place, on=[SAMPLES / "yunchuan-2023.txt"], reasoned=False))


def test_reasoning_finds_what_nothing_can_be_in(tmp_path: Path) -> None:
    from kg.ontology.reason import why_not

    if why_not():
        pytest.skip(f"not installed: {why_not()}")
    place = _make(tmp_path)
    turtle = place / "electronic-licence.ttl"
    turtle.write_text(FAULTS["DISJOINT"](turtle.read_text(encoding="utf-8")), encoding="utf-8")
    assert "REASON-EMPTY" in _codes(check(place))


def test_what_is_missing_for_reasoning_is_said(licence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ontology.reason.why_not", lambda: "owlready2, Java")
    [told] = check(licence)
    assert (told.code, told.severity) == ("REASON-ABSENT", "info")
    assert "owlready2, Java" in told.en


def test_deprecation_asks_for_a_replacement_and_tells_who_uses_the_old(tmp_path: Path) -> None:
    place = _make(tmp_path)
    turtle = place / "electronic-licence.ttl"
    text = turtle.read_text(encoding="utf-8").replace(
        "rdfs:range ext:ElectronicLicence ;", "rdfs:range ext:ElectronicLicence ; owl:deprecated true ;", 1
    )
    turtle.write_text(text, encoding="utf-8")
    assert "REPLACEMENT" in _codes(check(place, reasoned=False))


# terms


def test_terms_are_listed_and_searched() -> None:
    kinds = {term.kind for term in find_terms()}
    assert kinds == set(KINDS.values())
    assert find_terms("pol:Hotline")[0].name == "pol:Hotline"
    assert "ext:Target" in [term.name for term in find_terms("目标", extensions=["work-report"])]
    assert find_terms("绝无此词") == ()


def test_the_catalogue_says_how_to_mend_in_both_languages() -> None:
    for kind in catalogue().values():
        assert kind.severity in ("error", "warning", "info")
        assert all((*kind.message, *kind.remedy)), kind.code
        assert kind.source in ("", "OOPS!", "FOOPS!")
