"""What became of a plan, on pairs of years written for it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.errors import QueryError
from kg.promises import Followed, as_html, as_text, follow
from kg.query import select
from kg.schema import load_ontology
from kg.series.promise import Judge, Promise
from kg.series.telling import Said, Telling, passages_of
from kg.store import Store
from kg.text.document import Span

ROOT = Path(__file__).parents[2]
PAIRS = yaml.safe_load((Path(__file__).parent / "fates.yaml").read_text(encoding="utf-8"))


def telling(year: int, told: str, plans: list[str]) -> Telling:
    text = "\n".join([told.replace(" ", ""), *plans])
    said = tuple(
        Said(f"plan/{year}/{number}", plan, Span(text.index(plan), text.index(plan) + len(plan)))
        for number, plan in enumerate(plans)
    )
    return Telling(f"report/{year}", year, text, passages_of(text, [one.span for one in said]), said, ())


def judged(pair: dict[str, Any]) -> list[Promise]:
    before = telling(2021, "", [promise["plan"] for promise in pair["promises"]])
    return list(Judge(before, telling(2022, pair["told"], pair["plans"]), load_ontology().words).promises())


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["told"][:8] for pair in PAIRS])
def test_each_plan_has_its_fate(pair: dict[str, Any]) -> None:
    found = judged(pair)
    assert {one.plan.words: one.fate for one in found} == {
        one["plan"]: one["fate"] for one in pair["promises"]
    }
    for one, wanted in zip(found, pair["promises"], strict=True):
        if "quote" in wanted:
            assert any(wanted["quote"] in quote.words for quote in one.quotes), one


GOLD = json.loads((ROOT / "data/gold/promises.json").read_text(encoding="utf-8"))["promises"]


@pytest.fixture(scope="module")
def followed(sample_store: Store) -> dict[tuple[str, str], Promise]:
    words = load_ontology().words
    return {
        (one.name, promise.plan.words): promise
        for one in follow(sample_store, words)
        for promise in one.promises
    }


def test_every_promise_of_the_samples_has_its_fate_and_there_are_no_others(
    followed: dict[tuple[str, str], Promise],
) -> None:
    assert {key: promise.fate for key, promise in followed.items()} == {
        (one["agency"], one["improvement"]): one["fate"] for one in GOLD
    }


@pytest.mark.parametrize(
    "one", [one for one in GOLD if "quote" in one], ids=lambda one: one["improvement"][:8]
)
def test_a_fate_rests_on_the_words_of_gold(
    one: dict[str, str], followed: dict[tuple[str, str], Promise]
) -> None:
    promise = followed[one["agency"], one["improvement"]]
    told = [*promise.quotes, *([promise.repeats] if promise.repeats else [])]
    assert any(one["quote"][:12] in said.words for said in told)
    if "repeats" in one:
        assert promise.repeats is not None
        assert one["repeats"].startswith(promise.repeats.words[:8])


def test_the_page_quotes_both_reports_and_asks_for_nothing(sample_store: Store) -> None:
    bodies = follow(sample_store, load_ontology().words, "青澜县人民政府")
    for lang in ("zh", "en"):
        page = as_html(bodies, lang)
        assert page.count("<li data-fate=") == 3
        assert "组建乡土宣讲队，用方言、土话解读政策" in page
        assert "组建乡土宣讲队13支" in page
        assert not re.search(r"(?:src|href)=|url\(|@import", page)


def test_hostile_words_are_shown_as_words() -> None:
    bad = "</script><img src=x onerror=alert(1)>"
    plan = Said("p", bad, Span(0, 1))
    one = Followed("a", bad, (2020, 2021), (Promise(plan, "r", 2020, "s", 2021, "silent"),), {"r": bad})
    assert "<img" not in as_html([one])


def test_a_body_without_reports_is_told(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="has no report"):
        follow(sample_store, load_ontology().words, "青澜县司法局")


def test_a_body_with_one_report_has_nothing_to_follow(sample_store: Store) -> None:
    (one,) = follow(sample_store, load_ontology().words, "云川学院")
    assert "nothing can be followed" in as_text([one], "en")


def test_what_fulfils_a_plan_stands_in_the_graph_with_the_words_of_both_reports(sample_store: Store) -> None:
    rows = select(
        sample_store,
        """SELECT ?plan ?mine ?source WHERE { GRAPH ?g { ?thing pol:fulfils ?plan .
          ?s rdf:subject ?thing ; rdf:predicate pol:fulfils ; rdf:object ?plan ; pol:rule ?rule ; pol:evidence ?e }
          ?plan pol:reportedIn ?mine . ?e oa:hasSource/dcterms:isFormatOf ?source ; oa:hasSelector/oa:exact ?words }""",
    )
    sources: dict[str, set[bool]] = {}
    for row in rows:
        sources.setdefault(row["plan"].value, set()).add(row["mine"] == row["source"])
    assert len(sources) >= 8
    assert set(map(frozenset, sources.values())) == {frozenset({True, False})}
    kept = {
        row["plan"].value for row in select(sample_store, "SELECT DISTINCT ?plan { ?x pol:fulfils ?plan }")
    }
    done = {
        promise.plan.iri
        for one in follow(sample_store, load_ontology().words)
        for promise in one.promises
        if promise.answers and promise.fate in ("done", "partly")
    }
    assert kept == done
