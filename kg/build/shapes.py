"""SHACL shapes of extensions: what they find wrong in a report's graph are findings about the report.

A shape that names a code (``pol:codeOfFinding``) tells its findings under it, else they are told as ``SHAPE``. The message is the shape's
``sh:message`` in zh and en, the severity its ``sh:severity``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Literal, Node

from kg.build.beside import text_digest
from kg.build.kept import checks_graph, lines_of, mark, marked, triples, without
from kg.build.rules import Ruled, spans_of
from kg.facts import Finding
from kg.graph import graphs_of, text_iri
from kg.graph.lines import nquads
from kg.schema.files import extension_files
from kg.schema.findings import Messages
from kg.schema.model import Model
from kg.store import Store
from kg.terms import Mint, expand

RULE = expand("rule:shape/")
CODE = "SHAPE"
_DIGEST = expand("pol:shapesDigest")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_CASES = {str(SH.Warning): "warning", str(SH.Info): "info"}


@dataclass(frozen=True)
class Shapes:
    """The shapes of some extensions, as the text of their Turtle; parsed when first used."""

    files: tuple[tuple[str, str], ...]  # name, Turtle

    @staticmethod
    def of(extensions: Sequence[str]) -> "Shapes":
        """The files of extensions in which a shape may stand."""
        paths = dict.fromkeys(path for name in extensions for path in extension_files(name))
        texts = [
            (path.as_uri() if path.is_absolute() else path.name, path.read_text(encoding="utf-8"))
            for path in paths
        ]
        return Shapes(tuple((name, text) for name, text in texts if str(SH) in text))

    @cached_property
    def graph(self) -> Graph:
        """The shapes, with whatever else stands in their files."""
        graph = Graph(bind_namespaces="none")
        for name, text in self.files:
            graph.parse(data=text, format="turtle", publicID=name)
        return graph

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """What shapes look for: classes, properties, nodes; none where the extensions have no shape."""
        if not self.files:
            return ()
        return tuple(
            sorted({str(one) for property in _TARGETS for one in self.graph.objects(None, property)})
        )

    @property
    def digest(self) -> str:
        """Changes when a shape may have."""
        return sha256("\0".join(text for _, text in self.files).encode()).hexdigest()


def apply_shapes(store: Store, report: str, shapes: Shapes, messages: Messages) -> Iterator[Ruled]:
    """What the shapes find in the graph of a report, in order."""
    from pyshacl import validate  # heavy, and only extensions need it

    data = Graph(bind_namespaces="none")
    data.parse(data="".join(f"{quad.triple} .\n" for quad in store.quads(graphs_of(report)[0])), format="nt")
    _, results, _ = validate(data, shacl_graph=shapes.graph)
    assert isinstance(results, Graph)
    found: dict[tuple[str, str], Ruled] = {}
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        shape = _named(shapes.graph, results.value(result, SH.sourceShape))
        if isinstance(focus, URIRef) and shape is not None:
            finding = _finding(store, report, focus, shape, result, results, shapes.graph, messages)
            found[str(shape), str(focus)] = Ruled(report, str(shape), finding)
    yield from (found[key] for key in sorted(found))


def _finding(
    store: Store,
    report: str,
    focus: Node,
    shape: Node,
    result: Node,
    results: Graph,
    graph: Graph,
    messages: Messages,
) -> Finding:
    said = {
        (one.language or "")[:2]: str(one)
        for one in (*graph.objects(shape, SH.message), *results.objects(result, SH.resultMessage))
        if isinstance(one, Literal)
    }
    plain = next(iter(sorted(said.values())), str(shape))
    name = str(focus).rpartition("/")[2]
    code = _code(graph, shape)
    code = code if code in messages.kinds else CODE
    case = _CASES.get(str(results.value(result, SH.resultSeverity)), "") if code == CODE else ""
    severity, zh, _ = messages.tell(code, case, message=said.get("zh", plain), name=name)
    _, _, en = messages.tell(code, case, message=said.get("en", plain), name=name)
    return Finding(code, severity, zh, en, tuple(spans_of(store, report, str(focus))), str(focus))


def _code(graph: Graph, shape: Node) -> str:
    """The code of a shape, or of the shape that it is a property of."""
    code = URIRef(expand("pol:codeOfFinding"))
    around = (shape, *sorted(graph.subjects(SH.property, shape), key=str))
    return next((str(found) for one in around if (found := graph.value(one, code)) is not None), "")


def _named(graph: Graph, source: Node | None) -> Node | None:
    """The shape of a result, or the named one that a constraint without a name belongs to."""
    if source is None or isinstance(source, URIRef):
        return source
    return next(
        iter(
            sorted((one for one in graph.subjects(SH.property, source) if isinstance(one, URIRef)), key=str)
        ),
        None,
    )


def is_shaped(store: Store, report: str, targets: Sequence[str]) -> bool:
    """Whether something stands in the graph of a report that a shape looks for."""
    if not targets:
        return False
    values = " ".join(f"<{one}>" for one in targets)
    answer = store.query(
        f"""ASK {{ <{text_iri(report)}> dcterms:isFormatOf <{report}> VALUES ?what {{ {values} }} GRAPH <{report}> {{
          {{ ?one a ?what }} UNION {{ ?one ?what ?other }} UNION {{ ?what ?property ?other }} }} }}"""
    )
    return answer is True


def shaped_lines(
    store: Store, report: str, lines: set[str], shapes: Shapes, messages: Messages, model: Model, mint: Mint
) -> set[str]:
    """The lines of a report's findings, with those of shapes as they follow from its graph; ``lines`` are about to be written."""
    before, due = marked(lines, _DIGEST), is_shaped(store, report, shapes.targets)
    if not before and not due:
        return lines
    digest = sha256(f"{shapes.digest}\0{text_digest(store, report)}".encode()).hexdigest()
    if due and before == digest:
        return lines
    lines = without(report, lines, RULE, _DIGEST)
    if due:
        said = [mark(report, _DIGEST, digest)]
        for one in apply_shapes(store, report, shapes, messages):
            said += triples(report, one.finding, f"{RULE}{one.rule.rpartition('/')[2]}", model, mint)
        lines |= lines_of(nquads(said, checks_graph(report)))
    return lines
