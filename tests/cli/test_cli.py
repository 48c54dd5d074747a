"""The command line: results on standard output, messages on standard error, exit codes, no traceback."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.cli.app import VERBS, command
from kg.cli.messages import LANGUAGES, help_text
from kg.store import OxigraphStore

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

GOLD = Path(__file__).parents[1] / "evaluate" / "yunchuan.json"
Run = Callable[..., Any]

LABELS = "SELECT ?label WHERE { ?a a pol:Agency ; skos:prefLabel ?label }"


def test_results_go_to_standard_output(kg: Run, store: Path) -> None:
    ran = kg("query", "-e", LABELS, "--format", "csv", "--store", store)
    assert (ran.code, ran.out, ran.err) == (0, "label\n云川市人民政府\n", "")


def test_a_query_from_a_file_standard_input_and_with_parameters(
    kg: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "q.rq"
    path.write_text("#+ parameters: {a: entity}\nSELECT ?l WHERE { ?a skos:prefLabel ?l }", encoding="utf-8")
    ran = kg("query", path, "-p", "a=市政府", "--store", store, "--format", "json")
    assert json.loads(ran.out)["results"]["bindings"][0]["l"]["value"] == "云川市人民政府"
    monkeypatch.setattr(sys, "stdin", io.StringIO("ASK { ?s ?p ?o }"))
    assert kg("query", "-", "--store", store).out == "true\n"
    result = tmp_path / "new" / "rows.csv"
    assert kg("query", "-e", LABELS, "--format", "csv", "-o", result, "--store", store).out == ""
    assert list(csv.reader(result.read_text(encoding="utf-8").splitlines())) == [
        ["label"],
        ["云川市人民政府"],
    ]


def test_triples_are_turtle_unless_told_otherwise(kg: Run, store: Path) -> None:
    text = "CONSTRUCT { ?s pol:cites ?o } WHERE { ?s pol:cites ?o }"
    assert "@prefix pol:" in kg("query", "-e", text, "--store", store).out
    assert kg("query", "-e", text, "--store", store, "--format", "csv").out.startswith(
        "subject,predicate,object\n"
    )


def test_explain(kg: Run, store: Path) -> None:
    ran = kg("explain", "市政府", "--store", store, "--lang", "zh")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("云川市人民政府  政府  agency/云川市人民政府\n")
    assert json.loads(kg("explain", "市政府", "--store", store, "--format", "json").out)["forms"] == [
        "市政府"
    ]


def test_stats_tell_the_quality_of_the_corpus(kg: Run, store: Path, tmp_path: Path) -> None:
    pytest.importorskip("datasketch", reason="the extra “corpus” is not installed")
    assert "sentences that yield nothing" in kg("stats", "--quality", "--store", store).out
    assert json.loads(kg("stats", "--quality", "--store", store, "--format", "json").out)["quality"][
        "reports"
    ]
    for format, start in (("html", "<!doctype html>"), ("turtle", "@prefix")):
        assert not kg("stats", "--store", store, "--format", format, "-o", tmp_path / format).code
        assert (tmp_path / format).read_text(encoding="utf-8").startswith(start)
    assert kg("stats", "--store", store, "--format", "odd").code == 2


def test_stats_in_both_languages(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kg("stats", "--store", store).out.startswith("reports  1\n")
    assert kg("stats", "--store", store, "--lang", "zh").out.startswith("报告  1\n")
    assert json.loads(kg("stats", "--store", store, "--format", "json").out)["reports"] == 1
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert kg("stats", "--store", store).out.startswith("报告  1\n")


def test_eval(kg: Run, store: Path) -> None:
    ran = kg("eval", GOLD, GOLD, "--store", store)
    assert ran.out.count("macro F1") == 3
    assert "− agencies" not in ran.out
    assert "− agencies: 云川市数据局" in kg("eval", GOLD, "-v", "--store", store).out
    scores = json.loads(kg("eval", GOLD, "--store", store, "--format", "json").out)[0]["scores"]
    assert scores[1]["recall"] == 0.5


def test_remove(kg: Run, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    with OxigraphStore(store) as opened, OxigraphStore(copy, writable=True) as other:
        for graph in opened.graphs():
            other.add({graph: "".join(f"{quad} .\n" for quad in opened.quads(graph)).encode()})
    ran = kg("remove", "云川市人民政府/2021", "--store", copy)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("removed https://w3id.org/policy-kg/id/report/")
    assert kg("stats", "--store", copy).out.startswith("reports  0\n")
    assert kg("remove", "云川市人民政府/2021", "--store", copy).code == 2


@pytest.mark.parametrize("format", ["nquads", "turtle", "jsonld", "csv", "graphml", "gexf"])
def test_export(store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], format: str) -> None:
    path = tmp_path / "all"
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", format, "-o", str(path), "--store", str(store)])
    assert not ended.value.code
    assert b"wrote" in capfdbinary.readouterr().err
    with pytest.raises(SystemExit):
        main(["export", "--format", format, "--store", str(store)])
    assert capfdbinary.readouterr().out == path.read_bytes()


def test_view_writes_a_page(kg: Run, tmp_path: Path) -> None:
    report = Path(__file__).parents[2] / "data" / "reports" / "songping-2022.txt"
    assert kg("build", report, "--out", tmp_path).code == 0
    page = tmp_path / "graph.html"
    ran = kg("view", "-o", page, "--focus", "县政府", "--depth", "1", "--store", tmp_path / "store")
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {page}\n")
    assert "青澜县人民政府门户网站" in page.read_text(encoding="utf-8")


def test_check_tells_findings_and_goes_on_after_a_bad_file(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("kg.check", reason="the checks are not there yet")
    report = tmp_path / "report.txt"
    report.write_text(
        "云川市人民政府2021年政府信息公开工作年度报告\n一、总体情况\n2021年收到政府信息公开申请450件，比2020年的600件下降20%。\n",
        encoding="utf-8",
    )
    ran = kg("check", report)
    assert ran.code == 1
    assert "error FORM-R8" in ran.out
    assert kg("check", report, "--ignore", "FORM-R8,FORM-SECTION").code == 0
    assert {
        line.split()[1]
        for line in kg("check", report, "--select", "form-r").out.splitlines()
        if "FORM-" in line
    } == {"FORM-R8"}
    assert kg("check", "--explain", "FORM-R8").out.startswith("FORM-R8 ")
    assert "未" in kg("check", report, "--previous", report, "--lang", "zh").err
    (found,) = json.loads(kg("check", report, "--format", "json").out)
    text = {place["exact"] for finding in found["findings"] for place in finding["evidence"]}
    assert found["file"] == str(report)
    monkeypatch.chdir(tmp_path)  # a file below the folder one works in is named as one would type it
    assert kg("check", report).out.startswith("report.txt\n")
    assert any("20%" in exact for exact in text)
    tmp_path.joinpath("empty.txt").write_text("", encoding="utf-8")
    both = kg("check", tmp_path)
    assert both.code == 2
    assert both.err.count("error: ") == 1
    assert "FORM-R8" in both.out


BAD = [
    (["check"], "give reports to check, or --explain CODE"),
    (["check", "--explain", "NO-SUCH"], "no finding is called “NO-SUCH”"),
    (["check", "{tmp}/empty.rq", "--select", "WRONG"], "no finding is called “WRONG”"),
    (["query", "no-such-query"], "no query is called “no-such-query”"),
    (["query", "missing.rq"], "missing.rq: the query cannot be read"),
    (["query", "{tmp}/empty.rq"], "empty.rq: the query is empty"),
    (["query", "{tmp}/header.rq"], "header.rq:2: the query's header is no YAML"),
    (["query", "{tmp}/year.rq"], "parameter year is missing; give it with -p year="),
    (["query", "{tmp}/year.rq", "-p", "year=now"], "“now” is no year"),
    (["query", "{tmp}/year.rq", "-p", "yaer=2021"], "no parameter yaer; did you mean year?"),
    (["query", "-e", "ASK { ?s ?p ?o }", "-p", "x"], "“x” is not name=value"),
    (["query", "-e", "SELECT *\nWHERE { ?s }"], "query:2:"),
    (["query", "-e", "ASK { ?s my:p ?o }"], "query:1:10: the prefix my: is not declared"),
    (["query", "-e", "ASK { }", "--format", "yaml"], "the format is one of table, csv"),
    (["query", "-e", "ASK { }", "--format", "turtle"], "only triples can be written as turtle"),
    (["query", "-e", "ASK { }", "-o", "{tmp}/empty.rq/x"], "cannot be written"),
    (
        ["query", "-e", "ASK { }", "--store", "{tmp}/nowhere"],
        "nowhere: there is no store here; run `kg build` first",
    ),
    (["query", "-e", "ASK { }", "--store", "{tmp}/corrupt"], "corrupt: the store is damaged"),
    (["query", "-e", "ASK { }", "--store", "http://127.0.0.1:9/"], "http://127.0.0.1:9/: no answer"),
    (["query", "-e", "ASK { }", "--extension", "nope"], "nope: no such extension"),
    (["query", "-e", ""], "give one query"),
    (["query"], "give one query"),
    (["query", "a", "-e", "ASK { }"], "give one query"),
    (["explain", "没有此名"], "nothing in the store is called “没有此名”"),
    (["explain", "川市"], "“川市” may mean"),
    (["explain", ""], "nothing in the store is called"),
    (["explain", "x", "--format", "yaml"], "the format is one of text, json"),
    (["stats", "--store", "{tmp}/nowhere"], "there is no store here"),
    (["remove", "nope"], "no report “nope”"),
    (["remove", "nope", "--store", "{tmp}/nowhere"], "there is no store here"),
    (["eval", "{tmp}/missing.json"], "missing.json: the gold file cannot be read"),
    (["eval", "{tmp}/empty.rq"], "empty.rq:1:1: no JSON"),
    (["eval", "{tmp}/other.json"], "other.json: the store has no report"),
    (["export", "--format", "yaml"], "unknown format “yaml”; use one of nquads"),
    (["export", "-o", "{tmp}/empty.rq/x"], "empty.rq"),
    (["build", "{tmp}/nowhere", "--out", "{tmp}/out"], "nowhere: no such file or folder"),
    (["build", "{tmp}/corrupt", "--out", "{tmp}/out"], "no report found"),
    (["lineage", "没有这个"], "nothing in the store is called"),
    (["lineage", "--format", "csv"], "text, json, html"),
    (["spread", "--kind", "Agency"], "no kind of thing"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(row[0])[:50] for row in BAD])
def test_what_is_wrong_is_said_in_one_line(
    kg: Run, store: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    tmp_path.joinpath("empty.rq").write_text("", encoding="utf-8")
    tmp_path.joinpath("header.rq").write_text("#+ title: [\nASK { }", encoding="utf-8")
    tmp_path.joinpath("year.rq").write_text(
        "#+ parameters: {year: year}\nASK { ?s ?p ?year }", encoding="utf-8"
    )
    report = {"title": "另一份", "issuer": "另一机关", "year": 2021}
    tmp_path.joinpath("other.json").write_text(json.dumps({"report": report}), encoding="utf-8")
    tmp_path.joinpath("corrupt").mkdir()
    tmp_path.joinpath("corrupt", "CURRENT").write_text("garbage", encoding="utf-8")
    arguments = [argument.format(tmp=tmp_path) if "{tmp}" in argument else argument for argument in arguments]
    at = [] if "--store" in arguments or arguments[0] == "build" else ["--store", str(store)]
    ran = kg(*arguments, *at)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert message in ran.err


@pytest.mark.parametrize(
    "arguments", [["nope"], ["stats", "--nope"], ["explain"], ["stats", "--lang", "fr"], []]
)
def test_bad_usage_exits_with_2_and_no_traceback(kg: Run, arguments: list[str]) -> None:
    ran = kg(*arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "Usage: kg" in ran.err + ran.out


def test_version(kg: Run) -> None:
    from kg import __version__

    assert kg("--version") == (0, f"kg {__version__}\n", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verb_and_parameter_has_help(lang: str) -> None:
    group = command(lang)
    assert list(group.commands) == list(VERBS)
    for verb, child in group.commands.items():
        assert help_text(verb, "", lang)
        missing = [parameter.name for parameter in child.params if not help_text(verb, parameter.name, lang)]
        assert missing == []


@pytest.mark.parametrize("verb", list(VERBS))
def test_help_is_short(kg: Run, verb: str) -> None:
    ran = kg(verb, "--help")
    assert ran.code == 0
    assert help_text(verb, "", "en").split(":")[0] in ran.out
    assert len(ran.out.splitlines()) < 35
    assert help_text(verb, "", "zh")[:10] in kg(verb, "--help", "--lang", "zh").out


def test_a_closed_pipe_is_quiet(store: Path) -> None:
    text = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
    line = [sys.executable, "-m", "kg.cli", "query", "-e", text, "--format", "csv", "--store", str(store)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"a,b,c,d,e,f\n"
        running.stdout.close()
        assert running.stderr.read() == b""
