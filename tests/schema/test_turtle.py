"""The Turtle of the ontology: named, defined, connected, legible, and with shapes that tell good from bad."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.model import Model
from kg.terms import PREFIXES, shorten

ROOT = data_folder("ontology")
HERE = Path(__file__).parent
MODEL_FILES = ("core.ttl", "align.ttl", "lexical.ttl")
VOCABULARY_FILES = ("vocab/indicators.ttl", "vocab/units.ttl")
OWN = tuple(PREFIXES[name] for name in ("pol", "ind", "unit"))
SHAPE = "https://w3id.org/policy-kg/shape/"
GOOD, BAD = "https://example.org/good/", "https://example.org/bad/"
TEXTLESS = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}
LIGHT, DARK = "#ffffff", "#111827"


def _graph(*names: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    for name in names:
        graph.parse(ROOT / name, format="turtle")
    return graph


@pytest.fixture(scope="module")
def model() -> Graph:
    return _graph(*MODEL_FILES)


@pytest.fixture(scope="module")
def everything() -> Graph:
    """All Turtle but the regions and the shapes."""
    left_out = {"regions.ttl", "shapes.ttl"}
    return _graph(*(str(p.relative_to(ROOT)) for p in sorted(ROOT.rglob("*.ttl")) if p.name not in left_out))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return _graph("shapes.ttl")


def _own(graph: Graph, *types: Node) -> set[Node]:
    found = {s for kind in types for s in graph.subjects(RDF.type, kind) if str(s).startswith(OWN)}
    return {s for s in found if (s, RDFS.isDefinedBy, None) not in graph}


def _languages(graph: Graph, subject: Node, predicate: Node) -> Counter[str | None]:
    return Counter(text.language for text in graph.objects(subject, predicate) if isinstance(text, Literal))


def _listed(names: Iterable[object]) -> list[str]:
    return sorted(shorten(str(name)) for name in names)


# every file


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.ttl")), ids=lambda path: path.name)
def test_a_file_says_in_its_first_lines_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^#", text, re.M)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", [*MODEL_FILES, *VOCABULARY_FILES])
def test_model_and_vocabularies_have_no_blank_nodes(name: str) -> None:
    assert [term for triple in _graph(name) for term in triple if isinstance(term, BNode)] == []


@pytest.mark.parametrize("name", [*MODEL_FILES, *VOCABULARY_FILES])
def test_every_label_and_definition_is_written_once_a_language(name: str) -> None:
    graph = _graph(name)
    for predicate in (RDFS.label, SKOS.prefLabel, SKOS.definition):
        for subject in set(graph.subjects(predicate)):
            counts = _languages(graph, subject, predicate)
            assert set(counts) == {"zh", "en"}, shorten(str(subject))
            assert set(counts.values()) == {1}, shorten(str(subject))


# the model


def test_the_ontology_says_what_it_is() -> None:
    graph = _graph("core.ttl")
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(graph.value(ontology, OWL.versionIRI)).startswith(f"{ontology}/")
    assert str(graph.value(ontology, URIRef("http://purl.org/dc/terms/license"))).endswith("LICENSE-2.0")
    for name in ("title", "description"):
        assert set(_languages(graph, ontology, URIRef(f"http://purl.org/dc/terms/{name}"))) == {"zh", "en"}


def test_every_term_is_labelled_and_defined_in_both_languages(model: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
    for term in _own(model, *kinds):
        for predicate in (RDFS.label, SKOS.definition):
            assert set(_languages(model, term, predicate)) == {"zh", "en"}, shorten(str(term))


@pytest.mark.parametrize(
    "kinds", [(OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)]
)
def test_no_two_classes_or_properties_share_a_label(everything: Graph, kinds: tuple[Node, ...]) -> None:
    seen: dict[tuple[str, str | None], Node] = {}
    for term in sorted(_own(everything, *kinds), key=str):
        for label in everything.objects(term, RDFS.label):
            assert isinstance(label, Literal)
            other = seen.setdefault((str(label), label.language), term)
            assert other == term, f"{label}: {_listed((term, other))}"


def test_every_term_that_is_used_is_declared(everything: Graph) -> None:
    declared = set(everything.subjects(RDF.type))
    used = {
        term
        for triple in everything
        for term in triple
        if isinstance(term, URIRef) and str(term).startswith(OWN)
    }
    assert _listed(used - declared) == []


def test_terms_of_other_vocabularies_are_declared(model: Graph) -> None:
    declared = set(model.subjects(RDF.type))
    spoken: list[URIRef] = [
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.equivalentClass,
        OWL.equivalentProperty,
        *(
            URIRef(f"{PREFIXES['pol']}{name}")
            for name in ("alsoAsserts", "property", "whenSubject", "whenObject")
        ),
    ]
    assert _listed({o for predicate in spoken for o in model.objects(None, predicate)} - declared) == []


def test_nothing_is_both_a_class_and_something_else(model: Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}
    for term in set(model.subjects(RDF.type)):
        assert len(kinds & set(model.objects(term, RDF.type))) <= 1, shorten(str(term))


def test_values_are_of_the_kind_their_property_says(everything: Graph) -> None:
    for prop in _own(everything, OWL.ObjectProperty):
        assert [o for o in everything.objects(None, prop) if isinstance(o, Literal)] == [], shorten(str(prop))
    for prop in _own(everything, OWL.DatatypeProperty):
        assert [o for o in everything.objects(None, prop) if not isinstance(o, Literal)] == [], shorten(
            str(prop)
        )


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader], ids=shorten)
def test_no_hierarchy_runs_in_a_circle(everything: Graph, predicate: URIRef) -> None:
    for term in set(everything.subjects(predicate)):
        above = {
            two
            for one in everything.objects(term, predicate)
            for two in everything.transitive_objects(one, predicate)
        }
        assert term not in above, shorten(str(term))


def test_no_class_is_under_two_disjoint_ones(model: Graph) -> None:
    for one, two in model.subject_objects(OWL.disjointWith):
        for cls in _own(model, OWL.Class):
            above = set(model.transitive_objects(cls, RDFS.subClassOf))
            assert not {one, two} <= above, _listed((cls, one, two))


def test_domains_and_ranges_are_classes_of_the_model(model: Graph) -> None:
    dcam = "http://purl.org/dc/dcam/"
    predicates = (RDFS.domain, RDFS.range, URIRef(f"{dcam}domainIncludes"), URIRef(f"{dcam}rangeIncludes"))
    ends = {o for predicate in predicates for o in model.objects(None, predicate)}
    datatypes = {term for term in ends if str(term).startswith((PREFIXES["xsd"], PREFIXES["rdf"]))}
    assert _listed(ends - datatypes - _own(model, OWL.Class)) == []


# presentation


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_class_is_drawn_legibly() -> None:
    model = Model.from_index(load([ROOT / name for name in MODEL_FILES]))
    for cls in model.classes.values():
        assert cls.shape in TEXTLESS, cls.iri
        assert 4 <= cls.size <= 32, cls.iri
        assert re.fullmatch(r"#[0-9a-f]{6}", cls.color), cls.iri
        assert min(_contrast(cls.color, ground) for ground in (LIGHT, DARK)) >= 3, cls.iri


def test_no_two_classes_that_are_drawn_have_the_same_look() -> None:
    index = load([ROOT / name for name in MODEL_FILES])
    looks = Counter(
        (cls.color, cls.shape)
        for cls in Model.from_index(index).classes.values()
        if index.text(cls.iri, "pol:color")
    )
    assert [look for look, count in looks.items() if count > 1] == []


# vocabularies


@pytest.mark.parametrize("name", VOCABULARY_FILES)
def test_every_concept_is_named_in_its_scheme(name: str) -> None:
    graph = _graph(name)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 100
    for concept in concepts:
        assert (concept, SKOS.inScheme, scheme) in graph, shorten(str(concept))
        assert set(_languages(graph, concept, SKOS.prefLabel)) == {"zh", "en"}, shorten(str(concept))


def test_no_two_indicators_share_a_name(everything: Graph) -> None:
    names: dict[tuple[str, str | None], set[Node]] = defaultdict(set)
    for concept in everything.subjects(RDF.type, URIRef(f"{PREFIXES['pol']}Indicator")):
        for label in everything.objects(concept, SKOS.prefLabel):
            assert isinstance(label, Literal)
            names[str(label), label.language].add(concept)
    assert {name: _listed(found) for name, found in names.items() if len(found) > 1} == {}


def test_an_indicator_is_on_top_or_under_another() -> None:
    graph = _graph("vocab/indicators.ttl")
    for concept in graph.subjects(RDF.type, URIRef(f"{PREFIXES['pol']}Indicator")):
        assert ((concept, SKOS.broader, None) in graph) != ((concept, SKOS.topConceptOf, None) in graph), (
            concept
        )


# shapes


def test_every_class_of_the_core_has_a_shape(shapes: Graph) -> None:
    graph = _graph("core.ttl")
    assert _listed(_own(graph, OWL.Class) - set(shapes.objects(None, SH.targetClass))) == []


def test_every_constraint_has_a_name_and_says_what_it_wants(shapes: Graph) -> None:
    for shape in {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}:
        assert str(shape).startswith(SHAPE)
        assert set(_languages(shapes, shape, SH.message)) == {"zh", "en"}, shape
    assert {s for s in shapes.subjects(SH.path) if not isinstance(s, BNode)} == set(
        shapes.objects(None, SH.property)
    )


@pytest.fixture(scope="module")
def broken(shapes: Graph) -> dict[str, set[str]]:
    """The constraints that each node of both example files breaks."""
    data = Graph(bind_namespaces="none").parse(HERE / "shapes_good.ttl").parse(HERE / "shapes_bad.ttl")
    _, report, _ = validate(data, shacl_graph=shapes, meta_shacl=True)
    found: dict[str, set[str]] = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape))
        found[str(report.value(result, SH.focusNode))].add(shape.removeprefix(SHAPE))
    return found


def _named(graph: Graph, kind: Node) -> list[str]:
    return sorted(str(shape).removeprefix(SHAPE) for shape in graph.subjects(RDF.type, kind))


SHAPES = _graph("shapes.ttl")
BARE = {RDF.type, SH.message, SH.property, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
CONSTRAINTS = [
    *_named(SHAPES, SH.PropertyShape),
    *(n for n in _named(SHAPES, SH.NodeShape) if set(SHAPES.predicates(URIRef(SHAPE + n))) - BARE),
]


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_is_broken_by_its_bad_example_alone(broken: dict[str, set[str]], name: str) -> None:
    assert broken.get(BAD + name) == {name}
    assert {focus for focus, names in broken.items() if name in names} == {BAD + name}


@pytest.mark.parametrize("name", [n for n in _named(SHAPES, SH.NodeShape) if "-" not in n])
def test_a_shape_has_a_good_example(broken: dict[str, set[str]], name: str) -> None:
    examples = Graph(bind_namespaces="none").parse(HERE / "shapes_good.ttl")
    target = SHAPES.value(URIRef(SHAPE + name), SH.targetClass)
    assert (URIRef(GOOD + name), RDF.type, target) in examples
    assert GOOD + name not in broken


def test_the_ontology_has_the_shapes_it_asks_for(shapes: Graph) -> None:
    conforms, _, text = validate(_graph(*MODEL_FILES, *VOCABULARY_FILES), shacl_graph=shapes)
    assert conforms, text


def test_no_two_files_declare_one_name() -> None:
    declared: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ROOT.rglob("*.ttl")):
        for found in re.finditer(r"^(\S+) a pol:\w+", path.read_text(encoding="utf-8"), re.MULTILINE):
            declared[found[1]].add(path.name)
    assert {name: files for name, files in declared.items() if len(files) > 1} == {}
