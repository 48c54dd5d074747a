"""The process of a worker: it answers the server's questions and the connections it was lent, one after the other, until it is killed."""

import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from kg.serve.lent import Back, Lent
from kg.serve.refusal import Refusal
from kg.serve.settings import Settings
from kg.serve.slots import FREE, QUESTION, Slots
from kg.serve.work import QUICK, Call, Change, Copy, Handle, Question, Reply, Value, answer, message, receive

_M_ARENA_MAX = -8  # of malloc.h
_STACK = 8 << 20  # bytes, what a process has for its first thread


def work(channel: socket.socket, desk: socket.socket, settings: Settings, copy: Copy | None = None) -> None:
    """Answer ``Question`` by ``Reply`` and ``Call`` by ``Value``, either by ``Refusal``, each as ``message`` writes it.

    Through ``desk`` come the table of slots and then connections. This is done in a thread, for the heap of a process's first thread is in
    so many pieces from all the imports that the engine takes a tenth longer to find room in it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["RUST_BACKTRACE"] = "0"  # a query that ends its process is no defect to be traced
    if settings.limits.memory:
        _two_heaps()
        most = settings.limits.memory + (copy.size if copy else 0)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    threading.stack_size(_STACK)
    worker = threading.Thread(target=_work, args=(channel, desk, settings, copy))
    worker.start()
    worker.join()


def _work(channel: socket.socket, desk: socket.socket, settings: Settings, copy: Copy | None) -> None:
    _, (table,), _, _ = socket.recv_fds(desk, 1, 1)
    slots, handle = Slots(table), Handle(settings.location, copy)

    def tell(value: object) -> None:
        for part in message(value):
            channel.sendall(part)

    def ask(question: Question | Call | Change) -> Reply | Value | Refusal:
        return answer(handle, question, settings)

    lent = Lent(desk, slots, ask, tell)
    lent.poll.register(channel, select.POLLIN)
    tell(Value(None))  # ready
    while True:
        ready = {file for file, _ in lent.poll.poll()}
        if channel.fileno() in ready:
            question = receive(channel)
            if question is None:
                return
            assert isinstance(question, (Question, Call, Change))
            tell(_answered(question, slots, ask))
            ready.remove(channel.fileno())
        lent.serve(ready)


def _answered(
    question: Question | Call | Change,
    slots: Slots,
    ask: Callable[[Question | Call | Change], Reply | Value | Refusal],
) -> Reply | Value | Refusal | Back:
    """The answer to a question that the server has not put to another worker meanwhile."""
    if not slots.begin(QUESTION):
        return Back(QUESTION)
    begun = time.process_time()
    given = ask(question)
    if isinstance(given, Reply) and time.process_time() - begun < QUICK:
        given = replace(given, quick=True)
    slots.end(QUESTION, FREE)
    return given


def _two_heaps() -> None:
    """Let all threads but the first share one heap; glibc would set 64 MB of the limit aside for each of them."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
