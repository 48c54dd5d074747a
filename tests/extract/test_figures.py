"""What figures of running text count, in words of our own: value, measure, label or indicator, and what stands above it."""

from decimal import Decimal

import pytest

from kg.extract.extract import Extractor
from kg.extract.figures import FigureReader
from kg.extract.reading import Reading
from kg.facts import Literal
from kg.match.lexicon import Lexicon
from kg.match.scan import Scanner
from kg.terms import IND, Mint, expand
from kg.text import read_text

Row = tuple[str, str, str]  # value, measure, what is counted: an indicator's code, else the label

CASES: list[tuple[str, list[Row]]] = [
    # The clause's own words name what no indicator is like.
    ("印发惠民指引折页800张。", [("800", "Count", "印发惠民指引折页")]),
    ("局机关官方微信推文31篇。", [("31", "Count", "disclosed.wechat")]),
    ("开通政务微博账号4个。", [("4", "Count", "newmedia.accounts_microblog")]),
    # A name is no place to look for words: 人民政府 is not 民政.
    ("县人民政府公开信息52条。", [("52", "Count", "disclosed.total")]),
    ("目前没有发现应公开信息而未予公开的情况。", []),
    ("本年没有主动公开信息。", [("0", "Count", "disclosed.total")]),
    # What leads in a way of doing is left out; the noun after a figure may have loose words before it.
    ("各站所通过村务平台系统填报台账60份。", [("60", "Count", "村务平台系统填报台账")]),
    ("评审了12个2019年的水利项目。", [("12", "Count", "水利项目")]),
    ("走访6个极贫乡镇。", [("6", "Count", "极贫乡镇")]),
    ("有9个科室公开了工作流程。", [("9", "Count", "科室")]),
    # A number before its verb: what is told of a part says which, and never is the part all of what was counted.
    ("收到政府信息公开申请7件，其余2件正在补正。", [("7", "Count", "s3.new"), ("2", "Count", "正在补正")]),
    ("全年收到申请14件，11件予以公开，3件部分公开。", [("14", "Count", "s3.new"), ("11", "Count", "s3.disclosed"), ("3", "Count", "s3.partly")]),
    ("收到4件申请，其中3件予以公开，另1件不予公开。", [("4", "Count", "s3.new"), ("3", "Count", "s3.disclosed"), ("1", "Count", "s3.refuse")]),
    ("被申请行政复议6件，其中3件维持，2件责令重新公开，1件尚未审结。",
     [("6", "Count", "s4.review.total"), ("3", "Count", "s4.review.upheld"), ("2", "Count", "s4.review.corrected"),
      ("1", "Count", "s4.review.pending")]),
    ("行政诉讼5件，4件驳回诉讼请求，1件撤销。",
     [("5", "Count", "s4.suit"), ("4", "Count", "s4.suit.upheld"), ("1", "Count", "s4.suit.corrected")]),
    ("收到申请9件（7件为网上申请），9件均按时办结。", [("9", "Count", "s3.new"), ("7", "Count", "requests.online"), ("9", "Count", "requests.answered_in_time")]),
    ("制定规范性文件6件，其中2件由县政府印发。", [("6", "Count", "s2.1.normative.made"), ("2", "Count", "县政府印发")]),
    ("收到申请9件，较上年7件增加2件。", [("9", "Count", "s3.new"), ("7", "Count", "s3.new"), ("2", "Change", "s3.new")]),
    ("收到申请9件；2021年7件，2020年5件。", [("9", "Count", "s3.new"), ("7", "Count", "s3.new"), ("5", "Count", "s3.new")]),
    # Numbers in names and references, of an edition, a quarter, places moved; the same words with a number that counts.
    ("建成15分钟健身圈8个。", [("8", "Count", "建成15分钟健身圈")]),
    ("推广“富民30条”，完成20条意见的整理。", [("20", "Count", "意见")]),
    ("“云税通”3.0版上线，印制折页3版。", [("3", "Count", "印制折页")]),
    ("四季度发布信息40条。", [("40", "Count", "disclosed.total")]),
    ("按照条例第9至12条公开信息30条。", [("30", "Count", "disclosed.total")]),
    ("位次较上年前移2位，增聘讲解员2名。", [("2", "Count", "增聘讲解员")]),
    ("每5日公布库存情况，全年62期。", [("62", "Count", "公布库存")]),
    # A verb alone counts what the clause before says.
    ("公布保障房分配名单，已公布5批次。", [("5", "Count", "公布保障房分配名单")]),
    # Falls of other units than per cent, and their mean.
    ("答复时长较上年缩短2天。", [("-2", "Change", "答复时长")]),
    ("粉丝量突破3万，较上年增长1.5倍。", [("30000", "Count", "newmedia.followers"), ("1.5", "Change", "newmedia.followers")]),
    # Ranges have a least and a most; telephones and school years are none.
    ("每期培训10至15人。", [("10", "Count", "training.people"), ("15", "Count", "training.people")]),
    ("电话0570-3080112。", []),
    ("联系地址：望湖苑32栋，邮编324000。", []),
    ("本报告包括总体情况、其他事项等六项内容。", []),
    ("发布指南、目录、年度报告各1条，场所照片4张。",
     [("1", "Count", "发布指南"), ("1", "Count", "目录"), ("1", "Count", "年度报告"), ("4", "Count", "场所照片")]),
    ("茶园面积、果园面积较上年分别提高4.2和2.6个百分点。", [("4.2", "Change", "茶园面积"), ("2.6", "Change", "果园面积")]),
    ("受理信访件9件，已办结8件。", [("9", "Count", "participation.petitions"), ("8", "Count", "participation.petitions")]),
    ("采购图书7、12和9册。", [("7", "Count", "采购图书"), ("12", "Count", "采购图书"), ("9", "Count", "采购图书")]),
    ("网站、微信分别发布信息30条、20条。", [("30", "Count", "disclosed.website"), ("20", "Count", "disclosed.wechat")]),
    ("省级、县级养护站点分别撤并12个和3个。", [("12", "Count", "省级养护站点"), ("3", "Count", "县级养护站点")]),
    ("20秒接通率98%。", [("98", "Ratio", "接通率")]),
    # Nought of each item of a list, a number right behind what it counts, calls and not the number to call; no figure in a date.
    ("行政复议、行政诉讼分别为0。", [("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit")]),
    ("微信号推送信息865、视频信息97条。", [("865", "Count", "disclosed.wechat"), ("97", "Count", "视频信息")]),
    ("发布信息2022。", []),
    ("接听咨询电话6800余人次。", [("6800", "Count", "hotline.consultations")]),
    ("二○一四年二月十六日", []),
    # What was done between two figures is not what is counted.
    ("受理窗口由26个整合为9个。", [("26", "Count", "受理窗口"), ("9", "Count", "受理窗口")]),
    ("举办培训6场，办理时长由5天压缩至3.2天。",
     [("6", "Count", "training.sessions"), ("5", "Count", "办理时长"), ("3.2", "Count", "办理时长")]),
    # The most of a range is of what the least is of; a level after a rise is of what rose.
    ("火灾起数下降2%—3.5%。", [("-2", "Change", "火灾起数"), ("-3.5", "Change", "火灾起数")]),
    ("造林面积增长11%，达到2.8万亩；水稻产量增长6%，达到30万吨。",
     [("11", "Change", "造林面积"), ("28000", "Count", "造林面积"), ("6", "Change", "水稻产量"), ("300000", "Count", "水稻产量")]),
    ("绿化率从31%提高到2020年的34%。", [("31", "Ratio", "绿化率"), ("34", "Ratio", "绿化率")]),
    # What a list before 分别 shares with its last item belongs to each; so does what 分别 leads in.
    ("茶叶、水果产量分别增长4.3%、5.5%。", [("4.3", "Change", "茶叶产量"), ("5.5", "Change", "水果产量")]),
    ("火灾起数和受灾人数分别减少14.1%和19.4%。", [("-14.1", "Change", "火灾起数"), ("-19.4", "Change", "受灾人数")]),
    ("城乡居民收入分别增长4.4%、5.6%。", [("4.4", "Change", "城镇居民收入"), ("5.6", "Change", "农村居民收入")]),
    ("城镇和农村居民人均可支配收入分别达到4.2万元、2.1万元。",
     [("42000", "Amount", "城镇居民人均可支配收入"), ("21000", "Amount", "农村居民人均可支配收入")]),
    ("全市城镇、农村常住居民收入分别增长4%、6%。", [("4", "Change", "全市城镇常住居民收入"), ("6", "Change", "农村常住居民收入")]),
    ("三地收入分别增长5%、6%。", []),
    # How large a thing is built for counts nothing.
    ("建成20万吨级码头和千万级泵站。", []),
    ("港口吞吐量410万标箱、增长8.2%。", [("4100000", "Count", "港口吞吐量"), ("8.2", "Change", "港口吞吐量")]),
    # Noughts in words.
    ("未发生因信息公开引起的复议、诉讼和申诉。", [("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit"), ("0", "Count", "oversight.appeals")]),
    ("全年零申请、零复议、零诉讼。", [("0", "Count", "s3.new"), ("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit")]),
    ("行政复议、行政诉讼“零”发生。", [("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit")]),
    ("依申请公开零收费，政务公开零投诉。", [("0", "Amount", "fees.total"), ("0", "Count", "oversight.complaints")]),
    ("推行“零跑腿”办理和零距离服务。", []),
    ("因信息公开申请引起的行政复议和行政诉讼分别为3件、1件。", [("3", "Count", "s4.review.total"), ("1", "Count", "s4.suit")]),
    ("因信息公开引发的行政复议、行政诉讼均为0件。", [("0", "Count", "s4.review.total"), ("0", "Count", "s4.suit")]),
    # Units as printed: only 万 and 亿 are multiplied out; letters come in 封.
    ("收到居民来信37封。", [("37", "Count", "收到居民来信")]),
    # Small items, courses held and calls are counted in words of their own.
    ("养老领域7小项、托幼领域2小项。", [("7", "Count", "养老领域"), ("2", "Count", "托幼领域")]),
    ("网络课程312门次。", [("312", "Count", "网络课程")]),
    ("坐席接听来电1.5万余通。", [("15000", "Count", "坐席接听来电")]),
    ("基础设施三通一平，业务一网通办。", []),
    ("林场面积12.4平方公里。", [("12.4", "Count", "林场面积")]),
    # The year before of a school; quotations side by side; what is done so often stands after how often; who is ranked is no count.
    ("发布稿件906条，较上一学年的750条增长20.8%。",
     [("906", "Count", "发布稿件"), ("750", "Count", "发布稿件"), ("20.8", "Change", "发布稿件")]),
    ("“即时办”“帮你办”覆盖率分别为81.2%和40.5%。", [("81.2", "Ratio", "“即时办”覆盖率"), ("40.5", "Ratio", "“帮你办”覆盖率")]),
    ("依托短信平台，分12批次推送提醒。", [("12", "Count", "推送提醒")]),
    ("接待村民30人次查阅档案资料。", [("30", "Count", "接待村民")]),
    # A place in a ranking is a figure, but not how many are ranked.
    ("在考核中位列全市31个单位第5位。", [("5", "Count", "考核排名")]),
    ("全县第三方评估中，我镇排名第四。", [("4", "Count", "第三方评估排名")]),
    ("旅游收入位居全省第三。", [("3", "Count", "旅游收入排名")]),
    ("连续第6年开展义诊，第2名候选人通过公示。", []),
    ("以88.5分通过省厅档案验收。", [("88.5", "Count", "省厅档案验收得分")]),
    # How things are counted, how long something has lasted and how many items follow count nothing.
    ("各渠道发布的相同信息计1条，一稿多发按1条计算。", []),
    ("发布信息共计1条。", [("1", "Count", "disclosed.total")]),
    ("《条例》施行3周年之际，做好以下4项工作。", []),
    ("举办“建县70周年成就展”2场，纪念条例实施十周年。", [("2", "Count", "举办“建县70周年成就展”")]),
    ("收到自然人政府信息公开申请5件、企业公开申请3件。", [("5", "Count", "收到自然人政府信息公开申请"), ("3", "Count", "企业公开申请")]),
    ("查找出3点不足：一是人手少；二是经费紧。", []),
    ("发布通告3件：一是征地通告；二是禁渔通告。", [("3", "Count", "发布通告")]),
    ("规范登记、审核、送达4个环节。", []),
    # What did not happen, and how a rate is called.
    ("全年未发生网络安全事件。", [("0", "Count", "网络安全事件")]),
    ("全年未发生不公开的情况。", []),
    ("有效参与率81%。", [("81", "Ratio", "有效参与率")]),
    ("参观群众百余人。", [("100", "Count", "参观群众")]),
    ("参观群众上千人，服务千家万户。", [("1000", "Count", "参观群众")]),
    ("分9批次向农户发送短信。", [("9", "Count", "发送短信")]),
    # What is called otherwise than an indicator is a kind of it at most.
    ("召开村民座谈会7场。", [("7", "Count", "participation.symposia")]),
    ("摆放自助查询机6台。", [("6", "Count", "摆放自助查询机")]),
    ("全市31个单位公开了目录。", [("31", "Count", "单位")]),
    # Slogans count nothing, nor do numbers of parts.
    ("落实“行政执法三项制度”等要求。", []),
    ("突出3个重点，推进公开。", []),
    ("引导来访诉求4件依法分流。", [("4", "Count", "引导来访诉求")]),
    ("归集36家重点领域企业信息。", [("36", "Count", "重点领域企业信息")]),
    # How long something has gone on counts nothing; entries of accounts come in 笔.
    ("连续2个季度名列前茅，连续5个月受到表扬。", []),
    ("公布村集体账目460笔。", [("460", "Count", "公布村集体账目")]),
    ("办事事项由52项削减为33项，减幅36.5%。",
     [("52", "Count", "办事事项"), ("33", "Count", "办事事项"), ("-36.5", "Change", "办事事项")]),
    ("群众知晓率为81.2%，提高2.5个百分点。", [("81.2", "Ratio", "群众知晓率"), ("2.5", "Change", "群众知晓率")]),
    # A comparison that names nothing: after a list of parts it is of the whole, after a part alone or with its own of that part.
    ("收到申请66件，其中窗口递交40件、挂号信26件，同比增加6件，增长10%。",
     [("66", "Count", "s3.new"), ("40", "Count", "requests.in_person"), ("26", "Count", "requests.letter"), ("6", "Change", "s3.new"),
      ("10", "Change", "s3.new")]),
    ("采购图书80册，其中绘本30册、字典20册，较上年增长4%。",
     [("80", "Count", "采购图书"), ("30", "Count", "绘本"), ("20", "Count", "字典"), ("4", "Change", "采购图书")]),
    ("采购图书80册，其中绘本30册，同比增长4%；字典20册，同比下降9%。",
     [("80", "Count", "采购图书"), ("30", "Count", "绘本"), ("4", "Change", "绘本"), ("20", "Count", "字典"),
      ("-9", "Change", "字典")]),
    ("采购图书80册，其中绘本30册、字典20册；栽植苗木200册，较上年增长4%。",
     [("80", "Count", "采购图书"), ("30", "Count", "绘本"), ("20", "Count", "字典"), ("200", "Count", "栽植苗木"),
      ("4", "Change", "栽植苗木")]),
    # Where the figures tell, the reading in which they agree.
    ("采购图书80册，其中绘本30册，同比减少20册，下降20%。",
     [("80", "Count", "采购图书"), ("30", "Count", "绘本"), ("-20", "Change", "采购图书"), ("-20", "Change", "采购图书")]),
    ("采购图书80册，其中绘本30册、字典20册，同比减少5册，下降20%。",
     [("80", "Count", "采购图书"), ("30", "Count", "绘本"), ("20", "Count", "字典"), ("-5", "Change", "字典"),
      ("-20", "Change", "字典")]),
    ("采购图书80册，绘本50册、字典30册，同比减少20册，下降20%。",
     [("80", "Count", "采购图书"), ("50", "Count", "绘本"), ("30", "Count", "字典"), ("-20", "Change", "采购图书"),
      ("-20", "Change", "采购图书")]),
    # In the next sentence, and before what it is of; of nothing where several things may be meant.
    ("采购图书80册，其中绘本50册、字典30册。较2019年的64册增长25%。",
     [("80", "Count", "采购图书"), ("50", "Count", "绘本"), ("30", "Count", "字典"), ("64", "Count", "采购图书"),
      ("25", "Change", "采购图书")]),
    ("采购图书80册，修缮校舍4间。同比增长25%。", [("80", "Count", "采购图书"), ("4", "Count", "修缮校舍")]),
    ("较2019年的64册增加16册，增长25%，共采购图书80册。",
     [("80", "Count", "采购图书"), ("64", "Count", "采购图书"), ("16", "Change", "采购图书"), ("25", "Change", "采购图书")]),
    ("苗木产值，同比增长5%。", [("5", "Change", "苗木产值")]),
    # More and fewer than before, right behind what is compared with; 至少 and 不少于 are bounds.
    ("采购图书80册，比2019年少4册。", [("80", "Count", "采购图书"), ("-4", "Change", "采购图书")]),
    ("采购图书80册，较上年多购置4册。", [("80", "Count", "采购图书"), ("4", "Change", "采购图书")]),
    ("采购图书80册，每人不少于2册。", [("80", "Count", "采购图书"), ("2", "Count", "每人")]),
    # The rate that a change in points leads to, and what a clause before compares all with.
    ("绿化率较上年提高2.1个百分点，达到46.3%。", [("2.1", "Change", "绿化率"), ("46.3", "Ratio", "绿化率")]),
    ("苗木产值增长5%，达到300万元。", [("5", "Change", "苗木产值"), ("3000000", "Amount", "苗木产值")]),
    ("与2019年相比，栽植苗木增加12株，增长6%。", [("12", "Change", "栽植苗木"), ("6", "Change", "栽植苗木")]),
    # A rate of each item, of each figure before, and of all that was done together.
    ("出苗率、成活率均达到97%。", [("97", "Ratio", "出苗率"), ("97", "Ratio", "成活率")]),
    ("栽植苗木12株、草籽30株，成活率均为97%。",
     [("12", "Count", "栽植苗木"), ("30", "Count", "草籽"), ("97", "Ratio", "成活率")]),
    ("栽植苗木12株、草籽30株，成活率分别为97%、95%。",
     [("12", "Count", "栽植苗木"), ("30", "Count", "草籽"), ("97", "Ratio", "栽植苗木成活率"), ("95", "Ratio", "草籽成活率")]),
    # 与 in 参与 joins nothing.
    ("村民的知晓率、参与率、返乡率分别为87%、41%和95%。",
     [("87", "Ratio", "村民的知晓率"), ("41", "Ratio", "参与率"), ("95", "Ratio", "返乡率")]),
    ("图解占比提高到40%。", [("40", "Share", "interpretation.picture")]),
    # Words that begin like filler; the rest of a whole; a verb alone is of what was counted before; another unit may count something else.
    ("约谈负责人1名，新媒体小编20名。", [("1", "Count", "约谈负责人"), ("20", "Count", "新媒体小编")]),
    ("新栽植苗木20株。", [("20", "Count", "栽植苗木")]),
    ("采购图书30册，发放20册，涉及村庄，其余10册。", [("30", "Count", "采购图书"), ("20", "Count", "发放采购图书"), ("10", "Count", "其余采购图书")]),
    ("收到申请60件，50件予以公开，主要涉及征地；其余4件为“信息不存在”等。",
     [("60", "Count", "s3.new"), ("50", "Count", "s3.disclosed"), ("4", "Count", "s3.nonexistent")]),
    ("公开规章13件（含新制定5件，修改3件，废止4件）。",
     [("13", "Count", "s2.1.rules.published"), ("5", "Count", "s2.1.rules.made"), ("3", "Count", "修改规章"), ("4", "Count", "s2.1.rules.repealed")]),
    ("清理规范性文件6件，保留4件。", [("6", "Count", "documents.cleaned"), ("4", "Count", "s2.1.normative.in_force")]),
    ("制定规范性文件6件，废止4件。", [("6", "Count", "s2.1.normative.made"), ("4", "Count", "s2.1.normative.repealed")]),
    ("收到网民留言80条，公开答复72条。", [("80", "Count", "participation.messages"), ("72", "Count", "participation.messages_answered")]),
    ("收到申请60件，上年结转2件，办结61件。", [("60", "Count", "s3.new"), ("2", "Count", "s3.carried_in"), ("61", "Count", "s3.total")]),
    ("举办培训2次56人。", [("2", "Count", "training.sessions"), ("56", "Count", "training.people")]),
    # A space may stand between thousands, right behind a word; else it parts two numbers.
    ("栽植苗木1 234株。", [("1234", "Count", "栽植苗木")]),
    ("栽植苗木1234 567株。", [("567", "Count", "栽植苗木1234")]),
    # A sentence that begins with 其中 divides the last figure of the one before; without it nothing is a part.
    ("被申请行政复议6件。其中5件维持，1件纠正。",
     [("6", "Count", "s4.review.total"), ("5", "Count", "s4.review.upheld"), ("1", "Count", "s4.review.corrected")]),
    ("被申请行政复议6件。其中，5件维持。", [("6", "Count", "s4.review.total"), ("5", "Count", "s4.review.upheld")]),
    ("采购图书80册。其中绘本30册。", [("80", "Count", "采购图书"), ("30", "Count", "绘本")]),
    # What a clause tells one by one of the names that the one before counts, or of kinds of one thing, is never the whole of it.
    ("开设“护林”“防汛”2个专题，发布信息分别为37、52条。",
     [("2", "Count", "website.columns"), ("37", "Count", "“护林”发布信息"), ("52", "Count", "“防汛”发布信息")]),
    ("护林、防汛2个专题，分别发布信息37条、52条。",
     [("2", "Count", "website.columns"), ("37", "Count", "护林发布信息"), ("52", "Count", "防汛发布信息")]),
    ("收到自然人、法人申请分别为20件、5件。", [("20", "Count", "收到自然人申请"), ("5", "Count", "法人申请")]),
    # What is wanting is no count, what did not come is.
    ("没有建立培训制度，没有形成长效机制。", []),
    ("没有制定规范性文件。", [("0", "Count", "s2.1.normative.made")]),
    ("未发生失泄密问题。", [("0", "Count", "失泄密问题")]),
    # What became of reviews and suits, said alone; what was handled behind what was carried in; a difference of two values.
    ("被提起行政诉讼5件（驳回3件、尚未审结2件）。",
     [("5", "Count", "s4.suit"), ("3", "Count", "s4.suit.upheld"), ("2", "Count", "s4.suit.pending")]),
    ("采购图书5册（字典3册、尚未拆封2册）。", [("5", "Count", "采购图书"), ("3", "Count", "字典"), ("2", "Count", "尚未拆封")]),
    ("公开栏由33个合并为21个，减少12个。", [("33", "Count", "公开栏"), ("21", "Count", "公开栏"), ("-12", "Change", "公开栏")]),
    ("公开栏33个、展板21个，减少12个。", [("33", "Count", "公开栏"), ("21", "Count", "展板"), ("12", "Count", "减少展板")]),
    ("新收申请8件，已全部办结，上年结转2件，办结9件。", [("8", "Count", "s3.new"), ("2", "Count", "s3.carried_in"), ("9", "Count", "s3.total")]),
    ("归集现行有效政策86件，现行有效规范性文件9件。", [("86", "Count", "归集现行有效政策"), ("9", "Count", "s2.1.normative.in_force")]),
    ("为近五年来最高，3年来栽植苗木5株。", [("5", "Count", "栽植苗木")]),
    ("（二十三）栽植苗木5株。", [("5", "Count", "栽植苗木")]),
    # Places moved, parts of a year.
    ("考核较上年提升2个位次，满意度排名上升3位，下降1名。", []),
    ("提升2个品牌，新增讲解员3名。", [("2", "Count", "品牌"), ("3", "Count", "新增讲解员")]),
    ("合格率由一季度的93.3%升至四季度的100%。", [("93.3", "Ratio", "合格率"), ("100", "Ratio", "合格率")]),
    # Followers and views without a unit.
    ("关注用户8.7万，粉丝1.2万，阅读量10万+。",
     [("87000", "Count", "newmedia.followers"), ("12000", "Count", "newmedia.followers"), ("100000", "Count", "newmedia.reads")]),
    ("推出“10万+”作品5条。", [("5", "Count", "推出“10万+”作品")]),
    # Parts and multiples in words; what is said of a share is what it counts. 三成 that begins 三成立 is none, nor how far work has come.
    ("栽植苗木120株，较上年减少三成。", [("120", "Count", "栽植苗木"), ("-30", "Change", "栽植苗木")]),
    ("栽植苗木260株，比上年翻一番。", [("260", "Count", "栽植苗木"), ("1", "Change", "栽植苗木")]),
    ("栽植苗木260株，较2018年翻了两番。", [("260", "Count", "栽植苗木"), ("3", "Change", "栽植苗木")]),
    ("采购图书较上年同期的30册增加了一倍，达60册。",
     [("30", "Count", "采购图书"), ("1", "Change", "采购图书"), ("60", "Count", "采购图书")]),
    ("栽植苗木120株，近九成通过招标采购。", [("120", "Count", "栽植苗木"), ("90", "Share", "通过招标采购")]),
    ("栽植苗木120株，其中樟树过半。", [("120", "Count", "栽植苗木"), ("50", "Share", "樟树")]),
    ("栽植苗木120株，其中三成为樟树。", [("120", "Count", "栽植苗木"), ("30", "Share", "为樟树")]),
    ("其中之一成为样板，第三成果上报。", []),
    ("三成以上的苗木来自外地。", [("30", "Share", "来自外地")]),
    ("90%以上的纠纷化解在村里。", [("90", "Share", "化解在村里")]),
    ("百分之九十以上的苗木来自外地。", [("90", "Share", "来自外地")]),
    ("出苗率八成五，成活率超过九成。", [("85", "Ratio", "出苗率"), ("90", "Ratio", "成活率")]),
    ("时间过半，其中两成员单位换届，按30%的比例抽查苗木。", []),
    ("完成100%的任务。", []),
]  # fmt: skip


