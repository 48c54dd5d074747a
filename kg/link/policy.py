"""Citations become policies: short names resolved, classes and issuers read from title and number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.facts import Entity
from kg.match.citation import code_of
from kg.match.mention import Citation, KnownName, Mention
from kg.schema.gazetteer import Known
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document

POLICY = expand("pol:Policy")
GAZETTE = expand("pol:Gazette")
PLATFORM = expand("pol:Platform")  # a newspaper, a newsletter
_ANGLES = str.maketrans("<>", "〈〉")  # 转发<某项意见>的通知
# 印发|《甲》《乙》, 编印|《甲》6期、|《乙》
_TITLES = re.compile(r"(?:《[^《》]*》(?:（[^（）]{1,8}）)?(?:\d+余?\w)?[、，和及与]?)+$")
_LISTED = re.compile(
    r"([^《》、，。；：\s]{3,20})(?:、[^《》、，。；：\s]{2,10}){0,3}[、和及与]$"
)  # 在市电视台、|《甲》
_MORE = re.compile(r"(?:、[^《》、，。；：等和及与]{2,10}){1,3}(?=等)")  # 《甲》|、新华社|等媒体
_NUMBER = re.compile(r"(?:\d+|[一二三四五六七八九十百两]+)余?")
_MORE_TITLES = re.compile(r"^(?:（[^（）]{1,8}）)?(?:[、，和及与]?《[^《》]*》)*")  # 《甲》|、《乙》|等媒体


@dataclass(frozen=True, slots=True)
class KnownPolicies:
    """The policies of the reference vocabulary by title, by a title that is theirs where nothing else is meant, and by number."""

    titles: dict[str, Known]
    assumed: dict[str, Known]
    numbers: dict[str, Known]

    @staticmethod
    def of(ontology: Ontology) -> "KnownPolicies":
        """Those of an ontology; made once, for every document."""
        made = KnownPolicies({}, {}, {})
        for known in ontology.gazetteer.entities:
            if ontology.model.is_a(known.cls, POLICY):
                for form in known.forms:
                    made.titles.setdefault(_key(form), known)
                for form in known.assumed:
                    made.assumed.setdefault(_key(form), known)
                for number in known.numbers:
                    made.numbers.setdefault(number, known)
        return made


@dataclass(slots=True)
class PolicyBook:
    """The policies of one document by title, number and short name."""

    ontology: Ontology
    document: Document
    mint: Mint
    known: KnownPolicies
    follow: frozenset[str] = frozenset()
    _titles: dict[str, Entity] = field(default_factory=dict)
    _numbers: dict[str, Entity] = field(default_factory=dict)

    def learn(self, mentions: tuple[Mention, ...]) -> None:
        """Read every citation once, so that a short name is known wherever it stands."""
        for mention in mentions:
            detail = mention.detail
            if (
                isinstance(detail, Citation)
                and detail.title is not None
                and (detail.number or detail.abbreviation)
            ):
                entity = self.resolve(mention)
                if entity is not None and detail.abbreviation:
                    self._titles.setdefault(_key(detail.abbreviation), entity)
        for mention in mentions:
            detail = mention.detail
            if isinstance(detail, KnownName) and self.ontology.model.is_a(mention.cls, POLICY):
                known = self.known.titles.get(_key(detail.label))
                if known is not None:
                    entity = Entity(known.iri, known.cls, known.label)
                    for form in known.forms:
                        self._titles.setdefault(_key(form), entity)

    def resolve(self, mention: Mention) -> Entity | None:
        """The policy, or the gazette, that a citation means; None for a newspaper, a programme, a form."""
        detail = mention.detail
        if not isinstance(detail, Citation):
            return None
        if detail.title is None:
            return self._by_number(detail)
        printed = detail.title.of(self.document.text).strip()
        title = printed.translate(_ANGLES)
        folded = detail.title.of(self.document.folded).strip()
        form = (printed,)
        known = self.known.titles.get(_key(folded))
        if known is not None:
            return Entity(known.iri, known.cls, known.label, form)
        numbered = self.known.numbers.get(detail.number) if detail.number else None
        if numbered is not None and any(_key(one).endswith(_key(folded)) for one in numbered.forms):
            return Entity(numbered.iri, numbered.cls, numbered.label, form)
        entity = self._titles.get(_key(folded))
        if entity is not None:
            return Entity(entity.iri, entity.cls, entity.label, form)
        annexed = self.known.titles.get(_key(_annex(folded, self.ontology.words["issue"])))
        if annexed is not None:
            return Entity(annexed.iri, annexed.cls, annexed.label, form)
        assumed = self.known.assumed.get(_key(folded))
        if assumed is not None:
            return Entity(assumed.iri, assumed.cls, assumed.label, form)
        short = next(
            (
                one
                for key, one in self._titles.items()
                if 3 <= len(folded) <= 8 and key.endswith(_key(folded)) and key != _key(folded)
            ),
            None,
        )
        if short is not None:
            return Entity(short.iri, short.cls, short.label, form)
        if "_" in folded:
            return None  # an address or an advertiser's words, no title
        if _without_brackets(folded).endswith(tuple(self.ontology.words["reportTitle"])):
            return None  # a report is no policy
        cls = self.classify(folded, bool(detail.number), mention)
        if cls is None:
            return None
        number = detail.number
        if cls in (GAZETTE, PLATFORM):
            label = mention.span.of(self.document.text)
            return Entity(self.mint.entity("platform", label), cls, label, (label, title))
        existing = self._numbers.get(number) if number else None
        entity = Entity(
            existing.iri if existing else self.mint.entity("policy", number or title), cls, title, form
        )
        self._titles[_key(folded)] = Entity(entity.iri, cls, title)
        if number:
            self._numbers.setdefault(number, entity)
        return entity

    def own(self, title: str, number: str, entity: Entity) -> None:
        """Make a document's own title and number mean the document itself."""
        self._titles[_key(title)] = entity
        if number:
            self._numbers[number] = entity

    def by_number(self, number: str) -> Entity | None:
        """A policy known by its document number."""
        known = self.known.numbers.get(number)
        return Entity(known.iri, known.cls, known.label) if known is not None else None

    def classify_title(self, title: str) -> str | None:
        """The class of a policy by the last word of its title."""
        bare = _without_brackets(title)
        for one in self.ontology.gazetteer.title_endings:
            if bare.endswith(one.ending):
                return one.regional if self._regional(bare) else one.cls
        return None

    def _by_number(self, detail: Citation) -> Entity | None:
        known = self._numbers.get(detail.number)
        if known is not None:
            return Entity(known.iri, known.cls, known.label)
        named = self.known.numbers.get(detail.number)
        if named is not None:
            return Entity(named.iri, named.cls, named.label)
        if code_of(detail.number) == "":
            return None
        entity = Entity(self.mint.entity("policy", detail.number), POLICY, detail.number)
        self._numbers[detail.number] = entity
        return entity

    def classify(self, title: str, numbered: bool, mention: Mention) -> str | None:
        """The class a title's last words give it; None where it names no policy."""
        gazetteer = self.ontology.gazetteer
        bare = _without_brackets(title)
        for ending in gazetteer.gazette_endings:
            if bare.endswith(ending):
                return GAZETTE
        if not numbered and self._appears_in_issues(bare, mention):
            return GAZETTE
        if not numbered and bare.endswith(self.ontology.words["formTitle"]):
            return None  # a form, or what is written to one person
        if not numbered and self._is_shown(bare, mention):
            return None
        channel, publication = (
            max((len(ending) for ending in endings if bare.endswith(ending)), default=0)
            for endings in (gazetteer.channel_endings, gazetteer.publication_endings)
        )
        size = next((len(one.ending) for one in gazetteer.title_endings if bare.endswith(one.ending)), 0)
        cls = self.classify_title(title) if numbered or max(channel, publication) <= size else None
        if cls is not None:
            return cls  # 某地交通|报 is no 通报
        if numbered:
            return POLICY
        if channel and channel >= publication and self._carries(mention):
            return PLATFORM
        if channel or publication:
            return None
        minutes = bare.endswith(self.ontology.words["noPeriodical"])
        if self._counted_in_issues(mention) and self._made(mention) and not minutes:
            return PLATFORM  # 编印|《松坪乡音》4期
        if not minutes and self.document.folded.startswith(self.ontology.words["edition"], mention.span.end):
            return PLATFORM  # 《松坪乡音》|电子版
        before = _TITLES.sub("", self.document.folded[max(0, mention.span.start - 200) : mention.span.start])[
            -8:
        ]
        return POLICY if any(word in before for word in self.follow) and len(bare) >= 5 else None

    def _appears_in_issues(self, title: str, mention: Mention) -> bool:
        """Whether a short title is a newsletter's, because so many issues of it are told (《工作通报》9期)."""
        words = self.ontology.words
        if len(title) > 8 or not title.endswith(words["newsletter"]) or title.startswith(words["titleVerb"]):
            return False
        return self._counted_in_issues(mention)

    def _is_shown(self, title: str, mention: Mention) -> bool:
        """Whether a title is that of a film, a picture or a leaflet (短视频《…手册》, 《…问答》折页), or of a booklet that is handed out.

        A film about 《某条例》 tells of that regulation.
        """
        words, text = self.ontology.words, self.document.folded
        before = _TITLES.sub("", text[max(0, mention.span.start - 200) : mention.span.start])
        after = _MORE_TITLES.sub("", text[mention.span.end : mention.span.end + 200])
        shown = words["shownAs"]
        if title.startswith(words["pictureTitle"]):
            return True
        if not title.endswith(words["handout"]):
            return False
        if before.endswith(shown):
            return True
        rest = after.removeprefix(words["andMore"][0])
        lead = next((word for word in words["ofWhatIsShown"] if rest.startswith(word)), "")
        if rest.startswith(shown, len(lead)):
            return True  # 《甲》|等系列|短视频
        return self._told_of_many(after, "copyOf") or before.endswith(words["handsOut"])

    def _counted_in_issues(self, mention: Mention) -> bool:
        """Whether so many issues are told behind a title."""
        after = _MORE_TITLES.sub("", self.document.folded[mention.span.end : mention.span.end + 200])
        return self._told_of_many(after, "issueOf")

    def _told_of_many(self, after: str, measure: str) -> bool:
        """Whether words begin with how many there are, in a measure of a word class (各|200份)."""
        words = self.ontology.words
        lead = next((word for word in words["dealtOut"] if after.startswith(word)), "")
        number = _NUMBER.match(after, len(lead))
        return number is not None and after.startswith(words[measure], number.end())

    def _made(self, mention: Mention) -> bool:
        """Whether a verb of making a paper stands before a title, or before the titles it is listed with."""
        before = self.document.folded[max(0, mention.span.start - 200) : mention.span.start]
        return _TITLES.sub("", before).endswith(self.ontology.words["makesPaper"])

    def _carries(self, mention: Mention) -> bool:
        """Whether the words around a paper's title say that something stands in it (在《…》刊登), or that it is made (编印《…》)."""
        text, words = self.document.folded, self.ontology.words
        before = _TITLES.sub("", text[max(0, mention.span.start - 200) : mention.span.start])
        after = _MORE_TITLES.sub("", text[mention.span.end : mention.span.end + 200])
        if before.endswith(words["beforePaper"]) or after.startswith(words["afterPaper"]):
            return True
        if (more := _MORE.match(after)) and after.startswith(words["afterPaper"], more.end()):
            return True
        listed = _LISTED.search(before)
        return listed is not None and any(word in listed[1][:-1] for word in words["beforePaper"])

    def _regional(self, title: str) -> bool:
        """Whether a title begins with the name of a region below the centre."""
        return any(self.ontology.regions.named(title[:size]) for size in range(2, min(12, len(title))))


def _key(title: str) -> str:
    """Titles that differ in marks or spaces only are one.

    >>> _key("关于“互联网+”的意见（试行）") == _key("关于互联网+的意见(试行)")
    True
    """
    return "".join(c for c in title if c.isalnum() or c == "+")


def _without_brackets(title: str) -> str:
    while title.endswith(("）", "〉")) and ("（" in title or "〈" in title):
        cut = max(title.rfind("（"), title.rfind("〈"))
        if cut <= 0:
            break
        if title.endswith("〉"):
            return title[cut + 1 : -1]
        title = title[:cut]
    return title.rstrip("”》")


def _annex(title: str, verbs: Sequence[str]) -> str:
    """What a notice carries (印发〈…〉): the notice and its annex are one document.

    >>> _annex("国务院办公厅关于印发〈某项办法〉的通知", ["印发"])
    '某项办法'
    """
    opened, closed = title.find("〈"), title.rfind("〉")
    return title[opened + 1 : closed] if 0 < opened < closed and title[:opened].endswith(tuple(verbs)) else ""
