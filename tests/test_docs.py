"""What the documentation says is so: commands run and answer as shown, names exist, nothing is left unsaid."""

import doctest
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli.app import VERBS
from kg.query import query_names

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

ROOT = Path(__file__).parents[1]
FOLDERS = ("bench", "data", "docs", "fuzz", "kg", "ontology", "queries", "tests", "tools", "web")
READMES = ("README.md", "README.zh-CN.md")


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("examples", ROOT / "tools" / "examples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["examples"] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
PAGES = [
    *TOOL.pages(),
    *(ROOT / folder / "README.md" for folder in FOLDERS),
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
]
PAGES = sorted(set(PAGES))
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}


def _files() -> list[str]:
    """What is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the README have been run, and nothing failed."""
    place: Path = TOOL.workplace(tmp_path_factory.mktemp("reader").resolve())
    for example in TOOL.examples(TEXT["README.md"]):
        if example.runs:
            ran = TOOL.run(example.command, "en", place)
            wanted = {0, 1} if example.command.startswith("kg check") else {0}
            assert ran.code in wanted, f"{example.command}\n{ran.text}"
            assert example.fits(ran.text), f"run `make docs`: {example.command}\n{ran.text}"
    TOOL.run(
        "kg build data/reports", "en", place
    )  # what the page took out is there again for the other pages
    return place


def test_the_readme_runs_and_is_answered_as_it_shows(folder: Path) -> None:
    assert (folder / "build" / "store").is_dir()
    assert (folder / "build" / "graph.html").stat().st_size > 10_000
    assert (folder / "build" / "applications.csv").read_text(encoding="utf-8").startswith("agency,year")


@pytest.mark.parametrize("page", sorted(set(TEXT) - {"README.md"}))
def test_other_pages_are_answered_as_they_show(page: str, folder: Path) -> None:
    for example in TOOL.examples(TEXT[page]):
        if example.runs and example.shown and not example.command.startswith("kg remove"):
            answer = TOOL.run(example.command, TOOL.language(Path(page)), folder).text
            assert example.fits(answer), f"run `make docs`: {example.command}\n{answer}"


