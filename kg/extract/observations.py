"""Figures of text and tables become observations."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.passages import NO_PASSAGES, Passage, Passages
from kg.extract.plans import is_foreseen, is_planned
from kg.extract.reading import Reading
from kg.extract.rules import RULE
from kg.extract.tables import OWN, TableReading
from kg.extract.work import Work
from kg.facts import Entity, Literal
from kg.match.mention import AgencyName, Figure, Mention
from kg.terms import IND, POL, expand, segment
from kg.text.document import Span
from kg.values import years

YEAR, DECIMAL = expand("xsd:gYear"), expand("xsd:decimal")
_REACH = 1000  # characters before a figure in which an initiative may have led to it; a list without a full stop has no end

_CLAUSE = re.compile(r"[^，。；\n]*")  # the rest of a clause
_TITLE = re.compile("《[^《》]*》")

LASTING = (
    "Mechanism",
    "Campaign",
    "Reform",
    "Pilot",
    "Training",
)  # initiatives of which results are mostly told


def state_readings(work: Work, readings: Sequence[Reading], passages: Passages = NO_PASSAGES) -> None:
    for reading in readings:
        if is_planned(work, reading.span) and _is_aim(work, reading.span):
            continue  # 力争全年不少于15篇: what is aimed at is no result
        meant = _a_year_on(work, reading) if is_foreseen(work, reading.span) else reading
        _state_observation(work, meant, passages.at(reading.span.start))


def _is_aim(work: Work, figure: Span) -> bool:
    """Whether the clause of a figure, or the figure itself, says that so many are aimed at."""
    text = work.scan.text
    start = max(text.rfind(mark, 0, figure.start) for mark in "，；。：\n") + 1
    said = _TITLE.sub("", text[start : figure.end])
    return any(word in said for word in work.ontology.words["aimedAt"])


def _a_year_on(work: Work, reading: Reading) -> Reading:
    """A figure of what is yet to be done is for the year after the report's, unless its sentence names one."""
    sentence = work.document.sentence_at(reading.span.start)
    if reading.year is None or any(years(work.scan.text[sentence.start : reading.span.start])):
        return reading
    return replace(
        reading,
        year=reading.year + 1,
        compared=reading.compared + 1 if reading.compared else reading.compared,
    )


def _state_observation(work: Work, reading: Reading, passage: Passage | None) -> None:
    vocabulary = work.ontology.vocabulary
    known = vocabulary.indicators.get(reading.indicator)
    unit = vocabulary.symbol(reading.unit)
    if unit is None and known is not None and reading.measure == "Count":
        unit = vocabulary.units.get(known.unit)  # 粉丝5万: of what has one unit only the number is written
    value = reading.value * (unit.factor if unit is not None else 1)
    label = reading.label or (known.labels.get("zh", "") if known else "")
    indicator = reading.indicator or _minted(work, label, reading.label_span, reading.broader)
    name = known.notation if known is not None else label
    key = (
        name,
        str(reading.year or ""),
        reading.measure,
        _plain(value),
        reading.bound.replace("Exact", ""),
        reading.scope,
    )
    iri = work.mint.within(work.report, "observation", "-".join(filter(None, key)))
    other = work.draft.entities.get(iri)
    if other is not None and known is not None and not other.label.startswith(label):
        iri = work.mint.within(work.report, "observation", "-".join(filter(None, (*key, label))))
    cls, rule = expand("pol:Observation"), RULE["figure"]
    if passage is not None and passage.rule.cls and passage.takes(reading.year):
        cls, rule = passage.rule.cls, passage.rule.iri
    evidence = (_evidence(work, reading),)
    shown = f"{label} {reading.span.of(work.document.text)}"
    work.draft.entity(Entity(iri, cls, " ".join(shown.split())), evidence[0], rule)
    _state_values(
        work,
        iri,
        indicator,
        value,
        reading.measure,
        unit.base if unit is not None else "",
        reading.bound,
        reading.year,
        evidence,
        RULE["figure"],
    )
    fact = work.draft.fact
    if reading.compared is not None:
        fact(iri, expand("pol:comparedWith"), Literal(str(reading.compared), YEAR), evidence, RULE["figure"])
    if reading.since is not None:
        fact(iri, expand("pol:periodStart"), Literal(str(reading.since), YEAR), evidence, RULE["figure"])
    if reading.measure == "Share":
        whole = _whole_of(work, reading)
        if whole:
            fact(iri, expand("pol:shareOf"), whole, evidence, RULE["figure"])
    if reading.scope:
        fact(iri, expand("pol:scope"), POL + reading.scope, evidence, RULE["figure"])
    _state_about(work, iri, reading, evidence)


