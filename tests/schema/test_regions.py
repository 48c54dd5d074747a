"""The table of regions says what is known of places, and holds together in every year."""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.errors import OntologyError
from kg.schema.index import load
from kg.schema.regions import LEVELS, Region, Regions, Surface

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "ontology" / "vocab" / "regions.ttl"
REGIONS = Regions.from_file(TABLE)
SURFACES = tuple(REGIONS.names())
YEARS = range(1990, 2027)
BASE = "https://w3id.org/policy-kg/id/region/"
HEAD = """@base <https://w3id.org/policy-kg/id/region/> .
@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# path, code, level, first year or None, last year or None
KNOWN = [
    ("浙江省", "330000", "province", None, None),
    ("内蒙古自治区", "150000", "province", None, None),
    ("重庆市", "500000", "province", 1997, None),
    ("香港特别行政区", "810000", "province", None, None),
    ("台湾省", "710000", "province", None, None),
    ("浙江省衢州市", "330800", "prefecture", None, None),
    ("江苏省淮阴市", "320800", "prefecture", None, 1999),
    ("江苏省淮安市", "320800", "prefecture", 2000, None),
    ("湖北省襄樊市", "420600", "prefecture", None, 2009),
    ("湖北省襄阳市", "420600", "prefecture", 2010, None),
    ("云南省思茅市", "530800", "prefecture", 2003, 2006),
    ("云南省普洱市", "530800", "prefecture", 2007, None),
    ("吉林省延边朝鲜族自治州", "222400", "prefecture", None, None),
    ("安徽省巢湖市", "341400", "prefecture", 1999, 2010),
    ("海南省三沙市", "460300", "prefecture", 2012, None),
    ("浙江省衢州市柯城区", "330802", "county", None, None),
    ("浙江省衢州市衢县", "330821", "county", None, 2000),
    ("浙江省衢州市衢江区", "330803", "county", 2001, None),
    ("江苏省淮安市洪泽县", "320829", "county", 2000, 2015),
    ("江苏省淮安市洪泽区", "320813", "county", 2016, None),
    ("内蒙古自治区呼伦贝尔盟海拉尔市", "152101", "county", None, 2000),
    ("内蒙古自治区呼伦贝尔市海拉尔区", "150702", "county", 2001, None),
    ("上海市浦东新区", "310115", "county", 1992, None),
    ("北京市宣武区", "110104", "county", None, 2009),
    ("河南省济源市", "419001", "county", None, None),
    ("湖北省神农架林区", "429021", "county", None, None),
    ("新疆维吾尔自治区石河子市", "659001", "county", None, None),
    ("新疆维吾尔自治区新星市", "659011", "county", 2021, None),
    ("内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗", "150722", "county", 2001, None),
    ("贵州省六盘水市六枝特区", "520203", "county", None, None),
    ("浙江省杭州市江干区", "330104", "county", None, 2020),
    ("浙江省杭州市钱塘区", "330114", "county", 2021, None),
    ("重庆市两江新区", "500157", "county", 2026, None),
]

HEIRS = [
    ("江苏省淮阴市", ["江苏省淮安市"]),
    ("江苏省淮阴市洪泽县", ["江苏省淮安市洪泽县"]),
    ("江苏省淮安市洪泽县", ["江苏省淮安市洪泽区"]),
    ("江苏省淮阴市淮安市", ["江苏省淮安市楚州区"]),
    ("湖北省襄樊市", ["湖北省襄阳市"]),
    ("湖北省襄樊市襄阳区", ["湖北省襄阳市襄州区"]),
    ("云南省思茅市", ["云南省普洱市"]),
    ("云南省思茅市翠云区", ["云南省普洱市思茅区"]),
    ("内蒙古自治区呼伦贝尔盟海拉尔市", ["内蒙古自治区呼伦贝尔市海拉尔区"]),
    ("四川省重庆市", ["重庆市"]),
    ("四川省重庆市渝中区", ["重庆市渝中区"]),
    ("重庆市开县", ["重庆市开州区"]),
    ("北京市宣武区", ["北京市西城区"]),
    ("山东省莱芜市莱城区", ["山东省济南市莱芜区"]),
    ("贵州省毕节地区毕节市", ["贵州省毕节市七星关区"]),
    ("浙江省杭州市下城区", ["浙江省杭州市拱墅区"]),
    ("四川省遂宁市市中区", ["四川省遂宁市安居区", "四川省遂宁市船山区"]),
    ("浙江省衢州市柯城区", []),
]


def at(path: str) -> Region:
    region = REGIONS.get(BASE + path)
    assert region is not None, path
    return region


def paths(name: str, year: int | None = None) -> list[str]:
    return [REGIONS.path(region) for region in REGIONS.named(name, year)]


def surface(form: str, path: str) -> Surface:
    return next(one for one in SURFACES if one.form == form and one.region.iri == BASE + path)


def write(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "places.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


# What the table says


@pytest.mark.parametrize(("path", "code", "level", "first", "last"), KNOWN)
def test_known_region(path: str, code: str, level: str, first: int | None, last: int | None) -> None:
    region = at(path)
    assert (region.code, region.level) == (code, level)
    assert REGIONS.path(region) == path
    assert last is None or (region.valid(last) and not region.valid(last + 1))
    assert last is not None or region.valid(YEARS[-1])
    assert first is None or (region.valid(first) and not region.valid(first - 1))


@pytest.mark.parametrize(("path", "heirs"), HEIRS)
def test_what_took_its_place(path: str, heirs: list[str]) -> None:
    region = at(path)
    assert [REGIONS.path(heir) for heir in REGIONS.successors(region)] == heirs
    assert REGIONS.successor(region) == (at(heirs[0]) if len(heirs) == 1 else None)


@pytest.mark.parametrize("year", YEARS)
def test_size_of_a_year(year: int) -> None:
    levels = Counter(region.level for region in REGIONS.by_iri.values() if region.valid(year))
    assert levels["country"] == 1
    assert levels["province"] == (31 if year < 1997 else 33 if year < 1999 else 34)
    assert 330 <= levels["prefecture"] <= 345
    assert 2700 <= levels["county"] <= 2900


# How it holds together


def test_each_subject_is_written_once() -> None:
    subjects = re.findall(r"^<([^>]+)> a pol:Region", TABLE.read_text(encoding="utf-8"), re.M)
    assert len(subjects) == len(set(subjects)) == len(REGIONS.by_iri)
    assert subjects[1:] == sorted(subjects[1:])


@pytest.mark.parametrize("year", YEARS)
def test_codes_of_a_year_differ(year: int) -> None:
    codes = Counter(region.code for region in REGIONS.by_iri.values() if region.code and region.valid(year))
    assert [code for code, times in codes.items() if times > 1] == []


def test_codes_have_six_digits() -> None:
    odd = [
        r.iri for r in REGIONS.by_iri.values() if not re.fullmatch(r"\d{6}", r.code) and r.level != LEVELS[0]
    ]
    assert odd == []


def test_each_lies_in_a_larger_region_of_its_time() -> None:
    for region in REGIONS.by_iri.values():
        parent = REGIONS.get(region.parent)
        if region.level == "country":
            assert parent is None
            continue
        assert parent is not None, region.iri
        assert LEVELS.index(parent.level) < LEVELS.index(region.level)
        assert region in REGIONS.children(parent)
        assert parent.valid_from <= region.valid_from <= region.valid_to <= parent.valid_to, region.iri


def test_successors_begin_when_a_region_ends_and_never_come_round() -> None:
    for region in REGIONS.by_iri.values():
        for heir in REGIONS.successors(region):
            assert heir.valid_from <= region.valid_to + 1 <= heir.valid_to, region.iri


def test_few_that_ended_lack_a_successor() -> None:
    ended = [region for region in REGIONS.by_iri.values() if region.valid_to < YEARS[-1]]
    lost = [region for region in ended if not REGIONS.successors(region)]
    assert len(lost) < 40
    assert len(ended) > 2000
    assert max(region.valid_to for region in lost) < 2003


# Lookups


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("浙江", 2020, ["浙江省"]),
        ("浙", None, ["浙江省"]),
        ("内蒙古", 2020, ["内蒙古自治区"]),
        ("洪泽", 2024, ["江苏省淮安市洪泽区"]),
        ("洪泽县", 2024, ["江苏省淮安市洪泽县", "江苏省淮阴市洪泽县"]),
        ("恩施", 2020, ["湖北省恩施土家族苗族自治州", "湖北省恩施土家族苗族自治州恩施市"]),
        ("延边州", 2020, ["吉林省延边朝鲜族自治州"]),
        ("海南", 2020, ["海南省", "青海省海南藏族自治州", "内蒙古自治区乌海市海南区"]),
        ("吉林", 2020, ["吉林省", "吉林省吉林市"]),
        ("襄城区", 2005, ["湖北省襄樊市襄城区"]),
        ("襄城区", 2015, ["湖北省襄阳市襄城区"]),
        ("海拉尔市", 2014, ["内蒙古自治区呼伦贝尔盟海拉尔市"]),
        ("衢州市柯城区", 2020, ["浙江省衢州市柯城区"]),
        ("浙江省龙游县", 2020, ["浙江省衢州市龙游县"]),
        ("浙江省衢州市", 2020, ["浙江省衢州市"]),
        ("上海市浦东新区", None, ["上海市浦东新区"]),
        ("江西省柯城区", 2020, []),
        ("云川市", 2020, []),
        ("", 2020, []),
    ],
)
def test_named(name: str, year: int | None, expected: list[str]) -> None:
    assert paths(name, year) == expected


def test_without_a_year_what_still_is_comes_first() -> None:
    assert paths("淮安市") == ["江苏省淮安市", "江苏省淮阴市淮安市"]


@pytest.mark.parametrize(
    ("path", "official"),
    [
        ("江苏省淮安市洪泽区", "淮安市洪泽区"),
        ("上海市浦东新区", "上海市浦东新区"),
        ("天津市滨海新区", "天津市滨海新区"),
        ("浙江省衢州市龙游县", "龙游县"),
        ("浙江省金华市义乌市", "义乌市"),
        ("重庆市云阳县", "云阳县"),
        ("浙江省衢州市", "衢州市"),
        ("湖北省神农架林区", "神农架林区"),
        ("湖北省恩施土家族苗族自治州", "恩施土家族苗族自治州"),
        ("内蒙古自治区", "内蒙古自治区"),
    ],
)
def test_official(path: str, official: str) -> None:
    assert REGIONS.official(at(path)) == official


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("浙江省", "浙江"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("黑龙江省大兴安岭地区", "大兴安岭"),
        ("青海省海西蒙古族藏族自治州", "海西"),
        ("浙江省丽水市景宁畲族自治县", "景宁"),
        ("甘肃省临夏回族自治州东乡族自治县", "东乡"),
        ("山西省太原市万柏林区", "万柏林"),
        ("福建省三明市沙县区", "沙县"),
        ("安徽省马鞍山市和县", "和县"),
        ("中国", "中国"),
    ],
)
def test_short(path: str, short: str) -> None:
    assert REGIONS.short(at(path)) == short


def test_ancestors_and_children() -> None:
    kecheng = at("浙江省衢州市柯城区")
    assert [region.name for region in REGIONS.ancestors(kecheng)] == ["衢州市", "浙江省", "中国"]
    below = [region.name for region in REGIONS.children(at("浙江省衢州市"), 2020)]
    assert below == ["柯城区", "衢江区", "常山县", "开化县", "龙游县", "江山市"]
    assert at("浙江省衢州市衢县") in REGIONS.children(at("浙江省衢州市"))
    assert REGIONS.get(BASE + "云川市") is None


# Names for a lexicon


@pytest.mark.parametrize(
    ("form", "path", "kind", "needs_context"),
    [
        ("衢州市", "浙江省衢州市", "full", False),
        ("和县", "安徽省马鞍山市和县", "full", True),
        ("城区", "山西省阳泉市城区", "full", True),
        ("郊区", "山西省阳泉市郊区", "full", True),
        ("矿区", "山西省阳泉市矿区", "full", True),
        ("公安县", "湖北省荆州市公安县", "full", True),
        ("新城区", "陕西省西安市新城区", "full", True),
        ("海安市", "江苏省南通市海安市", "full", False),
        ("阳泉市城区", "山西省阳泉市城区", "path", False),
        ("浙江", "浙江省", "short", False),
        ("衢州", "浙江省衢州市", "short", False),
        ("恩施州", "湖北省恩施土家族苗族自治州", "short", False),
        ("景宁县", "浙江省丽水市景宁畲族自治县", "short", False),
        ("通道县", "湖南省怀化市通道侗族自治县", "short", True),
        ("吉林", "吉林省", "short", False),
        ("吉林", "吉林省吉林市", "short", True),
        ("海南", "青海省海南藏族自治州", "short", True),
        ("长治", "山西省长治市", "short", True),
        ("和平", "天津市和平区", "short", True),
        ("海安", "江苏省南通市海安市", "short", True),
        ("浙", "浙江省", "letter", True),
        ("秦", "陕西省", "letter", True),
        ("中国", "中国", "full", True),
    ],
)
def test_surface(form: str, path: str, kind: str, needs_context: bool) -> None:
    found = surface(form, path)
    assert (found.kind, found.needs_context) == (kind, needs_context)


def test_each_surface_finds_its_region_again() -> None:
    for one in SURFACES:
        assert one.region in REGIONS.named(one.form), one.form


def test_surfaces_are_told_once_and_in_the_same_order() -> None:
    assert len({(one.form, one.region.iri) for one in SURFACES}) == len(SURFACES)
    assert tuple(Regions.from_file(TABLE).names()) == SURFACES


# Reading


def test_index_and_file_give_the_same() -> None:
    assert Regions.from_index(load([TABLE])) == REGIONS


def test_a_second_file_adds_places(tmp_path: Path) -> None:
    facts = 'skos:prefLabel "云川市"@zh ; pol:level pol:Prefecture ; pol:within <浙江省>'
    own = write(tmp_path, f"<浙江省云川市> a pol:Region ; {facts} .")
    regions = Regions.from_file(TABLE, own)
    (city,) = regions.named("云川", 2022)
    assert regions.path(city) == "浙江省云川市"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<甲市> a pol:Region ; skos:prefLabel "甲市"@zh .', "pol:level"),
        ("<甲市> a pol:Region ; pol:level pol:County .", "skos:prefLabel"),
        ('<甲市> a pol:Region ; skos:prefLabel "甲市"@zh ; pol:level pol:Galaxy .', "known levels"),
        (
            '<甲市> a pol:Region ; skos:prefLabel "甲市"@zh ; pol:level pol:County ; pol:within <乙省> .',
            "乙省",
        ),
        (
            '<甲市> a pol:Region ; skos:prefLabel "甲市"@zh ; pol:level pol:County ; pol:validTo "later" .',
            "no number",
        ),
        ("<甲市> a pol:Region ;;; oops", "places.ttl:5"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(says)):
        Regions.from_file(write(tmp_path, body))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        Regions.from_file(tmp_path / "nowhere.ttl")


# The script that writes the table


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("tools_regions", ROOT / "tools" / "regions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_provenance_names_the_digests_the_script_checks() -> None:
    tool, said = _tool(), (ROOT / "data" / "regions.md").read_text(encoding="utf-8")
    for _, name, digest in (tool.YEARLY, tool.CURRENT, tool.CHANGES):
        assert re.search(rf"`{re.escape(name)}`.*`{digest}[0-9a-f]{{48}}`", said)


def test_rows_follow_a_change_of_name() -> None:
    tool = _tool()
    head = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,rank\n"
    lines = [
        "1989,甲省,乙地区,旧县,910000,919900,919901,3",
        *(f"{year},甲省,,,910000,,,1" for year in (1990, 1991)),
        "1990,甲省,乙地区,,910000,919900,,2",
        "1990,甲省,乙地区,丙县,910000,919900,919921,3",
        "1990,甲省,直辖县,丁市,910000,919000,919001,3",
        "1991,甲省,乙市,,910000,910100,,2",
        "1991,甲省,乙市,丙区,910000,910100,910102,3",
        "1991,甲省,直辖县,丁市,910000,919000,919001,3",
    ]
    rows = tool.rows_by_year(head + "\n".join(lines) + "\n")
    assert sorted(rows) == ["甲省", "甲省丁市", "甲省乙地区", "甲省乙地区丙县", "甲省乙市", "甲省乙市丙区"]
    fresh: dict[int, list[Any]] = {1990: [], 1991: []}
    for row in rows.values():
        fresh[min(row.codes)].append(row)
    stems = {path: row.name[0] for path, row in rows.items()}
    tool.Heirs(rows, stems, {}, {}, "区", fresh).settle(1991)
    assert {path: row.successors for path, row in rows.items() if row.successors} == {
        "甲省乙地区": ("甲省乙市",),
        "甲省乙地区丙县": ("甲省乙市丙区",),
    }


def test_a_name_that_came_back_keeps_its_last_run() -> None:
    row = _tool().Row("甲", "甲", "", codes={1990: "1", 2014: "2", 2015: "2"})
    row.last_run()
    assert row.codes == {2014: "2", 2015: "2"}


def test_a_new_region_without_a_first_year_stops_the_script() -> None:
    tool = _tool()
    rows: dict[str, Any] = {}
    tool.add(rows, ["甲省"], "Province", 2024, "910000")
    below = {"": {"counties": {"丙区": "910102000000"}}}
    divisions = {"provinces": {"甲省": {"code": "910000000000", "cities": below}}}
    with pytest.raises(SystemExit, match="甲省丙区"):
        tool.add_current(rows, divisions, {"甲省丁区": 2026})
