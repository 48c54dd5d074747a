"""Passages of a report: of which year the figures of a stretch are, and of which class."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.schema.passage import PassageRule
from kg.schema.pattern import Pattern
from kg.text.document import Document, Span
from kg.values import years

_LINE = re.compile(r"[^\n]+")
_HEAD = 80  # characters in which the begin of a paragraph says of when it speaks


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that a rule speaks of; ``cls`` is the class of the figures in it, "" for the usual one."""

    span: Span
    rule: PassageRule
    year: int | None

    def takes(self, year: int | None) -> bool:
        """Whether a figure of some year is one of those the rule means: past ones up to its year, coming ones from it on."""
        if year is None or self.year is None:
            return True
        return year <= self.year if self.rule.offset < 0 else year >= self.year


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of one report; of two at one place the shorter counts."""

    found: tuple[Passage, ...]

    def at(self, position: int) -> Passage | None:
        """The innermost passage that holds a position."""
        return next((one for one in self.found if one.span.start <= position < one.span.end), None)

    def allow(self, pattern: Pattern, span: Span) -> bool:
        """Whether a pattern may match here: it may hold in some passages alone."""
        here = self.at(span.start)
        if here is not None and here.rule.aside:
            return not pattern.within
        return not pattern.within or any(
            one.rule.iri in pattern.within and one.span.start <= span.start and span.end <= one.span.end
            for one in self.found
        )

    def year(self, sentence: Span, default: int | None) -> int | None:
        """The year that figures of a sentence have where it names none."""
        one = self.at(sentence.end - 1)
        return one.year if one is not None and one.year is not None else default


NO_PASSAGES = Passages(())


def find_passages(document: Document, rules: Sequence[PassageRule], year: int | None) -> Passages:
    """Every passage that a heading or a sentence of the document opens."""
    if not rules:
        return NO_PASSAGES
    text = document.folded
    found = []
    for section in document.sections:
        title = section.heading.of(text)
        for rule in rules:
            if any(one.search(title) for one in rule.headings):
                named = [value for _, _, value in years(title)]
                found.append(Passage(section.span, rule, _year(rule, year, named)))
    for sentence in document.sentences:
        for rule in rules:
            if rule.openings and any(word in sentence.of(text) for word in rule.anchors):
                starts = [m.start() for one in rule.openings for m in one.finditer(sentence.of(text))]
                if starts:
                    span = Span(sentence.start + min(starts), sentence.end)
                    found.append(Passage(span, rule, _year(rule, year, [])))
    found += _begun(document, rules, year)
    found.sort(key=lambda one: (len(one.span), one.span.start, one.rule.iri))
    return Passages(tuple(found))


def _begun(document: Document, rules: Sequence[PassageRule], year: int | None) -> Iterator[Passage]:
    """The passages that the begin of a paragraph opens."""
    begun: list[tuple[int, PassageRule]] = []
    for line in _LINE.finditer(document.folded, 0, document.body.end):
        head = line[0][:_HEAD]
        begun += [(line.start(), rule) for rule in rules if any(one.search(head) for one in rule.beginnings)]
    for number, (start, rule) in enumerate(begun):
        following = [at for at, _ in begun[number + 1 :] if at > start]
        holds = [one.span for one in document.sections if one.span.start <= start < one.span.end]
        section = min(holds, key=len).end if holds and not rule.aside else document.body.end
        yield Passage(Span(start, min([section, *following])), rule, _year(rule, year, []))


def _year(rule: PassageRule, year: int | None, named: Sequence[int]) -> int | None:
    if named:
        return named[0]
    if rule.year is not None:
        return rule.year
    return year + rule.offset if year is not None else None
