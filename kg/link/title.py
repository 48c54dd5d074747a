"""How a text names itself: the title of a report or of a policy document, and the year it is for."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.match.words import segment
from kg.text.document import Document, Span
from kg.values import cjk_number, years

_LINES = 60  # lines in which a title may stand
_RANGE = ("-", "—", "－", "–", "至", "~", "～", "年-", "年至", "年—")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})年\s*(?:1月1日|12月31日|8月31日)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}[-—–至~～]{1,2}((?:19|20)\d{2})学年")
_YEARISH = re.compile(r"(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2}")

_BRACKETED = re.compile(r"[\[【]([^\[\]【】]*)[\]】](.*)")


@dataclass(frozen=True, slots=True)
class Title:
    """The line or lines in which a text names itself."""

    text: str
    span: Span
    genre: str  # "annual", "work", "policy"
    issuer: str  # the words before year and report name
    number: str = ""  # of a policy document
    number_span: Span | None = None
    issuer_span: Span | None = None  # where a policy document names its issuer outside the title


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words by which titles are known and taken apart."""

    annual: tuple[str, ...]  # names of the annual report, longest first
    work: tuple[str, ...]  # names of the government's work report
    government: str
    leads: tuple[str, ...]  # what announces a title inside a sentence
    others: tuple[str, ...]  # what after a report's name makes it another thing's
    before: tuple[str, ...]  # what stands before an issuer in a title and is no part of its name
    after: tuple[str, ...]  # what stands after it
    joins: tuple[str, ...]  # what a line that a name goes on behind may end in

    @classmethod
    def of(cls, words: Mapping[str, tuple[str, ...]]) -> "TitleWords":
        """From the word classes of an ontology."""
        return cls(
            _longest(words["reportTitle"]),
            words["workReportTitle"],
            words["governmentForm"][0],
            words["announces"],
            words["notReport"],
            _longest(words["beforeIssuer"]),
            _longest(words["afterIssuer"]),
            words["join"],
        )


