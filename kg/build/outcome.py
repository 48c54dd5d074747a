"""What a build is given, what becomes of each input, and what it answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.store import Store

if TYPE_CHECKING:
    from kg.match.touch import Reason


@dataclass(frozen=True, slots=True)
class Made:
    """One report as quads: its IRI, its graphs as N-Quads, and how many facts and findings they hold."""

    report: str
    graphs: Mapping[str, bytes]
    facts: int = 0
    findings: int = 0


class Pipeline(Protocol):
    """How a file becomes a report's quads."""

    @property
    def digest(self) -> str:
        """Everything besides the file that its quads depend on: ontology, program, base IRI."""

    def __call__(self, path: Path) -> Made:
        """Read one file; raises ``KgError`` where it is no report."""

    def compare(self, report: str, source: str, store: Store) -> str:
        """Whether what has changed since a report was read can touch it: ``same`` where not, ``touched``, "" for another file."""

    @property
    def rules(self) -> Mapping[str, Sequence[str]]:
        """A digest of each rule and its words, by IRI: what a later build compares its own with."""

    def why(self, report: str, before: Mapping[str, Sequence[str]], store: Store) -> "tuple[Reason, ...]":
        """Which rules that came, went or changed since then touch a report that is in the store."""

    def reference(self) -> Mapping[str, bytes]:
        """The graphs that belong to no report: the model and the regions."""

    @property
    def finishing(self) -> str:
        """Everything besides the reports that the graphs which follow from them together depend on."""

    def beside(self, reports: Iterable[str], store: Store) -> set[str]:
        """The reports that some reports are looked at together with."""

    def finish(self, store: Store, due: Set[str] | None) -> Iterator[Mapping[str, bytes]]:
        """The graphs that follow from reports together, those of a report or two at a time; those that stay as they are may be left out.

        Only those of the ``due`` reports, some of which may be gone, where nothing else has changed; else of all. Each may be written
        before the next is asked for.
        """


Prepare = Callable[
    [tuple[str, ...], str], Pipeline
]  # extensions, base → pipeline; called once in every process


@dataclass(frozen=True, slots=True)
class Built:
    """A file and the report it holds."""

    path: str
    report: str
    facts: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no report, and why; ``lasting`` where the very same bytes will give none again."""

    path: str
    message: str
    lasting: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with the very bytes of another."""

    path: str
    original: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Sent to the progress callback after each input: how many are done, and the last one's outcome."""

    done: int
    total: int
    path: str
    outcome: str  # "built", "unchanged", "failed", "duplicate"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of every input.

    >>> result = BuildResult("build/store", built=(Built("a.txt", "http://x/r", facts=3),), removed=("http://x/q",))
    >>> result.counts
    {'built': 1, 'unchanged': 0, 'removed': 1, 'failed': 0, 'duplicates': 0, 'skipped': 0}
    """

    store: str
    built: tuple[Built, ...] = ()
    unchanged: tuple[Built, ...] = ()
    removed: tuple[str, ...] = ()  # IRIs of reports whose file is gone or holds another report now
    failed: tuple[Failure, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    spared: tuple[str, ...] = ()  # unchanged files with nothing in them of what has changed in the ontology
    touched: tuple[str, ...] = ()  # unchanged files that were read again because it has
    reasons: "Mapping[str, tuple[Reason, ...]]" = field(
        default_factory=dict
    )  # of the touched files, where they are known
    skipped: tuple[str, ...] = ()  # files in the given folders that are of no known kind

    @property
    def counts(self) -> dict[str, int]:
        """How many inputs had each outcome."""
        return {
            "built": len(self.built),
            "unchanged": len(self.unchanged),
            "removed": len(self.removed),
            "failed": len(self.failed),
            "duplicates": len(self.duplicates),
            "skipped": len(self.skipped),
        }
