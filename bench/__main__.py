"""Run the benches and print what they find; ``--write`` puts it into docs/bench.md as well, ``--into FILE`` in the place of the tables of
the same questions in a page."""

import argparse
import platform
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import ROOT
from bench.jobs import jobs
from bench.loading import growth, loading
from bench.names import names
from bench.pictures import SIZES, pictures
from bench.scale import scale
from bench.serve import serve
from bench.skewed import COUNTRY, SEED, SHORT, write_skewed
from bench.table import Part

PAGE = ROOT / "docs" / "bench.md"
HEAD = """# Bench

Written by `make bench`, see [`bench/`](../bench/README.md). The machine had {cpus} processors, Python {python}, and other work to do while this ran:
read the ratios, each of things measured in turn in one run, not the seconds.
"""


def parts(
    folder: Path, count: int, sizes: Sequence[int] = (), *, short: bool = False
) -> dict[str, Callable[[], Part | list[Part]]]:
    """Each bench by name, sized for so many reports in all."""
    reports = sorted(sizes) or sorted({max(2, count // 20), max(2, count // 2)})
    size = max(2, count // 20)
    steps = sorted({max(2, count // share) for share in (8, 4, 2, 1)})
    return {
        "names": lambda: names(folder, max(2, count // 40), 5 if count >= 100 else 1),
        "jobs": lambda: jobs(folder, max(2, count // 5), 3 if count >= 100 else 1),
        "loading": lambda: loading(folder, 5 if count >= 100 else 1, size),
        "serve": lambda: serve(folder, max(2, count // 10), 5 if count >= 100 else 0.2),
        "growth": lambda: growth(folder, steps),
        "scale": lambda: scale(folder, reports, 2, short=short),
        "view": lambda: pictures(folder, (sizes or SIZES) if count >= 100 else (60,)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the named benches, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "bench",
        nargs="*",
        help="names, jobs, loading, serve, growth, scale, view; all of them where none is given; or corpus, which writes reports",
    )
    parser.add_argument(
        "--reports", type=int, default=2000, help="how many generated reports the largest store holds"
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[],
        metavar="N,N",
        help="of scale: from how many reports to how many; of view: how many entities the pictures have, about",
    )
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    parser.add_argument("--into", type=Path, metavar="FILE", help="put each table into a page that has it")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="corpus: where to write; scale: where to work"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="corpus: another seed gives other reports")
    parser.add_argument(
        "--short", action="store_true", help="corpus, scale: short reports of the years before 2019 alone"
    )
    options = parser.parse_args(arguments)
    if options.bench == ["corpus"]:
        if options.out is None:
            parser.error("corpus needs --out DIR")
        print(
            sum(
                1
                for _ in write_skewed(
                    options.out, options.reports, seed=options.seed, skew=SHORT if options.short else COUNTRY
                )
            ),
            "reports in",
            options.out,
        )
        return 0
    with TemporaryDirectory(prefix="kg-bench-") as folder:
        known = parts(options.out or Path(folder), options.reports, options.sizes, short=options.short)
        if unknown := [name for name in options.bench if name not in known]:
            parser.error(f"no bench {', '.join(unknown)}; there are {', '.join(known)}")
        found: list[Part] = []
        for name in options.bench or known:
            made = known[name]()
            found += made if isinstance(made, list) else [made]
            print(*found[-len(made) if isinstance(made, list) else -1 :], sep="\n", flush=True)
    if options.into:
        text = options.into.read_text(encoding="utf-8")
        for part in found:
            text = replaced(text, part)
        options.into.write_text(text, encoding="utf-8")
    if options.write:
        head = HEAD.format(cpus=_processors(), python=platform.python_version())
        PAGE.write_text("\n".join([head, *map(str, found)]).rstrip("\n") + "\n", encoding="utf-8")
    return 0


def replaced(page: str, part: Part) -> str:
    """The page with a table, and what is to be known of it, in the place of that under the same heading, which ends at a comma."""
    title = re.escape(part.title.partition(",")[0])
    section = re.compile(rf"^## {title}\b.*?(?=^## |\Z)", re.M | re.S)
    if not section.search(page):
        raise ValueError(f"the page has no heading “{title}”")
    return section.sub(lambda _: f"{part}\n", page).rstrip("\n") + "\n"


def _processors() -> int:
    import os

    return os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
