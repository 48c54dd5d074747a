"""Bodies and years side by side: the figures of gold, what is missing, what is in doubt, who leads."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.compare import Compared, as_csv, as_json, as_table, chart, compare, vega
from kg.errors import QueryError
from kg.store import MemoryStore, Store
from kg.terms import BASE, expand

GOLD = Path(__file__).parents[2] / "data" / "gold"
WORDS = {name: name for name in ("indicator", "unit", "agency", "change", "rank", "doubt", "fine")}
ROWS = {
    "本年新收政府信息公开申请数量": ("s3", "new"),
    "予以公开": ("s3", "disclosed"),
    "行政复议": ("s4", "review"),
}


def _names(gold: dict[str, Any]) -> list[str]:
    issuer = gold["report"]["issuer"]
    return [issuer] if isinstance(issuer, str) else list(issuer)


TABLES = [
    (_names(gold), str(gold["report"]["year"]), gold["tables"])
    for path in sorted(GOLD.glob("*-20*.json"))
    if "s4" in (gold := json.loads(path.read_text(encoding="utf-8"))).get("tables", {})
]


@pytest.fixture(scope="module")
def compared(sample_store: Store) -> Compared:
    return compare(sample_store, list(ROWS))


@pytest.mark.parametrize(("names", "year", "tables"), TABLES)
def test_the_figures_are_those_of_the_tables(
    names: list[str], year: str, tables: dict[str, dict[str, list[float]]], compared: Compared
) -> None:
    labels = compared.labels
    found = {
        labels[one.indicator]: one.figure.value
        for one in compared.entries
        if labels[one.agency] in names and one.year == year and one.figure is not None
    }
    assert {name: found[name] for name in ROWS} == {
        name: Decimal(str(tables[part][row][-1])) for name, (part, row) in ROWS.items()
    }


def test_the_table_of_the_samples_is_the_one_made_by_hand(sample_store: Store) -> None:
    """What a reader writes down of the reports themselves, reckoned by hand; and not one figure more."""
    text = (Path(__file__).parent / "compared.csv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(text)))
    codes = sorted({row["indicator"] for row in expected})
    columns = ("agency", "year", "value", "change", "rank", "other_values")
    found = [
        {"indicator": code, **{name: row[name] for name in columns}}
        for code in codes
        for row in csv.DictReader(io.StringIO(as_csv(compare(sample_store, [code]))))
        if row["value"]
    ]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_changes_ranks_gaps_and_doubts(compared: Compared) -> None:
    rows = {
        (row["indicator"], row["agency"], row["year"]): row
        for row in csv.DictReader(io.StringIO(as_csv(compared)))
    }
    new = "本年新收政府信息公开申请数量"
    assert rows[new, "云川市人民政府", "2022"]["change"] == "13.6"
    assert [
        rows[new, name, "2023"]["rank"]
        for name in ("云川市人民政府", "青澜县人民政府", "云川市市场监督管理局")
    ] == [
        "1",
        "2",
        "3",
    ]
    assert rows[new, "云川市望岚区人民政府", "2023"]["value"] == ""
    assert rows[new, "云川市市场监督管理局", "2022"]["other_values"] == "37"
    assert rows[new, "云川市望岚区人民政府", "2022"]["findings"] == ""
    assert rows["行政复议", "云川市人民政府", "2023"]["findings"]
    table = as_table(compared, WORDS)
    assert "39/37 !" in table
    assert "–" in table


def test_each_figure_leads_to_its_words(compared: Compared, sample_store: Store) -> None:
    from kg.query.tellings import telling

    texts = {}
    for one in json.loads(as_json(compared)):
        if one["value"]:  # zero may be said in words
            report = one["report"]
            texts.setdefault(report, telling(sample_store, report, one["year"]).text)
            assert str(one["value"]) in texts[report][one["start"] : one["end"]].replace(",", "")


def test_what_is_named_is_what_is_compared(sample_store: Store) -> None:
    found = compare(sample_store, ["青澜县人民政府", "s4.review.total"], years=(2022, 2022))
    assert [found.labels[one] for one in found.agencies] == ["青澜县人民政府"]
    assert [found.labels[one] for one in found.indicators] == ["行政复议"]
    assert found.years == ("2022",)
    with pytest.raises(QueryError, match="neither a body with a report nor an indicator"):
        compare(sample_store, ["青澜县司法局"])


def test_the_chart_has_every_figure_and_is_drawn(compared: Compared) -> None:
    described = vega(compared, WORDS)
    assert len(described["data"]["values"]) == sum(one.figure is not None for one in compared.entries)
    pytest.importorskip("vl_convert")
    assert "云川市人民政府" in chart(compared, WORDS, "svg").decode()
    assert chart(compared, WORDS, "png").startswith(b"\x89PNG")


def _copy(store: Store) -> MemoryStore:
    made = MemoryStore()
    made.add(
        {graph: "".join(f"{quad} .\n" for quad in store.quads(graph)).encode() for graph in store.graphs()}
    )
    return made


def _continued(store: Store, *pairs: tuple[str, str]) -> MemoryStore:
    """The same with bodies that went on in others, each pair the new one first."""
    made = _copy(store)
    name = f"<{BASE}agency/{{}}>"
    lines = [
        f"{name.format(new)} <{expand('pol:continues')}> {name.format(old)} <http://x/heirs> .\n"
        for new, old in pairs
    ]
    made.add({"http://x/heirs": "".join(lines).encode()})
    return made


@pytest.mark.parametrize("asked", ["衢州市人民政府", "青澜县人民政府"])
def test_a_body_under_another_name_is_one_row(sample_store: Store, asked: str) -> None:
    store = _continued(sample_store, ("青澜县人民政府", "衢州市人民政府"))
    found = compare(store, [asked, "本年新收政府信息公开申请数量"])
    assert [found.labels[one] for one in found.agencies] == ["青澜县人民政府"]
    rows = {row["year"]: row for row in csv.DictReader(io.StringIO(as_csv(found)))}
    assert rows["2020"]["agency_then"] == "衢州市人民政府"
    assert rows["2020"]["value"]
    assert rows["2022"]["value"] == "71"
    assert rows["2022"]["agency_then"] == ""
    assert "青澜县人民政府 ← 衢州市人民政府" in as_table(found, WORDS)


def test_a_merged_body_has_those_it_came_from_beside_it(sample_store: Store) -> None:
    parts = ("云川市望岚区人民政府", "衢州市人民政府")
    store = _continued(sample_store, *(("青澜县人民政府", one) for one in parts))
    found = compare(store, ["青澜县人民政府", "本年新收政府信息公开申请数量"])
    assert [found.labels[one] for one in found.agencies] == ["青澜县人民政府", *parts]
    assert "agency_then" not in as_csv(found)


@pytest.fixture(scope="module")
def peopled(sample_store: Store) -> MemoryStore:
    """The sample reports with inhabitants of two places; one city is in the vocabulary."""
    made = _copy(sample_store)
    line = '<{region}> <{population}> "{count}"^^<http://www.w3.org/2001/XMLSchema#integer> <http://x/people> .\n'
    people = {"云川市": 5_000_000, "青澜县": 400_000}
    lines = [
        line.format(region=f"{BASE}region/{place}", population=expand("pol:population"), count=count)
        for place, count in people.items()
    ]
    made.add({"http://x/people": "".join(lines).encode()})
    return made


def test_rates_are_for_so_many_inhabitants_and_rank_by_them(peopled: MemoryStore) -> None:
    found = compare(peopled, ["本年新收政府信息公开申请数量"], years=(2022, 2022), per=10_000)
    rates = {found.labels[one.agency]: (one.rate, one.rank) for one in found.entries if one.figure}
    assert rates["云川市人民政府"] == (Decimal("1.152"), 2)  # 576 of 5,000,000
    assert rates["青澜县人民政府"] == (Decimal("1.775"), 1)  # 71 of 400,000
    assert rates["青澜县松坪镇人民政府"] == (None, None)
    table = as_table(found, WORDS)
    assert "/ 10,000" in table
    assert "1.775" in table
    assert "?" in table
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert {
        (row["per"], row["population"], row["rate"]) for row in rows if row["agency"] == "青澜县人民政府"
    } == {("10000", "400000", "1.775")}
    assert {one["rate"] for one in vega(found, WORDS)["data"]["values"]} >= {1.775, 1.152}


def test_the_vocabulary_gives_the_population_of_a_city(sample_store: Store) -> None:
    found = compare(sample_store, ["衢州市人民政府", "本年新收政府信息公开申请数量"], per=10_000)
    assert set(found.population.values()) == {2_276_184}


def test_without_rates_nothing_of_them_is_written(compared: Compared) -> None:
    assert "rate" not in as_csv(compared).splitlines()[0]
    assert all(one.rate is None for one in compared.entries)


def test_prefectures_add_up_to_their_province_and_provinces_to_the_nation() -> None:
    root = Path(__file__).parents[2] / "ontology" / "vocab"
    graph = rdflib.Graph().parse(root / "population.ttl", format="turtle")
    regions = rdflib.Graph().parse(root / "regions.ttl", format="turtle")
    pol = rdflib.Namespace(expand("pol:"))
    people = {region: int(str(count)) for region, count in graph.subject_objects(pol.population)}
    provinces = [region for region in people if (region, pol.level, pol.Province) in regions]
    assert len(provinces) == 31
    assert sum(people[one] for one in provinces) == 1_411_778_724 - 2_000_000  # without those in service
    for province in provinces:
        parts = [count for region, count in people.items() if (region, pol.within, province) in regions]
        assert not parts or sum(parts) == people[province], province
