"""Prefixes of the graph contract and the minting of readable IRIs."""

import re
from dataclasses import dataclass

POL = "https://w3id.org/policy-kg/ontology#"
IND = "https://w3id.org/policy-kg/indicator/"
BASE = "https://w3id.org/policy-kg/id/"

PREFIXES: dict[str, str] = {
    "pol": POL,
    "ind": IND,
    "unit": "https://w3id.org/policy-kg/unit/",
    "kind": "https://w3id.org/policy-kg/kind/",
    "word": "https://w3id.org/policy-kg/word/",
    "rule": "https://w3id.org/policy-kg/rule/",
    "shape": "https://w3id.org/policy-kg/shape/",
    "ext": "https://w3id.org/policy-kg/extension/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "m8g": "http://data.europa.eu/m8g/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p-plan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SAFE = re.compile(r"[^\w\-.~〔〕《》“”‘’()（）·、,，:+]")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_SPACE = re.compile(r"\s+")


def expand(name: str) -> str:
    """The full IRI of a prefixed name.

    >>> expand("pol:Report")
    'https://w3id.org/policy-kg/ontology#Report'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself where no prefix fits.

    >>> shorten("https://w3id.org/policy-kg/ontology#Report")
    'pol:Report'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def is_iri(text: str) -> bool:
    """Whether a text can stand as an absolute IRI between angle brackets.

    >>> is_iri("https://w3id.org/policy-kg/id/agency/甲"), is_iri("no iri"), is_iri("a:b> ?x")
    (True, False, False)
    """
    return _IRI.fullmatch(text) is not None


_STANDARD = tuple(
    sorted(space for space in PREFIXES.values() if not space.startswith("https://w3id.org/policy-kg/"))
)


def is_own(iri: str) -> bool:
    """Whether a term is of the project or of an extension, and not of a standard vocabulary.

    >>> is_own("https://example.org/Thing"), is_own("http://www.w3.org/ns/prov#Entity")
    (True, False)
    """
    return not iri.startswith(_STANDARD)


def own_filter(variable: str) -> str:
    """The same as a condition in SPARQL.

    >>> own_filter("?c").startswith("!REGEX(STR(?c), ")
    True
    """
    spaces = "|".join(space.replace(".", "[.]") for space in _STANDARD)
    return f'!REGEX(STR({variable}), "^({spaces})")'


def segment(text: str) -> str:
    """One path segment of an IRI: readable Chinese, everything unsafe percent-encoded.

    >>> segment("国办发〔2020〕17号")
    '国办发〔2020〕17号'
    >>> segment("a b/c")
    'a_b%2Fc'
    """
    joined = _SPACE.sub("_", text.strip())
    return _SAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), joined)


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes the IRIs of one graph; ``base`` is a build option.

    >>> Mint().entity("agency", "衢州市人民政府")
    'https://w3id.org/policy-kg/id/agency/衢州市人民政府'
    >>> Mint().report("衢州市人民政府", 2020)
    'https://w3id.org/policy-kg/id/report/衢州市人民政府/2020'
    """

    base: str = BASE

    def entity(self, kind: str, name: str) -> str:
        """An entity by its kind (agency, policy, platform …) and canonical name."""
        return f"{self.base}{kind}/{segment(name)}"

    def report(self, issuer: str, year: int | None, genre: str = "") -> str:
        """A report by who issued it and the year it is for; other genres add their name."""
        tail = f"/{segment(genre)}" if genre else ""
        return f"{self.base}report/{segment(issuer)}/{year if year is not None else 'undated'}{tail}"

    def within(self, report: str, kind: str, name: str) -> str:
        """Something that exists only inside one report: an observation, a problem, a plan."""
        return f"{report}/{kind}/{segment(name)}"