def _whole_of(work: Work, reading: Reading) -> str:
    if reading.whole is not None:
        whole = reading.whole
        return whole.indicator or _minted(work, whole.label, whole.label_span, whole.broader)
    if len(reading.whole_label) >= 2:
        return _minted(work, reading.whole_label, reading.span)
    return ""


def _sums_up(work: Work, about: Mention, figure: Span) -> bool:
    """Whether a figure counts the bodies of the list that ends before it (教育、民政|两个部门, 某局、某局等|5家单位)."""
    between = work.scan.text[about.span.end : figure.start]
    bare = isinstance(about.detail, AgencyName) and about.detail.bare
    return between in work.ontology.words["andMore"] or (bare and not between)


def _state_about(work: Work, iri: str, reading: Reading, evidence: tuple[Span, ...]) -> None:
    named = () if reading.about and _sums_up(work, reading.about[-1], reading.span) else reading.about
    linked = [work.linked[id(mention)] for mention in named if id(mention) in work.linked]
    targets = [one.entities[0].iri for one in linked if one.entities[0].iri in work.draft.entities]
    issuer = work.linker.writer.entity()
    if not targets and issuer is not None:
        targets = [issuer.iri]
    for target in dict.fromkeys(targets):
        work.draft.fact(iri, expand("pol:observedFor"), target, evidence, RULE["figure"])
    if reading.clause is None or not reading.measure.startswith(("Count", "Amount", "Ratio")):
        return
    if reading.unit in work.ontology.words["occasion"] or _takes_part(work, reading):
        return  # how often it was held, and how many came, is what was done
    if (
        _of_object(work, reading.span)
        or _of_applications(work, reading)
        or _of_what_is_followed(work, reading.span)
    ):
        return
    clause = reading.clause.of(work.scan.text)
    figure = reading.span.start - reading.clause.start
    for quote, initiative in work.quoted.items():
        at = clause.find(quote) if quote else -1
        between = clause[at + len(quote) : figure]
        if (
            at >= 0
            and "“" not in between
            and not (at < figure and (not between or between.endswith(work.ontology.words["startsFrom"])))
            and not _worked_on(work, clause, quote, reading.span.end - reading.clause.start)
        ):
            work.draft.fact(iri, expand("pol:resultOf"), initiative.iri, evidence, RULE["same-name"])
            return
    rated = any(word in reading.label for word in work.ontology.words["appraised"])
    if not rated and not reading.measure.startswith(("Count", "Amount")):
        return
    before, where = _initiative_before(work, reading.span, rated)
    if before:
        work.draft.fact(iri, expand("pol:resultOf"), before, (where,), RULE["outcome"])


def _takes_part(work: Work, reading: Reading) -> bool:
    """Whether a figure counts those who came to something (参与群众700人, 邀请代表30名)."""
    words = work.ontology.words
    if reading.unit in words["person"] and any(word in reading.label for word in words["attends"]):
        return True
    rest = _CLAUSE.match(work.scan.text, reading.span.end)
    return rest is not None and rest.group().endswith(words["attends"])


def _of_applications(work: Work, reading: Reading) -> bool:
    """Whether a figure counts applications: they come by themselves, whatever the way in which they are dealt with."""
    known = work.ontology.vocabulary.indicators.get(reading.indicator)
    return known is not None and known.notation.startswith("s3.")


