"""Tables come back as they went in, whatever the layout."""

import json
from pathlib import Path

import pytest

from kg.extract.tables import TableReading, read_tables
from kg.extract.tables.numbers import NumberReader
from kg.schema.form import Form
from kg.schema.index import load
from kg.text import read, read_bytes, read_text
from tests.generator import annex, facts, flat, grids

ROOT = Path(__file__).parents[2]
EDITIONS = ("2019", "2021")
SEEDS = range(6)


@pytest.fixture(scope="module")
def form() -> Form:
    return Form.from_index(load([ROOT / "ontology/vocab/form.ttl", ROOT / "ontology/vocab/findings.ttl"]))


def got(reading: TableReading) -> dict[facts.Key, object]:
    """Every figure by indicator and applicant, in the printed unit; each only once."""
    figures = {
        (figure.indicator, figure.applicant): figure.value / figure.factor for figure in reading.figures
    }
    assert len(figures) == len(reading.figures)
    return figures


def check_exact(reading: TableReading, known: facts.Facts) -> None:
    figures = got(reading)
    wrong = {
        key: (figures.get(key), value) for key, value in known.expected.items() if figures.get(key) != value
    }
    assert not wrong
    assert set(figures) == set(known.expected)
    assert not [finding.zh for finding in reading.findings if finding.code.startswith("TABLE")]


