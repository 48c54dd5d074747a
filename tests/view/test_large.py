"""Pictures of many nodes, in a browser without a graphics card: drawn, searched, filtered, told, silent."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest

from bench.synthetic import synthetic
from kg.bundle import bundle
from kg.errors import BundleError
from kg.store import MemoryStore, Rows
from kg.terms import shorten
from kg.view import html
from kg.view import page as page_module
from kg.view import scene as scene_module
from kg.view.heaps import heaps
from tests.view.conftest import HOSTILE, data_of
from tests.view.test_browser import CHROMIUM

# The large ones take minutes; POLICY_KG_LARGE=1 runs them.
SIZES = [1300, *((5000, 20000, 49900) if os.environ.get("POLICY_KG_LARGE") else ())]
SOFTWARE = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-vsync"]


def _bundled() -> bool:
    try:
        return bool(bundle("network.js"))
    except BundleError:
        return False


pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed"),
    pytest.mark.skipif(not _bundled(), reason="the scripts were not bundled: python hatch_build.py"),
]


@pytest.fixture(scope="module", params=SIZES)
def text(request: pytest.FixtureRequest) -> str:
    return html(synthetic(request.param))


@pytest.fixture(scope="module")
def browser(playwright_engine: Any) -> Iterator[Any]:
    opened = playwright_engine.chromium.launch(executable_path=CHROMIUM, args=SOFTWARE)
    yield opened
    opened.close()


def wait(tab: Any) -> None:
    """Until names are drawn; the page forbids eval, which the waiting of Playwright needs."""
    for _ in range(1200):
        if tab.evaluate("Boolean(window.kgView && kgView.ready && kgView.labels().length)"):
            return
        tab.wait_for_timeout(100)
    pytest.fail("nothing was drawn")


@pytest.fixture(params=["#canvas", "#sigma"])
def tab(browser: Any, text: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Drawn as on a machine without a graphics card, and, of the smallest, by sigma."""
    if request.param == "#sigma" and len(text) > 2_000_000:
        pytest.skip("a graphics card that is imitated takes seconds for a frame")
    path = tmp_path / "graph.html"
    path.write_text(text, encoding="utf-8")
    requests: list[str] = []
    complaints: list[str] = []
    tab = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    tab.set_default_timeout(120_000)  # a graphics card imitated on a busy machine is slow
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(path.as_uri() + request.param)
    wait(tab)
    if request.param == "#sigma":
        while not tab.evaluate("Boolean(kgView.draw.sigma)"):
            tab.wait_for_timeout(100)
        tab.wait_for_timeout(1000)
    yield tab
    tab.close()
    assert [line for line in complaints if "GPU stall" not in line and "WebGL" not in line] == []
    assert len(requests) == 1


def test_it_opens_on_what_matters(tab: Any) -> None:
    labels = tab.evaluate("kgView.labels()")
    assert any("等" in label["text"] for label in labels if "cluster" in label)
    boxes = [label["box"] for label in labels]
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    colours = tab.evaluate(
        """() => { const sheet = [...document.querySelectorAll("#network canvas.sheet")].pop();
        const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
        let inked = 0; for (let k = 3; k < data.length; k += 4) inked += data[k] > 0; return inked; }"""
    )
    assert colours > 500  # names are drawn
    assert tab.evaluate("kgView.draw.drawnLines().size") <= 7000


def test_search_legend_panel_and_way(tab: Any) -> None:
    tab.fill("#search", "云川市门户网站")
    tab.press("#search", "Enter")
    assert tab.inner_text("#panel h2") == "云川市门户网站"
    assert "云川市人民政府的门户网站" in tab.inner_text("#panel blockquote >> nth=0")
    at = tab.evaluate(
        """() => { const id = [...kgView.chosen().ids][0]; const [m, s, p] = [kgView.draw.middle(), kgView.draw.scale(), kgView.draw.position(id)];
        const free = [document.getElementById("legend").getBoundingClientRect().right, document.getElementById("panel").getBoundingClientRect().left];
        return [(p.x - m.x) * s + document.getElementById("network").clientWidth / 2, (free[0] + free[1]) / 2]; }"""
    )
    assert at[0] == pytest.approx(at[1], abs=40)
    for _ in range(100):  # the page forbids eval, which the waiting of Playwright needs
        if "云川市门户网站" in [label["text"] for label in tab.evaluate("kgView.labels()")]:
            break
        tab.wait_for_timeout(100)
    else:
        pytest.fail("what was found is not named")
    tab.click("#panel [data-act=path]")
    tab.fill("#search", "云川市会商机制")
    tab.press("#search", "Enter")
    assert tab.evaluate("kgView.chosen().path.size") == 1
    before = tab.evaluate("kgView.hidden().filter(Boolean).length")
    tab.click("[data-class='pol:Problem']")
    assert tab.evaluate("kgView.hidden().filter(Boolean).length") > before
    tab.click("[data-class='pol:Problem']")
    tab.click("#as-table")
    assert tab.locator("#sheets tbody >> nth=0").locator("tr").count() == 501
    tab.click("#shut-table")


