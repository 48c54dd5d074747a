"""Passages: stretches of a report that speak of a time, as their heading or a sentence says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.schema.index import TripleIndex
from kg.schema.pattern import compile_expression, compiled
from kg.terms import expand

_OFFSETS = {expand("pol:PastPeriod"): -1, expand("pol:ComingPeriod"): 0, expand("pol:NoPeriod"): 0}


@dataclass(frozen=True, slots=True)
class PassageRule:
    """What a heading or a sentence says of the figures after it: of which year they are, and of which class.

    ``headings`` are matched on headings and hold for their sections, ``openings`` on sentences and hold from there to the
    sentence's end, ``beginnings`` on the begin of paragraphs and hold to the end of the section or the next such paragraph.
    The year is the one the heading names, else ``year``, else the report's with ``offset``; of several ``years`` it is the last.
    An ``aside`` speaks of no time, as an annex of explanations does: its figures are not read, and it reaches to the end.
    """

    iri: str
    headings: tuple[re.Pattern[str], ...]
    openings: tuple[re.Pattern[str], ...]
    beginnings: tuple[re.Pattern[str], ...]
    anchors: tuple[str, ...]
    cls: str  # of the figures in it
    offset: int  # -1: the year before the report's, 0: the report's own
    year: int | None
    years: int
    aside: bool
    genres: frozenset[str]
    where: str


def passages_from_index(index: TripleIndex, words: Mapping[str, Sequence[str]]) -> tuple[PassageRule, ...]:
    """Every ``pol:PassageRule``, in order of IRI.

    Raises ``OntologyError`` where one lacks its period or has neither heading, opening nor beginning.
    """
    rules = []
    for iri in sorted(set(index.instances("pol:PassageRule"))):
        where = index.where(iri)
        period = index.node(iri, "pol:period")
        if period not in _OFFSETS:
            raise OntologyError(
                "a passage rule needs pol:period",
                where=where,
                hint="pol:PastPeriod, pol:ComingPeriod or pol:NoPeriod",
            )
        texts = {name: index.texts(iri, f"pol:{name}") for name in ("heading", "opening", "beginning")}
        if not any(texts.values()):
            raise OntologyError("a passage rule needs pol:heading, pol:opening or pol:beginning", where=where)
        made: dict[str, list[re.Pattern[str]]] = {"heading": [], "opening": [], "beginning": []}
        anchors: dict[str, None] = {}
        for name, expressions in texts.items():
            for expression in expressions:
                try:
                    regex, slots, found = compile_expression(expression, words, {})
                except OntologyError as error:
                    raise OntologyError(error.what, where=where, hint=f"passage “{expression}”") from None
                if slots or not found:
                    raise OntologyError(
                        "a passage is told by words",
                        where=where,
                        hint=f"“{expression}” has no words or has slots",
                    )
                made[name].append(compiled(regex))
                anchors |= dict.fromkeys(found)
        year, years = index.text(iri, "pol:year"), index.text(iri, "pol:years")
        rules.append(
            PassageRule(
                iri, tuple(made["heading"]), tuple(made["opening"]), tuple(made["beginning"]), tuple(anchors),
                index.node(iri, "pol:figureClass"), _OFFSETS[period], int(year) if year.isdecimal() else None,
                int(years) if years.isdecimal() else 1, period == expand("pol:NoPeriod"), frozenset(index.nodes(iri, "pol:genre")), where,
            )
        )  # fmt: skip
    return tuple(rules)
