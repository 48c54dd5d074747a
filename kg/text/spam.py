"""Advertisers' names that mirror sites write between the sentences of a report, found by kind and by repetition."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.text.cues import Cues
from kg.text.spaces import HAN

_EDGE = r"(?:^|(?<=[。！？；，、：!?;,:\s]))"
_TERMINAL = re.compile(r"(?<=[。！？!?])(?P<words>[^。！？；，!?;,\n]{2,30})$")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[0-9]{0,20}[A-Za-z][A-Za-z0-9]*")
_SENTENCE = re.compile(
    rf"(?:^|(?<=[。！？!?]))(?P<words>[{HAN}][{HAN}·（）()]{{3,29}})(?P<stop>[。！？!?]|$)"
)
_REFRAIN = re.compile(f"[{HAN}]{{2,10}}")
_MOST = 500
_AGAIN = 3
_TITLE_LINES = 40
_JOINT = r"[·•\-—_.|()（）\[\]【】 ]{0,2}"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The regular expressions made from the cues, and what each find is weighed by."""

    brand: re.Pattern[str]
    cue: re.Pattern[str] | None
    strong: re.Pattern[str] | None
    genuine: re.Pattern[str] | None
    terms: frozenset[str]

    def weight(self, words: str) -> int:
        """How much a string looks like an advertiser's name: its kinds of evidence, none where it names a public body."""
        if self.genuine and self.genuine.search(words):
            return 0
        latin = any(token.lower() not in self.terms for token in _LATIN.findall(words))
        cues = len(self.cue.findall(words)) if self.cue else 0
        strong = bool(self.strong and self.strong.search(words))
        return latin + min(cues, 2) + strong


def find_spam(texts: Sequence[str], cues: Cues) -> list[list[tuple[int, int]]]:
    """Where each text holds an advertiser's name, as stretches in order.

    A name is a string with a foreign Latin word or an advertiser's word in it, that stands at the edge of a sentence or
    before a name, and does so more than once or beyond doubt. A short string without such words is one where it stands
    again and again behind the full stop that ends a paragraph, and nowhere ends a sentence of its own. Names of public
    bodies are never taken.

    >>> cues = Cues(spam=("官网",), genuine=("政府",))
    >>> find_spam(["xyz最新官网某市2020年报告", "工作有序。xyz最新官网", "见市政府官网。"], cues)
    [[(0, 7)], [(5, 12)], []]
    """
    grammar = _grammar(cues)
    edges: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for text in texts:
        for words, terminal in _candidates(text, grammar):
            edges[words] += 1
            ends[words] += terminal
    whole = "\n".join(texts)
    names = [
        words
        for words, _ in edges.most_common(_MOST)
        if _is_spam(words, edges[words], ends[words], whole, grammar)
    ]
    names += _refrains(texts, whole, grammar)
    names += _lone(texts, whole, cues)
    names += _posing(texts, whole, cues)
    if not names:
        return [[] for _ in texts]
    longest_first = sorted(names, key=lambda words: (-len(words), words))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return [[found.span() for found in pattern.finditer(text)] for text in texts]


def _refrains(texts: Sequence[str], whole: str, grammar: _Grammar) -> list[str]:
    """Strings that end paragraph after paragraph behind the full stop, and are no sentence anywhere."""
    ends: Counter[str] = Counter()
    for text in texts:
        found = _TERMINAL.search(text)
        if found and _REFRAIN.fullmatch(words := found["words"].strip()):
            ends[words] += 1
    return [
        words
        for words, times in ends.most_common(_MOST)
        if times >= _AGAIN
        and not (grammar.genuine and grammar.genuine.search(words))
        and not re.search(f"{words}[。；！？]", whole)
    ]


def _lone(texts: Sequence[str], whole: str, cues: Cues) -> list[str]:
    """Firms and their offers that are a sentence of their own between the sentences of a paragraph, and stand nowhere else.

    Once is enough where two words of trade meet, else it must be there again. A firm that reports may name itself so.

    >>> cues = Cues(firm=("事务所",), firm_trade=("律师",), advert=("网站制作",), run_in=("加强",), firm_own=("我公司",))
    >>> text = ["公开9条。恒信律师事务所。受理3件。", "加强网站制作。云上网站制作。培训2次。", "加强网站制作。云上网站制作"]
    >>> _lone(text, "".join(text), cues)
    ['恒信律师事务所', '云上网站制作']
    >>> _lone(["委托恒信律师事务所。", "公开9条。恒信律师事务所。受理3件。"], "委托恒信律师事务所。恒信律师事务所。", cues)
    []
    """
    trades, ends = _optional(cues.firm + cues.firm_trade + cues.advert), (*cues.firm, *cues.advert)
    if trades is None or any(word in whole for word in cues.firm_own):
        return []
    times: Counter[str] = Counter()
    closed: set[str] = set()
    for text in texts:
        for found in _SENTENCE.finditer(text):
            words = found["words"]
            if words.endswith(ends) and len(words) + 1 < len(text):
                times[words] += 1
                closed.update([words] if found["stop"] else [])
    return [
        words
        for words, count in times.items()
        if (count > 1 or (words in closed and len(trades.findall(words)) > 1))
        and whole.count(words) == count
        and _names_a_firm(words, trades, cues)
    ]


