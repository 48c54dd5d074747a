"""With ``in_memory`` workers are forked from a process that holds a copy of the store, and answer from it while the folder is as it was."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.errors import StoreError
from kg.serve import Limits, Settings, copies
from kg.serve.files import Files
from kg.serve.slots import QUESTION, Slots
from kg.serve.stem import Forked, Stem, check_size
from kg.serve.work import Call, Copy, Handle, Question, Reply, Value, message, receive
from kg.store import MemoryStore, OxigraphStore, Store
from tests.serve.conftest import LABEL, NAMES, filled, running
from tests.serve.test_limits import ENDLESS

QUERY = f"SELECT ?n {{ ?s {LABEL} ?n }} ORDER BY ?n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(copies, "_REST", 0.1)
    return filled(tmp_path / "store")


def settings(folder: Path, **limits: int) -> Settings:
    return Settings(str(folder), Limits(workers=1, **limits), in_memory=True)  # type: ignore[arg-type]


@contextmanager
def stem(folder: Path) -> Iterator[Stem]:
    """A stem of the store as it is, whether it grows or not."""
    made = Stem(settings(folder), Files(str(folder)).state())
    try:
        yield made
    finally:
        made.close()


@contextmanager
def worker(made: Stem) -> Iterator[tuple[Forked, Callable[[Question | Call], object]]]:
    """A worker of a stem, and what it answers."""
    channel, there = socket.socketpair()
    desk, their_desk = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    forked = made.fork(there, their_desk)
    there.close()
    their_desk.close()
    slots = Slots.new()
    socket.send_fds(desk, [b"+"], [slots.file])

    def ask(question: Question | Call) -> object:
        slots.lend(QUESTION)
        channel.sendall(b"".join(message(question)))
        return receive(channel)

    try:
        assert receive(channel) == Value(None)
        yield forked, ask
    finally:
        slots.close()
        desk.close()
        channel.close()


def emptied(folder: Path) -> None:
    """Whoever reads this store from disk now finds nothing, though its files look the same."""
    files = list(folder.glob("*.sst"))
    assert files
    for file in files:
        file.write_bytes(bytes(file.stat().st_size))


def kind(store: Store) -> str:
    return type(store).__name__


def every(store: Store) -> list[str]:
    """All quads, and the names of all graphs."""
    assert isinstance(store, (MemoryStore, OxigraphStore))
    return sorted(map(str, store.engine)) + list(store.graphs())


def test_workers_have_the_copy(folder: Path) -> None:
    with OxigraphStore(folder, writable=True) as store:
        store.update("CREATE GRAPH <http://example.org/empty>")
    with OxigraphStore(folder) as store:
        wanted = every(store)
    assert len(wanted) == 12 + 4  # six statements, each in its graph and in the union
    with stem(folder) as made:
        assert made.grown()
        for _ in range(2):
            with worker(made) as (_, ask):
                assert ask(Call(kind, ())) == Value("MemoryStore")
                assert ask(Call(every, ())) == Value(wanted)


def test_blank_nodes_and_words_of_all_kinds_are_copied(folder: Path) -> None:
    with OxigraphStore(folder, writable=True) as store:
        store.update(
            'INSERT DATA { GRAPH <http://x/g> { _:a <http://x/p> _:b . _:b <http://x/p> _:a, "a\\n\\"b\\"\\\\"@zh-Hans, "1"^^<http://x/t> . '
            "<http://x/s> <http://x/says> <<( <http://x/s> <http://x/p> 5 )>> } }"
        )
    shape = 'ASK { ?a <http://x/p> ?b . ?b <http://x/p> ?a, "a\\n\\"b\\"\\\\"@zh-Hans, "1"^^<http://x/t> . ?s <http://x/says> <<( ?s <http://x/p> 5 )>> }'
    with stem(folder) as made:
        assert made.grown()
        with worker(made) as (_, ask):
            answer = ask(Question(shape))
            assert isinstance(answer, Reply)
            assert json.loads(answer.body)["boolean"] is True


def test_change_is_seen_at_once(folder: Path) -> None:
    state = Files(str(folder)).state()
    copy = MemoryStore()
    handle = Handle(str(folder), Copy(copy, state, 0))
    assert handle.store() is copy
    with OxigraphStore(folder, writable=True) as store:
        store.update("INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> 1 } }")
    assert isinstance(handle.store(), OxigraphStore)


def test_ends_are_told(folder: Path) -> None:
    with stem(folder) as made:
        assert made.grown()
        with worker(made) as (forked, _):
            assert forked.end(soon=False) == -signal.SIGKILL
        with worker(made) as (forked, _):
            os.kill(forked.number, signal.SIGSEGV)
            assert forked.end(soon=True) == -signal.SIGSEGV
        with worker(made) as (forked, _):
            made.close()
            assert forked.end(soon=False) is None
        channel, desk = socket.socketpair()
        with channel, desk, pytest.raises(OSError, match="file descriptor"):
            made.fork(channel, desk)
        assert made.dead


def test_there_is_no_copy_of_what_is_too_large_or_broken(folder: Path) -> None:
    small = Settings(str(folder), Limits(memory=11 * 800), in_memory=True)
    assert small.most_copied == 11
    with pytest.raises(StoreError, match="12 quads, of which a worker can take 11"):
        check_size(small)
    check_size(Settings(str(folder), Limits(memory=11 * 800)))
    check_size(Settings(str(folder), Limits(memory=12 * 800), in_memory=True))
    for one in (small, settings(folder)):
        made = Stem(one, None)
        assert made.grown() == (one is not small)
        made.close()
    emptied(folder)
    with stem(folder) as made:
        assert not made.grown()


def test_other_servers_are_not_copied() -> None:
    assert Settings("http://example.org/sparql", in_memory=True).most_copied == 0


def asked(client: httpx.Client) -> list[str]:
    answer = client.get("/sparql", params={"query": QUERY}, headers={"Accept": "text/csv"})
    return answer.raise_for_status().text.splitlines()[1:]


def test_server_answers_from_memory_follows_changes_and_has_the_copy_after_a_runaway(folder: Path) -> None:
    one = Settings(str(folder), Limits(workers=1, seconds=1), in_memory=True)
    with running(one) as client:
        assert asked(client) == sorted(NAMES)
        with OxigraphStore(folder, writable=True) as store:
            store.add({"http://x/g": f'<http://x/a> {LABEL} "新来的" <http://x/g> .\n'.encode()})
        assert asked(client) == sorted((*NAMES, "新来的"))
        time.sleep(5)
        emptied(folder)
        assert asked(client) == sorted((*NAMES, "新来的"))
        assert client.get("/sparql", params={"query": ENDLESS}).status_code == 504
        assert asked(client) == sorted((*NAMES, "新来的"))
