"""The words that tell problems from plans, as patterns."""

import re
from collections.abc import Mapping, Sequence

from kg.extract.closing.marks import ORDINAL
from kg.extract.listing import ListMarks
from kg.match.words import alternatives


class Cues:
    """Patterns made of the words of one ontology."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self.marks = ListMarks(words)
        self.lead = {
            "problem": _either(words["problemLead"]), "improvement": _either(words["improvementLead"]),
        }  # fmt: skip
        self.sign = _either(words["problemSign"])
        self.turn = re.compile(rf"(?<=[，；])(?:{_either(words['improvementTurn']).pattern})")
        self.vague = _either(words["vagueProblem"])
        self.vague_plan = _either(words["vaguePlan"])
        self.some = _either(words["someOf"])
        self.disposal = _either(words["disposal"])
        self.done = _either(words["done"])
        self.outcome = _either(words["outcome"])
        self.turning = _either(words["adversative"])
        self.link = re.compile(f"(?:{_either(words['connective']).pattern})，?")
        self.reason = re.compile(_either(words["reason"]).pattern)
        self.partly = re.compile(rf"(?:\A|(?<=[，；]))(?:{self.some.pattern})")
        intention = _either(words["intention"]).pattern
        self.intent = re.compile(
            rf"(?:\A|(?<=[，；。])|[我本全][^，。；]{{1,6}}|年[^，。；]{{0,12}})(?:{intention})"
            rf"|\A(?:[^，。；]{{1,8}}，)?[^，。；]{{1,8}}(?:{_either(words['future']).pattern})"
        )
        self.plan_head = re.compile(
            rf"(?:(?:20\d\d年，?)?(?:[我本全][^，。；]{{1,6}})?)(?:{intention})(?!以)"
        )
        self.item_lead = re.compile(f"(?:{_either(words['itemLead']).pattern})[：，]?")
        self.item_head = re.compile(f"(?:{_either(words['itemHead']).pattern})[：，]?")
        self.preamble = re.compile(f"[^，。：；]{{2,40}}(?:{_either(words['preambleEnd']).pattern})，")
        self.item_tail = re.compile(f"(?:{_either(words['itemTail']).pattern})$")
        self.answer = re.compile(
            rf"(?:{_either(words['answerLead']).pattern})(?P<what>[^。；\n]{{5,60}}?)的?(?:(?:{_either(words['answerTail']).pattern})?[，：]|(?:{_either(words['answerTail']).pattern})。)"
        )
        self.pointing = _either(words["pointing"])
        self.deed = re.compile(
            rf"(?:{_either(words['planOpener']).pattern})*(?:{_either(words['planVerb']).pattern})"
        )

    def kind_of(self, title: str) -> str:
        """What a heading announces: problem, improvement, both, or nothing."""
        problem = any(word in title for word in self.words["problemHeading"])
        improvement = any(word in title for word in self.words["improvementHeading"])
        return "both" if problem and improvement else "problem" * problem + "improvement" * improvement

    def label_of(self, label: str) -> str:
        """What a label before a colon announces: 问题1, 改进措施."""
        bare = re.sub(rf"[\s\d{ORDINAL}（）.、]", "", label)
        for kind in ("problem", "improvement"):
            if bare in self.words[f"{kind}Label"]:
                return kind
        return ""


def _either(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(alternatives(words))
