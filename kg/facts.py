"""What extraction yields: entities, facts about them, findings; each tied to the words it came from."""

from dataclasses import dataclass

from kg.errors import KgError
from kg.terms import expand
from kg.text.document import Span


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """An RDF literal: its lexical form with a datatype or a language.

    >>> Literal("2020", expand("xsd:gYear"))
    Literal(value='2020', datatype='http://www.w3.org/2001/XMLSchema#gYear', language='')
    """

    value: str
    datatype: str = expand("xsd:string")
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that facts are about: its IRI, most specific class, canonical name and the forms seen."""

    iri: str
    cls: str
    label: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with the exact words it came from and the IRI of the rule that made it; ``also`` has those that made it again.

    ``elsewhere`` are the IRIs of evidence in other reports.
    """

    subject: str
    predicate: str
    object: str | Literal
    evidence: tuple[Span, ...]
    rule: str
    also: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise KgError(f"fact without evidence: {self.subject} {self.predicate}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not reconcile, is missing or is suspect."""

    code: str
    severity: str  # "error", "warning", "info"
    zh: str
    en: str
    evidence: tuple[Span, ...] = ()
    subject: str = ""  # the IRI it is about, where there is one
    stated: str = ""  # decimal
    recomputed: str = ""  # decimal


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one report says."""

    report: str
    title: str
    issuer: str  # IRI, or "" where the text does not let a reader know it
    year: int | None
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
