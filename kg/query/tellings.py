"""Reports read back from a store, as those who follow a body over the years need them."""

from dataclasses import dataclass

from kg.errors import QueryError
from kg.graph import graphs_of, text_iri
from kg.query.select import select
from kg.series import Said, Telling
from kg.store import Store
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Series:
    """A body and its reports of one genre, oldest first, as year and IRI."""

    agency: str
    name: str
    reports: tuple[tuple[int, str], ...]


def series(store: Store, agency: str = "") -> tuple[Series, ...]:
    """The bodies with reports in a store, by name; or the one body, by its IRI. One series for each genre of report.

    Raises ``QueryError`` where the body has no report.
    """
    only = f"VALUES ?agency {{ <{agency}> }}" if agency else ""
    rows = select(
        store,
        f"""SELECT DISTINCT ?agency ?name ?genre ?year ?report WHERE {{ {only}
          ?report a pol:Report ; pol:issuedBy ?agency ; pol:reportYear ?year ; pol:reportGenre ?genre .
          ?agency skos:prefLabel ?name }} ORDER BY ?name ?agency ?genre ?year ?report""",
    )
    if agency and not rows:
        raise QueryError(
            f"{agency} has no report here", where=store.location, hint="kg stats counts the reports there are"
        )
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for row in rows:
        key = row["agency"].value, row["name"].value, row["genre"].value
        found.setdefault(key, []).append((int(row["year"].value[:4]), row["report"].value))
    return tuple(Series(iri, name, tuple(reports)) for (iri, name, _), reports in found.items())


def telling(store: Store, report: str, year: int) -> Telling:
    """One report; raises ``QueryError`` where its text is not in the store."""
    _, grounds, _ = graphs_of(report)
    texts = select(
        store, f"SELECT ?text WHERE {{ GRAPH <{grounds}> {{ <{text_iri(report)}> nif:isString ?text }} }}"
    )
    if not texts:
        raise QueryError(f"the text of {report} is not here", where=store.location, hint="build it again")
    text = texts[0]["text"].value
    said: dict[str, list[Said]] = {}
    for row in select(
        store,
        f"""SELECT DISTINCT ?kind ?thing ?words ?place WHERE {{
          VALUES ?kind {{ pol:Improvement pol:Problem pol:Initiative pol:Platform pol:Result }}
          GRAPH <{report}> {{ ?thing a ?kind ; skos:prefLabel ?words }}
          GRAPH <{grounds}> {{ ?statement rdf:subject ?thing ; rdf:predicate rdf:type ; pol:evidence ?place }} }}""",
    ):
        start, _, end = row["place"].value.rpartition("/")[2].partition("-")
        one = Said(row["thing"].value, row["words"].value, Span(int(start), int(end)))
        said.setdefault(row["kind"].value.rpartition("#")[2], []).append(one)
    things = (one for kind in ("Initiative", "Platform", "Result") for one in said.get(kind, ()))
    return Telling.of(report, year, text, said.get("Improvement", ()), said.get("Problem", ()), things)
