"""Bodies and policies in sentences of our own: what each names, and what it does not name."""

from pathlib import Path

import pytest

from kg.extract.extract import Extractor
from kg.facts import Extraction, Literal
from kg.terms import Mint, expand
from kg.text import read

AGENCIES = [  # title, sentence, bodies named beside the writer
    ("云川市人民政府", "会同市司法、财政、人社等部门开展评议。", "云川市司法局 云川市财政局 云川市人力资源和社会保障局"),
    ("云川市人民政府", "市直各部门、各单位和有关部门按要求报送，司法部门予以指导。", ""),
    ("青岚省云川市人民政府", "省教育厅、民政厅到我市调研。", "青岚省教育厅 青岚省民政厅"),
    ("云川市人民政府", "市第一中学、市人民医院公开办事指南。", "云川市第一中学 云川市人民医院"),
    ("云川市人民政府", "各学院、各县中医院、公立医院、行业协会和中小学做好公开。", ""),
    ("云川市人民政府", "在高新区管委会设立查阅点。", "云川高新区管理委员会"),
    ("云川市人民政府", "各街道、开发区管委会落实专人。", ""),
    ("云川市人民政府", "由市府办、新闻办、督查室共同组织。", "云川市人民政府办公室 云川市人民政府新闻办公室 云川市人民政府督查室"),
    ("云川市人民政府", "请与市公安局交警支队联系。", "云川市公安局交通警察支队"),
    ("云川市人民政府", "按照市政务公开办法执行。", ""),
    ("云川市教育局", "由政务公开科和市公安局法制支队承办。", "云川市教育局政务公开科 云川市公安局 云川市公安局法制支队"),
    ("国家税务总局云川市税务局", "请与国家税务总局云川市税务局政务公开领导小组办公室联系。", "国家税务总局云川市税务局政务公开领导小组办公室"),
    ("云川高新技术产业开发区管理委员会", "高新区党政办公室负责日常工作。", "云川高新技术产业开发区党政办公室"),
    ("云川高新技术产业开发区管理委员会", "2020年，管委会党政办公室牵头落实。", "云川高新技术产业开发区管理委员会党政办公室"),
    ("云川市人民政府", "云川市教育考试院（以下简称考试院）公布成绩。考试院另设专栏。", "云川市教育考试院"),
    ("云川市人民政府", "对七个县（市）区、22个市政府部门开展检查，各乡镇人民政府配合。", ""),
    ("青澜县人民政府", "三江镇人民政府先行，三县人民政府观摩。", "青澜县三江镇人民政府"),
    ("云川市人民政府", "会同发改、卫健、财政等部门开展评议。", "云川市发展和改革委员会 云川市卫生健康委员会 云川市财政局"),
    ("青澜县人民政府", "会同发改、卫健、财政等部门开展评议。", "青澜县发展和改革局 青澜县卫生健康局 青澜县财政局"),
    ("东阳市六石街道办事处", "街道党委、办事处分工负责。", "中共东阳市六石街道工作委员会"),
    ("广州市人民政府", "中华人民共和国广州海关和拱北海关、广东海事局联合检查，各隶属海关、全国海关参照。", "广州海关 拱北海关 广东海事局"),
    ("贵阳市大数据发展管理局", "市大数据局落实，市大数据中心配合。", "贵阳市大数据中心"),
    ("云川市教育局", "根据市政府政务公开办部署落实。", "云川市人民政府 云川市人民政府政务公开办公室"),
    ("云川市教育局", "2018年度市人社局未涉及此项。", "云川市人力资源和社会保障局"),
    ("云川市公安局", "由政治部审核。", "云川市公安局政治部"),
    ("云川市教育局", "落实《青岚省教育厅办公室关于做好年报工作的通知》和教育部办公厅《公开要点》。", "青岚省教育厅办公室 教育部办公厅"),
    ("云川市教育局", "贯彻教育部关于校务公开的要求，由国务院部门办公厅牵头。", "教育部 国务院"),
    ("青岚省云川市教育局", "按照省、市政府要求，省市政府、省委、市委部署，配合全省、市政府部门工作。", "青岚省人民政府 云川市人民政府 中共青岚省委 中共云川市委"),
    ("云川市青澜县望江街道办事处", "由综合与平安法治办公室牵头，请与望江街道办事处综合与经济发展办公室联系。", "青澜县望江街道办事处综合与平安法治办公室 青澜县望江街道办事处综合与经济发展办公室"),
    ("云川高新区发展和改革局", "按照管委会部署，高新区财政局、高新区管委会配合，各管委会参照。", "云川高新区管理委员会 云川高新区财政局"),
    ("云川市教育局", "在管委会设立查阅点。", ""),
    ("云川大学", "云川大学东湖学院由党委办公室牵头，省委高教工委指导。", "云川大学东湖学院 云川大学党委办公室"),
    ("三江镇人民政府", "县政府信息公开领导小组办公室检查，成立三江镇政务公开领导小组，由党建工作办公室负责。", "三江镇政务公开领导小组 三江镇人民政府党建工作办公室"),
    ("云川市教育局", "落实《国务院办公厅关于印发2022年政务公开工作要点的通知》。", "国务院办公厅"),
    ("云川市教育局", "地址：云川市办公区州统计局，落实青岚省政府服务规定。", ""),
    ("云川市教育局", "领导小组下设办公室，明确办公室负责。", ""),
    ("云川大学", "学校党委高度重视，校纪委监督，学校党委宣传部发布，各学院党委落实，校党委书记任组长。", "云川大学党委 云川大学纪委 云川大学党委宣传部"),
    ("云川大学", "请联系西安交通大学校长办公室。", "西安交通大学 西安交通大学校长办公室"),
    ("云川市教育局", "局党组高度重视，市民政局机关党委配合，局党组书记、局长任组长。", "云川市教育局党组 云川市民政局 云川市民政局机关党委"),
    ("云川市教育局", "我局确定办公室为公开机构，指定专人负责。", ""),
    ("云川市教育局", "请与市政府政务公开科联系。", "云川市人民政府政务公开科"),
    ("云川高新技术产业开发区管理委员会", "区党工委、管委会重视，党工委书记任组长，高新区纪工委监督，区政府参照。", "中共云川高新技术产业开发区工作委员会 中共云川高新技术产业开发区纪律检查工作委员会"),
    ("衢州高新区（经开区）管理委员会", "围绕区党工委和管委会中心工作公开。", "中共衢州高新区（经开区）工作委员会"),
    ("云川市青澜县望江街道办事处", "党工委、办事处分工负责。", "中共青澜县望江街道工作委员会"),
    ("云川市人民政府", "党工委书记带队调研。", ""),
    ("青澜县雍和镇人民政府", "县和镇人民政府分工，局和镇政府配合，青澜县岱和乡人民政府来访。", "青澜县人民政府 青澜县岱和乡人民政府"),
    ("云川大学", "山东大学来校交流，建设世界一流大学。", "山东大学"),
    ("云川大学", "完善现代大学制度，由依法治校领导小组负责。", "云川大学依法治校领导小组"),
    ("松和场镇人民政府", "2009年松和场镇的公开事务归松和场政府办公室管。", "松和场镇人民政府办公室"),
    ("青澜县望江镇人民政府", "望江镇卫生院、望江中心小学和望江政府配合。", "青澜县望江镇卫生院 望江中心小学"),
    ("云川大学", "印发云川大学学院章程，云川大学东湖学院、浙江大学医学院参加。", "云川大学东湖学院 浙江大学医学院"),
    ("云川海关", "请与云川海关办公室政务公开和信访科联系，研究政务公开和改革事项。", "云川海关办公室政务公开和信访科"),
    ("云川市教育局", "云川医科大学附属望江医院参加。", "云川医科大学附属望江医院"),
    ("西安石油大学", "省教育厅部署，由学校办公室落实。", "陕西省教育厅 西安石油大学办公室"),
    ("云川市教育局", "成立信息工作领导小组。", "云川市教育局信息工作领导小组"),
    ("云川市公安局", "来信寄云川市公安局政府信息与政务公开工作领导小组办公室。", "云川市公安局政府信息与政务公开工作领导小组办公室"),
    ("青澜县人民政府", "青澜县政务公开领导小组办公室落实，省政务公开工作领导小组办公室不在此列。", "青澜县政务公开领导小组办公室"),
    ("云川市公安局", "局警令部、政治部落实，领导小组办公室发挥作用。", "云川市公安局警令部 云川市公安局政治部"),
    ("云川市人民政府", "请与云川市人民政府办公室网络管理科联系，各业务科配合。", "云川市人民政府办公室 云川市人民政府办公室网络管理科"),
    ("云川市公安局", "云川市公安局党委重要部署得到落实。", "云川市公安局党委"),
    ("浚县人民政府", "按照省、市政府部署落实。", "河南省人民政府 鹤壁市人民政府"),
    ("云川市卫生健康委员会", "委办公室负责日常工作，市保密局指导。", "云川市卫生健康委员会办公室 云川市保密局"),
    ("青澜县望江街道办事处", "请与青澜县望江街道办事处党政办联系。", "青澜县望江街道办事处党政办公室"),
    ("云川市教育局", "年中增补了我局信息公开工作领导小组人员，并确定局办公室为承办机构，下设政务公开办公室。", "云川市教育局信息公开工作领导小组 云川市教育局办公室 云川市教育局政务公开办公室"),
    ("云川市望岚果品城管理委员会", "调整果品城政务公开领导小组。", "云川市望岚果品城政务公开领导小组"),
    ("云川市教育局", "审计署驻广州特派员办事处、财政部浙江监管局和上海铁路局参加，各特派员办事处参照。", "审计署驻广州特派员办事处 财政部浙江监管局 上海铁路局"),
    ("青澜县望江镇人民政府", "请联系青澜县望江镇人民政府信息公开领导小组办公室。", "青澜县望江镇人民政府信息公开领导小组办公室"),
    ("云川市教育局", "由杭州高新区（滨江）财政局牵头，郑州示范区教育局配合，各示范区参照。", "杭州高新区（滨江）财政局 郑州示范区教育局"),
]  # fmt: skip


