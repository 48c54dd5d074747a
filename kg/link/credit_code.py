"""Codes of public bodies: index numbers of documents often begin with the publisher's credit code, which tells its region."""

import re
from collections.abc import Iterator

_CODE = re.compile(r"(?<![0-9A-Za-z])1[1-39][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100, worth 0 to 30
_REGION = slice(2, 8)


def region_codes(text: str) -> Iterator[str]:
    """The codes of region in the credit codes of public bodies that a text holds; one whose check digit is wrong is none.

    >>> list(region_codes("索引号：11330100000000001L/2024-00001"))
    ['330100']
    >>> list(region_codes("电话：11330100000000001M"))
    []
    """
    return (found[0][_REGION] for found in _CODE.finditer(text) if _valid(found[0]))


def _valid(code: str) -> bool:
    total = sum(_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code[:-1]))
    return _DIGITS[-total % 31] == code[-1]
