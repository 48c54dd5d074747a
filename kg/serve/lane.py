"""Some worker processes that can be killed, and the line before them: what takes too long ends with its process, and a new one takes its place."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from kg.serve.files import Files
from kg.serve.lent import Terms
from kg.serve.refusal import Refusal
from kg.serve.settings import Settings
from kg.serve.stem import Stem
from kg.serve.work import BROKEN, Call, Change, Question, Reply, Value
from kg.serve.worker import LOOK, Client, Loan, Withdrawn, Worker, died, too_late

T = TypeVar("T")
_WAIT = (("Retry-After", "5"),)
_TRIES = 3
_PAUSE = 0.5  # seconds


class Lane:
    """Workers for one kind of work, so that it does not wait for another; questions wait in line for one that is free.

    A time limit counts from the moment a worker takes the question. ``kind`` is what is done here, for those that are refused.
    """

    def __init__(
        self, settings: Settings, workers: int, *, kind: str = "query", seconds: float | None = None
    ) -> None:
        self._settings = settings
        self._count = workers
        self._kind = kind
        self._seconds = settings.limits.seconds if seconds is None else seconds
        self._files = Files(settings.location)
        self._free: asyncio.Queue[Worker] = asyncio.LifoQueue()  # who worked last is quickest at work again
        self._all: set[Worker] = set()
        self._waiting = 0
        self._changes: set[asyncio.Task[Any]] = set()  # of workers
        self._closed = False
        self._looking: asyncio.TimerHandle | None = None
        self._stem: Stem | None = None

    async def open(self) -> None:
        """Start the workers."""
        for _ in range(self._count):
            await self._hire()

    async def close(self) -> None:
        """End all workers."""
        if self._looking:
            self._looking.cancel()
        self._closed = True
        await asyncio.gather(*self._changes, return_exceptions=True)
        workers, self._all = self._all, set()
        for worker in workers:
            worker.close(worker.kill())

    async def put(self, question: Question | Call | Change) -> Reply | Value | Refusal:
        """Have something done, or refused where too many wait, it takes too long, or its worker dies of it."""
        if self._free.empty() and self._waiting >= self._settings.limits.waiting:
            return Refusal(503, f"{self._waiting} others are waiting already", "try again later", _WAIT)
        for _ in range(_TRIES):
            since = time.time_ns()
            answer = await self._once(question)
            if (
                not isinstance(answer, Refusal)
                or answer.status not in BROKEN
                or isinstance(question, Change)
                or not self._files.written(since)
            ):
                break  # else a writer took files away that it was read from
        return answer

    async def _once(self, question: Question | Call | Change) -> Reply | Value | Refusal:
        while True:
            self._waiting += 1
            try:
                worker = await self._free.get()
            finally:
                self._waiting -= 1
            if not worker.gone and (answer := await self._ask(worker, question)) is not None:
                return answer

    async def _ask(
        self, worker: Worker, question: Question | Call | Change
    ) -> Reply | Value | Refusal | None:
        """The answer of a worker; None where it could not begin, or ended before."""
        try:
            answer = await worker.ask(question)
        except Withdrawn:
            return None  # it is free again once it has seen that
        except TimeoutError:
            if worker.withdraw():
                return None
            self._retire(worker)
            return too_late(self._seconds, self._kind)
        except EOFError:
            begun = worker.begun
            code = await asyncio.shield(self._retire(worker))
            graph = isinstance(question, Change) and not question.limited
            return died(code, "graph" if graph else self._kind) if begun else None
        except asyncio.CancelledError:  # the client has gone away
            if not self._closed and not worker.withdraw():
                if worker.answered and not worker.gone:
                    self._free.put_nowait(worker)
                else:
                    self._retire(worker)
            raise
        self._free.put_nowait(worker)
        return answer

    async def renew(self, stem: Stem) -> None:
        """Let workers that have no copy of the store, or an old one, go one after the other, each when it is free; from now on all have this one."""
        self._stem = stem
        for worker in list(self._all):
            if worker.gone or worker.stem is stem:
                continue
            worker.leaving = True
            for loan in worker.loans.values():
                loan.recall()
            while not worker.gone and (worker.loans or worker.asked):
                await asyncio.sleep(LOOK)
            self._retire(worker)

    def lend(self, client: Client, terms: Terms) -> Loan | None:
        """Lend a connection to the worker that has fewest; None where that cannot be."""
        workers = [worker for worker in self._all if worker.lends()]
        worker = min(workers, key=lambda worker: len(worker.loans), default=None)
        loan = worker.lend(client, terms) if worker else None
        if loan and not self._looking:
            self._looking = asyncio.get_running_loop().call_later(LOOK, self._look)
        return loan

    def _look(self) -> None:
        self._looking = None
        for worker in list(self._all):
            if worker.loans and not worker.look(crowded=self._waiting > 0):
                self._retire(worker)
        self._level()
        if any(worker.loans for worker in self._all):
            self._looking = asyncio.get_running_loop().call_later(LOOK, self._look)

    def _level(self) -> None:
        """Have one connection back from who has many, where another worker has fewer."""
        counts = [len(worker.loans) for worker in self._all if worker.lends()]
        most = max(self._all, key=lambda worker: len(worker.loans), default=None)
        if counts and most and len(most.loans) > min(counts) + 1:
            next(iter(most.loans.values())).recall()

    def _later(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._changes.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._changes.discard(task)
        if not task.cancelled():
            task.exception()  # seen, where nobody waits

    def _retire(self, worker: Worker) -> asyncio.Future[int | None]:
        """How a worker came to its end, which it has found or is to find now; another takes its place."""
        if worker.end is None:
            self._all.discard(worker)
            worker.end = self._later(self._bury(worker))
            if not self._closed:
                self._later(self._succeed())
        return worker.end

    def _ended_itself(self, worker: Worker) -> None:
        if worker in self._all:
            self._retire(worker)

    async def _bury(self, worker: Worker) -> int | None:
        code = await asyncio.to_thread(worker.kill)
        worker.close(code)
        return code

    async def _succeed(self) -> None:
        while not self._closed:
            try:
                await self._hire()
                return
            except (EOFError, OSError):  # the machine may have no room for it at the moment
                await asyncio.sleep(_PAUSE)

    async def _hire(self) -> None:
        worker = await asyncio.to_thread(Worker, self._settings, self._seconds, self._stem)
        self._all.add(worker)
        try:
            await worker.open(self._free.put_nowait, self._ended_itself)
        except EOFError:
            self._all.discard(worker)
            worker.close(await asyncio.to_thread(worker.kill))
            raise
        self._free.put_nowait(worker)
