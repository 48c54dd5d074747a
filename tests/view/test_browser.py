"""The page in a browser: search, legend, panel, and that it stays silent and alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pypdfium2 as pdfium
import pytest

from kg.view import html
from tests.view.conftest import HOSTILE, nodes_of

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

SITE, CITY, FIGURE = "云川市人民政府门户网站", "云川市人民政府", "新收政府信息公开申请 456件"


@pytest.fixture(scope="module")
def browser(playwright_engine: Any) -> Iterator[Any]:
    opened = playwright_engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


class Open:
    """A page in the browser, and what it did."""

    def __init__(self, browser: Any, path: Path, page: str) -> None:
        self.ids = {name: node["id"] for name, node in nodes_of(page).items()}
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(path.as_uri())
        self.tab.wait_for_function("window.kgView && window.kgView.ready")

    def find(self, words: str) -> None:
        self.tab.fill("#search", words)
        self.tab.press("#search", "Enter")

    def hidden(self, name: str) -> bool:
        return bool(self.tab.evaluate(f"kgView.nodes.get({self.ids[name]}).hidden"))

    def place(self, name: str) -> tuple[float, float]:
        at = self.tab.evaluate(f"kgView.network.canvasToDOM(kgView.network.getPosition({self.ids[name]}))")
        top = self.tab.evaluate("document.getElementById('network').getBoundingClientRect().top")
        return at["x"], at["y"] + top

    @property
    def panel(self) -> str:
        return str(self.tab.inner_text("#panel"))


@pytest.fixture
def view(browser: Any, page: str, tmp_path: Path) -> Iterator[Open]:
    path = tmp_path / "graph.html"
    path.write_text(page, encoding="utf-8")
    opened = Open(browser, path, page)
    yield opened
    opened.tab.close()
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1


def test_the_picture_opens_in_view_with_no_name_over_another(view: Open) -> None:
    names = [label for label in view.tab.evaluate("kgView.labels()") if "id" in label]
    assert {label["id"] for label in names} >= {view.ids[CITY], view.ids[SITE]}
    boxes = [label["box"] for label in view.tab.evaluate("kgView.labels()")]
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= 1280
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_search_finds_completes_and_centres(view: Open) -> None:
    view.tab.fill("#search", "门户")
    assert view.tab.inner_text("#matches [role=option] .name") == SITE
    view.tab.press("#search", "Enter")
    assert view.tab.input_value("#search") == SITE
    free = view.tab.evaluate(
        "[document.getElementById('legend').getBoundingClientRect().right, "
        "document.getElementById('panel').getBoundingClientRect().left]"
    )
    x, y = view.place(SITE)
    assert x == pytest.approx(sum(free) / 2, abs=40)
    assert y == pytest.approx(430, abs=60)


def test_search_knows_other_names_and_says_when_there_is_none(view: Open) -> None:
    view.find("市政府")
    assert CITY in view.panel
    view.tab.fill("#search", "没有的名称")
    assert view.tab.inner_text("#matches") == "没有匹配的名称"


def test_search_brings_in_what_was_hidden(view: Open) -> None:
    assert view.hidden(FIGURE)
    view.find("456")
    assert not view.hidden(FIGURE)
    assert "数值" in view.panel
    assert view.tab.get_attribute("#figures", "aria-checked") == "true"


def test_the_panel_quotes_evidence_in_context(view: Open) -> None:
    view.tab.mouse.click(*view.place(SITE))
    assert view.tab.inner_text("#panel h2") == SITE
    quotation = view.tab.locator("#panel blockquote").first
    assert quotation.locator("b").inner_text() == "市政府门户网站"
    assert quotation.inner_text().startswith("…全年通过市政府门户网站发布信息…")
    assert "一、总体情况 · 云川市人民政府2020年政府信息公开工作年度报告" in quotation.inner_text()
    view.find("云政发")
    assert "市政府印发《办法》" in view.panel
    assert "一、总体情况 · 第 3 页 · " in view.panel


def test_a_value_in_the_panel_leads_on(view: Open) -> None:
    view.find(SITE)
    view.tab.click(f"#panel .link:text-is('{CITY}')")
    assert view.tab.inner_text("#panel h2") == CITY
    assert "又作\n市政府" in view.panel


def test_neighbours_stand_out(view: Open) -> None:
    view.find(SITE)
    clear = {
        name: view.tab.evaluate(f"kgView.nodes.get({view.ids[name]}).opacity")
        for name in (SITE, CITY, "云川市人民政府办公室")
    }
    assert clear[SITE] == clear[CITY] == 1
    assert clear["云川市人民政府办公室"] < 0.5
    view.tab.keyboard.press("Escape")
    view.tab.keyboard.press("Escape")
    view.tab.mouse.click(640, 790)
    assert view.tab.is_hidden("#panel")
    assert view.tab.evaluate(f"kgView.nodes.get({view.ids['云川市人民政府办公室']}).opacity") == 1


def test_the_legend_filters_by_class(view: Open) -> None:
    view.tab.click("[data-class='pol:Platform']")
    assert view.hidden(SITE)
    assert not view.hidden(CITY)
    assert view.tab.get_attribute("[data-class='pol:Platform']", "aria-pressed") == "false"
    view.tab.click("[data-class='pol:Platform']")
    view.tab.click("[data-class='pol:Platform'] + .open")
    view.tab.click("[data-class='pol:Website']")
    assert view.hidden(SITE)
    assert not view.hidden("“云川发布”小程序")


def test_figures_come_by_a_switch(view: Open) -> None:
    view.tab.click("#figures")
    assert not view.hidden(FIGURE)
    assert view.hidden("云川市")
    assert view.tab.inner_text("#shown") == "16 个实体 · 17 条关系"
    view.tab.click("#figures")
    assert view.hidden(FIGURE)


def test_forces_move_nodes_only_when_asked(view: Open) -> None:
    before = view.place(SITE)
    view.tab.wait_for_timeout(200)
    assert view.place(SITE) == before
    view.tab.click("#motion")
    rest = nodes_x(view)
    for _ in range(100):  # the page forbids eval, which the waiting of Playwright needs
        if abs(float(view.tab.evaluate(f"kgView.network.getPosition({view.ids[SITE]}).x")) - rest) > 0.5:
            break
        view.tab.wait_for_timeout(100)
    else:
        pytest.fail("nothing moved")
    view.tab.click("#motion")


def nodes_x(view: Open) -> float:
    return float(view.tab.evaluate(f"kgView.nodes.get({view.ids[SITE]}).x"))


def test_everything_is_reached_with_the_keyboard(view: Open) -> None:
    view.tab.keyboard.press("/")
    view.tab.keyboard.type("门户")
    view.tab.keyboard.press("Enter")
    seen = set()
    for _ in range(40):
        view.tab.keyboard.press("Tab")
        seen.add(view.tab.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {
        "figures",
        "relations",
        "motion",
        "as-table",
        "fit",
        "zoom-in",
        "pick",
        "open",
        "shut",
        "link",
    } <= seen


@pytest.mark.parametrize("key", HOSTILE)
def test_hostile_names_are_only_text(view: Open, key: str) -> None:
    view.tab.evaluate(f"kgView.choose({view.ids[HOSTILE[key]]})")
    assert view.tab.evaluate("document.querySelector('#panel h2').textContent") == HOSTILE[key]
    assert view.tab.evaluate("window.broken") is None
    assert view.tab.locator("img").count() == 0
    view.tab.mouse.move(*view.place(HOSTILE[key]))
    view.tab.wait_for_selector(".vis-tooltip >> visible=true")
    assert view.tab.locator(".vis-tooltip *:not(br)").count() == 0


def test_neighbours_come_in_and_go(view: Open) -> None:
    view.find(CITY)
    assert view.hidden(FIGURE)
    view.tab.click("#panel [data-act=expand]")
    assert not view.hidden(FIGURE)
    view.tab.click("#panel [data-act=collapse]")
    assert view.hidden(FIGURE)
    assert view.hidden("云川市人民政府办公室")
    assert not view.hidden(SITE)  # it holds other things
    view.tab.evaluate(f"kgView.spread({view.ids[CITY]})")
    assert not view.hidden("云川市人民政府办公室")


def test_a_way_is_found_between_two(view: Open) -> None:
    view.find("小程序")
    view.tab.click("#panel [data-act=path]")
    view.find("办公室")
    way = view.tab.inner_text("#panel .path")
    assert [line.split("—")[0].split("←")[0].strip() for line in way.splitlines()] == [
        "“云川发布”小程序",
        SITE,
        CITY,
    ]
    assert "相隔 3 步" in view.panel
    assert "市政府门户网站" in view.panel  # the words one step rests on
    lit = view.tab.evaluate("[...kgView.chosen().path].length")
    assert lit == 3
    view.find(HOSTILE["emoji"])
    assert view.tab.evaluate("kgView.chosen().ids.size") == 1


def test_years_filter(browser: Any, store_of_two_years: Any, tmp_path: Path) -> None:
    page = html(store_of_two_years)
    path = tmp_path / "years.html"
    path.write_text(page, encoding="utf-8")
    view = Open(browser, path, page)
    assert view.tab.get_attribute("#year-to", "max") == "1"
    view.tab.focus("#year-to")
    view.tab.keyboard.press("ArrowLeft")
    assert view.tab.inner_text("#year-name") == "2020"
    assert view.hidden("网站二")
    assert not view.hidden("网站一")
    view.tab.focus("#year-from")
    view.tab.keyboard.press("ArrowRight")  # takes the other along
    assert view.tab.inner_text("#year-name") == "2021"
    assert not view.hidden("网站二")
    assert view.hidden("网站一")
    view.find("网站一")  # what is looked for is shown
    assert not view.hidden("网站一")
    assert view.tab.inner_text("#year-name") == "全部"
    assert view.complaints == []
    view.tab.close()


def test_the_table_says_the_same(view: Open) -> None:
    view.tab.click("#as-table")
    rows = view.tab.locator("#sheets table").first.locator("tbody tr")
    shown = len(view.ids) - sum(view.tab.evaluate("kgView.hidden()"))
    assert rows.count() == shown
    assert view.tab.locator("#sheets th[scope=col]").count() == 7
    assert view.tab.locator("#sheets img, #sheets script").count() == 0
    view.tab.click(f"#sheets .link:text-is('{SITE}') >> nth=0")
    assert view.tab.is_hidden("#table")
    assert view.tab.inner_text("#panel h2") == SITE


@pytest.mark.parametrize("kind", ["svg", "gexf", "graphml", "png"])
def test_the_view_is_saved(view: Open, kind: str) -> None:
    view.tab.click("#save summary")
    with view.tab.expect_download() as waiting:
        view.tab.click(f"#save [data-format={kind}]")
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    saved = Path(waiting.value.path())
    if kind == "png":
        assert saved.read_bytes()[:4] == b"\x89PNG"
        return
    text = saved.read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text)
    shown = len(view.ids) - sum(view.tab.evaluate("kgView.hidden()"))
    if kind == "graphml":
        assert nx.read_graphml(saved).number_of_nodes() == shown
    elif kind == "gexf":
        assert nx.read_gexf(saved).number_of_nodes() == shown
    else:
        assert len(tree.findall(".//{*}polygon[@class='head']")) > 5
        assert SITE in "".join(tree.itertext())
    if kind != "svg":
        assert HOSTILE["script"] in [
            value for node in tree.iter() for value in (*node.attrib.values(), node.text)
        ]


def test_relations_are_named_in_either_language(view: Open) -> None:
    view.find(SITE)
    for named, pressed in (("属于", "false"), ("part of", "true"), ("属于", "false")):
        assert view.tab.get_attribute("#tongue", "aria-pressed") == pressed
        view.tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert named in [label["text"] for label in view.tab.evaluate("kgView.labels()") if "edge" in label]
        view.tab.click("#tongue")


def test_keys_move_and_choose(view: Open) -> None:
    view.tab.focus("#network")
    before = view.place(SITE)
    view.tab.keyboard.press("ArrowRight")
    assert view.place(SITE)[0] < before[0]
    scale = view.tab.evaluate("kgView.draw.scale()")
    view.tab.keyboard.press("+")
    assert view.tab.evaluate("kgView.draw.scale()") > scale
    view.tab.keyboard.press("n")
    first = view.tab.inner_text("#panel h2")
    view.tab.focus("#network")
    view.tab.keyboard.press("n")
    assert view.tab.inner_text("#panel h2") != first


def test_paper_has_the_picture(view: Open) -> None:
    view.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert SITE in view.tab.evaluate("document.getElementById('paper').textContent")
    view.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert view.tab.locator("#paper").count() == 0


def test_picture_and_legend_share_one_page_of_paper(view: Open) -> None:
    with pdfium.PdfDocument(view.tab.pdf(prefer_css_page_size=True)) as paper:
        (page,) = paper
        width, height = page.get_size()
        text = page.get_textpage().get_text_range()
    assert width > height
    rows = view.tab.locator("#families > li > .row").all_inner_texts()
    assert rows
    assert all(row.split()[0] in text for row in rows)


def test_nodes_are_sized_by_a_measure(view: Open) -> None:
    before = view.tab.evaluate(f"kgView.nodes.get({view.ids[SITE]}).size")
    view.tab.select_option("#measure", "degree")
    assert view.tab.evaluate(f"kgView.nodes.get({view.ids[SITE]}).size") != before
    view.tab.select_option("#measure", "")
    assert view.tab.evaluate(f"kgView.nodes.get({view.ids[SITE]}).size") == before
