"""The standard pipeline: read, extract, check, write as quads."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.build.beside import beside_lines, neighbours
from kg.build.kept import checks_graph, content_of, held
from kg.build.outcome import Made
from kg.build.rules import Ruled, apply_rules, ruled_lines, rules, told_of
from kg.build.shapes import Shapes, shaped_lines
from kg.check import check
from kg.extract.extract import Extractor
from kg.graph import reference_graphs, report_graphs, text_iri
from kg.match.touch import Reason, Touch, reasons
from kg.query import Query
from kg.query.tellings import telling
from kg.schema import load_ontology
from kg.schema.files import ontology_files
from kg.series import Telling
from kg.series.succession import Succession
from kg.store import Rows, Store
from kg.terms import Mint
from kg.text import read
from kg.text.fold import fold

_PACKAGE = Path(__file__).parents[1]
# What of the program a report's quads depend on; a change in any other part leaves a store up to date.
_PARTS = ("*.py", "build", "check", "extract", "graph", "link", "match", "schema", "series", "text")
_TOLD = (
    4  # reports kept as told: one is looked at right before that of the next year, as the earlier of the two
)
_LATER = re.compile("/(?:evidence|checks|series)$")  # what the other graphs of a report are called after it


@dataclass(frozen=True, slots=True)
class Standard:
    """One ontology, one base IRI, and the way from a file to quads."""

    extractor: Extractor
    extensions: tuple[str, ...]
    mint: Mint
    digest: str
    touch: Touch
    program: str  # of the program and the base IRI
    shapes: Shapes
    succession: Succession

    def __call__(self, path: Path) -> Made:
        """Read one file; raises ``KgError`` where it is no report."""
        ontology = self.extractor.ontology
        document = read(path, cues=ontology.cues)
        extraction, tables = self.extractor.read(document, self.mint)
        findings = check(document, extraction, ontology, tables=tables)
        graphs = report_graphs(
            extraction,
            findings,
            document,
            ontology.model,
            self.mint,
            ontology_digest=self._touching(document.folded, document.source.title),
        )
        told = {*extraction.findings, *findings}
        return Made(extraction.report, graphs, len(extraction.facts), len(told))

    def compare(self, report: str, source: str, store: Store) -> str:
        """Whether what has changed since a report was read can touch it: ``same`` where not, ``touched``, "" for another file.

        ``source`` is the digest of the file now.
        """
        text = text_iri(report)
        rows = store.query(
            f"SELECT ?words ?digest ?title WHERE {{ <{text}> nif:isString ?words ; pol:ontologyDigest ?digest ; "
            f"pol:sourceDigest {ox.Literal(source)} OPTIONAL {{ <{text}> dcterms:title ?title }} }}"
        )
        assert isinstance(rows, Rows)
        for words, digest, title in rows:
            assert isinstance(words, ox.Literal)
            assert isinstance(digest, ox.Literal)
            shown = title.value if isinstance(title, ox.Literal) else ""
            return "same" if self._touching(fold(words.value), shown) == digest.value else "touched"
        return ""

    @property
    def rules(self) -> Mapping[str, Sequence[str]]:
        """A digest of each rule and its words, by IRI; under ``program`` that of the program itself."""
        return {**self.touch.rules, "program": (sha256(self.program.encode()).hexdigest()[:16],)}

    def why(self, report: str, before: Mapping[str, Sequence[str]], store: Store) -> tuple[Reason, ...]:
        """Which rules that came, went or changed since then touch a report that is in the store."""
        text = text_iri(report)
        rows = store.query(
            f"SELECT ?words ?title WHERE {{ <{text}> nif:isString ?words OPTIONAL {{ <{text}> dcterms:title ?title }} }}"
        )
        assert isinstance(rows, Rows)
        folded = "\n".join(fold(term.value) for row in rows for term in row if isinstance(term, ox.Literal))
        return reasons(folded, before, self.rules)

    def _touching(self, folded: str, title: str) -> str:
        touched = self.touch.digest(f"{folded}\n{fold(title)}")
        return sha256(f"{self.program}\0{touched}".encode()).hexdigest()

    def reference(self) -> Mapping[str, bytes]:
        """The graphs of the model and of the regions."""
        return reference_graphs(ontology_files(self.extensions), self.extractor.ontology.model, self.mint)

    @property
    def finishing(self) -> str:
        """Of ontology, program, rules over the graph and shapes."""
        parts = (self.digest, self.shapes.digest, *(query.text for query in self._queries))
        return sha256("\0".join(parts).encode()).hexdigest()

    @property
    def _queries(self) -> tuple[Query, ...]:
        return rules(self.extractor.ontology.form.messages, self.extensions)

    def beside(self, reports: Iterable[str], store: Store) -> set[str]:
        """The reports of the same bodies, and of those that may go on from one another."""
        return neighbours(store, reports, self.succession)

    def finish(self, store: Store, due: Set[str] | None) -> Iterator[Mapping[str, bytes]]:
        """The findings of rules over the graph, of shapes, and of each report beside that of the year before; report by report."""
        messages = self.extractor.ontology.form.messages
        queries = self._queries
        near, far = (tuple(query for query in queries if bool(query.reach) == own) for own in (True, False))
        found: dict[str, list[Ruled]] = {}
        for one in apply_rules(store, far, messages):
            found.setdefault(one.report, []).append(one)
        if due is None:
            reports = {_LATER.sub("", graph) for graph in store.graphs() if _LATER.search(graph)}
        else:
            reports = {*due, *told_of(store, far)}
        tell = lru_cache(_TOLD)(partial(telling, store))
        for report in sorted(reports | found.keys()):
            here = [*found.pop(report, ()), *apply_rules(store, near, messages, report=report)]
            if changed := self._finished(store, report, here, tell):
                yield changed

    def _finished(
        self, store: Store, report: str, found: Sequence[Ruled], tell: Callable[[str, int], Telling]
    ) -> dict[str, bytes]:
        """The graphs of one report that change."""
        ontology = self.extractor.ontology
        messages, model = ontology.form.messages, ontology.model
        graph = checks_graph(report)
        before = held(store, graph)
        lines = ruled_lines(report, before, found, model, self.mint)
        lines, changed = beside_lines(store, report, lines, ontology, self.succession, self.mint, tell)
        lines = shaped_lines(store, report, lines, self.shapes, messages, model, self.mint)
        if lines != before:
            changed[graph] = content_of(lines)
        return changed


def standard(extensions: tuple[str, ...], base: str) -> Standard:
    """The pipeline over the core ontology and the given extensions."""
    ontology = load_ontology(extensions)
    program = f"{_program()}\0{base}"
    digest = sha256(f"{ontology.digest}\0{program}".encode()).hexdigest()
    return Standard(
        Extractor.of(ontology), extensions, Mint(base), digest, Touch(ontology), program, Shapes.of(extensions),
        Succession.of(ontology.gazetteer, ontology.regions),
    )  # fmt: skip


def _program() -> str:
    digest = sha256()
    for part in _PARTS:
        for path in sorted(_PACKAGE.glob(part if "*" in part else f"{part}/**/*.py")):
            digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
