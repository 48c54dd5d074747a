"""Which findings come first."""

from kg.portal.findings import findings
from kg.store import MemoryStore
from kg.terms import PREFIXES

POL, XSD = PREFIXES["pol"], PREFIXES["xsd"]
# Findings by report and severity, in the order that is due; report, year, severity, name.
DUE = (
    ("r1", "2023", "error", "d"),
    ("r0", "2021", "error", "a"),
    ("r0", "2021", "error", "e"),
    ("r2", "", "error", "b"),
    ("r1", "2023", "warning", "c"),
    ("r2", "", "info", "f"),
)


def test_the_worst_come_first_and_of_these_the_latest() -> None:
    store = MemoryStore()
    lines: dict[str, str] = {}
    for report, year, severity, name in sorted(DUE, key=lambda row: row[3]):
        place = f"http://example.org/{report}/checks"
        finding = f"<http://example.org/{name}>"
        lines[place] = lines.get(place, "") + (
            f'{finding} <{POL}code> "{name}" <{place}> .\n{finding} <{POL}severity> <{POL}{severity}> <{place}> .\n'
            f'{finding} <{POL}message> "不一致"@zh <{place}> .\n'
        )
        if year:
            facts = f"http://example.org/{report}"
            lines[facts] = (
                f"<{facts}> <{PREFIXES['rdf']}type> <{POL}Report> <{facts}> .\n"
                f'<{facts}> <{POL}reportYear> "{year}"^^<{XSD}gYear> <{facts}> .\n'
            )
    store.add({graph: text.encode() for graph, text in lines.items()})
    assert [one.code for one in findings(store, "zh")] == [name for *_, name in DUE]
    assert [one.code for one in findings(store, "zh", limit=2)] == ["d", "a"]
    assert [one.code for one in findings(store, "zh", report="http://example.org/r0")] == ["a", "e"]
