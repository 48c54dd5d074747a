"""Builds that are killed at each step of writing what follows from several reports, and completed by the next.

``python -m tests.build.killed_finish FOLDER`` prints a line for each step: whether the build died there, and what is wrong afterwards.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kg.build import build
from kg.build import run as run_module
from kg.store import DEFAULT, open_store
from kg.store import oxigraph as store_module
from tests.build.fake_pipeline import at_each_step, prepare
from tests.build.killed import asked, forked, unsound

_BODIES = "甲乙丙丁"


def main(folder: Path) -> Iterator[str]:
    """A line for each step."""
    run_module._FINISHED = 2  # the last group of reports has one
    store_module._SMALL = 0  # what is replaced is taken out first, and written then
    reports, base, whole, out = (folder / name for name in ("in", "base", "whole", "out"))
    reports.mkdir(parents=True)
    for body in _BODIES:
        (reports / f"{body}.txt").write_text(f"{body}/2020\ns{body} o\n", encoding="utf-8")
    forked(partial(_built, reports, base))
    for body in _BODIES[:3]:  # of each of these there are two years now, which both findings tell
        (reports / f"{body}-2.txt").write_text(f"{body}/2021\ns{body} o2\n", encoding="utf-8")
    (reports / f"{_BODIES[3]}.txt").unlink()
    forked(partial(_built, reports, whole))
    expected = asked(partial(_content, whole))
    step, how = 0, -signal.SIGKILL
    while how != 0:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(base, out)
        how = forked(partial(_dying, reports, out, step))
        wrong = asked(partial(unsound, out))
        wrong += " it cannot be completed" * (forked(partial(_built, reports, out)) != 0)
        wrong += asked(partial(unsound, out)) + " the store is another" * (
            asked(partial(_content, out)) != expected
        )
        yield f"{step}\t{'killed' if how == -signal.SIGKILL else 'ended' if how == 0 else how}\t{wrong.strip()}"
        step += 1


def _built(reports: Path, out: Path) -> None:
    build([reports], out=out, base="http://x/", prepare=prepare)


def _dying(reports: Path, out: Path, steps: int) -> None:
    """Build, and die at a step of ``_finish`` or after it."""
    left = [-1]
    plain = run_module._Run._finish

    def finish(run: run_module._Run) -> None:
        left[0] = steps
        plain(run)

    def step() -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    run_module._Run._finish = finish  # type: ignore[method-assign]
    at_each_step(step)
    _built(reports, out)


def _content(out: Path) -> str:
    with open_store(out / "store") as store:
        quads = [
            *(str(quad) for quad in store.quads()),
            *(f"{quad.triple} ." for quad in store.quads(DEFAULT)),
        ]
    return "\n".join(sorted(quads))


if __name__ == "__main__":
    for line in main(Path(sys.argv[1])):
        print(line, flush=True)
