"""What a check looks at: the triples of an extension, of the core, and of both together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.extension import Extension, open_extension, shown
from kg.ontology.finding import Flaw, flaw
from kg.schema.files import ontology_files
from kg.schema.index import TripleIndex, load
from kg.terms import PREFIXES, expand, shorten

OWL_CLASS, OWL_THING = expand("owl:Class"), expand("owl:Thing")
CLASSES = ("owl:Class", "rdfs:Class")
OBJECT, DATATYPE, ANNOTATION = "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"
PROPERTIES = (OBJECT, DATATYPE, ANNOTATION, "rdf:Property")
INDIVIDUAL = "owl:NamedIndividual"
DCAM = "http://purl.org/dc/dcam/"
OWN = tuple(PREFIXES[name] for name in ("pol", "ind", "unit", "kind", "word", "rule", "shape", "ext"))
_REGIONS = "regions.ttl"


@dataclass(frozen=True, slots=True)
class Scope:
    """The triples that are checked (``own``), those they build on (``core``), and all of them (``whole``)."""

    extension: Extension
    own: TripleIndex
    core: TripleIndex
    whole: TripleIndex
    unread: tuple[Flaw, ...]

    @property
    def is_core(self) -> bool:
        """Whether the core itself is checked."""
        return not self.extension.given

    @property
    def header(self) -> str:
        """The IRI of the ontology that is checked, or ""."""
        return next(iter(self.own.instances("owl:Ontology")), "")

    def declared(self, kinds: Iterable[str]) -> list[str]:
        """What is checked of some kinds, sorted; terms of other vocabularies left out."""
        found = {iri for kind in kinds for iri in self.own.instances(kind) if not iri.startswith("_:")}
        return sorted(iri for iri in found if not self.foreign(iri))

    def foreign(self, iri: str) -> bool:
        """Whether another vocabulary defines a term."""
        ours = set(self.whole.instances("owl:Ontology"))
        return any(source not in ours for source in self.whole.nodes(iri, "rdfs:isDefinedBy"))

    def is_class(self, iri: str) -> bool:
        """Whether a term is declared a class anywhere."""
        return any(iri in self.whole.instances(kind) for kind in CLASSES)

    def above(self, iri: str, up: str = "rdfs:subClassOf") -> dict[str, None]:
        """Everything above a term, itself not unless there is a circle."""
        found: dict[str, None] = {}
        layer = [iri]
        while layer:
            layer = [one for key in layer for one in self.whole.nodes(key, up) if one not in found]
            found |= dict.fromkeys(layer)
        return found

    def within(self, cls: str, wanted: Iterable[str]) -> bool:
        """Whether a class is one of some, or a kind of one."""
        lineage = {cls, *self.above(cls)}
        return any(one in lineage for one in wanted)

    def flaw(self, code: str, subject: str, *, text: str = "", **words: object) -> Flaw:
        """A flaw of a subject, at the line it is written, or at that of some text of it."""
        file, line = self.place(subject, text)
        return flaw(code, file, line, **{"what": shorten(subject), **words})

    def place(self, subject: str, text: str = "") -> tuple[str, int]:
        """File and line of a subject, or of a text that belongs to it."""
        found = self.own.place(subject) or self.whole.place(subject)
        if found is None:
            return (shown(self.extension.turtle[0]) if self.extension.turtle else "", 1)
        file, line = found
        if text:
            lines = dict(self.whole.files).get(file, "").split("\n")
            needle = text.rsplit("\n", maxsplit=1)[-1].replace("\\", "\\\\").replace('"', '\\"')
            line = next((n for n in range(line, len(lines) + 1) if needle in lines[n - 1]), line)
        return shown(file), line


def open_scope(given: Path | str = "") -> Scope:
    """Read what is to be checked; a file that does not parse is left out and told.

    Raises ``OntologyError`` where there is no such extension.
    """
    extension = open_extension(given)
    core = [path for path in ontology_files() if path.name != _REGIONS]
    own = [path for path in extension.turtle if path.name != _REGIONS]
    unread = []
    for path in list(own):
        try:
            load([path])
        except OntologyError as error:
            file, _, line = error.where.rpartition(":")
            place = (file, int(line)) if line.isdecimal() else (error.where, 0)
            unread.append(flaw("SYNTAX", shown(place[0]), place[1], what=error.what))
            own.remove(path)
    core_index = load(path for path in core if not extension.given or path not in own)
    if not extension.given:
        mine = load(own)
        return Scope(extension, mine, mine, mine, tuple(unread))
    return Scope(extension, load(own), core_index, load([*core, *own]), tuple(unread))


def literals(index: TripleIndex, subject: str) -> Iterator[tuple[str, str]]:
    """The predicates and texts of a subject."""
    for predicate in index.by_subject.get(subject, {}):
        for text in index.texts(subject, predicate):
            yield predicate, text
