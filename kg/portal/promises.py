"""The page that follows a body's plans into its next reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.portal.links import Link, links
from kg.promises import Followed, follow
from kg.query.tellings import series
from kg.schema import load_words
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Promises:
    """The bodies with two reports or more, the chosen one, its plans by genre of report, and the things that answer them."""

    bodies: tuple[Link, ...]
    chosen: str
    followed: tuple[Followed, ...]
    known: Mapping[str, Link]


def promises(store: Store, agency: str, lang: str) -> Promises:
    """The plans of a body, by IRI; of the first there is where none is chosen."""
    several = dict.fromkeys(
        one.agency for one in series(store) if len({told.year for told in one.reports}) > 1
    )
    chosen = agency or next(iter(several), "")
    followed = follow(store, _words(), chosen) if chosen in several else ()
    things = {answer.iri for one in followed for promise in one.promises for answer in promise.answers} | set(
        several
    )
    known = links(store, things, lang)
    return Promises(tuple(known[one] for one in several), chosen, followed, known)


@cache
def _words() -> Mapping[str, Sequence[str]]:
    return load_words()
