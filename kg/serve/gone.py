"""Clients that go away before they are answered: how that is seen, and how what is done for them ends.

That a client sends no more says little, for one that only closes its sending side waits for its answer. So it is sent an interim response
(RFC 9110, section 15.2), which a system whose program has closed the socket refuses, and one that still reads passes over.
"""

import asyncio
import select
from collections.abc import Coroutine, MutableMapping
from typing import Any, TypeVar

T = TypeVar("T")
PAUSE = 0.1  # seconds between looks at a client; what is answered sooner is not looked at
INTERIM = b"HTTP/1.1 102 Processing\r\n\r\n"
OPEN, SILENT, DEAD = range(3)
_WORK, _LEFT = "kg.work", "kg.left"  # in the state of a request
_NO_MORE = getattr(select, "POLLRDHUP", 0)  # of Linux; elsewhere what the loop reads tells it


def line(descriptor: int) -> int:
    """Whether the other side of a connection may send more (``OPEN``), only reads, if that (``SILENT``), or has gone (``DEAD``).

    >>> import socket
    >>> here, there = socket.socketpair()
    >>> line(here.fileno()) == OPEN
    True
    >>> there.close()
    >>> line(here.fileno()) == DEAD, line(-1) == DEAD
    (True, True)
    >>> here.close()
    """
    if descriptor < 0:
        return DEAD
    poll = select.poll()
    poll.register(descriptor, _NO_MORE)
    events = dict(poll.poll(0)).get(descriptor, 0)
    if events & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
        return DEAD
    return SILENT if events & _NO_MORE else OPEN


def leave(state: MutableMapping[str, Any]) -> None:
    """The client of a request, of which this is the state, has gone: end what is done for it."""
    if work := state.get(_WORK):
        state[_LEFT] = True
        work.cancel()


async def attended(state: MutableMapping[str, Any], work: Coroutine[Any, Any, T]) -> T | None:
    """What is done for a request; None where its client went away before the end.

    >>> async def left():
    ...     state, work = {}, asyncio.sleep(60, "done")
    ...     asyncio.get_running_loop().call_soon(leave, state)
    ...     return await attended(state, work), await attended({}, asyncio.sleep(0, "done"))
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor() as elsewhere:  # a loop may run here
    ...     elsewhere.submit(lambda: asyncio.run(left())).result()
    (None, 'done')
    """
    task = state[_WORK] = asyncio.current_task()
    assert task is not None
    try:
        return await work
    except asyncio.CancelledError:
        if not state.get(_LEFT):
            raise
        task.uncancel()
        return None
    finally:
        state.pop(_WORK)