def readings(extractor: Extractor, text: str) -> list[Reading]:
    document = read_text(
        f"衢州市人民政府2020年政府信息公开工作年度报告\n{text}", cues=extractor.ontology.cues
    )
    scan = Scanner(Lexicon(extractor.ontology)).scan(document.folded, document.sentences)
    return list(FigureReader(extractor.ontology).read(document, scan, 2020))


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_figures_count_what_their_clause_says(extractor: Extractor, text: str, rows: list[Row]) -> None:
    indicators = extractor.ontology.vocabulary.indicators
    found = [
        (one.value, one.measure, indicators[one.indicator].notation if one.indicator else one.label)
        for one in readings(extractor, text)
    ]
    assert found == [(Decimal(value), measure, counted) for value, measure, counted in rows]


def test_a_kind_of_an_indicator_stands_under_it(extractor: Extractor) -> None:
    (figure,) = readings(extractor, "发布招录信息4条。")
    assert (figure.indicator, figure.broader) == ("", f"{IND}disclosed.personnel")


def test_the_rest_is_of_the_whole_of_its_sentence(extractor: Extractor) -> None:
    *_, rest = readings(extractor, "收到申请30件，答复28件，其余2件退回。")
    assert (rest.label, rest.broader) == ("退回", f"{IND}s3.new")


