"""Results go to standard output, messages and progress to standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import write as write_file

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from kg.query import Result


def put(text: str, output: Path | None = None) -> None:
    """Write a result to a file, or to standard output at once, so that a closed pipe is noticed here."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_file(output, text)


def note(text: str) -> None:
    """Write a message for people, in one line, to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def show(result: "Result", format: str, output: Path | None = None) -> None:
    """Write an answer; on a terminal a table is fitted to its width."""
    from kg.query import Table, plain, write

    if format != "table" or output is not None or not isinstance(result, Table) or not sys.stdout.isatty():
        put(write(result, format), output)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid(*result.columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in result.rows:
        grid.add_row(*(plain(term).replace("[", "\\[") for term in row))
    Console(file=sys.stdout).print(grid)


@contextmanager
def progress(title: str) -> Iterator[tuple["Progress", "TaskID"]]:
    """A progress bar on standard error, shown on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = not console.is_terminal
    # results written while the bar is up must not be taken for messages, hence no redirection of standard output
    with Progress(*columns, console=console, transient=True, disable=hidden, redirect_stdout=False) as bar:
        yield bar, bar.add_task(title, total=None)
