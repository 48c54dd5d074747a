"""The quality of a corpus as one page for the browser; it needs nothing but itself."""

from collections import Counter
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from kg.stats.corpus import Corpus
from kg.stats.counted import Stats
from kg.stats.words import words

_PASSAGES, _PLACES = 200, 12  # the most that the page shows; JSON has all


def as_html(stats: Stats, corpus: Corpus, lang: str = "zh") -> str:
    """Holdings by year and level, each report with its coverage and what it leaves unread, findings, shared passages."""
    years = list(corpus.count("year"))
    held = Counter((one.level, one.year) for one in corpus.reports)
    codes: Counter[str] = Counter()
    for one in corpus.reports:
        codes.update(one.findings)
    return (
        _environment()
        .from_string(_read("page.html"))
        .render(
            stats=stats,
            corpus=corpus,
            years=years,
            held=held,
            codes=codes.most_common(),
            passages=corpus.passages[:_PASSAGES],
            beyond=max(0, len(corpus.passages) - _PASSAGES),
            places=_PLACES,
            said=sum(one.sentences for one in corpus.reports),
            silent=sum(len(one.unread) for one in corpus.reports),
            say=words(lang),
            lang="en" if lang == "en" else "zh-CN",
            style=_read("page.css"),
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["percent"] = lambda part: f"{part:.0%}"
    return made


def _read(name: str) -> str:
    return files("kg.stats").joinpath(name).read_text(encoding="utf-8")