def test_a_share_is_of_what_its_words_say(extractor: Extractor) -> None:
    (figure,) = readings(extractor, "政务公开占绩效考核的分值比重为4%。")
    assert (figure.measure, figure.whole, figure.whole_label) == ("Share", None, "绩效考核")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("采购图书80册。其中绘本占60%。", "采购图书"),
        ("采购图书80册。外文图书占60%。", "采购图书"),
        ("发出问卷80份，回答“满意”的占60%。", "发出问卷"),
        ("选派干部80名。外文图书占60%。", None),
        ("采购图书90册，选派干部80名，数据集占比60%。", None),
    ],
)
def test_a_share_is_of_a_figure_before_that_speaks_of_the_same(
    extractor: Extractor, text: str, whole: str | None
) -> None:
    share = readings(extractor, text)[-1]
    assert (share.measure, share.whole.label if share.whole else None) == ("Share", whole)


@pytest.mark.parametrize(
    ("text", "bound", "whole"),
    [
        ("收到来信80封，半数以上来信来自村民。", "AtLeast", "收到来信"),
        ("七成的苗木来自外地。", "About", "苗木"),
        ("收到来信80封，近九成通过网上提交。", "Nearly", "收到来信"),
    ],
)
def test_a_share_in_words_is_rough_and_of_what_stands_behind_it(
    extractor: Extractor, text: str, bound: str, whole: str
) -> None:
    share = readings(extractor, text)[-1]
    assert (share.bound, share.whole.label if share.whole else share.whole_label) == (bound, whole)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("全市收到政府信息公开申请61件，其中市本级22件、各部门39件。", ["WholeRegion", "OwnBody", ""]),
        ("全市新收申请61件，市本级新收申请22件。", ["WholeRegion", "OwnBody"]),
        ("全市共同努力，收到政府信息公开申请61件，市本级办结22件。", ["WholeRegion", "OwnBody"]),
        ("全市收到政府信息公开申请61件，其中信函12件。", ["WholeRegion", "WholeRegion"]),
        ("公开全国人大代表建议答复17件。", [""]),
        ("收到政府信息公开申请61件，占全市的14.2%。", ["", ""]),
        ("全市收到政府信息公开申请61件，其中市政府本级22件。", ["WholeRegion", "OwnBody"]),
        ("公开全市人大代表建议答复17件。", ["WholeRegion"]),
    ],
)
def test_the_scope_of_each_figure(extractor: Extractor, text: str, scopes: list[str]) -> None:
    assert [one.scope for one in readings(extractor, text)] == scopes


