"""An entity explained, what a store holds, and the Python API over both."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError
from kg.explain import explain
from kg.stats import stats
from kg.store import MemoryStore

AGENCY = "https://w3id.org/policy-kg/id/agency/云川市人民政府"


@pytest.mark.parametrize(
    "name", ["云川市人民政府", "市政府", AGENCY, f"<{AGENCY}>", "agency/云川市人民政府", " 云川市人民政府 "]
)
def test_an_entity_is_found_by(store: MemoryStore, name: str) -> None:
    assert explain(store, name).iri == AGENCY


@pytest.mark.parametrize("name", ["数据开放", "云政发〔2021〕3号", "policy/云政发〔2021〕3号"])
def test_a_policy_is_found_by(store: MemoryStore, name: str) -> None:
    assert explain(store, name).label == "云川市数据开放办法"


def test_an_ambiguous_name_lists_its_candidates(store: MemoryStore) -> None:
    with pytest.raises(QueryError) as error:
        explain(store, "川市")
    message = str(error.value)
    assert "云川市人民政府 (agency/云川市人民政府)" in message
    assert "\n" not in message


def _named(iri: str, name: str, *, told: bool) -> str:
    label = f'<{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@zh'
    about = f"<{iri}/fact> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <{iri}>"
    return "".join(f"{triple} <http://x/g> .\n" for triple in (label, *([about] if told else ())))


def test_what_reports_tell_of_goes_before_a_word_of_the_vocabulary_of_the_same_name() -> None:
    store = MemoryStore()
    told, word = (
        _named("http://x/licence", "电子证照", told=True),
        _named("http://x/word", "电子证照", told=False),
    )
    store.add({"http://x/g": (told + word).encode()})
    assert explain(store, "电子证照").iri == "http://x/licence"
    store.add({"http://x/g": (told + word + _named("http://x/other", "电子证照", told=True)).encode()})
    with pytest.raises(QueryError, match="may mean 2 things"):
        explain(store, "电子证照")
    store.add({"http://x/g": (word + _named("http://x/unit", "电子证照", told=False)).encode()})
    with pytest.raises(QueryError, match="may mean 2 things"):
        explain(store, "电子证照")


def test_each_fact_has_its_words_rule_section_and_report(store: MemoryStore) -> None:
    explained = explain(store, "云川市人民政府")
    assert explained.forms == ("市政府",)
    text = explained.text("zh")
    assert "主办\n  ← 云川市人民政府门户网站  [rule:builds]" in text
    assert "«市政府建成云川市人民政府门户网站»" in text
    assert "— 一、总体情况 · 云川市人民政府2021年政府信息公开工作年度报告" in text
    assert "operated by\n  ← 云川市人民政府门户网站" in explained.text("en")
    facts = json.loads(explained.json())["facts"]
    assert all(fact["evidence"] and fact["rules"] for fact in facts)
    assert {fact["property"].rpartition("#")[2] for fact in facts if fact["incoming"]} == {
        "issuedBy",
        "operatedBy",
        "carriedOutBy",
    }


def test_stats_count(store: MemoryStore) -> None:
    found = stats(store, queries=["a"])
    assert found.reports == 1
    classes = {item.name.rpartition("#")[2]: item.count for item in found.classes}
    assert (classes["Agency"], classes["Observation"], classes["Policy"]) == (1, 12, 1)
    assert [(item.name, item.count) for item in found.findings] == [("FORM-R8", 1)]
    assert json.loads(found.json())["queries"] == ["a"]


def test_the_api_answers_by_text_file_and_name(store: MemoryStore, tmp_path: Path) -> None:
    graph = kg.KnowledgeGraph(store)
    path = tmp_path / "q.rq"
    path.write_text("#+ parameters: {a: entity}\nSELECT ?l WHERE { ?a skos:prefLabel ?l }", encoding="utf-8")
    assert list(graph.query(str(path), a="市政府")) == [{"l": "云川市人民政府"}]
    assert [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?r a pol:Report }")] == [1]
    with pytest.raises(kg.QueryError, match="no query is called"):
        graph.query("no-such-query")
    assert graph.explain("市政府").iri == AGENCY
    assert graph.stats().reports == 1
    gold = Path(__file__).parents[1] / "evaluate" / "yunchuan.json"
    assert kg.evaluate(graph, gold).score("agencies").found == 1
    with graph as opened:
        assert opened is graph


def test_public_names() -> None:
    assert [name for name in kg.__all__ if not hasattr(kg, name)] == []
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError):
        kg.no_such_name  # noqa: B018  # asking is the test


def test_importing_kg_loads_nothing_heavy() -> None:
    code = "import sys, kg; print(sorted(m for m in sys.modules if m.partition('.')[0] in sys.argv[1:]))"
    heavy = ["pyoxigraph", "rdflib", "networkx", "trafilatura", "opencc", "typer", "rich"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_verb_is_callable_and_still_a_module() -> None:
    from kg.build import BuildResult

    assert kg.build.BuildResult is BuildResult  # type: ignore[attr-defined]
    assert callable(kg.build)
    with pytest.raises(kg.InputError, match="no such file"):
        kg.build("no/such/file")


def test_the_version_is_that_of_the_package() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == kg.__version__
