"""The build: which files are new or changed, what they say, and the store that holds it."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from json import dumps, loads
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.inputs import Inputs, find_inputs
from kg.build.journal import REFERENCE, Entry, Journal
from kg.build.outcome import BuildResult, Built, Duplicate, Failure, Made, Pipeline, Prepare, Progress
from kg.build.refused import Refused, read_refused, write_refused
from kg.build.workers import MakeAll, Work, make_all
from kg.files import write
from kg.graph import graphs_of, series_graph
from kg.store import Store, open_store
from kg.store.sparql import groups
from kg.terms import BASE

if TYPE_CHECKING:
    from kg.match.touch import Reason

_FINISHED = 10  # reports whose findings are written together
_SAFE = 200  # reports whose findings are made safe on disk together: each time costs files, which the engine puts together later
BATCH = 96_000_000  # bytes of quads that are written to the store together: the engine merges each batch into all it has, so few large ones cost less


def build(
    inputs: Sequence[Path | str],
    *,
    out: Path | str = Path("build"),
    store: Path | str | None = None,
    extensions: Sequence[Path | str] = (),
    jobs: int | None = 1,
    cluster: str = "",
    base: str = BASE,
    progress: Callable[[Progress], None] | None = None,
    prepare: Prepare | None = None,
) -> BuildResult:
    """Bring the store up to date with the input files.

    The store is ``out/store``, unless ``store`` names another folder or a SPARQL endpoint; the journal is
    beside it. A file whose bytes, ontology and program are unchanged is not read again; a changed one
    replaces what it said; the report of a file that is gone is taken out. One bad file never stops the rest.
    The build may be killed at any moment: the store stays sound, and the next build ends with what an
    undisturbed one would have made.

    With ``jobs`` None there is one process for each processor where there are files enough to pay for them. With
    more than one process the caller must be importable without side effects, as always with processes. With ``cluster``,
    the address of a Dask scheduler, files are read by its workers instead; the store is the same to the byte.

    Raises ``InputError`` where there is nothing to read, ``StoreError`` where another build holds the store.
    """
    folder = Path(out)
    found = find_inputs(inputs, out=folder)
    prepared = prepare or _standard()
    work: Work[Made] = Work(prepared, tuple(str(extension) for extension in extensions), base)
    pipeline = prepared(work.extensions, base)
    with (
        _at_rest(),
        _readers(cluster, jobs) as readers,
        open_store(store if store is not None else folder / "store", writable=True) as opened,
        Journal(_journal(opened, folder)) as journal,
        ThreadPoolExecutor(1) as writer,
    ):
        kept = Path(f"{_journal(opened, folder)}.rules.json")
        refused = Path(f"{_journal(opened, folder)}.refused.json")
        run = _Run(found, pipeline, work, opened, journal, progress, writer, _rules(kept))
        run.refused = read_refused(refused)
        run.due = due_by(opened.note, pipeline.finishing)
        result = run.run(readers)
        opened.leave(pipeline.finishing)
        _keep(kept, pipeline.rules)
        if run.refused or refused.exists():
            write_refused(refused, run.refused)
        return result


def _standard() -> Prepare:
    from kg.build.pipeline import standard  # the readers of all formats are heavy; builds alone need them

    return standard


def _readers(cluster: str, jobs: int | None) -> AbstractContextManager[MakeAll]:
    if cluster:
        from kg.build.cluster import on_cluster

        return on_cluster(cluster)
    return nullcontext(partial(make_all, jobs=jobs))


@contextmanager
def _at_rest() -> Iterator[None]:
    """What is in memory now, the ontology above all, stays: no collection need go through it, which takes a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class _Run:
    """One build under way."""

    inputs: Inputs
    pipeline: Pipeline
    work: Work[Made]
    store: Store
    journal: Journal
    progress: Callable[[Progress], None] | None
    writer: ThreadPoolExecutor  # of one thread, which alone writes to store and journal while files are read
    before: Mapping[str, Sequence[str]] | None = None  # the rules of the build before, where they are known
    due: set[str] | None = (
        None  # the reports of which what follows from several may have changed; None: of any
    )
    refused: dict[str, Refused] = field(default_factory=dict)  # files that gave no report, by key
    keys: dict[Path, str] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)  # report → place of the input it is taken from
    built: list[Built] = field(default_factory=list)
    unchanged: dict[str, Built] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    reasons: "dict[str, tuple[Reason, ...]]" = field(default_factory=dict)
    batch: list[tuple[Entry, Made]] = field(default_factory=list)
    size: int = 0  # bytes in the batch
    writing: Future[None] | None = None  # the batch before
    done: int = 0

    def run(self, readers: MakeAll) -> BuildResult:
        held = set(self.store.graphs())
        waiting = self._plan(held)
        if not self._keeps(held):
            self.store.remove(held)
            held.clear()
            self.due = None
        self._reference(held)
        for path in self.inputs.missing:
            self._fail(path, f"{path}: no such file or folder; check the path")
        outcomes = readers(waiting, self.pipeline, self.work)
        for path, outcome in zip(waiting, outcomes, strict=True):
            self._take(path, outcome)
            if self.size >= BATCH:
                self._hand_over()
        self._hand_over()
        self._wait()
        removed = self._sweep()
        self._finish()
        return BuildResult(
            self.store.location,
            tuple(self.built),
            tuple(self.unchanged.values()),
            removed,
            tuple(sorted(self.failed, key=lambda failure: failure.path)),
            tuple(self.duplicates),
            tuple(self.spared),
            tuple(self.touched),
            dict(self.reasons),
            self.inputs.skipped,
        )

    def _keeps(self, held: set[str]) -> bool:
        """Whether something in the store stays as it is: an unchanged report, or a graph of other origin."""
        ours: set[str] = set()
        for entry in self.journal.entries.values():
            if entry.report == REFERENCE:
                ours.update(entry.path.split())
            elif self.inputs.cover(Path(entry.path)):
                ours.update((*graphs_of(entry.report), series_graph(entry.report)))
        return bool(self.owners) or not held <= ours

    def _reference(self, held: set[str]) -> None:
        """Write the graphs of the model, unless the very same are there."""
        entry = self.journal.entries.get(REFERENCE)
        if entry is None or entry.key != self.pipeline.digest or not set(entry.path.split()) <= held:
            graphs = self.pipeline.reference()
            names = " ".join(graph for graph, lines in graphs.items() if lines)
            self.journal.write([Entry(REFERENCE, names)])
            self.store.replace(graphs)
            self.store.flush()
            self.journal.write([Entry(REFERENCE, names, self.pipeline.digest)])
            self.due = None

    def _plan(self, held: set[str]) -> list[Path]:
        """The files to read, in order; those with the same bytes as another, or as before, are told apart."""
        known = {
            entry.key: entry for entry in self.journal.entries.values() if entry.key and entry.report in held
        }
        before = {
            entry.path: entry for entry in self.journal.entries.values() if entry.key and entry.report in held
        }
        first: dict[str, Path] = {}
        waiting: list[Path] = []
        for place, path in enumerate(self.inputs.files):
            if path.exists() and not path.is_file():  # a pipe would be waited for without end
                self._fail(path, f"{path}: not a regular file; give a file or a folder")
                continue
            try:
                key = _key(path, self.pipeline)
            except OSError as error:
                self._fail(path, f"{path}: cannot be read ({error.strerror or error}); check its rights")
                continue
            if key in first:
                self.duplicates.append(Duplicate(str(path), str(first[key])))
                self._tell(path, "duplicate")
                continue
            first[key] = path
            self.keys[path] = key
            if key in known:
                report = known[key].report
                self.owners[report] = place
                self.unchanged[report] = Built(str(path), report)
                if known[key].path != str(path):
                    self.journal.write([Entry(report, str(path), key)])
                self._tell(path, "unchanged")
            elif not self._refuse(path, key, first) and not self._spare(
                path, place, key, before.get(str(path))
            ):
                waiting.append(path)
        self.refused = {key: one for key, one in self.refused.items() if self.keys.get(Path(one.path)) == key}
        return waiting

    def _refuse(self, path: Path, key: str, first: Mapping[str, Path]) -> bool:
        """Tell again what is known of a file that gave no report, where it would give none now."""
        known = self.refused.get(key)
        if known is None or known.path != str(path) or (known.owner and known.owner not in first):
            return False
        self._fail(path, known.message)
        return True

    def _spare(self, path: Path, place: int, key: str, entry: Entry | None) -> bool:
        """Leave a report as it is where nothing that changed in the ontology can touch it."""
        if entry is None:
            return False
        found = self.pipeline.compare(entry.report, sha256(path.read_bytes()).hexdigest(), self.store)
        if found == "touched":
            self.touched.append(str(path))
            if self.before is not None:
                self.reasons[str(path)] = self.pipeline.why(entry.report, self.before, self.store)
        if found != "same" or entry.report in self.owners:
            return False
        self.owners[entry.report] = place
        self.unchanged[entry.report] = Built(str(path), entry.report)
        self.spared.append(str(path))
        self.journal.write([Entry(entry.report, str(path), key)])
        self._tell(path, "unchanged")
        return True

    def _take(self, path: Path, outcome: Made | Failure) -> None:
        """Accept one outcome; of two inputs that are the same report, the first in order counts."""
        if isinstance(outcome, Failure):
            self._fail(path, outcome.message)
            if outcome.lasting:
                self.refused[self.keys[path]] = Refused(str(path), outcome.message)
            return
        place = self.inputs.place(path)
        owner = self.owners.get(outcome.report, place)
        if owner < place:
            self._lose(path, outcome.report, self.inputs.files[owner])
            self._tell(path, "failed")
            return
        loser = self.unchanged.pop(outcome.report, None)
        if loser is not None:
            self._lose(Path(loser.path), outcome.report, path)
        self.owners[outcome.report] = place
        self.built.append(Built(str(path), outcome.report, outcome.facts, outcome.findings))
        self.batch.append((Entry(outcome.report, str(path), self.keys[path]), outcome))
        self.size += sum(map(len, outcome.graphs.values()))
        self._tell(path, "built")

    def _lose(self, path: Path, report: str, owner: Path) -> None:
        """Of two files that are the same report, leave the later aside, as long as the other is there."""
        message = _same(path, report, owner)
        self.failed.append(Failure(str(path), message))
        self.refused[self.keys[path]] = Refused(str(path), message, self.keys[owner])

    def _hand_over(self) -> None:
        """Give the batch to the writer as soon as the one before is in the store: two at most are in memory."""
        self._wait()
        self.writing = self.writer.submit(self._write, tuple(self.batch))
        self.batch.clear()
        self.size = 0

    def _wait(self) -> None:
        """Until what was handed over is in the store; raises what went wrong there."""
        if self.writing is not None:
            self.writing.result()
            self.writing = None

    def _write(self, batch: Sequence[tuple[Entry, Made]]) -> None:
        """Put a batch into the store; the journal knows of it before and after."""
        if batch:
            self.journal.write(Entry(entry.report, entry.path) for entry, _ in batch)
            self._touch(entry.report for entry, _ in batch)
            self.store.replace({graph: lines for _, made in batch for graph, lines in made.graphs.items()})
            self.store.flush()
            self.journal.write(entry for entry, _ in batch)

    def _sweep(self) -> tuple[str, ...]:
        """Take out the reports of files in this build's care that no longer yield them."""
        gone = sorted(
            (
                entry
                for entry in self.journal.entries.values()
                if entry.report != REFERENCE
                and entry.report not in self.owners
                and self.inputs.cover(Path(entry.path))
            ),
            key=lambda entry: entry.report,
        )
        if gone:
            self.journal.write(Entry(entry.report, entry.path) for entry in gone)
            self._touch(entry.report for entry in gone)
            self.store.remove(
                graph for entry in gone for graph in (*graphs_of(entry.report), series_graph(entry.report))
            )
            self.store.flush()
            self.journal.forget(entry.report for entry in gone)
        return tuple(entry.report for entry in gone)

    def _finish(self) -> None:
        """Write what follows from reports together, where it has changed.

        A report whose findings are about to be written counts as begun again: where that is cut short, it is read again.
        """
        if self.due is not None:
            if not self.due:
                return
            self._touch(self.due)  # after all is written, a report may have others beside it
        begun: list[Entry] = []
        for several in groups(self.pipeline.finish(self.store, self.due), _FINISHED):
            changed = {graph: lines for graphs in several for graph, lines in graphs.items()}
            reports = sorted({_report_of(graph) for graph in changed})
            entries = [self.journal.entries[report] for report in reports if report in self.journal.entries]
            self.journal.write(Entry(entry.report, entry.path) for entry in entries)
            self.store.replace(changed)
            begun += entries
            if len(begun) >= _SAFE:
                self._settle(begun)
        self._settle(begun)

    def _settle(self, begun: list[Entry]) -> None:
        """Reports that were begun again are done once what was written of them is safe on disk."""
        if begun:
            self.store.flush()
            self.journal.write(begun)
            begun.clear()

    def _touch(self, reports: Iterable[str]) -> None:
        """Count reports, and those beside them as the store is now, among those to be looked at together."""
        if self.due is not None:
            some = set(reports)
            self.due |= some | self.pipeline.beside(some, self.store)

    def _fail(self, path: Path, message: str) -> None:
        self.failed.append(Failure(str(path), message))
        self._tell(path, "failed")

    def _tell(self, path: Path, outcome: str) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(
                Progress(self.done, len(self.inputs.files) + len(self.inputs.missing), str(path), outcome)
            )


