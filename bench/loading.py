"""From text to a finished store on disk, against loading the very same quads; and memory while it grows."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from bench.clock import Took, peak, spread, timed
from bench.corpus import ROOT, write_corpus
from bench.table import Part
from kg.build import Progress, build

_SELF = (sys.executable, "-m", "bench.loading")
TOGETHER = 90  # graphs of one bulk load: thirty reports, some 1.6 million quads


def loading(folder: Path, slices: int, size: int) -> Part:
    """Several stores, each against loading what is in it, in turn."""
    paths = write_corpus(folder / "corpus", slices * size)
    rows, walls, cpus, named = [], [], [], []
    for number in range(slices):
        out = folder / f"out-{number}"
        here = paths[number * size : (number + 1) * size]
        _, took = timed(partial(build, here, out=out, jobs=1))
        _, whole, _ = bare_load(out / "store", folder / "bare", default=True)
        count, alone, disk = bare_load(out / "store", folder / "bare", default=False)
        shutil.rmtree(out)
        walls.append(took.wall / whole.wall)
        cpus.append(took.cpu / whole.cpu)
        named.append(took.wall / alone.wall)
        rows.append([str(number + 1), f"{count / size:,.0f}", f"{disk / size:.1f}", f"{took.wall / size * 1000:.0f}",
            f"{whole.wall / size * 1000:.0f}", f"{walls[-1]:.2f}", f"{cpus[-1]:.2f}", f"{named[-1]:.2f}"])  # fmt: skip
    rows.append(["**median (least–most)**", "", "", "", "", spread(walls), spread(cpus), spread(named)])
    return Part(
        f"Text to finished store, {slices} × {size} reports, one process",
        ("run", "quads a report", "MB on disk", "build, ms a report", "bulk load, ms", "ratio", "ratio of processor time", "ratio to named graphs alone"),
        rows,
        "*Bulk load* is Oxigraph's `bulk_load` of the very quads that the build left in its store, the default graph among them, from N-Quads in "
        "memory; the last column leaves the default graph out of what is loaded, though not out of the build. The build includes reading the ontology.",
    )  # fmt: skip


def bare_load(store: Path, into: Path, *, default: bool) -> tuple[int, Took, float]:
    """Load a store's quads into a fresh one: how many named ones, how long it took without reading them out, MB on disk."""
    shutil.rmtree(into, ignore_errors=True)
    fresh, source = ox.Store(str(into)), ox.Store.read_only(str(store))
    took, count = Took(0, 0), 0
    for lines, named in _batches(source, default=default):
        count += named
        took += timed(partial(fresh.bulk_load, lines, ox.RdfFormat.N_QUADS))[1]
    took += timed(fresh.flush)[1]
    del fresh  # closes it
    disk = sum(path.stat().st_size for path in into.rglob("*")) / 1e6
    shutil.rmtree(into)
    return count, took, disk


def _batches(source: ox.Store, *, default: bool) -> Iterator[tuple[bytes, int]]:
    graphs = iter(sorted(graph.value for graph in source.named_graphs()))
    while group := list(islice(graphs, TOGETHER)):
        parts, count = [], 0
        for graph in group:
            lines = source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
            count += lines.count(b"\n")
            parts += [lines.replace(b" .\n", f" <{graph}> .\n".encode()), *([lines] if default else [])]
        yield b"".join(parts), count


def growth(folder: Path, counts: Sequence[int]) -> Part:
    """One build of all reports, then a load of its quads, each in a process of its own: time and the most memory held, at each count."""
    paths = write_corpus(folder / "corpus", counts[-1])
    out = folder / "grown"
    ended = subprocess.run(
        [*_SELF, "build", str(out), ",".join(map(str, counts)), *map(str, paths)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    seen = [json.loads(line) for line in ended.stdout.splitlines()]
    loaded, disk = load_apart(out / "store", folder / "bare", counts)
    shutil.rmtree(out)
    rows = [
        [
            f"{one['done']:,}",
            f"{one['wall']:.0f}",
            f"{bare['wall']:.0f}",
            f"{one['wall'] / bare['wall']:.2f}",
            f"{one['peak']}",
            f"{bare['peak']}",
        ]
        for one, bare in zip(seen, loaded, strict=True)
    ]
    last = seen[-1]["wall"] / loaded[-1]["wall"], seen[-1]["cpu"] / loaded[-1]["cpu"]
    return Part(
        f"Time and memory while a store grows to {counts[-1]:,} reports, one process",
        ("reports", "build, s", "bulk load, s", "ratio", "build: most memory so far, MB", "bulk load: most memory, MB"),
        rows,
        f"*Bulk load* is Oxigraph's `bulk_load` of the very quads that the build left ({disk / 1000:.1f} GB on disk), in a process that does nothing else and is "
        f"handed them by another. The build takes **{last[0]:.2f}** times as long, {last[1]:.2f} times in processor time.",
    )  # fmt: skip


def load_apart(store: Path, into: Path, counts: Sequence[int]) -> tuple[list[dict[str, float]], float]:
    """Hand a store's quads to a process that loads them: its time and most memory when so many of all reports are in; MB on disk.

    It answers each batch before it gets the next, so that nothing else runs while it loads.
    """
    shutil.rmtree(into, ignore_errors=True)
    source, seen = ox.Store.read_only(str(store)), []
    with subprocess.Popen(
        [*_SELF, "load", str(into)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        graphs, given = sum(1 for _ in source.named_graphs()), 0
        for lines, _ in _batches(source, default=True):
            process.stdin.write(len(lines).to_bytes(8, "big") + lines)
            process.stdin.flush()
            now = json.loads(process.stdout.readline())
            given += TOGETHER
            while len(seen) < len(counts) and given >= counts[len(seen)] / counts[-1] * graphs:
                seen.append(now)
        process.stdin.close()
        seen[-1] = json.loads(process.stdout.readline())
    disk = sum(path.stat().st_size for path in into.rglob("*")) / 1e6
    shutil.rmtree(into)
    return seen, disk


def _load(into: Path) -> Iterator[dict[str, float]]:
    fresh, took = ox.Store(str(into)), Took(0, 0)
    while size := sys.stdin.buffer.read(8):
        lines = sys.stdin.buffer.read(int.from_bytes(size, "big"))
        took += timed(partial(fresh.bulk_load, lines, ox.RdfFormat.N_QUADS))[1]
        yield {"wall": took.wall, "cpu": took.cpu, "peak": peak()}
    took += timed(fresh.flush)[1]
    yield {"wall": took.wall, "cpu": took.cpu, "peak": peak()}


def _grow(out: Path, counts: Sequence[int], paths: Sequence[str]) -> Iterator[dict[str, float]]:
    start, seen = time.perf_counter(), []

    def progress(now: Progress) -> None:
        if now.done in counts:
            seen.append({"done": now.done, "wall": time.perf_counter() - start, "peak": peak()})

    _, took = timed(partial(build, paths, out=out, jobs=1, progress=progress))
    seen[-1] |= {"wall": took.wall, "cpu": took.cpu, "peak": peak()}
    return iter(seen)


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2])
    lines = (
        _load(folder)
        if what == "load"
        else _grow(folder, [int(count) for count in sys.argv[3].split(",")], sys.argv[4:])
    )
    for line in lines:
        print(json.dumps(line), flush=True)
