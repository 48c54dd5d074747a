"""How a finding is told: severity and words from the ontology, figures as plain decimals."""

from collections.abc import Iterable
from decimal import Decimal

from kg.facts import Finding
from kg.schema.form import Form
from kg.text.document import Span


def tell(
    form: Form,
    code: str,
    case: str = "",
    *,
    spans: Iterable[Span] = (),
    about: str = "",
    stated: Decimal | None = None,
    recomputed: Decimal | None = None,
    **words: object,
) -> Finding:
    """A finding of a code and case, with what the message is filled with.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> form = Form.from_index(load(sorted(Path("ontology/vocab").glob("f*.ttl"))))
    >>> tell(form, "FORM-R8", "percent", stated=Decimal("105.0")).en
    '105.0 % is more than a hundred per cent.'
    """
    values = {name: plain(word) for name, word in words.items()}
    for name, value in (("stated", stated), ("recomputed", recomputed)):
        if value is not None:
            values.setdefault(name, plain(value))
    severity, zh, en = form.messages.tell(code, case, **values)
    return Finding(
        code,
        severity,
        zh,
        en,
        tuple(dict.fromkeys(spans)),
        about,
        "" if stated is None else plain(stated),
        "" if recomputed is None else plain(recomputed),
    )


def plain(value: object) -> str:
    """A decimal without an exponent; anything else as it prints.

    >>> plain(Decimal("1E+2")), plain("件")
    ('100', '件')
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)
