"""The reference vocabularies hold together, and say what is so."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.schema.gazetteer import Gazetteer, Known
from kg.schema.index import TripleIndex, load
from kg.terms import BASE, POL, expand, segment

VOCAB = Path(__file__).parents[2] / "ontology" / "vocab"
FILES = [VOCAB / f"{name}.ttl" for name in ("agencies", "codes", "policies", "platforms", "publications")]

CLASSES = {
    "agency": {
        "Agency",
        "Government",
        "GovernmentOffice",
        "Department",
        "PartyBody",
        "WorkingGroup",
        "PublicInstitution",
        "LegislativeBody",
        "JudicialBody",
    },
    "policy": {
        "Law",
        "AdministrativeRegulation",
        "LocalRegulation",
        "Rule",
        "NormativeDocument",
        "Notice",
        "Plan",
        "Standard",
        "Directory",
    },
    "platform": {
        "Website",
        "Column",
        "ServicePlatform",
        "InformationSystem",
        "Database",
        "Gazette",
        "NewMedia",
        "ServiceWindow",
        "Hotline",
        "Module",
    },
}


@pytest.fixture(scope="module")
def index() -> TripleIndex:
    return load(FILES)


@pytest.fixture(scope="module")
def gazetteer(index: TripleIndex) -> Gazetteer:
    return Gazetteer.from_index(index)


def local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]


def by_form(gazetteer: Gazetteer, form: str) -> Known:
    (found,) = [known for known in gazetteer.entities if form in known.forms]
    return found


# ---- integrity


def test_no_name_means_two_things(gazetteer: Gazetteer) -> None:
    owners = defaultdict(set)
    for known in gazetteer.entities:
        for form in known.forms + known.assumed:
            owners[form].add(known.iri)
    assert {form: iris for form, iris in owners.items() if len(iris) > 1} == {}


def test_no_number_belongs_to_two_policies(gazetteer: Gazetteer) -> None:
    owners = defaultdict(set)
    for known in gazetteer.entities:
        for number in known.numbers:
            owners[number].add(known.iri)
    assert {number: iris for number, iris in owners.items() if len(iris) > 1} == {}


def test_no_form_means_two_kinds_unless_a_prefix_tells_them_apart(gazetteer: Gazetteer) -> None:
    owners = defaultdict(list)
    for kind in gazetteer.kinds:
        if not kind.prefixed:
            for form in kind.cores:
                owners[form].append(kind.iri)
    assert {form: iris for form, iris in owners.items() if len(iris) > 1} == {}


def test_kinds_have_classes_of_the_contract_and_labels(index: TripleIndex, gazetteer: Gazetteer) -> None:
    assert len(gazetteer.kinds) > 200
    for kind in gazetteer.kinds:
        assert kind.cls.removeprefix(POL) in CLASSES["agency"], kind.iri
        assert kind.label, kind.iri
        assert index.text(kind.iri, "rdfs:label", "en"), kind.iri
        assert len(index.texts(kind.iri, "pol:stem")) == 1, kind.iri


def test_kinds_name_bodies_without_remainder(gazetteer: Gazetteer) -> None:
    for kind in gazetteer.kinds:
        for form in kind.cores:
            for provincial in (False, True):
                name = kind.named("衢州市", kind.core(form, provincial=provincial), "衢州")
                assert "衢州" in name, kind.iri
                assert not re.search(r"[{}]", name), kind.iri


def test_a_full_form_expands_to_itself(gazetteer: Gazetteer) -> None:
    for kind in gazetteer.kinds:
        for full in set(kind.cores.values()):
            if full in kind.cores:
                assert kind.cores[full] == full, (kind.iri, full)


def test_suffixes_of_kinds_are_known(gazetteer: Gazetteer) -> None:
    endings = tuple(gazetteer.suffix_forms)
    unknown = {suffix for kind in gazetteer.kinds for suffix in kind.suffixes if not suffix.endswith(endings)}
    assert unknown <= {"段"}


def test_entities_have_classes_of_the_contract_and_iris_by_name(gazetteer: Gazetteer) -> None:
    for known in gazetteer.entities:
        space, _, name = known.iri.removeprefix(BASE).partition("/")
        assert known.cls.removeprefix(POL) in CLASSES[space], known.iri
        titled = (known.label, *known.numbers) if space == "policy" else (known.label,)
        assert name in {segment(one) for one in titled}, known.iri
        assert known.forms[0] == known.label


def test_everything_referred_to_exists(index: TripleIndex, gazetteer: Gazetteer) -> None:
    known = {one.iri for one in gazetteer.entities}
    kinds = {kind.iri for kind in gazetteer.kinds}
    # cities whose codes are known although the city is named by place and kind
    composed = re.compile(r"市人民政府(办公厅)?$")
    for codes in (gazetteer.codes, gazetteer.ministry_codes, gazetteer.code_prefixes):
        for code, issuer in codes.items():
            assert issuer in known or composed.search(issuer), code
    for ending in gazetteer.code_endings:
        assert ending.kind in kinds, ending
    for predicate in ("pol:issuedBy", "pol:operatedBy", "pol:partOf"):
        for iri in index.by_subject:
            for node in index.nodes(iri, predicate):
                assert node in known or composed.search(node), (iri, node)


def test_document_numbers_are_well_formed_and_agree_with_the_issuer(gazetteer: Gazetteer) -> None:
    order = re.compile(r"^(\D+令)第\d+号$")
    number = re.compile(r"^(\D+)〔((?:19|20)\d\d)〕[1-9]\d*号$")
    for known in gazetteer.entities:
        for one in known.numbers:
            found = order.match(one) or number.match(one)
            assert found, one
            assert gazetteer.issuer_of(found[1]) in known.issuers, one


def test_the_year_of_a_number_is_the_year_of_the_title_or_before(gazetteer: Gazetteer) -> None:
    for known in gazetteer.entities:
        year = re.search(r"印发(20\d\d)年", known.label)
        if year:
            assert any(f"〔{year[1]}〕" in one for one in known.numbers), known.label


def test_codes_end_as_regional_codes_do(gazetteer: Gazetteer) -> None:
    """A province's code is its letter and an ending of the right kind of body."""
    for letter, province in gazetteer.province_letters.items():
        for code, issuer in gazetteer.codes.items():
            if local(issuer) not in (f"{province}人民政府", f"{province}人民政府办公厅"):
                continue
            assert code[0] == letter, code
            ending = next((one for one in gazetteer.code_endings if code[1:] == one.ending), None)
            if ending is not None:
                office = local(ending.kind) == "government-office"
                assert office == issuer.endswith("办公厅"), code