def due_by(note: str, finishing: str) -> set[str] | None:
    """The reports that a note says are to be looked at together again; None where it is of another program or ontology: all."""
    before, *reports = note.split("\n")
    return set(reports) if before == finishing else None


def _journal(store: Store, folder: Path) -> Path:
    """The journal stands beside its store; that of a remote store stands in the output folder."""
    if "://" in store.location:
        return folder / f"remote-{sha256(store.location.encode()).hexdigest()[:12]}.journal"
    return Path(f"{store.location}.journal")


def _keep(path: Path, rules: Mapping[str, Sequence[str]]) -> None:
    write(path, dumps(rules, ensure_ascii=False, indent=0, sort_keys=True))


def _rules(path: Path) -> Mapping[str, Sequence[str]] | None:
    """What a build before wrote down of its rules, to tell why a report is read again."""
    try:
        found = loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _key(path: Path, pipeline: Pipeline) -> str:
    return sha256(f"{pipeline.digest}\0{sha256(path.read_bytes()).hexdigest()}".encode()).hexdigest()


def _same(path: Path, report: str, other: Path) -> str:
    return f"{path}: same report as {other} ({report}); keep one of the two"


def _report_of(graph: str) -> str:
    """The report that a graph of findings or of series belongs to; any other graph stands for itself."""
    return next((graph.removesuffix(end) for end in ("/checks", "/series") if graph.endswith(end)), graph)
