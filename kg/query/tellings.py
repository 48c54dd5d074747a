"""Reports read back from a store, as those who follow a body over the years need them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.graph import graphs_of, text_iri
from kg.query.select import select
from kg.series import Said, Telling
from kg.store import Store
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Told:
    """A report of a body, and the year it reports on."""

    year: int
    report: str
    agency: str


@dataclass(frozen=True, slots=True)
class Series:
    """A body and its reports of one genre, oldest first; with those of the bodies that it goes on from, by body in ``replaces``."""

    agency: str
    name: str
    reports: tuple[Told, ...]
    replaces: Mapping[str, tuple[str, ...]]

    def pairs(self) -> tuple[tuple[Told, Told], ...]:
        """Each report with the next one of its body; the last ones of bodies that were merged, with the first of what they became.

        >>> old, other, new = Told(2017, "r1", "a"), Told(2018, "r2", "b"), Told(2019, "r3", "c")
        >>> one = Series("c", "市场监督管理局", (old, other, new), {"c": ("a", "b")})
        >>> [(earlier.report, later.report) for earlier, later in one.pairs()]
        [('r1', 'r3'), ('r2', 'r3')]
        """
        last: dict[str, Told] = {}
        found: list[tuple[Told, Told]] = []
        for later in self.reports:
            before = (later.agency,) if later.agency in last else self.replaces.get(later.agency, ())
            found += ((last[one], later) for one in before if one in last and last[one].year < later.year)
            last[later.agency] = later
        return tuple(sorted(found, key=lambda pair: (pair[1].year, pair[0].year)))


def series(store: Store, agency: str = "") -> tuple[Series, ...]:
    """The bodies with reports in a store, by name; or the one body, by its IRI. One series for each genre of report.

    A body that went on under another name is told of in the series of what it became. Raises ``QueryError`` where the body has no report.
    """
    heirs, replaces = _heirs(store)
    only = (
        f"VALUES ?agency {{ {' '.join(f'<{one}>' for one in _kin(agency, heirs, replaces))} }}"
        if agency
        else ""
    )
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
    names = {row["agency"].value: row["name"].value for row in reversed(rows)}
    found: dict[tuple[str, str], list[Told]] = {}
    for row in rows:
        told = Told(int(row["year"].value[:4]), row["report"].value, row["agency"].value)
        for last in _ends(told.agency, heirs, names):
            found.setdefault((last, row["genre"].value), []).append(told)
    told_of = sorted(found.items(), key=lambda one: (names[one[0][0]], one[0]))
    return tuple(
        Series(body, names[body], tuple(sorted(reports, key=lambda one: (one.year, one.report))), replaces)
        for (body, _), reports in told_of
    )


def _heirs(store: Store) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """What each body became, and what each goes on from."""
    heirs: dict[str, tuple[str, ...]] = {}
    replaces: dict[str, tuple[str, ...]] = {}
    rows = select(
        store,
        "SELECT DISTINCT ?new ?old WHERE { ?new pol:continues ?old } ORDER BY ?new ?old",
    )
    for row in rows:
        new, old = row["new"].value, row["old"].value
        heirs[old] = (*heirs.get(old, ()), new)
        replaces[new] = (*replaces.get(new, ()), old)
    return heirs, replaces


def _kin(body: str, *ways: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A body with all it goes on from and all it became, in order."""
    found = {body: None}
    todo = [body]
    while todo:
        one = todo.pop()
        new = [other for way in ways for other in way.get(one, ()) if other not in found]
        found |= dict.fromkeys(new)
        todo += new
    return tuple(found)


def _ends(body: str, heirs: Mapping[str, tuple[str, ...]], known: Mapping[str, str]) -> list[str]:
    """What a body became in the end, of those that are known; itself where it became nothing else."""
    return [
        one
        for one in _kin(body, heirs)
        if one in known and not any(other in known for other in heirs.get(one, ()))
    ]


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
        # the statements of a type are few among all that are made of these things: asked for first, as a whole
        f"""SELECT DISTINCT ?kind ?thing ?words ?place WHERE {{
          {{ SELECT ?thing ?place WHERE {{
            GRAPH <{grounds}> {{ ?statement rdf:predicate rdf:type ; rdf:subject ?thing ; pol:evidence ?place }} }} }}
          VALUES ?kind {{ pol:Improvement pol:Problem pol:Initiative pol:Platform pol:Result }}
          GRAPH <{report}> {{ ?thing a ?kind ; skos:prefLabel ?words }} }}""",
    ):
        start, _, end = row["place"].value.rpartition("/")[2].partition("-")
        one = Said(row["thing"].value, row["words"].value, Span(int(start), int(end)))
        said.setdefault(row["kind"].value.rpartition("#")[2], []).append(one)
    things = (one for kind in ("Initiative", "Platform", "Result") for one in said.get(kind, ()))
    return Telling.of(report, year, text, said.get("Improvement", ()), said.get("Problem", ()), things)
