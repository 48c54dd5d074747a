"""Taking one report out of a store."""

from difflib import get_close_matches
from urllib.parse import unquote

import pyoxigraph as ox

from kg.build.beside import neighbours, without_series
from kg.errors import InputError
from kg.graph import graphs_of, series_graph
from kg.store import Rows, Store


def reports_in(store: Store) -> tuple[str, ...]:
    """The IRIs of the reports a store holds, sorted."""
    graphs = set(store.graphs())
    return tuple(sorted(graph for graph in graphs if graphs_of(graph)[1] in graphs))


def find_report(name: str, store: Store) -> str:
    """The IRI of a report from its IRI, its title, its name such as ``衢州市人民政府/2020``, or any part only it has.

    Raises ``InputError`` where none or several fit.
    """
    reports = {report: _name(report) for report in reports_in(store)}
    wanted = _name(name.strip())
    exact = [report for report, known in reports.items() if wanted in (report, known)] or _titled(name, store)
    found = exact or [report for report, known in reports.items() if wanted and wanted in known]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(reports[report] for report in found[:5])
        raise InputError(f"“{name}” fits {len(found)} reports", hint=f"say which: {names}")
    near = get_close_matches(wanted, reports.values(), n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else f"it holds {len(reports)} reports"
    raise InputError(f"no report “{name}”", where=store.location, hint=hint)


def remove(report: str, store: Store) -> str:
    """Take out a report, given as ``find_report`` understands it; answers its IRI.

    What other reports say too stays; everything only this report said goes, its evidence and findings with
    it, and what the next year's report was found to differ in from it.
    """
    found = find_report(report, store)
    later = _years_after(found, store)
    beside = {*neighbours(store, [found]), *later} - {found}
    changed = {}
    for other in later:
        graph = graphs_of(other)[2]
        lines = {f"{quad} .\n" for quad in store.quads(graph)}
        kept = without_series(other, lines)
        if kept != lines:
            changed[graph] = "".join(sorted(kept)).encode()
    if changed:  # first, for a later year that is compared with nothing is put right by any build
        store.replace(changed)
    store.remove((*graphs_of(found), *map(series_graph, (found, *later))))
    if store.note:  # what it rests on is as it was, but for these
        store.leave("\n".join([store.note, found, *sorted(beside)]))
    return found


def _years_after(report: str, store: Store) -> list[str]:
    """The reports that the body of a report issued for the year after it, and those of bodies that go on from it."""
    rows = store.query(
        f"""SELECT DISTINCT ?later WHERE {{
          {{ <{report}> pol:issuedBy ?body ; pol:reportYear ?year . ?later pol:issuedBy ?body ; pol:reportYear ?next
            FILTER(xsd:integer(STR(?next)) = xsd:integer(STR(?year)) + 1) }}
          UNION {{ <{report}> pol:issuedBy ?body . ?heir pol:continues ?body . ?later pol:issuedBy ?heir ; pol:reportYear ?next }} }}"""
    )
    assert isinstance(rows, Rows)
    return sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))


def _titled(title: str, store: Store) -> list[str]:
    rows = store.query(
        f"SELECT DISTINCT ?r WHERE {{ ?r a pol:Report ; skos:prefLabel ?t FILTER(STR(?t) = {ox.Literal(title.strip())}) }}"
    )
    assert isinstance(rows, Rows)
    return sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))


def _name(iri: str) -> str:
    return unquote(iri.rpartition("/report/")[2])
