"""The parts of the package: each is in the list of layers and described; each library it uses is listed."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OPTIONAL = {"datasketch", "distributed", "owlready2", "pandas", "vl-convert-python"}
UNSEEN = {
    "python-multipart",
    "httptools",
    "uvloop",
}  # starlette reads forms, uvicorn requests and events with them


def _plain(name: str) -> str:
    """A distribution's name in one form.

    >>> _plain("ahocorasick_rs>=1")
    'ahocorasick-rs'
    """
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name)[0]).lower()


def _imports() -> Iterator[str]:
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                yield node.module.partition(".")[0]


def test_each_library_that_is_used_is_listed_and_the_other_way_round() -> None:
    made_of = packages_distributions()
    used = {
        _plain(name)
        for module in set(_imports()) - set(sys.stdlib_module_names) - {"kg"}
        for name in made_of.get(module, [module])
    }
    assert (used - OPTIONAL) | UNSEEN == {_plain(name) for name in PROJECT["project"]["dependencies"]}


def test_each_part_is_described() -> None:
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    parts = [part.strip(" ()") for layer in layers for part in layer.split("|")]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("## Layers") : page.index("## Where")]
    described = [
        name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)
    ]
    assert described == parts
