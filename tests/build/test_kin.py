"""Bodies that were merged: what the new one does of what the old ones planned, whatever came into the store first."""

from pathlib import Path

import pytest

from kg.build import build, remove
from kg.build.kin import kin
from kg.export import export
from kg.promises import follow
from kg.query import select
from kg.schema import load_ontology
from kg.series.succession import Succession
from kg.store import open_store

pytestmark = pytest.mark.usefixtures("extractor")  # held, so that what loads the core here gets it

OPENING = "{body}{year}年政府信息公开工作年度报告\n\n根据《中华人民共和国政府信息公开条例》，{body}编制本报告。\n一、总体情况\n{told}\n二、存在的问题和改进措施\n{plans}\n"
REPORTS = {
    "trade-2017": (
        "云川市工商行政管理局",
        2017,
        "2017年，我局主动公开政府信息321条。",
        "一是企业名录更新不及时。下一步，建设企业信用信息查询平台，每季度更新企业名录。",
    ),
    "quality-2017": (
        "云川市质量技术监督局",
        2017,
        "2017年，我局主动公开政府信息208条。",
        "一是检验结果公布少。下一步，编制特种设备检验目录，按月公布检验结果。",
    ),
    "market-2018": (
        "云川市市场监督管理局",
        2018,
        "2018年，我局主动公开政府信息560条。编制特种设备检验目录，全年公布检验结果12次。",
        "一是解读形式单一。下一步，建立政策图解审核制度。",
    ),
    "market-2019": (
        "云川市市场监督管理局",
        2019,
        "2019年，我局主动公开政府信息570条，建立政策图解审核制度，发布图解30篇。",
        "一是网站检索不便。下一步，改进站内检索。",
    ),
}
AGENCY = "https://w3id.org/policy-kg/id/agency/"
ORDERS = [("trade-2017", "quality-2017", "market-2018", "market-2019"), ("market-2019", "market-2018", "quality-2017", "trade-2017"), ("market-2018", "trade-2017", "market-2019", "quality-2017")]  # fmt: skip


def put(folder: Path, name: str) -> None:
    body, year, told, plans = REPORTS[name]
    folder.mkdir(exist_ok=True)
    text = OPENING.format(body=body, year=year, told=told, plans=plans)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def content(out: Path) -> bytes:
    written = out / "all.nq"
    with open_store(out / "store") as store:
        export(store, "nquads", written)
    return written.read_bytes()


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("at-once")
    for name in REPORTS:
        put(folder / "in", name)
    assert not build([folder / "in"], out=folder / "out", jobs=1).failed
    return folder / "out"


def test_the_new_body_goes_on_from_the_old_ones_with_the_words_of_both(at_once: Path) -> None:
    with open_store(at_once / "store") as store:
        rows = select(
            store,
            """SELECT ?old ?exact WHERE { ?new pol:continues ?old ; dcterms:replaces ?old . ?statement rdf:subject ?new ; rdf:predicate pol:continues ;
              rdf:object ?old ; pol:evidence/oa:hasSelector/oa:exact ?exact } ORDER BY ?old ?exact""",
        )
    new, old, other = "云川市市场监督管理局", "云川市工商行政管理局", "云川市质量技术监督局"
    assert {(row["old"].value.removeprefix(AGENCY), row["exact"].value) for row in rows} == {
        (old, old),
        (old, new),
        (other, other),
        (other, new),
    }


@pytest.mark.parametrize("asked", ["云川市市场监督管理局", "云川市质量技术监督局", ""])
def test_plans_are_followed_from_the_old_bodies_into_the_new(at_once: Path, asked: str) -> None:
    with open_store(at_once / "store") as store:
        (one,) = follow(store, load_ontology().words, asked)
    assert (one.name, one.years) == ("云川市市场监督管理局", (2017, 2018, 2019))
    fates = {promise.plan.words[:6]: (promise.year, promise.fate) for promise in one.promises}
    assert fates == {
        "编制特种设备": (2017, "done"),
        "建设企业信用": (2017, "silent"),
        "建立政策图解": (2018, "done"),
    }


def test_only_of_what_kept_its_kind_figures_are_carried_over(at_once: Path) -> None:
    ontology = load_ontology()
    succession = Succession.of(ontology.gazetteer, ontology.regions)
    report = AGENCY.replace("agency", "report") + "云川市市场监督管理局"
    with open_store(at_once / "store") as store:
        found = kin(store, f"{report}/2018", succession)
        assert [(one.body.removeprefix(AGENCY), one.year, one.own) for one in found] == [
            ("云川市工商行政管理局", 2017, False),
            ("云川市质量技术监督局", 2017, False),
        ]
        assert kin(store, f"{report}/2019", succession) == ()


@pytest.mark.parametrize("order", ORDERS)
def test_it_is_the_same_whatever_came_first(at_once: Path, tmp_path: Path, order: tuple[str, ...]) -> None:
    for name in order:
        put(tmp_path / "in", name)
        assert not build([tmp_path / "in"], out=tmp_path / "out", jobs=1).failed
    assert content(tmp_path / "out") == content(at_once)


def test_what_rests_on_a_report_goes_with_it(tmp_path: Path) -> None:
    for name in REPORTS:
        put(tmp_path / "in", name)
    build([tmp_path / "in"], out=tmp_path / "out", jobs=1)
    with open_store(tmp_path / "out" / "store", writable=True) as store:
        remove("云川市质量技术监督局/2017", store)
        assert f"{AGENCY}云川市质量技术监督局" not in {
            row["old"].value for row in select(store, "SELECT ?old { ?new pol:continues ?old }")
        }
