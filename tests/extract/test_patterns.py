"""Every pattern carries its own tests: the sentences it must match, what it gives there, and those it must not."""

from dataclasses import dataclass

import pytest

from kg.extract.extract import Extractor
from kg.match.mention import Phrase
from kg.schema import Ontology
from kg.schema.lexicon import NounRule
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


def _names(extractor: Extractor, rule: NounRule, text: str) -> list[str]:
    document = read_text(HEAD + text, cues=extractor.ontology.cues)
    scan = extractor.scanner.scan(document.folded, document.sentences)
    return [
        mention.span.of(scan.text)
        for mention in scan.mentions
        if mention.rule == rule.iri and isinstance(mention.detail, Phrase) and mention.detail.accepted
    ]


def test_noun_rules_find_the_names_their_examples_give(ontology: Ontology, extractor: Extractor) -> None:
    wrong = [
        (rule.where, text, wanted, found)
        for rule in ontology.nouns
        for text, wanted in rule.examples
        if (found := tuple(_names(extractor, rule, text))) != wanted
    ]
    assert wrong == []
    assert any(rule.examples for rule in ontology.nouns)


def test_noun_rules_find_no_name_in_their_counter_examples(ontology: Ontology, extractor: Extractor) -> None:
    wrong = [
        (rule.where, text, found)
        for rule in ontology.nouns
        for text in rule.counter_examples
        if (found := _names(extractor, rule, text))
    ]
    assert wrong == []
    lone = [rule.iri for rule in ontology.nouns if bool(rule.examples) != bool(rule.counter_examples)]
    assert lone == []


@pytest.mark.parametrize("text", ["", "。", "，" * 500, "由" * 2000, "按照《" * 300])
def test_patterns_end_on_odd_text(extractor: Extractor, text: str) -> None:
    document = read_text(HEAD + text, cues=extractor.ontology.cues)
    assert extractor.extract(document, Mint()).year == 2020
