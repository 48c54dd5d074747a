"""What became of a plan: done, partly, repeated, or silent, by what the next report of the same agency says."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.series.content import Clause, Lexis
from kg.series.telling import Said, Telling
from kg.text.document import Span

FATES = ("done", "partly", "repeated", "silent")

_ANSWERED = 0.55  # share of a clause's weight that a passage has where it speaks of the same thing
_REPEATED = 0.5  # the same, of a later plan
_ENOUGH = 0.6  # share of a plan's weight in answered clauses from which it is done
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan of one report, and what the next says of it.

    ``quotes`` are the stretches of the later text that the fate rests on, ``answers`` the initiatives, platforms and
    results named in them, ``repeats`` the later plan that takes it up again.
    """

    plan: Said
    report: str
    year: int
    later: str
    later_year: int
    fate: str
    quotes: tuple[Said, ...] = ()
    answers: tuple[Said, ...] = ()
    repeats: Said | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares the plans of one report with the next one."""

    before: Telling
    after: Telling
    words: Mapping[str, Sequence[str]]
    lexis: Lexis = field(init=False)

    def __post_init__(self) -> None:
        both = (self.before, self.after)
        texts = [
            *(span.of(one.folded) for one in both for span in one.passages),
            *(said.words for one in both for said in (*one.plans, *one.problems)),
        ]
        object.__setattr__(self, "lexis", Lexis.of(texts, self.words))

    def promises(self) -> Iterator[Promise]:
        """Each plan of the earlier report, in the order of its text."""
        passages = [(span, span.of(self.after.folded)) for span in self.after.passages]
        for plan in self.before.plans:
            yield self._promise(plan, passages)

    def _promise(self, plan: Said, passages: Sequence[tuple[Span, str]]) -> Promise:
        clauses = self.lexis.clauses(plan.words)
        repeats = self._repeats(clauses)
        answered = self._answered(clauses, passages)
        if repeats is not None and not answered:
            answered = self._begun(clauses, repeats, passages)
        spans = sorted(set(answered.values()), key=lambda span: span.start)
        return Promise(
            plan,
            self.before.report,
            self.before.year,
            self.after.report,
            self.after.year,
            self._fate(plan, clauses, answered, repeats),
            tuple(Said(self.after.report, span.of(self.after.text), span) for span in spans),
            tuple(self._things(clauses, spans)),
            repeats,
        )

    def _answered(self, clauses: Sequence[Clause], passages: Sequence[tuple[Span, str]]) -> dict[int, Span]:
        """The clauses that a passage of the later report answers, by their place in the plan."""
        found: dict[int, Span] = {}
        for number, clause in enumerate(clauses):
            best = self._answer(clause, passages)
            if best is not None:
                found[number] = best
        texts = dict(passages)
        for number, clause in enumerate(
            clauses
        ):  # other words for the same thing, where the rest of the plan is there
            near = (span for span in found.values() if self.lexis.cover(clause, texts[span]) >= _ANSWERED)
            if number not in found and (span := next(near, None)) is not None:
                found[number] = span
        if 0 in found or self._share(clauses, found) >= _ENOUGH:
            return found
        return {}

    def _answer(self, clause: Clause, passages: Sequence[tuple[Span, str]]) -> Span | None:
        """The passage that speaks of what a clause is about: it has the head, and most of the rest."""
        best, most = None, _ANSWERED
        for span, words in passages:
            if self.lexis.about(clause, words) and (share := self.lexis.cover(clause, words)) > most:
                best, most = span, share
        return best

    def _repeats(self, clauses: Sequence[Clause]) -> Said | None:
        """The later plan for the same thing."""
        best, most = None, _REPEATED
        for later in self.after.plans:
            for clause in clauses:
                if not clause.aim and self.lexis.about(clause, later.words):
                    share = self.lexis.cover(clause, later.words)
                    if share > most:
                        best, most = later, share
        return best

    def _share(self, clauses: Sequence[Clause], answered: Container[int]) -> float:
        """How much of what a plan demands is answered, from 0 to 1; what it says of aims and manner is no demand."""
        weights = {
            number: sum(map(self.lexis.weight, clause.words))
            for number, clause in enumerate(clauses)
            if not clause.aim or number in answered
        }
        return sum(weight for number, weight in weights.items() if number in answered) / sum(weights.values())

    def _begun(
        self, clauses: Sequence[Clause], repeats: Said, passages: Sequence[tuple[Span, str]]
    ) -> dict[int, Span]:
        """What was done of a plan that is made again: the passages with figures that have the head of what is repeated."""
        found = {}
        for number, clause in enumerate(clauses):
            part = clause.head[-2:]
            if part in self.lexis.common or self.lexis.cover(clause, repeats.words) < _REPEATED:
                continue
            for span, words in passages:
                if part in words and re.search(r"\d", words):
                    found[number] = span
                    break
        return found

    def _fate(
        self, plan: Said, clauses: Sequence[Clause], answered: Mapping[int, Span], repeats: Said | None
    ) -> str:
        if not answered:
            return "repeated" if repeats is not None else "silent"
        if repeats is not None or self._share(clauses, answered) < _ENOUGH:
            return "partly"
        return "partly" if any(self._short(plan.words, span) for span in answered.values()) else "done"

    def _short(self, plan: str, span: Span) -> bool:
        """Whether the later words leave something to do, or a figure in them stays under the one planned."""
        words = span.of(self.after.folded)
        if any(word in words for word in self.words["unfinished"]):
            return True
        reached = [float(one) for one in _PERCENT.findall(words)]
        aimed = [float(one) for one in _PERCENT.findall(plan)]
        if aimed:
            return bool(reached) and max(reached) < min(aimed)
        whole = any(word in plan for word in self.words["allOf"])
        return (whole and bool(reached) and max(reached) < 100) or self._too_few(plan, words)

    def _too_few(self, plan: str, words: str) -> bool:
        """Whether a number that was to be reached is not, in the same unit; rates by place or time are not compared."""
        lead = "|".join(map(re.escape, self.words["atLeast"]))
        for found in re.finditer(rf"(?:{lead})[^，。；\d]{{0,4}}(\d+)([\u3400-\u9fff])", plan):
            reached = [int(one) for one in re.findall(rf"(?<![\d.])(\d+){found[2]}", words)]
            clause = plan[: found.start()].rpartition("，")[2]
            if reached and "每" not in clause and max(reached) < int(found[1]):
                return True
        return False

    def _things(self, clauses: Sequence[Clause], spans: Sequence[Span]) -> Iterator[Said]:
        for thing in self.after.things:
            if any(span.overlaps(thing.span) for span in spans) and any(
                self.lexis.about(clause, thing.words) and self.lexis.cover(clause, thing.words) > 0.4
                for clause in clauses
            ):
                yield thing
