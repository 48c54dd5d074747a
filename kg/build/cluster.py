"""Files through the pipeline on a Dask cluster: the bytes travel with the task, so that workers share no disk with this machine.

The outcomes come in the order of the files, as those of local processes do; the store is written here.
"""

import logging
import warnings
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from kg.build.outcome import Failure, Pipeline
from kg.build.workers import Make, MakeAll, Work, make
from kg.errors import KgError, StoreError

if TYPE_CHECKING:
    from distributed import Client

_ANSWER = 10  # seconds in which a scheduler answers
_WORKERS = 20  # seconds in which a cluster without workers gets one
_FILES, _BYTES = 8, 4_000_000  # of one task
_LARGE = 20_000_000  # a file of more is read here: it is refused, and need not travel for that
_AHEAD = 2  # tasks in flight for each thread of the cluster
_LOOK = 2  # seconds between two looks whether there are workers
_AGAIN = "what is in the store stays; the next build goes on from there"

T = TypeVar("T")
_Files = tuple[tuple[str, bytes], ...]  # path on the machine that builds, content


def _release() -> str:
    try:
        return version("policy-kg")
    except PackageNotFoundError:  # a checkout that is not installed
        return ""


@contextmanager
def on_cluster(address: str) -> Iterator[MakeAll]:
    """Files through the workers of a scheduler; closed again, the cluster goes on.

    Raises ``StoreError`` where nobody answers, or no worker comes in a short while.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "install policy-kg[cluster]"
        raise StoreError("distributed is not installed", where=address, hint=hint) from None
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told once, below
    client: Any = _connected(Client, address)
    try:
        yield lambda paths, pipeline, work: _make_all(client, address, paths, pipeline, work)
    finally:
        client.close(timeout=_ANSWER)


def _connected(kind: "type[Client]", address: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of other versions of Dask there: what has to be the same is checked below
            client: Any = kind(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        words = " ".join(str(error).split())[:120]
        hint = "is the scheduler running? its address is like tcp://host:8786"
        raise StoreError(f"no scheduler answers ({words})", where=address, hint=hint) from None
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
    except TimeoutError:
        client.close(timeout=_ANSWER)
        raise StoreError(
            f"the cluster has had no worker for {_WORKERS} seconds",
            where=address,
            hint=f"start some: dask worker {address}",
        ) from None
    return client


def _make_all(
    client: "Client", address: str, paths: Sequence[Path], pipeline: Pipeline, work: Work[Any]
) -> Iterator[Any]:
    """Every file's outcome, in order; so many tasks are in flight as keep the cluster busy."""
    waiting = _chunks(paths)
    flying: deque[tuple[_Files | Path, Any]] = deque()
    more = True
    while more or flying:
        threads = sum(_told(client.ncores, address).values()) if more else 0
        while more and len(flying) < _AHEAD * max(1, threads):
            chunk = next(waiting, None)
            if chunk is None:
                more = False
            elif isinstance(chunk, Path):
                flying.append((chunk, None))
            else:
                flying.append((chunk, _send(client, chunk, pipeline, work)))
        if flying:
            chunk, future = flying.popleft()
            if isinstance(chunk, Path):
                yield make(pipeline, chunk)
            else:
                yield from _outcomes(client, address, chunk, future, pipeline, work)


def _chunks(paths: Iterable[Path]) -> Iterator[_Files | Path]:
    """Files with their bytes, some together; a file that cannot be read, or is too large to be a report, as its path."""
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for path in paths:
        try:
            data = path.read_bytes() if path.stat().st_size <= _LARGE else None
        except OSError:
            data = None
        if chunk and (data is None or len(chunk) >= _FILES or size + len(data) > _BYTES):
            yield tuple(chunk)
            chunk, size = [], 0
        if data is None:
            yield path
        else:
            chunk.append((str(path), data))
            size += len(data)
    if chunk:
        yield tuple(chunk)


def _send(client: "Client", files: _Files, pipeline: Pipeline, work: Work[Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a large task: a report may have 20 MB
        return client.submit(read_there, files, work, pipeline.digest, _release(), pure=False)


def _outcomes(
    client: "Client",
    address: str,
    files: _Files,
    future: Any,
    pipeline: Pipeline,
    work: Work[Any],
    *,
    alone: bool = False,
) -> Iterator[Any]:
    from distributed import KilledWorker

    try:
        yield from _result(client, address, future)
    except KilledWorker:  # which file killed the workers shows when each goes alone
        for path, data in files:
            if alone:
                yield Failure(path, f"{path}: the workers that read it died; leave this file out")
            else:
                one = ((path, data),)
                sent = _send(client, one, pipeline, work)
                yield from _outcomes(client, address, one, sent, pipeline, work, alone=True)


def _result(client: "Client", address: str, future: Any) -> list[Any]:
    """What a task answers; raises ``StoreError`` where scheduler or workers are gone, ``KilledWorker`` where it kills them."""
    from distributed import KilledWorker

    lonely = 0
    while True:
        try:
            outcomes: list[Any] = _told(partial(future.result, timeout=_LOOK), address)
            return outcomes
        except TimeoutError:
            lonely = 0 if _told(client.ncores, address) else lonely + _LOOK
        except (KgError, KilledWorker):
            raise
        except Exception as error:
            words = " ".join(f"{type(error).__name__} {error}".split())[:200]
            hint = "workers need this version of policy-kg and of Python"
            raise StoreError(f"a worker cannot read reports ({words})", where=address, hint=hint) from None
        if lonely >= _WORKERS:
            raise StoreError("no worker is left", where=address, hint=_AGAIN)


def _told(ask: Callable[[], T], address: str) -> T:
    """What the scheduler says; one line where it is gone."""
    try:
        return ask()
    except TimeoutError:
        raise
    except (OSError, CancelledError) as error:
        words = " ".join(str(error).split())[:120]
        raise StoreError(f"the scheduler is gone ({words})", where=address, hint=_AGAIN) from None


_one = Lock()  # a worker may have threads, and not all readers of formats can be used by two
_pipelines: dict[str, Make[Any]] = {}  # of a worker, by digest; it has one for each version of the ontology


def read_there(files: _Files, work: Work[Any], digest: str, release: str) -> list[Any]:
    """What a worker does: read files that came as bytes; raises ``StoreError`` where it would read them differently."""
    with _one, TemporaryDirectory(prefix="kg-") as folder:
        if digest not in _pipelines:
            _pipelines[digest] = _prepared(work, digest, release)
        outcomes = []
        for path, data in files:
            here = Path(folder) / Path(path).name
            here.write_bytes(data)
            outcome = make(_pipelines[digest], here)
            here.unlink()
            if isinstance(outcome, Failure):
                outcome = replace(outcome, path=path, message=outcome.message.replace(str(here), path))
            outcomes.append(outcome)
        return outcomes


def _prepared(work: Work[Any], digest: str, release: str) -> Any:
    from distributed import get_worker

    where = f"worker {get_worker().address}"
    hint = f"install policy-kg {release} there, with the same ontology"
    try:
        pipeline: Any = work.prepare(work.extensions, work.base)
    except KgError as error:
        raise StoreError(str(error), where=where, hint=hint) from None
    if pipeline.digest != digest:
        what = (
            f"version {_release()} of policy-kg" if _release() != release else "another ontology or program"
        )
        raise StoreError(f"has {what}", where=where, hint=hint)
    return pipeline
