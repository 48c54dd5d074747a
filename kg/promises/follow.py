"""The promises of bodies, followed through a store."""

from collections.abc import Mapping, Sequence
from functools import cache

from kg.promises.data import Followed
from kg.query import entity_named, select
from kg.query.tellings import Series, series, telling
from kg.series import Judge, Promise
from kg.store import Store


def follow(store: Store, words: Mapping[str, Sequence[str]], agency: str = "") -> tuple[Followed, ...]:
    """Each body's plans, and what its next report says of them; one body where it is named by any of its names.

    ``words`` are the word classes of the ontology. Of all bodies, those with fewer than two reports are left out.
    Raises ``QueryError`` where the name means nothing or has no report.
    """
    found = series(store, entity_named(store, agency) if agency else "")
    return tuple(_followed(store, one, words) for one in found if agency or len(one.reports) > 1)


def _followed(store: Store, one: Series, words: Mapping[str, Sequence[str]]) -> Followed:
    promises: list[Promise] = []
    read = cache(lambda told: telling(store, told.report, told.year))
    for earlier, later in one.pairs():
        promises += Judge(read(earlier), read(later), words).promises()
    return Followed(
        one.agency,
        one.name,
        tuple(dict.fromkeys(told.year for told in one.reports)),
        tuple(promises),
        _titles(store, one),
    )


def _titles(store: Store, one: Series) -> dict[str, str]:
    values = " ".join(f"<{report}>" for report in dict.fromkeys(told.report for told in one.reports))
    rows = select(
        store,
        f"SELECT ?report ?title WHERE {{ VALUES ?report {{ {values} }} ?report skos:prefLabel ?title }}",
    )
    return {row["report"].value: row["title"].value for row in rows}
