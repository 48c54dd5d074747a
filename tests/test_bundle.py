"""The scripts of the pages: what they are bundled from, and what is told where they are missing."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from kg import bundle as module
from kg.bundle import bundle
from kg.errors import BundleError

ROOT = Path(__file__).parents[1]
ENTRIES = sorted(path.stem for path in (ROOT / "web").glob("*.js") if path.stem != "build")


def test_the_lock_has_digests_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in one and one["integrity"].startswith("sha512-") for one in packages.values())


def test_versions_are_exact() -> None:
    made = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**made["dependencies"], **made["devDependencies"]}.values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_is_bundled_and_described(name: str) -> None:
    text = bundle(f"{name}.js")
    assert "</script" not in text  # so that a page may hold it
    exported = re.search(rf"\b{name}: \"(\w*)\"", (ROOT / "web" / "build.js").read_text(encoding="utf-8"))
    assert exported is not None
    assert text.startswith(f"var {exported[1]}=") if exported[1] else "export{" in text
    assert f"`{name}.js`" in (ROOT / "web" / "README.md").read_text(encoding="utf-8")


def test_the_bundles_are_made_from_what_is_here() -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    assert bundle("made-from.txt") == hook._digest(), "run “python hatch_build.py”"


def test_licences_come_along() -> None:
    text = bundle("LICENSES.txt")
    assert all(f"\n{name} " in f"\n{text}" for name in ("@zazuko/yasqe", "codemirror", "graphology", "sigma"))


def test_a_missing_bundle_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    with pytest.raises(BundleError, match=r"^network\.js: the scripts .* run “python hatch_build\.py”"):
        bundle("network.js")
