"""One store on one machine, from size to size: throughput, memory of all processes, disk, one report more, one less, each competency question;
and, carried on from there, what more reports would take.

What was measured of a size is kept in ``sizes.json`` of the folder: a run that is broken off goes on from there when it is given the same folder.
"""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

import pyoxigraph as ox

from bench.corpus import ROOT
from bench.skewed import COUNTRY, SHORT, Skew, body_of, report, write_skewed
from bench.table import Part
from kg.query import ask, load_query
from kg.store import OxigraphStore

_SAMPLES = ROOT / "data" / "reports"  # among the reports, for the questions ask of bodies in them
_PATIENCE = 60  # seconds for one answer
# Bytes of disk for a report: what it has in the store, and what is written anew while others are read.
_ROOM, _SHORT_ROOM = 12_000_000, 1_500_000
_FURTHER = (10_000, 100_000, 1_000_000)
_KG = (sys.executable, "-m", "kg.cli")
_COUNTRY = "A corpus with the skew of a country (`python -m bench corpus`), and the sample reports, which are full-size;"
_SHORT = (
    "Short reports alone (`python -m bench corpus --short`): a page of a township or a department of the years before 2019, with about a dozen figures, "
    "and the annex of tables in two of a hundred; and the sample reports, which are full-size and weigh in the quads a report of the first row;"
)


@dataclass(slots=True)
class Size:
    """What was measured of a store of so many reports."""

    reports: int
    new: int  # reports built for it, on top of the size before
    quads: int = 0  # named
    build: float = 0  # seconds, of the new ones
    memory: float = 0  # MB
    disk: float = 0  # MB
    again: float = 0  # a build with nothing new
    add: float = 0
    remove: float = 0
    answers: dict[str, float] = field(default_factory=dict)  # seconds


def scale(folder: Path, counts: Sequence[int], jobs: int, *, short: bool = False) -> list[Part]:
    """Build up to each count in turn, and measure there; ends where the disk has no room for the last."""
    skew = SHORT if short else COUNTRY
    reports, out, kept = folder / "corpus", folder / "out", folder / "sizes.json"
    sizes = [Size(**one) for one in json.loads(kept.read_text("utf-8"))] if kept.is_file() else []
    sizes = sizes[: sum(one.reports == count for one, count in zip(sizes, counts, strict=False))]
    before = sizes[-1].reports if sizes else 0
    _roomy(folder, counts[-1] - before, _SHORT_ROOM if short else _ROOM)
    made = write_skewed(reports, counts[-1], skew=skew)
    sample = _SAMPLES if counts[-1] >= 50 else _SAMPLES / "yunchuan-2021.docx"
    for _ in range(before):
        next(made)
    for count in counts[len(sizes) :]:
        _say(f"{count} reports: written")
        for _ in range(count - before):
            next(made)
        one, before = Size(count, count - before), count
        _say(f"{count} reports: built")
        one.build, one.memory, told = watched(
            ["build", str(sample), str(reports), "--out", str(out), "--jobs", str(jobs)]
        )
        if found := re.search(r"(\d+) read\b", told):
            one.new = int(found[1]) or one.new  # fewer where a run that was broken off had read some
        measured(one, [str(sample), str(reports)], out, skew)
        sizes.append(one)
        kept.write_text(json.dumps([asdict(each) for each in sizes]), encoding="utf-8")
        _say(str(one))
    return [_grown(sizes, jobs, short=short), _asked(sizes, short=short), _further(sizes, short=short)]