POLICIES = [  # sentence, title, number, issuers
    ("按照国务院办公厅关于做好某项工作的意见（国办发〔2033〕7号）要求推进。", "国务院办公厅关于做好某项工作的意见", "国办发〔2033〕7号", "国务院办公厅"),
    ("落实中共中央办公厅、国务院办公厅关于做好某项工作的意见。", "中共中央办公厅、国务院办公厅关于做好某项工作的意见", "", "中共中央办公厅 国务院办公厅"),
    ("落实教育部《校园开放工作要点》。", "校园开放工作要点", "", "教育部"),
    ("执行《某项管理办法》（国务院第9711号令）。", "某项管理办法", "国务院令第9711号", "国务院"),
    ("执行浙江省人民政府令第9376号。", "浙江省人民政府令第9376号", "浙江省人民政府令第9376号", "浙江省人民政府"),
    ("执行《某项管理办法》（国办发【2033]7号）。", "某项管理办法", "国办发〔2033〕7号", "国务院办公厅"),
    ("执行《某项管理办法》（国办发20337号）。", "某项管理办法", "国办发〔2033〕7号", "国务院办公厅"),
    ("执行《某项管理办法》（国办发〔2033〕7）。", "某项管理办法", "国办发〔2033〕7号", "国务院办公厅"),
    ("执行《浙江省人民政府办公厅关于编制政府信息公开工作年度报告的通知》。", "浙江省人民政府办公厅关于编制政府信息公开工作年度报告的通知", "", "浙江省人民政府办公厅"),
]  # fmt: skip


