"""Worker processes that can be killed: a query that takes too long ends with its process, and a new one takes its place."""

import asyncio
import pickle
import time
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import replace
from typing import Any, TypeVar, cast

from kg.serve.kept import Asked, Kept
from kg.serve.lent import Terms
from kg.serve.process import work
from kg.serve.refusal import Refusal, Refused
from kg.serve.settings import Settings
from kg.serve.work import BROKEN, Call, Files, Question, Reply, Value, uses
from kg.serve.worker import LOOK, PROCESSES, Client, Loan, Withdrawn, Worker, died, too_late

T = TypeVar("T")
_WAIT = (("Retry-After", "5"),)
_MOST_KEPT = 64 << 20  # bytes, of what pages are made of
_MOST_ANSWERS = 16 << 20  # bytes, of all answers that are kept
_MOST_ANSWER = 1 << 20  # bytes, of one of them with its question
_MOST_ASKED = 10_000
_ENTRY = 2048  # bytes, about what keeping one takes besides
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID", "SERVICE")  # what makes an answer another each time
_TRIES = 3
_PAUSE = 0.5  # seconds


def _value(answer: Reply | Value | Refusal) -> object:
    if isinstance(answer, Refusal):
        headers = {name.replace("-", "_"): value for name, value in answer.headers}
        raise Refused(answer.status, answer.what, answer.hint, **headers)
    assert isinstance(answer, Value)
    return answer.value


class Pool:
    """As many workers as the settings say; questions wait in line for one that is free.

    A time limit counts from the moment a worker takes the question.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._files = Files(settings.location)
        self._kept: Kept[bytes] = Kept(_MOST_KEPT)
        self._answers: Kept[Reply] = Kept(_MOST_ANSWERS)
        self._making: dict[Hashable, asyncio.Task[bytes]] = {}
        self._asked = Asked(_MOST_ASKED)
        self._free: asyncio.Queue[Worker] = asyncio.LifoQueue()  # who worked last is quickest at work again
        self._all: set[Worker] = set()
        self._waiting = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._changes: set[asyncio.Task[Any]] = set()  # of workers
        self._closed = False
        self._looking: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Start the workers."""
        PROCESSES.set_forkserver_preload([work.__module__])
        for _ in range(self._settings.limits.workers):
            await self._hire()

    async def close(self) -> None:
        """End all workers."""
        if self._looking:
            self._looking.cancel()
        self._closed = True
        for task in self._tasks - self._changes:
            task.cancel()
        await asyncio.gather(*self._changes, return_exceptions=True)
        workers, self._all = self._all, set()
        for worker in workers:
            worker.close(worker.kill())

    async def ask(self, question: Question) -> Reply | Refusal:
        """Have a question answered, or refused where too many wait, it takes too long, or its worker dies of it.

        What is asked twice before the store changes is kept for who asks it once more.
        """
        if not self._asked.again(question):
            answer = await self._put(question)
            assert not isinstance(answer, Value)
            return answer
        state = self._files.state()
        if state is not None and (known := self._answers.get(state, question)):
            return known
        answer = await self._put(question)
        assert not isinstance(answer, Value)
        if isinstance(answer, Reply):
            answer = replace(answer, quick=False)  # who asks again asks here
        if state is not None and isinstance(answer, Reply):
            size = len(answer.body) + question.size + _ENTRY
            if size <= _MOST_ANSWER and not uses(question.text, *_CHANGING):
                self._answers.put(state, question, answer, size=size)
        return answer

    async def call(self, function: Callable[..., T], *arguments: object) -> T:
        """What a function makes of the store, under the same limits; raises ``Refused``."""
        return cast(T, _value(await self._put(Call(function, arguments))))

    async def kept(self, function: Callable[..., T], *arguments: Hashable) -> T:
        """What ``call`` returns, made once for each state of the store, however many wait for it; each time where that cannot be told."""
        state = self._files.state()
        if state is None:
            return await self.call(function, *arguments)
        wanted = (state, function, arguments)
        found = self._kept.get(state, wanted)
        if found is None:
            making = self._making.get(wanted)
            if making is None:
                making = self._later(self._made(state, wanted, Call(function, arguments)))
                self._making[wanted] = making
                making.add_done_callback(lambda _: self._making.pop(wanted))
            found = await asyncio.shield(making)  # who goes away does not take it from the others
        return cast(T, pickle.loads(found))

    async def _made(self, state: object, wanted: Hashable, call: Call) -> bytes:
        made = pickle.dumps(_value(await self._put(call)), protocol=5)
        self._kept.put(state, wanted, made, size=len(made))
        return made

    async def _put(self, question: Question | Call) -> Reply | Value | Refusal:
        limits = self._settings.limits
        if self._free.empty() and self._waiting >= limits.waiting:
            return Refusal(503, f"{self._waiting} queries are waiting already", "try again later", _WAIT)
        for _ in range(_TRIES):
            since = time.time_ns()
            answer = await self._once(question)
            if (
                not isinstance(answer, Refusal)
                or answer.status not in BROKEN
                or not self._files.written(since)
            ):
                break  # else a writer took files away that it was read from
        return answer

    async def _once(self, question: Question | Call) -> Reply | Value | Refusal:
        while True:
            self._waiting += 1
            try:
                worker = await self._free.get()
            finally:
                self._waiting -= 1
            if not worker.gone and (answer := await self._ask(worker, question)) is not None:
                return answer

    async def _ask(self, worker: Worker, question: Question | Call) -> Reply | Value | Refusal | None:
        """The answer of a worker; None where it could not begin, or ended before."""
        try:
            answer = await worker.ask(question)
        except Withdrawn:
            return None  # it is free again once it has seen that
        except TimeoutError:
            if worker.withdraw():
                return None
            self._retire(worker)
            return too_late(self._settings.limits.seconds)
        except EOFError:
            begun = worker.begun
            code = await asyncio.shield(self._retire(worker))
            return died(code) if begun else None
        except asyncio.CancelledError:  # the client has gone away
            if not self._closed and not worker.withdraw():
                self._retire(worker)
            raise
        self._free.put_nowait(worker)
        return answer

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
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._changes.discard(task)
        if not task.cancelled():
            task.exception()  # seen, where nobody waits

    def _retire(self, worker: Worker) -> asyncio.Future[int | None]:
        """How a worker came to its end, which it has found or is to find now; another takes its place."""
        if worker.end is None:
            self._all.discard(worker)
            worker.end = self._later(self._bury(worker))
            self._changes.add(worker.end)
            if not self._closed:
                self._changes.add(self._later(self._succeed()))
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
        worker = await asyncio.to_thread(Worker, self._settings)
        self._all.add(worker)
        try:
            await worker.open(self._free.put_nowait, self._ended_itself)
        except EOFError:
            self._all.discard(worker)
            worker.close(await asyncio.to_thread(worker.kill))
            raise
        self._free.put_nowait(worker)
