"""One input becomes another: bytes and pieces inserted, repeated, exchanged, cut."""

from collections.abc import Callable, Sequence
from random import Random

_LARGEST = 60_000  # bytes


def mutate(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """A few random changes.

    >>> mutate(b"abc", Random(1), [b"X"], [b"def"]) == mutate(b"abc", Random(1), [b"X"], [b"def"])
    True
    """
    for _ in range(random.choice((1, 1, 1, 2, 3, 5, 8))):
        data = random.choice(_CHANGES)(data, random, pieces, others)
    return data[:_LARGEST]


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.choice((1, 2, 3, 8, 40, 300)))


def _cut(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _flip(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    at = random.randrange(len(data)) if data else 0
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(pieces) + data[at:]


def _exchange(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + random.choice(pieces) + data[end:]


def _repeat(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[start:end] * random.choice((2, 3, 30, 500)) + data[end:]


def _pile(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(pieces) * random.choice((5, 60, 900)) + data[at:]


def _splice(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    start, end = _stretch(other, random)
    at = random.randint(0, len(data))
    return data[:at] + (other[start:end] if random.random() < 0.7 else other[start:]) + data[at:]


def _cut_off(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    return data[: random.randint(0, len(data))]


def _exchange_words(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Change characters, not bytes, so that what is text stays text."""
    text = data.decode("utf-8", "ignore")
    at = random.randint(0, len(text))
    put = chr(
        random.choice(
            (0, 9, 10, 11, 12, 0x85, 0xAD, 0x200B, 0x2028, 0x202E, 0x3000, 0xFEFF, 0x1F600, 0xE000, 0x0301)
        )
    )
    return (text[:at] + put + text[at + random.choice((0, 1)) :]).encode()


_CHANGES: tuple[Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes], ...] = (
    _cut,
    _flip,
    _insert,
    _insert,
    _exchange,
    _repeat,
    _pile,
    _splice,
    _cut_off,
    _exchange_words,
)
