"""Every pattern carries its own tests: the sentences it must match, what it gives there, and those it must not."""

from dataclasses import dataclass

import pytest

from kg.extract.extract import Extractor
from kg.schema import Ontology
from kg.schema.pattern import Pattern
from kg.terms import Mint
from kg.text import read_text

HEAD = "衢州市人民政府2020年政府信息公开工作年度报告\n"


@dataclass(frozen=True)
class Case:
    pattern: Pattern
    text: str
    gives: tuple[tuple[str, str], ...]


def _found(extractor: Extractor, pattern: Pattern, text: str) -> list[dict[str, str]]:
    titles = [
        title
        for genre in pattern.genres
        for title in extractor.ontology.index.texts(genre, "pol:exampleTitle")
    ]
    document = read_text((titles[0] + "\n" if titles else HEAD) + text, cues=extractor.ontology.cues)
    return [words for rule, words in extractor.pattern_matches(document) if rule == pattern.iri]


def _cases(ontology: Ontology) -> list[Case]:
    return [Case(p, example.text, example.gives) for p in ontology.patterns for example in p.examples]


def test_every_pattern_has_examples_of_both_kinds(ontology: Ontology) -> None:
    lacking = [p.iri for p in ontology.patterns if not p.examples or not p.counter_examples]
    assert lacking == []


def test_examples_match_and_give_what_they_say(ontology: Ontology, extractor: Extractor) -> None:
    wrong = []
    for case in _cases(ontology):
        found = _found(extractor, case.pattern, case.text)
        wanted = {name.removeprefix("?"): words for name, words in case.gives}
        if not any(all(words.get(name) == value for name, value in wanted.items()) for words in found):
            wrong.append((case.pattern.where, case.text, wanted, found))
    assert wrong == []


def test_counter_examples_do_not_match(ontology: Ontology, extractor: Extractor) -> None:
    wrong = [
        (pattern.where, text)
        for pattern in ontology.patterns
        for text in pattern.counter_examples
        if _found(extractor, pattern, text)
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["", "。", "，" * 500, "由" * 2000, "按照《" * 300])
def test_patterns_end_on_odd_text(extractor: Extractor, text: str) -> None:
    document = read_text(HEAD + text, cues=extractor.ontology.cues)
    assert extractor.extract(document, Mint()).year == 2020
