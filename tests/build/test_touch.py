"""After a change of the ontology only the reports are read again that it can touch; the store is as an undisturbed build makes it."""

from pathlib import Path

import pytest

from kg.build import build
from kg.store import Store, open_store

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

TOUCHED = "云川市民政局2023年政府信息公开工作年度报告\n一、总体情况\n市民政局召开“惠民政策”新闻发布会，公开信息120条。\n"
SPARED = "云川市财政局2023年政府信息公开工作年度报告\n一、总体情况\n市财政局收到政府信息公开申请12件。\n"
HEAD = """@prefix pol: <https://w3id.org/policy-kg/ontology#> . @prefix ext: <https://w3id.org/policy-kg/extension/> .
@prefix rule: <https://w3id.org/policy-kg/rule/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ext:Talk a owl:Class ; rdfs:subClassOf pol:{parent} ; rdfs:label "{label}"@zh .
rule:noun-talk a pol:NounRule ; pol:denotes ext:Talk ; pol:head "{head}" ; pol:accept pol:Quoted .
"""
FIRST = {"parent": "Initiative", "label": "会", "head": "新闻发布会"}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TOUCHED, encoding="utf-8")
    (folder / "b.txt").write_text(SPARED, encoding="utf-8")
    return folder


def _content(store: Store) -> list[str]:
    return sorted(str(quad) for graph in store.graphs() for quad in store.quads(graph))


def _built(folder: Path) -> list[str]:
    with open_store(folder / "store") as store:
        return _content(store)


@pytest.mark.parametrize(
    ("change", "touched", "spared"),
    [
        ({"head": "座谈会"}, ["a.txt"], ["b.txt"]),  # the rule loses a word that the first report has
        ({"parent": "Platform"}, ["a.txt"], ["b.txt"]),
        ({"label": "发布会"}, [], ["a.txt", "b.txt"]),
    ],
)
def test_only_what_a_change_can_touch_is_read_again(
    tmp_path: Path, reports: Path, change: dict[str, str], touched: list[str], spared: list[str]
) -> None:
    extension = tmp_path / "talk.ttl"
    extension.write_text(HEAD.format(**FIRST), encoding="utf-8")
    build([reports], out=tmp_path / "out", extensions=[extension])
    extension.write_text(HEAD.format(**(FIRST | change)), encoding="utf-8")
    again = build([reports], out=tmp_path / "out", extensions=[extension])
    assert [Path(one).name for one in again.touched] == touched
    assert [Path(one).name for one in again.spared] == spared
    assert {(one.rule.rpartition("/")[2], one.how) for found in again.reasons.values() for one in found} == (
        {("noun-talk", "changed")} if touched else set()
    )
    build([reports], out=tmp_path / "fresh", extensions=[extension])
    assert _built(tmp_path / "out") == _built(tmp_path / "fresh")


def test_a_new_extension_touches_what_has_its_words(tmp_path: Path, reports: Path) -> None:
    build([reports], out=tmp_path / "out")
    again = build([reports], out=tmp_path / "out", extensions=["press"])
    assert ([Path(one).name for one in again.touched], [Path(one).name for one in again.spared]) == (
        ["a.txt"],
        ["b.txt"],
    )
    [found] = again.reasons.values()
    told = [(one.rule.rpartition("/")[2], one.how) for one in found]
    assert told == [("holds-press-conference", "added"), ("noun-press-conference", "added")]
    build([reports], out=tmp_path / "fresh", extensions=["press"])
    assert _built(tmp_path / "out") == _built(tmp_path / "fresh")
    back = build([reports], out=tmp_path / "out")
    assert [Path(one).name for one in back.touched] == ["a.txt"]
    assert not build([reports], out=tmp_path / "out").built


def test_a_changed_file_is_read_again(tmp_path: Path, reports: Path) -> None:
    build([reports], out=tmp_path / "out")
    (reports / "b.txt").write_text(SPARED.replace("12", "13"), encoding="utf-8")
    again = build([reports], out=tmp_path / "out", extensions=["press"])
    assert sorted(Path(one.path).name for one in again.built) == ["a.txt", "b.txt"]
    assert not again.spared


def test_samples_are_the_same_by_either_way(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "data" / "reports"
    texts = [samples / "quzhou-2020.txt", samples / "qinglan-2023.txt", samples / "songping-2022.txt"]
    build(texts, out=tmp_path / "out")
    again = build(texts, out=tmp_path / "out", extensions=["press", "hotlines"])
    build(texts, out=tmp_path / "fresh", extensions=["press", "hotlines"])
    assert again.touched
    assert _built(tmp_path / "out") == _built(tmp_path / "fresh")
