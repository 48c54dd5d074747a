"""Names found by words inside them: an index of two-character pieces beside the store, and a property that asks it from SPARQL.

FTS5's own trigrams find no word of two characters, which most Chinese words are. Names and words are compared without marks, widths and
traditional script. A document's number is one of its names, and bodies have their short names, as the ontology in the store makes them.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.select import select
from kg.query.tokens import Token, tokens
from kg.store import RemoteStore, Rows, Store
from kg.terms import expand, own_filter
from kg.text.script import simplified

PROPERTY = "pol:search"
_LOCAL = "search"
_MOST = 10_000
_NEAR = 200  # names on a server whose classes are looked at, to order them
_FORM = "3"  # of the index
_NAMES = ("skos:prefLabel", "skos:altLabel", "pol:documentNumber")
_LONGEST = 60  # characters of a name that is made shorter
_FEWEST = 4  # characters of what is made shorter in it
_PIECE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_ORDER = "bare != ?, bare NOT LIKE ?, other, made, length(text), text, iri"  # of hits
_SCHEMA = """
CREATE TABLE state (value TEXT);
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT, label TEXT, class TEXT, other INTEGER, region TEXT);
CREATE VIRTUAL TABLE name USING fts5 (pieces, characters, entity UNINDEXED, text UNINDEXED, bare UNINDEXED, made UNINDEXED, tokenize = "unicode61 remove_diacritics 0");
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity whose name has the words: its IRI, canonical name, the form that was found, the IRI of its class."""

    iri: str
    label: str
    form: str
    cls: str


def search(store: Store, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
    """The entities whose name, or another form of it, has all of these words; the closest first: the name itself, what begins so, bodies and
    regions before other things. The government of a region that stands first comes right behind it.

    Raises ``QueryError`` where there is nothing to look for.

    >>> from kg.store import MemoryStore
    >>> from kg.terms import expand, own_filter, PREFIXES
    >>> store = MemoryStore()
    >>> line = f'<http://x/a> <{PREFIXES["skos"]}prefLabel> "云川市政务公开办公室"@zh <http://x/g> .\\n'
    >>> store.add({"http://x/g": line.encode()})
    >>> [hit.label for hit in search(store, "云川 政务公开")]
    ['云川市政务公开办公室']
    """
    words = folded(words)
    asked = _asked(words)
    if not asked:
        raise QueryError("there is nothing to search for", hint="give one word or more")
    if isinstance(store, RemoteStore):
        return _asked_there(store, words, limit)
    whole = bare(words)
    matching = f"SELECT iri, label, text, class FROM name JOIN entity ON entity.id = name.entity WHERE name MATCH ? {{}} ORDER BY {_ORDER} LIMIT ?"
    given = (whole, f"{whole}%")
    with closing(_index(store)) as index:
        hits = [Hit(*row) for row in index.execute(matching.format(""), (asked, *given, limit * 4))]
        if hits and hits[0].cls == expand("pol:Region") and bare(hits[0].form).startswith(whole):
            its = matching.format("AND class = ? AND region = ?")
            rows = index.execute(its, (asked, expand("pol:Government"), hits[0].iri, *given, 1))
            hits[1:1] = [Hit(*row) for row in rows]
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.iri, hit)
    return tuple(found.values())[:limit]


def _asked_there(store: RemoteStore, words: str, limit: int) -> tuple[Hit, ...]:
    """The hits of a server that has no index: its names are looked through, each for all words."""
    runs = [run for word in words.split() for run in _PIECE.findall(word)]
    wanted = " && ".join(f"CONTAINS(LCASE(?n), {ox.Literal(run.lower())})" for run in runs)
    query = f'SELECT ?e ?n WHERE {{ ?e {"|".join(_NAMES)} ?n FILTER(LANG(?n) IN ("zh", "") && {wanted}) }}'
    found: dict[str, list[str]] = {}
    whole, parts = bare(words), [bare(word) for word in words.split()]
    for row in select(store, query):
        form = row["n"].value
        if all(part in bare(form) for part in parts):
            found.setdefault(row["e"].value, []).append(form)

    def distance(form: str) -> tuple[bool, bool, int, str]:
        return bare(form) != whole, not bare(form).startswith(whole), len(form), form

    closest = {iri: min(forms, key=distance) for iri, forms in found.items()}
    near = sorted(closest, key=lambda iri: (distance(closest[iri]), iri))[: max(limit, _NEAR)]
    above, first = _above(store), (expand("pol:Region"), expand("pol:Agency"))
    classes = _classes(store, above, f"VALUES ?e {{ {' '.join(f'<{iri}>' for iri in near)} }}")

    def rank(iri: str) -> tuple[bool, bool, bool, int, str, str]:
        cls = classes.get(iri, "")
        other = {cls, *_all_above(cls, above)}.isdisjoint(first)
        differs, apart, length, form = distance(closest[iri])
        return differs, apart, other, length, form, iri

    iris = sorted(near, key=rank)
    if iris and classes.get(iris[0]) == first[0] and bare(closest[iris[0]]).startswith(whole):
        regions = _regions(store)
        its = [iri for iri in iris if regions.get(iri) == iris[0]]
        iris[1:1] = its[:1]
    iris = list(dict.fromkeys(iris))[:limit]
    values = " ".join(f"<{iri}>" for iri in iris)
    labels: dict[str, str] = {}
    for row in select(
        store,
        f'SELECT ?e ?n WHERE {{ VALUES ?e {{ {values} }} ?e skos:prefLabel ?n FILTER(LANG(?n) IN ("zh", "")) }}',
    ):
        labels[row["e"].value] = min(labels.get(row["e"].value, row["n"].value), row["n"].value)
    return tuple(Hit(iri, labels.get(iri, closest[iri]), closest[iri], classes.get(iri, "")) for iri in iris)


def with_search(store: Store, text: str, graphs: Collection[str] = ()) -> str:
    """The query with each pattern ``?e pol:search "words"`` replaced by the entities it finds, which have a name in these graphs where some are given.

    The property may come under any prefix or as a whole IRI, and anywhere in what is said of a variable. Raises ``QueryError`` for any
    other use of it, and where more names have the words than a query can hold.

    >>> from kg.store import MemoryStore
    >>> with_search(MemoryStore(), 'SELECT * { ?e pol:search "云川" ; a pol:Agency }')
    'SELECT * { VALUES ?e { } ?e a pol:Agency }'
    >>> with_search(MemoryStore(), 'SELECT * { ?e a pol:Agency ; pol:search "云川" . ?e ?p ?o }')
    'SELECT * { VALUES ?e { } ?e a pol:Agency  . ?e ?p ?o }'
    """
    parts = list(tokens(text)) if _LOCAL in text else []
    names = _names(parts)
    out = [part.text for part in parts]
    for at, part in enumerate(parts):
        if part.text not in names:
            continue
        start, end, words = _pattern(parts, at)
        hits = search(store, words, limit=_MOST + 1)
        if len(hits) > _MOST:
            raise QueryError(f"more than {_MOST} names have “{words}”", hint="give more of the name")
        if graphs:
            hits = _within(store, hits, graphs)
        subject, before, follows = parts[start].text, _before(parts, at), _next(parts, end)
        values = f"VALUES {subject} {{ {''.join(f'<{hit.iri}> ' for hit in hits)}}}"
        if start != before:  # ?e a pol:Agency ; pol:search "…": the semicolon goes with it
            out[before:end] = [""] * (end - before)
            out[start] = f"{values} {out[start]}"
            continue
        out[start:end] = [values] + [""] * (end - start - 1)
        mark = out[follows] if follows < len(out) else ""
        if mark in (";", "."):
            out[end : follows + 1] = [""] * (follows - end) + [f" {subject}" if mark == ";" else ""]
    return "".join(out) if parts else text


def _within(store: Store, hits: Sequence[Hit], graphs: Collection[str]) -> tuple[Hit, ...]:
    """Those with a name in some graphs."""
    values = " ".join(f"<{hit.iri}>" for hit in hits)
    query = f"SELECT DISTINCT ?e WHERE {{ VALUES ?e {{ {values} }} ?e {'|'.join(_NAMES)} ?n }}"
    rows = store.query(query, default_graphs=graphs)
    assert isinstance(rows, Rows)
    there = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    return tuple(hit for hit in hits if hit.iri in there)


def searches(text: str) -> bool:
    """Whether a query or an update asks for names by the words inside them.

    >>> searches('INSERT { ?e a <x:Y> } WHERE { ?e pol:search "云川" }'), searches('ASK { ?e ?p "pol:search" }')
    (True, False)
    """
    parts = list(tokens(text)) if _LOCAL in text else []
    names = _names(parts)
    return any(part.text in names for part in parts)


def _names(parts: list[Token]) -> set[str]:
    """What the property is called in a query: by its prefixes, and as a whole."""
    space = expand(PROPERTY).removesuffix(_LOCAL)
    found = {PROPERTY, f"<{space}{_LOCAL}>"}
    for at, part in enumerate(parts):
        iri = _next(parts, at + 1)
        if (
            part.kind == "prefixed"
            and parts[_before(parts, at)].text.upper() == "PREFIX"
            and iri < len(parts)
        ):
            (found.add if parts[iri].text == f"<{space}>" else found.discard)(f"{part.text}{_LOCAL}")
    return found


def _pattern(parts: list[Token], at: int) -> tuple[int, int, str]:
    """Where the subject of a search stands, where the search ends, and its words."""
    last = _next(parts, at + 1)
    if last >= len(parts) or parts[last].kind != "string":
        raise QueryError(f"{PROPERTY} needs words in quotes", hint=f'write ?e {PROPERTY} "政务公开"')
    end = last + 1
    if end < len(parts) and parts[end].kind == "language":
        end += 1
    follows = _next(parts, end)
    start = _subject(parts, at)
    if start is None or (follows < len(parts) and parts[follows].text == ","):
        raise QueryError(
            f"{PROPERTY} has one variable before it and one string behind it",
            hint=f'write ?e {PROPERTY} "政务公开", each search by itself',
        )
    return start, end, _unquoted(parts[last].text)


def _subject(parts: list[Token], at: int) -> int | None:
    """The variable that a predicate is said of: right before it, or at the begin of what semicolons join."""
    before = _before(parts, at)
    start = before if parts[before].kind == "variable" else None
    if parts[before].text != ";":
        return start
    depth = 0
    for one in range(before - 1, -1, -1):
        text = parts[one].text
        depth += (text in (")", "]")) - (text in ("(", "["))
        if depth < 0 or (depth == 0 and text in (".", "{", "}")):
            break
        if depth == 0 and text == "(" and parts[_before(parts, one)].kind == "word":  # FILTER (…)
            break
        if depth == 0 and parts[one].kind != "comment" and text.strip():
            start = one
    return start if start is not None and parts[start].kind == "variable" else None


def _before(parts: list[Token], at: int) -> int:
    at -= 1
    while at > 0 and (parts[at].kind == "comment" or not parts[at].text.strip()):
        at -= 1
    return max(at, 0)


def _next(parts: list[Token], at: int) -> int:
    while at < len(parts) and (parts[at].kind == "comment" or not parts[at].text.strip()):
        at += 1
    return at


def _unquoted(text: str) -> str:
    quoted = next(iter(ox.parse(f"<x:> <x:> {text} .".encode(), format=ox.RdfFormat.TURTLE)))
    assert isinstance(quoted.object, ox.Literal)
    return quoted.object.value


def folded(text: str) -> str:
    """The text in half width, in simplified script.

    >>> folded("國辦發［２０２０］１７號")
    '国办发[2020]17号'
    """
    return text if text.isascii() else simplified(unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """The characters and digits of a text as they are compared: marks are left out, so that numbers have any brackets.

    >>> bare("国办发〔2020〕17号") == bare("国办发(2020) 17號")
    True
    """
    return "".join(_PIECE.findall(folded(text))).lower()


def pieces(text: str) -> Iterator[str]:
    """What is indexed of a text: each two Chinese characters that follow each other, and each other word.

    >>> list(pieces("12345热线平台"))
    ['12345', '热线', '线平', '平台']
    """
    for found in _PIECE.finditer(text):
        for run in re.findall(
            r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff\U00020000-\U0003ffff]+", found[0]
        ):
            if not _HAN.match(run):
                yield run.lower()
            elif len(run) == 1:
                yield run
            else:
                yield from (run[place : place + 2] for place in range(len(run) - 1))


def _asked(words: str) -> str:
    """The words as FTS5 wants them: the pieces of each follow each other."""
    terms = []
    for word in words.split():
        found = list(pieces(word))
        if found:
            single = len(found) == 1 and _HAN.fullmatch(found[0])
            begun = "*" if not _HAN.match(found[-1]) and (len(found) > 1 or len(found[0]) == 1) else ""
            terms.append(f'{"characters" if single else "pieces"} : "{" ".join(found)}"{begun}')
    return " AND ".join(terms)


def _index(store: Store) -> sqlite3.Connection:
    """The index of a store as it is now: beside the folder of the store, or in memory where it has none."""
    folder = Path(store.location)
    if not folder.is_dir():
        return _filled(":memory:", store, "")
    state = _state(folder)
    path = folder.parent / f"{folder.name}.search"
    if (ready := _ready(path, state)) is not None:
        return ready
    draft = path.with_suffix(".search-new")
    try:
        draft.unlink(missing_ok=True)
        _filled(str(draft), store, state).close()
        draft.replace(path)
    except (OSError, sqlite3.Error):  # a folder that cannot be written to
        return _filled(":memory:", store, "")
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def _ready(path: Path, state: str) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    index = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if index.execute("SELECT value FROM state").fetchone() == (state,):
            return index
    except sqlite3.Error:
        pass
    index.close()
    return None


def _state(folder: Path) -> str:
    files = sorted(folder.glob("*.sst")) + sorted(folder.glob("*.log"))
    return " ".join((_FORM, *(f"{file.name}:{file.stat().st_size}" for file in files)))


def _filled(path: str, store: Store, state: str) -> sqlite3.Connection:
    index = sqlite3.connect(path)
    index.executescript(_SCHEMA)
    index.execute("INSERT INTO state VALUES (?)", (state,))
    above, short, regions = _above(store), _shorter(store), _regions(store)
    first = (expand("pol:Region"), expand("pol:Agency"))
    for number, (iri, cls, forms) in enumerate(_named(store, above)):
        other = {cls, *_all_above(cls, above)}.isdisjoint(first)
        index.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)",
            (number, iri, forms[0], cls, other, regions.get(iri, "")),
        )
        made = dict.fromkeys(_short_forms(forms[0], short), True)
        index.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)",
            (
                _row(number, form, made=short)
                for form, short in {**made, **dict.fromkeys(forms, False)}.items()
            ),
        )
    index.commit()
    return index


def _row(number: int, form: str, *, made: bool) -> tuple[str, str, int, str, str, bool]:
    text = folded(form)
    return " ".join(pieces(text)), " ".join(dict.fromkeys(_HAN.findall(text))), number, form, bare(text), made


def _regions(store: Store) -> dict[str, str]:
    """The region of each government."""
    query = "SELECT ?e ?r WHERE { ?e a pol:Government ; pol:jurisdiction ?r }"
    return {row["e"].value: row["r"].value for row in select(store, query)}


def _shorter(store: Store) -> dict[str, list[str]]:
    """What bodies are called in short, by what they are called in full, without their places, as the ontology in the store has it.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> store.update('''INSERT DATA { GRAPH <x:g> {
    ...     <x:a> a pol:SuffixForm ; pol:suffix "委" ; pol:expandsTo "委员会" .
    ...     <x:b> a pol:AgencyKind ; pol:stem "发展和改革" ; pol:shortStem "发改" ; pol:suffix "委" } }''')
    >>> _shorter(store)
    {'发展和改革委员会': ['发展和改革委', '发改委', '发改委员会']}
    """
    full = {
        row["short"].value: row["long"].value
        for row in select(
            store,
            "SELECT ?short ?long WHERE { ?form a pol:SuffixForm ; pol:suffix ?short ; pol:expandsTo ?long }",
        )
    }
    said: dict[str, dict[str, list[str]]] = {}
    wanted = "VALUES ?p { pol:stem pol:shortStem pol:shortForm pol:suffix }"
    for row in select(
        store, f"SELECT ?k ?p ?o WHERE {{ {wanted} ?k a pol:AgencyKind ; ?p ?o }} ORDER BY ?k ?p ?o"
    ):
        kind = said.setdefault(row["k"].value, {})
        kind.setdefault(row["p"].value, []).append(row["o"].value)
    found: dict[str, dict[str, None]] = {}
    for kind in said.values():
        stems, shorts, forms, suffixes = (
            kind.get(expand(name), [])
            for name in ("pol:stem", "pol:shortStem", "pol:shortForm", "pol:suffix")
        )
        for stem in stems:
            for suffix in suffixes:
                ends = dict.fromkeys((suffix, full.get(suffix, suffix)))
                names = [start + end for start in (stem, *shorts) for end in ends]
                found.setdefault(stem + full.get(suffix, suffix), {}).update(dict.fromkeys(names))
            for form in forms:
                ending = next((end for end in full if form.endswith(end)), "")
                found.setdefault(stem + full.get(ending, ""), {})[form] = None
    return {
        name: [form for form in forms if len(form) < len(name)]
        for name, forms in found.items()
        if len(name) >= _FEWEST
    }


def _short_forms(name: str, short: Mapping[str, list[str]]) -> list[str]:
    """A name with the longest part of it that has short forms in each of these.

    >>> _short_forms("云川市市场监督管理局", {"市场监督管理局": ["市监局"], "监督管理局": ["监局"]})
    ['云川市市监局']
    """
    if len(name) > _LONGEST:
        return []
    for size in range(len(name), _FEWEST - 1, -1):
        for start in range(len(name) - size + 1):
            if forms := short.get(name[start : start + size]):
                return [name[:start] + form + name[start + size :] for form in forms]
    return []


def _named(store: Store, above: Mapping[str, set[str]]) -> Iterable[tuple[str, str, list[str]]]:
    """Each entity that reports speak of, with its class and the forms of its name, the canonical one first."""
    classes = _classes(store, above)
    forms: dict[str, list[str]] = {}
    for kind in _NAMES:
        given: dict[str, list[str]] = {}
        for row in select(store, f'SELECT ?e ?n WHERE {{ ?e {kind} ?n FILTER(LANG(?n) IN ("zh", "")) }}'):
            given.setdefault(row["e"].value, []).append(row["n"].value)
        for iri, names in given.items():
            forms.setdefault(iri, []).extend(sorted(names))
    for iri, names in sorted(forms.items()):
        yield iri, classes.get(iri, ""), names


def _above(store: Store) -> dict[str, set[str]]:
    """The classes right above each."""
    above: dict[str, set[str]] = {}
    for row in select(store, "SELECT ?c ?d WHERE { ?c rdfs:subClassOf ?d }"):
        above.setdefault(row["c"].value, set()).add(row["d"].value)
    return above


def _classes(store: Store, above: Mapping[str, set[str]], which: str = "") -> dict[str, str]:
    """The most specific class of each thing, or of those that a pattern names, that has one of the model's."""
    found: dict[str, str] = {}
    typed = f"?n ; a ?c FILTER({own_filter('?c')})"
    rows = [
        row
        for named in ("skos:prefLabel", "pol:documentNumber")  # a path of both takes three times as long
        for row in select(store, f"SELECT ?e ?c WHERE {{ {which} ?e {named} {typed} }}")
    ]
    for entity, cls in sorted((row["e"].value, row["c"].value) for row in rows):
        if entity not in found or found[entity] in _all_above(cls, above):
            found[entity] = cls
    return found


def _all_above(cls: str, above: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    rest = [cls]
    while rest:
        for one in above.get(rest.pop(), ()):
            if one not in seen:
                seen.add(one)
                rest.append(one)
    return seen
