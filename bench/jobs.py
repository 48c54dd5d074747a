"""Extraction in one process and in two."""

from collections.abc import Sequence
from pathlib import Path

from bench.clock import spread, timed
from bench.corpus import write_corpus
from bench.table import Part
from kg.build.pipeline import standard
from kg.build.workers import Work, make_all
from kg.terms import BASE


def jobs(folder: Path, count: int, times: int) -> Part:
    """Text to quads, nothing stored, in turn with one process and with two."""
    paths = write_corpus(folder / "corpus", count)
    work = Work(standard, (), BASE)
    ratios, rows = [], []
    for number in range(times):
        one, two = (_wall(paths, work, processes) for processes in (1, 2))
        ratios.append(one / two)
        rows.append(
            [str(number + 1), f"{one / count * 1000:.0f}", f"{two / count * 1000:.0f}", f"{one / two:.2f}"]
        )
    rows.append(["**median (least–most)**", "", "", spread(ratios)])
    return Part(
        f"Extraction of {count} reports with `--jobs 2`",
        ("run", "one process, ms a report", "two, ms a report", "times as fast"),
        rows,
        "Text to N-Quads, nothing stored. Two processes first read the ontology each, which one process has done before the clock starts.",
    )  # fmt: skip


def _wall(paths: Sequence[Path], work: Work, processes: int) -> float:
    pipeline = work.prepare(work.extensions, work.base)
    _, took = timed(lambda: sum(1 for _ in make_all(paths, pipeline, work, processes)))
    return took.wall
