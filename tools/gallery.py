"""The pictures of docs/network.md: pages that ``kg view`` writes, at 1400 × 900, of the samples and of invented stores.

``python tools/gallery.py build/store docs/pictures``; needs Chromium and Playwright. ``--only NAME`` takes one.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.synthetic import synthetic
from kg.store import Store, open_store
from kg.view import html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PICTURES: dict[str, Callable[[Store], str]] = {
    "samples": html,
    "quzhou": lambda store: html(store, focus="衢州市人民政府", depth=1),
    "policies": lambda store: html(store, query="policy-network"),
    "platforms": lambda store: html(store, query="platforms"),
    "problems": lambda store: html(store, query="problems-and-plans"),
    "two": lambda store: html(store, query="two-agencies"),
    "1000": lambda _: html(synthetic(990)),
    "5000": lambda _: html(synthetic(5_000)),
    "20000": lambda _: html(synthetic(20_000)),
    "50000": lambda _: html(synthetic(49_900)),
    "beyond": lambda _: html(synthetic(50_500)),
}


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures; 2 where there is no browser."""
    parser = argparse.ArgumentParser(description="The pictures of docs/network.md.")
    parser.add_argument("store")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=PICTURES)
    given = parser.parse_args(arguments)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write(f"no browser; install one of {', '.join(BROWSERS)}\n")
        return 2
    from playwright.sync_api import sync_playwright

    given.folder.mkdir(parents=True, exist_ok=True)
    with open_store(given.store) as store, TemporaryDirectory() as place, sync_playwright() as engine:
        opened = engine.chromium.launch(
            executable_path=browser,
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        for name in [given.only] if given.only else PICTURES:
            page = Path(place) / f"{name}.html"
            page.write_text(PICTURES[name](store), encoding="utf-8")
            tab = opened.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
            tab.goto(page.as_uri(), timeout=120_000)
            while not tab.evaluate("Boolean(window.kgView && kgView.ready && kgView.labels().length)"):
                tab.wait_for_timeout(100)  # the page forbids eval, which the waiting of Playwright needs
            tab.wait_for_timeout(1500)
            tab.screenshot(path=given.folder / f"{name}.jpg", type="jpeg", quality=82)
            tab.close()
        opened.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