def check_never_wrong(reading: TableReading, known: facts.Facts, text: str) -> None:
    figures = got(reading)
    assert not {
        key: (value, known.values[key]) for key, value in figures.items() if value != known.values[key]
    }
    missing = {key[0] for key in known.expected if key not in figures}
    told = sum(finding.code == "TABLE-AMBIGUOUS" for finding in reading.findings)
    assert not missing or told


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", [name for name in flat.LAYOUTS if name not in flat.GLUED])
@pytest.mark.parametrize("seed", SEEDS)
def test_text_layouts(form: Form, edition: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition)
    check_exact(read_tables(grids.text_report(known, layout), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("damage", list(flat.DAMAGES))
@pytest.mark.parametrize("layout", ["cell_a_line", "row_a_line", "tabs", "pipes", "one_line", "values_below"])
@pytest.mark.parametrize("seed", range(3))
def test_damaged_labels(form: Form, edition: str, damage: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition)
    check_exact(read_tables(grids.text_report(known, layout, damage=damage, seed=seed), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", [name for name in flat.KEEPS_BLANKS if name != "markdown"])
@pytest.mark.parametrize("seed", SEEDS)
def test_blank_cells_kept_apart(form: Form, edition: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition, blanks=0.5)
    check_exact(read_tables(grids.text_report(known, layout), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["cell_a_line", "row_a_line", "one_line", "undelimited"])
@pytest.mark.parametrize("seed", SEEDS)
def test_blank_cells_lost(form: Form, edition: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition, blanks=0.2)
    document = grids.text_report(known, layout)
    check_never_wrong(read_tables(document, form), known, document.text)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("size", [3, 9, 40, 2000])
@pytest.mark.parametrize("seed", SEEDS)
def test_undelimited(form: Form, edition: str, size: int, seed: int) -> None:
    known = facts.facts(seed, edition, size=size)
    document = grids.text_report(known, "undelimited")
    reading = read_tables(document, form)
    check_never_wrong(reading, known, document.text)
    assert sum(figure.table == "s3" for figure in reading.figures) > 60


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["row_a_line", "tabs", "pipes", "cell_a_line"])
@pytest.mark.parametrize("seed", SEEDS)
def test_errors_are_kept(form: Form, edition: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition, error=True)
    check_exact(read_tables(grids.text_report(known, layout), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["row_a_line", "cell_a_line", "values_below"])
@pytest.mark.parametrize("seed", range(3))
def test_page_numbers(form: Form, edition: str, layout: str, seed: int) -> None:
    known = facts.facts(seed, edition)
    text = flat.page_numbers(grids.text_report(known, layout).text, seed)
    check_exact(read_tables(grids.document(text), form), known)


@pytest.mark.parametrize("zero", ["无", "零", "未收到", "0件"])
def test_words_for_zero(form: Form, zero: str) -> None:
    known = facts.facts(1, "2021")
    check_exact(read_tables(grids.text_report(known, "tabs", zero=zero), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["row_a_line", "tabs", "cell_a_line", "pipes", "grid"])
def test_section_two_without_header(form: Form, edition: str, layout: str) -> None:
    """The rows of section three tell the edition, and it the columns; without them nothing is said of the figures."""
    known = facts.facts(2, edition)
    made = grids.headless_report(known, layout)
    check_exact(read_tables(made, form), known)
    alone = read_tables(grids.headless_report(known, layout, only_two=True), form)
    assert not alone.figures
    assert {finding.code for finding in alone.findings} == {"TABLE-ROW"}


@pytest.mark.parametrize("mark", ["—", "/", "-"])
@pytest.mark.parametrize("layout", ["tabs", "pipes"])
def test_dashes_are_blank(form: Form, mark: str, layout: str) -> None:
    known = facts.facts(1, "2021")
    zeros = frozenset(key for key, value in known.values.items() if value == 0)
    reading = read_tables(grids.text_report(known, layout, zero=mark), form)
    check_exact(reading, facts.Facts(known.edition, known.values, zeros))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("damage", ["", *flat.DAMAGES])
@pytest.mark.parametrize("seed", range(3))
def test_grids(form: Form, edition: str, damage: str, seed: int) -> None:
    known = facts.facts(seed, edition, blanks=0.3)
    check_exact(read_tables(grids.grid_report(known, damage=damage, seed=seed), form), known)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("header_again", [False, True])
@pytest.mark.parametrize("page_break", [3, 9, 20])
def test_grids_over_pages(form: Form, edition: str, header_again: bool, page_break: int) -> None:
    known = facts.facts(page_break, edition)
    document = grids.grid_report(known, page_break=page_break, header_again=header_again)
    check_exact(read_tables(document, form), known)


def test_spans_hold_the_digits(form: Form) -> None:
    document = grids.text_report(facts.facts(3, "2021"), "cell_a_line")
    for figure in read_tables(document, form).figures:
        assert figure.span.of(document.text) == figure.printed


def test_prose_is_no_table(form: Form) -> None:
    text = grids.introduction(facts.facts(1, "2021")) + grids.CLOSING
    assert read_tables(grids.document(text), form).figures == ()


@pytest.mark.parametrize(
    "text",
    [
        "截至年底，库内现行有效规范性文件73件，较年初净减少14件。",
        "我局制发行政规范性文件3件，现行有效行政规范性文件共21件，全部公开。",
        "对照第二十条第（五）项，本年处理决定数量较多的是行政许可310件。",
    ],
)
def test_a_sentence_of_section_two_is_no_table(form: Form, text: str) -> None:
    reading = read_tables(grids.document(text), form)
    assert (reading.figures, reading.tables) == ((), ())


def test_units_in_cells_are_no_sentence(form: Form) -> None:
    text = "本年制发件数 本年废止件数 现行有效件数\n规章 0件 0件 2件\n行政规范性文件 4件 1件 73件\n"
    figures = {f.indicator: f.value for f in read_tables(grids.document(text), form).figures}
    assert figures["s2.1.normative.in_force"] == 73
    assert len(figures) == 6


def test_two_scopes(form: Form) -> None:
    one, two = facts.facts(1, "2021"), facts.facts(2, "2021")
    texts = [grids.text_report(known, "row_a_line").text for known in (one, two)]
    parts = [text[text.index("自然人") : text.index("四、政府")] for text in texts]
    text = "三、收到和处理政府信息公开申请情况\n全市汇总情况\n" + parts[0] + "\n市本级情况\n" + parts[1]
    reading = read_tables(grids.document(text), form)
    for known, scope in ((one, "region"), (two, "own")):
        figures = {(f.indicator, f.applicant): f.value for f in reading.figures if f.scope == scope}
        assert figures == {key: value for key, value in known.values.items() if key[0].startswith("s3.")}


def test_an_unknown_row_is_reported(form: Form) -> None:
    text = grids.text_report(facts.facts(1, "2021"), "row_a_line").text
    text = text.replace("（七）总计", "其中本单位转办 1 0 0 0 0 0 1\n（七）总计", 1)
    reading = read_tables(grids.document(text), form)
    assert [finding.code for finding in reading.findings] == ["TABLE-ROW"]


def told(reading: TableReading) -> dict[tuple[str, bool], object]:
    """Figures of an annex by indicator, or by label where it has none."""
    figures = {(f.indicator or f.label, f.cumulative): f.value / f.factor for f in reading.figures}
    assert len(figures) == len(reading.figures)
    return figures


@pytest.mark.parametrize("kind", ["national", "provincial"])
@pytest.mark.parametrize("extra", ["", "serial", "code"])
@pytest.mark.parametrize("layout", annex.LAYOUTS)
@pytest.mark.parametrize("two", [False, True])
def test_annexes(form: Form, layout: str, two: bool, extra: str, kind: str) -> None:
    document, known = annex.annex(form, layout, two=two, kind=kind, extra=extra, seed=3)
    assert told(read_tables(document, form)) == known


@pytest.mark.parametrize("extra", ["", "serial", "code"])
@pytest.mark.parametrize("layout", annex.LAYOUTS[1:])
def test_annexes_through_the_text_stage(form: Form, layout: str, extra: str) -> None:
    made = annex.annex_rows(form, two=True, kind="provincial", extra=extra, seed=4)
    assert told(read_tables(read_text(annex.annex_text(made, layout)), form)) == made.known


@pytest.mark.parametrize("marks", [[], ["甲", "乙", "1", "2"]])
@pytest.mark.parametrize("layout", annex.LAYOUTS)
def test_an_annex_with_a_shorter_period(form: Form, layout: str, marks: list[str]) -> None:
    """Of the figures of a period and of the year up to its end, the latter are the year's; the line that names the columns has none."""
    made = annex.annex_rows(form, two=True, kind="provincial", seed=5)
    head = ["指标名称", "计量单位", "本期实际", "本年累计"]
    rows = [head, *([marks] if marks else []), *made.rows[1:]]
    known = {(name, False): value for (name, cumulative), value in made.known.items() if cumulative}
    document = annex.laid(annex.Annex(rows, known), layout)
    assert told(read_tables(document, form)) == known


def test_an_annex_with_a_period_alone(form: Form) -> None:
    made = annex.annex_rows(form, kind="provincial", seed=6)
    rows = [["指标名称", "计量单位", "本期实际"], *made.rows[1:]]
    assert told(read_tables(annex.laid(annex.Annex(rows, made.known), "pipes"), form)) == made.known


@pytest.mark.parametrize("words", ["其他", "其它"])
def test_a_short_label_behind_one_that_begins_like_it(form: Form, words: str) -> None:
    """The rest of a group's label between two rows, as a page break leaves it."""
    known = facts.facts(4, "2021")
    text = grids.text_report(known, "tabs").text
    assert text.count("3.其他\t") == 1
    text = text.replace("3.其他\t", f"（六）\n{words}处\n理\n3.{words}\t")
    check_exact(read_tables(grids.document(text), form), known)


VARIANTS = (
    ("公开政府信息总数", "条", "disclosed.total"),
    ("主动公开行政规范性文件数", "条", "s2.1.normative.published"),
    ("制定规范性文件数", "件", "s2.1.normative.made"),
    ("重点领域公开政府信息数", "条", "disclosed.key_areas"),
    ("其中：主动公开财政预算决算、“三公经费”和行政经费信息数", "条", "disclosed.finance"),
    ("通过政府网站公开政府信息数", "条", "disclosed.website"),
    ("微信公开政府信息数", "条", "disclosed.wechat"),
    ("服务类信息数", "条", "disclosed.services"),
    ("专栏页面访问量", "次", "website.visits"),
    ("电话咨询数", "人次", "hotline.consultations"),
    ("依申请公开申请数", "件", "s3.new"),
    ("现场申请数", "件", "requests.in_person"),
    ("书信申请数", "件", "requests.letter"),
    ("答复申请总数", "件", "requests.answered"),
    ("部分公开答复数", "件", "s3.partly"),
    ("不予公开答复数", "件", "s3.refuse"),
    ("属于商业秘密数", "件", "requests.commercial_secret"),
    ("不属于本机关公开数", "件", "requests.not_this_body"),
    ("因政府信息公开申请行政复议数", "件", "s4.review.total"),
    ("被提起行政诉讼数", "件", "s4.suit"),
    ("申诉数", "件", "oversight.appeals"),
    ("减免费用总额", "元", "fees.waived"),
    ("查阅点接待人次", "人次", "organisation.reading_visits"),
    ("培训人员数", "人次", "training.people"),
    # what is not the same as one that is spelt much alike
    ("依申请公开信息目录数", "条", ""),
    ("公开政府信息目录数", "条", ""),
    ("其他形式申请数", "件", ""),
    ("不予公开范围4", "件", ""),
)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("layout", ["grid", "lines", "pipes"])
def test_labels_of_annexes(form: Form, layout: str, order: int) -> None:
    """A row is known by any of its labels, wherever in the annex it stands; its figures are the year's and all years'."""
    rows = [["统计事项", "计量单位", "本年度", "条例施行以来累计"]]
    known: dict[tuple[str, bool], object] = {}
    for number, (label, unit, name) in enumerate(VARIANTS[::order]):
        rows.append([label, unit, str(number + 3), str(number + 90)])
        known[name or label, False] = number + 3
        known[name or label, True] = number + 90
    assert told(read_tables(annex.laid(annex.Annex(rows, {}), layout), form)) == known


def test_an_annex_without_marks(form: Form) -> None:
    document, known = annex.annex(form, "none")
    assert told(read_tables(document, form)) == known
    document, _ = annex.annex(form, "none", two=True)
    reading = read_tables(document, form)
    assert not reading.figures
    assert {finding.code for finding in reading.findings} == {"TABLE-AMBIGUOUS"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", ["cell_a_line", "row_a_line", "tabs", "pipes", "double_pipes", "one_line"])
def test_through_the_text_stage(form: Form, edition: str, layout: str) -> None:
    known = facts.facts(7, edition)
    check_exact(read_tables(read_text(grids.text_report(known, layout).text), form), known)


def test_the_tables_of_a_page(form: Form) -> None:
    path = ROOT.parent / "shared/reports/hongze-2024.pdf"
    if not path.exists():
        pytest.skip("the shared reports are not here")
    tables = json.loads((path.parents[1] / "gold/hongze-2024.json").read_text(encoding="utf-8"))["tables"]
    figures = {(f.indicator, f.applicant): f.value / f.factor for f in read_tables(read(path), form).figures}
    for code, values in tables["s3"].items():
        assert [figures[f"s3.{code}", column] for column in facts.APPLICANTS] == values
    for group, values in tables["s4"].items():
        assert [figures[f"s4.{group}.{name}", ""] for name in facts.RESULTS] == values
    assert len(figures) == 186


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [("（单位：万元）", "12.5", 125000), ("（单位：元）", "1250", 1250), ("", "3", 30000), ("", "45元", 45)],
)
def test_money(form: Form, unit: str, cell: str, value: int) -> None:
    text = f"第二十条第（八）项\n信息内容 本年收费金额{unit}\n行政事业性收费 {cell}\n三、收到和处理政府信息公开申请情况\n"
    (figure,) = read_tables(grids.document(text), form).figures
    assert (figure.indicator, figure.value, figure.unit) == ("s2.8.fee.amount", value, "元")
    assert figure.span.of(text) == figure.printed


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (("-43", "133", ""), {}),
        (("12", "-43", ""), {"s2.6.coercion.previous": "12", "s2.6.coercion.change": "-43"}),
        (("-1", "-43", "133"), {"s2.6.coercion.previous": "-1", "s2.6.coercion.change": "-43", "s2.6.coercion.decisions": "133"}),
    ],
)  # fmt: skip
def test_a_fall_stands_under_change_or_the_row_is_told(
    form: Form, cells: tuple[str, ...], figures: dict[str, str]
) -> None:
    rows = (
        ("第二十条第（六）项",),
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        ("行政处罚", "1", "2", "3"),
        ("行政强制", *cells),
    )
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    data = f"<h1>2020年政府信息公开工作年度报告</h1><table>{body}</table>"
    reading = read_tables(read_bytes(data.encode(), name="a.html"), form)
    found = {key[0]: str(value) for key, value in got(reading).items()}
    assert {name: value for name, value in found.items() if "coercion" in name} == figures
    assert ("TABLE-AMBIGUOUS" in {finding.code for finding in reading.findings}) == (not figures)


JOINED = (
    ("第二十条第（八）项",),
    ("信息内容", "上一年项目数量", "本年增/减"),
    ("行政事业性收费第二十条第（九）项", "689", "0"),
    ("信息内容", "采购项目数量", "采购总金额"),
    ("政府集中采购", "3", "12.5"),
)


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_row_joined_with_the_title_of_the_item_below(form: Form, kind: str) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in JOINED)
    lines = "\n".join("\t".join(row) for row in JOINED)
    data = lines if kind == "txt" else f"<h1>2020年政府信息公开工作年度报告</h1><table>{cells}</table>"
    reading = read_tables(read_bytes(data.encode(), name=f"a.{kind}"), form)
    assert {key[0]: str(value) for key, value in got(reading).items()} == {
        "s2.8.fee.previous": "689",
        "s2.8.fee.change": "0",
        "s2.9.procurement.projects": "3",
        "s2.9.procurement.amount": "12.5",
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [("59,74 5", 59745), ("1 6,814", 16814), ("2,400, 500", 2400500), ("1 234", 1234), ("48,165 3", None), ("5,12", None)],
)  # fmt: skip
def test_a_number_broken_over_the_lines_of_its_cell(form: Form, cell: str, value: int | None) -> None:
    found = NumberReader(form).cell(cell, 0, len(cell))
    assert (found.value if found is not None else None) == value


def test_the_sums_decide_or_nothing_does(form: Form) -> None:
    text = grids.text_report(facts.facts(1, "2021"), "row_a_line").text
    head, _, tail = text.partition("规章 ")
    text = head + "规章000行政规范性文件5845546\n" + tail[tail.index("第二十条第（五）项") :]
    reading = read_tables(grids.document(text), form)
    figures = {figure.indicator: figure.value for figure in reading.figures}
    assert [figures[f"s2.1.rules.{name}"] for name in ("made", "repealed", "in_force")] == [0, 0, 0]
    assert "s2.1.normative.made" not in figures
    assert [finding.code for finding in reading.findings] == ["TABLE-AMBIGUOUS"]


@pytest.mark.parametrize(
    ("digits", "cells"),
    [
        ("000", (0, 0, 0)),
        ("002", (0, 0, 2)),
        ("0017", (0, 0, 17)),
        ("012", None),  # 0, 12 and a blank
        ("020", None),
        ("103", None),  # 10, 3 and a blank; 103 and two
        ("314", None),
        ("00", None),
    ],
)
def test_digits_without_sums_part_in_one_way_or_not_at_all(
    form: Form, digits: str, cells: tuple[int, int, int] | None
) -> None:
    text = f"第二十条第（一）项\n信息内容本年制发件数本年废止件数现行有效件数\n规章{digits}\n行政规范性文件 4 1 73\n"
    reading = read_tables(grids.document(text), form)
    figures = {f.indicator: f.value for f in reading.figures if f.indicator.startswith("s2.1.rules")}
    assert tuple(figures.values()) == (cells or ())
    assert len([one for one in reading.findings if one.code == "TABLE-AMBIGUOUS"]) == (cells is None)


def test_digits_with_some_spaces(form: Form) -> None:
    known = facts.facts(1, "2021", size=9)
    row = [str(known.values["s3.new", name]) for name in facts.APPLICANTS]
    text = grids.text_report(known, "row_a_line").text
    text = text.replace("申请数量 " + " ".join(row), "申请数量 " + "".join(row[:-1]) + " " + row[-1], 1)
    check_exact(read_tables(grids.document(text), form), known)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("规章5\t\t3\t41", ("5", "3", "41")),  # the blank cell is its own
        ("规章5\t3\t41", ("5", "3", "41")),  # its own cell is gone, all others are there
        ("规章5\t2\t3\t41", ("2", "3", "41")),  # the number of a note
        ("规章5\t\t41", None),  # whose blank cell it is, is not known
    ],
)
@pytest.mark.parametrize("grid", [True, False])
def test_a_figure_right_behind_its_label(
    form: Form, row: str, cells: tuple[str, ...] | None, grid: bool
) -> None:
    head = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    text = f"二、主动公开政府信息情况\n{head}{row}\n行政规范性文件\t4\t1\t73\n"
    made = read_text(text) if grid else grids.document(text)
    reading = read_tables(made, form)
    assert tuple(f.printed for f in reading.figures if f.indicator.startswith("s2.1.rules")) == (cells or ())
    assert len([one for one in reading.findings if one.code == "TABLE-AMBIGUOUS"]) == (cells is None)


@pytest.mark.parametrize("label", ["（四）无\n法提供", "（四）无法提供"])
def test_a_label_that_begins_with_a_word_for_zero(form: Form, label: str) -> None:
    """The number in brackets tells that it is a label, also where its line breaks behind that word."""
    known = facts.facts(1, "2021")
    text = grids.text_report(known, "row_a_line").text
    assert "（四）无法提供" in text
    row = " ".join(str(known.values["s3.unable_1", name]) for name in facts.APPLICANTS)
    text = text.replace(
        f"（四）无法提供 1.本机关不掌握相关政府信息 {row}", f"1.本机关不掌握相关政府信息 {row}\n{label}"
    )
    check_exact(read_tables(grids.document(text), form), known)


@pytest.mark.parametrize(
    "label", ["（七）总计（以上各项之和）", "七总计", "七、总计", "总计（七）", "（七）合计（含上年转来）"]
)
@pytest.mark.parametrize("grid", [False, True])
def test_a_total_with_a_note_or_with_its_number_written_otherwise(form: Form, label: str, grid: bool) -> None:
    labels = [
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开",
        "4.保护第三方合法权益", "5.属于三类内部事务信息", "7.属于行政执法案卷", "8.属于行政查询事项", label, "四、结转下年度继续办理",
    ]  # fmt: skip
    values = [[str(number), "0", "0", "0", "0", "0", str(number)] for number in range(3, 3 + len(labels))]
    applicants = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["申请人情况", *applicants], *([words, *row] for words, row in zip(labels, values, strict=True))]
    if grid:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        document = read_bytes(f"<html><body><table>{cells}</table></body></html>".encode(), name="a.html")
    else:
        document = read_text("\n".join(" ".join(row) for row in rows))
    reading = read_tables(document, form)
    totals = [figure.value for figure in reading.figures if figure.indicator == "s3.total"]
    assert totals == [12, 0, 0, 0, 0, 0, 12]
    assert len(reading.figures) == 7 * len(labels)
    assert not [finding.zh for finding in reading.findings if finding.code.startswith("TABLE")]
