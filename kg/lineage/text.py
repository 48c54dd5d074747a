"""Lineages and spreads for a terminal and for programs."""

import json
from collections.abc import Iterable, Iterator

from kg.lineage.data import Lineage, Quote, Spread, Step, Thing, delay
from kg.lineage.later import later
from kg.page import words


def as_text(lineages: Iterable[Lineage], lang: str = "zh") -> str:
    """Each policy with what follows from it, a level further in for each step.

    >>> print(as_text([], "en"), end="")
    No policy in the store is implemented by others.
    """
    blocks = ["\n".join(_lineage(one, lang)) for one in lineages]
    return "\n\n".join(blocks or [words("kg.lineage", lang)["none"]]) + "\n"


def spread_text(spreads: Iterable[Spread], lang: str = "zh") -> str:
    """Each thing with the places that have it, the first first.

    >>> print(spread_text([], "en"), end="")
    No two places have an initiative or platform in common.
    """
    blocks = ["\n".join(_spread(one, lang)) for one in spreads]
    return "\n\n".join(blocks or [words("kg.lineage", lang)["no_spread"]]) + "\n"


def as_json(lineages: Iterable[Lineage]) -> str:
    """The same for programs, with the place of each quotation in the text of its report."""
    content = [
        {"cited": {str(year): count for year, count in one.cited.items()}, **_step(one.root, None)}
        for one in lineages
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def spread_json(spreads: Iterable[Spread]) -> str:
    """The same for programs."""
    content = [
        {
            "name": one.name,
            "class": one.cls,
            "places": [
                {"body": at.body, "place": at.place, "year": at.year, "quote": _quote(at.quote)}
                for at in one.places
            ],
        }
        for one in spreads
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _lineage(one: Lineage, lang: str) -> Iterator[str]:
    say = words("kg.lineage", lang)
    for depth, above, step in one.root.walk():
        pad = "  " * depth
        yield pad + "  ".join(_told(step.thing, above, lang))
        if depth == 0 and one.cited:
            years = say["separator"].join(
                say["cited_year"].format(year=year, count=count) for year, count in one.cited.items()
            )
            yield f"  {say['cited'].format(years=years)}"
        yield from (f"{pad}  «{quote.words}»  — {quote.title}" for quote in step.quotes)
    if not one.root.steps:
        yield f"  {say['nothing']}"


def _told(thing: Thing, above: Thing | None, lang: str) -> Iterator[str]:
    say = words("kg.lineage", lang)
    if above is not None:
        yield f"[{say[thing.cls]}]"
    yield thing.name
    if thing.number and thing.number not in thing.name:
        yield thing.number
    if thing.by:
        yield say["separator"].join(thing.by)
    yield str(thing.year) if thing.year else say["unknown"]
    if above is not None and (passed := later(above, thing, lang)):
        yield f"({passed})"


def _spread(one: Spread, lang: str) -> Iterator[str]:
    say = words("kg.lineage", lang)
    places = dict.fromkeys(at.place for at in one.places)
    yield f"[{say[one.cls]}] {one.name}  {say['places'].format(count=len(places))}"
    for at in one.places:
        yield f"  {at.year}  {at.body}  «{at.quote.words}»"


def _step(step: Step, above: Thing | None) -> dict[str, object]:
    thing = step.thing
    passed = delay(above, thing) if above else None
    return {
        "iri": thing.iri,
        "name": thing.name,
        "class": thing.cls,
        "number": thing.number,
        "by": list(thing.by),
        "year": thing.year,
        "date": thing.day.isoformat() if thing.day else None,
        **({"property": step.property} if step.property else {}),
        **({"delay": {"count": passed[0], "unit": passed[1]}} if passed else {}),
        **({"quotes": [_quote(quote) for quote in step.quotes]} if above else {}),
        "steps": [_step(one, thing) for one in step.steps],
    }


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "report": quote.report,
        "year": quote.year,
        "words": quote.words,
        "start": quote.start,
        "end": quote.end,
    }
