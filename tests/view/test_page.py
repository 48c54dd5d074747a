"""The page as text: what it holds, that it asks for nothing, and that no name can break it."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, QueryError
from kg.store import MemoryStore
from kg.terms import expand
from kg.view import html, write_html
from kg.view import page as page_module
from kg.view.words import LANGUAGES
from tests.view.conftest import (
    APP,
    CITY,
    FIGURE,
    HOSTILE,
    MINT,
    REPORT,
    data_of,
    fact,
    nodes_of,
    say,
    spoken_of,
)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_asks_for_nothing(page: str) -> None:
    elements = Elements(page).found
    assert not [
        attributes for _, attributes in elements if {"src", "href", "action", "srcset"} & attributes.keys()
    ]
    assert {tag for tag, _ in elements} & {"link", "img", "iframe", "object", "embed", "base"} == set()
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import|https?:", style)
    policy = next(attributes["content"] for _, attributes in elements if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "bootstrap" not in page.lower()


def test_nodes_and_lines_are_those_of_the_store(page: str) -> None:
    nodes, lines = nodes_of(page), data_of(page)["edges"]
    assert len(nodes) == 10 + len(HOSTILE)
    ids = {node["id"]: name for name, node in nodes.items()}
    drawn = {(ids[line["from"]], line["label"], ids[line["to"]]) for line in lines}
    assert ("云川市人民政府门户网站", "主办单位", "云川市人民政府") in drawn
    assert len([line for line in lines if line["label"] != "见于"]) == 11
    assert sorted(ids) == list(range(len(ids)))


def test_what_nothing_else_ties_to_the_report_hangs_on_it(page: str) -> None:
    ids = {node["id"]: name for name, node in nodes_of(page).items()}
    tied = {ids[line["from"]] for line in data_of(page)["edges"] if line["label"] == "见于"}
    assert tied == set(HOSTILE.values())


def test_a_server_leaves_the_figures_of_a_large_store_out(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = nodes_of(html(store, served="/sparql"))
    monkeypatch.setattr(page_module, "_FIGURES", 3)
    bare = html(store, served="/sparql")
    figures = {name for name, node in whole.items() if node["group"] in {"pol:Observation", "pol:Indicator"}}
    assert figures
    assert nodes_of(bare).keys() == whole.keys() - figures
    assert "数字未画" in bare
    assert nodes_of(html(store)).keys() == whole.keys()
    for focus in (CITY, FIGURE):
        around = html(store, served="/sparql", focus=f"<{focus}>", depth=1)
        assert "pol:Observation" in {node["group"] for node in nodes_of(around).values()}


def test_figures_and_regions_wait_at_first(page: str) -> None:
    hidden = {node["group"] for node in nodes_of(page).values() if node["hidden"]}
    assert hidden == {"pol:Observation", "pol:Indicator", "pol:Region"}
    lines, nodes = data_of(page)["edges"], data_of(page)["nodes"]
    for line in lines:
        assert line["hidden"] == (nodes[line["from"]]["hidden"] or nodes[line["to"]]["hidden"])


def test_looks_come_from_the_ontology(store: MemoryStore, page: str) -> None:
    rows = store.query("SELECT ?color ?shape WHERE { pol:Website pol:color ?color ; pol:shape ?shape }")
    color, shape = (term.value for term in next(iter(rows)))  # type: ignore[union-attr]
    data = data_of(page)
    assert data["options"]["groups"]["pol:Website"]["color"]["background"] == color
    assert nodes_of(page)["云川市人民政府门户网站"]["shape"] == shape
    assert [family["name"] for family in data["page"]["classes"]][:4] == [
        "pol:Report",
        "pol:Agency",
        "pol:Policy",
        "pol:Platform",
    ]


def test_nothing_moves_by_itself(page: str) -> None:
    data = data_of(page)
    assert data["options"]["physics"]["enabled"] is False
    places = [(node["x"], node["y"]) for node in data["nodes"]]
    assert all(isinstance(x, int) and isinstance(y, int) for x, y in places)
    assert len(set(places)) == len(places)


def test_short_names_stand_in_the_picture(page: str) -> None:
    nodes = nodes_of(page)
    assert nodes["云川市人民政府关于印发云川市政务公开工作办法的通知"]["label"] == "云政发〔2020〕8号"
    assert nodes["云川市人民政府2020年政府信息公开工作年度报告"]["label"] == "云川市人民政府 2020"
    assert nodes["云川市人民政府"]["label"] == "云川市人民政府"


def test_facts_carry_their_words(page: str) -> None:
    data, ids = data_of(page)["page"], {name: node["id"] for name, node in nodes_of(page).items()}
    site, city = ids["云川市人民政府门户网站"], ids["云川市人民政府"]
    told = [told for told in data["facts"] if told[0] == site and told[2] == city]
    assert [data["texts"][row[1]] for row in told] == ["主办单位"]
    places = [data["places"][number] for number in told[0][3]]
    assert [place[:3] for place in places] == [
        ["市政府门户网站", "全年通过", "发布信息"],
        ["市政府的网站", "前文，", "，后文。"],
    ]
    assert told[0][4] == 1  # one place more than the page quotes
    assert data["texts"][places[0][3]] == "一、总体情况"
    assert data["texts"][places[0][5]] == "云川市人民政府2020年政府信息公开工作年度报告"
    assert "市政府" in data["forms"][city]


@pytest.mark.parametrize("key", HOSTILE)
def test_no_name_breaks_the_page(page: str, key: str) -> None:
    assert HOSTILE[key] in nodes_of(page)
    assert sum(tag == "script" for tag, _ in Elements(page).found) == 4
    for held in ("data", "lore"):
        data = page.partition(f'id="{held}">')[2].partition("</script>")[0]
        assert not set(data) & set("<>&\u2028\u2029")


def test_a_hostile_title_is_text(ontology: dict[str, bytes]) -> None:
    memory = MemoryStore()
    memory.add(ontology)
    title = "<b>报告</b>\"'&</title>"
    say(memory, REPORT, {REPORT: [title]}, spoken_of({REPORT: "pol:Report", CITY: "pol:Government"}))
    page = html(memory)
    assert title in nodes_of(page)
    assert title not in page
    assert "&lt;b&gt;报告&lt;/b&gt;" in page


def test_the_words_are_in_the_language_asked_for(store: MemoryStore) -> None:
    page = html(store, lang="en")
    assert '<html lang="en">' in page
    assert "17 entities" in page
    assert {line["label"] for line in data_of(page)["edges"]} >= {"operated by", "part of"}
    with pytest.raises(QueryError, match="fr"):
        html(store, lang="fr")


def test_every_message_is_in_every_language() -> None:
    import tomllib

    sections = tomllib.loads(Path("kg/view/messages.toml").read_text(encoding="utf-8"))
    entries = [entry for section in sections.values() for entry in section.values()]
    assert entries
    for entry in entries:
        assert set(entry) == set(LANGUAGES)
        assert len({tuple(sorted(re.findall(r"\{\w+\}", text))) for text in entry.values()}) == 1


def test_the_same_store_gives_the_same_bytes(store: MemoryStore, page: str) -> None:
    again = MemoryStore()
    for graph in reversed(store.graphs()):
        again.add(
            {graph: "".join(sorted((f"{quad} .\n" for quad in store.quads(graph)), reverse=True)).encode()}
        )
    assert html(again) == page


def test_the_order_of_sets_does_not_matter(store: MemoryStore, page: str, tmp_path: Path) -> None:
    (tmp_path / "store.nq").write_bytes("".join(sorted(f"{quad} .\n" for quad in store.quads())).encode())
    program = (
        "import sys\nfrom pathlib import Path\nimport pyoxigraph as ox\nfrom kg.store import MemoryStore\n"
        "from kg.view import write_html\nfolder = Path(sys.argv[1])\ngraphs = {}\n"
        "for quad in ox.parse((folder / 'store.nq').read_bytes(), format=ox.RdfFormat.N_QUADS):\n"
        "    graphs.setdefault(quad.graph_name.value, []).append(f'{quad} .\\n')\n"
        "store = MemoryStore()\n"
        "store.add({graph: ''.join(lines).encode() for graph, lines in graphs.items()})\n"
        "write_html(store, folder / 'page.html')\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


def test_a_focus_leaves_what_is_near(store: MemoryStore) -> None:
    names = set(nodes_of(html(store, focus="云川市人民政府门户网站", depth=1)))
    assert names == {"云川市人民政府门户网站", "云川市人民政府", "“云川发布”小程序", "“一件事”改革"}
    assert names < set(nodes_of(html(store, focus=APP, depth=3)))
    page = html(store, focus="新收政府信息公开申请 456件", depth=1)
    assert nodes_of(page)["新收政府信息公开申请 456件"]["hidden"] is False
    assert "新收政府信息公开申请 456件及其周围" in page


@pytest.mark.parametrize(
    "options", [{"focus": "没有的名称"}, {"query": "no-such-query"}, {"focus": expand("pol:Rule")}]
)
def test_what_is_not_there_is_said(store: MemoryStore, options: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        html(store, **options)  # type: ignore[arg-type]


def test_a_query_says_what_is_drawn(store: MemoryStore, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "#+ title: {zh: 我的图, en: Mine}\nCONSTRUCT { ?a pol:concerns ?b . ?b rdfs:label ?name } "
        "WHERE { ?b pol:jurisdiction ?a ; rdfs:label ?name }",
        encoding="utf-8",
    )
    page = html(store, query=str(path))
    assert set(nodes_of(page)) == {"云川市", "云川市人民政府"}
    assert not any(node["hidden"] for node in nodes_of(page).values())
    assert "<title>我的图</title>" in page
    path.write_text("SELECT * { ?a ?b ?c }", encoding="utf-8")
    with pytest.raises(QueryError, match="constructs no network"):
        html(store, query=str(path))


def test_parameters_reach_the_query(store: MemoryStore) -> None:
    page = html(store, query="agency", parameters={"agency": "云川市人民政府"})
    assert {"云川市人民政府门户网站", "云川市人民政府办公室"} <= set(nodes_of(page))


def test_an_empty_store_has_a_page() -> None:
    page = html(MemoryStore())
    assert data_of(page)["nodes"] == []
    assert "没有可画的内容" in page


def test_of_more_than_a_thousand_figures_the_most_connected_are_kept(ontology: dict[str, bytes]) -> None:
    memory = MemoryStore()
    memory.add(ontology)
    offices = [MINT.entity("agency", f"云川市第{number}办公室") for number in range(900)]
    figures = [MINT.within(REPORT, "observation", f"数{number}") for number in range(400)]
    names = {iri: [iri.rpartition("/")[2], f"第{number}办"] for number, iri in enumerate(offices)}
    joined = [
        fact(
            iri,
            "pol:partOf",
            offices[number // 9],
            f"第{number}办公室由上级管理" * 4,
            prefix="字" * 24,
            suffix="字" * 24,
        )
        for number, iri in enumerate(offices)
        if number
    ]
    kinds = {REPORT: "pol:Report", **dict.fromkeys(offices, "pol:Department")}
    kinds |= dict.fromkeys(figures, "pol:Observation")
    say(memory, REPORT, {REPORT: ["报告"], **names}, [*joined, *spoken_of(kinds)])
    page = html(memory)
    nodes = nodes_of(page)
    assert len(nodes) == 1000
    assert "云川市第0办公室" in nodes
    assert "共 1,301 个实体，本页只画联系最多的 1,000 个" in page
    assert len(page.encode()) < 2_000_000


def test_a_page_is_written_as_utf8(store: MemoryStore, page: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.html"
    write_html(store, path)
    written = path.read_bytes()
    assert written.decode("utf-8") == page
    assert b'<meta charset="utf-8">' in written[:200]
    with pytest.raises(InputError, match="cannot be written"):
        write_html(store, tmp_path)


def test_a_store_without_the_model_is_drawn_in_its_looks() -> None:
    memory = MemoryStore()
    say(memory, REPORT, {REPORT: ["报告"]}, spoken_of({REPORT: "pol:Report", CITY: "pol:Government"}))
    page = html(memory)
    assert {node["group"] for node in nodes_of(page).values()} == {"pol:Report", "pol:Government"}
    assert data_of(page)["page"]["classes"][1]["label"] == "机构"


def test_literals_are_told_as_they_are_written(page: str) -> None:
    figure = nodes_of(page)["新收政府信息公开申请 456件"]["id"]
    data = data_of(page)["page"]
    told = {data["texts"][row[1]]: row[2] for row in data["facts"] if row[0] == figure}
    assert told["数值"] == ox.Literal("456").value
    assert told["类别"] == "统计数据"
