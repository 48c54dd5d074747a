"""The scripts that pages load, bundled from npm packages: where they are, or what to do where they are not."""

from pathlib import Path

from kg.errors import BundleError

_FOLDER = Path(__file__).parent / "_web"


def bundle(name: str) -> str:
    """The text of a bundle, such as ``network.js`` or ``yasgui.css``; raises ``BundleError`` where it was not made.

    >>> bundle("nothing.js")
    Traceback (most recent call last):
    kg.errors.BundleError: nothing.js: the scripts of the pages were not bundled; run “python hatch_build.py”, or install the package again with a network
    """
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        raise BundleError(
            "the scripts of the pages were not bundled",
            where=name,
            hint="run “python hatch_build.py”, or install the package again with a network",
        ) from None
