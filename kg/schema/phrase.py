"""Indicator phrases: how running text says what a figure counts."""

import re
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.schema.pattern import compile_expression, compiled
from kg.schema.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class IndicatorPhrase:
    """One phrase of an indicator, compiled."""

    indicator: str  # IRI
    regex: re.Pattern[str]
    anchors: tuple[str, ...]
    text: str
    barred: re.Pattern[str] | None  # wording that would mislead
    context: re.Pattern[str] | None = None  # wording that must stand before it in the sentence
    kind: bool = False  # what it says is a kind of the indicator, and called otherwise


def phrases_from_vocabulary(vocabulary: Vocabulary) -> tuple[IndicatorPhrase, ...]:
    """The phrases of all indicators, in order of indicator."""
    phrases = []
    for indicator in sorted(vocabulary.indicators.values(), key=lambda one: one.iri):
        try:
            barred = [compile_expression(text, {}, {})[0] for text in indicator.not_phrases]
            context = [compile_expression(text, {}, {})[0] for text in indicator.contexts]
            for text in (*indicator.phrases, *indicator.kinds):
                regex, _, anchors = compile_expression(text, {}, {})
                phrases.append(
                    IndicatorPhrase(
                        indicator.iri,
                        compiled(regex),
                        anchors,
                        text,
                        compiled("|".join(barred)) if barred else None,
                        compiled("|".join(context)) if context else None,
                        text in indicator.kinds,
                    )
                )
        except OntologyError as error:
            raise OntologyError(error.what, where=indicator.iri, hint="mend its pol:phrase") from None
    return tuple(phrases)