def test_endings_are_longest_first(gazetteer: Gazetteer) -> None:
    for endings in (
        [one.ending for one in gazetteer.title_endings],
        [one.ending for one in gazetteer.code_endings],
        list(gazetteer.publication_endings),
        list(gazetteer.gazette_endings),
    ):
        assert endings == sorted(endings, key=lambda ending: (-len(ending), ending))
        assert len(endings) == len(set(endings))


def test_a_kind_with_two_stems_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text(
        "@prefix pol: <https://w3id.org/policy-kg/ontology#> .\n"
        "@prefix kind: <https://w3id.org/policy-kg/kind/> .\n"
        'kind:bad a pol:AgencyKind ; pol:agencyClass pol:Department ; pol:stem "财政" , "税务" .\n',
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match=r"bad\.ttl:3"):
        Gazetteer.from_index(load([file]))


def test_reading_twice_gives_the_same(gazetteer: Gazetteer) -> None:
    assert Gazetteer.from_index(load(reversed(FILES))) == gazetteer


# ---- facts

BODIES = [
    ("人社局", "衢州市", "衢州市人力资源和社会保障局"),
    ("人力社保局", "衢州市", "衢州市人力资源和社会保障局"),
    ("发改委", "衢州市", "衢州市发展和改革委员会"),
    ("发展改革局", "开化县", "开化县发展和改革局"),
    ("资规局", "衢州市", "衢州市自然资源和规划局"),
    ("文广旅体局", "龙游县", "龙游县文化广电旅游体育局"),
    ("文化广电旅游局", "衢州市", "衢州市文化广电旅游局"),
    ("市场监管局", "衢州市", "衢州市市场监督管理局"),
    ("卫健委", "衢州市", "衢州市卫生健康委员会"),
    ("卫计局", "开化县", "开化县卫生和计划生育局"),
    ("住建局", "衢州市", "衢州市住房和城乡建设局"),
    ("综合执法局", "衢州市", "衢州市综合行政执法局"),
    ("税务局", "衢州市", "国家税务总局衢州市税务局"),
    ("国税局", "衢州市", "衢州市国家税务局"),
    ("地税局", "衢州市", "衢州市地方税务局"),
    ("国资委", "衢州市", "衢州市国有资产监督管理委员会"),
    ("大数据局", "衢州市", "衢州市大数据局"),
    ("外办", "衢州市", "衢州市外事办公室"),
    ("民委", "昆明市", "昆明市民族事务委员会"),
    ("国土局", "衢州市", "衢州市国土资源局"),
    ("工商局", "衢州市", "衢州市工商行政管理局"),
    ("安监局", "衢州市", "衢州市安全生产监督管理局"),
    ("法制办", "衢州市", "衢州市人民政府法制办公室"),
    ("人防办", "衢州市", "衢州市人民防空办公室"),
    ("政府", "衢州市", "衢州市人民政府"),
    ("府办", "衢州市", "衢州市人民政府办公室"),
    ("委", "衢州市", "中共衢州市委"),
    ("委办", "衢州市", "中共衢州市委办公室"),
    ("委宣传部", "衢州市", "中共衢州市委宣传部"),
    ("人大常委会", "衢州市", "衢州市人民代表大会常务委员会"),
    ("政协", "衢州市", "中国人民政治协商会议衢州市委员会"),
    ("中院", "衢州市", "衢州市中级人民法院"),
    ("检察院", "衢州市", "衢州市人民检察院"),
    ("公积金中心", "衢州市", "衢州市住房公积金管理中心"),
    ("供销社", "衢州市", "衢州市供销合作社联合社"),
    ("街道办", "花园", "花园街道办事处"),
    ("办事处", "花园街道", "花园街道办事处"),
    ("政府", "航埠镇", "航埠镇人民政府"),
]


