"""SHACL: that shapes are sound, that the good example passes, and that each constraint catches its bad one."""

from collections.abc import Iterator

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from kg.ontology.extension import shown
from kg.ontology.finding import Flaw, flaw
from kg.ontology.scope import Scope
from kg.terms import expand, shorten

_KINDS = ("sh:NodeShape", "sh:PropertyShape")
_BARE = {
    str(RDF.type),
    *(
        str(SH[name])
        for name in ("message", "property", "targetClass", "targetSubjectsOf", "targetObjectsOf")
    ),
}


def shapes(scope: Scope) -> Iterator[Flaw]:
    """Flaws of the SHACL shapes of an extension, by its examples ``good.ttl`` and ``bad.ttl``."""
    mine = scope.declared(_KINDS)
    if not mine or scope.is_core:
        return
    shape_graph = _graph(scope)
    good = _examples(scope, good=True)
    bad = _examples(scope, good=False)
    broken = _broken(shape_graph, good)
    if isinstance(broken, str):
        yield scope.flaw("SHAPE", mine[0], what=broken)
        return
    for focus, names in sorted(broken.items()):
        file = shown(scope.extension.good or "")
        yield flaw("SHAPE-GOOD", file, what=focus, detail=", ".join(sorted(map(shorten, names))))
    told = _broken(shape_graph, bad)
    caught = set() if isinstance(told, str) else {name for names in told.values() for name in names}
    for name in mine:
        constrains = scope.own.by_subject[name].keys() - _BARE
        inner = [one for one in scope.own.nodes(name, "sh:property") if one.startswith("_:")]
        if (constrains or inner) and name not in caught:
            yield scope.flaw("SHAPE-BAD", name)
    for name in mine:
        for target in (*scope.own.nodes(name, "sh:targetClass"), *scope.own.nodes(name, "sh:class")):
            if target not in scope.whole.by_subject:
                yield scope.flaw("P34", name, text=shorten(target).rpartition(":")[2], what=shorten(target))


def _graph(scope: Scope) -> Graph:
    """The shapes of the extension, with the class hierarchy they refer to."""
    graph = Graph(bind_namespaces="none")
    for name, text in scope.own.files:
        graph.parse(data=text, format="turtle", publicID=name)
    return graph


def _examples(scope: Scope, *, good: bool) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in (scope.extension.good, None if good else scope.extension.bad):
        if path is not None:
            try:
                graph.parse(path, format="turtle")
            except (
                Exception
            ):  # rdflib raises many kinds; a broken example is told as one that catches nothing
                continue
    up = expand("rdfs:subClassOf")
    for subject, predicates in scope.whole.by_subject.items():
        for value in predicates.get(up, ()):
            graph.add((URIRef(subject), URIRef(up), URIRef(str(getattr(value, "value", value)))))
    return graph


def _broken(shape_graph: Graph, data: Graph) -> dict[str, set[str]] | str:
    """The shapes that each node breaks; a text where the shapes themselves do not hold."""
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    try:
        _, report, _ = validate(data, shacl_graph=shape_graph, meta_shacl=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        return " ".join(str(getattr(error, "message", error)).split())[:200]
    except Exception as error:  # pySHACL lets errors of its parts through
        return " ".join(f"{type(error).__name__} {error}".split())[:200]
    found: dict[str, set[str]] = {}
    if not isinstance(report, Graph):
        return found
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, source = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        found.setdefault(str(focus), set()).add(_name(shape_graph, source))
    return found


def _name(shape_graph: Graph, source: Node | None) -> str:
    """The named shape that a constraint belongs to."""
    if isinstance(source, URIRef) or source is None:
        return str(source)
    return next((str(one) for one in shape_graph.subjects(SH.property, source)), str(source))