def extracted(extractor: Extractor, folder: Path, issuer: str, sentence: str) -> Extraction:
    path = folder / "report.txt"
    path.write_text(f"{issuer}2020年政府信息公开工作年度报告\n{sentence}\n", encoding="utf-8")
    return extractor.extract(read(path, cues=extractor.ontology.cues), Mint())


@pytest.mark.parametrize(("issuer", "sentence", "names"), AGENCIES)
def test_bodies(extractor: Extractor, tmp_path: Path, issuer: str, sentence: str, names: str) -> None:
    found = extracted(extractor, tmp_path, issuer, sentence)
    labels = {
        one.label for one in found.entities if extractor.ontology.model.is_a(one.cls, expand("pol:Agency"))
    }
    writer = next(one.label for one in found.entities if one.iri == found.issuer)
    assert labels - {writer} == set(names.split())


@pytest.mark.parametrize(("sentence", "title", "number", "issuers"), POLICIES)
def test_policies(
    extractor: Extractor, tmp_path: Path, sentence: str, title: str, number: str, issuers: str
) -> None:
    found = extracted(extractor, tmp_path, "云川市人民政府", sentence)
    labels = {one.iri: one.label for one in found.entities}
    policy = next(
        one for one in found.entities if extractor.ontology.model.is_a(one.cls, expand("pol:Policy"))
    )
    about = [(one.predicate, one.object) for one in found.facts if one.subject == policy.iri]
    numbers = [
        one.value for name, one in about if isinstance(one, Literal) and name == expand("pol:documentNumber")
    ]
    assert policy.label == title
    assert numbers == ([number] if number else [])
    assert {labels[str(one)] for name, one in about if name == expand("pol:issuedBy")} == set(issuers.split())


