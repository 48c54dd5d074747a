"""The commands that the documentation shows: run them, and compare what they answer, or write it into the pages.

The table of classes and properties, ``docs/ontology.md``, is made here too. ``python tools/examples.py`` writes; with ``--check`` it compares and writes nothing. In a ``console`` block a line
that starts with ``$`` is a command and what follows it is its answer; a last line ``…`` stands for the rest of it.
Only ``kg`` is run, in a folder of its own that holds a copy of ``data/``.
"""

import argparse
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.cli import main as kg  # noqa: E402  # the project beside this script, installed or not
from kg.ontology import reference  # noqa: E402
from kg.schema.files import extension_names  # noqa: E402

REST = "…"
REFERENCE = ROOT / "docs" / "ontology.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_LOCALE = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}


@dataclass(frozen=True, slots=True)
class Example:
    """A command as a page shows it, with the lines of its answer; none where the page leaves it out."""

    command: str
    shown: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether it is ours to run."""
        return self.command.startswith("kg ")

    def fits(self, answer: str) -> bool:
        """Whether the answer is what the page shows of it."""
        return not self.shown or self.cut(answer) == self.shown

    def cut(self, answer: str) -> tuple[str, ...]:
        """As much of the answer as the page shows.

        >>> Example("kg stats", ("reports  13", "…")).cut("reports  14\\nentities\\n")
        ('reports  14', '…')
        """
        lines = tuple(line.rstrip() for line in answer.rstrip("\n").split("\n"))
        return (*lines[: len(self.shown) - 1], REST) if self.shown and self.shown[-1] == REST else lines


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    text: str


def pages() -> list[Path]:
    """Every page of documentation."""
    return [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]


def language(page: Path) -> str:
    """The language of a page.

    >>> language(Path("README.zh-CN.md")), language(Path("README.md"))
    ('zh', 'en')
    """
    return "zh" if ".zh-" in page.name else "en"


def examples(text: str) -> list[Example]:
    """The commands of a page, in order.

    >>> examples("```console\\n$ kg stats\\nreports  13\\n$ make demo\\n```\\n")
    [Example(command='kg stats', shown=('reports  13',)), Example(command='make demo', shown=())]
    """
    return [example for block in _BLOCK.findall(text) for example in _in_block(block)]


def _in_block(block: str) -> Iterator[Example]:
    command, shown = "", []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield Example(command, tuple(shown))
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield Example(command, tuple(shown))


def run(command: str, lang: str, folder: Path) -> Ran:
    """Run ``kg`` in a folder, as a reader of that language would; results and messages in one text."""
    said = io.StringIO()
    before = {name: os.environ.get(name) for name in ("LC_ALL", "COLUMNS")}
    os.environ.update(LC_ALL=_LOCALE[lang], COLUMNS="100")
    try:
        with chdir(folder), redirect_stdout(said), redirect_stderr(said):
            kg(shlex.split(command)[1:])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    else:
        code = 0
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return Ran(code, said.getvalue())


def workplace(folder: Path) -> Path:
    """Make a folder one in which the commands of the pages run."""
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


def with_answers(text: str, answer: Callable[[str], str]) -> str:
    """A page with the answers of today."""

    def block(found: re.Match[str]) -> str:
        lines = []
        for example in _in_block(found[1]):
            shown = example.cut(answer(example.command)) if example.runs and example.shown else example.shown
            lines += [f"$ {example.command}", *shown]
        return "\n".join(["```console", *lines, "```"])

    return _BLOCK.sub(block, text)


def made() -> dict[Path, str]:
    """Pages that are made from the ontology alone."""
    return {REFERENCE: reference(extensions=extension_names())}


def main(arguments: list[str] | None = None) -> int:
    """Run every command of every page."""
    parser = argparse.ArgumentParser(description="Run the commands of the documentation.")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    check = parser.parse_args(arguments).check
    stale = []
    for page, text in made().items():
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(page.name)
            if not check:
                page.write_text(text, encoding="utf-8", newline="\n")
    with TemporaryDirectory() as temporary:
        folder = workplace(Path(temporary).resolve())
        for page in pages():
            before = page.read_text(encoding="utf-8")
            ran = {
                example.command: run(example.command, language(page), folder)
                for example in examples(before)
                if example.runs
            }
            after = with_answers(before, lambda command, ran=ran: ran[command].text)
            if after != before:
                stale.append(page.name)
                if not check:
                    page.write_text(after, encoding="utf-8", newline="\n")
    for name in stale:
        sys.stderr.write(f"{name}: {'differs' if check else 'written'}\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
