"""The bodies of a store that a body goes on from, or that go on from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.build.kept import rows
from kg.series.succession import Body, Succession
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Before:
    """A report that comes before another, and the body that issued it; ``own`` where that is the same but for its name."""

    body: str
    report: str
    year: int
    own: bool


def akin(store: Store, bodies: Iterable[str], succession: Succession) -> set[str]:
    """The bodies that report and that some bodies may go on from, or that may go on from these, whatever the years."""
    found: set[str] = set()
    for body in bodies:
        for region in _regions(store, body):
            known = _bodies(store, succession.places(region), "")
            if body in known:
                found.update(iri for iri, one in known.items() if succession.akin(one, known[body]))
    return found


def kin(store: Store, report: str, succession: Succession) -> tuple[Before, ...]:
    """What comes before the first report of a body, in reports of the same genre by the bodies that it goes on from.

    Nothing comes before its later ones but its own.
    """
    about = rows(
        store.query(
            f"""SELECT ?body ?genre ?region (xsd:integer(SUBSTR(STR(?year), 1, 4)) AS ?y) WHERE {{
              <{report}> pol:issuedBy ?body ; pol:reportGenre ?genre ; pol:reportYear ?year . ?body pol:jurisdiction ?region }}
              ORDER BY ?body ?region"""
        )
    )
    for body, genre, region, year in about:
        bodies = _bodies(store, succession.places(region), genre)
        later = bodies.get(body)
        if later is not None and later.first == int(year):
            found = succession.predecessors(later, bodies.values())
            return tuple(
                Before(one.iri, last, one.last, succession.kept(later, one))
                for one in found
                for last in _last(store, one, genre)
            )
    return ()


def _regions(store: Store, body: str) -> list[str]:
    answer = store.query(f"SELECT ?region WHERE {{ <{body}> pol:jurisdiction ?region }} ORDER BY ?region")
    return [region for (region,) in rows(answer)]


def _bodies(store: Store, regions: Iterable[str], genre: str) -> dict[str, Body]:
    """The bodies of some regions with reports of a genre, or of any, by IRI."""
    of = f"pol:reportGenre <{genre}> ;" if genre else ""
    values = " ".join(f"<{region}>" for region in sorted(regions))
    answer = store.query(
        f"""SELECT ?body (MIN(?label) AS ?name) ?region (MIN(?place) AS ?there) (MIN(?y) AS ?first) (MAX(?y) AS ?last) WHERE {{
          VALUES ?region {{ {values} }} ?body pol:jurisdiction ?region . ?report pol:issuedBy ?body ; {of} pol:reportYear ?year .
          ?body skos:prefLabel ?label . ?region skos:prefLabel ?place
          BIND(xsd:integer(SUBSTR(STR(?year), 1, 4)) AS ?y) }} GROUP BY ?body ?region ORDER BY ?body ?region"""
    )
    return {
        body: Body(body, name, region, place, int(first), int(last))
        for body, name, region, place, first, last in rows(answer)
    }


def _last(store: Store, body: Body, genre: str) -> tuple[str, ...]:
    """The first by IRI of a body's reports of its last year."""
    answer = store.query(
        f"""SELECT ?report WHERE {{ ?report pol:issuedBy <{body.iri}> ; pol:reportGenre <{genre}> ; pol:reportYear ?year
          FILTER(xsd:integer(SUBSTR(STR(?year), 1, 4)) = {body.last}) }} ORDER BY ?report LIMIT 1"""
    )
    return tuple(report for (report,) in rows(answer))
