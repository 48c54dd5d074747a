"""A process that holds a copy of the store in memory; workers are forked from it, and each has the copy at once.

The copy is a snapshot of the folder in one state: a worker answers from it as long as the folder is in that state, and from the folder
else. Pages of memory are shared until a query counts references in them, so in the end each worker has most of the copy for itself.
"""

import multiprocessing
import os
import signal
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.serve.files import Files
from kg.serve.process import work
from kg.serve.settings import Settings
from kg.serve.work import Copy
from kg.store import MemoryStore, OxigraphStore

_PROCESSES = multiprocessing.get_context("forkserver")  # a new worker in some milliseconds, its imports made
_PROCESSES.set_forkserver_preload([__name__])
_ALONE = (
    threading.Lock()
)  # who starts a process looks which others have ended, and two who look take it from each other
_ORDER = struct.Struct(">cq?")  # what is wanted, of which process, whether that is about to end by itself
_NUMBER = struct.Struct(">q")
_FORK, _END = b"+", b"-"
_SOON = 5.0  # seconds that a process has to end by itself
_PATIENCE = 20.0  # seconds for a fork, or an end


class Process(Protocol):
    """The process of a worker, whoever started it."""

    @property
    def number(self) -> int:
        """By which the system knows it; raises ``ValueError`` after its end."""

    @property
    def stem(self) -> "Stem | None":
        """What it was forked from."""

    def end(self, *, soon: bool) -> int | None:
        """End it, which may be about to end by itself; its exit code, minus the signal that ended it, or None where nobody knows."""


class Fresh:
    """A process that begins with the imports and opens the folder."""

    stem = None

    def __init__(self, channel: socket.socket, desk: socket.socket, settings: Settings) -> None:
        self._process = _PROCESSES.Process(target=work, args=(channel, desk, settings), daemon=True)
        with _ALONE:
            self._process.start()

    @property
    def number(self) -> int:
        """See ``Process``."""
        return self._process.pid or 0

    def end(self, *, soon: bool) -> int | None:
        """See ``Process``."""
        with _ALONE:
            if soon:
                self._process.join(_SOON)
            self._process.kill()
            self._process.join(_SOON)
            code = self._process.exitcode
            self._process.close()
        return code