def test_the_own_level_of_a_whole_counts_the_same(extractor: Extractor) -> None:
    for text in (
        "全市收到政府信息公开申请61件，其中市本级22件、县区39件。",
        "全县收到政府信息公开申请61件，其中县政府本级22件。",
    ):
        assert [one.indicator.removeprefix(IND) for one in readings(extractor, text)][:2] == [
            "s3.new",
            "s3.new",
        ]
    (_, own) = readings(extractor, "全市收到政府信息公开申请61件，其中市本级网上办理22件。")
    assert own.indicator != f"{IND}s3.new"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("全市收到申请61件，其中市本级22件、县（市、区）39件。", "县（市、区）申请"),
        ("全县公开信息520条，其中各乡镇200条。", "乡镇公开信息"),
    ],
)
def test_the_places_below_count_a_part_of_the_whole(extractor: Extractor, text: str, label: str) -> None:
    whole, *_, part = readings(extractor, text)
    assert (part.indicator, part.broader, part.label) == ("", whole.indicator, label)


@pytest.mark.parametrize(
    ("text", "label", "broader"),
    [
        ("热线日均接听120个。", "热线日均接听", "hotline.calls"),
        ("人均公开信息15条。", "人均公开信息", "disclosed.total"),
        ("全局每周公开信息15条。", "每周公开信息", "disclosed.total"),
    ],
)
def test_a_count_of_each_day_or_week_is_none_of_the_year(
    extractor: Extractor, text: str, label: str, broader: str
) -> None:
    (rate,) = readings(extractor, text)
    assert (rate.indicator, rate.label, rate.broader) == ("", label, f"{IND}{broader}")


