"""Administrative regions: names, codes, what lies in what, and since when.

The table is ``ontology/vocab/regions.ttl``. A region here is a place under one name: where its name, or the
name of the region above, changed, the place goes on as the successor. Years say how things stood when the
year ended, which is how a report of that year names them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.schema.index import Term, TripleIndex
from kg.terms import expand

LEVELS = ("country", "province", "prefecture", "county")
ALWAYS = (0, 9999)  # first and last year of what began before the table does, and of what still is

Kind = Literal["full", "path", "short", "letter"]
Subjects = Mapping[str, Mapping[str, list[Term]]]

_TYPE, _REGION = expand("rdf:type"), expand("pol:Region")
_NAME, _ALSO, _LETTER = expand("skos:prefLabel"), expand("skos:altLabel"), expand("pol:letter")
_CODE, _LEVEL, _WITHIN = expand("skos:notation"), expand("pol:level"), expand("pol:within")
_FROM, _TO, _HEIR = expand("pol:validFrom"), expand("pol:validTo"), expand("dcterms:isReplacedBy")
_SUFFIX, _DISTRICT, _CITY = expand("pol:nameSuffix"), expand("pol:districtSuffix"), expand("pol:citySuffix")
_FULL, _SHORT = expand("pol:fullNeedsContext"), expand("pol:shortNeedsContext")


@dataclass(frozen=True, slots=True)
class Region:
    """A place under one name; ``code`` is its last by GB/T 2260, ``parent`` the IRI of what it lies in."""

    iri: str
    code: str
    name: str
    level: str
    parent: str
    valid_from: int = ALWAYS[0]
    valid_to: int = ALWAYS[1]

    def valid(self, year: int) -> bool:
        """Whether it was there when the year ended."""
        return self.valid_from <= year <= self.valid_to


@dataclass(frozen=True, slots=True)
class Surface:
    """A way to write a region; ``needs_context`` where the same words often mean something else."""

    form: str
    region: Region
    kind: Kind
    needs_context: bool


@dataclass(frozen=True, slots=True)
class NameWords:
    """The endings of names, and the names that are ordinary words too."""

    suffixes: tuple[str, ...]  # longest first
    district: tuple[str, ...]
    city: tuple[str, ...]
    full_context: frozenset[str]
    short_context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Regions:
    """The table of regions, with lookups by IRI and by any way to write a name.

    >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
    >>> quzhou, = regions.named("衢州", 2020)
    >>> quzhou.code, quzhou.name, quzhou.level, [region.name for region in regions.ancestors(quzhou)]
    ('330800', '衢州市', 'prefecture', ['浙江省', '中国'])
    """

    by_iri: Mapping[str, Region]
    words: NameWords
    _forms: Mapping[str, list[tuple[Region, Kind]]]  # all but paths, which are made up when asked for
    _also: Mapping[str, tuple[str, ...]]
    _letters: Mapping[str, str]
    _children: Mapping[str, list[Region]]
    _heirs: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_file(cls, *paths: Path) -> "Regions":
        """Read the table, and tables laid out alike.

        Raises ``OntologyError`` with file and line where one does not parse or does not hold.
        """
        subjects: dict[str, dict[str, list[Term]]] = {}
        for path in paths:
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    facts = subjects.setdefault(quad.subject.value, {})
                    facts.setdefault(quad.predicate.value, []).append(quad.object)
            except SyntaxError as error:
                line = f":{error.lineno}" if error.lineno else ""
                raise OntologyError(
                    str(error.msg), where=f"{path}{line}", hint="mend the Turtle there"
                ) from None
            except OSError as error:
                raise OntologyError(error.strerror or str(error), where=str(path)) from None
        return _assemble(subjects, ", ".join(path.name for path in paths))

    @classmethod
    def from_index(cls, index: TripleIndex) -> "Regions":
        """Take the regions out of Turtle that is read already."""
        return _assemble(index.by_subject, ", ".join(Path(name).name for name, _ in index.files))

    def get(self, iri: str) -> Region | None:
        """The region with this IRI, if the table has it."""
        return self.by_iri.get(iri)

    def named(self, name: str, year: int | None = None) -> tuple[Region, ...]:
        """The regions that a full name, path, short form or letter may mean, larger ones first.

        With a year, those valid in it; where none is, those of other years, nearest first. Without, all,
        those that still are first.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> [regions.path(region) for region in regions.named("淮安市", 2024)]
        ['江苏省淮安市']
        >>> [regions.path(region) for region in regions.named("洪泽", 2015)]
        ['江苏省淮安市洪泽县']
        >>> [regions.path(region) for region in regions.named("襄樊市", 2020)]
        ['湖北省襄樊市']
        """
        found = {region.iri: region for region, _ in self._forms.get(name, ())}
        for cut in range(2, len(name) - 1) if not found else ():
            for region, kind in self._forms.get(name[cut:], ()):
                if kind == "full" and name in self._paths(region):
                    found[region.iri] = region
        if year is None:
            return tuple(sorted(found.values(), key=lambda region: (-region.valid_to, *_rank(region))))
        valid = [region for region in found.values() if region.valid(year)]
        if valid:
            return tuple(sorted(valid, key=_rank))
        return tuple(sorted(found.values(), key=lambda region: (_distance(region, year), *_rank(region))))

    def coded(self, code: str, year: int | None = None) -> Region | None:
        """The region of a GB/T 2260 code: the one valid in the year, else the nearest to it.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> regions.coded("330800", 2020).name
        '衢州市'
        """
        found = [region for region in self.by_iri.values() if region.code == code]
        return min(
            found,
            key=lambda region: (max(_distance(region, year or ALWAYS[1]), 0), -region.valid_to, region.iri),
            default=None,
        )

    def short(self, region: Region) -> str:
        """The name without its ending, where at least two characters remain.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> names = ("浙江省", "恩施土家族苗族自治州", "和县", "浦东新区")
        >>> [regions.short(*regions.named(name, 2024)) for name in names]
        ['浙江', '恩施', '和县', '浦东']
        """
        return _short(region, self._also.get(region.iri, ()), self.words)

    def path(self, region: Region) -> str:
        """The name with those of the regions it lies in, from the province down: 浙江省衢州市柯城区."""
        parent = self.by_iri.get(region.parent)
        return region.name if parent is None or parent.level == LEVELS[0] else self.path(parent) + region.name

    def ancestors(self, region: Region) -> tuple[Region, ...]:
        """The regions it lies in, nearest first, up to the country."""
        parent = self.by_iri.get(region.parent)
        return () if parent is None else (parent, *self.ancestors(parent))

    def children(self, region: Region, year: int | None = None) -> tuple[Region, ...]:
        """The regions right below, by code; with a year, those valid in it."""
        return tuple(
            child for child in self._children.get(region.iri, ()) if year is None or child.valid(year)
        )

    def official(self, region: Region) -> str:
        """The name as it stands in full names of agencies: that of a district begins with its city's.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> names = ("洪泽区", "浦东新区", "龙游县", "义乌市")
        >>> [regions.official(*regions.named(name, 2024)) for name in names]
        ['淮安市洪泽区', '上海市浦东新区', '龙游县', '义乌市']
        """
        parent = self.by_iri.get(region.parent)
        district = region.level == LEVELS[3] and region.name.endswith(self.words.district)
        if parent is not None and district and parent.name.endswith(self.words.city):
            return parent.name + region.name
        return region.name

    def successors(self, region: Region) -> tuple[Region, ...]:
        """What took its place in the year after its last; several where it was divided."""
        return tuple(self.by_iri[iri] for iri in self._heirs.get(region.iri, ()))

    def successor(self, region: Region) -> Region | None:
        """The one region that took its place, if there is just one.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> [regions.path(regions.successor(*regions.named(name, 1999))) for name in ("淮阴市", "通什市")]
        ['江苏省淮安市', '海南省五指山市']
        """
        heirs = self.successors(region)
        return heirs[0] if len(heirs) == 1 else None

    def names(self) -> Iterator[Surface]:
        """Every way to write every region, in the order of the table, for a lexicon.

        >>> regions = Regions.from_file(Path("ontology/vocab/regions.ttl"))
        >>> [(s.form, s.kind, s.needs_context) for s in regions.names() if s.region.code == "341000"]
        [('黄山市', 'full', False), ('黄山', 'short', False), ('安徽省黄山市', 'path', False)]
        """
        for iri, region in self.by_iri.items():
            forms: list[tuple[str, Kind]] = _own_forms(region, self._also.get(iri, ()), self.words)
            forms += [(path, "path") for path in self._paths(region)]
            forms += [(letter, "letter") for letter in self._letters.get(iri, "")]
            for form, kind in forms:
                yield Surface(form, region, kind, self._needs_context(form, region, kind))

    def _paths(self, region: Region) -> list[str]:
        """The name after that of some of the regions it lies in: 衢州市柯城区, 浙江省衢州市柯城区."""
        above = [""]
        for parent in self.ancestors(region):
            if parent.level != LEVELS[0]:
                above += [parent.name + rest for rest in above]
        return [prefix + region.name for prefix in above[1:]]

    def _needs_context(self, form: str, region: Region, kind: Kind) -> bool:
        """By rule or by the lists of the table; a form that ends like the full name (恩施州) is like one."""
        if kind == "path":
            return False
        if kind == "letter" or region.level == LEVELS[0]:
            return True
        if kind == "full" or form[-1] == region.name[-1]:
            return len(form) <= 2 or form in self.words.full_context
        if region.level == LEVELS[3] or form in self.words.short_context:
            return True
        rank = LEVELS.index(region.level)
        return any(LEVELS.index(other.level) < rank or is_a == "full" for other, is_a in self._forms[form])


def _rank(region: Region) -> tuple[int, str, str]:
    return (LEVELS.index(region.level), region.code, region.iri)


def _distance(region: Region, year: int) -> int:
    return max(region.valid_from - year, year - region.valid_to)


def _short(region: Region, also: Iterable[str], words: NameWords) -> str:
    given = min(also, key=len, default=region.name)
    if len(given) < len(region.name):
        return given
    stems = (region.name.removesuffix(end) for end in words.suffixes if region.name.endswith(end))
    return next((stem for stem in stems if len(stem) >= 2), region.name)


def _assemble(subjects: Subjects, where: str) -> Regions:
    words = _name_words(subjects)
    by_iri = {iri: _region(iri, facts, where) for iri, facts in subjects.items() if _is_region(facts)}
    also: dict[str, tuple[str, ...]] = {}
    letters: dict[str, str] = {}
    heirs: dict[str, tuple[str, ...]] = {}
    children: dict[str, list[Region]] = defaultdict(list)
    forms: dict[str, list[tuple[Region, Kind]]] = defaultdict(list)
    for iri, region in by_iri.items():
        facts = subjects[iri]
        if _ALSO in facts:
            also[iri] = _values(facts, _ALSO)
        if _HEIR in facts:
            heirs[iri] = _values(facts, _HEIR)
        for other in (*([region.parent] if region.parent else ()), *heirs.get(iri, ())):
            if other not in by_iri:
                raise OntologyError(
                    f"<{iri}> points to <{other}>, which is no region", where=where, hint="add or mend it"
                )
        if region.parent:
            children[region.parent].append(region)
        for form, kind in _own_forms(region, also.get(iri, ()), words):
            forms[form].append((region, kind))
        if _LETTER in facts:
            letters[iri] = "".join(_values(facts, _LETTER))
            for letter in letters[iri]:
                forms[letter].append((region, "letter"))
    for below in children.values():
        below.sort(key=lambda child: (child.code, child.iri))
    return Regions(by_iri, words, dict(forms), also, letters, dict(children), heirs)


def _is_region(facts: Mapping[str, list[Term]]) -> bool:
    return any(term.value == _REGION for term in facts.get(_TYPE, ()))


def _region(iri: str, facts: Mapping[str, list[Term]], where: str) -> Region:
    name, level = _first(facts, _NAME), _first(facts, _LEVEL).rpartition("#")[2].lower()
    if not name or level not in LEVELS:
        raise OntologyError(
            f"<{iri}> needs skos:prefLabel and a pol:level",
            where=where,
            hint="known levels: " + ", ".join(LEVELS),
        )
    first, last = (_first(facts, key) for key in (_FROM, _TO))
    try:
        years = (int(first or ALWAYS[0]), int(last or ALWAYS[1]))
    except ValueError:
        raise OntologyError(
            f"<{iri}> has a year that is no number", where=where, hint='write "2020"^^xsd:gYear'
        ) from None
    return Region(iri, _first(facts, _CODE), name, level, _first(facts, _WITHIN), *years)


def _own_forms(region: Region, also: tuple[str, ...], words: NameWords) -> list[tuple[str, Kind]]:
    """The name, and shorter ones."""
    shorter = dict.fromkeys((*also, _short(region, also, words)))
    return [(region.name, "full"), *((form, "short") for form in shorter if form != region.name)]


def _name_words(subjects: Subjects) -> NameWords:
    facts: dict[str, list[str]] = defaultdict(list)
    for each in subjects.values():
        if _SUFFIX in each:
            for predicate in (_SUFFIX, _DISTRICT, _CITY, _FULL, _SHORT):
                facts[predicate] += _values(each, predicate)
    return NameWords(
        tuple(sorted(facts[_SUFFIX], key=lambda end: (-len(end), end))),
        tuple(facts[_DISTRICT]),
        tuple(facts[_CITY]),
        frozenset(facts[_FULL]),
        frozenset(facts[_SHORT]),
    )


def _values(facts: Mapping[str, list[Term]], predicate: str) -> tuple[str, ...]:
    return tuple(term.value for term in facts.get(predicate, ()))


def _first(facts: Mapping[str, list[Term]], predicate: str) -> str:
    terms = facts.get(predicate)
    return terms[0].value if terms else ""
