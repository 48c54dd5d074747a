"""Noughts in words: 未收到申请, 没有发生复议、诉讼, 减免0元."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.counted import Counted
from kg.extract.reading import Reading, State
from kg.extract.wording import clean
from kg.match.scan import Scan
from kg.schema.phrase import IndicatorPhrase
from kg.schema.vocabulary import Vocabulary
from kg.text.document import Span

_LONGEST = 10  # characters of what did not happen
_CASES = ("s4.", "oversight.appeals", "oversight.complaints")


@dataclass(frozen=True, slots=True)
class ZeroReader:
    """Reads what a clause says did not happen."""

    counted: Counted

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.counted.ontology.vocabulary

    def read(
        self, scan: Scan, clause: Span, state: State, phrases: Sequence[IndicatorPhrase]
    ) -> Iterator[Reading]:
        """The figure of each thing that did not happen is nought."""
        text = scan.text
        cue = self.counted.cue["zero"].search(text, clause.start, clause.end)
        if cue is None or text.startswith(self.counted.ontology.words["wayVerb"], cue.end()):
            return  # 没有|建立某制度: what is wanting is no count
        behind = self.counted.cue["zeroBehind"].fullmatch(cue[0]) is not None  # 申请为零, 零申请
        before = Span(clause.start, clause.start if behind else cue.start())
        found = self._phrases(text, clause, before, phrases)
        if not found and not behind:
            yield from self._event(text, Span(cue.start(), clause.end), clause, state)
        for indicator, span in _apart(found):
            known = self._vocabulary.indicators[indicator]
            unit = self._vocabulary.units.get(known.unit)
            said = self.counted.cue["zeroBehind"].search(text, span.start, span.end)  # 零申请、|零复议
            evidence = span if said else Span(min(cue.start(), span.start), max(cue.end(), span.end))
            yield Reading(
                evidence, evidence, Decimal(0), unit.symbols[0] if unit is not None and unit.symbols else "",
                "Amount" if unit is not None and unit.kind == "money" else "Count", "Exact", 0, indicator,
                clean(span.of(text)), span, state.year, scope=state.scope, clause=clause,
            )  # fmt: skip

    def _event(self, text: str, span: Span, clause: Span, state: State) -> Iterator[Reading]:
        """未发生|失泄密事件: what no indicator counts, where the noun says that it happens or not."""
        words = self.counted.ontology.words
        stretch = span.of(text).rstrip("，；。！？\n")
        verb = self.counted.cue["zero"].match(stretch)
        if (
            verb is None
            or not stretch.endswith(words["event"])
            or stretch.endswith(words["event"], 0, verb.end())
        ):
            return
        start = max(verb.end(), stretch.rfind("的") + 1)
        label = stretch[start:]
        if not 2 <= len(label) <= _LONGEST or not label.isalpha():
            return
        named = Span(span.start + start, span.start + len(stretch))
        evidence = Span(span.start, named.end)
        yield Reading(
            evidence, evidence, Decimal(0), words["eventMeasure"][0], "Count", "Exact", 0, "", label, named, state.year,
            scope=state.scope, clause=clause,
        )  # fmt: skip

    def _phrases(
        self, text: str, clause: Span, before: Span, phrases: Sequence[IndicatorPhrase]
    ) -> dict[str, Span]:
        """The match of each indicator that does not end before the negation: the longest, of cases the shortest.

        复议、诉讼和申诉 stand side by side after one verb; the match of one must not reach over the others.
        """
        found: dict[str, Span] = {}
        for phrase in phrases:
            known = self._vocabulary.indicators[phrase.indicator]
            if known.measure.endswith("Ratio") or (
                phrase.barred is not None
                and not known.notation.startswith(("s3.", "s4."))
                and phrase.barred.search(clause.of(text))
            ):
                continue
            for match in phrase.regex.finditer(text, clause.start, clause.end):
                span = Span(*match.span())
                if span.end <= before.end and before.end > before.start:
                    continue
                sign = -1 if known.notation.startswith(_CASES) else 1
                other = found.get(phrase.indicator)
                if other is None or len(span) * sign > len(other) * sign:
                    found[phrase.indicator] = span
        if any(self._code(one).startswith("s4") for one in found):
            # 无因申请引发的诉讼: the applications are there, the suits are not
            said = self.counted.cue["zeroBehind"]
            found = {
                one: place
                for one, place in found.items()
                if not self._code(one).startswith("s3") or said.search(text, place.start, place.end)
            }
        return found

    def _code(self, indicator: str) -> str:
        return self._vocabulary.indicators[indicator].notation


def _apart(found: dict[str, Span]) -> list[tuple[str, Span]]:
    """Of overlapping places the longest, in order of the text."""
    kept: list[tuple[str, Span]] = []
    for indicator, span in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        if not any(other.overlaps(span) for _, other in kept):
            kept.append((indicator, span))
    return sorted(kept, key=lambda item: item[1])