def test_an_indicator_of_each_day_is_named_so(extractor: Extractor) -> None:
    (rate,) = readings(extractor, "网站日均访问量12000次。")
    assert rate.indicator == f"{IND}website.visits_daily"


def test_what_is_held_each_month_is_counted_for_the_year(extractor: Extractor) -> None:
    (count,) = readings(extractor, "每月发布政府信息，全年公开信息560条。")
    assert count.indicator == f"{IND}disclosed.total"


def test_a_count_of_places_is_no_part(extractor: Extractor) -> None:
    assert [one.part_of for one in readings(extractor, "全县公开信息520条，共有乡镇12个。")] == [None, None]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("市政府及市政府办公室共收到政府信息公开申请22件。", None),
        ("市政府办公室共收到政府信息公开申请22件。", "市政府办公室"),
        ("市政府网站公开信息22条。", "市政府网站"),
    ],
)
def test_what_two_bodies_share_is_of_neither_alone(
    extractor: Extractor, text: str, about: str | None
) -> None:
    (figure,) = readings(extractor, text)
    stands = f"衢州市人民政府2020年政府信息公开工作年度报告\n{text}"
    assert [one.span.of(stands) for one in figure.about] == ([about] if about else [])


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("通过门户网站、微信公众号公开信息300条。", "disclosed.total"),
        ("在县政府网站和“望岚发布”微信公众号发布信息320条。", "disclosed.total"),
        ("通过县政府门户网站、政务微博及望岚发布公众号等渠道公开信息430条。", "disclosed.total"),
        ("在门户网站信息公开专栏发布信息440条。", "disclosed.website"),
        ("在门户网站发布信息380条，微信公众号发布390条。", "disclosed.website"),
        ("通过宣传栏、电子屏等其他方式公开41条。", "disclosed.other_ways"),
    ],
)
def test_what_several_channels_share_is_of_none_alone(
    extractor: Extractor, text: str, indicator: str
) -> None:
    count = readings(extractor, text)[0]
    assert count.indicator == f"{IND}{indicator}"
    joint = indicator != "disclosed.website"
    assert (count.about == ()) == joint


