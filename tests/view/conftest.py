"""A small network made by hand, some of its names hostile, and a page of it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph import reference_graphs
from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.model import Model
from kg.store import MemoryStore
from kg.terms import Mint, expand
from kg.view import html

MINT = Mint()
CITY, OFFICE = MINT.entity("agency", "云川市人民政府"), MINT.entity("agency", "云川市人民政府办公室")
REPORT = MINT.report("云川市人民政府", 2020)
RULES, SITE, APP = (
    MINT.entity("policy", "办法"),
    MINT.entity("platform", "网站"),
    MINT.entity("platform", "小程序"),
)
REFORM, FIGURE = MINT.entity("initiative", "改革"), MINT.within(REPORT, "observation", "s3.new")
INDICATOR, REGION = MINT.within(REPORT, "indicator", "申请"), MINT.entity("region", "云川市")
HOSTILE = {
    "script": "</script><script>window.broken = true</script>",
    "markup": "<img src=x onerror=\"window.broken=1\"> & 'quoted'",
    "template": "{{ 7 * 7 }} {% raw %} ${x}",
    "lines": "one\u2028two\u2029three",
    "emoji": "政务👩🏽‍💻公开",
    "rtl": "مبادرة الإفصاح",
    "long": "公开" * 5000,
}


@dataclass(frozen=True)
class Said:
    """One statement of a report: with the words it rests on and what stands around them."""

    subject: str
    predicate: str
    value: ox.NamedNode | ox.Literal
    exact: str
    prefix: str = "前文，"
    suffix: str = "，后文。"
    page: int = 0


def fact(subject: str, predicate: str, value: str, exact: str = "原文", **more: Any) -> Said:
    term = ox.NamedNode(value) if "://" in value else ox.Literal(value)
    return Said(subject, expand(predicate), term, exact, **more)


def say(store: MemoryStore, report: str, names: dict[str, Iterable[str]], facts: Iterable[Said]) -> None:
    """Put a report into a store, as the build writes it."""
    quads: list[tuple[str, str, str, ox.NamedNode | ox.Literal]] = []
    for iri, (name, *forms) in names.items():
        quads.append((report, iri, expand("skos:prefLabel"), ox.Literal(name, language="zh")))
        quads.append((report, iri, expand("rdfs:label"), ox.Literal(name, language="zh")))
        quads += [(report, iri, expand("skos:altLabel"), ox.Literal(form, language="zh")) for form in forms]
    grounds, text = f"{report}/evidence", ox.NamedNode(f"{report}/text")
    quads.append((grounds, text.value, expand("dcterms:isFormatOf"), ox.NamedNode(report)))
    for number, said in enumerate(facts):
        place, statement = f"{report}/evidence/{number}", f"{report}/fact/{number}"
        quads += [
            (report, said.subject, said.predicate, said.value),
            (grounds, statement, expand("rdf:subject"), ox.NamedNode(said.subject)),
            (grounds, statement, expand("rdf:predicate"), ox.NamedNode(said.predicate)),
            (grounds, statement, expand("rdf:object"), said.value),
            (grounds, statement, expand("pol:evidence"), ox.NamedNode(place)),
            (grounds, place, expand("oa:hasSource"), text),
            (grounds, place, expand("oa:hasSelector"), ox.NamedNode(f"{place}/position")),
            (grounds, place, expand("oa:hasSelector"), ox.NamedNode(f"{place}/quote")),
            (grounds, place, expand("pol:section"), ox.Literal("一、总体情况")),
            (grounds, f"{place}/position", expand("oa:start"), ox.Literal(number)),
            (grounds, f"{place}/quote", expand("oa:exact"), ox.Literal(said.exact)),
            (grounds, f"{place}/quote", expand("oa:prefix"), ox.Literal(said.prefix)),
            (grounds, f"{place}/quote", expand("oa:suffix"), ox.Literal(said.suffix)),
        ]
        if said.page:
            quads.append((grounds, place, expand("pol:page"), ox.Literal(said.page)))
    lines: dict[str, list[str]] = {}
    for graph, subject, predicate, value in quads:
        quad = ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(graph))
        lines.setdefault(graph, []).append(f"{quad} .\n")
    store.add({graph: "".join(written).encode() for graph, written in lines.items()})


def spoken_of(kinds: dict[str, str]) -> list[Said]:
    """That entities are what they are, and in the report."""
    return [fact(iri, "rdf:type", expand(kind)) for iri, kind in kinds.items()] + [
        fact(iri, "pol:reportedIn", REPORT) for iri in kinds if iri != REPORT
    ]


@pytest.fixture(scope="session")
def ontology() -> dict[str, bytes]:
    files = [data_folder("ontology") / "core.ttl", data_folder("ontology") / "align.ttl"]
    return reference_graphs(files, Model.from_index(load(files)), MINT)


@pytest.fixture(scope="session")
def store(ontology: dict[str, bytes]) -> MemoryStore:
    """One report: an agency with platforms, a policy, a reform, a figure, a region, and hostile initiatives."""
    memory = MemoryStore()
    memory.add(ontology)
    hostile = {MINT.entity("initiative", key): name for key, name in HOSTILE.items()}
    kinds = {
        REPORT: "pol:Report",
        CITY: "pol:Government",
        OFFICE: "pol:GovernmentOffice",
        RULES: "pol:Rule",
        SITE: "pol:Website",
        APP: "pol:NewMedia",
        REFORM: "pol:Reform",
        FIGURE: "pol:Observation",
        INDICATOR: "pol:Indicator",
        REGION: "pol:Region",
        **dict.fromkeys(hostile, "pol:Initiative"),
    }
    names: dict[str, Iterable[str]] = {
        REPORT: ["云川市人民政府2020年政府信息公开工作年度报告"],
        CITY: ["云川市人民政府", "市政府"],
        OFFICE: ["云川市人民政府办公室"],
        RULES: ["云川市人民政府关于印发云川市政务公开工作办法的通知"],
        SITE: ["云川市人民政府门户网站"],
        APP: ["“云川发布”小程序"],
        REFORM: ["“一件事”改革"],
        FIGURE: ["新收政府信息公开申请 456件"],
        INDICATOR: ["新收申请"],
        REGION: ["云川市"],
        **{iri: [name] for iri, name in hostile.items()},
    }
    facts = [
        fact(REPORT, "pol:issuedBy", CITY, "市政府发布本报告"),
        fact(REPORT, "pol:reportYear", "2020"),
        fact(REPORT, "pol:cites", RULES, "《办法》"),
        fact(RULES, "pol:issuedBy", CITY, "市政府印发《办法》", page=3),
        fact(RULES, "pol:documentNumber", "云政发〔2020〕8号", "云政发〔2020〕8号"),
        fact(REPORT, "pol:basedOn", RULES, "依据《办法》"),
        fact(OFFICE, "pol:partOf", CITY),
        fact(SITE, "pol:operatedBy", CITY, "市政府门户网站", prefix="全年通过", suffix="发布信息"),
        fact(SITE, "pol:operatedBy", CITY, "市政府的网站"),
        fact(SITE, "pol:operatedBy", CITY, "政府门户"),
        fact(APP, "pol:partOf", SITE),
        fact(REFORM, "pol:usesPlatform", SITE),
        fact(FIGURE, "pol:observedFor", CITY, "受理申请456件"),
        fact(FIGURE, "sdmx-measure:obsValue", "456", "受理申请456件"),
        fact(FIGURE, "pol:indicator", INDICATOR),
        fact(CITY, "pol:jurisdiction", REGION),
        *spoken_of(kinds),
    ]
    say(memory, REPORT, names, facts)
    return memory


@pytest.fixture(scope="session")
def store_of_two_years(ontology: dict[str, bytes]) -> MemoryStore:
    """Two reports, each with a platform of its own."""
    memory = MemoryStore()
    memory.add(ontology)
    for year, name in ((2020, "网站一"), (2021, "网站二")):
        report, site = MINT.report("云川市人民政府", year), MINT.entity("platform", name)
        facts = [
            fact(report, "pol:issuedBy", CITY),
            fact(report, "pol:reportYear", str(year)),
            fact(site, "pol:operatedBy", CITY),
            *(
                fact(iri, "rdf:type", expand(kind))
                for iri, kind in ((report, "pol:Report"), (CITY, "pol:Government"), (site, "pol:Website"))
            ),
            *(fact(iri, "pol:reportedIn", report) for iri in (CITY, site)),
        ]
        say(memory, report, {report: [f"{year}年报告"], CITY: ["云川市人民政府"], site: [name]}, facts)
    return memory


@pytest.fixture(scope="session")
def page(store: MemoryStore) -> str:
    return html(store)


def data_of(page: str) -> dict[str, Any]:
    """The data a page carries; under ``page`` also what its panel tells."""
    found = {
        key: json.loads(text)
        for key, text in re.findall(
            r'<script type="application/json" id="(\w+)">(.*?)</script>', page, re.DOTALL
        )
    }
    assert set(found) == {"data", "lore"}
    data: dict[str, Any] = found["data"]
    data["page"] |= found["lore"]
    return data


def nodes_of(page: str) -> dict[str, dict[str, Any]]:
    """The nodes of a page by full name."""
    return {node["title"]: node for node in data_of(page)["nodes"]}
