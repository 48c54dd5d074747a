"""The gazetteer: how public bodies are named, and the bodies, policies and platforms known by name.

Everything is data of ``ontology/vocab/``; this module gives it the shape that readers ask for. A body of any
level is written as place + kind (衢州市 + 人力资源和社会保障局), a kind as stem + suffix; short stems
and short suffixes (人社, 委) expand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.schema.index import TripleIndex
from kg.terms import BASE, expand, shorten

_NAME = "{name}"
_PLAIN = "{region}" + _NAME


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of public body and every way it is written after its place.

    ``suffixes`` begins with the usual one below the province and is empty where the stem is the whole name.
    ``canonical`` is a template of {region} (full name), {short} (the region without its level word), {name}
    and {suffix}. ``open`` kinds carry a name of their own before the stem (浙江 + 大学). ``prefixes`` may
    stand before the place (中共 + 衢州市 + 委); where ``prefixed`` they must.
    """

    iri: str
    cls: str
    label: str
    stem: str
    variants: tuple[str, ...]  # other full stems, kept as written
    short_stems: tuple[str, ...]  # these become the stem
    suffixes: tuple[str, ...]
    provincial_suffix: str
    prefecture_suffix: str  # the usual one of a prefecture's, where it differs from a county's
    provincial_style: tuple[str, ...]  # cities whose body is named as a province's is
    canonical: str
    endings: tuple[str, ...]  # of places whose body is called otherwise (街道)
    ending_canonical: str
    prefixes: tuple[str, ...]
    prefixed: bool
    open: bool
    zone: bool  # of a zone, whose name ends in a word for zones
    commercial: bool  # of a firm, whose name need not begin with a place
    inner: bool  # a unit inside whichever body writes (党政办, 政务公开科)
    shared: bool  # any body may have one of its own (政务公开办公室)
    not_before: tuple[str, ...]  # what cannot follow, since the word would be another (政府 + 信息)
    cores: Mapping[str, str]  # form as written → full form: 人社局 → 人力资源和社会保障局
    heirs: tuple[str, ...] = ()  # the kinds that reforms made of it
    unit_of: str = ""  # the class of the writers that alone have such a unit
    township: str = ""  # the template in a township, where it is another
    levels: tuple[str, ...] = ()  # level words of the places that alone have such a body (村)

    def core(self, form: str, *, provincial: bool = False) -> str:
        """The full form of one of ``cores``; a province's office is an 办公厅 where others have an 办公室.

        >>> from pathlib import Path
        >>> from kg.schema.index import load
        >>> kinds = Gazetteer.from_index(load([Path("ontology/vocab/agencies.ttl")])).by_form("府办")
        >>> kinds[0].core("府办"), kinds[0].core("府办", provincial=True)
        ('人民政府办公室', '人民政府办公厅')
        """
        full = self.cores[form]
        suffix = self.provincial_suffix
        if provincial and suffix and not form.endswith(suffix):
            expanded = next((s for s in self.suffixes if full.endswith(s) and not form.endswith(s)), "")
            if expanded and expanded[0] == suffix[0]:
                return full.removesuffix(expanded) + suffix
        return full

    def usual(self, *, provincial: bool = False, prefecture: bool = False) -> str:
        """The full form where a text gives the stem alone (司法、财政等部门)."""
        if not self.suffixes:
            return self.stem
        own = self.provincial_suffix if provincial else self.prefecture_suffix if prefecture else ""
        return self.stem + (own or self.suffixes[0])

    def named(self, region: str, core: str, short: str = "") -> str:
        """The canonical name of a body of this kind: ``region`` full, ``short`` without its level word."""
        if len(core) > 2 and region.endswith(core[:2]):
            core = core[2:]  # 望江街道|街道办事处
        suffix = next((s for s in sorted(self.suffixes, key=len, reverse=True) if core.endswith(s)), "")
        form = self.ending_canonical if region.endswith(self.endings) else self.canonical
        return form.format(region=region, short=short or region, name=core, suffix=suffix)


