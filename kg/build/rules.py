"""Rules over the graph: queries whose rows are findings about reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.build.kept import checks_graph, lines_of, rows, subject_of, triples
from kg.errors import QueryError
from kg.facts import Finding
from kg.graph import graphs_of
from kg.graph.lines import nquads, words
from kg.query import Query, Table, ask, list_queries, query_folders
from kg.query.tokens import given
from kg.schema.findings import Messages
from kg.schema.model import Model
from kg.schema.ontology import Ontology
from kg.store import Rows, Store
from kg.terms import Mint, expand
from kg.text.document import Span

RULE = expand("rule:lint-")
_ABOUT, _RECOMPUTED, _BY = (expand(f"pol:{name}") for name in ("about", "recomputed", "rule"))


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

    A rule that reaches no further than a body is asked about the one report, and need not look at the others.
    Raises ``QueryError`` where a rule names no report.
    """
    for query in queries:
        answer = ask(store, _about(query, report) if report and query.reach else query, {})
        if not isinstance(answer, Table) or "report" not in answer.columns:
            raise QueryError("a rule selects ?report", where=query.path, hint="see queries/README.md")
        for row in answer:
            if report and _plain(row["report"]) != report:
                continue
            yield _ruled(store, query, row, messages)


def _about(query: Query, report: str) -> Query:
    return replace(query, text=given(query.text, "report", f"<{report}>"))


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


def ruled_lines(report: str, lines: set[str], found: Iterable[Ruled], model: Model, mint: Mint) -> set[str]:
    """The lines of a report's findings, with those that rules find now in the place of those they found before."""
    lines = _without_rules(lines)
    for one in found:
        said = triples(report, one.finding, f"{RULE}{one.rule}", model, mint)
        lines |= lines_of(nquads(said, checks_graph(report)))
    return lines


def _without_rules(lines: set[str]) -> set[str]:
    """Lines without what rules wrote; a figure that another finding recomputes alike stays."""
    gone = {subject_of(line) for line in lines if f" <{_BY}> <{RULE}" in line}
    if not gone:
        return lines
    about = [line for line in lines if f" <{_ABOUT}> " in line]
    told = {_object(line) for line in about if subject_of(line) in gone}
    others = {subject_of(line): _object(line) for line in about if subject_of(line) not in gone}
    figures = [line for line in lines if f" <{_RECOMPUTED}> " in line]
    kept = {(others.get(subject_of(line)), _object(line)) for line in figures}
    return {line for line in lines if subject_of(line) not in gone} - {
        line for line in figures if subject_of(line) in told and (subject_of(line), _object(line)) not in kept
    }


def _object(line: str) -> str:
    """What stands third in a line of N-Quads, if it is an IRI or a number; an IRI without its brackets."""
    return line.split(" ", 3)[2].strip("<>")


def told_of(store: Store, queries: Iterable[Query]) -> Iterator[str]:
    """The reports about which a store has findings of some rules."""
    for query in queries:
        yield from (
            report
            for (report,) in rows(
                store.query(
                    f"SELECT DISTINCT ?report WHERE {{ ?finding <{_BY}> <{RULE}{query.name}> ; pol:reportedIn ?report }}"
                )
            )
        )


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
