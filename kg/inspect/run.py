"""Files through the checks, one after the other or many at a time, with last year's report beside them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.build import Failure
from kg.build.beside import before
from kg.build.inputs import find_inputs
from kg.build.rules import apply_rules, rules, vocabulary_graph
from kg.build.shapes import Shapes, apply_shapes, is_shaped
from kg.build.workers import Work, make_all
from kg.check import check
from kg.check.citations import Knowledge
from kg.check.previous import check_previous, telling_of
from kg.check.sections import is_annual
from kg.errors import InputError
from kg.extract.extract import Extractor
from kg.facts import Extraction, Finding
from kg.graph import graphs_of, report_graphs
from kg.inspect.checked import Checked, locate
from kg.query import Query
from kg.query.tellings import telling
from kg.schema import load_ontology
from kg.series import Judge, Telling
from kg.store import MemoryStore, Rows, Store, open_store
from kg.terms import Mint, expand
from kg.text import Document, read, source_text

_LINED = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The report of the year before: what it is called, its graphs, and what it tells."""

    name: str
    graphs: dict[str, bytes]
    told: Telling


@dataclass(frozen=True, slots=True)
class Inspector:
    """Everything that checking a file needs; made once, used for many."""

    extractor: Extractor
    mint: Mint
    knowledge: Knowledge
    rules: tuple[Query, ...]
    always: bool  # whether a rule of an extension may say something about a report alone
    shapes: Shapes
    previous: tuple[Extraction, Earlier] | None
    store: Store | None

    def __call__(self, path: Path) -> Checked:
        """Read and check one file; raises ``KgError`` where it cannot be read."""
        ontology = self.extractor.ontology
        document = read(path, cues=ontology.cues)
        extraction, tables = self.extractor.read(document, self.mint)
        findings = [
            *extraction.findings,
            *check(document, extraction, ontology, tables=tables, knowledge=self.knowledge),
        ]
        earlier = self._earlier(extraction)
        if earlier is not None:
            now = telling_of(document, extraction)
            promises = tuple(Judge(earlier.told, now, ontology.words).promises())
            findings += check_previous(now, earlier.told, promises, ontology)
        if earlier is not None or self.always or self.shapes.targets:
            findings += self._ruled(document, extraction, earlier)
        source = source_text(path) if document.source.media_type in _LINED else ""
        remedies = {code: kind.remedy for code, kind in ontology.form.messages.kinds.items()}
        return locate(
            str(_shown(path)), document, findings, remedies, source=source, title=extraction.title,
            previous=earlier.name if earlier else "", annual=is_annual(document, extraction, ontology.form),
        )  # fmt: skip

    def _earlier(self, extraction: Extraction) -> Earlier | None:
        if not extraction.issuer or extraction.year is None:
            return None
        if self.previous is not None:
            other, earlier = self.previous
            fits = (other.issuer, other.year, _genre(other)) == (
                extraction.issuer, extraction.year - 1, _genre(extraction),
            )  # fmt: skip
            return earlier if fits else None
        return _stored(self.store, extraction) if self.store is not None else None

    def _ruled(self, document: Document, extraction: Extraction, earlier: Earlier | None) -> list[Finding]:
        """What the rules over the graph say of a report, put beside the one before it."""
        ontology = self.extractor.ontology
        store = MemoryStore()
        store.add(vocabulary_graph(ontology, self.mint))
        store.add(report_graphs(extraction, (), document, ontology.model, self.mint))
        if earlier is not None:
            store.add(earlier.graphs)
        found = apply_rules(store, self.rules, ontology.form.messages, report=extraction.report)
        ruled = [one.finding for one in found]
        if is_shaped(store, extraction.report, self.shapes.targets):
            shaped = apply_shapes(store, extraction.report, self.shapes, ontology.form.messages)
            ruled += [one.finding for one in shaped]
        return ruled


def check_files(
    inputs: Iterable[Path | str],
    *,
    extensions: Sequence[Path | str] = (),
    previous: Path | str | None = None,
    store: str | Path | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Checked | Failure]:
    """Check files and folders, in order; a file that cannot be read stops no other.

    ``previous`` is the report of the year before, by the same body; without it a ``store`` that has one is asked. With
    ``jobs`` None there is a process for each processor where there are files enough. Raises ``InputError`` where there
    is nothing to read.
    """
    found = find_inputs(inputs)
    prepare = partial(_prepare, previous=previous, store=str(store) if store is not None else None)
    names = tuple(str(extension) for extension in extensions)
    inspector = prepare(names, "")
    total = len(found.files) + len(found.missing)
    for number, path in enumerate(found.missing, 1):
        yield Failure(str(path), f"{path}: no such file or folder; check the path")
        _tell(progress, number, total)
    outcomes = make_all(found.files, inspector, Work(prepare, names, ""), jobs)
    for number, outcome in enumerate(outcomes, len(found.missing) + 1):
        yield outcome
        _tell(progress, number, total)


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _prepare(
    extensions: tuple[str, ...], base: str, *, previous: Path | str | None, store: str | None
) -> Inspector:
    ontology = load_ontology(extensions)
    extractor, mint = Extractor.of(ontology), Mint()
    queries = rules(ontology.form.messages, extensions)
    opened = open_store(store) if store is not None else None
    knowledge = Knowledge.of(ontology)
    if opened is not None:
        knowledge = knowledge.with_titles(_titles(opened))
    own = [query for query in queries if "extensions" in Path(query.path).parts]
    given = any(Path(query.path).is_relative_to(Path(name)) for query in queries for name in extensions)
    earlier = _read_previous(Path(previous), extractor, mint) if previous is not None else None
    return Inspector(
        extractor, mint, knowledge, queries, bool(own or given), Shapes.of(extensions), earlier, opened
    )


def _read_previous(path: Path, extractor: Extractor, mint: Mint) -> tuple[Extraction, Earlier]:
    ontology = extractor.ontology
    document = read(path, cues=ontology.cues)
    extraction = extractor.extract(document, mint)
    if not extraction.issuer or extraction.year is None:
        raise InputError("says neither whose nor which year's report it is", where=str(path))
    graphs = report_graphs(extraction, (), document, ontology.model, mint)
    return extraction, Earlier(path.name, graphs, telling_of(document, extraction))


def _stored(store: Store, extraction: Extraction) -> Earlier | None:
    """The report of the year before by the same body, from a store."""
    report = before(store, extraction.issuer, extraction.year or 0, _genre(extraction))
    if not report:
        return None
    graphs = {
        graph: "".join(f"{quad} .\n" for quad in store.quads(graph)).encode()
        for graph in graphs_of(report)[:2]
    }
    return Earlier(report, graphs, telling(store, report, (extraction.year or 1) - 1))


def _genre(extraction: Extraction) -> str:
    genre = expand("pol:reportGenre")
    return next(
        (
            fact.object
            for fact in extraction.facts
            if (fact.subject, fact.predicate) == (extraction.report, genre) and isinstance(fact.object, str)
        ),
        "",
    )


def _titles(store: Store) -> list[tuple[str, str]]:
    """Titles and numbers that two reports of a store agree on."""
    answer = store.query(
        """SELECT (STR(?title) AS ?t) (STR(?number) AS ?n) WHERE { ?policy pol:documentNumber ?number ; skos:prefLabel ?title .
          ?report pol:cites ?policy } GROUP BY ?title ?number HAVING(COUNT(DISTINCT ?report) > 1) ORDER BY ?t ?n"""
    )
    assert isinstance(answer, Rows)
    return [(str(getattr(row[0], "value", "")), str(getattr(row[1], "value", ""))) for row in answer]


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
