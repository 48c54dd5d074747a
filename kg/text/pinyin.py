"""Readings in Latin letters that a machine wrote behind Chinese characters: 報(bào)."""

import re

from kg.text.traced import Traced

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
_READING = re.compile(
    rf"(?<=[\u3400-\u9fff])\s*[(（](?=[^()（）]{{0,40}}[{_TONED}])[a-zü{_TONED}ê' ]{{1,48}}[)）]"
)


def without_pinyin(traced: Traced) -> tuple[Traced, list[Traced]]:
    """The text without readings, and the readings.

    >>> clean, readings = without_pinyin(Traced.of("報(bào)告（gào）(2020)"))
    >>> clean.text, [reading.text for reading in readings]
    ('報告(2020)', ['(bào)', '（gào）'])
    """
    found = list(_READING.finditer(traced.text))
    return (
        traced.edit([(match.start(), match.end(), "") for match in found]),
        [traced.slice(match.start(), match.end()) for match in found],
    )
