"""Writes the expected rows of each competency question, its answer over the sample reports, beside it.

Run ``python tools/expected.py`` after a change of a query, a sample or the extraction, and read what
``git diff`` shows against the reports before keeping it. ``--check`` writes nothing and exits 1 where an
answer differs. Names given (``04-applications-by-year``) restrict it to these.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kg.build import build  # noqa: E402  # the project beside this script, installed or not
from kg.query import ask, load_query, write  # noqa: E402
from kg.store import Store, open_store  # noqa: E402

QUESTIONS = ROOT / "queries" / "cq"


def answers(store: Store, names: Sequence[str] = ()) -> Iterator[tuple[Path, str]]:
    """For each competency question the file of its expected rows and its answer, with default parameters."""
    for path in sorted(QUESTIONS.glob("*.rq")):
        if not names or path.stem in names:
            yield path.with_suffix(".csv"), write(ask(store, load_query(path), {}), "csv")


def main(arguments: list[str] | None = None) -> int:
    """Build the sample reports in a temporary folder and write or compare every answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where an answer differs")
    parser.add_argument("names", nargs="*", metavar="NAME", help="questions to answer; all by default")
    options = parser.parse_args(arguments)
    changed = []
    with TemporaryDirectory() as folder:
        build([ROOT / "data" / "reports"], out=folder)
        with open_store(Path(folder) / "store") as store:
            for path, rows in answers(store, options.names):
                if path.exists() and path.read_text(encoding="utf-8") == rows:
                    continue
                changed.append(path.name)
                if not options.check:
                    path.write_text(rows, encoding="utf-8", newline="\n")
    print("\n".join(changed) or "every answer is as expected")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
