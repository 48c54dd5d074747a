"""Cited documents: numbers malformed or not of this title, titles without 《》, short names too early, documents no longer in force."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.check.tell import tell
from kg.facts import Extraction, Finding
from kg.match.citation import code_of, normal_number
from kg.match.marks import Marks, find_marks
from kg.match.words import alternatives
from kg.schema.form import Form
from kg.schema.gazetteer import Gazetteer, Known, Lapse
from kg.schema.ontology import Ontology
from kg.terms import expand
from kg.text.document import Document, Span

_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12})(?P<open>[〔（\[【﹝{<〈]?)(?P<year>(?:19|20)\d{2})年?(?P<close>[〕）\]】﹞}>〉]?)(?P<nth>第?)(?P<n>\d{1,5})号"
)
_BARE = re.compile(r"关于[^《》“”，。；：\n（）]{4,60}?的(?P<kind>[\u4e00-\u9fff]{1,4})（")
_LEAST_TITLE = 8
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Cited:
    """A title in 《》 with the number that stands beside it, if any."""

    title: str
    span: Span  # title and number
    number: str  # normal form, or ""
    number_span: Span | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Which title goes with which number, by key of the title; from the gazetteer, and from a store where one is at hand."""

    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # key of a title → its numbers
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # number → its titles
    issuers: Mapping[str, str] = field(default_factory=dict)  # number → name of the issuer

    def with_titles(self, pairs: Sequence[tuple[str, str]]) -> "Knowledge":
        """The same with more pairs of title and number; what was known stays."""
        numbers, titles = dict(self.numbers), dict(self.titles)
        for title, number in pairs:
            if number not in self.titles and _key(title) not in self.numbers:
                numbers[_key(title)] = tuple(dict.fromkeys((*numbers.get(_key(title), ()), number)))
                titles[number] = tuple(dict.fromkeys((*titles.get(number, ()), title)))
        return Knowledge(numbers, titles, self.issuers)

    @staticmethod
    def of(ontology: Ontology) -> "Knowledge":
        """What the gazetteer knows."""
        numbers: dict[str, tuple[str, ...]] = {}
        titles: dict[str, tuple[str, ...]] = {}
        policy = expand("pol:Policy")
        for known in ontology.gazetteer.entities:
            if not ontology.model.is_a(known.cls, policy):
                continue
            for form in known.forms if known.numbers else ():
                numbers.setdefault(_key(form), known.numbers)
            for number in known.numbers:
                titles[number] = tuple(dict.fromkeys((*titles.get(number, ()), *known.forms)))
        return Knowledge(numbers, titles)


def check_citations(
    document: Document, extraction: Extraction, ontology: Ontology, knowledge: Knowledge | None = None
) -> list[Finding]:
    """Everything that is wrong with how documents are cited."""
    knowledge = Knowledge.of(ontology) if knowledge is None else knowledge
    marks = find_marks(document.folded)
    cited = list(_cited(document, marks, order_pattern(ontology.form)))
    return [
        *_written(document, extraction, ontology),
        *_mismatched(document, cited, ontology, knowledge),
        *_inconsistent(cited, ontology),
        *_bare_titles(document, marks, ontology),
        *_early_short_names(document, ontology),
        *_lapsed(document, extraction, cited, ontology),
    ]


def _cited(document: Document, marks: Marks, order: re.Pattern[str]) -> Iterator[Cited]:
    text = document.folded
    for opened, closed in marks.pairs(text, "《", document.body.start, document.body.end):
        title = text[opened + 1 : closed - 1].strip()
        found = None
        paren = re.compile(r"\s*（").match(text, closed)
        if paren and paren.end() - 1 in marks.closer:
            close = marks.closer[paren.end() - 1]
            found = _NUMBER.search(text, paren.end(), close) or order.search(text, paren.end(), close)
            if found and "、" in text[paren.end() : close]:
                found = None
        span = Span(opened, found.end() if found else closed)
        yield Cited(title, span, _normal(found) if found else "", Span(*found.span()) if found else None)


def order_pattern(form: Form) -> re.Pattern[str]:
    """How orders are numbered, which have no year: 国务院令第711号."""
    return re.compile(rf"(?:{alternatives(form.words.get('order', ()))})第?(?P<n>\d{{1,4}})号")


def _normal(found: re.Match[str]) -> str:
    if found.re is not _NUMBER:
        return f"{found[0].split('第')[0].removesuffix(found['n'] + '号')}第{int(found['n'])}号"
    return normal_number(found["code"], found["year"], found["n"])


