"""The words of the command line, from ``messages.toml``."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))


def say(key: str, lang: str, **values: object) -> str:
    """A message in a language, with its values filled in.

    >>> say("written", "en", path="graph.html")
    'wrote graph.html'
    """
    return _catalogue()["message"][key][lang].format(**values)


def help_text(verb: str, name: str, lang: str) -> str:
    """What a verb (``name`` empty) or one of its parameters is for; empty where the catalogue lacks it.

    >>> help_text("build", "", "en"), help_text("build", "no-such", "en")
    ('Read reports, files or folders, into a store.', '')
    """
    entries = _catalogue()["help"]
    entry = entries.get(f"{verb}.{name}" if name else verb) or entries.get(name) or {}
    return entry.get(lang, "")


def default_lang(environment: Mapping[str, str] | None = None) -> str:
    """The language of the locale: ``zh`` for any Chinese one, else ``en``.

    >>> default_lang({"LANG": "zh_CN.UTF-8"}), default_lang({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    environment = os.environ if environment is None else environment
    chosen = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    return "zh" if chosen.lower().startswith("zh") else "en"
