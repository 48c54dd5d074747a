"""Where a report comes from: the place of its writer, from the places that the text and its page name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.link.credit_code import region_codes
from kg.link.namesakes import Namesakes
from kg.link.page import page_words
from kg.link.place import Gazette, PlaceRef, only_called
from kg.match.mention import AgencyName, KnownName, Mention, Place, RegionName
from kg.match.scan import Scan, Scanner
from kg.text.document import Document, Span

_PAGE = 3  # what a place counts that the page is of, beside those that the text names


@dataclass(slots=True)
class Homes:
    """The places of one document."""

    document: Document
    scan: Scan
    scanner: Scanner
    gazette: Gazette
    year: int | None
    coded: PlaceRef | None = field(init=False)
    around: tuple[PlaceRef, ...] = field(
        init=False
    )  # places of whoever runs the page, the most particular first
    namesakes: Namesakes = field(init=False)

    def __post_init__(self) -> None:
        ontology = self.scanner.ontology
        self.namesakes = Namesakes(ontology.regions, self.year, ontology.words)
        self.coded = self._coded()
        self.around = self._around()

    def home(self, place: Place) -> PlaceRef | None:
        """The place a writer's name begins with; of several of one name the one that the report tells of."""
        told = self._told_apart(place.names[0]) if len(place.names) == 1 else None
        found = told or self.gazette.resolve(place, None) or self.gazette.resolve(place, self.commonest())
        if found is None and not place.names:
            found = next((ref for ref in self.around if ref.name.endswith(place.level)), None)
        return found

    def _told_apart(self, name: str) -> PlaceRef | None:
        if not self.namesakes.of(name):
            return None
        source = self.document.source
        values = (value for _, value in source.metadata)
        text = "\n".join((self.document.folded, *values, source.address))
        levels = {
            place.level
            for mention in self.scan.mentions
            if isinstance(mention.detail, AgencyName | RegionName)
            and (place := mention.detail.place) is not None
        }
        region = self.namesakes.told(name, text, list(region_codes(text)), sorted(levels))
        return self.gazette.of(region) if region is not None else None

    def of_known(self, detail: KnownName) -> PlaceRef | None:
        """The place of a body known by name: the longest place its name begins with (陕西省|人民政府办公厅)."""
        for end in range(len(detail.label), 1, -1):
            for mention in self.scanner.scan(detail.label[:end], [Span(0, end)]).mentions:
                place = mention.detail.place if isinstance(mention.detail, AgencyName | RegionName) else None
                if place is not None and place.names:
                    return self.gazette.resolve(place, None)
        return None

    def commonest(self) -> PlaceRef | None:
        """The place a text names most among those the table knows, the most particular of equals."""
        count: Counter[str] = Counter()
        refs: dict[str, PlaceRef] = {}
        for mention in self.scan.mentions:
            detail = mention.detail
            place = detail.place if isinstance(detail, AgencyName | RegionName) else None
            if place is None or not place.names or place.open:
                continue
            if self._only_called(mention):
                continue
            ref = self.gazette.resolve(place, None)
            if ref is not None:
                for depth, one in enumerate(ref.chain()):
                    if one.level != "country":
                        count[one.iri] += 3 if depth == 0 else 1
                        refs.setdefault(one.iri, one)
        best = min(count, key=lambda iri: (-count[iri], -len(refs[iri].parents), iri), default=None)
        return refs[best] if best is not None else self.coded or next(iter(self.around), None)

    def _only_called(self, mention: Mention) -> bool:
        """Whether a body only has a place's name (某大学), which says nothing of where the writer is."""
        return isinstance(mention.detail, AgencyName) and only_called(mention.detail, self.gazette.regions)

    def placed(self, home: PlaceRef) -> PlaceRef:
        """A place no table knows, inside the one of the publisher's code, else the place above it that it is named after, else that the text names most."""
        order = ("country", "province", "prefecture", "county", "township", "village")
        count: Counter[str] = Counter()
        refs: dict[str, PlaceRef] = {}
        for mention in self.scan.mentions:
            detail = mention.detail
            place = detail.place if isinstance(detail, AgencyName | RegionName) else None
            ref = self.gazette.resolve(place, None) if place is not None and place.names else None
            for one in ref.chain() if ref is not None else ():
                if one.level != "country" and order.index(one.level) < order.index(home.level):
                    count[one.iri] += 1
                    refs.setdefault(one.iri, one)
        for one in self.around:
            if order.index(one.level) < order.index(home.level):
                count[one.iri] += _PAGE
                refs.setdefault(one.iri, one)
        best = max(
            count,
            key=lambda iri: (
                home.name.startswith(refs[iri].stem),
                order.index(refs[iri].level),
                count[iri],
                iri,
            ),
            default=None,
        )
        coded = self.coded
        if coded is not None and order.index(coded.level) < order.index(home.level):
            parent = coded
        elif best is None:
            return home
        else:
            parent = refs[best]
        if not parent.parents and parent.level != "province":
            parent = self.placed(parent)
        nested = self.gazette.nests(home.name, parent)
        return PlaceRef(
            home.iri,
            home.name,
            (parent.official if nested else "") + home.name,
            home.code,
            home.level,
            parent.chain(),
        )

    def _around(self) -> tuple[PlaceRef, ...]:
        """The places of whoever runs the page and those they lie in, the most particular first, of equals the one named most."""
        named = [one for ref in self._published() for one in ref.chain() if one.level != "country"]
        count, refs = Counter(one.iri for one in named), {one.iri: one for one in named}
        return tuple(sorted(refs.values(), key=lambda one: (-len(one.parents), -count[one.iri], one.iri)))

    def _published(self) -> Iterator[PlaceRef]:
        """The places that the page's own words name, as often as they do."""
        words = self.scanner.ontology.words
        for line in page_words(self.document, words["publisher"], words["siteField"]):
            for mention in self.scanner.scan(line, [Span(0, len(line))]).mentions:
                place = mention.detail.place if isinstance(mention.detail, AgencyName | RegionName) else None
                if place is None or not place.names or place.open or self._only_called(mention):
                    continue
                ref = self.gazette.resolve(place, None)
                if ref is not None and ref.code:
                    yield ref

    def _coded(self) -> PlaceRef | None:
        """The place whose code stands in the index number that the publisher gave the document."""
        source = self.document.source
        values = (value for _, value in source.metadata)
        codes = region_codes("\n".join((self.document.folded, *values, source.address)))
        region = next((self.scanner.ontology.regions.coded(code, self.year) for code in codes), None)
        return self.gazette.of(region) if region is not None else None