def test_bodies_that_act_together_are_no_part_of_what_they_count(extractor: Extractor) -> None:
    for text in (
        "市发改委、市财政局联合发布公告12期。",
        "市财政局联合发布公告12期。",
        "市发改委和市财政局全年联合发布公告12期。",
    ):
        assert [one.label for one in readings(extractor, text)] == ["联合发布公告"]
    (count,) = readings(extractor, "市财政局网站公告栏目12个。")
    assert count.label.startswith("市财政局网站")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("要点列出4类21条83项重点任务。", ["重点任务"] * 3),
        ("检查发现问题2类15个。", ["检查发现问题"] * 2),
        ("举办培训3场120人次，讲座2场。", ["举办培训", "举办培训", "讲座"]),
    ],
)
def test_figures_in_a_row_count_the_noun_behind_the_last(
    extractor: Extractor, text: str, labels: list[str]
) -> None:
    assert [one.label for one in readings(extractor, text)] == labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("在去年的基础上新增栏目5个。", "新增栏目"),
        ("全市在专项整治过程中清理账号41个。", "清理账号"),
        ("政务公开工作中2项。", "政务公开工作"),
        ("全年制作35期新媒体作品。", "新媒体作品"),
    ],
)
def test_what_a_figure_is_only_set_in_is_left_out(extractor: Extractor, text: str, label: str) -> None:
    (count,) = readings(extractor, text)
    assert count.label == label


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("公开政府信息12345条。", [12345]),
        ("拨打12345人工服务热线，12345平台办结工单20件。", [20]),
        ("涉及资金1亿2千万元，投入2亿3500余万元，惠及群众2万3千人。", [120000000, 235000000, 23000]),
        ("收到问卷3万、2千份。", [30000, 2000]),
    ],
)
def test_the_values_of_long_numbers(extractor: Extractor, text: str, values: list[int]) -> None:
    assert [one.value for one in readings(extractor, text)] == values


@pytest.mark.parametrize(
    ("text", "label", "indicator"),
    [
        ("公开党务23条、政务45条，共计68条。", "公开党务、政务", ""),
        ("网站发布信息12条，微信公众号发布信息30条，共计42条。", "", "disclosed.total"),
        ("收到申请42件，其中网上12件、信函30件，共42件。", "", "s3.new"),
        ("公开党务23条、政务45条，共计70条。", "政务", ""),
    ],
)
def test_a_total_behind_its_parts_counts_them_together(
    extractor: Extractor, text: str, label: str, indicator: str
) -> None:
    total = readings(extractor, text)[-1]
    assert total.indicator == (f"{IND}{indicator}" if indicator else "")
    assert not label or total.label == label


def test_a_share_is_of_no_figure_that_only_came_before(extractor: Extractor) -> None:
    told = readings(extractor, "教育类32条，占25%；医疗类28条，占21.9%。")
    assert [one.whole for one in told if one.measure == "Share"] == [None, None]
    told = readings(extractor, "公开信息共128条。教育类32条，占25%；医疗类28条，占20.9%。")
    assert [one.whole and one.whole.value for one in told if one.measure == "Share"] == [128, 128]


@pytest.mark.parametrize(
    ("text", "indicator", "label"),
    [
        ("每季度开展一次抽查，全年抽查4次。", "", "抽查"),
        ("我局共有门户网站1个。", "website.sites", ""),
        ("县政府建有门户网站1个。", "website.sites", ""),
        ("公开行政许可事项386项。", "", "公开行政许可事项"),
        ("办理行政许可386件。", "s2.5.licence.decisions", ""),
    ],
)
def test_what_a_number_of_something_counts(
    extractor: Extractor, text: str, indicator: str, label: str
) -> None:
    (count,) = readings(extractor, text)
    assert count.indicator == (f"{IND}{indicator}" if indicator else "")
    assert not label or count.label == label


def test_shares_in_a_row_are_of_the_same_whole(extractor: Extractor) -> None:
    text = "公开信息612万条，各县公开588万条，占比96.1%；政府公报刊登规范性文件等信息0.19万条，占比0.03%。"
    *_, last = readings(extractor, text)
    assert last.whole is not None
    assert last.whole.value == 6120000
    assert last.indicator == f"{IND}disclosed.gazette"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "接受群众来访156批次312人次，同比分别下降12.3%和9.8%。",
            ["接受群众来访 -12.3", "接受群众来访 -9.8"],
        ),
        (
            "接待来访120批次，发放折页460份，同比分别增长3.5%、6.1%。",
            ["接待来访 3.5", "发放折页 6.1"],
        ),
        ("接待来访120批次，三地收入分别增长5%、6%、7%。", []),
        ("接待来访120批次，发放折页460份，三地收入分别增长5%、6%。", []),
    ],
)
def test_changes_in_a_row_are_of_the_counts_before(
    extractor: Extractor, text: str, changes: list[str]
) -> None:
    told = [one for one in readings(extractor, text) if one.measure == "Change"]
    assert [f"{one.label} {one.value}" for one in told] == changes


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("校长信箱共收到来信462封，回复458封。", ["校长信箱共收到来信", "回复来信"]),
        ("处理热线工单8234件，办结8201件。", ["处理热线工单", "办结热线工单"]),
        ("收到热线工单8234件，处理8201件。", ["收到热线工单", "处理热线工单"]),
    ],
)
def test_what_was_done_was_done_to_the_thing_alone(
    extractor: Extractor, text: str, labels: list[str]
) -> None:
    assert [one.label for one in readings(extractor, text)] == labels