def _of_object(work: Work, figure: Span) -> bool:
    """Whether the clause of a figure begins with what something is done to (对15件文件逐件评估, 将200个名额分到学校)."""
    text = work.scan.text
    start = max(text.rfind(mark, 0, figure.start) for mark in "，。；、\n") + 1
    return text.startswith(work.ontology.words["objectMark"], start, figure.start)


def _of_what_is_followed(work: Work, figure: Span) -> bool:
    """Whether a figure counts what another has laid down, which its clause says is followed (落实省厅12项措施, 按照5项要求)."""
    text, words = work.scan.text, work.ontology.words
    start = max(text.rfind(mark, 0, figure.start) for mark in "，。；、\n") + 1
    return text.startswith((*words["carriesThrough"], *words["follow"]), start, figure.start)


def _worked_on(work: Work, clause: str, quote: str, figure: int) -> bool:
    """Whether a figure counts what an initiative is done to, not what comes of it (对300个网页|开展“X”)."""
    at = clause.find(quote)
    words = work.ontology.words
    return at >= figure and clause.startswith(words["notActor"]) and clause[:at].endswith(words["implement"])


def _initiative_before(work: Work, figure: Span, rated: bool = False) -> tuple[str, Span]:
    """What an earlier clause of the sentence says was carried out, so that a figure tells what came of it.

    Between the two may stand clauses that tell how or to what end (做到…，确保…). A figure in the clause of the initiative itself
    counts how often (培训3期) and is no result.
    """
    text = work.scan.text
    reach = max(0, figure.start - _REACH)
    floor = max(reach, *(text.rfind(mark, reach, figure.start) + 1 for mark in "。；\n"))
    clause = max(floor, text.rfind("，", floor, figure.start) + 1)
    outcome = _tells_an_outcome(work, clause, figure)
    found, where, after = "", figure, clause
    counted: set[str] = set()  # clauses that tell another outcome
    for mention in _between(work, floor, figure.start):
        if found and isinstance(mention.detail, Figure) and mention.span.end <= figure.start:
            if _of_object(work, mention.span):
                continue
            if mention.span.start == after and text[mention.span.end - 1] == text[figure.end - 1]:
                return "", figure  # part of what was counted (清理文件45件，|废止6件)
            start = max(floor, text.rfind("，", floor, mention.span.start) + 1)
            told = _how_often(work, mention, after) or _tells_an_outcome(work, start, mention.span)
            if not outcome or not told:
                return "", figure  # what tells of something else is told of in what follows
            counted.add(text[start : mention.span.end])
            continue
        linked = work.linked.get(id(mention))
        if linked is None or not floor <= mention.span.start < figure.start:
            continue
        entity = linked.entities[0]
        if not work.is_a(entity.cls, "Initiative") or entity.iri not in work.draft.entities:
            continue
        if mention.span.end > clause:
            return "", figure  # its own clause speaks of something else
        if rated and not entity.label.endswith(work.ontology.words["appraises"]):
            return "", figure  # a rate of satisfaction comes of a survey
        if not rated and not outcome and not any(work.is_a(entity.cls, cls) for cls in LASTING):
            return "", figure
        found, where, after = entity.iri, Span(mention.span.start, figure.end), mention.span.end
    between = text[after:clause].split("，")[1:-1]
    told = all(one.startswith(work.ontology.words["toWhatEnd"]) or one in counted for one in between)
    return (found, where) if told else ("", figure)


def _between(work: Work, floor: int, end: int) -> list[Mention]:
    """The outermost mentions and those that patterns made which begin in a stretch, in order."""
    first, after = (bisect_left(work.scan.outer, at, key=lambda one: one.span.start) for at in (floor, end))
    made = [one for one in work.made if floor <= one.span.start < end]
    return sorted((*work.scan.outer[first:after], *made), key=lambda one: one.span)


def _tells_an_outcome(work: Work, clause: int, figure: Span) -> bool:
    """Whether a clause begins with a verb that tells what came of a deed (发现问题9个); 受理申请9件 is a deed of its own."""
    text, words = work.scan.text, work.scan.words
    index = words.at(clause)
    while words.starts[index] < figure.start:
        start = max(int(words.starts[index]), clause)
        word = text[start : words.starts[index + 1]]
        if word not in work.ontology.words["adverb"] and words.tags[index][0] != "d":
            return text.startswith(work.ontology.words["outcomeVerb"], start, figure.start)
        index += 1
    return False


