"""What a store holds, counted; and how good a corpus of reports it is."""

from kg.stats.corpus import Corpus, read_corpus
from kg.stats.counted import Counted, Stats, stats
from kg.stats.page import as_html
from kg.stats.published import as_turtle
from kg.stats.text import as_json, as_text

__all__ = ["Corpus", "Counted", "Stats", "as_html", "as_json", "as_text", "as_turtle", "read_corpus", "stats"]
