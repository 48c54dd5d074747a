"""A body's promises with what became of each, as values and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.series import FATES, Promise, Said


@dataclass(frozen=True, slots=True)
class Followed:
    """A body, the years of its reports, and its promises in the order they were made; ``titles`` by report."""

    agency: str
    name: str
    years: tuple[int, ...]
    promises: tuple[Promise, ...]
    titles: Mapping[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """How many promises had each fate, in the order of ``FATES``."""
        found = Counter(one.fate for one in self.promises)
        return {fate: found[fate] for fate in FATES}


def as_json(followed: Iterable[Followed]) -> str:
    """All bodies for programs: a list, each with its promises, quotations with their place in the report's text."""
    content = [
        {
            "agency": {"iri": one.agency, "name": one.name},
            "years": list(one.years),
            "counts": one.counts,
            "promises": [_promise(promise) for promise in one.promises],
        }
        for one in followed
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _promise(promise: Promise) -> dict[str, object]:
    return {
        "fate": promise.fate,
        "year": promise.year,
        "laterYear": promise.later_year,
        "report": promise.report,
        "later": promise.later,
        "plan": _said(promise.plan),
        "quotes": [_said(one) for one in promise.quotes],
        "answers": [_said(one) for one in promise.answers],
        "repeats": _said(promise.repeats) if promise.repeats is not None else None,
    }


def _said(said: Said) -> dict[str, object]:
    return {"iri": said.iri, "words": said.words, "start": said.span.start, "end": said.span.end}
