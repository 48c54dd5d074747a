"""What the words of an item say of it: a plan that begins with what will be done, or something that is wanting."""

import re
from collections.abc import Mapping, Sequence

from kg.match.words import alternatives

_CLAUSE = re.compile(r"[^，。；：\n]+")


class Wording:
    """Tells plans from problems where a heading announces both."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        opener, verb = (alternatives(words[name]) for name in ("planOpener", "planVerb"))
        self._plan = re.compile(
            rf"[\s，]*(?:[我本全][^，。；]{{1,4}})?(?:必须|应当|[一二三四五六七八九十]?要|将|应|须|是)?(?:{opener})*(?:{verb})"
        )
        self._sign = re.compile(alternatives(words["problemSign"]))
        self._remover = re.compile(alternatives(words["problemRemover"]))
        self._answer = re.compile(alternatives(words["answerLead"]))
        case, lack = (alternatives(words[name]) for name in ("case", "lack"))
        self._named = re.compile(rf"[^，]{{0,6}}(?:{case})")
        self._behind = re.compile(rf"(?:的?(?:{case}|{lack})|等|了|、|\s)*$")
        self._of_others = re.compile(rf"的(?!{case}|{lack})")
        self._predicate = tuple(words["wanting"])

    def is_plan(self, item: str) -> bool:
        """Whether an item begins with what will be done, and says of nothing that it is wanting.

        加强解读 is a plan, 加强解读的意识不强 is none; 对更新不及时的单位予以通报 and 补齐短板 speak of plans.
        """
        return self._plan.match(item) is not None and not self.is_problem(item)

    def is_problem(self, item: str) -> bool:
        """Whether a clause of an item says that something is wanting."""
        return any(self._wants(clause[0]) for clause in _CLAUSE.finditer(item))

    def _wants(self, clause: str) -> bool:
        if self._answer.match(clause.strip()):
            return False
        for sign in self._sign.finditer(clause):
            if self._of_others.match(clause, sign.end()):
                continue
            final = self._behind.match(clause, sign.end()) is not None
            if not final and not sign[0].startswith(self._predicate):
                continue
            removed = list(self._remover.finditer(clause, 0, sign.start()))
            # 补齐短板|的力度|不够 says how it was removed
            if not removed or (
                "的" in clause[removed[-1].end() : sign.start()] and not self._named.match(clause, sign.end())
            ):
                return True
        return False