@pytest.mark.parametrize("page", sorted(page for page, text in TEXT.items() if "```pycon" in text))
def test_python_on_the_pages_runs(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    parser = doctest.DocTestParser()
    blocks = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", TEXT[page], re.M | re.S))
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    runner.run(parser.get_doctest(blocks, {}, page, page, 0), out=said.append)
    assert not runner.failures, "".join(said)


def test_the_fact_on_the_page_of_the_graph_is_in_the_graph(folder: Path) -> None:
    page = TEXT["docs/graph.md"]
    [fact] = set(re.findall(r"fact/[0-9a-f]{16}", page))
    [(start, end)] = set(re.findall(r"/evidence/(\d+)-(\d+)", page))
    [exact] = re.findall(r'oa:exact +"(.*?)" ;', page)
    text = f"""
        SELECT ?p ?value ?unit ?indicator WHERE {{
          <https://w3id.org/policy-kg/id/report/青澜县人民政府/2023/{fact}> rdf:subject ?it ; rdf:predicate ?p ;
            pol:evidence/oa:hasSelector ?at , ?quote .
          ?at oa:start {start} ; oa:end {end} . ?quote oa:exact "{exact}" .
          ?figure pol:observedFor ?it ; sdmx-measure:obsValue ?value ; pol:unit/skos:prefLabel ?unit ; pol:indicator ?indicator ;
            pol:measure pol:Count ; pol:bound pol:Exact ; sdmx-dimension:refPeriod "2023"^^xsd:gYear
          FILTER(LANG(?unit) = "zh") }}"""
    with kg.open_store(folder / "build" / "press" / "store") as graph:
        [row] = graph.query(text)
    assert (str(row["value"]), row["unit"]) == ("10", "场")
    assert row["p"].endswith("carriedOutBy")
    assert row["indicator"].endswith("press.conferences")


def test_both_readmes_show_the_same_commands() -> None:
    one, other = ([example.command for example in TOOL.examples(TEXT[name])] for name in READMES)
    assert one == other
    turtle = [re.findall(r"^```turtle\n(.*?)^```$", TEXT[name], re.M | re.S) for name in READMES]
    assert (
        turtle[0] == turtle[1] == [(ROOT / "ontology/extensions/press/press.ttl").read_text(encoding="utf-8")]
    )


def test_the_reference_of_the_ontology_is_current() -> None:
    for page, text in TOOL.made().items():
        assert page.read_text(encoding="utf-8") == text, f"run `make docs`: {page.name}"


@pytest.mark.parametrize("page", READMES)
def test_every_verb_is_in_the_readme(page: str) -> None:
    rows = re.findall(r"^\| `kg (\w+)", TEXT[page], re.M)
    assert rows == list(VERBS)


@pytest.mark.parametrize("page", sorted(TEXT))
def test_commands_and_queries_on_the_pages_exist(page: str) -> None:
    known = {*query_names(), *(re.sub(r"^\d+-", "", name) for name in query_names())}
    for command in re.findall(r"(?:^\$ |`)(kg [a-z][^`\n]*)", TEXT[page], re.M):
        words = shlex.split(command)
        assert words[1] in VERBS, command
        if words[1] == "query" and len(words) > 2 and re.fullmatch(r"[a-z][a-z-]+", words[2]):
            assert words[2] in known, command


@pytest.mark.parametrize("page", sorted(TEXT))
def test_make_targets_scripts_and_links_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:^\$ |`)make ([a-z]+)", TEXT[page], re.M)) <= targets
    here = (ROOT / page).parent
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXT[page]):
        assert "://" in link or (here / link).exists(), link
    for name in re.findall(r"`((?:docs|kg|ontology|queries|tests|tools|data)/[\w./-]*)`", TEXT[page]):
        assert "NAME" in name or (ROOT / name).exists(), name


def test_each_folder_says_what_belongs_in_it() -> None:
    folders = {name.partition("/")[0] for name in _files() if "/" in name and not name.startswith(".")}
    assert folders == set(FOLDERS)


def test_no_module_is_hidden_from_git() -> None:
    """A rule of ``.gitignore`` for an output folder once hid the part of the same name."""
    modules = {
        path.relative_to(ROOT).as_posix()
        for top in ("kg", "tests", "tools", "web")
        for path in (ROOT / top).rglob("*.py")
    }
    assert modules <= set(_files())


def test_public_names_are_documented() -> None:
    documented = set(re.findall(r"^\| `kg\.(\w+)", TEXT["docs/api.md"], re.M))
    assert documented == set(kg.__all__)


def test_each_construct_of_patterns_is_documented() -> None:
    from kg.schema import pattern

    constructs = re.findall(r"^    (<\w+>|\{\?\w+:[A-Z]\w+\+?\}|…|\^|\[\?v)", pattern.__doc__ or "", re.M)
    assert len(constructs) > 5
    for construct in constructs:
        shape = re.escape(construct)
        shape = re.sub(r"\\\?v", r"\\?\\w+", re.sub(r"Class", r"\\w+", shape)).replace("<name>", r"<\w+>")
        assert re.search(rf"^\| `{shape}", TEXT["docs/patterns.md"], re.M), construct


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert re.findall(r"\w+://\S*|--(?:extra-)?index\S*|--find-links\S*| @ \S+", lock) == []
    assert not {"uv.lock", "pylock.toml", "poetry.lock"} & set(_files())


def test_no_registry_is_named_in_a_committed_file() -> None:
    hosts = [
        ".".join(parts).encode() for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
    ]
    named = [name for name in _files() for host in hosts if host in (ROOT / name).read_bytes()]
    assert named == []


def test_no_path_of_a_machine_is_committed() -> None:
    pattern = re.compile(rb"(?<![\w.~/:-])/(?:home|root|Users|work|tmp|mnt)/[\w.]")
    found = []
    for name in _files():
        if not name.startswith("data/reports/"):
            content = (ROOT / name).read_bytes()
            found += [f"{name}: {hit.group().decode()}" for hit in pattern.finditer(content)]
    assert found == []
