"""Builds that are killed, processes and all, somewhere in a phase of their work, and completed by the next.

``python -m tests.build.killed FOLDER KILLS SEED`` prints a line for each kill: phase, processes, whether the build was still
running when it was to die, and what is wrong afterwards, which is nothing. It forks for each build, so that the ontology is read once.
"""

import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import kg.build.pipeline as pipeline_module
from kg.build import build, remove
from kg.build import run as run_module
from kg.build.journal import Journal
from kg.build.pipeline import Standard, standard
from kg.export import export
from kg.store import DEFAULT, open_store
from kg.store import oxigraph as store_module
from kg.store.oxigraph import OxigraphStore

# By phase: what begins it, each time; and within how many seconds of that the build dies.
PHASES: Mapping[str, tuple[tuple[tuple[Any, str], ...], float]] = {
    "before the journal": (((Journal, "__enter__"), (run_module._Run, "_plan")), 0.005),
    "reading": (((run_module._Run, "_take"),), 0.05),
    "noting": (((Journal, "_append"),), 0.002),
    "loading": (((OxigraphStore, "add"),), 0.06),
    "removing": (((OxigraphStore, "remove"), (run_module._Run, "_sweep")), 0.02),
    "beside": (((pipeline_module, "beside_lines"), (pipeline_module, "shaped_lines"), (pipeline_module, "apply_rules")), 0.1),
    "finishing": (((OxigraphStore, "replace"),), 0.02),
    "at the end": (((run_module, "_keep"), (OxigraphStore, "close")), 0.005),
}  # fmt: skip
_LARGE = 5_000_000  # bytes of a graph of the model that is left out: that of the regions of the country
_BODIES = ("青渡市人民政府", "青渡市教育局", "澜石县人民政府", "澜石县云坪镇人民政府", "青渡市税务局")


@dataclass(frozen=True)
class Kill:
    """When a build dies: so many seconds after a phase has begun for the so-manieth time."""

    phase: str
    time: int
    delay: float
    jobs: int


def main(folder: Path, kills: int, seed: int) -> Iterator[str]:
    """A line for each kill."""
    run_module.BATCH = 20_000  # a report or two
    store_module._BULK = 200
    run_module._FINISHED = 2
    plain = pipeline_module.reference_graphs
    pipeline_module.reference_graphs = lambda *given: {
        graph: lines for graph, lines in plain(*given).items() if len(lines) < _LARGE
    }
    prepare("", "")  # read once, for all that is forked
    chance = random.Random(seed)
    reports = folder / "reports"
    write(reports, {(body, year): 1 for body in _BODIES for year in (2021, 2022)})
    base, whole = folder / "base", folder / "whole"
    forked(partial(whole_build, reports, base, 1))
    shutil.rmtree(reports)
    write(reports, {(body, year): 1 + (year == 2021) for body in _BODIES[1:] for year in (2021, 2022, 2023)})
    times: dict[str, int] = {}
    forked(partial(whole_build, reports, whole, 1))
    expected = asked(partial(digest, whole))
    for number in range(kills):
        phase, jobs = list(PHASES)[number % len(PHASES)], 2 if number % 3 == 2 else 1
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(base, out)
        if phase not in times:
            times[phase] = int(asked(partial(counted, reports, out, phase)))
            shutil.rmtree(out)
            shutil.copytree(base, out)
        kill = Kill(
            phase,
            chance.randint(1, times[phase]),
            chance.uniform(0, PHASES[phase][1]) * (chance.random() < 0.8),
            jobs,
        )
        how = forked(partial(dying, reports, out, kill))
        wrong = asked(partial(unsound, out))
        if number % 5 == 4:  # a report is taken out by hand before the build goes on
            forked(partial(taken, out))
        if resumed := forked(partial(whole_build, reports, out, 1)):
            wrong += f" the build after ended with {resumed}"
        wrong += asked(partial(unsound, out))
        wrong += " the store is another" * (asked(partial(digest, out)) != expected)
        died = "killed" if how == -signal.SIGKILL else "ended" if how == 0 else f"failed ({how})"
        yield f"{phase}\t{jobs}\t{died}\t{wrong.strip()}"


