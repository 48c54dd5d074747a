"""What a report must say, the years it speaks of, and whose report it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.check.sections import applies, title_span
from kg.check.tell import tell
from kg.facts import Extraction, Finding
from kg.match.words import alternatives
from kg.schema.form import Form, skeleton
from kg.schema.ontology import Ontology
from kg.schema.regions import Region, Regions
from kg.terms import expand
from kg.text.document import Document, Section, Span

_OPENING = 700  # characters in which a report says what it is
_FIRST = re.compile(r"((?:19|20)\d{2})年度?(?P<comma>[，,]?)")
_PLACE = r"[\u4e00-\u9fff]{2,7}?"
_LEVELS = ("prefecture", "county")


def check_requirements(document: Document, extraction: Extraction, form: Form) -> list[Finding]:
    """Words that the form wants somewhere in a report."""
    if not applies(document, extraction, form):
        return []
    text = skeleton(document.folded[: document.body.end])
    return [
        tell(
            form,
            requirement.code,
            spans=_section_span(document, form, requirement.section) or title_span(extraction),
        )
        for requirement in form.requirements
        if (extraction.year or 0) >= requirement.first_year
        and not any(skeleton(words) in text for words in requirement.words)
    ]


def check_years(document: Document, extraction: Extraction, form: Form) -> list[Finding]:
    """Years of the text that are not the report's, where the text speaks of itself, of the year past, or of the year to come."""
    if extraction.year is None:
        return []
    return [
        *_own_years(document, extraction.year, form),
        *_openings(document, extraction, form),
        *_plans(document, extraction.year, form),
    ]


def _own_years(document: Document, year: int, form: Form) -> Iterator[Finding]:
    text = document.folded
    topic, name = alternatives(form.words["report-topic"]), alternatives(form.words["report-name"])
    own_year = re.compile(rf"((?:19|20)\d{{2}})年度?(?:{topic})(?:工作)?(?:年度)?(?:工作)?(?:{name})")
    for sentence in document.sentences:
        if sentence.start > document.body.start + _OPENING:
            return
        words = sentence.of(text)
        if not any(cue in words for cue in form.words.get("self-report", ())):
            continue
        for found in own_year.finditer(words):
            if int(found[1]) != year and words[: found.start()].count("《") == words[: found.start()].count(
                "》"
            ):
                span = Span(sentence.start + found.start(), sentence.start + found.end())
                yield tell(form, "FORM-YEAR", "self", spans=(span,), found=found[1], year=year)


def _openings(document: Document, extraction: Extraction, form: Form) -> Iterator[Finding]:
    """Paragraphs that begin with another year, and tell of the body's own work without naming the report's year."""
    text, year = document.folded, extraction.year
    issuer = _issuer_label(extraction)
    selves = (*form.words.get("whole-body", ()), *((issuer,) if issuer else ()))
    since, this_year = form.words.get("since", ()), form.words.get("this-year", ())
    first = _first_sentence(document, form)
    for paragraph in _paragraphs(document):
        words = paragraph.of(text)
        found = _FIRST.match(words)
        if found is None or int(found[1]) == year or len(words) < 20:
            continue
        head = re.split("[。；]", words)[0]
        rest = words[found.end() :]
        if any(word in words for word in (str(year), *this_year)) or any(word in head for word in since):
            continue
        at_start = first is not None and paragraph.start <= first.start < paragraph.end
        if int(found[1]) > (year or 0) and not at_start:
            continue
        if rest.startswith(selves) or (at_start and found["comma"]):
            span = Span(paragraph.start, paragraph.start + len(head))
            yield tell(form, "FORM-YEAR", "opening", spans=(span,), found=found[1], year=year)


def _plans(document: Document, year: int, form: Form) -> Iterator[Finding]:
    """2022年，我局将…: plans for a year that is over when the report appears."""
    cues = form.words.get("next-step", ())
    selves = "|".join(map(re.escape, form.words.get("whole-body", ())))
    pattern = re.compile(rf"((?:19|20)\d{{2}})年度?，?(?:{selves})?(?:，)?(?:将|要)(?![近于领军求点素件])")
    for sentence in document.sentences:
        words = sentence.of(document.folded)
        found = pattern.search(words)
        if found is None or int(found[1]) > year:
            continue
        section = document.section_at(sentence.start)
        titles = section.title if section else ""
        while section is not None and section.parent >= 0:
            section = document.sections[section.parent]
            titles += section.title
        if any(cue in titles or cue in words for cue in cues):
            span = Span(sentence.start + found.start(), sentence.start + found.end())
            yield tell(form, "FORM-YEAR", "plan", spans=(span,), found=found[1], year=year)


