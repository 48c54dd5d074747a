"""Units of bodies: an office, a division, a working group is part of the body whose name its own begins with."""

from collections.abc import Sequence

from kg.extract.rules import RULE
from kg.extract.work import Work
from kg.facts import Entity
from kg.link.issuer import GOVERNMENT
from kg.match.mention import KnownName
from kg.terms import expand
from kg.text.document import Document, Span

_PART_OF = expand("pol:partOf")


def unit_cells(document: Document, headings: Sequence[str], read: Sequence[Span]) -> list[Span]:
    """The cells of tables that say which units answer for what: those below 责任单位 or its like.

    >>> from kg.text import read_bytes
    >>> page = "<table><tr><td>事项</td><td>责任单位</td></tr><tr><td>招生</td><td>教务处</td></tr></table>"
    >>> document = read_bytes(page.encode(), name="a.html")
    >>> [span.of(document.text) for span in unit_cells(document, ["责任单位"], [])]
    ['教务处']
    """
    found: list[Span] = []
    for table in document.tables:
        columns = {cell.column: cell.row for cell in table.cells if "".join(cell.text.split()) in headings}
        for cell in table.cells:
            below = cell.column in columns and cell.row > columns[cell.column]
            if below and len(cell.span) and not any(span.overlaps(cell.span) for span in read):
                found.append(cell.span)
    return found


def state_units(work: Work) -> None:
    """The body each unit is part of, where the report names it too: the longest name that the unit's begins with."""
    bodies = {
        entity.label: entity for entity in work.draft.entities.values() if work.is_a(entity.cls, "Agency")
    }
    for label in sorted(bodies):
        unit = bodies[label]
        whole = next(
            (bodies[label[:size]] for size in range(len(label) - 1, 2, -1) if label[:size] in bodies), None
        )
        whole = (
            whole
            if whole is not None and _is_unit(work, label[len(whole.label) :])
            else _of_government(work, unit)
        )
        both = whole is not None and all(work.is_a(one.cls, "PartyBody") for one in (unit, whole))
        if whole is None or both or work.draft.has(unit.iri, _PART_OF):
            continue
        spans = tuple(
            linked.spans[at]
            for linked in work.linked.values()
            for at, entity in enumerate(linked.entities)
            if entity.iri == unit.iri and not isinstance(linked.mention.detail, KnownName)
        )
        if spans:
            work.draft.fact(unit.iri, _PART_OF, whole.iri, spans, RULE["office-of"])


def _is_unit(work: Work, rest: str) -> bool:
    """Whether what a name adds to another's is what one unit is called; 某大学|附属医院 is a body of its own, 某局|办公室文书科 in its office."""
    endings, words = work.ontology.words["unitEnding"], work.ontology.words
    if not rest.endswith(endings) or rest.startswith(words["affiliated"]):
        return False
    return not any(rest.startswith(word) and rest != word for word in endings if len(word) > 2)


def _of_government(work: Work, unit: Entity) -> Entity | None:
    """The government that writes, where a unit is named by its place: a working group, of a township any unit (某镇|党政办公室)."""
    writer, home = work.linker.writer.entity(), work.context.home
    if writer is None or home is None or writer.cls != GOVERNMENT or unit.iri == writer.iri:
        return None
    if work.is_a(unit.cls, "PartyBody") or work.is_a(unit.cls, "Government"):
        return None
    own = unit.label.removeprefix(home.name)
    named = own != unit.label and own.endswith(work.ontology.words["unitEnding"])
    inside = home.level == "township" or work.is_a(unit.cls, "WorkingGroup")
    return work.draft.entities.get(writer.iri) if named and inside else None
