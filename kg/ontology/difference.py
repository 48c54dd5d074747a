"""Two ontologies compared: what came, went, was renamed or changed, who uses what went, and the version step that asks for."""

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology.finding import words
from kg.ontology.terms import Term, terms_of
from kg.schema.files import EXAMPLES, data_folder, extension_names
from kg.schema.index import TripleIndex, load_texts
from kg.terms import expand, shorten

_ANNOTATIONS = frozenset(
    expand(name)
    for name in (
        "rdfs:label", "skos:definition", "skos:prefLabel", "skos:altLabel", "rdfs:comment", "pol:color", "pol:shape", "pol:size",
        "pol:example", "pol:counterExample", "owl:deprecated", "dcterms:isReplacedBy", "rdfs:seeAlso", "rdfs:isDefinedBy",
    )
)  # fmt: skip
_SAID = frozenset(
    map(expand, ("pol:phrase", "pol:kindPhrase", "pol:phraseContext", "pol:notPhrase", "pol:symbol"))
)  # how texts say it
_REGIONS = "regions.ttl"
STEPS = ("none", "patch", "minor", "major")


@dataclass(frozen=True, slots=True)
class Change:
    """A term that is there before and after, and what is not the same; ``heavy`` where more than its wording is,
    ``breaks`` where what others may rest on went: not names, and not how texts say it."""

    term: Term
    gone: tuple[str, ...]
    new: tuple[str, ...]
    heavy: bool
    breaks: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two ontologies; ``uses`` names the files that use a term that went."""

    before: str
    after: str
    added: tuple[Term, ...]
    removed: tuple[Term, ...]
    renamed: tuple[tuple[Term, Term], ...]
    changed: tuple[Change, ...]
    uses: Mapping[str, tuple[str, ...]]
    version: str  # of the ontology before, "" where it has none

    @property
    def step(self) -> str:
        """The step of the semantic version that the changes ask for."""
        model = {"class", "property", "individual", "indicator", "unit"}
        hard = [one for one in (*self.removed, *(old for old, _ in self.renamed)) if one.kind in model]
        if hard or any(one.breaks and one.term.kind in model for one in self.changed):
            return "major"
        if self.added or self.removed or self.renamed or any(one.heavy for one in self.changed):
            return "minor"
        return "patch" if self.changed else "none"

    @property
    def next_version(self) -> str:
        """The version that the step leads to; below 1.0.0 what breaks is a minor step."""
        parts = [int(part) if part.isdecimal() else 0 for part in (self.version or "0.0.0").split(".")[:3]]
        major, minor, patch = (*parts, 0, 0, 0)[:3]
        step = self.step
        if step == "major" and major == 0:
            step = "minor"
        if step == "major":
            return f"{major + 1}.0.0"
        return {"minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}.get(
            step, self.version
        )

    def markdown(self, lang: str = "en") -> str:
        """The difference as a page for a review."""
        return _markdown(self, 1 if lang == "en" else 0)


def compare(before: str, after: str) -> Difference:
    """Compare two ontologies, each given as a file, a folder, the name of an extension, or a git revision of the core (``HEAD~3``,
    ``v0.1.0``, with ``:`` and a path for a part of it).

    Raises ``OntologyError`` where one cannot be found or read.
    """
    old, new = load_texts(_texts(before)), load_texts(_texts(after))
    return difference(old, new, before, after)


def difference(
    old: TripleIndex, new: TripleIndex, before: str = "before", after: str = "after"
) -> Difference:
    """What lies between two indexes.

    >>> space = "@prefix ext: <https://w3id.org/policy-kg/extension/> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
    >>> found = difference(load_texts([("a", space + " ext:A a owl:Class .")]), load_texts([("b", space + " ext:B a owl:Class .")]))
    >>> [term.name for term in found.added], [term.name for term in found.removed], found.step
    (['ext:B'], ['ext:A'], 'major')
    """
    one, two = ({term.iri: term for term in terms_of(index)} for index in (old, new))
    gone = [one[iri] for iri in one if iri not in two]
    come = [two[iri] for iri in two if iri not in one]
    renamed = []
    for term in list(gone):
        twin = next((other for other in come if _same_thing(old, new, term, other)), None)
        if twin is not None:
            renamed.append((term, twin))
            gone.remove(term)
            come.remove(twin)
    changed = tuple(
        change for iri in one if iri in two if (change := _change(old, new, two[iri])) is not None
    )
    header = next(iter(old.instances("owl:Ontology")), "")
    lost = [*gone, *(term for term, _ in renamed)]
    return Difference(
        before, after, tuple(come), tuple(gone), tuple(renamed), changed, _uses(lost, Path(after)), old.text(header, "owl:versionInfo") if header else "",
    )  # fmt: skip


def releases(difference: Difference) -> str:
    """The version step in one line.

    >>> releases(Difference("a", "b", (), (), (), (), {}, "1.2.0"))
    'none: 1.2.0'
    """
    return f"{difference.step}: {difference.next_version}"


def _texts(given: str) -> list[tuple[str, str]]:
    """The Turtle that a file, folder, name or revision stands for."""
    path = Path(given)
    named = data_folder("ontology") / "extensions" / given
    if not path.exists() and given in extension_names():
        path = named
    if path.is_file():
        return [(given, path.read_text(encoding="utf-8"))]
    if path.is_dir():
        root = path
        inside = [one for one in sorted(path.rglob("*.ttl")) if not _left_out(one.relative_to(root).parts)]
        return [(one.as_posix(), one.read_text(encoding="utf-8")) for one in inside]
    return _revision(given)


def _left_out(parts: tuple[str, ...]) -> bool:
    return EXAMPLES in parts or "extensions" in parts or parts[-1] == _REGIONS


def _revision(given: str) -> list[tuple[str, str]]:
    """The Turtle of a git revision: of the whole core, or of a path in it (``HEAD~1:ontology/core.ttl``)."""
    revision, _, inside = given.partition(":")
    root = data_folder("ontology").parent
    inside = inside or "ontology"
    listed = _git(root, "ls-tree", "-r", "--name-only", revision, "--", inside)
    if listed is None or not listed.strip():
        raise OntologyError(
            "no file, folder, extension or git revision",
            where=given,
            hint="give a path, a name, or a revision such as HEAD~1",
        )
    found = []
    for name in listed.splitlines():
        parts = PurePosixPath(name).parts
        if name.endswith(".ttl") and not _left_out(parts[1:] if inside == "ontology" else parts[-1:]):
            text = _git(root, "show", f"{revision}:{name}")
            found.append((f"{revision}:{name}", text or ""))
    return found


def _git(root: Path, *arguments: str) -> str | None:
    try:
        ran = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None


def _same_thing(old: TripleIndex, new: TripleIndex, term: Term, other: Term) -> bool:
    """Whether a term that went is one that came under another name: said so, or with the same labels and definitions."""
    if term.kind != other.kind:
        return False
    if other.iri in new.nodes(term.iri, "dcterms:isReplacedBy"):
        return True
    return all(term.labels) and term.labels == other.labels and term.definitions == other.definitions


def _change(old: TripleIndex, new: TripleIndex, term: Term) -> Change | None:
    one, two = (set(_statements(index, term.iri)) for index in (old, new))
    gone, come = sorted(one - two), sorted(two - one)
    if not gone and not come:
        return None
    heavy = any(predicate not in _ANNOTATIONS for predicate, _ in (*gone, *come))
    breaks = any(predicate not in _ANNOTATIONS | _SAID for predicate, _ in gone)
    return Change(term, tuple(map(_words, gone)), tuple(map(_words, come)), heavy, breaks)


def _statements(index: TripleIndex, iri: str) -> Iterable[tuple[str, str]]:
    """What is said of a subject; a blank node is written out."""
    for predicate, values in index.by_subject.get(iri, {}).items():
        for value in values:
            if isinstance(value, ox.BlankNode):
                inner = sorted(f"{shorten(p)} {text}" for p, text in _statements(index, f"_:{value.value}"))
                yield predicate, f"[ {' ; '.join(inner)} ]"
            elif isinstance(value, ox.Literal):
                yield predicate, f'"{value.value}"' + (f"@{value.language}" if value.language else "")
            else:
                yield predicate, shorten(value.value)


def _words(pair: tuple[str, str]) -> str:
    return f"{shorten(pair[0])} {pair[1]}"


def _uses(terms: Iterable[Term], after: Path) -> dict[str, tuple[str, ...]]:
    """The queries, patterns and extensions that use terms: those of the project, and those of the folder compared."""
    root = data_folder("ontology")
    files = [
        *sorted(data_folder("queries").rglob("*.rq")),
        *sorted(root.rglob("*.rq")),
        *sorted(root.rglob("*.ttl")),
    ]
    if after.is_dir() and not after.resolve().is_relative_to(root.resolve()):
        files += [path for path in sorted(after.rglob("*")) if path.suffix in (".rq", ".ttl")]
    elif after.is_file() and not after.resolve().is_relative_to(root.resolve()):
        files += sorted((after.parent / "queries").rglob("*.rq"))
    texts = [(path, path.read_text(encoding="utf-8")) for path in files if path.name != _REGIONS]
    found = {}
    for term in terms:
        users = [
            (path.relative_to(root.parent) if path.is_relative_to(root.parent) else path).as_posix()
            for path, text in texts
            if mentions(text, term.name) and f"{term.name} a " not in text
        ]
        if users:
            found[term.iri] = tuple(users)
    return found


def mentions(text: str, name: str) -> bool:
    """Whether a text has a prefixed name as a whole.

    >>> mentions("?a pol:partOf ?b", "pol:part"), mentions("?a pol:partOf ?b", "pol:partOf")
    (False, True)
    """
    position = text.find(name)
    while position >= 0:
        after = text[position + len(name) : position + len(name) + 1]
        if not (after.isalnum() or after in ("-", "_")):
            return True
        position = text.find(name, position + 1)
    return False


def _markdown(found: Difference, language: int) -> str:
    titles = words("difference")
    version = f" ({found.version} → {found.next_version})" if found.version else ""
    lines = [
        f"# {found.before} → {found.after}",
        "",
        f"{titles['version'][language]}: **{found.step}**{version}",
        "",
    ]
    for name, terms in (("added", found.added), ("removed", found.removed)):
        if terms:
            lines += [f"## {titles[name][language]} ({len(terms)})", ""]
            lines += [
                f"- `{term.name}` {term.kind} — {' / '.join(filter(None, term.labels))}" for term in terms
            ] + [""]
    if found.renamed:
        lines += [f"## {titles['renamed'][language]} ({len(found.renamed)})", ""]
        lines += [f"- `{one.name}` → `{two.name}`" for one, two in found.renamed] + [""]
    if found.changed:
        lines += [f"## {titles['changed'][language]} ({len(found.changed)})", ""]
        for change in found.changed:
            lines.append(f"- `{change.term.name}` — {' / '.join(filter(None, change.term.labels))}")
            lines += [f"    - − {text}" for text in change.gone] + [f"    - + {text}" for text in change.new]
        lines.append("")
    if found.uses:
        lines += [f"## {titles['uses'][language]}", ""]
        lines += [
            f"- `{shorten(iri)}`: {', '.join(f'`{file}`' for file in files)}"
            for iri, files in found.uses.items()
        ] + [""]
    if found.step == "none":
        lines.append(titles["none"][language])
    return "\n".join(lines).rstrip() + "\n"
