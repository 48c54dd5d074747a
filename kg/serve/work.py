"""A process that answers queries from a read-only handle, one after the other, until it is killed or its socket closes."""

import pickle
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.query import Answer, searches, with_search, write
from kg.query.tokens import tokens
from kg.serve.capped import Capped, counted
from kg.serve.files import Files
from kg.serve.merged import MERGE, counts_twice, dataset, merged
from kg.serve.negotiation import GRAPHS, RESULTS, negotiate
from kg.serve.refusal import Refusal, Refused, refusal_of, unreadable
from kg.serve.settings import Settings
from kg.store import UNREADABLE, MemoryStore, Rows, Store, Triples, open_store
from kg.terms import PREFIXES

HEAD = struct.Struct(
    ">QBB"
)  # how long a message is, how much of it names the media type (0: it is pickled), whether it was quick
QUICK = 0.005  # seconds that a query may take whose client may ask a worker itself
BROKEN = frozenset(
    (500, 503)
)  # what comes of reading while the store is written to: no store, bad files, no memory
_ASK = {"application/sparql-results+json": "json", "application/sparql-results+xml": "xml"}
_TRIES = 5
_LONG = 1 << 16


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the ``Accept`` header of who asks, the graphs it is put to, and what its relative IRIs are relative to."""

    text: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""

    @property
    def size(self) -> int:
        """How many characters it has."""
        return sum(map(len, (self.text, self.accept, self.base, *self.default_graphs, *self.named_graphs)))


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the library to be called with the store and these arguments; never made from what a client sends."""

    function: Callable[..., object]
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A function of the library to be called with the place of the store, which it opens for writing; its arguments by place and by name.

    Only what is ``limited`` is stopped when it takes long: what that would leave half done is not.
    """

    function: Callable[..., object]
    arguments: tuple[object, ...]
    how: Mapping[str, object] = field(default_factory=dict)
    limited: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """What a called function returned."""

    value: object


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its media type and its bytes; ``quick`` where a worker has just made it, in no time."""

    kind: str
    body: bytes
    quick: bool = field(default=False, compare=False, repr=False)


def message(value: object) -> tuple[bytes, ...]:
    """What goes through a socket for a value, in one part or two; the body of a ``Reply``, which may be long, goes as it is.

    >>> unpacked(b"".join(message(Reply("text/csv", b"a,b"))))
    Reply(kind='text/csv', body=b'a,b')
    """
    if not isinstance(value, Reply):
        data = pickle.dumps(value, protocol=5)
        return (HEAD.pack(len(data), 0, False) + data,)
    kind = value.kind.encode()
    head = HEAD.pack(len(kind) + len(value.body), len(kind), value.quick) + kind
    return (head + value.body,) if len(value.body) < _LONG else (head, value.body)


def unpacked(data: bytes | bytearray) -> object:
    """The value of a whole message."""
    _, named, quick = HEAD.unpack_from(data)
    if not named:
        return pickle.loads(memoryview(data)[HEAD.size :])
    kind = data[HEAD.size : HEAD.size + named].decode()
    return Reply(kind, bytes(memoryview(data)[HEAD.size + named :]), bool(quick))


def receive(channel: socket.socket) -> object | None:
    """The next message, or None at the end; the other side waits for the answer before it sends one more."""
    data = bytearray()
    while len(data) < HEAD.size or len(data) < HEAD.size + HEAD.unpack_from(data)[0]:
        part = channel.recv(_LONG)
        if not part:
            return None
        data += part
    return unpacked(data)


@dataclass(frozen=True, slots=True)
class Copy:
    """A store in memory that holds what a folder held in a state of its files, and the bytes that it takes."""

    store: Store
    state: object
    size: int


class Handle:
    """A store opened for reading, and opened again once it has changed on disk."""

    def __init__(self, location: str, copy: Copy | None = None) -> None:
        self._location = location
        self._store: Store | None = None
        self._state: object = None
        self._files = Files(location)
        self._copy = copy

    def store(self) -> Store:
        """The store as it is now, from the copy in memory where that still holds; raises ``StoreError`` where there is none."""
        state = self._files.state()
        if self._copy:
            if self._copy.state == state:
                return self._copy.store
            self._copy = None
        if self._store is None or state != self._state:
            self._store = _opened(self._location)
            self._state = state
        return self._store