@dataclass(frozen=True, slots=True)
class Known:
    """A body, policy or platform known by name.

    ``assumed`` are forms that mean it only where the text gives them no other meaning (《条例》); ``generic``
    marks carriers such as 微信, which are no platform of anybody by themselves.
    """

    iri: str
    cls: str
    label: str
    forms: tuple[str, ...]  # label first
    assumed: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # document numbers, the one in force first
    issuers: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Lapse:
    """A policy, or the number of an earlier version of it, that is no longer in force."""

    iri: str
    number: str  # the number that lapsed, or "" where the whole policy did
    since: str  # a date or a year
    current: str  # the title of what holds now, or ""


@dataclass(frozen=True, slots=True)
class CodeEnding:
    """How document-number codes end (浙 + 政办发), and what kind of body such a code is of."""

    ending: str
    kind: str


@dataclass(frozen=True, slots=True)
class TitleEnding:
    """The class of a policy by its title's last word; ``regional`` where a region issued it."""

    ending: str
    cls: str
    regional: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything known by name before any report is read."""

    kinds: tuple[AgencyKind, ...]
    suffix_forms: Mapping[str, str]  # 委 → 委员会, 局 → 局
    suffix_classes: Mapping[str, str]
    inner_suffixes: tuple[str, ...]  # units inside a body: 处 科 股 室
    codes: Mapping[str, str]  # 浙政办发 → IRI of the issuer
    ministry_codes: Mapping[
        str, str
    ]  # 财预: codes that are one only where nothing of the code stands before them
    code_prefixes: Mapping[str, str]  # 发改 → IRI of the issuer; longest first
    code_endings: tuple[CodeEnding, ...]  # longest first
    province_letters: Mapping[str, str]  # 浙 → 浙江省
    city_letters: Mapping[str, str]  # 甬 → 宁波市: letters that are not the first of the name
    entities: tuple[Known, ...]
    title_endings: tuple[TitleEnding, ...]  # longest first
    publication_endings: tuple[str, ...]
    gazette_endings: tuple[str, ...]
    channel_endings: tuple[
        str, ...
    ]  # of papers, which are channels where the text says that something stands in them
    lapses: tuple[Lapse, ...]
    forms: Mapping[str, tuple[AgencyKind, ...]]  # 人社局 → the kinds that are written so after their place

    @classmethod
    def from_index(cls, index: TripleIndex) -> "Gazetteer":
        """Build from the ontology; raises ``OntologyError`` at the place of what is incomplete."""
        suffixes = sorted(set(index.instances("pol:SuffixForm")))
        forms = {index.text(iri, "pol:suffix"): index.text(iri, "pol:expandsTo") for iri in suffixes}
        forms = {
            form: full or form for form, full in sorted(forms.items(), key=lambda pair: _longest(pair[0]))
        }
        kinds = tuple(_kind(index, iri, forms) for iri in sorted(set(index.instances("pol:AgencyKind"))))
        return cls(
            kinds=kinds,
            suffix_forms=forms,
            suffix_classes={index.text(i, "pol:suffix"): index.node(i, "pol:agencyClass") for i in suffixes},
            inner_suffixes=tuple(
                index.text(i, "pol:suffix") for i in suffixes if _flag(index, i, "pol:inner")
            ),
            codes=dict(_codes(index, "pol:IssuerCode")),
            ministry_codes=dict(_codes(index, "pol:MinistryCode")),
            code_prefixes=dict(sorted(_codes(index, "pol:CodePrefix"), key=lambda pair: _longest(pair[0]))),
            code_endings=tuple(sorted(_code_endings(index), key=lambda found: _longest(found.ending))),
            province_letters=_letters(index, "pol:ProvinceLetter"),
            city_letters=_letters(index, "pol:CityLetter"),
            entities=tuple(_entities(index)),
            title_endings=tuple(sorted(_title_endings(index), key=lambda found: _longest(found.ending))),
            publication_endings=_words(index, "pol:publicationEnding"),
            gazette_endings=_words(index, "pol:gazetteEnding"),
            channel_endings=_words(index, "pol:channelEnding"),
            lapses=tuple(_lapses(index)),
            forms=_by_form(kinds),
        )

    def by_form(self, form: str) -> tuple[AgencyKind, ...]:
        """The kinds that are written so after their place."""
        return self.forms.get(form, ())

    def kind(self, iri: str) -> AgencyKind | None:
        """The kind of this IRI, or None."""
        return next((kind for kind in self.kinds if kind.iri == iri), None)

    def issuer_of(self, code: str) -> str:
        """The IRI of the body a document-number code belongs to, or "" where only its region can tell.

        >>> from pathlib import Path
        >>> from kg.schema.index import load
        >>> gazetteer = Gazetteer.from_index(load([Path("ontology/vocab/codes.ttl")]))
        >>> gazetteer.issuer_of("发改价格").rpartition("/")[2]
        '国家发展和改革委员会'
        >>> gazetteer.issuer_of("衢政办发")
        ''
        """
        exact = self.codes.get(code) or self.ministry_codes.get(code)
        if exact:
            return exact
        return next((issuer for start, issuer in self.code_prefixes.items() if code.startswith(start)), "")

    def by_number(self) -> dict[str, Known]:
        """Known policies by each of their document numbers."""
        return {number: known for known in self.entities for number in known.numbers}


def _by_form(kinds: Iterable[AgencyKind]) -> dict[str, tuple[AgencyKind, ...]]:
    found: dict[str, list[AgencyKind]] = {}
    for kind in kinds:
        for form in kind.cores:
            found.setdefault(form, []).append(kind)
    return {form: tuple(several) for form, several in found.items()}


def _kind(index: TripleIndex, iri: str, forms: Mapping[str, str]) -> AgencyKind:
    stems = index.texts(iri, "pol:stem")
    cls = index.node(iri, "pol:agencyClass")
    if len(stems) != 1 or not cls:
        raise OntologyError("an agency kind needs one pol:stem and a pol:agencyClass", where=index.where(iri))
    variants = tuple(index.texts(iri, "pol:stemVariant"))
    shorts = tuple(index.texts(iri, "pol:shortStem"))
    suffixes = tuple(index.texts(iri, "pol:suffix"))
    cores: dict[str, str] = {}
    for suffix in suffixes or ("",):
        full = forms.get(suffix, suffix)
        for stem in (*stems, *variants):
            cores.setdefault(stem + suffix, stem + full)
        for stem in shorts:
            cores.setdefault(stem + suffix, stems[0] + full)
    for form in index.texts(iri, "pol:shortForm"):
        ending = next((end for end in forms if form.endswith(end)), "")
        cores.setdefault(form, stems[0] + forms.get(ending, ""))
    return AgencyKind(
        iri,
        cls,
        index.text(iri, "rdfs:label", "zh"),
        stems[0],
        variants,
        shorts,
        suffixes,
        index.text(iri, "pol:provincialSuffix"),
        index.text(iri, "pol:prefectureSuffix"),
        tuple(index.texts(iri, "pol:provincialStyle")),
        index.text(iri, "pol:canonicalForm", default=_PLAIN),
        tuple(index.texts(iri, "pol:placeEnding")),
        index.text(iri, "pol:endingCanonicalForm"),
        tuple(index.texts(iri, "pol:placePrefix")),
        _flag(index, iri, "pol:prefixRequired"),
        _flag(index, iri, "pol:ownName"),
        _flag(index, iri, "pol:ofZone"),
        _flag(index, iri, "pol:commercial"),
        _flag(index, iri, "pol:inner"),
        _flag(index, iri, "pol:shared"),
        tuple(index.texts(iri, "pol:notBefore")),
        cores,
        tuple(index.nodes(iri, "dcterms:isReplacedBy")),
        index.node(iri, "pol:unitOf"),
        index.text(iri, "pol:townshipForm"),
        tuple(index.texts(iri, "pol:ofLevel")),
    )


def _entities(index: TripleIndex) -> Iterator[Known]:
    """Individuals of the data namespace that have a name."""
    named = (iri for iri, about in index.by_subject.items() if iri.startswith(BASE) and _PREF in about)
    for iri in sorted(named):
        label = index.text(iri, "skos:prefLabel")
        cls = index.node(iri, "rdf:type")
        if not cls:
            raise OntologyError(f"{label} has no class", where=index.where(iri))
        if not cls.startswith(expand("pol:")) or cls in _NOT_GAZETTEER:
            continue
        yield Known(
            iri,
            cls,
            label,
            tuple(dict.fromkeys((label, *index.texts(iri, "skos:altLabel")))),
            tuple(index.texts(iri, "pol:assumedForm")),
            tuple(index.texts(iri, "pol:notBefore")),
            (*index.texts(iri, "pol:documentNumber"), *index.texts(iri, "pol:otherNumber")),
            tuple(index.nodes(iri, "pol:issuedBy")),
            _flag(index, iri, "pol:generic"),
        )


def _lapses(index: TripleIndex) -> Iterator[Lapse]:
    numbers, whole = expand("pol:lapsedNumber"), expand("pol:lapsed")
    for iri, about in sorted(index.by_subject.items()):
        label = index.text(iri, "skos:prefLabel")
        for number in index.texts(iri, numbers) if numbers in about else ():
            yield Lapse(iri, number, index.text(iri, "pol:renewed"), label)
        if whole in about:
            current = index.text(index.node(iri, "pol:replacedBy"), "skos:prefLabel")
            yield Lapse(iri, "", index.text(iri, whole), current)


_PREF = expand("skos:prefLabel")
_NOT_GAZETTEER = frozenset({expand("pol:Region")})


def _letters(index: TripleIndex, cls: str) -> dict[str, str]:
    letters = sorted(set(index.instances(cls)))
    return {index.text(iri, "pol:letter"): index.text(iri, "rdfs:label", "zh") for iri in letters}


def _codes(index: TripleIndex, cls: str) -> Iterator[tuple[str, str]]:
    for iri in sorted(set(index.instances(cls))):
        issuer = index.node(iri, "pol:issuer")
        codes = index.texts(iri, "pol:code")
        if not issuer or not codes:
            raise OntologyError(f"{shorten(iri)} needs pol:code and pol:issuer", where=index.where(iri))
        for code in codes:
            yield code, issuer


def _code_endings(index: TripleIndex) -> Iterator[CodeEnding]:
    for iri in sorted(set(index.instances("pol:CodeEnding"))):
        kind = index.node(iri, "pol:ofKind")
        for ending in index.texts(iri, "pol:ending"):
            yield CodeEnding(ending, kind)


def _title_endings(index: TripleIndex) -> Iterator[TitleEnding]:
    for cls, endings in sorted(_by_class(index, "pol:titleEnding").items()):
        for ending in endings:
            yield TitleEnding(ending, cls, cls)
    for iri in sorted(set(index.instances("pol:TitleEnding"))):
        cls = index.node(iri, "pol:denotes")
        for ending in index.texts(iri, "pol:ending"):
            yield TitleEnding(ending, cls, index.node(iri, "pol:denotesRegional", cls))


def _by_class(index: TripleIndex, predicate: str) -> dict[str, list[str]]:
    full = expand(predicate)
    return {iri: index.texts(iri, predicate) for iri, about in index.by_subject.items() if full in about}


def _words(index: TripleIndex, predicate: str) -> tuple[str, ...]:
    found = {word for words in _by_class(index, predicate).values() for word in words}
    return tuple(sorted(found, key=_longest))


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _flag(index: TripleIndex, iri: str, predicate: str) -> bool:
    return index.text(iri, predicate) == "true"
