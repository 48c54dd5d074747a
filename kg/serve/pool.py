"""What is asked of a store: queries of others and the server's own pages, each in a lane of its own, and what is kept of the answers."""

import asyncio
import pickle
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar, cast

from kg.serve.copies import Copies
from kg.serve.files import Files
from kg.serve.kept import Asked, Kept
from kg.serve.lane import Lane
from kg.serve.lent import Terms
from kg.serve.refusal import Refusal, Refused
from kg.serve.settings import Settings
from kg.serve.work import Call, Question, Reply, Value, uses
from kg.serve.worker import Client, Loan

T = TypeVar("T")
_MOST_KEPT = 64 << 20  # bytes, of what pages are made of
_MOST_ANSWERS = 16 << 20  # bytes, of all answers that are kept
_MOST_ANSWER = 1 << 20  # bytes, of one of them with its question
_MOST_ASKED = 10_000
_ENTRY = 2048  # bytes, about what keeping one takes besides
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID", "SERVICE")  # what makes an answer another each time


def _value(answer: Reply | Value | Refusal) -> object:
    if isinstance(answer, Refusal):
        raise Refused.of(answer)
    assert isinstance(answer, Value)
    return answer.value


class Pool:
    """Two lanes of workers: one for queries of others, which may take as long as they are let, one for what the server asks itself."""

    def __init__(self, settings: Settings) -> None:
        self._queries = Lane(settings, settings.limits.workers)
        self._pages = Lane(settings, settings.limits.pages, kind="page")
        self._copies = Copies(settings, (self._queries, self._pages))
        self._files = Files(settings.location)
        self._kept: Kept[bytes] = Kept(_MOST_KEPT)
        self._answers: Kept[Reply] = Kept(_MOST_ANSWERS)
        self._making: dict[Hashable, asyncio.Task[bytes]] = {}
        self._wanting: Counter[Hashable] = Counter()  # how many wait for each of these
        self._asked = Asked(_MOST_ASKED)

    async def open(self) -> None:
        """Start the workers."""
        await self._queries.open()
        await self._pages.open()
        self._copies.open()

    async def close(self) -> None:
        """End all workers."""
        for making in list(self._making.values()):
            making.cancel()
        await self._copies.close()
        await self._queries.close()
        await self._pages.close()

    async def ask(self, question: Question, *, own: bool = False) -> Reply | Refusal:
        """Have a question answered, or refused where too many wait, it takes too long, or its worker dies of it.

        ``own`` is a question of the server, which is soon answered. What is asked twice before the store changes is kept for who asks it
        once more.
        """
        if not self._asked.again(question):
            return await self._reply(question, own)
        state = self._files.state()
        if state is not None and (known := self._answers.get(state, question)):
            return known
        answer = await self._reply(question, own)
        if isinstance(answer, Reply):
            answer = replace(answer, quick=False)  # who asks again asks here
        if state is not None and isinstance(answer, Reply):
            size = len(answer.body) + question.size + _ENTRY
            if size <= _MOST_ANSWER and not uses(question.text, *_CHANGING):
                self._answers.put(state, question, answer, size=size)
        return answer

    async def call(self, function: Callable[..., T], *arguments: object) -> T:
        """What a function makes of the store, under the same limits; raises ``Refused``."""
        return cast(T, _value(await self._put(Call(function, arguments), own=True)))

    async def kept(self, function: Callable[..., T], *arguments: Hashable, own: bool = True) -> T:
        """What ``call`` returns, made once for each state of the store, however many wait for it; each time where that cannot be told.

        What may take long where somebody wants that is not ``own``, waits with the queries of others, and ends where nobody waits for it
        any more.
        """
        call = Call(function, arguments)
        state = self._files.state()
        if state is None:
            return cast(T, _value(await self._put(call, own=own)))
        wanted = (state, function, arguments)
        found = self._kept.get(state, wanted)
        if found is None:
            making = self._making.get(wanted)
            if making is None:
                making = asyncio.create_task(self._made(state, wanted, call, own=own))
                self._making[wanted] = making
                making.add_done_callback(lambda task: self._finished(wanted, task))
            self._wanting[wanted] += 1
            try:
                found = await asyncio.shield(making)  # who goes away does not take it from the others
            finally:
                self._wanting[wanted] -= 1
                if not self._wanting[wanted]:
                    del self._wanting[wanted]
                    if not own and not making.done():
                        self._finished(wanted, making)
                        making.cancel()
        return cast(T, pickle.loads(found))

    async def _made(self, state: object, wanted: Hashable, call: Call, *, own: bool) -> bytes:
        made = pickle.dumps(_value(await self._put(call, own=own)), protocol=5)
        self._kept.put(state, wanted, made, size=len(made))
        return made

    def _finished(self, wanted: Hashable, task: asyncio.Task[bytes]) -> None:
        if self._making.get(wanted) is task:
            del self._making[wanted]
        if task.done() and not task.cancelled():
            task.exception()  # seen, where nobody waits

    async def _reply(self, question: Question, own: bool) -> Reply | Refusal:
        answer = await self._put(question, own=own)
        assert not isinstance(answer, Value)
        return answer

    async def _put(self, question: Question | Call, *, own: bool) -> Reply | Value | Refusal:
        return await (self._pages if own else self._queries).put(question)

    def lend(self, client: Client, terms: Terms) -> Loan | None:
        """Lend a connection to the worker for queries that has fewest; None where that cannot be."""
        return self._queries.lend(client, terms)
