"""Each report of a store beside the one of the year before: what stayed as it was, and what became of nothing.

What a comparison found is kept with a digest of the two texts it rests on, and made anew only where that has changed: the earlier
report may come, change or go in any later build.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from kg.build.kept import checks_graph, lines_of, mark, marked, rows, span_of, subject_of, triples, without
from kg.build.kin import Before, akin, kin
from kg.check.previous import check_previous
from kg.facts import Fact, Finding
from kg.graph import evidence_iri, graphs_of, series_graph, text_iri
from kg.graph.checks import quoted
from kg.graph.evidence import quotation
from kg.graph.lines import Block, nquads
from kg.graph.statements import stated, statements
from kg.schema.model import Model
from kg.schema.ontology import Ontology
from kg.series import Judge, Promise, Telling
from kg.series.succession import Succession
from kg.store import Store
from kg.store.sparql import groups
from kg.terms import Mint, expand
from kg.text.document import Span

RULE = expand("rule:year-before")
FULFILS = expand("rule:fulfils")
CONTINUES = expand("rule:continues")
_DIGEST = expand("pol:comparisonDigest")
_TOGETHER = 200  # reports of one query


@dataclass(frozen=True, slots=True)
class _Pair:
    """A report, those before it, and a digest of all that comparing them rests on."""

    report: str
    body: str
    year: int
    before: tuple[Before, ...]
    digest: str

    @property
    def near(self) -> tuple[Before, ...]:
        """Those of the year before."""
        return tuple(one for one in self.before if one.year == self.year - 1)


def before(store: Store, issuer: str, year: int, genre: str = "") -> str:
    """The report of a body for the year before, of the same genre; "" where the store has none."""
    same = f"?report pol:reportGenre <{genre}> ." if genre else ""
    answer = store.query(
        f"""SELECT ?report WHERE {{ ?report pol:issuedBy <{issuer}> ; pol:reportYear ?year . {same}
          FILTER(STR(?year) = "{year - 1}") }} ORDER BY ?report LIMIT 1"""
    )
    return next((report for (report,) in rows(answer)), "")


def neighbours(store: Store, reports: Iterable[str], succession: Succession | None = None) -> set[str]:
    """The reports of the bodies that issued some reports; with ``succession`` of those, too, that may go on from one another.

    What rests on one of these reports need not be looked for further.
    """
    bodies: set[str] = set()
    for group in groups(reports, _TOGETHER):
        values = " ".join(f"<{report}>" for report in group)
        bodies.update(body for (body,) in rows(store.query(
            f"SELECT DISTINCT ?body WHERE {{ VALUES ?report {{ {values} }} ?report pol:issuedBy ?body }}"
        )))  # fmt: skip
    if succession is not None:
        bodies |= akin(store, sorted(bodies), succession)
    found: set[str] = set()
    for group in groups(sorted(bodies), _TOGETHER):
        values = " ".join(f"<{body}>" for body in group)
        answer = store.query(
            f"SELECT DISTINCT ?other WHERE {{ VALUES ?body {{ {values} }} ?other pol:issuedBy ?body ; pol:reportYear ?year }}"
        )
        found.update(other for (other,) in rows(answer))
    return found


def beside_lines(
    store: Store,
    report: str,
    lines: set[str],
    ontology: Ontology,
    succession: Succession,
    mint: Mint,
    tell: Callable[[str, int], Telling],
) -> tuple[set[str], dict[str, bytes]]:
    """The lines of a report's findings, and its graph of series where that changes, as they follow from the year before.

    ``lines`` are about to be written in the place of those in the store; ``tell`` gives a report of the store and its year as told.
    """
    pair, digest, series = _pair(store, report, succession), marked(lines, _DIGEST), series_graph(report)
    if pair is None:
        stale = {series: b""} if next(iter(store.quads(series)), None) is not None else {}
        return (without(report, lines, RULE, _DIGEST) if digest else lines), stale
    if digest == pair.digest:
        return lines, {}
    now = tell(report, pair.year)
    quotes = _Quotes(store, now, ontology.model)
    compared = [_compared(tell(one.report, one.year), one.own, now, ontology) for one in pair.near]
    lines = without(report, lines, RULE, _DIGEST) | _findings(pair, compared, quotes, mint)
    return lines, {series: _answers(store, pair, compared, quotes, mint)}


def without_series(report: str, lines: Iterable[str]) -> set[str]:
    """The lines of a graph of findings without any that says how two years of one body disagree."""
    lines = without(report, lines, RULE, _DIGEST)
    series, rule = f' <{expand("pol:code")}> "SERIES-', f" <{expand('pol:rule')}> "
    ruled = {subject_of(line) for line in lines if rule in line}
    gone = {subject_of(line) for line in lines if series in line} & ruled
    return {line for line in lines if subject_of(line) not in gone}


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a report finds beside one of the year before, and what became of the plans made then."""

    promises: tuple[Promise, ...]
    findings: tuple[Finding, ...]


def _compared(earlier: Telling, own: bool, now: Telling, ontology: Ontology) -> _Compared:
    promises = tuple(Judge(earlier, now, ontology.words).promises())
    return _Compared(promises, tuple(check_previous(now, earlier, promises, ontology)) if own else ())