def test_an_item_behind_a_figure_bars_nothing_of_it(extractor: Extractor) -> None:
    told = readings(extractor, "“望岚发布”微信公众号发布图文信息412条、微博816条。")
    assert [one.indicator for one in told] == [f"{IND}disclosed.wechat", f"{IND}disclosed.microblog"]


def test_fees_of_several_kinds_are_fees(extractor: Extractor) -> None:
    (fee,) = readings(extractor, "全年收取检索费、复制费、邮寄费共计26元。")
    assert fee.indicator == f"{IND}fees.total"


def test_a_range_has_a_least_and_a_most(extractor: Extractor) -> None:
    assert [one.bound for one in readings(extractor, "办理时间3-5天。")] == ["AtLeast", "AtMost"]


def test_what_leads_a_list_in_bounds_each_of_it(extractor: Extractor) -> None:
    found = readings(extractor, "茶叶和水果产值分别超过8万元、4.5万元。")
    assert [(str(one.value), one.bound) for one in found] == [("80000", "AtLeast"), ("45000", "AtLeast")]


def test_a_former_value_is_of_the_year_before_unless_one_is_named(extractor: Extractor) -> None:
    assert [one.year for one in readings(extractor, "绿化率从31%提高到34%。")] == [2019, 2020]
    assert [one.year for one in readings(extractor, "绿化率从2018年的31%提高到34%。")] == [2018, 2020]
    assert [one.year for one in readings(extractor, "月均访问量由上年的1200人次上升到1900人次。")] == [
        2019,
        2020,
    ]
    assert [one.year for one in readings(extractor, "公开栏20个，去年为15个。")] == [2020, 2019]
    assert [one.year for one in readings(extractor, "公开栏20个，增长33.3%（上年15个）。")] == [
        2020,
        2020,
        2019,
    ]
    assert [one.year for one in readings(extractor, "公开栏20个，是上年的2.3倍。")] == [2020, 2020]


def test_a_clause_names_the_year_with_which_what_follows_is_compared(extractor: Extractor) -> None:
    for text, compared in (
        ("与2018年相比，栽植苗木增加12株。", 2018),
        ("与上年相比，栽植苗木增加12株。", 2019),
        ("较2018年，栽植苗木增加12株。", 2018),
    ):
        assert [(one.year, one.compared) for one in readings(extractor, text)] == [(2020, compared)]


