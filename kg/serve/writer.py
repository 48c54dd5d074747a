"""Changes of the store, one at a time, by a process that can be ended like that of a query."""

import asyncio
from collections.abc import Sequence
from typing import cast

from kg.serve import changes
from kg.serve.lane import Lane
from kg.serve.refusal import Refusal, Refused
from kg.serve.request import Operation
from kg.serve.settings import Settings
from kg.serve.work import Change, Value
from kg.store.unfinished import unfinished

Files = Sequence[tuple[bytes, str]]
_GRACE = 5.0  # seconds for graphs that are being written when the server ends


class Writer:
    """Updates and whole graphs; raises ``Refused`` where the store cannot be written to.

    An update may go on without end, so it has a time limit, and ends where its client goes away; a graph that is sent ends where its bytes
    end, and is brought to its end whoever waits for it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        writes = settings.writable and settings.local
        self._lane = Lane(settings, int(writes), kind="update", seconds=settings.limits.writing)
        self._going: set[asyncio.Task[object]] = set()

    async def open(self) -> None:
        """Start the process, where there may be changes; what one before it did not bring to its end is cleared away."""
        await self._lane.open()
        if self._settings.writable and self._settings.local:
            await self._cleared()

    async def close(self) -> None:
        """End the process; nothing is left of an update that it is at."""
        if self._going:
            await asyncio.wait(self._going, timeout=_GRACE)
        await self._lane.close()

    async def update(self, operation: Operation, *, base: str = "") -> None:
        """Run a SPARQL update."""
        await self._do(Change(changes.update, (operation, base), {"federation": self._settings.federation}))

    async def put(self, graph: str, files: Files, *, absent: bool = False) -> bool:
        """Make what files say the whole of a graph; says whether the graph is new, and takes no other where it must be ``absent``."""
        return await self._put(graph, files, clear=True, absent=absent)

    async def post(self, graph: str, files: Files, *, absent: bool = False) -> bool:
        """Add what files say to a graph; says whether the graph is new, and takes no other where it must be ``absent``."""
        return await self._put(graph, files, clear=False, absent=absent)

    async def create(self, address: str, files: Files) -> str:
        """Make a graph below an address of what files say, and tell its name."""
        return cast(str, await self._do(Change(changes.create, (address, files), limited=False)))

    async def delete(self, graph: str) -> bool:
        """Take a graph out; says whether it was there."""
        return bool(await self._do(Change(changes.delete, (graph,), limited=False)))

    async def _put(self, graph: str, files: Files, **how: bool) -> bool:
        return bool(await self._do(Change(changes.put, (graph, files), how, limited=False)))

    async def _do(self, change: Change) -> object:
        if not self._settings.local:
            raise Refused(
                403, "this is the store of another server", "write to that server", Allow="GET, HEAD"
            )
        if change.limited:
            return await self._done(change)
        going = asyncio.create_task(self._done(change))
        self._going.add(going)
        going.add_done_callback(self._finished)
        return await asyncio.shield(going)

    def _finished(self, task: asyncio.Task[object]) -> None:
        self._going.discard(task)
        if not task.cancelled():
            task.exception()  # seen, where nobody waits

    async def _done(self, change: Change) -> object:
        answer = await self._lane.put(change)
        if isinstance(answer, Refusal):
            await self._cleared()
            raise Refused.of(answer)
        assert isinstance(answer, Value)
        return answer.value

    async def _cleared(self) -> None:
        """Clear away what a process left behind that ended in the midst of a change."""
        if unfinished(self._settings.location):
            await self._lane.put(Change(changes.repair, (), limited=False))
