"""What a report calls by words that only its writer makes plain: the body above it, and its own office."""

from collections.abc import Mapping, Sequence

from kg.link.context import Issuer


def line_above(who: Issuer, words: str, noun: str, levels: Sequence[str]) -> str | None:
    """The name of the body above the writer in its own line, "" where the words name no level but its own.

    市局 in the report of a county's bureau is the city's of the same name; None where that cannot be told.
    """
    level = next((word for word in levels if words.startswith(word)), "")
    home = who.home
    if home is None or not level or home.name.endswith(level):
        return ""
    above = next((ref for ref in home.chain() if ref.name.endswith(level)), None)
    prefix, found, core = who.label.rpartition(home.name)
    if above is None or not found or not core.endswith(noun):
        return None
    for ref in home.chain():
        prefix = prefix.removesuffix(ref.name)
    return prefix + above.official + core


def own_office(who: Issuer, words: str, forms: Mapping[str, str]) -> tuple[str, bool]:
    """The name of an office that begins with a word for a committee, and whether it is the writer's own.

    委办公室 is the own office of a 委员会, of another body that of its party's committee.
    """
    short = next((s for s in forms if words.startswith(s) and who.label.endswith(forms[s])), "")
    return who.label + words.removeprefix(short), bool(short)