def _names_a_firm(words: str, trades: re.Pattern[str], cues: Cues) -> bool:
    """Whether something is named or offered besides one trade, and nothing that only public bodies or sentences about work say."""
    own, offers = trades.sub("", words), words.endswith(cues.advert) and len(trades.findall(words)) > 1
    return (len(own) > 1 or offers) and not any(word in own for word in (*cues.genuine, *cues.run_in))


def _posing(texts: Sequence[str], whole: str, cues: Cues) -> list[str]:
    """Firms that stand where a title names who reports, in a text that speaks of itself as a public body does.

    A firm that reports speaks of itself as one (我公司); where a text says neither, the trade must give the advertiser away.

    >>> cues = Cues(firm=("公司",), firm_own=("我公司",), body_own=("我局",), document_nouns=("报告",))
    >>> _posing(["某某搬家公司2020年公开报告"], "某某搬家公司2020年公开报告，我局公开9条。", cues)
    ['某某搬家公司']
    >>> _posing(["某县供水公司2020年公开报告"], "某县供水公司2020年公开报告，我公司公开9条。", cues)
    []
    """
    nouns = _either(cues.document_nouns)
    ends = _either(cues.firm + cues.spam_tail + cues.advert)
    if not (ends and nouns):
        return []
    title = re.compile(
        rf"{_EDGE}(?P<name>[{HAN}（）()·]{{2,26}}?(?:{ends}))[（(]?(?:19|20)\d{{2}}[^。！？\n]{{0,24}}(?:{nouns})"
    )
    poses = any(word in whole for word in cues.body_own)
    found = (match["name"] for text in texts[:_TITLE_LINES] for match in title.finditer(text))
    trades = _optional(cues.firm + cues.firm_trade + cues.advert)
    return [
        name
        for name in dict.fromkeys(found)
        if (poses or any(word in name for word in (*cues.firm_trade, *cues.advert, *cues.spam)))
        and not (trades and name.endswith(cues.advert) and not _names_a_firm(name, trades, cues))
        and not any(word in whole.replace(name, "") for word in cues.firm_own)
    ]


def _grammar(cues: Cues) -> _Grammar:
    words = _either(cues.spam + cues.spam_tail)
    latin = r"[A-Za-z0-9]{0,20}[A-Za-z][A-Za-z0-9]{0,20}(?:\.[A-Za-z]{2,4})?"
    tail = f"(?:{_JOINT}(?:{words}))" if words else "(?!)"
    brand = re.compile(
        rf"{_EDGE}(?:[{HAN}]{{0,8}}?{_JOINT}{latin}{_JOINT}[{HAN}]{{0,4}}?{tail}+|[{HAN}]{{0,6}}?{tail}{{1,}}(?:{_JOINT}{latin})?{tail}*)"
    )
    return _Grammar(
        brand,
        re.compile(words, re.I) if words else None,
        _optional(cues.spam),
        _optional(cues.genuine),
        frozenset(term.lower() for term in cues.latin_terms),
    )


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def _optional(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(_either(words), re.I) if words else None


def _candidates(text: str, grammar: _Grammar) -> Iterator[tuple[str, bool]]:
    terminal = _TERMINAL.search(text)
    if terminal and grammar.weight(terminal["words"].strip()):
        yield terminal["words"].strip(), True
    for found in grammar.brand.finditer(text):
        words = found[0].strip()
        if (
            len(words) >= 3
            and grammar.weight(words)
            and not (terminal and words == terminal["words"].strip())
        ):
            yield words, False


def _is_spam(words: str, edges: int, ends: int, whole: str, grammar: _Grammar) -> bool:
    """Weigh kind against repetition: the plainer the kind, the fewer times it must stand there."""
    weight = grammar.weight(words)
    latin = any(token.lower() not in grammar.terms for token in _LATIN.findall(words))
    strong = bool(grammar.strong and grammar.strong.search(words))
    times = whole.count(words)
    if latin and strong:
        return True
    if ends and (weight >= 2 or times >= 2):
        return True
    if latin and weight >= 2:
        return edges >= 2
    return strong and edges >= 2 and weight >= 2