@pytest.mark.parametrize(("form", "region", "name"), BODIES)
def test_bodies_are_named_in_full(gazetteer: Gazetteer, form: str, region: str, name: str) -> None:
    (kind,) = [kind for kind in gazetteer.by_form(form) if not kind.prefixed]
    assert kind.named(region, kind.core(form)) == name


PROVINCIAL = [
    ("府办", "人民政府办公厅"),
    ("政府办", "人民政府办公厅"),
    ("发改委", "发展和改革委员会"),
    ("人社厅", "人力资源和社会保障厅"),
    ("信访办", "信访办公室"),
]


@pytest.mark.parametrize(("form", "core"), PROVINCIAL)
def test_provinces_have_their_own_suffixes(gazetteer: Gazetteer, form: str, core: str) -> None:
    (kind,) = gazetteer.by_form(form)
    assert kind.core(form, provincial=True) == core


@pytest.mark.parametrize(
    ("form", "below", "province"),
    [
        ("司法局", "司法局", "司法厅"),
        ("统计局", "统计局", "统计局"),
        ("卫健委", "卫生健康局", "卫生健康委员会"),
    ],
)
def test_a_stem_alone_takes_the_usual_suffix(
    gazetteer: Gazetteer, form: str, below: str, province: str
) -> None:
    (kind,) = gazetteer.by_form(form)
    assert (kind.usual(), kind.usual(provincial=True)) == (below, province)


CODES = [
    ("国办发", "国务院办公厅"),
    ("国发", "国务院"),
    ("国办公开办函", "国务院办公厅政府信息与政务公开办公室"),
    ("中办发", "中共中央办公厅"),
    ("浙政办发", "浙江省人民政府办公厅"),
    ("粤府", "广东省人民政府"),
    ("粤办函", "广东省人民政府办公厅"),
    ("鲁政办发", "山东省人民政府办公厅"),
    ("川办发", "四川省人民政府办公厅"),
    ("豫政办", "河南省人民政府办公厅"),
    ("湘政发", "湖南省人民政府"),
    ("赣府厅发", "江西省人民政府办公厅"),
    ("青政办", "青海省人民政府办公厅"),
    ("青政办发", "青岛市人民政府办公厅"),
    ("财预", "财政部"),
    ("税总发", "国家税务总局"),
    ("法释", "最高人民法院"),
    ("浙财预", ""),
    ("宁政发", ""),  # Ningxia's and Nanjing's
    ("济政发", ""),  # Jinan's and Jining's
]


@pytest.mark.parametrize(("code", "issuer"), CODES)
def test_codes_have_their_issuers(gazetteer: Gazetteer, code: str, issuer: str) -> None:
    assert local(gazetteer.issuer_of(code)) == issuer


NUMBERS = [
    ("国令第711号", "中华人民共和国政府信息公开条例"),
    ("国务院令第492号", "中华人民共和国政府信息公开条例"),
    ("国令第713号", "重大行政决策程序暂行条例"),
    ("国令第722号", "优化营商环境条例"),
    ("国办发〔2020〕17号", "国务院办公厅关于印发2020年政务公开工作要点的通知"),
    ("国办函〔2020〕109号", "政府信息公开信息处理费管理办法"),
    ("中办发〔2016〕8号", "关于全面推进政务公开工作的意见"),
    ("国办发〔2016〕80号", "《关于全面推进政务公开工作的意见》实施细则"),
    ("国办发〔2019〕54号", "国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见"),
    ("国办发〔2017〕47号", "政府网站发展指引"),
    ("国办发〔2018〕123号", "国务院办公厅关于推进政务新媒体健康有序发展的意见"),
    ("国办发〔2018〕115号", "国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见"),
]


