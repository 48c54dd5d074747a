"""Two ontologies compared: added, removed, renamed, changed; who uses what went; the version step."""

import subprocess
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology.difference import compare, difference, releases
from kg.schema.index import load_texts

HEAD = """@prefix ext: <https://w3id.org/policy-kg/extension/> . @prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rule: <https://w3id.org/policy-kg/rule/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/policy-kg/extension/x> a owl:Ontology ; owl:versionInfo "1.2.3" .
"""
CLASS = 'ext:{} a owl:Class ; rdfs:subClassOf pol:{} ; rdfs:label "{}"@zh , "{}"@en ; skos:definition "定义。"@zh , "Definition."@en .\n'
A = CLASS.format("A", "Platform", "甲", "a")
RULE = 'rule:r a pol:NounRule ; rdfs:label "规则"@zh , "rule"@en ; pol:denotes ext:A ; pol:head "{}" .\n'
COUNT = (
    'ext:n a pol:Indicator ; skos:prefLabel "数"@zh , "count"@en ; pol:phrase "{}" ; pol:countedUnit {} .\n'
)
CASES = [
    ("phrase", COUNT.format("甲", "pol:U"), COUNT.format("乙", "pol:U"), "minor", "1.3.0"),
    ("unit", COUNT.format("甲", "pol:U"), COUNT.format("甲", "pol:V"), "major", "2.0.0"),
    ("nothing", A, A, "none", "1.2.3"),
    ("label", A, CLASS.format("A", "Platform", "乙", "a"), "patch", "1.2.4"),
    ("added", A, A + CLASS.format("B", "Platform", "乙", "b"), "minor", "1.3.0"),
    ("rule", A + RULE.format("甲"), A + RULE.format("乙"), "minor", "1.3.0"),
    ("removed", A + CLASS.format("B", "Platform", "乙", "b"), A, "major", "2.0.0"),
    ("parent", A, CLASS.format("A", "Policy", "甲", "a"), "major", "2.0.0"),
    ("renamed", A, CLASS.format("Z", "Platform", "甲", "a"), "major", "2.0.0"),
]


@pytest.mark.parametrize(("name", "old", "new", "step", "version"), CASES, ids=[case[0] for case in CASES])
def test_the_step_fits_the_change(name: str, old: str, new: str, step: str, version: str) -> None:
    found = difference(load_texts([("old.ttl", HEAD + old)]), load_texts([("new.ttl", HEAD + new)]))
    assert (found.step, found.next_version) == (step, version)
    assert releases(found) == f"{step}: {version}"
    assert [one.name for one in found.added] == (["ext:B"] if name == "added" else [])
    assert [one.name for one in found.removed] == (["ext:B"] if name == "removed" else [])
    assert [(a.name, b.name) for a, b in found.renamed] == ([("ext:A", "ext:Z")] if name == "renamed" else [])
    for lang in ("zh", "en"):
        assert found.markdown(lang).startswith("# before → after\n")


def test_a_replacement_is_a_new_name() -> None:
    new = CLASS.format("B", "Platform", "乙", "b") + "ext:A dcterms:isReplacedBy ext:B .\n"
    found = difference(load_texts([("o", HEAD + A)]), load_texts([("n", HEAD + new)]))
    assert [(a.name, b.name) for a, b in found.renamed] == [("ext:A", "ext:B")]


def test_the_queries_beside_a_file_are_named_and_no_version_is_made_up(tmp_path: Path) -> None:
    old, new, query = tmp_path / "old.ttl", tmp_path / "new.ttl", tmp_path / "queries" / "a.rq"
    for path, version in ((old, A), (new, CLASS.format("Z", "Platform", "甲", "a"))):
        path.write_text(HEAD.rpartition("<")[0] + version, encoding="utf-8")
    query.parent.mkdir()
    query.write_text("SELECT ?a WHERE { ?a a ext:A }", encoding="utf-8")
    page = compare(str(old), str(new)).markdown("en")
    assert query.as_posix() in page
    assert "semantic version: **major**\n" in page


def test_who_uses_what_went_is_named() -> None:
    found = compare("hotlines", "press")
    users = {term.rpartition("/")[2]: files for term, files in found.uses.items()}
    assert "ontology/extensions/hotlines/queries/who-answers-hotlines.rq" in users["answers"]


def test_questions_of_the_folder_compared_are_among_the_users(tmp_path: Path) -> None:
    for name, text in (("old", A), ("new", "")):
        (tmp_path / name / "queries").mkdir(parents=True)
        (tmp_path / name / "x.ttl").write_text(HEAD + text, encoding="utf-8")
        (tmp_path / name / "queries" / "q.rq").write_text("SELECT ?a { ?a a ext:A }", encoding="utf-8")
    found = compare(str(tmp_path / "old"), str(tmp_path / "new"))
    [users] = found.uses.values()
    assert users == ((tmp_path / "new" / "queries" / "q.rq").as_posix(),)


def test_git_revisions_are_compared(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    known = (
        subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, check=False).returncode
        == 0
    )
    if not known:
        pytest.skip("this is no git checkout")
    assert compare("HEAD", "HEAD").step == "none"
    with pytest.raises(OntologyError, match="revision"):
        compare("no-such-revision", str(root / "ontology"))
