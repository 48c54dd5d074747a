"""Scores of relations: gold names them by the plain names of their ends, the graph by IRIs."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.errors import InputError
from kg.evaluate.actual import RELATIONS, Actual, Figure, Triple
from kg.evaluate.fold import fold, lenient
from kg.evaluate.gold import Gold, GoldRelation, Names
from kg.evaluate.names import NameMatch
from kg.evaluate.score import Score, Verdict
from kg.terms import shorten

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def score_relations(gold: Gold, actual: Actual, matches: Sequence[NameMatch]) -> Score:
    """Recall over what must be related, in any graph; precision of what the report states over must and may.

    Where gold lacks it, a relation that the ontology or the regions state themselves is neither right nor
    wrong; so is one from the cell of a table.
    """
    ends = _Ends(gold, actual, matches)
    wanted = [ends.triples(relation, gold.name) for relation in gold.relations.must]
    allowed = {triple for relation in gold.relations.may for triple in ends.triples(relation, gold.name)}
    known = actual.known | actual.stated
    found = [bool(triples & known) for triples in wanted]
    right = {triple for triples in wanted for triple in triples} | allowed
    cells = {figure.iri for figure in actual.figures if figure.cell}
    given = [
        triple
        for triple in sorted(actual.stated)
        if triple in right or (triple not in actual.reference and triple[0] not in cells)
    ]
    extras = [triple for triple in given if triple not in right]
    return Score(
        "relations",
        wanted=len(wanted),
        found=sum(found),
        given=len(given),
        right=len(given) - len(extras),
        misses=tuple(
            f"{relation.subject[0]} —{relation.relation}→ {relation.object[0]}"
            for relation, hit in zip(gold.relations.must, found, strict=True)
            if not hit
        ),
        extras=tuple(map(ends.shown, extras)),
        neutral=len(actual.stated) - len(given),
        verdicts=tuple(
            Verdict(
                triple,
                "right" if triple in right else "neutral" if triple not in given else "wrong",
                ends.shown(triple),
            )
            for triple in sorted(actual.stated)
            if triple[0] not in cells
        ),
    )


class _Ends:
    """Finds the entities that a plain name of a gold relation may stand for."""

    def __init__(self, gold: Gold, actual: Actual, matches: Sequence[NameMatch]) -> None:
        self._labels: dict[str, str] = {actual.report.iri: actual.report.label or gold.title}
        self._by_name: dict[str, set[str]] = {fold(gold.title): {actual.report.iri}}
        self._figures = actual.figures
        for things in actual.things.values():
            for thing in things:
                self._labels[thing.iri] = thing.label
                self._by_name.setdefault(fold(thing.label), set()).add(thing.iri)
        for figure in actual.figures:
            self._labels[figure.iri] = str(figure)
        for match in matches:
            for names, iris in match.candidates:
                for name in names:
                    self._by_name.setdefault(fold(name), set()).update(iris)

    def name(self, iri: str) -> str:
        """What an end is called in a message."""
        return self._labels.get(iri) or shorten(iri)

    def shown(self, triple: Triple) -> str:
        """A relation in one line."""
        subject, predicate, value = triple
        return f"{self.name(subject)} —{shorten(predicate).partition(':')[2]}→ {self.name(value)}"

    def triples(self, relation: GoldRelation, where: str) -> set[Triple]:
        """Every triple that would say what a gold relation says."""
        subjects, objects = self._iris(relation.subject), self._iris(relation.object)
        if relation.relation == "hasPart":
            return {(value, RELATIONS["partOf"], subject) for subject in subjects for value in objects}
        if relation.relation not in RELATIONS:
            raise InputError(
                f"unknown relation “{relation.relation}”",
                where=where,
                hint=f"use one of {', '.join(RELATIONS)}",
            )
        return {(subject, RELATIONS[relation.relation], value) for subject in subjects for value in objects}

    def _iris(self, names: Names) -> set[str]:
        named = {iri for name in names for iri in self._by_name.get(fold(name), ())}
        return named or {
            figure.iri for figure in self._figures if any(_describes(name, figure) for name in names)
        }


def _describes(name: str, figure: Figure) -> bool:
    """Whether a name such as “12项事项” speaks of a figure: the same number, an indicator like the rest."""
    numbers = [Decimal(number) for number in _NUMBER.findall(name)]
    if figure.value not in numbers:
        return False
    rest = fold(_NUMBER.sub("", name))
    return any(lenient(rest, fold(indicator)) for indicator in figure.indicators)
