"""Competency questions: the answers over the sample reports are those written beside them."""

import csv
import io
import json
from pathlib import Path

import pytest

from kg.query import ask, load_query, write
from kg.store import Store

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "queries"
TABLES = [
    p for p in sorted((ROOT / "data" / "gold").glob("*-*.json")) if '"s4"' in p.read_text(encoding="utf-8")
]
COLUMNS = {
    **{
        name: name
        for name in ("new", "carried_in", "disclosed", "partly", "unable", "other", "total", "carried_out")
    },
    "refused": "refuse",
    "ignored": "ignore",
}
QUESTIONS = sorted((QUERIES / "cq").glob("*.rq"))


@pytest.fixture(scope="module")
def store(sample_store: Store) -> Store:
    return sample_store


def test_there_are_questions_of_each_kind() -> None:
    assert len(QUESTIONS) >= 18
    assert len(list((QUERIES / "view").glob("*.rq"))) >= 6
    assert len(list((QUERIES / "lint").glob("*.rq"))) >= 3


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_answer_is_as_expected(path: Path, store: Store) -> None:
    expected = path.with_suffix(".csv")
    assert expected.exists(), f"python tools/expected.py {path.stem}"
    assert write(ask(store, load_query(path), {}), "csv") == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_expected_rows_answer_something(path: Path) -> None:
    """A question without an answer over the samples would test nothing."""
    rows = list(csv.reader(io.StringIO(path.with_suffix(".csv").read_text(encoding="utf-8"))))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_question_is_ordered(path: Path) -> None:
    assert "ORDER BY" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((QUERIES / "lint").glob("*.rq")), ids=lambda path: path.stem)
def test_the_samples_are_without_defects(path: Path, store: Store) -> None:
    query = load_query(path)
    if query.finding:  # a rule about reports, not about the graph: the samples have errors planted in them
        assert {"report", "subject", "stated", "recomputed"} <= set(ask(store, query, {}).columns)
    else:
        assert list(ask(store, query, {})) == []


@pytest.mark.parametrize("path", sorted((QUERIES / "view").glob("*.rq")), ids=lambda path: path.stem)
def test_each_view_draws_something(path: Path, store: Store) -> None:
    assert len(list(ask(store, load_query(path), {}))) > 2


def _rows(name: str) -> list[dict[str, str]]:
    text = (QUERIES / "cq" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_tables_are_answered_as_printed(path: Path) -> None:
    """The rows of two questions, worked out from the tables as annotated by hand."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    three, four = gold["tables"]["s3"], gold["tables"]["s4"]
    named = (gold["report"]["issuer"], str(gold["report"]["year"]))
    [applications] = [row for row in _rows("04-applications-by-year") if _is_of(row, *named)]
    for column, start in COLUMNS.items():
        total = sum(row[6] for code, row in three.items() if code == start or code.startswith(f"{start}_"))
        assert applications[column] == str(total), column
    [lost] = [row for row in _rows("14-reviews-and-suits") if _is_of(row, *named)]
    suits = (four["suit_direct"], four["suit_after_review"])
    assert (lost["reviews"], lost["reviews_lost"]) == (str(four["review"][4]), str(four["review"][1]))
    assert (lost["suits"], lost["suits_lost"]) == (
        str(sum(s[4] for s in suits)),
        str(sum(s[1] for s in suits)),
    )


def _is_of(row: dict[str, str], issuer: str | list[str], year: str) -> bool:
    return row["agency"] in ([issuer] if isinstance(issuer, str) else issuer) and row["year"] == year
