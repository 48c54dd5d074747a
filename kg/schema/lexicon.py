"""Word classes and noun rules: which words begin, end and govern the noun phrases that name things."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.schema.index import TripleIndex
from kg.terms import expand

_ACCEPTANCE = {
    expand(f"pol:{name}"): name
    for name in ("Quoted", "Modified", "Governed", "Always", "Owned", "OwnedModified")
}


@dataclass(frozen=True, slots=True)
class NounRule:
    """How a class is named by a noun phrase that ends in one of its heads.

    ``accept`` says what makes a phrase a name and not a common noun: a quotation in it (Quoted), a modifier that is not generic
    (Modified), a governing verb of ``governors`` before it (Governed), an owner at its start (Owned), or nothing (Always).
    """

    iri: str
    cls: str
    heads: tuple[str, ...]
    accept: frozenset[str]
    governors: frozenset[str]
    generic: frozenset[str]
    specific: frozenset[str]  # words that make a modifier say something after all
    coordinates: bool  # a modifier may be a list (登记、审核和归档制度)
    joined: int  # most characters of one joined modifier
    not_after: tuple[str, ...]  # what may not follow the head
    least: int  # fewest characters of modifier
    most: int  # most characters of the whole phrase
    owner_in_name: bool  # the owner is part of the full name (衢州市人民政府门户网站)
    default_owner: bool  # without an owner it is the writer's own
    titled: bool  # a title in 《》 may stand before the head
    inner: bool  # a unit inside the writer's own body (法规科)
    dropped: tuple[str, ...]  # words before the head that the full name leaves out (政务公开工作领导小组)
    canonical_head: str  # the head of the full name where the phrase has no modifier of its own
    plain_heads: frozenset[str]  # heads that the canonical one stands for
    owned_heads: frozenset[str]  # heads that alone may be anybody's (网站)
    barriers: frozenset[str]  # further words the phrase cannot reach past
    within: tuple[str, ...]  # last words of what holds it, no part of its name (门户网站|政策解读专栏)
    listed: bool  # several may be listed before one head (开设甲、乙等栏目)
    numbered: bool  # a number before the head belongs to the name (12360热线)
    where: str
    genres: frozenset[str] = frozenset()  # the kinds of report it is for; empty: all
    manner: frozenset[str] = frozenset()  # adverbs that belong to a name behind its verb (建立|定期|通报机制)
    opening: frozenset[str] = (
        frozenset()
    )  # boundaries that a name may open with after all (全国|信访信息系统)
    joins_behind: frozenset[str] = (
        frozenset()
    )  # verbs behind which a joined modifier is one (开通|甲和乙专栏)
    foreign: frozenset[str] = frozenset()  # modifiers that say that it is not the writer's (商业网站)
    counted: bool = False  # as many may be listed as a number before the head says (甲、乙、丙三个|系统)
    item_heads: tuple[
        str, ...
    ] = ()  # last words that an item of such a list may have (热点|专题、办事|大厅等栏目)
    as_written: bool = False  # a place that the name begins with stays as the text has it (云川|新闻网)
    of_many: tuple[
        str, ...
    ] = ()  # last words of a modifier that make it a thing of many bodies (财政部门|网站)
    number_behind: bool = False  # a number of public services may stand behind the head (市长热线12345)
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()  # sentences, and the names found in each
    counter_examples: tuple[str, ...] = ()


def words_from_index(index: TripleIndex) -> dict[str, tuple[str, ...]]:
    """Every word class by local name; ``pol:includes`` adds the words of another class.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> "建立" in words_from_index(load([Path("ontology/patterns/words.ttl")]))["establish"]
    True
    """
    prefix = expand("word:")
    classes = index.instances("pol:WordClass")

    def collect(iri: str, seen: frozenset[str]) -> dict[str, None]:
        if iri in seen:
            raise OntologyError("word classes include each other in a circle", where=index.where(iri))
        found = dict.fromkeys(index.texts(iri, "pol:word"))
        for other in index.nodes(iri, "pol:includes"):
            found |= collect(other, seen | {iri})
        return found

    return {iri.removeprefix(prefix): tuple(collect(iri, frozenset())) for iri in sorted(set(classes))}


def joint_words_from_index(index: TripleIndex) -> dict[str, tuple[str, ...]]:
    """The words that stand for several others, which a list of figures takes apart (城乡: 城镇, 农村).

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> joint_words_from_index(load([Path("ontology/patterns/figures.ttl")]))["城乡"]
    ('城镇', '农村')
    """
    return {
        word: tuple(index.text(iri, "pol:standsFor").split("、"))
        for iri in sorted(set(index.instances("pol:JointWord")))
        for word in index.texts(iri, "pol:word")
    }


def noun_rules_from_index(index: TripleIndex, words: Mapping[str, tuple[str, ...]]) -> tuple[NounRule, ...]:
    """Every ``pol:NounRule``, in order of IRI."""
    rules = []
    for iri in sorted(set(index.instances("pol:NounRule"))):
        where = index.where(iri)
        cls = index.node(iri, "pol:denotes")
        heads = tuple(index.texts(iri, "pol:head"))
        if not cls or not heads:
            raise OntologyError("a noun rule needs pol:denotes and pol:head", where=where)
        unknown = [node for node in index.nodes(iri, "pol:accept") if node not in _ACCEPTANCE]
        if unknown:
            raise OntologyError(f"{unknown[0]} is not a way to accept a phrase", where=where)
        rules.append(
            NounRule(
                iri,
                cls,
                heads,
                frozenset(_ACCEPTANCE[node] for node in index.nodes(iri, "pol:accept")),
                frozenset(_all(index, words, iri, "pol:governor")),
                frozenset(_all(index, words, iri, "pol:generic")),
                frozenset(_all(index, words, iri, "pol:specific")),
                index.text(iri, "pol:coordinates") == "true",
                int(index.text(iri, "pol:mostJoined", default="12")),
                tuple(index.texts(iri, "pol:notBefore")),
                int(index.text(iri, "pol:leastModifier", default="2")),
                int(index.text(iri, "pol:mostCharacters", default="24")),
                index.text(iri, "pol:ownerInName") == "true",
                index.text(iri, "pol:defaultOwner") == "true",
                index.text(iri, "pol:titled") == "true",
                index.text(iri, "pol:inner") == "true",
                tuple(index.texts(iri, "pol:dropBeforeHead")),
                index.text(iri, "pol:canonicalHead"),
                frozenset(index.texts(iri, "pol:plainHead")),
                frozenset(index.texts(iri, "pol:ownedHead")),
                frozenset(_all(index, words, iri, "pol:barrier")),
                tuple(_all(index, words, iri, "pol:heldBy")),
                index.text(iri, "pol:listed") == "true",
                index.text(iri, "pol:numbered") == "true",
                where,
                frozenset(index.nodes(iri, "pol:genre")),
                frozenset(_all(index, words, iri, "pol:manner")),
                frozenset(_all(index, words, iri, "pol:opensWith")),
                frozenset(_all(index, words, iri, "pol:joinsBehind")),
                frozenset(_all(index, words, iri, "pol:foreign")),
                index.text(iri, "pol:countsListed") == "true",
                tuple(_all(index, words, iri, "pol:itemHead")),
                index.text(iri, "pol:asWritten") == "true",
                tuple(_all(index, words, iri, "pol:ofMany")),
                index.text(iri, "pol:numberBehind") == "true",
                tuple(
                    (index.text(node, "pol:text"), tuple(index.texts(node, "pol:gives")))
                    for node in index.nodes(iri, "pol:example")
                ),
                tuple(index.texts(iri, "pol:counterExample")),
            )
        )
    return tuple(rules)


def _all(index: TripleIndex, words: Mapping[str, tuple[str, ...]], iri: str, predicate: str) -> list[str]:
    prefix = expand("word:")
    found: list[str] = index.texts(iri, predicate)
    for node in index.nodes(iri, predicate):
        name = node.removeprefix(prefix)
        if name not in words:
            raise OntologyError(f"the word class word:{name} is not known", where=index.where(iri))
        found.extend(words[name])
    return found
