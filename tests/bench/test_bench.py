"""The benches run, and their corpus is what it says: many reports, all different, the same each time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.__main__ import main, parts, replaced
from bench.corpus import reports
from bench.skewed import COUNTRY, SHORT, skewed
from bench.table import Part
from kg.extract.extract import Extractor
from kg.terms import Mint
from kg.text import read

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("extractor"),  # held, so that what loads the core here gets it
]


def test_the_corpus_is_the_same_each_time() -> None:
    assert list(reports(25)) == list(reports(25))
    assert list(reports(25, seed=1)) != list(reports(25))


def test_a_larger_corpus_begins_with_a_smaller_one() -> None:
    small, large = list(skewed(60)), list(skewed(200))
    assert large[:60] == small
    assert list(skewed(60, seed=1)) != small
    assert len({data for _, data in large}) == 195  # five are copies
    sizes = sorted(len(data) for _, data in large)
    assert sizes[-1] > 3 * sizes[len(sizes) // 2]  # few are long


def test_short_reports_are_those_of_the_years_before_the_official_tables(
    extractor: Extractor, tmp_path: Path
) -> None:
    made = list(skewed(200, skew=SHORT))
    assert list(skewed(60, skew=SHORT)) == made[:60]
    few = 0
    for name, data in made[::8]:
        path = tmp_path / name
        path.write_bytes(data)
        found = extractor.extract(read(path, cues=extractor.ontology.cues), Mint())
        assert found.issuer
        assert found.year in SHORT.years
        few += len(found.facts) < 200
    assert 22 <= few < 26  # of 25; some have the annex


def test_reports_of_every_year_are_read(extractor: Extractor, tmp_path: Path) -> None:
    years = set()
    for name, data in list(skewed(120))[::4]:
        path = tmp_path / name
        path.write_bytes(data)
        found = extractor.extract(read(path, cues=extractor.ontology.cues), Mint())
        assert found.year in COUNTRY.years
        assert found.issuer
        years.add(found.year)
    assert len(years) > 10


def test_no_two_reports_are_the_same_one(extractor: Extractor, tmp_path: Path) -> None:
    found = []
    for number, (suffix, content) in enumerate(reports(24)):
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(content)
        found.append(extractor.extract(read(path, cues=extractor.ontology.cues), Mint()))
    assert len({one.report for one in found}) == 24
    assert all(one.issuer and one.year and len(one.facts) > 200 for one in found)


@pytest.mark.parametrize("name", list(parts(Path(), 2)))
def test_each_bench_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(
        1
    ) as aside:  # a thread has one engine of Playwright, and this one may have it already
        assert aside.submit(main, [name, "--reports", "2"]).result() == 0
    told = capsys.readouterr().out
    assert told.startswith("## ")
    assert told.count("\n| ") >= 3


def test_a_table_takes_the_place_of_the_older_one() -> None:
    page = "# A\n\n## Speed, 2 reports\n\n| old |\n\nold\n\n## More\n\nkept\n"
    made = replaced(page, Part("Speed, 9 reports", ("a",), [["1"]], "note"))
    assert made == "# A\n\n## Speed, 9 reports\n\n| a |\n| --- |\n| 1 |\n\nnote\n\n## More\n\nkept\n"
    with pytest.raises(ValueError, match="no heading"):
        replaced(page, Part("Memory", ("a",), [["1"]]))
