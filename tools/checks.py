"""Writes ``docs/checks.md``: every code of ``kg check`` with reason, example and how to mend it, from the ontology.

Run ``python tools/checks.py`` after an edit of ``ontology/vocab/findings.ttl``; ``--check`` only says whether the page would change.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kg.inspect import as_markdown  # noqa: E402  # the project beside this script, installed or not
from kg.schema.findings import declared  # noqa: E402

PAGE = ROOT / "docs" / "checks.md"
HEAD = """# What `kg check` finds

Each finding has a code. `kg check --explain FORM-R3` tells what stands here; `--select` and `--ignore` take codes or their beginnings. The
text is that of [`ontology/vocab/findings.ttl`](../ontology/vocab/findings.ttl); `python tools/checks.py` writes this page.

What is checked is data where it can be: the sums in `ontology/vocab/form.ttl` and `ontology/vocab/checks.ttl` (`pol:Balance`), what a report must
say (`pol:Requirement`), the words that checks look for (`pol:Vocabulary`), documents no longer in force (`pol:lapsed`, `pol:lapsedNumber` in
`ontology/vocab/policies.ttl`), and rules over the graph, which are queries in [`queries/lint`](../queries/README.md). An extension may bring more of
each: [`ontology/extensions/press`](../ontology/extensions/press) has a code and a rule of its own. The SHACL shapes of an extension are checked, too,
in a file by `kg check --extension` and in the store by `kg build --extension`; a shape may name its code (`pol:codeOfFinding`), else it is `SHAPE`.

After `kg build` the same findings stand in the graph `<report>/checks`. Those that rest on another year's report (`SERIES-…`) are made anew when
that report comes, changes or goes; `pol:rule` tells them from what a report alone shows.

"""


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or with ``--check`` say whether it would change."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page differs")
    text = HEAD + as_markdown(declared())
    current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if parser.parse_args(arguments).check:
        return 0 if current else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
