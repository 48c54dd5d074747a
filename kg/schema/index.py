"""The triples of the ontology folder, indexed for reading, each subject with the file and line it stands in."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, OntologyError
from kg.nesting import check_data
from kg.terms import PREFIXES, expand, shorten

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class TripleIndex:
    """Triples by subject and predicate, and by predicate and object.

    >>> index = load([Path("ontology/core.ttl")])
    >>> index.text(expand("pol:Report"), "rdfs:label", "en")
    'report'
    """

    by_subject: dict[str, dict[str, list[Term]]]
    by_object: dict[str, dict[str, list[str]]]
    files: tuple[tuple[str, str], ...]  # name, text
    digest: str

    def terms(self, subject: str, predicate: str) -> list[Term]:
        """Every object of a subject and predicate, in file order; both may be prefixed names."""
        return self.by_subject.get(_full(subject), {}).get(_full(predicate), [])

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """The objects that are IRIs or blank nodes, as strings."""
        return [_name(term) for term in self.terms(subject, predicate) if not isinstance(term, ox.Literal)]

    def texts(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """The objects that are literals, as strings; ``language`` keeps only that language."""
        return [
            term.value
            for term in self.terms(subject, predicate)
            if isinstance(term, ox.Literal) and (language is None or term.language == language)
        ]

    def node(self, subject: str, predicate: str, default: str = "") -> str:
        """The first IRI object, or the default."""
        return next(iter(self.nodes(subject, predicate)), default)

    def text(self, subject: str, predicate: str, language: str | None = None, default: str = "") -> str:
        """The first literal object, or the default."""
        return next(iter(self.texts(subject, predicate, language)), default)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Every subject that has this IRI as object of the predicate, in file order."""
        return self.by_object.get(_full(predicate), {}).get(_full(value), [])

    def instances(self, cls: str) -> list[str]:
        """Every subject whose ``rdf:type`` is exactly this class."""
        return self.subjects("rdf:type", cls)

    def items(self, head: str) -> Iterator[str]:
        """The IRIs of an RDF list."""
        seen: set[str] = set()
        while head and head != expand("rdf:nil") and head not in seen:  # a list may lead back to itself
            seen.add(head)
            yield from self.nodes(head, "rdf:first")
            head = self.node(head, "rdf:rest")

    def where(self, subject: str) -> str:
        """``file:line`` of the first place a subject is written, for error messages."""
        found = self.place(subject)
        return f"{found[0]}:{found[1]}" if found else shorten(subject)

    def place(self, subject: str, files: Container[str] | None = None) -> tuple[str, int] | None:
        """File and line of the first place a subject is written, in some of the files or in any."""
        full = _full(subject)
        for name, text in self.files:
            if files is not None and name not in files:
                continue
            begun = _begun(text)
            lines = [begun[one] for one in {shorten(full), *_short(full, text), f"<{full}>"} if one in begun]
            if lines:
                return name, min(lines)
            at = text.find(f"<{full}>")
            if at >= 0:
                return name, text.count("\n", 0, at) + 1
        return None

    def keeping(self, predicate: str, known: Container[str]) -> "TripleIndex":
        """The same triples, where the objects of a predicate are among some alone."""
        full = _full(predicate)
        by_subject = {
            subject: {
                name: [
                    one
                    for one in values
                    if name != full or isinstance(one, ox.Literal) or _name(one) in known
                ]
                for name, values in found.items()
            }
            for subject, found in self.by_subject.items()
        }
        return TripleIndex(by_subject, self.by_object, self.files, self.digest)

    def without(self, subjects: Container[str]) -> "TripleIndex":
        """The same triples but for those of some subjects."""
        return TripleIndex(
            {subject: found for subject, found in self.by_subject.items() if subject not in subjects},
            {
                predicate: {
                    value: [one for one in found if one not in subjects] for value, found in values.items()
                }
                for predicate, values in self.by_object.items()
            },
            self.files,
            self.digest,
        )


_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.M | re.I)


@lru_cache(maxsize=64)
def _begun(text: str) -> dict[str, int]:
    """The first line that begins with each word of a file."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split(None, 1)
        if words and words[0][0] not in '#"':
            found.setdefault(words[0].rstrip(";,."), number)
    return found


def _short(iri: str, text: str) -> list[str]:
    """The names an IRI has with the prefixes that a file declares."""
    return [
        f"{prefix}:{iri[len(space) :]}"
        for prefix, space in prefixes_of(text).items()
        if iri.startswith(space)
    ]


@lru_cache(maxsize=64)
def prefixes_of(text: str) -> dict[str, str]:
    """The prefixes that a Turtle file declares.

    >>> prefixes_of("@prefix my: <https://example.org/> .")
    {'my': 'https://example.org/'}
    """
    return dict(_PREFIX.findall(text))


def _full(name: str) -> str:
    return expand(name) if name.partition(":")[0] in PREFIXES and "://" not in name else name  # urn:x stays


def load(paths: Iterable[Path]) -> TripleIndex:
    """Read Turtle files into one index.

    Raises ``OntologyError`` with file and line where a file does not parse.
    """
    return load_texts((path, _read(path)) for path in sorted(paths))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise OntologyError(str(error), where=str(path)) from None


def _shallow(text: str, path: Path | str) -> None:
    try:
        check_data(text)
    except KgError as error:
        raise OntologyError(error.what, where=str(path), hint=error.hint) from None


def load_texts(sources: Iterable[tuple[Path | str, str]]) -> TripleIndex:
    """Read Turtle texts, each with the name or path it is known by, into one index.

    Raises ``OntologyError`` with name and line where one does not parse.
    """
    by_subject: dict[str, dict[str, list[Term]]] = {}
    by_object: dict[str, dict[str, list[str]]] = {}
    files: list[tuple[str, str]] = []
    digest = sha256()
    for number, (path, text) in enumerate(sources):
        _shallow(text, path)
        try:
            triples = [
                quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=False)
            ]
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            raise OntologyError(str(error.msg), where=f"{path}{line}", hint="mend the Turtle there") from None
        files.append((str(path), text))
        digest.update(f"{Path(path).name}\0{len(text)}\0".encode() + text.encode())
        for triple in triples:
            subject = _key(triple.subject, number)
            predicate = triple.predicate.value
            value = triple.object
            if isinstance(value, ox.BlankNode):
                value = ox.BlankNode(_key(value, number)[2:])
            assert not isinstance(value, ox.Triple)
            by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
            if not isinstance(value, ox.Literal):
                by_object.setdefault(predicate, {}).setdefault(_name(value), []).append(subject)
    return TripleIndex(by_subject, by_object, tuple(files), digest.hexdigest())


def _name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value if isinstance(node, ox.NamedNode) else f"_:{node.value}"


def _key(node: object, number: int) -> str:
    if isinstance(node, ox.NamedNode):
        return node.value
    assert isinstance(node, ox.BlankNode)
    return f"_:f{number}{node.value}"
