"""Pictures: time to the first one, frames a second while it is moved, and size, against pyvis as it comes."""

import shutil
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network

from bench.synthetic import synthetic
from bench.table import Part
from kg.network import to_networkx
from kg.view import write_html

SIZES = (900, 5_000, 20_000, 49_900)
# pyvis moves its nodes until they rest; beyond this many it is not waited for.
WAITED_FOR = 1_000
_FRAMES = """async () => {
  const move = kgView.draw.move; let frames = 0; const from = performance.now();
  while (performance.now() - from < 2000) {
    const at = kgView.draw.middle();
    move({ x: at.x + 3 / kgView.draw.scale(), y: at.y }, kgView.draw.scale(), true);
    await new Promise((done) => requestAnimationFrame(done)); frames += 1;
  }
  return frames / ((performance.now() - from) / 1000); }"""
_FIRST = """() => new Promise((done) => { const look = () => {
  const ready = window.kgView && kgView.ready && kgView.labels().length;
  if (ready) requestAnimationFrame(() => done([performance.getEntriesByName("first")[0]?.startTime ?? performance.now(), performance.now()]));
  else setTimeout(look, 10); }; look(); })"""
_RESTED = """() => new Promise((done) => { const from = performance.now();
  network.once("stabilizationIterationsDone", () => done(performance.now())); setTimeout(() => done(-1), 240000); })"""


def pictures(folder: Path, sizes: tuple[int, ...] = SIZES) -> Part:
    """Each size once: our page, and pyvis's own of the same graph where that comes to rest."""
    from playwright.sync_api import sync_playwright

    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    rows = []
    with sync_playwright() as engine:
        options = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = engine.chromium.launch(executable_path=chromium, args=options)
        for size in sizes:
            store = synthetic(size)
            page, plain = folder / f"{size}.html", folder / f"{size}-pyvis.html"
            write_html(store, page)
            _pyvis(to_networkx(store), plain)
            first, ready, frames = _open(browser, page)
            rested = _rest(browser, plain) if size <= WAITED_FOR else None
            rows.append(
                (
                    f"{size:,}",
                    f"{first / 1000:.1f} s",
                    f"{ready / 1000:.1f} s",
                    f"{frames:.0f}",
                    f"{page.stat().st_size / 1e6:.1f} MB",
                    "not waited for"
                    if rested is None
                    else f"{rested / 1000:.1f} s"
                    if rested > 0
                    else "over 240 s",
                    f"{plain.stat().st_size / 1e6:.1f} MB",
                )
            )
        browser.close()
    return Part(
        "Pictures",
        (
            "entities",
            "first picture",
            "ready",
            "frames a second on pan",
            "file",
            "pyvis at rest",
            "file of pyvis",
        ),
        rows,
        "Chromium without a graphics card (SwiftShader), 1400 × 900. Our file holds facts and quotations as well; pyvis by its defaults, its "
        "library put inline, holds names and lines, and moves its nodes until they rest.",
    )


def _pyvis(network: "nx.MultiDiGraph[str]", path: Path) -> None:
    plain = Network(cdn_resources="in_line")
    for iri, about in network.nodes(data=True):
        plain.add_node(iri, label=about["label"])
    for one, other, fact in network.edges(data=True):
        plain.add_edge(one, other, title=fact["label"])
    path.write_text(plain.generate_html(), encoding="utf-8")


def _open(browser: Any, path: Path) -> tuple[float, float, float]:
    tab = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    tab.goto(path.as_uri(), wait_until="commit", timeout=120_000)
    first, ready = map(float, tab.evaluate(_FIRST))
    frames = float(tab.evaluate(_FRAMES))
    tab.close()
    return first, ready, frames


def _rest(browser: Any, path: Path) -> float:
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.set_default_timeout(300_000)
    tab.route("http*://**", lambda route: route.abort())
    tab.goto(path.as_uri(), wait_until="commit")
    tab.wait_for_timeout(500)
    rested = float(tab.evaluate("() => typeof network === 'undefined' ? -1 : 0") or tab.evaluate(_RESTED))
    tab.close()
    return rested
