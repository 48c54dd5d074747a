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
    boundary: frozenset[str]  # words that no code has

    @classmethod
    def of(cls, ontology: Ontology) -> "IssuerCodes":
        """Those of one ontology."""
        gazetteer, government = ontology.gazetteer, ontology.words["governmentForm"][0]
        return cls(
            frozenset(gazetteer.codes) | frozenset(gazetteer.ministry_codes),
            tuple(one.ending for one in gazetteer.code_endings),
            frozenset(code[0] for code, issuer in gazetteer.codes.items() if issuer.endswith(government)),
            frozenset(ontology.words["boundary"]),
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
        """
        for start in range(len(words)):
            if words[start:] in self.codes:
                return words[start - 1 if start and words[start - 1] in self.provinces else start :]
        cut = segment(words)
        found = ((words.rfind(word), len(word)) for word in self.boundary if word in words)
        last = max((at + size for at, size in found if cut.ends_at(at) and cut.ends_at(at + size)), default=0)
        return words[last:] or words
