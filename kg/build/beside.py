"""Each report of a store beside the one of the year before: what stayed as it was, and what became of nothing.

What a comparison found is kept with a digest of the two texts it rests on, and made anew only where that has changed: the earlier
report may come, change or go in any later build.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kg.build.kept import checks_graph, held, mark, marks, rows, span_of, subject_of, triples, without
from kg.check.previous import check_previous
from kg.facts import Fact
from kg.graph import evidence_iri, graphs_of, series_graph
from kg.graph.checks import quoted
from kg.graph.evidence import quotation
from kg.graph.lines import Block, nquads
from kg.graph.statements import stated, statements
from kg.query.tellings import telling
from kg.schema.model import Model
from kg.schema.ontology import Ontology
from kg.series import Judge, Telling
from kg.store import Store
from kg.terms import Mint, expand
from kg.text.document import Span

RULE = expand("rule:year-before")
FULFILS = expand("rule:fulfils")
_DIGEST = expand("pol:comparisonDigest")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A report, the one before it, and a digest of all that comparing them rests on."""

    report: str
    year: int
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


def beside_graphs(
    store: Store, graphs: Mapping[str, bytes], ontology: Ontology, mint: Mint
) -> dict[str, bytes]:
    """The graphs of findings and of series whose comparison with the year before is new, has changed or is gone.

    ``graphs`` are about to be written in place of those in the store.
    """
    pairs = {pair.report: pair for pair in _pairs(store)}
    marked = marks(store, _DIGEST)
    answering = {graph.removesuffix("/series") for graph in store.graphs() if graph.endswith("/series")}
    changed = {series_graph(report): b"" for report in answering - pairs.keys()}
    for report in sorted(pairs.keys() | marked.keys()):
        pair, graph = pairs.get(report), checks_graph(report)
        if pair is not None and marked.get(report) == pair.digest:
            continue
        lines = without(report, held(store, graphs, graph), RULE, _DIGEST)
        if pair is not None:
            now, earlier = telling(store, report, pair.year), telling(store, pair.before, pair.year - 1)
            lines |= _compared(store, pair, now, earlier, ontology, mint)
            changed[series_graph(report)] = _answers(store, now, earlier, ontology, mint)
        changed[graph] = "".join(sorted(lines)).encode()
    return changed


def without_series(report: str, lines: Iterable[str]) -> set[str]:
    """The lines of a graph of findings without any that says how two years of one body disagree."""
    lines = without(report, lines, RULE, _DIGEST)
    series, rule = f' <{expand("pol:code")}> "SERIES-', f" <{expand('pol:rule')}> "
    ruled = {subject_of(line) for line in lines if rule in line}
    gone = {subject_of(line) for line in lines if series in line} & ruled
    return {line for line in lines if subject_of(line) not in gone}


def _compared(
    store: Store, pair: _Pair, now: Telling, earlier: Telling, ontology: Ontology, mint: Mint
) -> set[str]:
    """The lines of what comparing two reports finds; also where it finds nothing, that they were compared."""
    report, graph, model = pair.report, checks_graph(pair.report), ontology.model
    findings = check_previous(now, earlier, ontology)
    said = [mark(report, _DIGEST, pair.digest)]
    for finding in findings:
        said += triples(report, finding, RULE, model, mint)
    blocks = _quoted(store, now, quoted(findings), model, graph)
    return set(map(bytes.decode, nquads(said, graph, blocks).splitlines(keepends=True)))


def _answers(store: Store, now: Telling, earlier: Telling, ontology: Ontology, mint: Mint) -> bytes:
    """What in a report fulfils a plan of the one before, each with the words of both."""
    graph, model = series_graph(now.report), ontology.model
    facts = [
        Fact(
            thing.iri,
            expand("pol:fulfils"),
            promise.plan.iri,
            tuple(one.span for one in promise.quotes),
            FULFILS,
            elsewhere=(evidence_iri(earlier.report, promise.plan.span),),
        )
        for promise in Judge(earlier, now, ontology.words).promises()
        if promise.fate in ("done", "partly")
        for thing in promise.answers
    ]
    spans = sorted({span for fact in facts for span in fact.evidence})
    blocks = [
        *statements(now.report, facts, model, mint, graph),
        *_quoted(store, now, spans, model, graph),
    ]
    return nquads(stated(facts, model, {}), graph, blocks)


def _quoted(store: Store, now: Telling, spans: Iterable[Span], model: Model, graph: str) -> list[Block]:
    where = _Where(store, now.report)
    blocks: list[Block] = []
    for span in spans:
        section, page = where.of(span)
        blocks += quotation(now.report, span, now.text, model, graph, section=section, page=page)
    return blocks


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
        """SELECT ?report ?year (MIN(STR(?other)) AS ?before) WHERE {
          ?report pol:issuedBy ?body ; pol:reportYear ?year ; pol:reportGenre ?genre .
          ?other pol:issuedBy ?body ; pol:reportYear ?last ; pol:reportGenre ?genre .
          FILTER(xsd:integer(STR(?year)) = xsd:integer(STR(?last)) + 1)
        } GROUP BY ?report ?year ORDER BY ?report"""
    )
    digests = text_digests(store)
    for report, year, other in rows(pairs):
        both = f"{other}\0{digests.get(report, '')}\0{digests.get(other, '')}"
        yield _Pair(report, int(year[:4]), other, sha256(both.encode()).hexdigest())


def text_digests(store: Store) -> dict[str, str]:
    """Of each report, what its text is and what it was read with."""
    answer = store.query(
        """SELECT ?report (CONCAT(?words, ?how) AS ?digest) WHERE {
          ?text dcterms:isFormatOf ?report ; pol:textDigest ?words ; pol:ontologyDigest ?how }"""
    )
    return {report: digest for report, digest in rows(answer)}  # noqa: C416  # rows are tuples of any length
