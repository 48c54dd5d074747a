"""Stores of any size, invented: cities with districts, each with reports, platforms, policies, initiatives and problems."""

from collections.abc import Iterator

from kg.graph import reference_graphs
from kg.schema.files import data_folder
from kg.schema.index import load
from kg.schema.model import Model
from kg.store import MemoryStore
from kg.terms import Mint, expand

_MINT = Mint()
_FIRST, _SECOND = "云青松江石平永安长宁泰和", "川岭溪湖山原河港泉林"
_KINDS = (
    ("platform", "pol:Website", "门户网站"),
    ("platform", "pol:NewMedia", "微信公众号"),
    ("platform", "pol:Column", "政务公开专栏"),
    ("initiative", "pol:Mechanism", "会商机制"),
    ("initiative", "pol:Training", "业务培训"),
    ("initiative", "pol:Campaign", "专项清理行动"),
    ("policy", "pol:Notice", "政务公开工作要点"),
    ("policy", "pol:Rule", "依申请公开办法"),
    ("problem", "pol:Problem", "政策解读形式单一"),
    ("improvement", "pol:Improvement", "丰富政策解读形式"),
)

Fact = tuple[str, str, str, str]  # subject, property, object, the words


def synthetic(size: int) -> MemoryStore:
    """A store with about as many entities as asked for, each fact with words it rests on.

    >>> store = synthetic(60)
    >>> rows = store.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s pol:reportedIn ?r }")
    >>> 50 <= int(next(iter(rows))[0].value) <= 70
    True
    """
    files = [data_folder("ontology") / "core.ttl", data_folder("ontology") / "align.ttl"]
    store = MemoryStore()
    store.add(reference_graphs(files, Model.from_index(load(files)), _MINT))
    names: dict[str, str] = {}
    graphs: dict[str, list[str]] = {}
    cities: list[tuple[str, str]] = []
    number = 0
    while len(names) < size:
        place = f"{_FIRST[number % 12]}{_SECOND[number // 12 % 10]}{_numeral(number // 120)}"
        above = cities[number // 9] if number and number % 9 and number // 9 < len(cities) else None
        label = f"{place}市" if above is None else f"{above[1].removesuffix('人民政府')}{place}区"
        body = _MINT.entity("agency", f"{label}人民政府")
        if above is None:
            cities.append((body, f"{label}人民政府"))
        report = _MINT.report(f"{label}人民政府", 2018 + number % 6)
        facts, own = _body(body, f"{label}人民政府", label, report, number, above)
        names |= own
        _put(graphs, report, own, facts)
        number += 1
    store.add({graph: "".join(lines).encode() for graph, lines in graphs.items()})
    return store


def _numeral(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number)) if number else ""


def _body(
    body: str, name: str, label: str, report: str, number: int, above: tuple[str, str] | None
) -> tuple[list[Fact], dict[str, str]]:
    """What one body's report says."""
    year = 2018 + number % 6
    own = {body: name, report: f"{name}{year}年政府信息公开工作年度报告"}
    facts: list[Fact] = [
        (body, "rdf:type", expand("pol:Government"), name),
        (report, "rdf:type", expand("pol:Report"), "年度报告"),
        (report, "pol:issuedBy", body, f"{name}发布本报告"),
        (report, "pol:reportYear", str(year), f"{year}年"),
    ]
    if above is not None:
        facts.append((body, "pol:partOf", above[0], f"{name}隶属于{above[1]}"))
    made = {}
    for kind, cls, word in _KINDS:
        iri = _MINT.entity(kind, f"{label}{word}")
        own[iri] = f"{label}{word}"
        made[word] = iri
        facts += [(iri, "rdf:type", expand(cls), f"{label}{word}")]
        tie = {"platform": "pol:operatedBy", "initiative": "pol:carriedOutBy", "policy": "pol:issuedBy"}.get(
            kind
        )
        if tie:
            facts.append((iri, tie, body, f"{name}的{word}"))
    country = _MINT.entity("policy", f"政务公开条例{_numeral(number // 40)}")
    own[country] = f"政务公开条例{_numeral(number // 40)}"
    facts += [
        (country, "rdf:type", expand("pol:AdministrativeRegulation"), own[country]),
        (report, "pol:cites", country, f"根据《{own[country]}》"),
        (report, "pol:cites", made["政务公开工作要点"], "按照工作要点"),
        (made["政务公开工作要点"], "pol:basedOn", country, "依据条例制定要点"),
        (made["政务公开专栏"], "pol:partOf", made["门户网站"], "网站设专栏"),
        (made["会商机制"], "pol:usesPlatform", made["门户网站"], "会商结果在网站发布"),
        (made["丰富政策解读形式"], "pol:addresses", made["政策解读形式单一"], "针对解读形式单一，丰富形式"),
    ]
    facts += [(iri, "pol:reportedIn", report, own[iri]) for iri in own if iri != report]
    return facts, own


def _put(graphs: dict[str, list[str]], report: str, names: dict[str, str], facts: list[Fact]) -> None:
    for iri, name in names.items():
        graphs.setdefault(report, []).append(
            f'<{iri}> <{expand("skos:prefLabel")}> "{name}"@zh <{report}> .\n'
        )
    graphs.setdefault(f"{report}/evidence", []).extend(_evidence(report, facts))
    graphs[report] += [
        f"<{one}> <{expand(key)}> {_term(value)} <{report}> .\n" for one, key, value, _ in facts
    ]


def _term(value: str) -> str:
    return f"<{value}>" if "://" in value else f'"{value}"'


def _evidence(report: str, facts: list[Fact]) -> Iterator[str]:
    graph = f"<{report}/evidence>"
    yield f"<{report}/text> <{expand('dcterms:isFormatOf')}> <{report}> {graph} .\n"
    for number, (one, key, value, words) in enumerate(facts):
        place, said = f"{report}/place/{number}", f"{report}/fact/{number}"
        for subject, predicate, term in (
            (said, "rdf:subject", f"<{one}>"),
            (said, "rdf:predicate", f"<{expand(key)}>"),
            (said, "rdf:object", _term(value)),
            (said, "pol:evidence", f"<{place}>"),
            (place, "oa:hasSource", f"<{report}/text>"),
            (place, "oa:hasSelector", f"<{place}/position>"),
            (place, "oa:hasSelector", f"<{place}/quote>"),
            (f"{place}/position", "oa:start", f'"{number}"'),
            (f"{place}/quote", "oa:exact", f'"{words}"'),
        ):
            yield f"<{subject}> <{expand(predicate)}> {term} {graph} .\n"