def _findings(pair: _Pair, compared: Iterable[_Compared], quotes: "_Quotes", mint: Mint) -> set[str]:
    """The lines of what comparing two reports finds; also where it finds nothing, that they were compared."""
    graph = checks_graph(pair.report)
    findings = [finding for one in compared for finding in one.findings]
    said = [mark(pair.report, _DIGEST, pair.digest)]
    for finding in findings:
        said += triples(pair.report, finding, RULE, quotes.model, mint)
    return lines_of(nquads(said, graph, quotes.of(quoted(findings), graph)))


def _answers(
    store: Store, pair: _Pair, compared: Iterable[_Compared], quotes: "_Quotes", mint: Mint
) -> bytes:
    """What in a report fulfils a plan of one before, and which body its writer goes on from, each with the words of both."""
    report, graph, model = pair.report, series_graph(pair.report), quotes.model
    facts = [
        Fact(
            thing.iri,
            expand("pol:fulfils"),
            promise.plan.iri,
            tuple(one.span for one in promise.quotes),
            FULFILS,
            elsewhere=(evidence_iri(promise.report, promise.plan.span),),
        )
        for one in compared
        for promise in one.promises
        if promise.fate in ("done", "partly")
        for thing in promise.answers
    ]
    facts += [
        Fact(
            pair.body,
            expand("pol:continues"),
            one.body,
            tuple(map(span_of, here)),
            CONTINUES,
            elsewhere=there,
        )
        for one in pair.before
        if one.body != pair.body and (here := _named(store, report)) and (there := _named(store, one.report))
    ]
    spans = sorted({span for fact in facts for span in fact.evidence})
    blocks = [*statements(report, facts, model, mint, graph), *quotes.of(spans, graph)]
    return nquads(stated(facts, model, {}), graph, blocks)


def _named(store: Store, report: str) -> tuple[str, ...]:
    """Where a report names its writer."""
    _, evidence, _ = graphs_of(report)
    answer = store.query(
        f"""SELECT DISTINCT ?place WHERE {{ GRAPH <{evidence}> {{
          ?statement rdf:subject <{report}> ; rdf:predicate pol:issuedBy ; pol:evidence ?place }} }} ORDER BY ?place"""
    )
    return tuple(place for (place,) in rows(answer))


class _Quotes:
    """Words of a report with the section and page of the nearest words before them that the store knows them of; it is asked once, where there are any."""

    def __init__(self, store: Store, now: Telling, model: Model) -> None:
        self.model = model
        self._store, self._now = store, now

    def of(self, spans: Iterable[Span], graph: str) -> list[Block]:
        """The blocks of some words, for a graph."""
        blocks: list[Block] = []
        for span in spans:
            section, page = self._where(span)
            blocks += quotation(
                self._now.report, span, self._now.text, self.model, graph, section=section, page=page
            )
        return blocks

    def _where(self, span: Span) -> tuple[str, int | None]:
        at = bisect_right(self._starts, span.end - 1) - 1
        _, section, page = self._known[at] if at >= 0 else (span, "", "")
        return section, int(page) if page else None

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span, _, _ in self._known]

    @cached_property
    def _known(self) -> list[tuple[Span, str, str]]:
        _, evidence, _ = graphs_of(self._now.report)
        answer = self._store.query(
            f"""SELECT ?place ?section ?page WHERE {{ GRAPH <{evidence}> {{ ?place a pol:Evidence
              OPTIONAL {{ ?place pol:section ?section }} OPTIONAL {{ ?place pol:page ?page }} }} }}"""
        )
        return sorted((span_of(place), section, page) for place, section, page in rows(answer))


def _pair(store: Store, report: str, succession: Succession) -> _Pair | None:
    """A report and those before it, of the same genre; None where there are none."""
    pairs = store.query(
        f"""SELECT ?body ?year (MIN(STR(?other)) AS ?before) WHERE {{
          <{report}> pol:issuedBy ?body ; pol:reportYear ?year ; pol:reportGenre ?genre .
          OPTIONAL {{ ?other pol:issuedBy ?body ; pol:reportYear ?last ; pol:reportGenre ?genre .
          FILTER(xsd:integer(STR(?year)) = xsd:integer(STR(?last)) + 1) }}
        }} GROUP BY ?body ?year ORDER BY DESC(?year) DESC(?before) ?body"""
    )
    for body, written, other in rows(pairs):
        year = int(written[:4])
        before = (Before(body, other, year - 1, own=True),) if other else kin(store, report, succession)
        if not before:
            return None
        both = "\0".join((
            *(f"{one.body} {one.report}" for one in before),
            *(text_digest(store, one) for one in (report, *(one.report for one in before))),
        ))  # fmt: skip
        return _Pair(report, body, year, before, sha256(both.encode()).hexdigest())
    return None


def text_digest(store: Store, report: str) -> str:
    """What the text of a report is and what it was read with; "" where the report is not in the store."""
    text = text_iri(report)
    answer = store.query(
        f"SELECT (CONCAT(?words, ?how) AS ?digest) WHERE {{ <{text}> pol:textDigest ?words ; pol:ontologyDigest ?how }}"
    )
    return next((digest for (digest,) in rows(answer)), "")