def test_places_in_addresses_are_no_regions(extractor: Extractor, tmp_path: Path) -> None:
    found = extracted(
        extractor, tmp_path, "广州市人民政府", "请联系我们（地址：佛山市禅城区某路1号，邮编：528000）。"
    )
    regions = {one.label for one in found.entities if one.cls == expand("pol:Region")}
    assert regions == {"广东省", "广州市"}


PLATFORMS = [  # title, sentence, platforms named
    ("云川市教育局", "以云川市人民政府网站为主平台，以微信为辅助平台，展现教育系统风貌。", "云川市人民政府门户网站"),
    ("云川市消防救援支队", "“云川消防”微信公众号、微博和抖音号同步发布，另设支队长信箱。", "“云川消防”微信公众号 “云川消防”微博 “云川消防”抖音号 支队长信箱"),
    ("云川市民政局", "“云川民政”微信公众号发布3条，局微信公众号粉丝增加。", "“云川民政”微信公众号"),
    ("云川市民政局", "“云川民政”公众号、“云川老龄”公众号各有特色，局公众号发布3条。", "“云川民政”公众号 “云川老龄”公众号 云川市民政局公众号"),
    ("云川大学", "通过微信公众号（“小云”和“云大”、校内有线电视等发布。", "“小云”微信公众号 “云大”微信公众号"),
    ("云川大学", "更新学校信息公开网页，若干板块和网页设计得到优化。", "云川大学信息公开网页"),
    ("青澜县望江镇人民政府", "望江政府网站公开信息9条。", "青澜县望江镇人民政府门户网站"),
    ("云川市公安局", "通过“云川政务网”公开9条，云川政务网公开8条。", "云川政务网"),
    ("云川市公安局", "报告可在xyz789备用网址门户网站下载，使我局网站更加丰富。", "云川市公安局网站"),
    ("云川市公安局", "开通96128政务专线，推进专线建设。", "96128政务专线"),
    ("云川市公安局", "报告可在云川市人民政府网下载，云川教育网转载。", "云川市人民政府门户网站"),
    ("云川市公安局", "“云川公安”微信公众号、抖音号“云小警”发布消息九百条。", "“云川公安”微信公众号 “云小警”抖音号"),
    ("云川市民政局", "我局网站公开信息九百条，报告可在局门户网站下载。", "云川市民政局门户网站"),
    ("云川市民政局", "“云川民政”政务微信、政务微博分别推送消息80条和60条。", "“云川民政”政务微信 “云川民政”政务微博"),
    ("云川市民政局", "依法关停低效政务新媒体账号4个，委托第三方平台监测。", ""),
    ("云川市民政局", "上线政务智能体“云小帮”和数字人“云晓晓”。", "“云小帮”政务智能体 “云晓晓”数字人"),
    ("云川市民政局", "在《云川日报》开设“民政之声”专版12期，学习《人民日报》评论。", "《云川日报》 “民政之声”专版"),
    ("云川市民政局", "通过《云川日报》、《云川晚报》等媒体宣传，编印《民政年鉴》。", "《云川日报》 《云川晚报》"),
    ("青澜县青石街道办事处", "通过社区公开栏和《青石通讯》公布名单，各村用好公开栏。", "社区公开栏 《青石通讯》"),
    ("青澜县望江镇人民政府", "镇便民服务中心设窗口六个，镇政府公开栏张贴公告九期。", "望江镇便民服务中心 望江镇政府公开栏"),
    ("青澜县望江镇人民政府", "联合县住建局设立“透明安置”信息公开点3处、信息公共查阅点2个。", "“透明安置”信息公开点 信息公共查阅点"),
    ("云川市望岚区人民政府", "区12345热线办理诉求三百件，12345热线满意率提高。", "望岚区12345热线"),
    ("云川市交通运输局", "12328交通运输服务监督热线受理诉求三百件。", "12328交通运输服务监督热线"),
    ("云川市人民政府", "依托全市政府网站集约化平台改版。", "云川市政府网站集约化平台"),
    ("云川市审计局", "登录全国审计项目管理系统填报。", "全国审计项目管理系统"),
    ("云川市民政局", "增设“局长信箱”“网上调查”栏目，局长信箱收到来信90封。", "“局长信箱”栏目 “网上调查”栏目"),
    ("云川大学", "在学校本科招生网公布章程。", "云川大学本科招生网"),
    ("云川市公安局", "报告可在“望岚在线”（http://www.wanglan.gov.cn）下载，在报纸、网站刊发稿件四十篇。", "“望岚在线”"),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "sentence", "names"), PLATFORMS)
