"""Counts and quality for a terminal and for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.page import words
from kg.stats.copies import Passage, Place
from kg.stats.corpus import Corpus, Reported
from kg.stats.counted import Counted, Stats

_LEAST = 10  # reports with the least coverage, and passages, that a terminal shows


def as_text(stats: Stats, corpus: Corpus | None = None, lang: str = "zh") -> str:
    """The counts of a store, and the quality of its corpus where it was read."""
    return "\n".join((*_counts(stats, lang), *(_quality(corpus, lang) if corpus else ()))) + "\n"


def as_json(stats: Stats, corpus: Corpus | None = None) -> str:
    """The same for programs, with every unread sentence and every place of a passage by its characters in the text."""
    content = json.loads(stats.json())
    if corpus is not None:
        content["quality"] = {
            "reports": [_report(one) for one in corpus.reports],
            "passages": [
                {"likeness": one.likeness, "places": [_place(place) for place in one.places]}
                for one in corpus.passages
            ],
        }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _counts(stats: Stats, lang: str) -> Iterator[str]:
    say = words("kg.stats", lang)
    yield f"{say['reports']}  {stats.reports}"
    yield from _lines(stats.years, lang)
    yield say["entities"]
    yield from _lines(stats.classes, lang)
    yield f"{say['facts']}  {stats.facts}"
    yield f"{say['evidence']}  {stats.evidence}"
    yield say["findings"]
    yield from _lines(stats.findings, lang)
    yield f"{say['queries']}  {len(stats.queries)}"
    yield from (f"  {name}" for name in stats.queries)


def _lines(items: Iterable[Counted], lang: str) -> Iterator[str]:
    return (f"  {item.label(lang)}  {item.count}" for item in items)


def _quality(corpus: Corpus, lang: str) -> Iterator[str]:
    say = words("kg.stats", lang)
    for name in ("level", "province"):
        yield say[name]
        yield from (f"  {value or say['unknown']}  {count}" for value, count in corpus.count(name).items())
    said = sum(one.sentences for one in corpus.reports)
    silent = sum(len(one.unread) for one in corpus.reports)
    yield f"{say['unread']}  {say['unread_of'].format(unread=silent, sentences=said)}"
    for one in sorted(corpus.reports, key=lambda report: report.coverage)[:_LEAST]:
        yield f"  {one.coverage:.0%}  {one.title or one.iri}"
    yield say["copies"] if corpus.passages else say["no_copies"]
    for passage in corpus.passages[:_LEAST]:
        yield from _passage(passage, corpus.by_iri, lang)
    if len(corpus.passages) > _LEAST:
        yield f"  {say['more_copies'].format(count=len(corpus.passages) - _LEAST)}"


def _passage(passage: Passage, reports: Mapping[str, Reported], lang: str) -> Iterator[str]:
    say = words("kg.stats", lang)
    told = say["in_reports"].format(count=len(passage.reports))
    yield f"  {told}, {say['likeness']} {passage.likeness:.2f}"
    for place in passage.places[:2]:
        yield f"    {reports[place.report].title or place.report}  {place.span.start}-{place.span.end}"
        yield f"      “{place.words}”"
    if len(passage.places) > 2:
        yield f"    {say['more_places'].format(count=len(passage.places) - 2)}"


def _report(one: Reported) -> dict[str, object]:
    return {
        "report": one.iri,
        "title": one.title,
        "agency": one.agency,
        "year": one.year,
        "level": one.level,
        "province": one.province,
        "facts": one.facts,
        "sentences": one.sentences,
        "coverage": round(one.coverage, 4),
        "unread": [
            {"section": each.section, "start": each.span.start, "end": each.span.end, "words": each.words}
            for each in one.unread
        ],
        "findings": dict(one.findings),
        "copied": {"own": round(one.own, 4), "other": round(one.other, 4)},
    }


def _place(place: Place) -> dict[str, object]:
    return {"report": place.report, "start": place.span.start, "end": place.span.end, "words": place.words}