def _written(document: Document, extraction: Extraction, ontology: Ontology) -> Iterator[Finding]:
    """Brackets that are not 〔〕, serials with 第 or a leading zero, years to come."""
    form = ontology.form
    ends = tuple(form.words.get("number-end", ()))
    for found in _NUMBER.finditer(document.folded, document.body.start, document.body.end):
        if not found["code"].endswith(ends) or (found["nth"] and not found["open"]):
            continue
        code = _trimmed(found["code"], ontology.gazetteer)
        span = Span(found.start() + len(found["code"]) - len(code), found.end())
        words = span.of(document.text)
        if extraction.year is not None and int(found["year"]) > extraction.year + 1:
            yield tell(form, "POLICY-NUMBER", "future", spans=(span,), number=words)
        elif found["open"] and found["close"] and (found["nth"] or found["n"].startswith("0")):
            yield tell(form, "POLICY-NUMBER", "serial", spans=(span,), number=words)
        elif not ("〔" in words and "〕" in words) and (
            found["open"] or code in ontology.gazetteer.codes or ontology.gazetteer.issuer_of(code)
        ):
            yield tell(form, "POLICY-NUMBER", "bracket", spans=(span,), number=words)


def _mismatched(
    document: Document, cited: Sequence[Cited], ontology: Ontology, knowledge: Knowledge
) -> Iterator[Finding]:
    form, gazetteer = ontology.form, ontology.gazetteer
    agency = expand("pol:Agency")
    names = {known.iri: known.label for known in gazetteer.entities if ontology.model.is_a(known.cls, agency)}
    lapsed = {lapse.number for lapse in gazetteer.lapses if lapse.number}
    for one in cited:
        if not one.number or one.number_span is None or one.number in lapsed:
            continue
        numbers = knowledge.numbers.get(_key(one.title), ())
        if numbers and one.number not in numbers:
            if one.number in knowledge.titles or _same_kind(one.number, numbers[0]):
                yield tell(
                    form, "POLICY-NUMBER", "title", spans=(one.span,), title=one.title, known=numbers[0],
                    number=one.number,
                )  # fmt: skip
            continue
        titles = knowledge.titles.get(one.number, ())
        if titles and not any(_alike(one.title, title) for title in titles):
            yield tell(
                form, "POLICY-NUMBER", "document", spans=(one.span,), number=one.number, known=titles[0],
                title=one.title,
            )  # fmt: skip
            continue
        issuer = names.get(gazetteer.issuer_of(code_of(one.number)), "")
        opening = one.title.partition("关于")[0]
        stated = next((name for name in sorted(names.values(), key=len, reverse=True) if name == opening), "")
        if issuer and stated and issuer != stated:
            yield tell(
                form, "POLICY-NUMBER", "issuer", spans=(one.span,), title=one.title, issuer=stated,
                number=one.number, other=issuer,
            )  # fmt: skip


def _same_kind(one: str, other: str) -> bool:
    """Whether two numbers are of one series: both of orders, or both with a year."""
    return ("〔" in one) == ("〔" in other)


def _inconsistent(cited: Sequence[Cited], ontology: Ontology) -> Iterator[Finding]:
    """One title with two numbers, or one number with two titles, in one report."""
    by_title: dict[str, Cited] = {}
    by_number: dict[str, Cited] = {}
    lapsed = {lapse.number for lapse in ontology.gazetteer.lapses if lapse.number}
    for one in cited:
        if not one.number or one.number in lapsed or len(_key(one.title)) < 6:
            continue
        first = by_title.setdefault(_key(one.title), one)
        if first.number != one.number and "〔" in one.number and "〔" in first.number:
            spans = (first.span, one.span)
            yield tell(
                ontology.form, "POLICY-NUMBER", "two", spans=spans, number=one.number, known=first.number
            )
        other = by_number.setdefault(one.number, one)
        if not _alike(other.title, one.title):
            yield tell(
                ontology.form, "POLICY-NUMBER", "titles", spans=(other.span, one.span), number=one.number,
                title=one.title, known=other.title,
            )  # fmt: skip


def _bare_titles(document: Document, marks: Marks, ontology: Ontology) -> Iterator[Finding]:
    """Titles outside 《》: those that a number follows, and the full names of known documents."""
    form, text = ontology.form, document.folded
    inside = [
        Span(*pair)
        for mark in "《“"
        for pair in marks.pairs(text, mark, document.body.start, document.body.end)
    ]
    headings = [section.heading for section in document.sections]
    kinds = form.words.get("title-kind", ())
    taken: list[Span] = []
    for found in _BARE.finditer(text, document.body.start, document.body.end):
        number = _NUMBER.match(text, found.end())
        span = Span(found.start(), found.end() - 1)
        if (
            number
            and found["kind"].endswith(tuple(kinds))
            and not any(span.overlaps(other) for other in inside)
        ):
            taken.append(span)
            yield tell(form, "POLICY-TITLE", spans=(span,), title=span.of(document.text))
    policy = expand("pol:Policy")
    names = sorted(
        {
            known.label
            for known in ontology.gazetteer.entities
            if ontology.model.is_a(known.cls, policy) and len(known.label) >= _LEAST_TITLE
        },
        key=lambda name: (-len(name), name),
    )
    for name in names:
        if name not in text:
            continue
        for at in re.finditer(re.escape(name), text[: document.body.end]):
            span = Span(*at.span())
            around = text[max(0, span.start - 12) : span.end + 12]
            if any(span.overlaps(other) for other in (*inside, *taken, *headings)) or any(
                word in around for word in form.words.get("column-context", ())
            ):
                continue
            taken.append(span)
            yield tell(form, "POLICY-TITLE", spans=(span,), title=span.of(document.text))


