"""IRIs of the rules that are no patterns: every fact names the rule that made it."""

from kg.terms import expand


def rule(name: str) -> str:
    """The IRI of a built-in rule.

    >>> rule("title")
    'https://w3id.org/policy-kg/rule/title'
    """
    return expand(f"rule:{name}")


RULE = {
    name: rule(name)
    for name in (
        "title", "year", "citation", "figure", "table", "own-table", "closing", "within", "owner", "title-issuer", "code-issuer",
        "known-issuer", "own-paper", "same-name", "outcome", "office-of", "doing",
        "listed-column", "title-implements",
    )
}  # fmt: skip
