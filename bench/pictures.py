"""Pictures: time to the first one, frames a second while it is moved, and size, against pyvis as it comes."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network

from bench.synthetic import synthetic
from bench.table import Part
from kg.network import to_networkx
from kg.view import write_html

SIZES = (990, 5_000, 20_000, 49_900)
# pyvis shows its nodes when they rest; it is waited for so many seconds at each size.
PATIENCE = 60
_FRAMES = """async (kind) => {
  const pans = {
    ours() {
      const at = kgView.draw.middle();
      kgView.draw.move({ x: at.x + 3 / kgView.draw.scale(), y: at.y }, kgView.draw.scale(), true);
    },
    pyvis() {
      const at = network.getViewPosition();
      network.moveTo({ position: { x: at.x + 3 / network.getScale(), y: at.y }, animation: false });
    },
  };
  let frames = 0; const from = performance.now();
  while (performance.now() - from < 3000) {
    pans[kind]();
    await new Promise((done) => requestAnimationFrame(done)); frames += 1;
  }
  return frames / ((performance.now() - from) / 1000); }"""
# The page says itself when its picture is there: a page that is busy answers no question.
_WATCH = """const watch = setInterval(() => {
  const ours = window.kgView && kgView.ready && kgView.labels().length > 0;
  const theirs = typeof network !== "undefined" && network?.physics?.ready === true;
  if (!ours && !theirs) return;
  clearInterval(watch); console.info(`first ${performance.now()}`);
}, 20)"""
_OPTIONS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as it opened: milliseconds to its picture, 0 where that did not come in time, and frames a second."""

    first: float
    frames: float
    size: int

    def cells(self) -> tuple[str, str, str]:
        """The cells of a table."""
        file = f"{self.size / 1e6:.1f} MB"
        if not self.first:
            return f"over {PATIENCE} s", "—", file
        return (
            f"{self.first / 1000:.1f} s",
            f"{self.frames:.0f}" if self.frames >= 9.5 else f"{self.frames:.1f}",
            file,
        )


def pictures(folder: Path, sizes: Sequence[int] = SIZES) -> Part:
    """Each size once: our page, and pyvis's own of the same graph, as long as one is willing to wait."""
    from playwright.sync_api import sync_playwright

    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    rows = []
    with sync_playwright() as engine:
        for size in sizes:
            store = synthetic(size)
            page, plain = folder / f"{size}.html", folder / f"{size}-pyvis.html"
            write_html(store, page)
            network = to_networkx(store)
            _pyvis(network, plain)
            opened = [
                _open(engine, chromium, kind, path) for kind, path in (("ours", page), ("pyvis", plain))
            ]
            rows.append((f"{len(network):,}", *opened[0].cells(), *opened[1].cells()))
    return Part(
        "Pictures, measured",
        (
            "entities",
            "first picture",
            "frames a second on pan",
            "file",
            "pyvis: first picture",
            "frames a second on pan",
            "file",
        ),
        rows,
        "Chromium without a graphics card (SwiftShader), 1400 × 900, each page opened once. pyvis by its defaults, its library put inline, holds names and lines, and "
        f"shows nothing until its nodes rest, which was waited for {PATIENCE} s; our file holds facts and quotations as well. Written by `python -m bench view --into docs/network.md`.",
    )


def _pyvis(network: "nx.MultiDiGraph[str]", path: Path) -> None:
    plain = Network(
        directed=True, cdn_resources="in_line"
    )  # not directed, it compares each line with all before
    for iri, about in network.nodes(data=True):
        plain.add_node(iri, label=about["label"])
    for one, other, fact in network.edges(data=True):
        plain.add_edge(one, other, title=fact["label"])
    path.write_text(plain.generate_html(), encoding="utf-8")


def _open(engine: Any, chromium: str, kind: str, path: Path) -> Opened:
    """Open a page in a browser of its own, for one that is busy lets no other rest."""
    from playwright.sync_api import TimeoutError as TooLong

    browser = engine.chromium.launch(executable_path=chromium, args=_OPTIONS)
    tab = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    tab.route("http*://**", lambda route: route.abort())
    tab.add_init_script(_WATCH)
    first = frames = 0.0
    try:
        with tab.expect_console_message(
            lambda told: told.text.startswith("first "), timeout=1000 * PATIENCE
        ) as told:
            tab.goto(path.as_uri(), wait_until="commit")
        first = float(told.value.text.removeprefix("first "))
        frames = float(tab.evaluate(_FRAMES, kind))
    except TooLong:
        pass
    browser.close()
    return Opened(first, frames, path.stat().st_size)