def _longest(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def find_title(document: Document, words: TitleWords) -> Title | None:
    """The first line that holds a report's name, else the source's own title."""
    text = document.folded
    best: Title | None = None
    above: Span | None = None
    last: Span | None = None
    for span in islice(lines_of(text, document.body), _LINES):
        line = span.of(text)
        above, last = last, span
        for genre, options in (("annual", words.annual), ("work", words.work)):
            found = _named(line, options, words.others)
            if found:
                stop = found[1] + len(found[0])
                begin = max(_title_start(line, found[1]), _after_lead(line, found[1], words.leads))
                if found[1] - begin > 44 or (len(line) > 70 and not _YEARISH.search(line[begin : found[1]])):
                    break
                head = line[begin : _issuer_end(line, found[1], words.government)]
                title = Title(
                    line[begin:stop],
                    Span(span.start + begin, span.start + stop),
                    genre,
                    before_year(head, words),
                )
                if begin == 0 and above is not None and _names_only(above.of(text)):
                    first = above.of(text).strip()
                    if not title.issuer or _cut(first, line.strip(), words):
                        whole = Span(above.start, span.start + stop)
                        title = Title(first + title.text, whole, genre, first + title.issuer)
                if best is None or worth(title) > worth(best):
                    best = title
                if worth(title) == 3:
                    return title
                break
    return best


def _named(line: str, options: Sequence[str], others: Sequence[str]) -> tuple[str, int] | None:
    """The first of the report's names in a line that is not part of another thing's, and where it stands."""
    name = next((one for one in options if one in line), "")
    at = line.find(name) if name else -1
    while at >= 0:
        if not line.startswith(tuple(others), at + len(name)):
            return name, at
        at = line.find(name, at + 1)
    return None


def worth(title: Title) -> int:
    """A title with issuer and year is sure; a menu entry has neither."""
    return bool(title.issuer) + 2 * bool(_YEARISH.search(title.text))


def _after_lead(line: str, name_at: int, leads: Sequence[str]) -> int:
    """A title inside a sentence begins after the words that announce it (现公布…, 编制了…); 编制 in 机构编制 is none."""
    found = [(at, at + len(lead)) for lead in leads if (at := line.rfind(lead, 0, name_at)) >= 0]
    words = segment(line)
    return max((end for at, end in found if words.ends_at(at) and words.ends_at(end)), default=0)


def _issuer_end(line: str, name_at: int, government: str) -> int:
    """Where the issuer's words end: 四川省人民政府|工作报告 shares 政府 with the report's name."""
    for size in range(1, len(government)):
        if line.startswith(government, name_at - size) and name_at >= size:
            return name_at - size + len(government)
    return name_at


def _names_only(line: str) -> bool:
    """Whether a line may be the first half of a title set over two."""
    return 3 <= len(line.strip()) <= 30 and not any(c in "，。：；、！？|>0123456789" for c in line)


def _cut(first: str, rest: str, words: TitleWords) -> bool:
    """Whether a name goes over from one line to the next: 青川县人力资源和|社会保障局, 青川县住房和城|乡建设局."""
    whole = segment(first + rest)
    return first.endswith(words.joins) or not whole.ends_at(len(first))


def lines_of(text: str, body: Span) -> Iterable[Span]:
    """The lines of a stretch that hold anything."""
    position = body.start
    while position < body.end:
        stop = text.find("\n", position, body.end)
        stop = body.end if stop < 0 else stop
        if stop > position:
            yield Span(position, stop)
        position = stop + 1


def _title_start(line: str, name_at: int) -> int:
    """A title begins after the last mark that cannot be inside it."""
    return max(
        (
            found.end()
            for found in re.finditer(r"[。：>|\t_《〈，；•·]|(?<!\d)[-—]|[-—](?!\d)", line[:name_at])
        ),
        default=0,
    )


def before_year(head: str, words: TitleWords) -> str:
    """The words of a title that name its issuer.

    >>> from kg.schema import load_ontology
    >>> words = TitleWords.of(load_ontology().words)
    >>> before_year("衢州市人民政府2020年", words), before_year("关于2020年度衢州市", words)
    ('衢州市人民政府', '衢州市')
    >>> before_year("青岚海关关区2021年", words), before_year("[青岚镇]2012年青岚镇", words)
    ('青岚海关', '青岚镇')
    >>> before_year("【公示】云川市民政局2021年", words), before_year("【桃岭街道】2021年", words)
    ('云川市民政局', '桃岭街道')
    """
    found = _YEARISH.search(head)
    issuer = _bare(re.sub(r"[\d—\-－]+$", "", head[: found.start()]) if found else head, words)
    if found and not issuer:
        issuer = _bare(re.sub(r"^[\d—\-－至~～]*", "", head[found.end() :]), words)
    return issuer


def _bare(issuer: str, words: TitleWords) -> str:
    """An issuer without what stands around it."""
    before = ""
    while issuer != before:
        before = issuer
        issuer = issuer.strip(" “”")
        if bracketed := _BRACKETED.fullmatch(issuer):
            issuer = bracketed[2] or bracketed[1]
        if issuer.startswith("（") or (issuer.endswith("）") and "（" not in issuer):
            issuer = issuer.strip("（）")
        for word in words.before:
            issuer = issuer.removeprefix(word)
        for word in words.after:
            issuer = issuer.removesuffix(word)
    return issuer


def find_year(document: Document, title: Title | None) -> tuple[int | None, Span | None]:
    """The year a report is for: from its title, else from its period of statistics, else the year it speaks of most."""
    if title is not None:
        found = list(_YEARISH.finditer(title.text))
        if found:
            last = (
                found[-1]
                if len(found) > 1 and title.text[found[0].end() : found[-1].start()] in _RANGE
                else found[0]
            )
            value = last[0] if last[0].isascii() else str(cjk_number(last[0]))
            return int(value), Span(title.span.start + last.start(), title.span.start + last.end())
    text = document.folded
    stated = _PERIOD.search(text, document.body.start, document.body.end) or _SCHOOL_YEAR.search(
        text, document.body.start, document.body.end
    )
    if stated is not None:
        return int(stated[1]), Span(*stated.span(1))
    spans = list(years(text[document.body.start : document.body.end]))
    period = None
    if spans:
        count = Counter(year for _, _, year in spans)
        best = min(count, key=lambda year: (-count[year], -year))
        period = next(y for y in spans if y[2] == best)
    if period is None:
        return None, None
    return period[2], Span(document.body.start + period[0], document.body.start + period[1])
