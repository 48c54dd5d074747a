"""Whether what came of an input is right: a result, or a refusal in one line, within its time."""

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from kg.errors import KgError

SECONDS = 10.0  # of the processor that any input may take
SECONDS_PER_MEGABYTE = 60.0  # and so much more for its size
_LONGEST = 2000  # characters of a line that refuses something
_ROOT = Path(__file__).parents[1]


class Hang(BaseException):
    """An input took longer than it may; no ``Exception``, so that nothing on the way takes it for its own."""


class ManyLines(Exception):
    """A refusal that is not one line."""


@dataclass(frozen=True, slots=True)
class Find:
    """What went wrong, and where in the project: two inputs with the same answer are one find."""

    kind: str
    place: str
    words: str = field(compare=False)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what takes longer of the processor; only in the main thread, as signals are."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds:.0f} s of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def judge(run: Callable[[bytes], object], data: bytes) -> Find | None:
    """Run an input; None where the answer is right.

    >>> judge(len, b"a"), judge(lambda data: data[5], b"a").kind
    (None, 'IndexError')
    """
    try:
        with within(SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1e6):
            run(data)
    except KgError as error:
        words = str(error)
        if len(words.splitlines()) != 1 or len(words) > _LONGEST or not error.what.strip():
            return Find("ManyLines", _place(error), words[:300])
    except (Exception, Hang) as error:
        return Find(type(error).__name__, _place(error), " ".join(str(error).split())[:300])
    return None


def _place(error: BaseException) -> str:
    """The innermost line of the project that an error passed."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT / "kg")
    ]
    if not frames:
        return "outside"
    return f"{Path(frames[-1].filename).relative_to(_ROOT).as_posix()}:{frames[-1].lineno}"
