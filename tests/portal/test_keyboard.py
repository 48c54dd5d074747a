"""Every page without a mouse: what Tab reaches, in which order, that it can be seen, and what Enter, Escape and the arrows do."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.portal.conftest import Tab

CITY = f"/id/agency/{quote('云川市人民政府')}"
REPORT = f"/id/report/{quote('云川市人民政府')}/2022"
PAGES = ("/", CITY, REPORT, "/compare", "/sparql", f"/find?q={quote('云川')}", "/ontology/")
STEPS = 40
# Where the focus is: its place in the document, and whether something shows it.
FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || !!one.closest('.CodeMirror-focused');
  const place = [...document.querySelectorAll('*')].indexOf(one);
  return { name: one.localName, place, shown, seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 };
}"""


def steps(page: Any, most: int = STEPS) -> list[dict[str, Any]]:
    """What has the focus after each press of Tab, until it leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if now["name"] == "body" or (found and now["place"] == found[0]["place"]):
            break
        found.append(now)
    return found


@pytest.mark.parametrize("path", [*PAGES, "/network"])
def test_tab_goes_through_a_page_in_order_and_can_be_seen(tab: Tab, path: str) -> None:
    page = tab.open(path)
    if path == "/sparql":
        page.wait_for_selector("#editor[data-ready]")
    found = steps(page, 12 if path == "/sparql" else STEPS)  # in the editor, Tab is its own
    assert len(found) > 5
    places = [one["place"] for one in found]
    assert places == sorted(places)
    assert [one for one in found if not (one["shown"] and one["seen"])] == []
    assert tab.clean()


@pytest.mark.parametrize("path", PAGES[:-1])
def test_the_first_step_leads_past_the_head(tab: Tab, path: str) -> None:
    page = tab.open(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def offered(page: Any, words: str) -> Any:
    box = page.locator("header input[name=q]")
    box.click()
    box.press_sequentially(words)
    shown(page, words)
    return box


def shown(page: Any, words: str) -> None:
    """Wait for the names of all that was typed; those of its first letters come before."""
    page.wait_for_selector(f'#hits[data-of="{words}"] li')


def test_the_search_box_offers_names_and_opens_the_one_that_is_chosen(tab: Tab) -> None:
    page = tab.open("/")
    box = offered(page, "云川市")
    names = page.locator("#hits li").all_inner_texts()
    assert 1 < len(names) <= 8
    assert all("云川市" in name for name in names)
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == "hit-0"
    assert page.locator("#hits [aria-selected=true]").all_inner_texts() == names[:1]
    page.keyboard.press("ArrowUp")  # back in the box
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")  # and around to the last
    assert box.get_attribute("aria-activedescendant") == f"hit-{len(names) - 1}"
    page.keyboard.press("Escape")
    assert not page.locator("#hits").is_visible()
    assert box.input_value() == "云川市"
    box.press_sequentially("人民政府")
    shown(page, "云川市人民政府")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CITY}")
    assert page.inner_text("h1") == "云川市人民政府"
    assert tab.clean()


def test_enter_searches_for_what_is_typed_and_a_click_opens_a_name(tab: Tab) -> None:
    page = tab.open("/")
    offered(page, "门户网站")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=*")
    assert page.locator("main a.thing").count() > 1
    page = tab.open("/")
    offered(page, "云川市人民政府")
    page.locator("#hits li").first.click()
    page.wait_for_url(f"**{CITY}")
    assert tab.clean()


def test_a_name_that_would_be_markup_is_offered_as_text(tab: Tab) -> None:
    page = tab.open("/")
    offered(page, "window.broken")
    assert page.locator("#hits img, #hits script").count() == 0
    assert any("<script>" in name for name in page.locator("#hits li").all_inner_texts())
    assert tab.clean()


def test_a_mark_tells_its_facts_by_key_and_escape_closes_them(tab: Tab) -> None:
    page = tab.open(REPORT)
    page.locator("#text mark").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "云川市人民政府"
    page.keyboard.press("Escape")
    assert page.locator("#panel h2").count() == 0
    page.keyboard.press("Space")
    page.locator("#panel .close").click()
    assert page.locator("#panel h2").count() == 0
    assert page.evaluate("document.activeElement.localName") == "mark"
    assert tab.clean()


def test_the_picture_is_walked_by_key(tab: Tab) -> None:
    page = tab.open("/network")
    page.locator("#network").focus()
    before = page.evaluate("kgView.draw.middle().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("kgView.draw.middle().x") > before
    page.keyboard.press("n")
    first = page.inner_text("#panel h2")
    page.locator("#network").focus()
    page.keyboard.press("n")
    assert page.inner_text("#panel h2") not in ("", first)
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.locator("#fold").focus()
    page.keyboard.press("Enter")
    assert page.locator("#families").is_hidden()
    assert page.get_attribute("#fold", "aria-expanded") == "false"
    assert tab.clean()


def test_on_a_phone_the_legend_is_out_of_the_way(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    page = tab.open("/network")
    legend, picture = page.locator("#legend").bounding_box(), page.locator("#network").bounding_box()
    assert legend["width"] * legend["height"] < 0.05 * picture["width"] * picture["height"]
    page.click("#fold")
    assert page.locator("#families").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.clean()


def test_the_next_step_from_an_opened_mark_is_in_its_facts(tab: Tab) -> None:
    page = tab.open(REPORT)
    mark = page.locator("#text mark").first
    assert mark.get_attribute("aria-expanded") == "false"
    mark.focus()
    page.keyboard.press("Enter")
    assert mark.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert mark.evaluate("mark => mark === document.activeElement")
    assert mark.get_attribute("aria-expanded") == "false"
    mark.click()  # by mouse, the reader stays in the text
    assert page.evaluate("document.activeElement.localName") == "mark"
    assert tab.clean()


def test_a_mark_that_is_a_part_of_a_name_is_called_by_all_of_it(tab: Tab) -> None:
    page = tab.open(REPORT)
    short = (
        "all => all.filter((one) => one.textContent.length < 3).map((one) => one.getAttribute('aria-label'))"
    )
    names = page.locator("#text mark").evaluate_all(short)
    assert names
    assert all(len(name) > 3 for name in names)
