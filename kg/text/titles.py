"""The title of a text that carries none apart: its first lines, down to the one that names the kind of document."""

import re
from collections.abc import Sequence

from kg.text.cues import Cues

_LONGEST = 70
_STOP = re.compile("[。；;！!？?]")


def find_title(paragraphs: Sequence[str], cues: Cues) -> str:
    """The title that the first paragraphs make, or ``""``.

    >>> find_title(["云川市人民政府", "2020年工作报告", "一、总体情况"], Cues(document_nouns=("报告",)))
    '云川市人民政府2020年工作报告'
    """
    lines: list[str] = []
    for line in paragraphs:
        if len(line) > _LONGEST or _STOP.search(line) or line.endswith(("：", ":")):
            break
        lines.append(line)
        if any(re.sub("[（(].*", "", line).rstrip().endswith(noun) for noun in cues.document_nouns):
            return "".join(lines[-3:])
    return lines[0] if lines and not re.match("[—―–（(-]", lines[0]) else ""
