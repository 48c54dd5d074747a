"""The model: classes, properties, and what follows from asserting one."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.model import Model
from kg.terms import expand, shorten

# The contract: each class, and the classes that asserting it asserts too.
CLASSES = {
    "pol:Report": "foaf:Document prov:Entity",
    "pol:Agency": "org:FormalOrganization m8g:PublicOrganisation prov:Agent",
    "pol:Region": "m8g:AdminUnit dcterms:Location geo:Feature",
    "pol:Policy": "eli:LegalResource",
    "pol:Platform": "m8g:Channel",
    "pol:Initiative": "p-plan:Activity prov:Activity",
    "pol:Result": "",
    "pol:Observation": "qb:Observation pol:Result",
    "pol:Achievement": "pol:Result",
    "pol:Indicator": "skos:Concept",
    "pol:Problem": "",
    "pol:Improvement": "p-plan:Step",
    "pol:Statement": "rdf:Statement prov:Entity",
    "pol:Evidence": "oa:SpecificResource",
    "pol:Finding": "dqv:QualityAnnotation oa:Annotation",
}
SUBCLASSES = {
    "pol:Agency": "Government GovernmentOffice Department PartyBody WorkingGroup PublicInstitution LegislativeBody "
    "JudicialBody",
    "pol:Policy": "Law AdministrativeRegulation LocalRegulation Rule NormativeDocument Notice Plan Standard Directory",
    "pol:Platform": "Website Column ServicePlatform InformationSystem Database Gazette NewMedia ServiceWindow Hotline "
    "Module",
    "pol:Initiative": "Reform Mechanism Campaign Pilot Training Publication",
    "pol:Result": "Observation Achievement",
}
# Subject's class, property, object's class, and the properties that follow.
IMPLIED = [
    ("pol:Report", "pol:issuedBy", "pol:Agency", "dcterms:publisher"),
    ("pol:Notice", "pol:issuedBy", "pol:Government", "dcterms:publisher eli:passed_by"),
    ("pol:Report", "pol:reportYear", "", "dcterms:temporal"),
    ("pol:Law", "pol:documentNumber", "", "eli:number"),
    ("pol:Report", "pol:cites", "pol:Law", "eli:cites"),
    ("pol:Pilot", "pol:basedOn", "pol:Plan", "eli:based_on"),
    ("pol:Notice", "pol:implements", "pol:Plan", "eli:implements"),
    ("pol:Campaign", "pol:implements", "pol:Plan", ""),
    ("pol:Notice", "pol:implements", "pol:Reform", ""),
    ("pol:Website", "pol:operatedBy", "pol:Department", "m8g:ownedBy"),
    ("pol:Training", "pol:carriedOutBy", "pol:Department", "prov:wasAssociatedWith"),
    ("pol:Reform", "pol:usesPlatform", "pol:Website", ""),
    ("pol:Reform", "pol:concerns", "pol:Region", "dcterms:spatial"),
    ("pol:Reform", "pol:concerns", "pol:Department", ""),
    ("pol:Column", "pol:partOf", "pol:Website", "dcterms:isPartOf"),
    ("pol:GovernmentOffice", "pol:partOf", "pol:Government", "dcterms:isPartOf org:subOrganizationOf"),
    ("pol:Government", "pol:jurisdiction", "pol:Region", "dcterms:spatial"),
    ("pol:Region", "pol:within", "pol:Region", "geo:sfWithin"),
    ("pol:Achievement", "pol:resultOf", "pol:Reform", ""),
    ("pol:Improvement", "pol:addresses", "pol:Problem", ""),
    ("pol:Result", "pol:fulfils", "pol:Improvement", ""),
    ("pol:Column", "pol:reportedIn", "pol:Report", "prov:wasDerivedFrom"),
]
INDIVIDUALS = {
    "pol:Measure": "Amount Change Count Ratio Share",
    "pol:Bound": "About AtLeast AtMost Exact Nearly",
    "pol:Scope": "OwnBody WholeRegion",
    "pol:AdministrativeLevel": "Country County Prefecture Province Township Village",
    "pol:ReportGenre": "AnnualReport PolicyText WorkReport",
}


@pytest.fixture(scope="module")
def model() -> Model:
    root = data_folder("ontology")
    return Model.from_index(load([root / "core.ttl", root / "align.ttl"]))


def _model(tmp_path: Path, turtle: str) -> Model:
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix pol: <https://w3id.org/policy-kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <https://example.org/> .\n"
        + turtle,
        encoding="utf-8",
    )
    return Model.from_index(load([path, data_folder("ontology") / "core.ttl"]))


@pytest.mark.parametrize(("cls", "above"), CLASSES.items())
def test_a_class_asserts_what_the_contract_says(model: Model, cls: str, above: str) -> None:
    assert {shorten(iri) for iri in model.superclasses(cls)} == set(above.split())


@pytest.mark.parametrize(("cls", "below"), SUBCLASSES.items())
def test_a_class_has_the_subclasses_of_the_contract(model: Model, cls: str, below: str) -> None:
    assert {shorten(iri).removeprefix("pol:") for iri in model.subclasses(cls)} == set(below.split())
    for name in below.split():
        assert set(model.superclasses(cls)) <= set(model.superclasses(f"pol:{name}"))


@pytest.mark.parametrize(("subject", "predicate", "value", "implied"), IMPLIED)
def test_a_property_implies_what_the_contract_says(
    model: Model, subject: str, predicate: str, value: str, implied: str
) -> None:
    found = model.implied([subject], predicate, [value] if value else [])
    assert sorted(shorten(iri) for iri in found) == sorted(implied.split())


@pytest.mark.parametrize(("cls", "members"), INDIVIDUALS.items())
def test_a_list_of_the_contract_is_complete(model: Model, cls: str, members: str) -> None:
    found = [iri for iri, one in model.individuals.items() if expand(cls) in one.types]
    assert [shorten(iri).removeprefix("pol:") for iri in found] == members.split()


def test_names_may_be_prefixed_or_full(model: Model) -> None:
    full = expand("pol:Notice")
    assert model.is_a(full, "pol:Policy")
    assert model.is_a("pol:Notice", expand("eli:LegalResource"))
    assert model.implied([full], expand("pol:cites"), [full]) == model.implied(["pol:Notice"], "pol:cites")


def test_terms_of_other_vocabularies_are_no_part_of_the_model(model: Model) -> None:
    own = (
        "https://w3id.org/policy-kg/",
        "http://purl.org/linked-data/sdmx/",
        "http://purl.org/dc/",
        "http://www.w3.org/",
    )
    assert all(iri.startswith(own[0]) for iri in model.classes)
    assert all(iri.startswith(own) for iri in model.properties)
    assert expand("dcterms:publisher") not in model.properties


def test_labels_fall_back(model: Model) -> None:
    assert model.label("pol:Agency", "zh") == "机构"
    assert model.label("pol:Agency", "fr") == "机构"
    assert model.label("pol:AtLeast", "en") == "at least"
    assert model.label("https://example.org/some#Thing") == "Thing"


def test_a_subclass_is_drawn_like_its_parent_unless_it_says_otherwise(tmp_path: Path) -> None:
    model = _model(
        tmp_path,
        "ex:Plain a owl:Class ; rdfs:subClassOf pol:Platform .\n"
        'ex:Red a owl:Class ; rdfs:subClassOf pol:Platform ; pol:color "#ff0000" .\n'
        "ex:Nothing a owl:Class .\n",
    )
    platform = model.classes[expand("pol:Platform")]
    plain, red = model.classes["https://example.org/Plain"], model.classes["https://example.org/Red"]
    assert (plain.color, plain.shape, plain.size) == (platform.color, platform.shape, platform.size)
    assert (red.color, red.shape) == ("#ff0000", platform.shape)
    assert model.classes["https://example.org/Nothing"].shape == "dot"


def test_an_extension_brings_classes_properties_and_alignments(tmp_path: Path) -> None:
    model = _model(
        tmp_path,
        "ex:Grant a owl:Class ; rdfs:subClassOf pol:Policy .\n"
        "ex:funds a owl:ObjectProperty ; rdfs:subPropertyOf pol:concerns ; rdfs:domain ex:Grant ; rdfs:range pol:Agency .\n"
        "ex:rule a pol:ConditionalAlignment ; pol:property pol:concerns ; pol:whenSubject ex:Grant ; pol:alsoAsserts ex:pays .\n",
    )
    assert model.is_a("https://example.org/Grant", "pol:Policy")
    assert model.properties["https://example.org/funds"].range == (expand("pol:Agency"),)
    assert model.implied(["https://example.org/Grant"], "https://example.org/funds", ["pol:Agency"]) == (
        expand("pol:concerns"),
        "https://example.org/pays",
    )
    assert model.implied(["pol:Policy"], "https://example.org/funds", ["pol:Agency"]) == (
        expand("pol:concerns"),
    )


def test_equivalent_classes_imply_each_other(tmp_path: Path) -> None:
    model = _model(
        tmp_path,
        "ex:A a owl:Class ; owl:equivalentClass ex:B . ex:B a owl:Class ; rdfs:subClassOf pol:Law .\n",
    )
    assert model.is_a("https://example.org/A", "https://example.org/B")
    assert model.is_a("https://example.org/B", "https://example.org/A")
    assert model.is_a("https://example.org/A", "pol:Policy")


@pytest.mark.parametrize(
    ("turtle", "what"),
    [
        (
            "pol:A1 a owl:Class ; rdfs:subClassOf pol:B1 .\npol:B1 a owl:Class ; rdfs:subClassOf pol:A1 .\n",
            "kind of itself",
        ),
        ("pol:c1 a pol:ConditionalAlignment ; pol:property pol:partOf .\n", "alsoAsserts"),
        ('pol:A1 a owl:Class ; pol:size "big" .\n', "whole number"),
    ],
)
def test_what_does_not_hold_is_said_with_its_place(tmp_path: Path, turtle: str, what: str) -> None:
    with pytest.raises(OntologyError, match=what) as error:
        _model(tmp_path, turtle)
    assert "x.ttl:" in str(error.value)
