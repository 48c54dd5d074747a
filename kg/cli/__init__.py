"""The command line: one verb per capability; each parses, calls one function, and prints."""

import sys
from collections.abc import Sequence

from kg.cli.app import command
from kg.cli.messages import LANGUAGES, default_lang, say
from kg.cli.output import note
from kg.errors import KgError, is_full

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``kg``; exits with 0, with 1 for findings, or with 2 and one line that says what is wrong."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    lang = _lang(arguments)
    try:
        command(lang)(args=arguments, prog_name="kg")
    except KgError as error:
        note(say("error", lang, error=" ".join(str(error).split())))
        sys.exit(2)
    except OSError as error:  # a file of the caller's that no layer below spoke of
        place = f"{error.filename}: " if error.filename else ""
        full = "the disk is full; free some space and run the same again"
        note(say("error", lang, error=f"{place}{full if is_full(error) else error.strerror or error}"))
        sys.exit(2)
    except KeyboardInterrupt:
        note(say("interrupted", lang))
        sys.exit(2)


def _lang(arguments: Sequence[str]) -> str:
    """The language asked for, wherever it stands: help and errors are told before the verb is run."""
    for index, argument in enumerate(arguments):
        chosen = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            chosen = arguments[index + 1] if index + 1 < len(arguments) else ""
        if chosen in LANGUAGES:
            return chosen
    return default_lang()
