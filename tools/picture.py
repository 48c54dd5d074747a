"""The picture of the README: the page that ``kg view`` writes, as a browser shows it.

``python tools/picture.py build/graph.html docs/network.png``; needs Chromium or Chrome.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str] | None = None) -> int:
    """Take the picture; 2 where there is no browser."""
    parser = argparse.ArgumentParser(description="A picture of a page.")
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--size", default="1400x860", help="width and height in pixels")
    given = parser.parse_args(arguments)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write(f"no browser; install one of {', '.join(BROWSERS)}\n")
        return 2
    given.picture.parent.mkdir(parents=True, exist_ok=True)
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=8000",
    ]
    size = f"--window-size={given.size.replace('x', ',')}"
    picture = f"--screenshot={given.picture.resolve()}"
    subprocess.run(
        [browser, *options, size, picture, given.page.resolve().as_uri()],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