def _opened(location: str) -> Store:
    for left in reversed(range(_TRIES)):
        try:
            return open_store(location)
        except StoreError:  # a writer may be moving its files at this moment
            if not left:
                raise
    raise AssertionError


def answer(handle: Handle, question: Question | Call | Change, settings: Settings) -> Reply | Value | Refusal:
    """Answer one question, whatever happens."""
    try:
        if isinstance(question, Change):
            return Value(question.function(settings.location, *question.arguments, **question.how))
        if isinstance(question, Call):
            return Value(question.function(handle.store(), *question.arguments))
        if not settings.federation and uses(question.text, "SERVICE"):
            return Refusal(
                403,
                "SERVICE is not allowed here",
                "ask the other server directly, or start with --federation",
            )
        store = handle.store()
        default, named = question.default_graphs, question.named_graphs
        if not default and not named and uses(question.text, "FROM"):
            default, named = dataset(question.text, question.base)
        asked = with_search(store, question.text, (*default, *named))
        if counts_twice(asked, default):
            store, default = merged(store, default, named), (MERGE,)
        given = store.query(asked, default_graphs=default, named_graphs=named, base=question.base)
        return _written(given, question, settings)
    except Refused as error:
        return error.refusal
    except QueryError as error:
        if isinstance(question, Question) and error.what.startswith(UNREADABLE):
            return _wrong(question.text, error.what)
        return refusal_of(error, 404 if isinstance(question, Call) else 400)
    except StoreError as error:
        return refusal_of(error, 503)
    except KgError as error:
        return refusal_of(error, 404 if isinstance(question, Call) else 400)
    except MemoryError:
        return Refusal(503, "this needed too much memory", "ask for less, or send less at once")


def _wrong(text: str, reason: str) -> Refusal:
    """What is wrong with a query, at its place in what was sent, which is not always what was put to the engine."""
    if searches(text):
        try:
            MemoryStore().query(text)
            return Refusal(400, "the query does not parse")
        except QueryError as error:
            reason = error.what
    return unreadable(text, reason)


def uses(text: str, *keywords: str) -> bool:
    """Whether one of the keywords stands in a query as one, not in a string, an IRI or a comment.

    >>> uses("SELECT * { SERVICE <x:> {} }", "SERVICE"), uses("ASK { ?service ?p 'SERVICE' } # SERVICE", "SERVICE")
    (True, False)
    """
    capitals = text.encode().upper()  # many times as fast as of a text with Chinese in it
    if not any(keyword.encode() in capitals for keyword in keywords):
        return False
    return any(token.kind == "word" and token.text.upper() in keywords for token in tokens(text))


def _written(given: Rows | bool | Triples, question: Question, settings: Settings) -> Reply:
    graph = isinstance(given, Triples)
    offered = tuple(GRAPHS if graph else _ASK if isinstance(given, bool) else RESULTS)
    kind = negotiate(question.accept, offered)
    if not kind:
        raise Refused(
            406,
            f"no answer to this query comes as “{question.accept}”",
            f"accept one of {', '.join(offered)}",
        )
    sink = Capped(kind, most_bytes=settings.limits.bytes, most_rows=settings.limits.rows)
    try:
        if isinstance(given, Triples):
            _write_graph(counted(given, settings.limits.rows), GRAPHS[kind], sink)
        elif isinstance(given, bool):
            sink.write(write(Answer(given), _ASK[kind]).encode())
        else:
            given.solutions.serialize(cast(IO[bytes], sink), format=RESULTS[kind])
    except Refused:
        raise
    except Exception as error:
        if sink.refused:
            raise sink.refused from None
        if isinstance(error, (OSError, RuntimeError, ValueError)):
            raise Refused(500, f"the answer broke off: {error}", "try again") from None
        raise
    return Reply(kind, sink.body)


def _write_graph(triples: Iterator[ox.Triple], form: ox.RdfFormat, sink: Capped) -> None:
    named = form in (ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML)
    ox.serialize(triples, cast(IO[bytes], sink), format=form, prefixes=PREFIXES if named else None)