def test_platforms(extractor: Extractor, tmp_path: Path, issuer: str, sentence: str, names: str) -> None:
    found = extracted(extractor, tmp_path, issuer, sentence)
    model = extractor.ontology.model
    assert {one.label for one in found.entities if model.is_a(one.cls, expand("pol:Platform"))} == set(
        names.split()
    )


WRITERS = [  # a text without a title, its writer
    ("在区委区政府领导下，广东从化经济开发区管理委员会落实各项要求。我委全年公开信息9条。", "广东从化经济开发区管理委员会"),
    ("全年公开信息9条。发改局在义乌市人民政府门户网站公开。我局未收到申请。", "义乌市发展和改革局"),
    ("青岚县人民政府网站公开信息9条，青岚县人民政府网站另设专栏，大河口乡党政办公室负责我乡的工作。大河口乡人民政府落实到位。", "青岚县大河口乡人民政府"),
    ("公安局微信公众号发布信息9条。盐津县公安局安排专人负责。", "盐津县公安局"),
    ("住建局在肥城市人民政府门户网站发布信息9条，住建局另外公开7条。", "肥城市住房和城乡建设局"),
    ("索引号：11330802000000001M/2023-00001\n望江镇政府公开信息9条。望江镇政府另设专栏，我镇未收到申请。", "衢州市柯城区望江镇人民政府"),
    ("索引号：11330802000000001A/2023-00001\n望江镇政府公开信息9条。望江镇政府另设专栏，我镇未收到申请。", "望江镇人民政府"),
    ("山东文理学院坚持公开。学校信息公开工作办公室统筹协调。", "山东文理学院"),
    ("现将岚口街道2020年政府信息公开情况予以公布。岚口街道坚持公开为常态。", "岚口街道办事处"),
    ("现将岚口街道办事处2020年度信息公开情况报告如下。岚口街办公开信息9条。", "岚口街道办事处"),
    ("现将本年度情况报告如下，各街道2020年工作另行公布。", ""),
    ("岚口街道办事处辖9个村。按照县委要求，我办公开信息9条。", "岚口街道办事处"),
    ("我县在云川市档案馆设查阅点。", ""),
    ("市政府成立领导小组，组织市监察局到22个市政府部门检查。", ""),
]  # fmt: skip


HEADS = [  # source and site in a page's head, its text, its writer
    ("云川市民政局", "云川市人民政府门户网站", "云川市人民政府部署后，我局公开信息9条。云川市民政局开展培训。", "云川市民政局"),
    ("云川市民政局", "云川市人民政府门户网站", "云川市人民政府部署后，我局公开信息9条。", ""),
    ("", "云川市人民政府门户网站", "云川市人民政府部署后，全年公开信息9条。", "云川市人民政府"),
    ("", "云川市人民政府门户网站", "全年公开信息9条。", ""),
]  # fmt: skip


