"""Each report of a store beside the one of the year before: what stayed as it was, and what became of nothing.

What a comparison found is kept with a digest of the two texts it rests on, and made anew only where that has changed: the earlier
report may come, change or go in any later build.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.build.kept import checks_graph, held, mark, marks, rows, span_of, subject_of, triples, without
from kg.check.previous import Told, check_previous
from kg.graph import graphs_of, text_iri
from kg.graph.checks import quoted
from kg.graph.evidence import quotation
from kg.graph.lines import nquads
from kg.schema.ontology import Ontology
from kg.store import Store
from kg.terms import Mint, expand
from kg.text.document import Span

RULE = expand("rule:year-before")
_DIGEST = expand("pol:comparisonDigest")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A report, the one before it, and a digest of all that comparing them rests on."""

    report: str
    before: str
    digest: str


def before(store: Store, issuer: str, year: int, genre: str = "") -> str:
    """The report of a body for the year before, of the same genre; "" where the store has none."""
    same = f"?report pol:reportGenre <{genre}> ." if genre else ""
    answer = store.query(
        f"""SELECT ?report WHERE {{ ?report pol:issuedBy <{issuer}> ; pol:reportYear ?year . {same}
          FILTER(STR(?year) = "{year - 1}") }} ORDER BY ?report LIMIT 1"""
    )
    return next((report for (report,) in rows(answer)), "")


def told(store: Store, report: str) -> Told:
    """What a stored report tells, as ``Told.of`` reads it from a file."""
    said, evidence, _ = graphs_of(report)
    texts = store.query(
        f"SELECT ?text WHERE {{ GRAPH <{evidence}> {{ <{text_iri(report)}> nif:isString ?text }} }}"
    )
    plans = store.query(
        f"SELECT DISTINCT ?plan WHERE {{ GRAPH <{said}> {{ ?item a pol:Improvement ; skos:prefLabel ?plan }} }}"
    )
    places = store.query(
        f"""SELECT ?place WHERE {{ GRAPH <{evidence}> {{ ?statement rdf:predicate rdf:type ; rdf:object ?kind ; pol:evidence ?place }}
          FILTER(?kind IN (pol:Problem, pol:Improvement)) }}"""
    )
    text = next((text for (text,) in rows(texts)), "")
    spans = [span_of(place) for (place,) in rows(places)]
    return Told(text, tuple(sorted(plan for (plan,) in rows(plans))), min(spans, default=None))


def beside_graphs(
    store: Store, graphs: Mapping[str, bytes], ontology: Ontology, mint: Mint
) -> dict[str, bytes]:
    """The graphs of findings whose comparison with the year before is new, has changed or is gone.

    ``graphs`` are about to be written in place of those in the store.
    """
    pairs = {pair.report: pair for pair in _pairs(store)}
    marked = marks(store, _DIGEST)
    changed: dict[str, bytes] = {}
    for report in sorted(pairs.keys() | marked.keys()):
        pair, graph = pairs.get(report), checks_graph(report)
        if pair is not None and marked.get(report) == pair.digest:
            continue
        lines = without(report, held(store, graphs, graph), RULE, _DIGEST)
        if pair is not None:
            lines |= _compared(store, pair, ontology, mint)
        changed[graph] = "".join(sorted(lines)).encode()
    return changed


def without_series(report: str, lines: Iterable[str]) -> set[str]:
    """The lines of a graph of findings without any that says how two years of one body disagree."""
    lines = without(report, lines, RULE, _DIGEST)
    series, rule = f' <{expand("pol:code")}> "SERIES-', f" <{expand('pol:rule')}> "
    ruled = {subject_of(line) for line in lines if rule in line}
    gone = {subject_of(line) for line in lines if series in line} & ruled
    return {line for line in lines if subject_of(line) not in gone}


def _compared(store: Store, pair: _Pair, ontology: Ontology, mint: Mint) -> set[str]:
    """The lines of what comparing two reports finds; also where it finds nothing, that they were compared."""
    report, graph, model = pair.report, checks_graph(pair.report), ontology.model
    now = told(store, report)
    findings = check_previous(now, told(store, pair.before), ontology.form)
    said = [mark(report, _DIGEST, pair.digest)]
    for finding in findings:
        said += triples(report, finding, RULE, model, mint)
    blocks = []
    where = _Where(store, report)
    for span in quoted(findings):
        section, page = where.of(span)
        blocks += list(quotation(report, span, now.text, model, graph, section=section, page=page))
    return set(nquads(said, graph, blocks).decode().splitlines(keepends=True))


class _Where:
    """Section and page of a place, by the nearest words before it that the store knows them of."""

    def __init__(self, store: Store, report: str) -> None:
        _, evidence, _ = graphs_of(report)
        answer = store.query(
            f"""SELECT ?place ?section ?page WHERE {{ GRAPH <{evidence}> {{ ?place a pol:Evidence
              OPTIONAL {{ ?place pol:section ?section }} OPTIONAL {{ ?place pol:page ?page }} }} }}"""
        )
        self._known = sorted((span_of(place), section, page) for place, section, page in rows(answer))
        self._starts = [span.start for span, _, _ in self._known]

    def of(self, span: Span) -> tuple[str, int | None]:
        at = bisect_right(self._starts, span.end - 1) - 1
        _, section, page = self._known[at] if at >= 0 else (span, "", "")
        return section, int(page) if page else None


def _pairs(store: Store) -> Iterator[_Pair]:
    pairs = store.query(
        """SELECT ?report (MIN(STR(?other)) AS ?before) WHERE {
          ?report pol:issuedBy ?body ; pol:reportYear ?year ; pol:reportGenre ?genre .
          ?other pol:issuedBy ?body ; pol:reportYear ?last ; pol:reportGenre ?genre .
          FILTER(xsd:integer(STR(?year)) = xsd:integer(STR(?last)) + 1)
        } GROUP BY ?report ORDER BY ?report"""
    )
    digests = text_digests(store)
    for report, other in rows(pairs):
        both = f"{other}\0{digests.get(report, '')}\0{digests.get(other, '')}"
        yield _Pair(report, other, sha256(both.encode()).hexdigest())


def text_digests(store: Store) -> dict[str, str]:
    """Of each report, what its text is and what it was read with."""
    answer = store.query(
        """SELECT ?report (CONCAT(?words, ?how) AS ?digest) WHERE {
          ?text dcterms:isFormatOf ?report ; pol:textDigest ?words ; pol:ontologyDigest ?how }"""
    )
    return {report: digest for report, digest in rows(answer)}  # noqa: C416  # rows are tuples of any length