def _how_often(work: Work, mention: Mention, after: int) -> bool:
    """Whether a figure in the clause of an initiative tells how often it took place: 组织评查|2次."""
    text = work.scan.text
    return "，" not in text[after : mention.span.start] and text.endswith(
        work.ontology.words["occasion"], mention.span.start, mention.span.end
    )


def _evidence(work: Work, reading: Reading) -> Span:
    start = min(reading.label_span.start, reading.span.start)
    end = max(reading.label_span.end, reading.span.end)
    return Span(start, end) if end - start <= 120 else reading.evidence


def _minted(work: Work, label: str, span: Span, broader: str = "") -> str:
    """An indicator of the report's own, under the vocabulary's where it is a kind of that."""
    iri = work.mint.within(work.report, "indicator", label)
    work.draft.entity(Entity(iri, expand("pol:Indicator"), label), span, RULE["figure"])
    if broader:
        work.draft.fact(iri, expand("skos:broader"), broader, (span,), RULE["figure"])
    return iri


def _state_values(work: Work, iri: str, indicator: str, value: Decimal, measure: str, unit: str, bound: str, year: int | None,
    evidence: tuple[Span, ...], rule: str,
) -> None:  # fmt: skip
    fact = work.draft.fact
    fact(iri, expand("pol:indicator"), indicator, evidence, rule)
    fact(iri, expand("pol:measure"), POL + measure, evidence, rule)
    fact(iri, expand("sdmx-measure:obsValue"), Literal(_plain(value), DECIMAL), evidence, rule)
    fact(iri, expand("pol:bound"), POL + bound, evidence, rule)
    if unit:
        fact(iri, expand("pol:unit"), unit, evidence, rule)
    if year is not None:
        fact(iri, expand("sdmx-dimension:refPeriod"), Literal(str(year), YEAR), evidence, rule)


def state_tables(work: Work, tables: TableReading) -> None:
    issuer = work.linker.writer.entity()
    vocabulary = work.ontology.vocabulary
    for cell in tables.figures:
        indicator = IND + cell.indicator if cell.indicator else _minted(work, cell.label, cell.label_span)
        name = cell.indicator or cell.label
        parts = [
            name,
            cell.applicant,
            "cumulative" if cell.cumulative else "",
            f"t{cell.instance}" if cell.instance else "",
        ]
        iri = work.mint.within(
            work.report,
            "observation" if cell.edition == OWN else "cell",
            "-".join(part for part in parts if part),
        )
        unit = vocabulary.symbol(cell.unit)
        evidence = (cell.span, cell.label_span)
        rule = RULE["own-table"] if cell.edition == OWN else f"{RULE['table']}-{segment(cell.table)}"
        shown = f"{cell.label} {cell.applicant} {cell.printed}{cell.printed_unit}"
        work.draft.entity(Entity(iri, expand("pol:Observation"), " ".join(shown.split())), cell.span, rule)
        measure = {"money": "Amount", "share": "Ratio"}.get(unit.kind if unit is not None else "", "Count")
        if cell.indicator.endswith(".change"):
            measure = "Change"
        _state_values(
            work,
            iri,
            indicator,
            cell.value,
            measure,
            unit.base if unit is not None else "",
            "Exact",
            work.context.year,
            evidence,
            rule,
        )
        if cell.applicant:
            work.draft.fact(iri, expand("pol:applicant"), f"{IND}applicant/{cell.applicant}", evidence, rule)
        if cell.scope:
            scope = "OwnBody" if cell.scope == "own" else "WholeRegion"
            work.draft.fact(iri, expand("pol:scope"), POL + scope, evidence, rule)
        if cell.cumulative:
            work.draft.fact(
                iri, expand("pol:cumulative"), Literal("true", expand("xsd:boolean")), evidence, rule
            )
        if issuer is not None:
            work.draft.fact(iri, expand("pol:observedFor"), issuer.iri, evidence, rule)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
