"""The store as a networkx graph: what becomes a node, what an edge, and what they carry."""

import pytest

from kg.graph import graphs_of
from kg.network import to_networkx
from kg.store import MemoryStore
from kg.terms import Mint

POL = "https://w3id.org/policy-kg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
MINT = Mint()
AGENCY, NOTICE = MINT.entity("agency", "云川市人民政府"), MINT.entity("policy", "公开办法")


def say(store: MemoryStore, year: int, facts: list[tuple[str, str, str, str, int]]) -> str:
    """A report with facts: subject, property, object, words, start."""
    report = MINT.report("云川市人民政府", year)
    said, grounds, _ = graphs_of(report)
    lines, proofs = [f'<{report}> <{POL}reportYear> "{year}"'], []
    for number, (subject, property, target, words, start) in enumerate(facts):
        place = f"{report}/evidence/{number}"
        lines.append(f"<{subject}> <{property}> <{target}>")
        proofs += [
            f"<{report}/fact/{number}> <{RDF}subject> <{subject}>",
            f"<{report}/fact/{number}> <{RDF}predicate> <{property}>",
            f"<{report}/fact/{number}> <{RDF}object> <{target}>",
            f"<{report}/fact/{number}> <{POL}rule> <http://x/rule>",
            f"<{report}/fact/{number}> <{POL}evidence> <{place}>",
            f"<{place}> <{OA}hasSource> <{report}/text>",
            f"<{place}> <{OA}hasSelector> <{place}/position>",
            f"<{place}> <{OA}hasSelector> <{place}/quote>",
            f"<{place}/position> <{OA}start> {start}".replace(str(start), f'"{start}"', 1),
            f'<{place}/position> <{OA}end> "{start + len(words)}"',
            f'<{place}/quote> <{OA}exact> "{words}"',
            f"<{report}/text> <{DCTERMS}isFormatOf> <{report}>",
        ]
    store.add(
        {
            said: "".join(f"{line} <{said}> .\n" for line in lines).encode(),
            grounds: "".join(f"{line} <{grounds}> .\n" for line in proofs).encode(),
        }
    )
    return report


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    model = f"{MINT.base}graph/ontology"
    names = [
        f'<{POL}issuedBy> <{RDFS}label> "发布机关"@zh',
        f'<{POL}issuedBy> <{RDFS}label> "issued by"@en',
        f'<{AGENCY}> <{RDFS}label> "云川市人民政府"@zh',
    ]
    store.add({model: "".join(f"{name} <{model}> .\n" for name in names).encode()})
    for year, words in ((2021, "后来的话"), (2020, "先前的话")):
        report = MINT.report("云川市人民政府", year)
        facts = [
            (NOTICE, f"{POL}issuedBy", AGENCY, words, 7),
            (NOTICE, f"{RDF}type", f"{POL}Rule", words, 7),
            (AGENCY, f"{RDF}type", f"{POL}Government", words, 7),
            (AGENCY, f"{POL}reportedIn", report, words, 7),
        ]
        say(store, year, facts)
    return store


def test_facts_become_edges_with_words_and_origin(store: MemoryStore) -> None:
    network = to_networkx(store)
    assert list(network.edges(keys=True)) == [(NOTICE, AGENCY, f"{POL}issuedBy")]
    edge = network.edges[NOTICE, AGENCY, f"{POL}issuedBy"]
    assert edge["label"] == "发布机关"
    assert edge["property"] == "pol:issuedBy"
    assert (edge["quote"], edge["report"]) == ("先前的话", MINT.report("云川市人民政府", 2020))
    assert edge["reports"] == 2


def test_nodes_carry_name_class_and_first_year(store: MemoryStore) -> None:
    network = to_networkx(store)
    assert network.nodes[AGENCY] == {
        "label": "云川市人民政府",
        "cls": "pol:Government",
        "year": 2020,
        "reports": 2,
    }
    assert network.nodes[NOTICE]["label"] == "公开办法"
    assert set(network) == {AGENCY, NOTICE}


def test_reports_join_in_on_request(store: MemoryStore) -> None:
    network = to_networkx(store, facts_only=False)
    report = MINT.report("云川市人民政府", 2021)
    assert network.has_edge(AGENCY, report, f"{POL}reportedIn")
    assert network.nodes[report]["year"] == 2021


def test_labels_in_the_language_asked_for(store: MemoryStore) -> None:
    network = to_networkx(store, language="en")
    assert network.edges[NOTICE, AGENCY, f"{POL}issuedBy"]["label"] == "issued by"
    assert network.nodes[AGENCY]["label"] == "云川市人民政府"