def write(folder: Path, reports: Mapping[tuple[str, int], int]) -> None:
    """Short reports of bodies and years, each in one of two wordings."""
    folder.mkdir(parents=True, exist_ok=True)
    for (body, year), wording in reports.items():
        text = f"""{body}{year}年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制本报告。
一、总体情况
{year}年，{body}通过政府网站公开政府信息{year - 1700 + 7 * wording}条，依托“青渡发布”微信公众号推送信息{wording * 31}条。举办政务公开培训班{wording + 1}期。
二、存在的主要问题及改进情况
存在的问题：一是政策解读形式单一。二是基层人员力量不足。
改进措施：一是丰富政策解读形式，全年制作图解{wording * 12}期。二是加强业务培训。
"""
        (folder / f"{_BODIES.index(body)}-{year}.txt").write_text(text, encoding="utf-8")


@cache
def _ready(base: str) -> Standard:
    return standard((), base)


def prepare(_: object, base: str) -> Standard:
    """The standard pipeline, of which a process and its forks have one."""
    return _ready(base or run_module.BASE)


def whole_build(inputs: Path, out: Path, jobs: int) -> None:
    """A build as a user makes it; raises where an input fails."""
    assert not build([inputs], out=out, jobs=jobs, prepare=standard if jobs > 1 else prepare).failed


def taken(out: Path) -> None:
    """Take the first report out, if there is one."""
    from kg.build import reports_in

    with open_store(out / "store", writable=True) as store:
        for report in reports_in(store)[:1]:
            remove(report, store)


def digest(out: Path) -> str:
    """Of the N-Quads a store is exported as."""
    made = out.with_suffix(".nq")
    with open_store(out / "store") as store:
        export(store, "nquads", made)
    return sha256(made.read_bytes()).hexdigest()


def unsound(out: Path) -> str:
    """What must hold of a store at any moment: it opens, and its default graph is the union of the others."""
    if not (out / "store" / "CURRENT").exists():
        return ""
    with open_store(out / "store") as store:
        named = {quad.triple for quad in store.quads()}
        union = {quad.triple for quad in store.quads(DEFAULT)} == named
    return "" if union else " the default graph is no union"


def at_each(phase: str, act: Callable[[], None]) -> None:
    """Do something whenever a phase begins."""
    for owner, name in PHASES[phase][0]:
        plain = getattr(owner, name)

        def then(*arguments: Any, _plain: Callable[..., Any] = plain, **options: Any) -> Any:
            act()
            return _plain(*arguments, **options)

        setattr(owner, name, then)


def counted(inputs: Path, out: Path, phase: str) -> str:
    """Build; how often a phase began."""
    seen: list[int] = []
    at_each(phase, lambda: seen.append(1))
    whole_build(inputs, out, 1)
    return str(len(seen))


def dying(inputs: Path, out: Path, kill: Kill) -> None:
    """Build, and die with all processes of the group."""
    left = [kill.time]

    def die() -> None:
        time.sleep(kill.delay)
        os.killpg(os.getpgid(0), signal.SIGKILL)

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            threading.Thread(target=die).start() if kill.delay else die()

    at_each(kill.phase, step)
    whole_build(inputs, out, kill.jobs)
    time.sleep(PHASES[kill.phase][1] if left[0] <= 0 else 0)  # the last moment to die is the end


def asked(act: Callable[[], str]) -> str:
    """What a process of its own answers: a process that has opened a store must not fork."""
    readable, writable = os.pipe()
    with open(readable, encoding="utf-8") as answers:
        code = forked(lambda: os.write(writable, act().encode()))
        os.close(writable)
        return answers.read() if code == 0 else f" looking ended with {code}"


def forked(act: Callable[[], object]) -> int:
    """Do something in a process group of its own; how it ended."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()
            act()
            code = 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__} {error}\n")
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for line in main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])):
        print(line, flush=True)
