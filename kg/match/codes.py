"""The codes that document numbers begin with (国办发), told from the words before them."""

from dataclasses import dataclass

from kg.match.words import segment
from kg.schema.ontology import Ontology


@dataclass(frozen=True, slots=True)
class IssuerCodes:
    """The codes that an ontology knows, and how codes end that it does not know."""

    codes: frozenset[str]
    endings: tuple[str, ...]
    provinces: frozenset[str]  # the letters that codes of provinces begin with
    places: frozenset[str]  # what names of places begin with, and short names of two characters
    bodies: tuple[str, ...]  # last words of names of bodies
    boundary: frozenset[str]  # words that no code has
    before: tuple[str, ...]  # words before a code that are no letters of a place
    ministries: frozenset[str]  # codes of the centre that may be the end of a place's

    @classmethod
    def of(cls, ontology: Ontology) -> "IssuerCodes":
        """Those of one ontology."""
        gazetteer, government = ontology.gazetteer, ontology.words["governmentForm"][0]
        words, regions = ontology.words, ontology.regions
        stems = {regions.short(region) for region in regions.by_iri.values()}
        letters = (*gazetteer.province_letters, *gazetteer.city_letters)
        return cls(
            frozenset(gazetteer.codes) | frozenset(gazetteer.ministry_codes),
            tuple(one.ending for one in gazetteer.code_endings),
            frozenset(code[0] for code, issuer in gazetteer.codes.items() if issuer.endswith(government)),
            frozenset({*(stem[:1] for stem in stems), *(stem for stem in stems if len(stem) == 2), *letters}),
            (*words["selfNoun"], *words["governmentWord"], *gazetteer.suffix_forms),
            frozenset(words["boundary"]),
            (*words["boundary"], *words["follow"], *words["beforeCode"]),
            frozenset(gazetteer.ministry_codes),
        )

    def knows(self, code: str) -> bool:
        """Whether a code is one, or ends as codes do.

        >>> from kg.schema import load_ontology
        >>> codes = IssuerCodes.of(load_ontology())
        >>> [codes.knows(code) for code in ("国办发", "云政办发", "栏目")]
        [True, True, False]
        """
        return code in self.codes or (
            len(code) > 2 and any(code.endswith(one) and len(code) > len(one) for one in self.endings)
        )

    def trimmed(self, words: str) -> str:
        """The longest known code at the end of the words before a document number's year, else what no word of the text parts.

        >>> from kg.schema import load_ontology
        >>> codes = IssuerCodes.of(load_ontology())
        >>> codes.trimmed("按照国办发"), codes.trimmed("根据云川字")
        ('国办发', '云川字')
        >>> codes.trimmed("陕教办函"), codes.trimmed("根据教办函")  # of a department of the province, of the ministry
        ('陕教办函', '教办函')
        >>> codes.trimmed("青政务公开办函")  # no 开办
        '青政务公开办函'
        >>> codes.trimmed("按照松财预"), codes.trimmed("县教育局绵阳教办"), codes.trimmed("第二批财预")
        ('松财预', '绵阳教办', '财预')
        """
        for start in range(len(words)):
            if words[start:] in self.codes:
                return words[start - self._letters(words[:start], words[start:]) :]
        cut = segment(words)
        found = ((words.rfind(word), len(word)) for word in self.boundary if word in words)
        last = max((at + size for at, size in found if cut.ends_at(at) and cut.ends_at(at + size)), default=0)
        return words[last:] or words

    def _letters(self, before: str, code: str) -> int:
        """How many characters before a code are letters of a place: 松|财预, where a sentence or a body's name ends before them."""
        if before[-1:] in self.provinces:
            return 1
        if code not in self.ministries or before.endswith((*self.before, *self.bodies)):
            return 0
        for size in (2, 1):
            rest = before[:-size]
            ended = not rest or rest.endswith((*self.before, *self.bodies))
            if len(before) >= size and before[-size:] in self.places and ended:
                return size
        return 0
