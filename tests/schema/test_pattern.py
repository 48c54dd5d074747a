"""The pattern language: what compiles, what it matches, and how what is wrong is told, with file, line and reason."""

import re
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.schema import load_ontology
from kg.schema.index import load
from kg.schema.pattern import compile_expression, patterns_from_index, read_templates

WORDS = {"open": ("开设", "增设")}
LETTERS = {"Platform": "PQ", "Column": "Q"}

MATCHES = [
    ("<open>{?it:Platform}", "开设P", {"it": "P"}),
    ("<open>{?it:Column}", "开设P", None),
    ("<open>(了)?{?it:Platform+}", "增设了P、Q和P", {"it": "P、Q和P"}),
    ("由…牵头", "由某局某处共同牵头", {}),
    ("由…牵头", "由某局，某处牵头", None),
    ("由……牵头", "由某局，某处牵头", {}),
    ("^开设", "先开设", None),
    ("^开设", "先行，开设", {}),
    ("获评{?what:Text}$", "获评先进，继续", {"what": "先进"}),
    ("将[?it ……纳入…考核]", "将公开工作纳入年度考核", {"it": "公开工作纳入年度考核"}),
]


@pytest.mark.parametrize(("expression", "text", "expected"), MATCHES)
def test_what_an_expression_matches(expression: str, text: str, expected: dict[str, str] | None) -> None:
    found = re.search(compile_expression(expression, WORDS, LETTERS)[0], text)
    assert (found.groupdict() if found else None) == expected


@pytest.mark.parametrize(
    ("expression", "anchors"),
    [
        ("<open>{?it:Platform}", {"开设", "增设"}),
        ("(甲|乙)?丙丁", {"丙丁"}),
        ("{?it:Platform}", set()),
        ("(甲)?", set()),
    ],
)
def test_anchors_are_words_that_every_match_holds(expression: str, anchors: set[str]) -> None:
    assert set(compile_expression(expression, WORDS, LETTERS)[2]) == anchors


BAD = [
    ("{?it:Nothing}", "the class Nothing of ?it is not known"),
    ("<nothing>", "the word class <nothing> is not known"),
    ("(开设", "a bracket opens that is never closed"),
    ("开设)", "a bracket closes that was never opened"),
    ("{?it:Platform}{?it:Platform}", "stands twice"),
    ("?开设", "needs something before it"),
    ("{it:Platform}", "cannot read the pattern"),
]


@pytest.mark.parametrize(("expression", "reason"), BAD)
def test_a_bad_expression_says_why(expression: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(reason)):
        compile_expression(expression, WORDS, LETTERS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("?it pol:cites", "is not subject, predicate, object"),
        ("?other a pol:Platform", "the variable ?other is not bound"),
        ("?report nix:cites ?report", "the prefix of nix:cites is not known"),
    ],
)
def test_a_bad_template_says_why(text: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(reason)):
        read_templates(text, ())


def test_a_bad_pattern_is_told_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        "@prefix pol: <https://w3id.org/policy-kg/ontology#> .\n@prefix rule: <https://w3id.org/policy-kg/rule/> .\n\n"
        'rule:bad a pol:Pattern ; pol:expression "<nothing>开设" ; pol:yields "?report a pol:Report" .\n',
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match=r"bad\.ttl:4: the word class <nothing> .*“<nothing>开设”"):
        patterns_from_index(load([path]), {}, {})
    with pytest.raises(OntologyError, match=r"bad\.ttl:4"):
        load_ontology([path])


def test_turtle_that_does_not_parse_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <http://a/> .\na:x a:y\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl:\d"):
        load([path])