TITLES = [  # who a title names, the writer's full name, its class
    ("四川天府新区管理委员会", "四川天府新区管理委员会", "Government"),
    ("西咸新区沣东新城管理委员会", "西咸新区沣东新城管理委员会", "Government"),
    ("株洲云龙示范区管理委员会", "株洲云龙示范区管理委员会", "Government"),
    ("济源示范区发展改革和统计局", "济源示范区发展改革和统计局", "Department"),
    ("深汕特别合作区审计局", "深汕特别合作区审计局", "Department"),
    ("国家铁路局广州铁路监督管理局", "国家铁路局广州铁路监督管理局", "Department"),
    ("审计署驻广州特派员办事处", "审计署驻广州特派员办事处", "Department"),
    ("中国证监会浙江监管局", "中国证券监督管理委员会浙江监管局", "Department"),
    ("国家税务总局广州南沙经济技术开发区税务局", "国家税务总局广州南沙经济技术开发区税务局", "Department"),
    ("水利部长江水利委员会", "水利部长江水利委员会", "Department"),
    ("东莞市长安镇人民政府", "东莞市长安镇人民政府", "Government"),
    ("凉山州西昌市人民政府", "西昌市人民政府", "Government"),
    ("曲阜师范大学", "曲阜师范大学", "PublicInstitution"),
    ("中共浙江省委机构编制委员会办公室", "中共浙江省委机构编制委员会办公室", "PartyBody"),
    ("贵州煤矿安全监察局", "贵州煤矿安全监察局", "Department"),
    ("深圳市建筑工务署", "深圳市建筑工务署", "Department"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "writer", "cls"), TITLES)
def test_writer_in_the_title(extractor: Extractor, tmp_path: Path, title: str, writer: str, cls: str) -> None:
    found = extracted(extractor, tmp_path, title, "我单位公开信息9条。")
    issuer = next(one for one in found.entities if one.iri == found.issuer)
    assert (issuer.label, issuer.cls) == (writer, expand(f"pol:{cls}"))


@pytest.mark.parametrize(("source", "site", "text", "writer"), HEADS)
def test_writer_by_the_head_of_a_page(
    extractor: Extractor, tmp_path: Path, source: str, site: str, text: str, writer: str
) -> None:
    path = tmp_path / "page.html"
    head = f'<meta name="SiteName" content="{site}"><meta name="contentsource" content="{source}">'
    body = f"<h1>2022年政府信息公开工作年度报告</h1><p>{text}</p>"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    found = extractor.extract(read(path, cues=extractor.ontology.cues), Mint())
    assert next((one.label for one in found.entities if one.iri == found.issuer), "") == writer
    assert ("FORM-ISSUER" in {one.code for one in found.findings}) == (not writer)


@pytest.mark.parametrize(("text", "writer"), WRITERS)
def test_writer_of_a_text_without_a_title(
    extractor: Extractor, tmp_path: Path, text: str, writer: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"一、总体情况\n2023年度，{text}\n", encoding="utf-8")
    found = extractor.extract(read(path, cues=extractor.ontology.cues), Mint())
    assert next((one.label for one in found.entities if one.iri == found.issuer), "") == writer


SCHOOLS = [  # title, first sentence, writer, year
    ("2022-2023学年度云川大学信息公开工作年度报告", "学校全年公开信息9条。", "云川大学", "2023"),
    ("一、概述", "2022-2023学年，山东文理学院公开信息9条。", "山东文理学院", "2023"),
]


@pytest.mark.parametrize(("title", "sentence", "writer", "year"), SCHOOLS)
def test_school_years(
    extractor: Extractor, tmp_path: Path, title: str, sentence: str, writer: str, year: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{title}\n{sentence}\n", encoding="utf-8")
    found = extractor.extract(read(path, cues=extractor.ontology.cues), Mint())
    assert next(one.label for one in found.entities if one.iri == found.issuer) == writer
    assert Literal(year, expand("xsd:gYear")) in {one.object for one in found.facts}