def test_years_in_a_list_have_a_figure_each(extractor: Extractor) -> None:
    for text in (
        "2019年和2020年分别采购图书12册和15册。",
        "2019年、2020年图书采购量分别为12册、15册。",
        "2019年、2020年，我局分别采购图书12册、15册。",
    ):
        assert [(one.year, one.value) for one in readings(extractor, text)] == [(2019, 12), (2020, 15)]
    assert [one.year for one in readings(extractor, "2020年小学、中学分别采购图书12册和15册。")] == [
        2020,
        2020,
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (
            "六、2021年工作打算\n1.将公开工作的分值由1分提高到3分。\n2.投入30万元改造公开栏。",
            ["2020", "2021", "2021"],
        ),
        ("五、改进措施\n下一步，一是举办培训班4期；二是以2019年的6个试点为样板建站。", ["2021", "2019"]),
        ("五、改进情况\n一是举办培训班4期；二是改造公开栏7个。", ["2020", "2020"]),
        ("五、改进措施\n2021年，我市将做好以下工作：一是满意率提高到95%以上。", []),
        (
            "三、收到和处理申请情况\n结转下年度继续办理1件。\n五、存在的问题及改进情况\n存在问题：更新有待加强。\n改进情况：一是组织演练3次；二是印发通报12期。",
            ["2020", "2020", "2020"],
        ),
        ("一、概述\n安排部署了今后一段时期的公开工作，全年公开信息128条。", ["2020"]),
        ("一、概述\n粉丝数达9.6万，较2018年底增加1.4万；视频号发布短视频105条。", ["2020", "2020"]),
    ],
)
def test_figures_of_plans_are_for_the_year_after(extractor: Extractor, text: str, years: list[str]) -> None:
    document = read_text(
        f"衢州市人民政府2020年政府信息公开工作年度报告\n{text}", cues=extractor.ontology.cues
    )
    facts = extractor.extract(document, Mint()).facts
    told = sorted(
        (fact for fact in facts if fact.predicate == expand("sdmx-dimension:refPeriod")),
        key=lambda fact: fact.evidence[0].end,
    )
    assert [fact.object.value for fact in told if isinstance(fact.object, Literal)] == years


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("“望岚课堂”微信公众号推送信息156条，阅读量8.5万次，粉丝3万人。", ["“望岚课堂”微信公众号"] * 3),
        ("政务微信“望岚课堂”订阅数3.5万人，发布信息182条，阅读量超26万次。", ["政务微信“望岚课堂”"] * 3),
        ("“望岚课堂”微信公众号发布推文92篇、粉丝数达2.4万。", ["“望岚课堂”微信公众号"] * 2),
        ("局门户网站公开信息520条，其中政策文件30条。", ["局门户网站"] * 2),
        # Of what the account does not do or have, of all channels together, and behind another name.
        ("“望岚课堂”微信公众号推送信息156条，受理申请5件，举办政务公开培训3期。", ["“望岚课堂”微信公众号", None, "政务公开培训"]),
        ("局门户网站公开信息520条，全年共公开信息800条。", ["局门户网站", None]),
        ("局门户网站公开信息520条，市财政局公开信息80条。", ["局门户网站", "市财政局"]),
        ("局门户网站公开信息520条，微博80条，阅读量3万次。", ["局门户网站", None, None]),
        # What is done by way of a site is its own, what follows may be done otherwise; who reads is of the site.
        ("通过局门户网站公开信息520条，公开目录30条，访问量12万次。", ["局门户网站", None, "局门户网站"]),
        # A bare word means the channel that it ends.
        ("依托局门户网站、“望岚课堂”官方微博，发布信息156条，其中微博100条。", [None, "“望岚课堂”官方微博"]),
    ],
)  # fmt: skip
def test_figures_behind_the_first_of_an_account_are_the_accounts(
    extractor: Extractor, text: str, whose: list[str | None]
) -> None:
    stands = f"衢州市人民政府2020年政府信息公开工作年度报告\n{text}"
    found = [[mention.span.of(stands) for mention in one.about] for one in readings(extractor, text)]
    assert found == [[one] if one else [] for one in whose]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("政务微信“望岚课堂”粉丝3.5万人，发布信息182条。", "disclosed.wechat"),
        ("“望岚课堂”抖音号粉丝2万人，发布信息20条。", "disclosed.newmedia"),
        ("局领导接访3.5万人，发布信息182条。", "disclosed.total"),
    ],
)
def test_what_an_account_publishes_is_not_all_that_was_disclosed(
    extractor: Extractor, text: str, indicator: str
) -> None:
    assert readings(extractor, text)[-1].indicator == f"{IND}{indicator}"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("办理市人大代表建议45件、政协提案62件，办复率100%。", "proposals.rate"),
        ("信箱收到来信186封，回复率100%。", "participation.answer_rate"),
        ("认真办理群众来信，回复率100%。", "participation.answer_rate"),
        ("受理交通业务5600件，办结率99.8%。", "交通业务办结率"),
        ("行政许可办结率98%。", "行政许可办结率"),
        ("收到申请12件，按时答复率100%。", "requests.answered_in_time_rate"),
        ("收到申请12件，其中网上申请5件、来信申请7件，答复率100%。", "requests.answered_in_time_rate"),
        ("办理提案45件，依申请公开办结率99%。", "requests.answered_in_time_rate"),
        ("按时办结率100%。", "requests.answered_in_time_rate"),
    ],
)
def test_a_rate_of_answers_is_of_what_was_asked(extractor: Extractor, text: str, counted: str) -> None:
    rate = readings(extractor, text)[-1]
    assert (rate.measure, rate.indicator.removeprefix(IND) or rate.label) == ("Ratio", counted)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("作出行政许可决定203件，行政处罚决定56件，行政强制3件。",
         ["s2.5.licence.decisions", "s2.6.penalty.decisions", "s2.6.coercion.decisions"]),
        ("办理水事行政处罚56件，行政许可决定3.4万件。", ["s2.6.penalty.decisions", "s2.5.licence.decisions"]),
        ("公示行政处罚信息98条，公示行政许可信息60条。", ["disclosed.enforcement"] * 2),
        ("公示作出的行政处罚决定98件。", ["公示作出的行政处罚决定"]),
        ("公开行政许可结果45条、行政处罚决定书32份。", ["公开行政许可结果", "行政处罚决定书"]),
        ("作出行政许可决定12件，公示行政处罚8件。", ["s2.5.licence.decisions", "公示行政处罚"]),
    ],
)  # fmt: skip
def test_decisions_that_are_shown_are_not_those_made(
    extractor: Extractor, text: str, counted: list[str]
) -> None:
    found = [one.indicator.removeprefix(IND) or one.label for one in readings(extractor, text)]
    assert found == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("出台《望岚档案移交办法》《望岚窗口服务规范》等规程15项。", ["出台规程"]),
        ("先后印发《望岚公平竞争审查办法》《望岚投资管理规程》等文件8件。", ["documents.issued"]),
        ("印发《望岚备课办法》等一系列文件8件，清点文件2件。", ["documents.issued", "清点文件"]),
        ("对《望岚校车通行计划（2019—2021年）》等4份文件进行了图解。", ["文件"]),
        ("政企恳谈会召开24场，招商推介会举办6场。", ["政企恳谈会", "招商推介会"]),
        ("编制完成26个试点领域基层政务公开标准目录。", ["试点领域基层政务公开标准目录"]),
        ("编制重点领域公开目录26个。", ["items.directories"]),
        ("明确5个方面18项任务。", ["任务", "任务"]),
        ("从3个方面推进公开，清点文件4份。", ["清点文件"]),
        ("公开信息300余条，受众约2万人次，近千人参加。", ["disclosed.total", "受众", "参加"]),
        ("来信120件，网民来信30件。", ["来信", "participation.messages"]),
        ("收到申请83件，其中乡镇9件、部门47件；已办结80件。", ["s3.new", "乡镇申请", "部门", "s3.total"]),
    ],
)  # fmt: skip
def test_what_stands_around_titles_parts_and_verbs_is_not_what_is_counted(
    extractor: Extractor, text: str, counted: list[str]
) -> None:
    found = [one.indicator.removeprefix(IND) or one.label for one in readings(extractor, text)]
    assert found == counted


def test_the_people_who_came_are_no_part_of_what_was_published(extractor: Extractor) -> None:
    *_, came = readings(extractor, "公开信息300条，近千人参加。")
    assert (came.value, came.bound, came.part_of, came.broader) == (1000, "Nearly", None, "")


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("办理热线工单1890件，满意度96.3%，居全区第三。", ["", "", "WholeRegion"]),
        ("开展“护林周”“全国土地日”主题宣传活动6场。", [""]),
        ("开展全市“土地日”主题宣传活动6场。", ["WholeRegion"]),
        ("全市各级机关公开规范性文件326件，市政府网站发布解读材料41篇。", ["WholeRegion", ""]),
        ("全市各部门通过市政府网站公开信息520条，受理申请83件。", ["WholeRegion", "WholeRegion"]),
        ("全市收到申请61件，其中市教育局12件。", ["WholeRegion", ""]),
        ("全市收到申请61件，其中网上申请12件。", ["WholeRegion", "WholeRegion"]),
    ],
)
def test_the_scope_is_of_the_figures_own_clause_and_subject(
    extractor: Extractor, text: str, scopes: list[str]
) -> None:
    assert [one.scope for one in readings(extractor, text)] == scopes


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("网上公开占信息总量的百分之八十五，其余占百分之十五。", [(85, "信息"), (15, "信息")]),
        ("收到申请20件，其中网上申请占60%，其余占40%。", [(60, "收到申请"), (40, "收到申请")]),
        ("共收到申请86件。对48家单位开展评估，结果优秀的占35%。", [(35, "单位")]),
    ],
)
def test_shares_of_the_rest_and_of_those_just_counted(
    extractor: Extractor, text: str, shares: list[tuple[int, str]]
) -> None:
    found = [one for one in readings(extractor, text) if one.measure == "Share"]
    assert [(one.value, one.whole.label if one.whole else one.whole_label) for one in found] == shares


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("收到申请120件、行政复议8件，较上年分别增长10%和下降20%。", [10, -20]),
        ("茶叶、水果、稻谷产量分别增长4%、下降5%和6%。", [4, -5, -6]),
        ("茶叶、水果产量分别下降4%和5%。", [-4, -5]),
    ],
)
def test_changes_in_a_list_have_a_verb_of_their_own_or_that_before(
    extractor: Extractor, text: str, values: list[int]
) -> None:
    found = readings(extractor, text)
    assert [one.value for one in found if one.measure == "Change"] == values