def test_files_of_a_large_view(tab: Any) -> None:
    svg = tab.evaluate("kgView.svgOf()")
    assert svg.startswith("<svg")
    assert "等" in svg
    assert tab.evaluate("kgView.gexfOf().split('<node ').length - 1") == tab.evaluate(
        "kgView.hidden().length"
    )


def test_places_are_the_same_whatever_the_order() -> None:
    network = nx.relabel_nodes(nx.connected_caveman_graph(30, 8), lambda node: f"n{node:03}")
    turned: nx.Graph[str] = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((other, one) for one, other in reversed(list(network.edges())))
    rank = dict.fromkeys(network, 0)
    assert heaps(network, rank) == heaps(turned, rank)
    assert len(set(heaps(network, rank)[0].values())) == len(network)


def test_beyond_the_classes_are_drawn(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "limits", lambda: (40, 200))
    store = synthetic(300)
    path = tmp_path / "classes.html"
    path.write_text(html(store), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(path.as_uri())
    wait(tab)
    assert tab.inner_text("h1") == "政策知识图谱"
    assert "超过一页能画的 200 个" in tab.inner_text(".heading p")
    texts = [label["text"] for label in tab.evaluate("kgView.labels()")]
    assert any(name.startswith("门户网站 ") or name.startswith("网站 ") for name in texts), texts
    assert any("主办单位 " in name for name in texts), texts
    tab.evaluate("kgView.choose(0)")
    tab.click("#panel [data-act=list]")
    assert "kg query -e" in tab.inner_text("#panel pre")
    tab.close()


def test_what_is_too_much_is_counted_and_not_drawn(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object, **__: object) -> None:
        pytest.fail("the places of entities were asked for")

    monkeypatch.setattr(page_module, "limits", lambda: (1, 2))
    monkeypatch.setattr(scene_module, "standings", read)
    told = data_of(html(store))
    names = [shorten(iri).removeprefix("pol:") for iri in told["page"]["classIris"]]
    counts = dict(zip(names, told["page"]["summary"], strict=True))
    assert counts["Initiative"] == len(HOSTILE)
    assert counts["Website"] == counts["Observation"] == 1
    assert sum(counts.values()) == 10 + len(HOSTILE)
    assert ("主办单位 1", "operated by 1") in {(line["label"], line["other"]) for line in told["edges"]}


def test_hostile_names_are_only_text(
    browser: Any, store: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "limits", lambda: (5, 50000))
    text = html(store)
    path = tmp_path / "hostile.html"
    path.write_text(text, encoding="utf-8")
    complaints: list[str] = []
    tab = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(path.as_uri())
    wait(tab)
    for name in HOSTILE.values():
        tab.fill("#search", name[:40])
        tab.press("#search", "Enter")
        assert tab.evaluate("document.querySelector('#panel h2').textContent") == name
    assert tab.evaluate("window.broken") is None
    assert tab.locator("img").count() == 0
    assert complaints == []
    tab.close()


def test_the_server_lists_what_a_class_holds(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "limits", lambda: (10, 50))
    store = synthetic(400)
    drawn = html(store, served="/sparql")
    asked: list[str] = []

    def answer(route: Any) -> None:
        if "/sparql" not in route.request.url:
            return route.fulfill(body=drawn, content_type="text/html; charset=utf-8")
        query = parse_qs(urlsplit(route.request.url).query)["query"][0]
        asked.append(query)
        rows = store.query(query)
        assert isinstance(rows, Rows)
        found = [
            {key: {"value": term.value} for key, term in zip(("it", "label"), row, strict=True) if term}
            for row in rows
        ]
        return route.fulfill(json={"results": {"bindings": found}})

    tab = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    tab.route("http://kg.test/**", answer)
    tab.goto("http://kg.test/view")
    wait(tab)
    tab.evaluate("kgView.choose(kgView.labels().find((label) => label.text.startsWith('网站')).id)")
    tab.click("#panel [data-act=list]")
    tab.wait_for_selector("#panel .listed")
    assert tab.locator("#panel .listed").count() == 25
    tab.click("#panel .listing .more")
    tab.wait_for_selector("#panel .listed >> nth=26")
    assert "OFFSET 25" in asked[1]
    assert len(set(tab.locator("#panel .listed").all_inner_texts())) == tab.locator("#panel .listed").count()
    tab.close()
