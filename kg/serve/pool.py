"""Worker processes that can be killed: a query that takes too long ends with its process, and a new one takes its place."""

import asyncio
import multiprocessing
import pickle
import signal
import socket
import time
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar, cast

from kg.serve.kept import Kept
from kg.serve.refusal import Refusal, Refused
from kg.serve.settings import Settings
from kg.serve.work import HEAD, READY, Call, Files, Question, Reply, Value, message, unpacked, uses, work

_PROCESSES = multiprocessing.get_context("forkserver")  # a new worker in some milliseconds, its imports made
T = TypeVar("T")
_WAIT = (("Retry-After", "5"),)
_MOST_KEPT = 64 << 20  # bytes, of what pages are made of
_MOST_ANSWERS = 16 << 20  # bytes, of all answers that are kept
_MOST_ANSWER = 1 << 20  # bytes, of one of them with its question
_MOST_ASKED = 10_000
_ENTRY = 2048  # bytes, about what keeping one takes besides
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID", "SERVICE")  # what makes an answer another each time
_TRIES = 3
_BROKEN = frozenset(
    (500, 503)
)  # what comes of reading while the store is written to: no store, bad files, no memory


class _Channel(asyncio.Protocol):
    """The messages that come through a socket, each awaited before the next is asked for; much cheaper than streams."""

    def __init__(self) -> None:
        self.ready: asyncio.Future[bytearray] = asyncio.get_running_loop().create_future()
        self._data = bytearray()
        self._size = len(READY)
        self._ended = False

    def expect(self) -> asyncio.Future[bytearray]:
        """The next whole message; ``EOFError`` where the other side ends before."""
        self.ready = asyncio.get_running_loop().create_future()
        if self._ended:
            self.ready.set_exception(EOFError)
        self._data, self._size = bytearray(), 0
        return self.ready

    def late(self) -> None:
        """The time for a message is over: ``TimeoutError`` for who waits for it."""
        if not self.ready.done():
            self.ready.set_exception(TimeoutError)

    def data_received(self, data: bytes) -> None:
        """A part of a message came."""
        self._data += data
        if not self._size and len(self._data) >= HEAD.size:
            self._size = HEAD.size + HEAD.unpack_from(self._data)[0]
        if self._size and len(self._data) >= self._size and not self.ready.done():
            self.ready.set_result(self._data)
            self._data = bytearray()

    def connection_lost(self, _: Exception | None) -> None:
        """The process has ended."""
        self._ended = True
        if not self.ready.done():
            self.ready.set_exception(EOFError)
            self.ready.exception()  # seen, where nobody waits


class Worker:
    """One process with a socket to it."""

    def __init__(self, settings: Settings) -> None:
        here, there = socket.socketpair()
        self._socket = here
        self._process = _PROCESSES.Process(target=work, args=(there, settings), daemon=True)
        self._process.start()
        there.close()
        self._ends: tuple[asyncio.Transport, _Channel] | None = None

    async def open(self) -> None:
        """Wait until the process is ready; raises ``EOFError`` where it ends before."""
        loop = asyncio.get_running_loop()
        self._ends = await loop.create_connection(_Channel, sock=self._socket)
        await self._ends[1].ready

    async def ask(self, question: Question | Call, seconds: float) -> Reply | Value | Refusal:
        """Put a question; raises ``EOFError`` where the process ends before it answers, ``TimeoutError`` where that takes longer."""
        assert self._ends is not None
        transport, channel = self._ends
        given = channel.expect()
        timer = asyncio.get_running_loop().call_later(seconds, channel.late)  # a third of ``asyncio.timeout``
        try:
            transport.writelines(message(question))
            answer = unpacked(await given)
        finally:
            timer.cancel()
        assert isinstance(answer, (Reply, Value, Refusal))
        return answer

    def ended(self) -> int | None:
        """How the process came to its end: its exit code, or minus the signal that ended it."""
        self._process.join(5)
        return self._process.exitcode

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        if self._ends is not None:
            self._ends[0].abort()
        else:
            self._socket.close()
        self._process.join(5)
        self._process.close()


def _died(code: int | None) -> Refusal:
    """What a query did to the process that it ended.

    >>> _died(-signal.SIGABRT).what, _died(-signal.SIGSEGV).what
    ('the query needed too much memory', 'the query is nested too deeply')
    """
    if code in (-signal.SIGABRT, -signal.SIGKILL):  # the engine's end without memory, and the system's choice
        return Refusal(503, "the query needed too much memory", "make it more selective, or add LIMIT")
    if code in (-signal.SIGSEGV, -signal.SIGBUS):  # the engine's parser and planner go down with the text
        return Refusal(400, "the query is nested too deeply", "use fewer brackets within brackets")
    return Refusal(500, f"the process of the query ended ({code})", "please report it")


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
        self._asked: set[int] = set()
        self._free: asyncio.Queue[Worker] = asyncio.LifoQueue()  # who worked last is quickest at work again
        self._all: set[Worker] = set()
        self._waiting = 0
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Start the workers."""
        _PROCESSES.set_forkserver_preload([work.__module__])
        for _ in range(self._settings.limits.workers):
            await self._hire()

    async def close(self) -> None:
        """End all workers."""
        for task in self._tasks:
            task.cancel()
        for worker in list(self._all):
            worker.kill()
        self._all.clear()

    async def ask(self, question: Question) -> Reply | Refusal:
        """Have a question answered, or refused where too many wait, it takes too long, or its worker dies of it.

        What is asked twice before the store changes is kept for who asks it once more.
        """
        if not self._again(question):
            answer = await self._put(question)
            assert not isinstance(answer, Value)
            return answer
        state = self._files.state()
        if state is not None and (known := self._answers.get(state, question)):
            return known
        answer = await self._put(question)
        assert not isinstance(answer, Value)
        if state is not None and isinstance(answer, Reply):
            size = len(answer.body) + question.size + _ENTRY
            if size <= _MOST_ANSWER and not uses(question.text, *_CHANGING):
                self._answers.put(state, question, answer, size=size)
        return answer

    def _again(self, question: Question) -> bool:
        """Whether this was asked not long ago: most questions come once, and to look for them and to keep them takes time in vain."""
        mark = hash(question)
        if mark in self._asked:
            return True
        if len(self._asked) >= _MOST_ASKED:
            self._asked.clear()
        self._asked.add(mark)
        return False

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
                or answer.status not in _BROKEN
                or not self._files.written(since)
            ):
                break  # else a writer took files away that it was read from
        return answer

    async def _once(self, question: Question | Call) -> Reply | Value | Refusal:
        limits = self._settings.limits
        self._waiting += 1
        try:
            worker = await self._free.get()
        finally:
            self._waiting -= 1
        done = False
        try:
            answer = await worker.ask(question, limits.seconds)
            done = True
            return answer
        except TimeoutError:
            return Refusal(
                504,
                f"the query was stopped after {limits.seconds:g} seconds",
                "make it more selective, or add LIMIT",
            )
        except EOFError:
            return _died(await asyncio.to_thread(worker.ended))
        finally:  # also where the client has gone away
            if done:
                self._free.put_nowait(worker)
            else:
                self._later(self._replace(worker))

    def _later(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # seen, where nobody waits

    async def _replace(self, worker: Worker) -> None:
        self._all.discard(worker)
        await asyncio.to_thread(worker.kill)
        await self._hire()

    async def _hire(self) -> None:
        worker = await asyncio.to_thread(Worker, self._settings)
        self._all.add(worker)
        await worker.open()
        self._free.put_nowait(worker)
