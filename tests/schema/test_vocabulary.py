"""The indicators, applicants and units, and whether the phrases name what running text counts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.schema import Ontology
from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.phrase import IndicatorPhrase, phrases_from_vocabulary
from kg.schema.vocabulary import Vocabulary
from kg.terms import IND, expand

ROOT = data_folder("ontology") / "vocab"
FAR = 24  # characters between a phrase and its figure

RESULTS = ("disclosed", "partly", "refuse", "unable", "ignore", "other")
CODES = (
    *("s3.new", "s3.carried_in", "s3.total", "s3.carried_out", "s4.suit"),
    *(f"s3.{name}" for name in RESULTS),
    *(
        f"s3.{name}_{n}"
        for name, last in (("refuse", 8), ("unable", 3), ("ignore", 5), ("other", 3))
        for n in range(1, last + 1)
    ),
    *(
        f"s4.{group}.{result}"
        for group, result in product(
            ("review", "suit_direct", "suit_after_review"),
            ("upheld", "corrected", "other", "pending", "total"),
        )
    ),
    *(
        f"s2.1.{row}.{x}"
        for row, x in product(("rules", "normative"), ("made", "repealed", "in_force", "published"))
    ),
    *(
        f"s2.{row}.{x}"
        for row, x in product(
            ("5.licence", "5.other", "6.penalty", "6.coercion"), ("previous", "change", "decisions")
        )
    ),
    *(f"s2.8.fee.{x}" for x in ("previous", "change", "amount")),
    *(f"s2.9.procurement.{x}" for x in ("projects", "amount")),
)
APPLICANTS = ("natural", "enterprise", "research", "nonprofit", "legal", "other", "total")
UNITS = [
    ("件", "count", Decimal(1), "件"),
    ("人次", "count", Decimal(1), "人次"),
    ("名", "count", Decimal(1), "人"),
    ("元", "money", Decimal(1), "元"),
    ("万元", "money", Decimal(10_000), "元"),
    ("亿元", "money", Decimal(100_000_000), "元"),
    ("%", "share", Decimal(1), "%"),
    ("‰", "share", Decimal("0.1"), "%"),
    ("个百分点", "share", Decimal(1), "百分点"),
    ("个工作日", "time", Decimal(1), "工作日"),
    ("小时", "time", Decimal(1), "小时"),
    ("公里", "physical", Decimal(1), "公里"),
    ("平方米", "physical", Decimal(1), "平方米"),
]  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_index(load([ROOT / name for name in ("indicators.ttl", "units.ttl", "form.ttl")]))


@pytest.fixture(scope="module")
def phrases(vocabulary: Vocabulary) -> tuple[IndicatorPhrase, ...]:
    return phrases_from_vocabulary(vocabulary)


@pytest.mark.parametrize("code", CODES)
def test_the_official_form_has_an_indicator_for_each_code(vocabulary: Vocabulary, code: str) -> None:
    found = vocabulary.notation(code)
    assert found is not None
    assert found.iri == IND + code


@pytest.mark.parametrize("code", APPLICANTS)
def test_the_official_form_has_an_applicant_for_each_column(vocabulary: Vocabulary, code: str) -> None:
    found = vocabulary.applicant(code)
    assert found is not None
    assert found.iri == f"{IND}applicant/{code}"


@pytest.mark.parametrize(
    ("code", "broader"),
    [
        ("s3.refuse_4", "s3.refuse"),
        ("s3.unable_1", "s3.unable"),
        ("s3.ignore_5", "s3.ignore"),
        ("s3.other_2", "s3.other"),
        ("s3.refuse", "s3.total"),
        ("s3.disclosed", "s3.disclosed_any"),
        ("s3.partly", "s3.disclosed_any"),
        ("s4.suit_direct.total", "s4.suit"),
        ("s4.suit_after_review.upheld", "s4.suit"),
        ("s4.review.pending", "s4.review.total"),
    ],
)
def test_a_part_leads_to_its_whole(vocabulary: Vocabulary, code: str, broader: str) -> None:
    assert IND + broader in vocabulary.whole(IND + code)


def test_the_annex_before_2019_counts_what_running_text_counts(ontology: Ontology) -> None:
    rows = [row for row in ontology.form.table("annex").rows if not row.heading]
    assert {row.indicator for row in rows} <= {
        one.notation for one in ontology.vocabulary.indicators.values()
    }


@pytest.mark.parametrize(("symbol", "kind", "factor", "base"), UNITS)
def test_a_unit_converts(vocabulary: Vocabulary, symbol: str, kind: str, factor: Decimal, base: str) -> None:
    unit = vocabulary.symbol(symbol)
    assert unit is not None
    assert (unit.kind, unit.factor) == (kind, factor)
    found = vocabulary.symbol(base)
    assert found is not None
    assert unit.base == found.iri


def test_a_base_unit_is_its_own_base(vocabulary: Vocabulary) -> None:
    for unit in vocabulary.units.values():
        assert vocabulary.units[unit.base].base == unit.base
        assert unit.factor > 0
        assert unit.base != unit.iri or unit.factor == 1


def test_the_longest_symbol_wins(vocabulary: Vocabulary) -> None:
    for text, label in (
        ("人次左右", "人次"),
        ("人员", "人"),
        ("个百分点，", "百分点"),
        ("万元整", "万元"),
        ("次会议", "次"),
    ):
        unit = vocabulary.starting(text)
        assert unit is not None
        assert unit.labels["zh"] == label
    assert vocabulary.starting("：") is None
    lengths = [len(symbol) for symbol in vocabulary.symbols()]
    assert lengths == sorted(lengths, reverse=True)


def test_what_an_indicator_refers_to_is_there(vocabulary: Vocabulary) -> None:
    for one in vocabulary.indicators.values():
        assert set(one.broader) | set(one.matches) <= set(vocabulary.indicators), one.iri
        assert set(one.units) | ({one.unit} - {""}) <= set(vocabulary.units), one.iri
        assert not one.units or one.unit in one.units, one.iri


def test_money_is_an_amount_and_a_percentage_a_ratio(vocabulary: Vocabulary) -> None:
    expected = {"money": "pol:Amount", "share": "pol:Ratio", "score": "pol:Ratio"}
    for one in vocabulary.indicators.values():
        if one.unit in vocabulary.units and one.iri.startswith(IND):
            kind = vocabulary.units[one.unit].kind
            rank = one.notation == "oversight.rank"  # a place counts how many are not behind it
            assert one.measure == expand("pol:Count" if rank else expected.get(kind, "pol:Count")), one.iri


def _cases() -> Iterator[tuple[str, str]]:
    for line in (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, sentence = line.partition("\t")
            yield code, sentence


@pytest.mark.parametrize(("code", "sentence"), list(_cases()))
def test_a_phrase_names_what_a_figure_counts(
    vocabulary: Vocabulary, phrases: tuple[IndicatorPhrase, ...], code: str, sentence: str
) -> None:
    assert _named(vocabulary, phrases, sentence) == code


def test_every_code_of_section_three_has_a_sentence() -> None:
    said = {code for code, _ in _cases()}
    assert {code for code in CODES if code.startswith("s3.")} - said == {
        "s3.other_3"
    }  # said of nothing in particular


def _named(vocabulary: Vocabulary, phrases: tuple[IndicatorPhrase, ...], sentence: str) -> str:
    """The code of the longest phrase near the figure in 【】; ``-`` where none fits."""
    figure = re.search(r"【([\d.]+[万亿]?)(.*?)】", sentence)
    assert figure is not None
    left, right = sentence[: figure.start()], sentence[figure.end() :]
    text = left + figure[1] + figure[2] + right
    begin, end = len(left), len(text) - len(right)
    unit = vocabulary.symbol(figure[2])
    assert unit is not None
    best = (0, "-")
    for phrase in phrases:
        known = vocabulary.indicators[phrase.indicator]
        if known.units and not {unit.iri, unit.base} & set(known.units):
            continue
        if phrase.barred is not None and phrase.barred.search(text):
            continue
        for found in phrase.regex.finditer(text):
            distance = begin - found.end() if found.end() <= begin else found.start() - end
            if 0 <= distance <= FAR:
                best = max(best, (2 * len(found[0]) - distance, known.notation), key=lambda one: one[0])
    return best[1]


@pytest.mark.parametrize(
    ("turtle", "what"),
    [
        (
            'unit:a a pol:Unit ; pol:kind "count" ; pol:symbol "甲" . unit:b a pol:Unit ; pol:kind "count" ; pol:symbol "甲" .',
            "symbol “甲”",
        ),
        ('unit:a a pol:Unit ; pol:kind "weight" ; pol:symbol "甲" .', "no kind of unit"),
        ('unit:a a pol:Unit ; pol:kind "count" ; pol:symbol "甲" ; pol:multiplier "ten" .', "no number"),
        ('unit:a a pol:Unit ; pol:kind "count" ; pol:symbol "甲" ; pol:baseUnit unit:none .', "base unit"),
        (
            'ind:a a pol:Indicator ; skos:notation "x" . ind:b a pol:Indicator ; skos:notation "x" .',
            "code “x”",
        ),
        ("ind:a a pol:Indicator .", "no code"),
    ],
)
def test_what_does_not_hold_is_said_with_its_place(tmp_path: Path, turtle: str, what: str) -> None:
    prefixes = "".join(
        f"@prefix {name}: <{expand(name + ':')}> . " for name in ("pol", "unit", "ind", "skos")
    )
    path = tmp_path / "x.ttl"
    path.write_text(f"{prefixes}\n{turtle.replace(' . ', ' .' + chr(10))}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=what) as error:
        Vocabulary.from_index(load([path]))
    assert "x.ttl:" in str(error.value)
