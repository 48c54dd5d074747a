"""OWL: whether a reasoner finds the ontology consistent; HermiT by way of owlready2, where it is installed."""

import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import BytesIO, StringIO

import pyoxigraph as ox

from kg.ontology.finding import Flaw
from kg.ontology.scope import CLASSES, INDIVIDUAL, OBJECT, Scope
from kg.terms import expand

_KEPT = (
    "rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:disjointWith", "owl:inverseOf",
    "owl:equivalentClass", "owl:equivalentProperty", "owl:differentFrom",
)  # fmt: skip


def why_not() -> str:
    """What is missing for reasoning, or "" where nothing is."""
    missing = []
    if find_spec("owlready2") is None:
        missing.append("owlready2")
    if shutil.which("java") is None:
        missing.append("Java")
    return ", ".join(missing)


def reason(scope: Scope) -> Iterator[Flaw]:
    """Flaws that HermiT finds: an inconsistent ontology, or classes that nothing can be in."""
    missing = why_not()
    if missing:
        yield scope.flaw("REASON-ABSENT", scope.header, what=missing)
        return
    import owlready2

    world = owlready2.World()
    onto = world.get_ontology("https://w3id.org/policy-kg/reasoning")
    onto.load(fileobj=BytesIO(_axioms(scope)))
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            owlready2.sync_reasoner_hermit([onto], infer_property_values=False, debug=0)
    except owlready2.base.OwlReadyInconsistentOntologyError:
        yield scope.flaw("REASON", scope.header, what="HermiT")
        return
    except owlready2.base.OwlReadyJavaError as error:
        yield scope.flaw("REASON-ABSENT", scope.header, what=" ".join(str(error).split())[:120])
        return
    for cls in sorted(world.inconsistent_classes(), key=str):
        if cls.iri in scope.own.by_subject:
            yield scope.flaw("REASON-EMPTY", cls.iri)


def _axioms(scope: Scope) -> bytes:
    """The model's axioms as RDF/XML: classes, object properties, individuals and what relates them."""
    whole = scope.whole
    terms = {iri for kind in (*CLASSES, OBJECT, INDIVIDUAL) for iri in whole.instances(kind)}
    kept = {expand(name) for name in _KEPT}
    triples = []
    for subject in sorted(terms):
        for predicate, values in whole.by_subject[subject].items():
            if predicate in kept and not subject.startswith("_:"):
                triples += [
                    ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
                    for value in values
                    if isinstance(value, ox.NamedNode)
                    and (value.value in terms or value.value.startswith(expand("owl:")))
                ]
    return ox.serialize(triples, format=ox.RdfFormat.RDF_XML) or b""
