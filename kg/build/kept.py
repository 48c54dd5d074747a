"""Findings that are made from the store and kept there, with a digest of what they rest on, until that changes."""

from collections.abc import Iterable, Iterator

from kg.facts import Finding
from kg.graph import evidence_iri, graphs_of, text_iri
from kg.graph.checks import checks
from kg.graph.lines import Triple, words
from kg.schema.model import Model
from kg.store import Rows, Store
from kg.terms import Mint, expand
from kg.text.document import Span

_RULE, _EVIDENCE = expand("pol:rule"), expand("pol:evidence")


def marked(lines: Iterable[str], property: str) -> str:
    """The digest that the findings of a sort rest on, by the lines of a report's findings; "" where there is none.

    >>> marked(['<http://x/r/text> <http://x/digest> "ab" <http://x/r/checks> .'], "http://x/digest")
    'ab'
    """
    return next((line.split('"')[1] for line in lines if f" <{property}> " in line), "")


def mark(report: str, property: str, digest: str) -> Triple:
    """The triple that says on what the findings of a sort rest."""
    return f"<{text_iri(report)}>", f"<{property}>", words(digest)


def triples(report: str, finding: Finding, rule: str, model: Model, mint: Mint) -> Iterator[Triple]:
    """The triples of a finding that a rule made."""
    made = list(checks(report, [finding], model, mint))
    yield from made
    yield made[0][0], f"<{_RULE}>", f"<{rule}>"


def held(store: Store, graph: str) -> set[str]:
    """The lines of a graph."""
    return {f"{quad} .\n" for quad in store.quads(graph)}


def lines_of(content: bytes) -> set[str]:
    """N-Quads by line; split as bytes, for characters know more line ends than N-Quads."""
    return set(map(bytes.decode, content.splitlines(keepends=True)))


def content_of(lines: Iterable[str]) -> bytes:
    """The N-Quads of some lines."""
    return "".join(sorted(lines)).encode()


def without(report: str, lines: Iterable[str], rule: str, property: str) -> set[str]:
    """The lines of a graph of findings without those of rules that begin so, without their mark, and without what only they quote."""
    lines = set(lines)
    gone = {subject_of(line) for line in lines if f" <{_RULE}> <{rule}" in line}
    kept = {line for line in lines if subject_of(line) not in gone and f" <{property}> " not in line}
    quotes = {line.split(" ", 3)[2][1:-1] for line in kept if f" <{_EVIDENCE}> " in line}
    begins = f"{report}/evidence/"

    def quoted(line: str) -> bool:
        subject = subject_of(line)
        here = subject.removeprefix(begins).partition("/")[0]
        return not subject.startswith(begins) or evidence_iri(report, span_of(here)) in quotes

    return {line for line in kept if quoted(line)}


def checks_graph(report: str) -> str:
    """The graph of a report's findings."""
    return graphs_of(report)[2]


def rows(answer: object) -> Iterator[tuple[str, ...]]:
    """The rows of an answer as plain words; an unbound one is ""."""
    assert isinstance(answer, Rows)
    for row in answer:
        yield tuple("" if term is None else str(getattr(term, "value", term)) for term in row)


def subject_of(line: str) -> str:
    """What a line of N-Quads is about.

    >>> subject_of('<http://x/a> <http://x/b> "c" <http://x/g> .')
    'http://x/a'
    """
    return line[1 : line.index(">")]


def span_of(evidence: str) -> Span:
    """The place that the IRI of an evidence node names.

    >>> span_of("https://w3id.org/policy-kg/id/report/衢州市人民政府/2020/evidence/3-9")
    Span(start=3, end=9)
    """
    start, _, end = evidence.rpartition("/")[2].partition("-")
    return Span(int(start), int(end))
