"""The server's side of a worker process: questions to it, connections lent to it, its end."""

import asyncio
import pickle
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from kg.serve.gone import PAUSE
from kg.serve.lent import Back, Terms
from kg.serve.refusal import Refusal
from kg.serve.settings import Settings
from kg.serve.slots import FREE, LENT, LOANS, QUESTION, WORKING, Slots
from kg.serve.stem import Stem, start
from kg.serve.work import HEAD, Call, Change, Question, Reply, Value, message, unpacked

LOOK = 0.02  # seconds between looks at what is lent; who is at one thing for so long keeps nobody else
_IDLE = 0.3  # seconds after which a connection that is silent comes back
_FOREVER = 1e6  # seconds
_TURN = 1.0  # seconds that a connection is lent where others wait

_LATE = {
    "query": "make it more selective, or add LIMIT",
    "page": "try again, or ask for less",
    "update": "nothing of it was written: make it more selective, or do it in parts",
    "graph": "send it again, or in parts: what is left of it is cleared away",
}


class Withdrawn(Exception):
    """A question was taken back from a worker that is at something else."""


class Client(Protocol):
    """A connection that can be lent."""

    def descriptor(self) -> int:
        """The number of its file."""

    def returned(self, unread: bytes, output: bytes, *, content: bool) -> None:
        """It is the server's again; ``content`` where lending it was worth while."""

    def refused(self, refusal: Refusal) -> None:
        """It is the server's again, and its request is to be answered so."""

    def gone(self) -> bool:
        """Whether who is at its other side has gone."""

    def lost(self) -> None:
        """It is the server's again, but what its client got or is to get cannot be told."""


@dataclass(slots=True)
class Loan:
    """A connection that is lent, since when, and when it was last seen to be answered."""

    client: Client
    since: float
    seen: float
    count: int = 0
    wanted: bool = False
    left: bool = False  # by its client, while a worker was at it

    def recall(self) -> None:
        """Have it back as soon as can be."""
        self.wanted = True


class _Channel(asyncio.Protocol):
    """The messages that come through a socket: answers, each awaited before the next is asked for, and others that come by themselves."""

    def __init__(self, told: Callable[[Back], None], ended: Callable[[], object]) -> None:
        self.answer: asyncio.Future[Reply | Value | Refusal] = asyncio.get_running_loop().create_future()
        self.ended = False
        self._told = told
        self._end = ended
        self._data = bytearray()

    def expect(self) -> "asyncio.Future[Reply | Value | Refusal]":
        """The next answer; ``EOFError`` where the other side ends before."""
        self.answer = asyncio.get_running_loop().create_future()
        if self.ended:
            self.answer.set_exception(EOFError)
        return self.answer

    def fail(self, error: Exception) -> None:
        """Who waits for an answer gets an error."""
        if not self.answer.done():
            self.answer.set_exception(error)

    def data_received(self, data: bytes) -> None:
        """A part of a message came, or one and more."""
        self._data += data
        while len(self._data) >= HEAD.size:
            size = HEAD.size + HEAD.unpack_from(self._data)[0]
            if len(self._data) < size:
                return
            whole = self._data
            self._data = whole[size:] if len(whole) > size else bytearray()
            del whole[size:]
            value = unpacked(whole)
            if isinstance(value, Back):
                self._told(value)
            elif not self.answer.done():
                assert isinstance(value, (Reply, Value, Refusal))
                self.answer.set_result(value)

    def connection_lost(self, _: Exception | None) -> None:
        """The process has ended."""
        self.ended = True
        if not self.answer.done():
            self.answer.set_exception(EOFError)
            self.answer.exception()  # seen, where nobody waits
        self._end()


