"""Bodies that go on under another name, and bodies that do not."""

import pytest

from kg.schema import Ontology
from kg.series.succession import Body, Succession

CITY = "https://w3id.org/policy-kg/id/region/云川市"


@pytest.fixture(scope="module")
def succession(ontology: Ontology) -> Succession:
    return Succession.of(ontology.gazetteer, ontology.regions)


def body(name: str, first: int, last: int, region: str = CITY, place: str = "云川市") -> Body:
    return Body(f"https://w3id.org/policy-kg/id/agency/{name}", name, region, place, first, last)


@pytest.mark.parametrize(
    ("earlier", "later", "goes_on", "only_the_name"),
    [
        ("云川市工商行政管理局", "云川市市场监督管理局", True, False),
        ("云川市质量技术监督局", "云川市市场监督管理局", True, False),
        ("云川市卫生局", "云川市卫生健康委员会", True, False),
        ("云川市国土资源局", "云川市自然资源和规划局", True, False),
        ("云川市国家税务局", "国家税务总局云川市税务局", True, False),
        ("云川市扶贫开发办公室", "云川市农业农村局", True, False),
        ("云川市卫生健康局", "云川市卫生健康委员会", True, True),
        ("云川市水利局", "云川市市场监督管理局", False, False),
        ("云川市市场监督管理局", "云川市工商行政管理局", False, False),
        ("云川市无人知晓局", "云川市无人知晓局办公室", False, False),
    ],
)
def test_reforms_join_bodies_of_one_place(
    succession: Succession, earlier: str, later: str, goes_on: bool, only_the_name: bool
) -> None:
    old, new = body(earlier, 2012, 2017), body(later, 2018, 2022)
    assert succession.follows(new, old) is goes_on
    assert succession.kept(new, old) is only_the_name


def test_bodies_that_report_side_by_side_are_two(succession: Succession) -> None:
    old, new = body("云川市工商行政管理局", 2012, 2018), body("云川市市场监督管理局", 2018, 2022)
    assert not succession.follows(new, old)


def test_bodies_of_two_places_are_two(succession: Succession) -> None:
    old = body("云川市环境保护局", 2012, 2017)
    new = body("青澜县生态环境局", 2018, 2022, region=CITY.replace("云川市", "云川市青澜县"), place="青澜县")
    assert not succession.follows(new, old)


def test_a_county_that_became_a_district_goes_on(succession: Succession) -> None:
    county, district = (
        next(iter(succession.regions.named(name))) for name in ("淮安市洪泽县", "淮安市洪泽区")
    )
    old = body("淮安市洪泽县人民政府", 2010, 2015, county.iri, "洪泽县")
    new = body("淮安市洪泽区人民政府", 2016, 2022, district.iri, "洪泽区")
    assert succession.follows(new, old)
    assert succession.kept(new, old)
    assert not succession.follows(old, new)
    assert {county.iri, district.iri} <= succession.places(county.iri) & succession.places(district.iri)


def test_of_a_chain_the_last_comes_before(succession: Succession) -> None:
    chain = [
        body("云川市卫生局", 2008, 2012),
        body("云川市人口和计划生育局", 2008, 2012),
        body("云川市卫生和计划生育局", 2013, 2017),
        body("云川市卫生健康委员会", 2018, 2020),
    ]
    assert succession.predecessors(chain[3], chain) == (chain[2],)
    assert succession.predecessors(chain[2], chain) == (chain[1], chain[0])
    assert succession.predecessors(chain[0], chain) == ()
