"""One document while it is being read: what is known so far, and the draft of its facts."""

from dataclasses import dataclass, field

from kg.extract.closing.item import Item
from kg.extract.draft import Draft
from kg.extract.passages import NO_PASSAGES, Passages
from kg.facts import Entity
from kg.link.context import Context
from kg.link.linker import Linked, Linker
from kg.match.mention import Mention
from kg.match.scan import Scan
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document


@dataclass(slots=True)
class Work:
    """The state that the steps of extraction share; each step adds to ``draft``.

    ``linked`` holds what each mention means, by the mention's identity; ``made`` keeps alive the mentions that patterns made;
    ``quoted`` finds an initiative by the quotation its name begins with; ``items`` are the problems and plans of the closing part.
    """

    ontology: Ontology
    document: Document
    scan: Scan
    context: Context
    mint: Mint
    linker: Linker
    draft: Draft
    report: str = ""
    linked: dict[int, Linked] = field(default_factory=dict)
    made: list[Mention] = field(default_factory=list)
    quoted: dict[str, Entity] = field(default_factory=dict)
    passages: Passages = NO_PASSAGES
    items: tuple[Item, ...] = ()

    def is_a(self, cls: str, name: str) -> bool:
        """Whether a class is the one with this local name in the model, or a kind of it."""
        return self.ontology.model.is_a(cls, expand(f"pol:{name}"))