@pytest.mark.parametrize(("number", "title"), NUMBERS)
def test_numbers_have_their_titles(gazetteer: Gazetteer, number: str, title: str) -> None:
    assert gazetteer.by_number()[number].label == title


FORMS = [
    ("国办", "国务院办公厅", "GovernmentOffice"),
    ("党中央", "中共中央", "PartyBody"),
    ("住建部", "住房和城乡建设部", "Department"),
    ("国家发改委", "国家发展和改革委员会", "Department"),
    ("信息公开条例", "中华人民共和国政府信息公开条例", "AdministrativeRegulation"),
    ("保密法", "中华人民共和国保守国家秘密法", "Law"),
    ("国务院中国政府网", "中国政府网", "Website"),
    ("全国一体化政务服务平台", "全国一体化在线政务服务平台", "ServicePlatform"),
    ("“浙里办”", "浙里办", "ServicePlatform"),
    ("12345热线", "12345政务服务便民热线", "Hotline"),
    ("领导留言板", "人民网领导留言板", "Column"),
]


@pytest.mark.parametrize(("form", "label", "cls"), FORMS)
def test_short_forms_lead_to_names(gazetteer: Gazetteer, form: str, label: str, cls: str) -> None:
    known = by_form(gazetteer, form)
    assert (known.label, known.cls) == (label, expand(f"pol:{cls}"))


@pytest.mark.parametrize("form", ["发改委", "人社局", "教育局", "政府", "市政府", "条例", "平台", "热线"])
def test_what_could_be_anybody_is_nobody(gazetteer: Gazetteer, form: str) -> None:
    assert not [known for known in gazetteer.entities if form in known.forms]


def test_carriers_are_generic_and_nobody_elses(gazetteer: Gazetteer) -> None:
    generic = {known.label for known in gazetteer.entities if known.generic}
    assert {"微信", "微博", "抖音", "今日头条"} <= generic
    assert not generic & {"中国政府网", "浙里办", "学习强国"}


def test_a_ministry_is_not_the_start_of_its_departments(gazetteer: Gazetteer) -> None:
    for known in gazetteer.entities:
        if known.iri.startswith(f"{BASE}agency/") and known.label.endswith("部"):
            assert "门" in known.not_before, known.label


TITLES = [
    ("中华人民共和国行政许可法", "Law", "Law"),
    ("优化营商环境条例", "AdministrativeRegulation", "LocalRegulation"),
    ("重大行政决策程序规定", "Rule", "Rule"),
    ("行政规范性文件管理办法", "Rule", "Rule"),
    ("若干问题的意见", "NormativeDocument", "NormativeDocument"),
    ("工作要点的通知", "Notice", "Notice"),
    ("有关情况的通报", "Notice", "Notice"),
    ("政务公开工作要点", "Plan", "Plan"),
    ("标准指引", "Standard", "Standard"),
    ("重大行政决策事项目录", "Directory", "Directory"),
]


@pytest.mark.parametrize(("title", "cls", "regional"), TITLES)
def test_titles_end_in_their_genre(gazetteer: Gazetteer, title: str, cls: str, regional: str) -> None:
    found = next(one for one in gazetteer.title_endings if title.endswith(one.ending))
    assert (found.cls, found.regional) == (expand(f"pol:{cls}"), expand(f"pol:{regional}"))


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("人民日报", "publication"),
        ("衢州晚报", "publication"),
        ("电视问政", "publication"),
        ("国民经济和社会发展统计公报", "publication"),
        ("衢州政报", "gazette"),
        ("浙江省人民政府公报", "gazette"),
        ("关于考核情况的通报", "policy"),
    ],
)
def test_a_title_is_policy_gazette_or_publication_by_its_longest_ending(
    gazetteer: Gazetteer, title: str, what: str
) -> None:
    endings = [(ending, "gazette") for ending in gazetteer.gazette_endings]
    endings += [(one.ending, "policy") for one in gazetteer.title_endings]
    endings += [(ending, "publication") for ending in gazetteer.publication_endings]
    matching = [(len(ending), kind) for ending, kind in endings if title.endswith(ending)]
    assert max(matching)[1] == what
