"""A pipeline of a few lines for tests: a file names its report, then says ``subject object`` line by line."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from kg.build import Made, reports_in
from kg.errors import InputError
from kg.graph import graphs_of
from kg.match.touch import Reason
from kg.store import Rows, Store

MODEL = "http://x/graph/ontology"
TOTAL = "http://x/graph/total"


@dataclass(frozen=True)
class Fake:
    """Takes its digest from the extensions, so that a test can change it."""

    extensions: tuple[str, ...]
    base: str

    @property
    def digest(self) -> str:
        return f"{self.extensions} {self.base}"

    def __call__(self, path: Path) -> Made:
        first, *rest = path.read_text(encoding="utf-8").splitlines() or [""]
        if not first:
            raise InputError("nothing in it", where=str(path))
        if first == "BUG":
            raise ValueError("a mistake\nin the program")
        if first == "CRASH":
            os._exit(3)
        report = f"{self.base}report/{first}"
        said, grounds, doubts = graphs_of(report)
        facts = sorted(set(rest))
        triples = [
            f"<{self.base}{line.split()[0]}> <http://x/p> <{self.base}{line.split()[1]}>" for line in facts
        ]
        return Made(
            report,
            {
                said: "".join(f"{triple} <{said}> .\n" for triple in triples).encode(),
                grounds: f'<{report}/text> <http://x/is> "{" ".join(facts)}" <{grounds}> .\n'.encode(),
                doubts: b"",
            },
            len(facts),
        )

    def compare(self, report: str, source: str, store: Store) -> str:
        return ""

    @property
    def rules(self) -> Mapping[str, Sequence[str]]:
        return {}

    def why(self, report: str, before: Mapping[str, Sequence[str]], store: Store) -> tuple[Reason, ...]:
        return ()

    def reference(self) -> Mapping[str, bytes]:
        return {MODEL: f'<http://x/model> <http://x/is> "{self.digest}" <{MODEL}> .\n'.encode()}

    @property
    def finishing(self) -> str:
        return self.digest

    def beside(self, reports: Iterable[str], store: Store) -> set[str]:
        bodies = set(map(_body, reports))
        return {report for report in reports_in(store) if _body(report) in bodies}

    def finish(self, store: Store, due: Set[str] | None) -> Iterator[Mapping[str, bytes]]:
        rows = store.query("SELECT (COUNT(*) AS ?n) { ?text <http://x/is> ?words }")
        assert isinstance(rows, Rows)
        count = [row[0] for row in rows if row[0]]
        yield {TOTAL: f"<http://x/all> <http://x/count> {count[0]} <{TOTAL}> .\n".encode()}
        here = reports_in(store)
        for report in here if due is None else sorted(due.intersection(here)):
            graph = graphs_of(report)[2]
            years = sum(_body(other) == _body(report) for other in here)
            yield {graph: f'<{report}> <http://x/years> "{years}" <{graph}> .\n'.encode()}


def _body(report: str) -> str:
    return report.rpartition("/")[0]


def prepare(extensions: tuple[str, ...], base: str) -> Fake:
    return Fake(extensions, base)


def elsewhere(extensions: tuple[str, ...], base: str) -> Fake:
    """Another pipeline in each process, as where programs or ontologies differ."""
    return Fake((*extensions, str(os.getpid())), base)


def die_after(steps: int) -> None:
    """From now on, die without warning at the given step of writing to the store or the journal."""
    import signal

    left = [steps]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    at_each_step(step)


def at_each_step(step: Callable[[], None]) -> None:
    """Do something before and after each write to the store or the journal."""
    from kg.build.journal import Journal
    from kg.store.oxigraph import OxigraphStore

    def dying(owner: type, name: str) -> None:
        plain = getattr(owner, name)

        def stepped(*args: object, **options: object) -> object:
            step()
            answer = plain(*args, **options)
            step()
            return answer

        setattr(owner, name, stepped)

    dying(Journal, "_append")
    dying(OxigraphStore, "_write")
    dying(OxigraphStore, "leave")


if __name__ == "__main__":
    from kg.build import build, run

    run.BATCH = 1  # every report is a batch of its own
    die_after(int(sys.argv[3]))
    build([sys.argv[1]], out=sys.argv[2], prepare=prepare)
