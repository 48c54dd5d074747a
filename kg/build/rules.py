"""Rules over the graph: queries whose rows are findings about reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.facts import Finding
from kg.graph import graphs_of
from kg.graph.checks import checks
from kg.graph.lines import nquads, words
from kg.query import Query, Table, ask, list_queries, query_folders
from kg.schema.findings import Messages
from kg.schema.model import Model
from kg.schema.ontology import Ontology
from kg.store import Rows, Store
from kg.terms import Mint, expand
from kg.text.document import Span

RULE = expand("rule:lint-")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A finding that a rule made about a report."""

    report: str
    rule: str  # the query's name
    finding: Finding


def rules(messages: Messages, extensions: Sequence[str] = ()) -> tuple[Query, ...]:
    """The queries that are rules and whose code is declared, those of ``queries/lint`` and of the extensions."""
    return tuple(
        query for query in list_queries(query_folders(extensions)) if query.finding in messages.kinds
    )


def apply_rules(
    store: Store, queries: Iterable[Query], messages: Messages, *, report: str = ""
) -> Iterator[Ruled]:
    """What the rules find in a store, or about one report of it.

    Raises ``QueryError`` where a rule names no report.
    """
    for query in queries:
        answer = ask(store, query, {})
        if not isinstance(answer, Table) or "report" not in answer.columns:
            raise QueryError("a rule selects ?report", where=query.path, hint="see queries/README.md")
        for row in answer:
            if report and _plain(row["report"]) != report:
                continue
            yield _ruled(store, query, row, messages)


def _ruled(store: Store, query: Query, row: Mapping[str, object], messages: Messages) -> Ruled:
    values = {name: _plain(term) for name, term in row.items() if term is not None}
    severity, zh, en = messages.tell(
        query.finding,
        values.get("case", ""),
        **{name: value for name, value in values.items() if name not in ("report", "subject", "case")},
    )
    subject = values.get("subject", "")
    finding = Finding(
        query.finding,
        severity,
        zh,
        en,
        tuple(spans_of(store, values["report"], subject)) if subject else (),
        subject,
        values.get("stated", ""),
        values.get("recomputed", ""),
    )
    return Ruled(values["report"], query.name, finding)


def _plain(term: object) -> str:
    return str(getattr(term, "value", term))


def spans_of(store: Store, report: str, subject: str) -> Iterator[Span]:
    """The words a subject rests on in a report: those of its value, or of its class."""
    _, evidence, _ = graphs_of(report)
    answer = store.query(
        f"""SELECT DISTINCT ?place ?property WHERE {{ GRAPH <{evidence}> {{
          ?statement rdf:subject <{subject}> ; rdf:predicate ?property ; pol:evidence ?place
          FILTER(?property IN (sdmx-measure:obsValue, rdf:type)) }} }}"""
    )
    assert isinstance(answer, Rows)
    found = [(_plain(row[0]), _plain(row[1]) == expand("sdmx-measure:obsValue")) for row in answer]
    best = [iri for iri, value in found if value] or [iri for iri, _ in found]
    ends = [iri.rpartition("/")[2].partition("-") for iri in best]
    yield from sorted(
        Span(int(start), int(end)) for start, _, end in ends if start.isdigit() and end.isdigit()
    )


def ruled_graphs(store: Store, found: Iterable[Ruled], model: Model, mint: Mint) -> dict[str, bytes]:
    """The graphs of findings of every report that rules have, or had, something to say about."""
    lines: dict[str, set[str]] = {}
    for report, kept in _without_rules(store):
        lines[graphs_of(report)[2]] = kept
    for one in found:
        graph = graphs_of(one.report)[2]
        if graph not in lines:
            lines[graph] = {f"{quad} .\n" for quad in store.quads(graph)}
        triples = list(checks(one.report, [one.finding], model, mint))
        here = triples[0][0]
        triples.append((here, f"<{expand('pol:rule')}>", f"<{RULE}{one.rule}>"))
        lines[graph].update(map(bytes.decode, nquads(triples, graph).splitlines(keepends=True)))
    return {graph: "".join(sorted(content)).encode() for graph, content in sorted(lines.items())}


def _without_rules(store: Store) -> Iterator[tuple[str, set[str]]]:
    """The lines of each graph of findings that rules wrote into, without what they wrote."""
    rule, about, recomputed = (expand(f"pol:{name}") for name in ("rule", "about", "recomputed"))
    answer = store.query(
        f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?f a pol:Finding ; <{rule}> ?r }} FILTER(STRSTARTS(STR(?r), '{RULE}')) }} ORDER BY ?g"
    )
    assert isinstance(answer, Rows)
    for row in list(answer):
        graph = _plain(row[0])
        quads = list(store.quads(graph))
        gone = {
            quad.subject
            for quad in quads
            if quad.predicate.value == rule and _plain(quad.object).startswith(RULE)
        }
        subjects = {quad.object for quad in quads if quad.subject in gone and quad.predicate.value == about}
        kept = {
            f"{quad} .\n"
            for quad in quads
            if quad.subject not in gone
            and not (quad.predicate.value == recomputed and quad.subject in subjects)
        }
        yield graph.removesuffix("/checks"), kept


def vocabulary_graph(ontology: Ontology, mint: Mint) -> dict[str, bytes]:
    """The names and codes of indicators and applicants, which rules join with; a store has them with the whole model."""
    graph = mint.entity("graph", "ontology")
    label, notation = f"<{expand('skos:prefLabel')}>", f"<{expand('skos:notation')}>"
    vocabulary = ontology.vocabulary
    concepts = [(one.iri, one.notation, one.labels) for one in vocabulary.indicators.values()]
    concepts += [(one.iri, one.notation, one.labels) for one in vocabulary.applicants.values()]
    triples = []
    for iri, code, labels in concepts:
        triples += [(f"<{iri}>", label, words(text, lang)) for lang, text in sorted(labels.items())]
        triples.append((f"<{iri}>", notation, words(code)))
    return {graph: nquads(triples, graph)}
