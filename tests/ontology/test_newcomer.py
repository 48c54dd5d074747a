"""A newcomer with docs/extensions.md and nothing else: its commands, in its order, over a report in the manner of 衢州's."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.bundle import BundleError, bundle
from kg.ontology.finding import catalogue
from tests.conftest import SHARED
from tests.ontology.test_ontology import FAULTS
from tests.test_docs import ROOT, TOOL
from tests.view.conftest import data_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.usefixtures("extractor"),  # held, so that what loads the core here gets it
]

PAGE = (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8")
REPORTS = (ROOT / "data" / "reports" / "quzhou-2020.txt", SHARED / "reports" / "quzhou-2020.txt")
FOLDER, TURTLE = Path("build/electronic-licence"), "electronic-licence.ttl"
IT, CITY = "电子证照", "衢州市人民政府"
TEN = ("P08", "PATTERN", "EXAMPLE", "COUNTER", "P06", "P34", "P32", "RESERVED", "DOMAIN", "LOOK")


@contextmanager
def serving(command: str, place: Path) -> Iterator[httpx.Client]:
    """``kg serve`` as a process of its own, at a free port, and a client of it."""
    arguments = [*shlex.split(command)[1:], "--port", "0", "--workers", "1", "--lang", "en"]
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    started = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(started, cwd=place, stderr=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stderr
            line = server.stderr.readline()
            [address] = re.findall(r"http://[\d.:]+", line) or pytest.fail(line)
            with httpx.Client(base_url=address, timeout=60, headers={"Accept": "text/html"}) as client:
                yield client
        finally:
            server.terminate()


def _do(command: str, place: Path) -> str:
    ran = TOOL.run(command, "en", place)
    assert ran.code == 0, f"{command}\n{ran.text}"
    return str(ran.text)


@pytest.mark.parametrize("report", REPORTS, ids=["ours", "real"])
def test_the_page_leads_to_a_class_that_is_found_stored_checked_drawn_documented_and_served(
    report: Path, tmp_path: Path
) -> None:
    if not report.is_file():
        pytest.skip("the folder of real reports is not beside this checkout")
    place = TOOL.workplace(tmp_path)
    shutil.copy(report, place / "data" / "reports" / "quzhou-2020.txt")
    [rule] = re.findall(r"^```turtle\n(rule:.*?)^```$", PAGE, re.M | re.S)
    [promised] = re.findall(r"^```text\n *(.*?)\n```$", PAGE, re.M | re.S)
    said = {}
    for example in TOOL.examples(PAGE):
        said[example.command.split(" -")[0]] = _do(example.command, place)
        if example.command.startswith("kg ontology new"):
            with (place / FOLDER / TURTLE).open("a", encoding="utf-8") as turtle:
                turtle.write(f"\n{rule}")
    assert f"  {promised}" in said[f"kg ontology try {FOLDER}"].split("\n")
    assert "0 errors, 0 warnings" in said[f"kg ontology check {FOLDER}"]
    assert said["kg query"].split() == ["name", "─" * 8, IT]

    drawn = (place / "build" / "licence.html").read_text(encoding="utf-8")
    [color] = re.findall('pol:color "(#.*?)"', (place / FOLDER / TURTLE).read_text(encoding="utf-8"))
    data = data_of(drawn)
    [node] = [one for one in data["nodes"] if one["title"] == IT]
    assert data["options"]["groups"][node["group"]]["color"]["background"] == color
    legend = [(one["label"], one["color"]) for top in data["page"]["classes"] for one in top["classes"]]
    assert ("electronic licence", color) in legend
    documented = (place / "build" / "ontology" / "index.html").read_text(encoding="utf-8")
    [section] = re.findall(r'<section id="ext:ElectronicLicence">.*?</section>', documented, re.S)
    assert color in section
    assert '<span class="count">1</span>' in section

    [command] = re.findall(r"^(kg serve .*)$", PAGE, re.M)
    try:
        bundle("network.js")
    except BundleError:
        pytest.skip("the scripts of the pages are not bundled")
    with serving(command, place) as portal:
        [found] = [
            one
            for one in portal.get("/search", params={"q": IT}).json()
            if one["class"].endswith("ElectronicLicence")
        ]
        for lang, kind in (("zh", "电子证照"), ("en", "electronic licence")):
            page = portal.get(
                found["iri"].replace("https://w3id.org/policy-kg", ""), params={"lang": lang}
            ).text
            assert re.search(f'<span class="dot" style="background:{color}"></span>{kind}<', page)
            assert re.search(rf">{CITY}<", page)  # who promotes it, and not in the title of the report alone


def test_ten_faults_are_told_with_file_line_code_and_how_to_mend(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    _do(TOOL.examples(PAGE)[0].command, tmp_path)
    turtle = tmp_path / FOLDER / TURTLE
    text = turtle.read_text(encoding="utf-8")
    for code in TEN:
        text = FAULTS[code](text)
    turtle.write_text(text, encoding="utf-8")
    ran = TOOL.run(f"kg ontology check {FOLDER}", "en", tmp_path)
    told = re.findall(r"^(\S+\.ttl):(\d+): (?:error|warning|info) (\S+) .+\n {4}\S.+$", ran.text, re.M)
    assert ran.code == 1
    assert set(TEN) - {code for _, _, code in told} == set(), ran.text
    for file, line, code in told:
        assert Path(file).name == TURTLE
        assert 0 < int(line) <= text.count("\n") + 1
        assert code in catalogue()
