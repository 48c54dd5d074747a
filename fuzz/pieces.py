"""Pieces of each language that mean something to its reader."""

from struct import pack


def _bytes(*words: str) -> list[bytes]:
    return [word.encode("utf-8", "surrogatepass") for word in words]


TEXT = [
    *_bytes(
        "一、总体情况\n", "（一）", "(二)", "1.", "一是", "；", "。", "，", "\n", "\r\n", "　", "\t", "|", "｜", "２０２０", "2020年", "国办发[2020]17号",
        "〔2021〕30号", "《", "》", "“", "”", "「", "（", "）", "製度", "⺠", "㈠", "①", "来源：本局\n", "- 3 -\n", "\u200b", "\ufffd", "3.5%", "25,000",
        "二○二○年", "一百二十三亿四千万零五", "9" * 40, "0." + "0" * 30, "1e9", "同比增长", "其中", "分别为", "以下简称", "截至", "-", "——", "# ", "**", "+---+\n",
        "│", "九九九九", "万万亿亿", "年", "月", "日", "99999年13月45日", "公历０年", "市", "省", "镇", "人民政府", "云川市", "印发", "建立", "平台", "网站", "、", "和", "条例",
        "三、收到和处理政府信息公开申请情况\n", "本年度办理结果", "其他处理", "总计", "结转下年度继续办理", "合计\t0\t0\n", "²", "٣", "Ⅷ", "½", "㊿", "千", "半",
    ),
    b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x81\x30\x81\x30", b"\xa1", b"\x1a",
]  # fmt: skip
HTML = _bytes(
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<td rowspan=99999999>", "<td colspan='-1'>", "<td colspan=1001 rowspan=0>", "</table>",
    "<th>", "<tbody>", "&nbsp;", "&#20013;", "&#0;", "&#x110000;", "&#99999999999999999999;", "&lt", "<!--", "-->", "<script>", "</script>", "<style>",
    "<template>", "<svg>", "<math>", "<select><option>", "<frameset>", "<![CDATA[", "<ruby><rt>", "<pre>\n", "<br>", "<b>", "<a href=x>", "<meta charset=",
    "<meta name=Title content=", "<title>", "<body>", "<noscript>", "<textarea>", "<iframe>", "<plaintext>", "<h1>", "<span style='display:none'>", "<caption>",
    '"', "'", "<", ">", "=", "\0", "\ue000", "\ue001", "\U000f0000", "一、", "2020年", "\n", " ",
)  # fmt: skip
WORD = [
    *_bytes(
        "<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "<w:tc>", '<w:gridSpan w:val="99999999"/>', '<w:gridSpan w:val="x"/>',
        '<w:gridSpan w:val="-3"/>', "<w:tcPr>", '<w:vMerge w:val="restart"/>', "<w:vMerge/>", "<w:pPr>", '<w:outlineLvl w:val="99"/>', '<w:outlineLvl w:val="a"/>',
        '<w:pStyle w:val="1"/>', '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>', '<w:numId w:val="x"/>', "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>",
        "<w:txbxContent>", "</w:txbxContent>", '<w:gridBefore w:val="999999999"/>', "<w:trPr>", '<w:lvlText w:val="%1%2%9%0"/>', '<w:start w:val="-5"/>',
        '<w:numFmt w:val="chineseCounting"/>', "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "<w:jc w:val='x'/>", "<w:ins>", "<w:del>", "公开", "<w:br/>", "<!-- -->", "<?x?>",
        "<w:abstractNum>", "<w:lvl w:ilvl='0'>", "<w:basedOn w:val='1'/>", "\ufffe", " ",
    ),
    b"\0", b"\xff\xff\xff\xff", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", pack("<I", 0x7FFFFFFF),
]  # fmt: skip
PDF = _bytes(
    "obj", "endobj", "stream\n", "endstream", "<<", ">>", "[", "]", "(", ")", "/Type", "/Page", "/Pages", "/Kids", "/Count 99999999", "/Count -1", "/Parent 1 0 R", "1 0 R",
    "2 0 R", "3 0 R", "99 0 R", "/MediaBox [0 0 0 0]", "/MediaBox [0 0 1e38 1e38]", "/MediaBox [a b]", "/MediaBox 5", "/CropBox [9 9 1 1]", "/Rotate 45", "/Contents", "/Length 999999",
    "/Length -1", "/Filter /FlateDecode", "/Filter [/FlateDecode /FlateDecode]", "/ASCII85Decode", "/LZWDecode", "/Resources", "/Font", "/Encoding", "/ToUnicode 5 0 R", "/W [1 [1] 2 3 4]",
    "/DW 1e99", "/XObject", "/Form", "Do", "Tj", "TJ", "Tf", "Tm", "cm", "re", "m", "l", "S", "f", "q", "Q", "BT", "ET", "0 0 0 0 0 0 cm", "1e38 0 0 1e38 0 0 cm", "nan", "-", "xref", "trailer",
    "startxref 0", "/Prev 0", "/Root 1 0 R", "/Encrypt 1 0 R", "/ObjStm", "/XRef", "/Index [0 999999999]", "\0", "%", "%%EOF", "0 0 0 0 re S ", "50 500 100 20 re S ", "/UserUnit 0",
)  # fmt: skip
PATTERN = _bytes(
    "(", ")", "|", "?", "[?a ", "]", "{?b:Agency}", "{?c:Platform+}", "{?d:Policy|Agency}", "{?e:Text}", "{?f:Quantity}", "{?g:No}", "<establish>", "<issue>", "<none>", "<", ">", "{", "}",
    "…", "……", "^", "$", "建立", "\\", "*", "+", ".", "{2}", "\0", "?report", " a ", " . ", "pol:Report", "?it", "a:b", "<x>", "\n", "\\d", "(?", "(?:", "(?=", "|)", "(|", "()", "[", "-", "??", "#",
    "[?a (", "[?a {?b:Text}", ":", "pol:", "_:", "²", "٣",
)  # fmt: skip
TURTLE = _bytes(
    "[", "]", "(", ")", " a ", " ; ", " , ", " . ", "pol:", "word:", "rule:x", "<", ">", '"', '"""', "'", "@zh", "@en", "^^", "[ a pol:Pattern ]", "a pol:Pattern ;", "a pol:NounRule ;", "a pol:WordClass ;",
    "a pol:Indicator ;", "a pol:Unit ;", "a pol:FormTable ;", "a pol:PassageRule ;", "a pol:AgencyKind ;", "a owl:Class ;", "a owl:ObjectProperty ;", "rdfs:subClassOf pol:Agency ;", "pol:size", '"x"',
    "-1", "99999999999999999999", "1e400", "0.0", "true", "pol:expression", "pol:yields", "pol:head", "pol:includes word:establish ;", "pol:example [ ", "skos:notation", "skos:broader", "_:b", "_:b rdf:rest _:b .",
    "rdf:first", "rdf:rest", "rdf:nil", "@prefix", "PREFIX", "@base", "<a b>", "\\u0000", "\\uD800", "\\U00110000", "#", "\n", "pol:multiplier", '"NaN"', '"²"', "owl:imports <x:y> .", "pol:most", "pol:year", "pol:firstYear",
    "pol:rows ( ", "pol:columns ( ", "<<", ">>", "{|", "pol:symbol", "pol:kind",
)  # fmt: skip
SPARQL = _bytes(
    "{", "}", "(", ")", "?a", "$b", "SELECT ", "CONSTRUCT ", "ASK ", "DESCRIBE ", "WHERE ", "OPTIONAL ", "UNION ", "FILTER(", "BIND(", " AS ", "VALUES ", "SERVICE <x:> ", "GRAPH ", "GROUP BY ", "ORDER BY ", "LIMIT ", "HAVING(",
    "PREFIX a: <", "BASE <", "#+ ", "#+ title: ", "#+ parameters:\n", "#+   a: {type: year, default: x}\n", "#+ tags: [", "#+ layout: ", "#+ - ", "#+ *a ", "#+ &a ", "#+ a: &b [*b]\n", "#+ !!python/object:x ", "#+ ? ", "#+ |\n", "#+ <<: ", "#+ %YAML 9.9\n", "#+ ---\n", "#+ ...\n", "#+ {", "#+ \t",
    '"', '"""', "'", "\\", "<", ">", "@zh", "^^", "pol:cites", "pol:", ":", "*", "+", "/", "!", "|", "^", "a", "1", "1e999", "99999999999999999999", "\n", "\r", "\x85", "\u2028", "\0", "IF(", "REGEX(?a, '(a+)+$')", "EXISTS {", "NOT EXISTS {", "MINUS {", "INSERT DATA {", "DROP ALL", "LOAD <x:>", "²", "٣",
)  # fmt: skip
