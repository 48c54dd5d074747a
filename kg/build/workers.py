"""Files through the pipeline: in this process, or in several, always in the order given."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, Generic, TypeVar

from kg.build.outcome import Failure
from kg.errors import InputError, KgError

_LARGEST_CHUNK = 8
_FEW = 6  # files that are read sooner than processes start
_ENOUGH = (
    24  # files from which processes pay where nobody asks for them: each of them reads the ontology first
)
_AHEAD = 2  # chunks in flight for each process: enough to keep it busy, few enough to bound memory

T = TypeVar("T")  # what becomes of a file
Make = Callable[[Path], T]

MakeAll = Callable[
    [Sequence[Path], Any, "Work[Any]"], Iterator[Any]
]  # paths, pipeline, work → each outcome, in order

_pipeline: Make[Any] | None = None  # of a worker process, which has one for its life


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """How to prepare the pipeline, in whatever process."""

    prepare: Callable[[tuple[str, ...], str], Make[T]]
    extensions: tuple[str, ...]
    base: str


def make(pipeline: Make[T], path: Path) -> T | Failure:
    """One file through the pipeline; whatever goes wrong with it is told and stops nothing else."""
    try:
        return pipeline(path)
    except KgError as error:
        return Failure(str(path), str(error), lasting=isinstance(error, InputError))
    except Exception as error:  # one bad file never stops the others
        words = " ".join(f"{type(error).__name__} {error}".split())
        return Failure(str(path), f"{path}: cannot be processed ({words}); please report this")


def make_all(
    paths: Sequence[Path], pipeline: Make[T], work: Work[T], jobs: int | None
) -> Iterator[T | Failure]:
    """Every file's outcome, in order; with ``jobs`` None, as many processes as pay."""
    if jobs is None:
        jobs = (os.cpu_count() or 1) if len(paths) >= _ENOUGH else 1
    if jobs <= 1 or len(paths) <= _FEW:
        for path in paths:
            yield make(pipeline, path)
        return
    size = max(1, min(_LARGEST_CHUNK, len(paths) // (jobs * 4)))
    chunks = deque(paths[start : start + size] for start in range(0, len(paths), size))
    while chunks:
        yield from _pooled(chunks, pipeline, work, jobs)
        if chunks:  # a process died; which file killed it shows when each goes alone
            for path in chunks.popleft():
                outcome: T | Failure = _alone(path, work)
                yield outcome


def _pooled(
    chunks: deque[Sequence[Path]], pipeline: Make[T], work: Work[T], jobs: int
) -> Iterator[T | Failure]:
    """Take chunks from the left while the pool lives; on a dead process, leave what has no outcome yet."""
    flying: deque[tuple[Sequence[Path], Future[list[T | Failure]]]] = deque()
    with _pool(work, jobs) as pool:
        if not _starts(
            pool, jobs
        ):  # a caller that other processes cannot import: a console, a script from a pipe
            while chunks:
                yield from (make(pipeline, path) for path in chunks.popleft())
            return
        try:
            while chunks or flying:
                while chunks and len(flying) < jobs * _AHEAD:
                    chunk = chunks.popleft()
                    flying.append((chunk, pool.submit(_work, chunk)))
                outcomes = flying[0][1].result()
                flying.popleft()
                yield from outcomes
        except BrokenProcessPool:
            chunks.extendleft(chunk for chunk, _ in reversed(flying))


def _starts(pool: ProcessPoolExecutor, jobs: int) -> bool:
    """Whether a process of the pool comes to life; all of them get ready at the same time."""
    ready = [pool.submit(_work, ()) for _ in range(jobs)]
    try:
        ready[0].result()
    except BrokenProcessPool:
        return False
    return True


def _alone(path: Path, work: Work[T]) -> T | Failure:
    with _pool(work, 1) as pool:
        try:
            outcome: T | Failure = pool.submit(_work, [path]).result()[0]
            return outcome
        except BrokenProcessPool:
            return Failure(str(path), f"{path}: the process that read it died; leave this file out")


def _pool(work: Work[Any], jobs: int) -> ProcessPoolExecutor:
    # spawned, not forked: the store's threads do not survive a fork
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(work,))


def _start(work: Work[Any]) -> None:
    global _pipeline  # noqa: PLW0603  # a worker's only state, set once when it starts
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    _pipeline = work.prepare(work.extensions, work.base)
    gc.freeze()  # it stays: no collection need go through it


def _end_with(parent: Any) -> None:
    """A process whose parent was killed would wait for work for ever, for it holds both ends of the queue."""
    parent.join()
    os._exit(1)


def _work(paths: Sequence[Path]) -> list[Any]:
    assert _pipeline is not None
    return [make(_pipeline, path) for path in paths]
