"""``kg ontology`` on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.app import VERBS, command
from kg.cli.messages import LANGUAGES, help_text
from tests.cli.conftest import Ran

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

Run = Callable[..., Ran]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verb_and_parameter_has_help(lang: str) -> None:
    group = command(lang).commands["ontology"]
    assert list(group.commands) == list(VERBS["ontology"])
    for verb, child in group.commands.items():
        assert help_text(f"ontology.{verb}", "", lang)
        assert all(
            help_text(f"ontology.{verb}", one.name, lang) for one in child.params if one.name != "help"
        )


def test_a_newcomer_makes_tries_and_checks_an_extension(kg: Run, tmp_path: Path) -> None:
    made = kg("ontology", "new", "electronic-licence", "--in", tmp_path, "--zh", "电子证照")
    assert made.code == 0
    place = tmp_path / "electronic-licence"
    assert (place / "electronic-licence.ttl").is_file()
    tried = kg("ontology", "try", place, "--text", "市大数据发展管理局推行电子证照。")
    assert "⟦市大数据发展管理局推行电子证照⟧" in tried.out
    assert "  + 电子证照 · a · electronic licence" in tried.out
    checked = kg("ontology", "check", place, "--format", "json")
    assert (checked.code, [one for one in json.loads(checked.out) if one["severity"] != "info"]) == (0, [])


def test_a_flaw_ends_with_one(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "@prefix ext: <https://w3id.org/policy-kg/extension/> .\next:a ext:b ext:c .\n"
    )
    ran = kg("ontology", "check", tmp_path / "a.ttl")
    assert ran.code == 1
    assert "a.ttl:" in ran.out
    assert "P38" in ran.out


def test_what_is_not_there_is_told(kg: Run) -> None:
    for line in (("check", "nowhere"), ("try", "nowhere"), ("diff", "nowhere", "press")):
        ran = kg("ontology", *line)
        assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_codes_are_listed(kg: Run) -> None:
    out = kg("ontology", "check", "--codes").out
    assert all(code in out for code in ("P04", "P41", "OM1", "RESERVED", "FOOPS!"))


def test_terms_are_found(kg: Run) -> None:
    assert "pol:Hotline  class  hotline" in kg("ontology", "terms", "热线", "--kind", "class").out


def test_two_extensions_are_compared(kg: Run) -> None:
    out = kg("ontology", "diff", "press", "hotlines").out
    assert "## Added" in out
    assert "`ext:PressConference`" in out
    assert "**major**" in out