def _roomy(folder: Path, reports: int, room: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(folder).free, reports * room
    if free < needed:
        raise SystemExit(
            f"{folder}: {reports} more reports need {needed / 1e9:.0f} GB, {free / 1e9:.0f} are free; give another --out or smaller --sizes"
        )


def _say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


def measured(one: Size, inputs: Sequence[str], out: Path, skew: Skew) -> None:
    """All but the build of a size."""
    one.disk = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
    build = ["build", *inputs, "--out", str(out), "--jobs", "1"]
    _say(f"{one.reports} reports: built again, with one more, with one less")
    one.again = watched(build)[0]
    body = body_of(10**9, skew=skew)  # that no corpus has
    name, data = report(body, body.first, skew=skew)
    extra = Path(inputs[-1]) / f"extra-{name}"
    extra.write_bytes(data)
    one.add = watched(build)[0]
    lines = map(json.loads, (out / "store.journal").read_text(encoding="utf-8").splitlines())
    iri = next(line[0] for line in lines if len(line) == 3 and line[1] == str(extra.resolve()))
    one.remove = watched(["remove", iri, "--store", str(out / "store")])[0]
    extra.unlink()
    watched(build)
    _say(f"{one.reports} reports: counted and asked")
    store = ox.Store.read_only(str(out / "store"))
    one.quads = sum(
        1 for graph in store.named_graphs() for _ in store.quads_for_pattern(None, None, None, graph)
    )
    del store
    one.answers = dict(answers(out / "store"))


def watched(arguments: Sequence[str]) -> tuple[float, float, str]:
    """Seconds that a ``kg`` command takes, the most MB that it and the processes it starts hold together, and what it says."""
    start, most = time.perf_counter(), 0
    with TemporaryFile("w+", encoding="utf-8") as said:  # a pipe that nobody reads would fill
        with subprocess.Popen(
            [*_KG, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said
        ) as process:
            while process.poll() is None:
                most = max(most, sum(map(_held, tree(process.pid))))
                time.sleep(0.1)
            took = time.perf_counter() - start
        said.seek(0)
        told = said.read()
    if process.returncode:
        raise RuntimeError(told)
    return took, most / 1e6, told


def tree(root: int) -> Iterator[int]:
    """A process and all below it, where ``/proc`` tells."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def _held(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except OSError:
        return 0


def answers(store: Path) -> Iterator[tuple[str, float]]:
    """Seconds that each competency question takes, asked by a process of its own; infinite where patience ends."""
    waiting = [str(path) for path in sorted((ROOT / "queries" / "cq").glob("*.rq"))]
    while waiting:
        command = [sys.executable, "-m", "bench.scale", str(store), *waiting]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) as process:
            assert process.stdout is not None
            while (
                waiting
                and select.select([process.stdout], [], [], _PATIENCE)[0]
                and (line := process.stdout.readline())
            ):
                yield Path(waiting.pop(0)).stem, json.loads(line)
            process.kill()
        if waiting:
            yield Path(waiting.pop(0)).stem, float("inf")


def _answer(store: Path, queries: Sequence[str]) -> Iterator[float]:
    with OxigraphStore(store) as opened:
        for path in queries:
            query, seconds = load_query(Path(path)), []
            while len(seconds) < 3 and sum(seconds) < 5:
                start = time.perf_counter()
                ask(opened, query, {})
                seconds.append(time.perf_counter() - start)
            yield median(seconds)


def _grown(sizes: Sequence[Size], jobs: int, *, short: bool) -> Part:
    rows = [
        [
            f"{one.reports:,}", f"{one.quads:,}", f"{one.quads / one.reports:,.0f}", f"{one.new / one.build:.1f}", f"{(one.quads - past) / one.build:,.0f}", f"{one.memory:.0f}",
            f"{one.disk / 1000:.2f}", f"{one.again:.1f}", f"{one.add:.1f}", f"{one.remove:.1f}",
        ]
        for one, past in zip(sizes, [0, *(size.quads for size in sizes)], strict=False)
    ]  # fmt: skip
    return Part(
        f"Short reports on one machine, {sizes[-1].reports:,}" if short else f"One machine, {sizes[-1].reports:,} reports",
        ("reports", "quads", "quads a report", "reports a second", "quads a second", "most memory, MB", "GB on disk", "nothing new, s", "one more, s", "one less, s"),
        rows,
        f"{_SHORT if short else _COUNTRY} `kg build --jobs {jobs}`, from size to size in one store. "
        "Quads are those of named graphs; the default graph holds each triple once more. Memory is of all processes together. Times of commands "
        "include the start of Python and reading the ontology; `kg build` after the sizes looks at every file.",
    )  # fmt: skip


def _asked(sizes: Sequence[Size], *, short: bool) -> Part:
    rows = [
        [
            name,
            *(_milliseconds(one.answers.get(name, 0)) for one in sizes),
            _growth(sizes, lambda one, name=name: one.answers[name]),
        ]  # type: ignore[misc]
        for name in sizes[-1].answers
    ]
    return Part(
        f"{'Short reports: competency' if short else 'Competency'} questions, up to {sizes[-1].reports:,} reports",
        ("question", *(f"{one.reports:,} reports, ms" for one in sizes), "times as long"),
        rows,
        f"The median of three, in one process that reads the store. The last column compares the last two sizes, between which the reports grow "
        f"{sizes[-1].reports / sizes[max(0, len(sizes) - 2)].reports:.1f}-fold: much more than that would be worse than linear.",
    )  # fmt: skip


def _further(sizes: Sequence[Size], *, short: bool) -> Part:
    first, last = sizes[max(0, len(sizes) - 2)], sizes[-1]

    def at(count: int, value: Callable[[Size], float]) -> float:
        slope = (value(last) - value(first)) / ((last.reports - first.reports) or last.reports)
        return value(last) + max(0.0, slope) * (count - last.reports)

    rows = [
        [
            f"{count:,}", f"{at(count, lambda one: one.quads) / 1e6:,.0f}", f"{count * last.build / last.new / 3600:,.1f}",
            f"{at(count, lambda one: one.memory) / 1000:,.1f}", f"{at(count, lambda one: one.disk) / 1000:,.0f}", f"{at(count, lambda one: one.add):,.0f}",
            f"{at(count, lambda one: one.remove):,.0f}", f"{at(count, lambda one: one.again):,.0f}",
            f"{at(count, lambda one: sum(_finite(one))):,.0f}", f"{at(count, lambda one: max(_finite(one), default=0)):,.0f}",
        ]
        for count in _FURTHER
        if count > last.reports
    ]  # fmt: skip
    return Part(
        f"{'Short reports: what' if short else 'What'} more would take, carried on from {last.reports:,} reports",
        ("reports", "million quads", "hours to build", "GB memory", "GB on disk", "one more, s", "one less, s", "nothing new, s", "all questions, s", "slowest question, s"),
        rows,
        f"Not measured: each is the straight line through {first.reports:,} and {last.reports:,} reports; the time to build is the throughput of the last step; a question that did not answer in time counts for nothing. "
        "What is no straight line is told in the tables above.",
    )  # fmt: skip


def _finite(one: Size) -> list[float]:
    return [seconds for seconds in one.answers.values() if seconds != float("inf")]


def _growth(sizes: Sequence[Size], value: Callable[[Size], float]) -> str:
    if len(sizes) < 2 or not value(sizes[-2]):
        return "–"
    return f"{value(sizes[-1]) / value(sizes[-2]):.1f}"


def _milliseconds(seconds: float) -> str:
    return f"over {_PATIENCE} s" if seconds == float("inf") else f"{seconds * 1000:,.1f}"


if __name__ == "__main__":
    for found in _answer(Path(sys.argv[1]), sys.argv[2:]):
        print(json.dumps(found), flush=True)
