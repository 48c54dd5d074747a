"""Pages of real reports and of the samples, opened as a person opens them: read, searched, filtered, walked by keys alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.store import Store, open_store
from kg.view import html
from tests.view.test_browser import CHROMIUM, Open

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

CITY = "衢州市人民政府"
QUERIES = sorted(path.stem for path in (Path(__file__).parents[2] / "queries" / "view").glob("*.rq"))


@pytest.fixture(scope="module")
def browser(playwright_engine: Any) -> Iterator[Any]:
    opened = playwright_engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["one report", "samples"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "samples":
        return html(request.getfixturevalue("sample_store"))
    reports = request.getfixturevalue("shared") / "reports" / "quzhou-2020.txt"
    folder = tmp_path_factory.mktemp("one")
    assert not build([reports], out=folder).failed
    with open_store(folder / "store") as store:
        return html(store)


def opened(browser: Any, page: str, tmp_path: Path) -> Iterator[Open]:
    path = tmp_path / "graph.html"
    path.write_text(page, encoding="utf-8")
    view = Open(browser, path, page)
    view.tab.set_viewport_size({"width": 1400, "height": 900})
    yield view
    view.tab.close()
    assert view.complaints == []
    assert view.requests == [path.as_uri()]


@pytest.fixture
def view(browser: Any, page: str, tmp_path: Path) -> Iterator[Open]:
    yield from opened(browser, page, tmp_path)


def apart(boxes: list[list[float]]) -> bool:
    return all(
        one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for place, one in enumerate(boxes)
        for other in boxes[:place]
    )


def inked(view: Open) -> list[int]:
    """How many pixels are dark inside the box of each of the first names."""
    return list(
        view.tab.evaluate(
            """() => { const sheet = document.querySelector("#network canvas"); const [wide, zoom] = [sheet.width, sheet.width / sheet.clientWidth];
            const { data } = sheet.getContext("2d").getImageData(0, 0, wide, sheet.height);
            return kgView.labels().filter((label) => "id" in label).slice(0, 20).map(({ box }) => {
              const [x, y, u, v] = box.map((value) => Math.round(value * zoom));
              let dark = 0;
              for (let row = y; row < v; row += 1) for (let k = 4 * (row * wide + x); k < 4 * (row * wide + u); k += 4) dark += data[k + 3] > 200 && data[k] < 110;
              return dark; }); }"""
        )
    )


def test_names_are_drawn_and_none_lies_over_another(view: Open) -> None:
    labels = view.tab.evaluate("kgView.labels()")
    named = [label["text"] for label in labels if "id" in label]
    assert any(CITY in name for name in named)
    assert len(named) >= 20
    assert apart([label["box"] for label in labels])
    assert min(inked(view)) > 30  # the names are there, as ink


def test_search_centres_and_the_panel_quotes_the_report(view: Open) -> None:
    view.find(CITY)
    assert view.tab.inner_text("#panel h2") == CITY
    x, y = view.place(CITY)
    left, right = view.tab.evaluate(
        "['legend', 'panel'].map((id, k) => document.getElementById(id).getBoundingClientRect()[k ? 'left' : 'right'])"
    )
    assert x == pytest.approx((left + right) / 2, abs=40)
    assert 380 < y < 560
    quotation = view.tab.locator("#panel blockquote").first
    assert quotation.locator("b").inner_text() in (CITY, "市政府", "衢州市")
    assert f"{CITY}2020年政府信息公开工作年度报告" in quotation.locator("cite").inner_text()


def test_the_legend_takes_a_class_away_and_back(view: Open) -> None:
    before = sum(view.tab.evaluate("kgView.hidden()"))
    view.tab.click("[data-class='pol:Platform'] >> nth=0")
    assert sum(view.tab.evaluate("kgView.hidden()")) > before
    view.tab.click("[data-class='pol:Platform'] >> nth=0")
    assert sum(view.tab.evaluate("kgView.hidden()")) == before


def test_everything_is_reached_by_keys(view: Open) -> None:
    press = view.tab.keyboard.press
    press("/")
    view.tab.keyboard.type(CITY)
    press("ArrowDown")
    press("ArrowUp")
    press("Enter")
    assert view.tab.inner_text("#panel h2") == CITY
    seen = []
    for _ in range(60):
        press("Tab")
        seen.append(view.tab.evaluate("document.activeElement.id || document.activeElement.className"))
        if seen[-1] == "network":
            break
    assert {"relations", "tongue", "motion", "as-table", "network"} <= set(seen)
    away = sum(view.tab.evaluate("kgView.hidden()"))
    press("Enter")  # brings its neighbours in
    assert sum(view.tab.evaluate("kgView.hidden()")) < away
    press("n")
    assert view.tab.inner_text("#panel h2")
    press("Escape")
    assert view.tab.is_hidden("#panel")
    scale = view.tab.evaluate("kgView.draw.scale()")
    press("+")
    assert view.tab.evaluate("kgView.draw.scale()") > scale
    view.tab.focus("#as-table")
    press("Space")
    assert view.tab.is_visible("#table")
    press("Escape")
    assert view.tab.is_hidden("#table")
    assert view.tab.evaluate("document.activeElement.id") == "as-table"
    view.tab.focus("#save summary")
    press("Enter")
    press("Tab")
    press("Tab")
    with view.tab.expect_download() as waiting:
        press("Enter")
    assert waiting.value.suggested_filename.endswith(".svg")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("query", QUERIES)
def test_each_query_is_a_picture(
    sample_store: Store, browser: Any, tmp_path: Path, query: str, lang: str
) -> None:
    text = html(sample_store, query=query, lang=lang)
    if lang == "zh":
        assert text == html(sample_store, query=query, lang=lang)
    for view in opened(browser, text, tmp_path):
        labels = view.tab.evaluate("kgView.labels()")
        assert len([label for label in labels if "id" in label]) >= 6
        assert apart([label["box"] for label in labels])