def check_places(document: Document, extraction: Extraction, ontology: Ontology) -> list[Finding]:
    """Another place's name where the text speaks of its own body: 乙县人民政府门户网站 in the report of 甲县."""
    form, regions = ontology.form, ontology.regions
    issuer = _issuer_label(extraction)
    own = _own_places(extraction)
    if not issuer or not own:
        return []
    text = document.folded
    kind = issuer
    for here, above in pairwise(["", *reversed(own.values())]):  # 云川市|望岚区|教育局: from the widest on
        kind = kind.removeprefix(above.removeprefix(here))
    told = re.compile(
        rf"(?:{alternatives(form.words['foreign-subject'])})(?!{alternatives(form.words['body-tail'])})"
    )
    opening = re.compile(
        rf"(?:{alternatives(form.words['foreign-opening'])}|(?:19|20)\d{{2}}年度?|（.{{1,3}}）|[一二三四五六]是)*"
    )
    rightly = re.compile(alternatives(form.words["foreign-context"]))
    place = re.compile(rf"{_PLACE}(?:{alternatives(form.words['place-end'])})")
    findings = []
    for found in place.finditer(text, document.body.start, document.body.end):
        name, known = _region(found[0], regions)
        if not known:
            continue
        start = found.end() - len(name)
        if any(_related(region.iri, own) for region in known) or any(name in other for other in own.values()):
            continue
        behind = text[found.end() : found.end() + 24]
        body = next(
            (tail for tail in (kind, *form.words["government"]) if tail and behind.startswith(tail)), ""
        )
        rest = behind[len(body) :].lstrip("，")
        if not told.match(rest):
            continue
        clause = max(text.rfind(mark, 0, start) for mark in "，。；：\n") + 1
        end = next(
            (at for at in range(found.end(), document.body.end) if text[at] in "。；\n"), document.body.end
        )
        if not opening.fullmatch(_without_places(text[clause:start], form, regions)) or rightly.search(
            text, start, end
        ):
            continue
        if text.count(name, 0, document.body.end) > 3 or _in_title(text, start):
            continue
        span = Span(start, found.end() + len(body))
        findings.append(tell(form, "FORM-FOREIGN", spans=(span,), name=span.of(document.text), issuer=issuer))
    return findings


def _without_places(words: str, form: Form, regions: Regions) -> str:
    """Words without the places that a name goes on from (云川市|望岚区)."""
    place = re.compile(rf"{_PLACE}(?:{alternatives(form.words['upper-place-end'])})$")
    found = place.search(words)
    while found:
        size = next((n for n in range(len(found[0]), 2, -1) if regions.named(words[-n:])), 0)
        if not size:
            break
        words = words[:-size]
        found = place.search(words)
    return words


def _region(words: str, regions: Regions) -> tuple[str, list[Region]]:
    """The longest end of some words that is the full name of a city or county, and the regions so named."""
    for size in range(len(words), 2, -1):
        name = words[-size:]
        known = [one for one in regions.named(name) if one.name == name and one.level in _LEVELS]
        if known:
            return name, known
    return "", []


def _own_places(extraction: Extraction) -> dict[str, str]:
    """The issuer's region and those it lies in, by IRI, with their names."""
    jurisdiction, within = expand("pol:jurisdiction"), expand("pol:within")
    above: dict[str, list[str]] = {}
    for fact in extraction.facts:
        if fact.predicate == within and isinstance(fact.object, str):
            above.setdefault(fact.subject, []).append(fact.object)
    waiting = [
        fact.object
        for fact in extraction.facts
        if fact.subject == extraction.issuer
        and fact.predicate == jurisdiction
        and isinstance(fact.object, str)
    ]
    own: dict[str, str] = {}
    while waiting:
        here = waiting.pop()
        if here not in own:
            own[here] = here.rpartition("/")[2]
            waiting += above.get(here, [])  # the issuer's region comes first
    return own


def _related(iri: str, own: Mapping[str, str]) -> bool:
    """Whether a region is the issuer's, one that it lies in, or one that lies in it."""
    home = next(iter(own))
    return iri in own or iri.startswith(home) or home.startswith(iri)


def _in_title(text: str, position: int) -> bool:
    return text.rfind("《", max(0, position - 120), position) > text.rfind(
        "》", max(0, position - 120), position
    )


def _issuer_label(extraction: Extraction) -> str:
    return next((entity.label for entity in extraction.entities if entity.iri == extraction.issuer), "")


def _paragraphs(document: Document) -> Iterator[Span]:
    start = document.body.start
    tables = [table.span for table in document.tables]
    for line in document.folded[start : document.body.end].split("\n"):
        span = Span(start, start + len(line))
        if line and not any(table.overlaps(span) for table in tables):
            yield span
        start += len(line) + 1


def _first_sentence(document: Document, form: Form) -> Span | None:
    """The first sentence under the overview's heading that is no heading itself."""
    overview = next(
        (
            part
            for part in document.sections
            if part.level <= 1
            and any(label in skeleton(part.title) for label in form.section("overview").label.full)
        ),
        None,
    )
    if overview is None:
        return None
    headings: Sequence[Section] = document.sections
    return next(
        (
            sentence
            for sentence in document.sentences
            if overview.heading.end <= sentence.start < overview.span.end
            and not any(part.heading.covers(sentence) for part in headings)
        ),
        None,
    )


def _section_span(document: Document, form: Form, notation: str) -> tuple[Span, ...]:
    if not notation:
        return ()
    labels = form.section(notation).label.full
    return tuple(
        part.heading for part in document.sections if part.level <= 1 and skeleton(part.title) in labels
    )[:1]