def _early_short_names(document: Document, ontology: Ontology) -> Iterator[Finding]:
    text = document.folded
    lead, verb, sure = (alternatives(ontology.words[f"shortName{part}"]) for part in ("Lead", "Verb", "Sure"))
    introduced = re.compile(rf"(?:(?:{lead})+(?:{verb})|(?:{sure}))为?[：，]?《(?P<name>[^《》]{{2,20}})》")
    for found in introduced.finditer(text, document.body.start, document.body.end):
        words = f"《{found['name']}》"
        at = text.find(words, document.body.start, found.start())
        if at >= 0:
            spans = (Span(at, at + len(words)), Span(*found.span()))
            yield tell(ontology.form, "POLICY-SHORT", spans=spans, short=words)


def _lapsed(
    document: Document, extraction: Extraction, cited: Sequence[Cited], ontology: Ontology
) -> Iterator[Finding]:
    """Documents that were no longer in force in the report's year, save where the text says that they are not."""
    year, form = extraction.year, ontology.form
    if year is None:
        return
    known = {entity.iri: entity for entity in ontology.gazetteer.entities}
    by_title: dict[str, Lapse] = {}
    by_number: dict[str, Lapse] = {}
    for lapse in ontology.gazetteer.lapses:
        if int(lapse.since[:4]) > year:
            continue
        if lapse.number:
            by_number[lapse.number] = lapse
        elif lapse.iri in known:
            by_title |= {_key(name): lapse for name in known[lapse.iri].forms}
            by_number |= dict.fromkeys(known[lapse.iri].numbers, lapse)
    told: set[Lapse] = set()
    numbered = [(one.span, by_number.get(one.number) or by_title.get(_key(one.title))) for one in cited]
    bare = [
        (Span(*found.span()), by_number.get(_trimmed_number(found, ontology.gazetteer)))
        for pattern in (_NUMBER, order_pattern(form))
        for found in pattern.finditer(document.folded, document.body.start, document.body.end)
        if not any(one.span.covers(Span(*found.span())) for one in cited)
    ]
    for span, lapse_ in (*numbered, *bare):
        if (
            lapse_ is None
            or lapse_ in told
            or _is_excused(document, span, form.words.get("lapse-context", ()))
        ):
            continue
        told.add(lapse_)
        title = lapse_.number or _label(known, lapse_)
        case = "" if lapse_.current else "gone"
        yield tell(
            form,
            "POLICY-REPEALED",
            case,
            spans=(span,),
            title=title,
            date=lapse_.since,
            current=lapse_.current,
        )


def _label(known: Mapping[str, Known], lapse: Lapse) -> str:
    return known[lapse.iri].label


def _is_excused(document: Document, span: Span, words: Sequence[str]) -> bool:
    text = document.folded
    start = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, span.end)) >= 0]
    around = text[start : span.start] + text[span.end : min(ends, default=len(text))]
    return any(word in around for word in words)


def _trimmed_number(found: re.Match[str], gazetteer: Gazetteer) -> str:
    """The normal form of a number, without the words before its code (依据国办发 → 国办发)."""
    if found.re is not _NUMBER:
        return _normal(found)
    return normal_number(_trimmed(found["code"], gazetteer), found["year"], found["n"])


def _trimmed(code: str, gazetteer: Gazetteer) -> str:
    """The longest known code at the end of the words before a year."""
    return next((code[start:] for start in range(len(code)) if code[start:] in gazetteer.codes), code[-8:])


def _alike(one: str, other: str) -> bool:
    """Whether two titles may be of one document: one in the other, or most pairs of characters shared.

    >>> _alike("关于印发公开工作要点的通知", "公开工作要点"), _alike("营商环境条例", "信息公开办法")
    (True, False)
    """
    one, other = _key(one), _key(other)
    if one in other or other in one:
        return True
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(pairs & others) >= _ALIKE * min(len(pairs), len(others))


def _key(title: str) -> str:
    return "".join(c for c in title if c.isalnum())
