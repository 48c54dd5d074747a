"""A server of sample reports with things of hostile names, and a browser that notes what a page should not do."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.build import build
from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from kg.terms import BASE, PREFIXES
from tests.serve.conftest import running

ROOT = Path(__file__).parents[2]
REPORTS = ("yunchuan-2021", "yunchuan-2022", "yunchuan-2023")
HOSTILE = {
    "script": "<script>window.broken = 1</script>",
    "closing": '"></script></title></textarea><img src=x onerror="window.broken=1">',
    "quotes": "' onmouseover='window.broken=1' \" onfocus=\"window.broken=1",
    "template": "{{ 7 * 7 }} {% raw %} ${window.broken=1} &lt;b&gt;",
    "address": "javascript:window.broken=1",
}
EVIL = f"{BASE}report/evil/2022"
CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), "")


def hostile_lines() -> dict[str, bytes]:
    """Things with hostile names, and a report whose text, file, facts and findings are hostile; each in the graph it belongs in."""
    text = "\n".join(HOSTILE.values())
    pol, skos, rdf, oa = (PREFIXES[name] for name in ("pol", "skos", "rdf", "oa"))
    nif = PREFIXES["nif"]
    own: list[str] = []
    grounds = [
        f"<{EVIL}/text> <{nif}isString> {_literal(text)}",
        f"<{EVIL}/text> <{pol}fileName> {_literal(HOSTILE['closing'])}",
        f"<{EVIL}/text> <{PREFIXES['dcterms']}isFormatOf> <{EVIL}>",
    ]
    checks: list[str] = []
    at = 0
    for key, name in HOSTILE.items():
        thing, fact, place = f"{BASE}agency/{key}", f"{EVIL}/fact/{key}", f"{EVIL}/evidence/{key}"
        own += [
            f"<{thing}> <{skos}prefLabel> {_literal(name)}@zh",
            f"<{thing}> <{skos}altLabel> {_literal(name + '!')}@zh",
            f"<{thing}> <{rdf}type> <{pol}Agency>",
            f"<{thing}> <{pol}reportedIn> <{EVIL}>",
            f"<{thing}> <{pol}documentNumber> {_literal(name)}",
        ]
        for predicate, value in (("reportedIn", f"<{EVIL}>"), ("documentNumber", _literal(name))):
            one = f"{fact}-{predicate}"
            grounds += [
                f"<{one}> <{rdf}subject> <{thing}>",
                f"<{one}> <{rdf}predicate> <{pol}{predicate}>",
                f"<{one}> <{rdf}object> {value}",
                f"<{one}> <{pol}evidence> <{place}>",
            ]
        grounds += [
            f"<{place}> <{oa}hasSource> <{EVIL}/text>",
            f"<{place}> <{oa}hasSelector> <{place}/position>",
            f"<{place}> <{oa}hasSelector> <{place}/quote>",
            f"<{place}> <{pol}section> {_literal(name)}",
            f'<{place}/position> <{oa}start> "{at}"',
            f'<{place}/position> <{oa}end> "{at + len(name)}"',
            f"<{place}/quote> <{oa}exact> {_literal(name)}",
            f"<{place}/quote> <{oa}prefix> {_literal(name)}",
            f"<{place}/quote> <{oa}suffix> {_literal(name)}",
        ]
        checks += [
            f"<{EVIL}/finding/{key}> <{rdf}type> <{pol}Finding>",
            f"<{EVIL}/finding/{key}> <{pol}code> {_literal(name)}",
            f"<{EVIL}/finding/{key}> <{pol}severity> <{pol}error>",
            f"<{EVIL}/finding/{key}> <{pol}message> {_literal(name)}@zh",
            f"<{EVIL}/finding/{key}> <{pol}message> {_literal(name)}@en",
            f"<{EVIL}/finding/{key}> <{pol}evidence> <{place}>",
        ]
        at += len(name) + 1
    own += [
        f"<{EVIL}> <{rdf}type> <{pol}Report>",
        f"<{EVIL}> <{skos}prefLabel> {_literal(HOSTILE['script'])}@zh",
        f"<{EVIL}> <{pol}issuedBy> <{BASE}agency/script>",
        f'<{EVIL}> <{pol}reportYear> "2022"',
    ]
    graphs = {EVIL: own, f"{EVIL}/evidence": grounds, f"{EVIL}/checks": checks}
    return {
        graph: "".join(f"{line} <{graph}> .\n" for line in lines).encode() for graph, lines in graphs.items()
    }


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    out = tmp_path_factory.mktemp("portal")
    files = [path for name in REPORTS for path in (ROOT / "data" / "reports").glob(f"{name}.*")]
    build(files, out=out)
    with OxigraphStore(out / "store", writable=True) as store:
        store.add(hostile_lines())
    with running(Settings(str(out / "store"), Limits(workers=1, seconds=60))) as client:
        yield client


class Tab:
    """A page of a browser, and what it did that it should not: requests elsewhere, complaints on the console."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> Any:
        """Go to a page and wait until it is quiet."""
        self.page.goto("about:blank")  # an address that differs in its fragment only would not load again
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def clean(self) -> bool:
        """Nothing was asked elsewhere, nothing complained about, nothing of a text run as a script."""
        assert self.elsewhere == []
        assert self.complaints == []
        return bool(self.page.evaluate("window.broken === undefined"))


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    engine = request.getfixturevalue("playwright_engine")
    opened = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def tab(browser: Any, portal: httpx.Client) -> Iterator[Tab]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page.set_default_navigation_timeout(120_000)  # a picture of everything is laid out first
    yield Tab(page, str(portal.base_url).rstrip("/"))
    page.close()
