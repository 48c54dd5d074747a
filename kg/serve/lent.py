"""Connections that the server lends to a worker, which answers plain quick queries on them itself and gives them back for all else.

The way through the server costs more than a small query. What a worker reads must be, byte by byte, what the server has read before on the
same connection, but for the query: the head after the first line is compared, not parsed. See ``slots`` for who reads when.
"""

import os
import pickle
import select
import socket
import string
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache

from kg.serve.kept import Asked
from kg.serve.refusal import Refusal, Refused
from kg.serve.request import read_operation
from kg.serve.slots import BACK, FREE, SENDING, TAKEN, WORKING, Slots
from kg.serve.work import BROKEN, QUICK, Question, Reply
from kg.serve.written import Header, written

START = b"GET /sparql?"
_MOST = 1 << 16
_MOST_ASKED = 10_000
# What needs no escape in the query of an address, and an escape's own mark (RFC 3986, section 3.4).
_QUERY = (string.ascii_letters + string.digits + "._~!$&'()*+,;=:@/?%-").encode()


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is known of the requests on a connection but their queries: what follows them, what is wanted, where it was sent.

    ``headers`` go before those of an answer, after the date where ``dated``.
    """

    rest: bytes
    accept: str
    address: str
    headers: tuple[Header, ...] = ()
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Back:
    """A connection that the worker gives back: what it has read and not answered, and what is left to be written; or the question."""

    slot: int
    unread: bytes = b""
    output: bytes = b""


def rest_of(data: bytes) -> bytes:
    """What follows the query where the data is one request for ``/sparql`` of HTTP 1.1, head and all; else nothing.

    >>> rest_of(b"GET /sparql?query=ASK HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
    b' HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'
    >>> rest_of(b"GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n"), rest_of(b"GET /sparql?a HTTP/1.1\\r\\n\\r\\n{}")
    (b'', b'')
    """
    if not data.startswith(START):
        return b""
    at = data.find(b" ", len(START))
    whole = data.startswith(b" HTTP/1.1\r\n", at) and data.find(b"\r\n\r\n") == len(data) - 4
    return data[at:] if whole else b""


def question_of(data: bytes, terms: Terms) -> Question | None:
    """What a request asks that is as plain as the terms say; None for any other bytes.

    >>> question_of(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\\r\\n\\r\\n", Terms(b" HTTP/1.1\\r\\n\\r\\n", "", "http://a/sparql"))
    Question(text='ASK{}', accept='', default_graphs=(), named_graphs=(), base='http://a/sparql')
    """
    if not data.startswith(START) or not data.endswith(terms.rest):
        return None
    end = len(data) - len(terms.rest)
    query = data[len(START) : end]
    if query.translate(None, _QUERY):
        return None
    try:
        operation = read_operation("GET", query.decode("ascii"), "", b"")
    except Refused:
        return None
    if operation is None:
        return None
    accept = operation.accept or terms.accept
    return Question(operation.text, accept, operation.default_graphs, operation.named_graphs, terms.address)


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()


class Lent:
    """The connections that a worker holds now."""

    def __init__(
        self,
        desk: socket.socket,
        slots: Slots,
        answer: Callable[[Question], object],
        tell: Callable[[Back], None],
    ) -> None:
        self.poll = select.poll()
        self.poll.register(desk, select.POLLIN)
        self._desk = desk
        self._slots = slots
        self._answer = answer
        self._tell = tell
        self._held: dict[int, tuple[int, Terms]] = {}  # by descriptor
        self._asked = Asked(_MOST_ASKED)  # the server keeps answers for who asks again
        self._last = -1

    def serve(self, ready: set[int]) -> None:
        """Take what the server lends, where that is ready, and answer one connection of those that are, each in turn."""
        if self._desk.fileno() in ready:
            self._receive()
        files = sorted(file for file in ready if file in self._held)
        if files:
            self._last = next((file for file in files if file > self._last), files[0])
            self._serve(self._last)

    def _receive(self) -> None:
        data, files, _, _ = socket.recv_fds(self._desk, _MOST, 1)
        for file in [file for file, (slot, _) in self._held.items() if self._slots[slot] == TAKEN]:
            self._drop(file, FREE)
        for file in files:
            self._held[file] = pickle.loads(data)
            self.poll.register(file, select.POLLIN)

    def _serve(self, file: int) -> None:
        slot, terms = self._held[file]
        if not self._slots.begin(slot):
            if self._slots[slot] == TAKEN:
                self._drop(file, FREE)
            return
        try:
            data = os.read(file, _MOST)
        except BlockingIOError:
            self._slots.end(slot)
            return
        except OSError:
            data = b""
        question = question_of(data, terms)
        if question is None or self._asked.again(data):
            self._give(file, unread=data)
            return
        self._slots[slot] = WORKING
        begun = time.process_time()
        answer = self._answer(question)
        assert isinstance(answer, (Reply, Refusal))
        if isinstance(answer, Refusal) and answer.status in BROKEN:
            self._give(file, unread=data)  # the server asks once more where that may help
            return
        date = ((b"date", _date(int(time.time()))),) if terms.dated else ()
        parts = written(answer, (*date, *terms.headers))
        self._slots[slot] = SENDING
        try:
            sent = os.writev(file, parts)
        except BlockingIOError:
            sent = 0
        except OSError:  # the client has gone, as the server will see
            self._give(file)
            return
        if sent < sum(map(len, parts)):
            self._give(file, output=b"".join(parts)[sent:])
        elif time.process_time() - begun > QUICK:
            self._give(file)
        else:
            self._slots.end(slot)

    def _give(self, file: int, unread: bytes = b"", output: bytes = b"") -> None:
        slot = self._drop(file, BACK)
        self._tell(Back(slot, unread, output))

    def _drop(self, file: int, state: int) -> int:
        slot = self._held.pop(file)[0]
        self.poll.unregister(file)
        os.close(file)
        if state == BACK:
            self._slots.end(slot, BACK)
        else:
            self._slots[slot] = state
        return slot