class Worker:
    """One process with a socket to it, and another through which connections go; ``free`` is called when a question came back unread."""

    def __init__(self, settings: Settings, seconds: float, stem: Stem | None = None) -> None:
        self.leaving = False  # no more connections are lent to it
        self.asked = False  # and not yet answered
        self.answered = True
        self.loans: dict[int, Loan] = {}
        self.slots = Slots.new()
        self.end: asyncio.Task[int | None] | None = None
        self._socket, there = socket.socketpair()
        self._desk, their_desk = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._desk.setblocking(False)
        socket.send_fds(self._desk, [b"+"], [self.slots.file])
        self._process = start(there, their_desk, settings, stem)
        there.close()
        their_desk.close()
        self._seconds = seconds
        self._late = self._ready = False
        self._ends: tuple[asyncio.Transport, _Channel] | None = None

    async def open(self, free: Callable[["Worker"], None], ended: Callable[["Worker"], object]) -> None:
        """Wait until the process is ready; raises ``EOFError`` where it ends before."""
        self._free = free

        def end() -> None:
            if self._ready:
                ended(self)

        loop = asyncio.get_running_loop()
        self._ends = await loop.create_connection(lambda: _Channel(self._back, end), sock=self._socket)
        await self._ends[1].answer
        self._ready = True

    async def ask(self, question: Question | Call | Change) -> Reply | Value | Refusal:
        """Put a question.

        Raises ``EOFError`` where the process ends before it answers, ``TimeoutError`` where that takes too long, ``Withdrawn`` where it
        could not begin.
        """
        assert self._ends is not None
        transport, channel = self._ends
        given = channel.expect()
        limited = not isinstance(question, Change) or question.limited
        timer = asyncio.get_running_loop().call_later(
            self._seconds if limited else _FOREVER, channel.fail, TimeoutError()
        )
        try:
            self.asked = True
            self.slots.lend(QUESTION)
            transport.writelines(message(question))
            return await given
        finally:
            self.asked = self.slots[QUESTION] != FREE
            self.answered = given.done() and not given.cancelled() and given.exception() is None
            timer.cancel()

    @property
    def number(self) -> int:
        """By which the system knows the process; raises ``ValueError`` after its end."""
        return self._process.number

    @property
    def stem(self) -> Stem | None:
        """The process that it is forked from, whose copy of the store it has."""
        return self._process.stem

    @property
    def gone(self) -> bool:
        """Whether it has ended, or will at once."""
        return self.end is not None

    @property
    def begun(self) -> bool:
        """Whether it has read the last question."""
        return self.slots[QUESTION] != LENT

    def withdraw(self) -> bool:
        """Take back a question that is not begun; the worker tells when it has seen that."""
        return self.slots.take(QUESTION)

    def busy(self, now: float) -> bool:
        """Whether it has been at one thing for a while."""
        since = self.slots.since
        return since > 0 and now - since / 1e9 > LOOK

    def lends(self) -> bool:
        """Whether a connection could be lent to it."""
        return (
            self._ready
            and not self.gone
            and not self.leaving
            and len(self.loans) < len(LOANS)
            and not self.busy(time.monotonic())
            and any(self.slots[slot] == FREE for slot in LOANS)
        )

    def lend(self, client: Client, terms: Terms) -> Loan | None:
        """Lend a connection, which is not read here until it returns; None where that cannot be."""
        slot = next(slot for slot in LOANS if self.slots[slot] == FREE)
        self.slots.lend(slot)
        try:
            socket.send_fds(self._desk, [pickle.dumps((slot, terms), protocol=5)], [client.descriptor()])
        except OSError:
            self.slots[slot] = FREE
            return None
        now = time.monotonic()
        self.loans[slot] = loan = Loan(client, now, now)
        return loan

    def look(self, *, crowded: bool) -> bool:
        """Take back what is silent, what was lent long enough where others wait, and all that waits for one thing.

        False where a query on a connection is to be ended with its process, for it takes too long or its client has gone.
        """
        now = time.monotonic()
        busy = self.busy(now)
        taken = False
        for slot, loan in list(self.loans.items()):
            if (count := self.slots.count(slot)) != loan.count:
                loan.count, loan.seen = count, now
            turn = crowded and now - loan.since > _TURN
            if busy or turn or loan.wanted or now - loan.seen > _IDLE:
                taken |= self.take(slot)
        if taken:
            with suppress(OSError):
                self._desk.send(b"-")  # so that it lets go of them
        if busy and self.slots[QUESTION] == LENT and self.withdraw():
            assert self._ends is not None
            self._ends[1].fail(Withdrawn())
        since = self.slots.since
        waiting = [loan for slot, loan in self.loans.items() if since and self.slots[slot] == WORKING]
        self._late = bool(waiting) and now - since / 1e9 > self._seconds
        for loan in waiting:
            loan.left = now - since / 1e9 > PAUSE and loan.client.gone()
        return not self._late and not any(loan.left for loan in waiting)

    def take(self, slot: int) -> bool:
        """Have a connection back that the worker does not read at the moment."""
        if not self.slots.take(slot):
            return False
        self.loans.pop(slot).client.returned(b"", b"", content=True)
        return True

    def _back(self, back: Back) -> None:
        if back.slot == QUESTION:
            self.asked = False
            self._free(self)
            return
        count = self.slots.count(back.slot)
        self.slots[back.slot] = FREE
        if loan := self.loans.pop(back.slot, None):
            loan.client.returned(back.unread, back.output, content=count > 8)

    def kill(self) -> int | None:
        """End the process, whatever it does; how it came to its end: its exit code, or minus the signal that ended it."""
        return self._process.end(soon=self._ends is not None and self._ends[1].ended)

    def close(self, code: int | None) -> None:
        """Let go of all that belonged to the process, after its end; who was lent to it is told what became of that."""
        if self._ends is not None:
            self._ends[0].abort()
        else:
            self._socket.close()
        self._desk.close()
        refusal = too_late(self._seconds) if self._late else died(code)
        loans, self.loans = self.loans, {}
        for slot, loan in loans.items():
            state = self.slots[slot]
            if state == LENT:
                loan.client.returned(b"", b"", content=True)
            elif state == WORKING and not loan.left:
                loan.client.refused(refusal)
            else:
                loan.client.lost()
        self.slots.close()


def too_late(seconds: float, kind: str = "query") -> Refusal:
    """What is said of what was ended at the limit.

    >>> too_late(30).text
    'the query was stopped after 30 seconds; make it more selective, or add LIMIT\\n'
    """
    return Refusal(504, f"the {kind} was stopped after {seconds:g} seconds", _LATE[kind])


def died(code: int | None, kind: str = "query") -> Refusal:
    """What something did to the process that it ended.

    >>> died(-signal.SIGABRT).what, died(-signal.SIGSEGV, "update").what
    ('the query needed too much memory', 'the update is nested too deeply')
    """
    if code in (-signal.SIGABRT, -signal.SIGKILL):  # the engine's end without memory, and the system's choice
        return Refusal(503, f"the {kind} needed too much memory", _LATE[kind])
    if code in (-signal.SIGSEGV, -signal.SIGBUS):  # the engine's parser and planner go down with the text
        return Refusal(400, f"the {kind} is nested too deeply", "use fewer brackets within brackets")
    return Refusal(500, f"the process of the {kind} ended ({code})", "please report it")
