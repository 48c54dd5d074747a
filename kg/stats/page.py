"""The quality of a corpus as one page for the browser."""

from collections import Counter

from kg.page import page
from kg.stats.corpus import Corpus
from kg.stats.counted import Stats

_PASSAGES, _PLACES = 200, 12  # the most that the page shows; JSON has all


def as_html(stats: Stats, corpus: Corpus, lang: str = "zh") -> str:
    """Holdings by year and level, each report with its coverage and what it leaves unread, findings, shared passages."""
    codes: Counter[str] = Counter()
    for one in corpus.reports:
        codes.update(one.findings)
    return page(
        "kg.stats",
        lang,
        stats=stats,
        corpus=corpus,
        years=list(corpus.count("year")),
        held=Counter((one.level, one.year) for one in corpus.reports),
        codes=codes.most_common(),
        passages=corpus.passages[:_PASSAGES],
        beyond=max(0, len(corpus.passages) - _PASSAGES),
        places=_PLACES,
        said=sum(one.sentences for one in corpus.reports),
        silent=sum(len(one.unread) for one in corpus.reports),
    )