class Stem:
    """The server's side of such a process; ``state`` is that of the folder before the copy was begun."""

    def __init__(self, settings: Settings, state: object) -> None:
        self.state = state
        self.dead = False
        self._forked = 0
        self._over = False
        self._lock = threading.Lock()
        self._channel, there = socket.socketpair()
        self._process = _PROCESSES.Process(target=grow, args=(there, settings), daemon=True)
        with _ALONE:
            self._process.start()
        there.close()

    def grown(self) -> bool:
        """Wait until the copy is there; False where there will be none: the store is too large, or cannot be read."""
        try:
            return bool(self._channel.recv(1))
        except OSError:
            return False
        finally:
            with suppress(OSError):
                self._channel.settimeout(_PATIENCE)

    def fork(self, channel: socket.socket, desk: socket.socket) -> "Forked":
        """A worker that has the copy; raises ``OSError`` where none can be had."""
        with self._lock:
            number = self._asked(_ORDER.pack(_FORK, 0, False), [channel.fileno(), desk.fileno()])
            self._forked += 1
        return Forked(self, number)

    def end(self, number: int, *, soon: bool) -> int | None:
        """End a worker; see ``Process``."""
        with self._lock:
            try:
                code = self._asked(_ORDER.pack(_END, number, soon))
            except OSError:
                with suppress(OSError):
                    os.kill(number, signal.SIGKILL)
                code = None
            self._forked -= 1
            if self._over and not self._forked:
                self.close()
        return code

    def over(self) -> None:
        """No more are wanted: it ends after the last of those that are."""
        with self._lock:
            self._over = True
            if not self._forked:
                self.close()

    def close(self) -> None:
        """End it at once."""
        self.dead = True
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)  # who waits for it is told
        self._channel.close()
        with _ALONE, suppress(ValueError):  # ended before
            self._process.kill()
            self._process.join(_SOON)
            self._process.close()

    def _asked(self, order: bytes, files: list[int] | None = None) -> int:
        try:
            socket.send_fds(self._channel, [order], files or [])
            answer = self._channel.recv(_NUMBER.size, socket.MSG_WAITALL)
        except OSError:
            self.dead = True
            raise
        if len(answer) < _NUMBER.size:
            self.dead = True
            raise ConnectionError("the process with the copy has ended")
        return int(_NUMBER.unpack(answer)[0])


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that a stem made of itself."""

    stem: Stem
    number: int

    def end(self, *, soon: bool) -> int | None:
        """See ``Process``."""
        return self.stem.end(self.number, soon=soon)


def start(channel: socket.socket, desk: socket.socket, settings: Settings, stem: Stem | None) -> Process:
    """The process of a new worker, with the copy where there is one."""
    if stem and not stem.dead:
        with suppress(OSError):
            return stem.fork(channel, desk)
    return Fresh(channel, desk, settings)


def grow(channel: socket.socket, settings: Settings) -> None:
    """What the process does: copy the store, then fork and end workers as it is told, until the server closes the channel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    before, files = _size(), Files(settings.location)
    state = files.state()
    store = _copied(settings.location, settings.most_copied)
    if store is None or state is None or files.state() != state:
        return
    copy = Copy(store, state, max(_size() - before, 0))
    with suppress(OSError):
        channel.sendall(b"+")
        while True:
            order, handed, _, _ = socket.recv_fds(channel, _ORDER.size, 2, socket.MSG_WAITALL)
            if len(order) < _ORDER.size:
                return
            kind, number, soon = _ORDER.unpack(order)
            answer = _forked(channel, handed, settings, copy) if kind == _FORK else _ended(number, soon)
            channel.sendall(_NUMBER.pack(answer))


def _forked(channel: socket.socket, files: list[int], settings: Settings, copy: Copy) -> int:
    number = os.fork()
    if not number:
        code = 1
        try:
            channel.close()
            theirs, desk = (socket.socket(fileno=file) for file in files)
            work(theirs, desk, settings, copy)
            code = 0
        finally:
            os._exit(code)  # nothing of the stem's is to be cleaned up here
    for file in files:
        os.close(file)
    return number


def _ended(number: int, soon: bool) -> int:
    last = time.monotonic() + _SOON
    while soon and time.monotonic() < last:
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(number, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def _copied(folder: str, most: int) -> MemoryStore | None:
    """All that a folder holds; another process reads it, for the engine has threads where it reads files, and no fork has those."""
    there, here = os.pipe()
    reader = os.fork()
    if not reader:
        code = 1
        try:
            os.close(there)
            with OxigraphStore(folder) as store, open(here, "wb", buffering=1 << 20) as sink:
                if len(store.engine) <= most:
                    sink.write("".join(f"{graph}\n" for graph in (*store.graphs(), "")).encode())
                    store.engine.dump(sink, ox.RdfFormat.N_QUADS)
                    code = 0
        finally:
            os._exit(code)
    os.close(here)
    copy = MemoryStore(folder)
    with open(there, "rb", buffering=1 << 20) as source:
        for line in iter(source.readline, b"\n"):
            if not line:
                break  # there is nothing
            copy.engine.add_graph(ox.NamedNode(line.decode().strip()))  # those without a statement, too
        copy.engine.bulk_load(source, ox.RdfFormat.N_QUADS)
    _, status = os.waitpid(reader, 0)
    return None if status else copy


def _size() -> int:
    """The bytes of memory that this process has asked for; 0 where the system does not tell."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def check_size(settings: Settings) -> None:
    """Raise ``StoreError`` where the store is to be copied and is too large."""
    if not settings.most_copied:
        return
    with OxigraphStore(settings.location) as store:
        count = len(store.engine)
    if count > settings.most_copied:
        raise StoreError(
            f"too large to be held in memory: {count:,} quads, of which a worker can take {settings.most_copied:,}",
            where=settings.location,
            hint="leave out --in-memory",
        )
