"""Which passages count as copied, and where they are said to stand."""

import random

import pytest

from kg.stats.copies import ALIKE, Passage, copied, passages, shares

pytest.importorskip("datasketch", reason="the extra “corpus” is not installed")

SAID = "本年度围绕重点民生领域主动公开政府信息{}条，优化专栏目录，开展政策解读{}次，及时回应群众关切，较好保障了群众的知情权。"
OTHER = (
    "全区各单位对照基层政务公开标准目录逐项梳理公开事项，明确责任科室和更新时限，定期通报未按时更新的栏目。"
)


def _places(found: tuple[Passage, ...]) -> list[list[tuple[str, int]]]:
    return [[(place.report, place.span.start) for place in one.places] for one in found]


def test_a_passage_with_other_figures_is_a_copy_and_its_first_place_comes_first() -> None:
    reports = [("2020", "一、概况\n" + SAID.format(12, 3)), ("2021", OTHER), ("2022", SAID.format(1350, 28))]
    found = copied(reports)
    assert _places(found) == [[("2020", 5), ("2022", 0)]]
    assert found[0].likeness == 1.0
    for place in found[0].places:
        assert dict(reports)[place.report][place.span.start : place.span.end] == place.words


@pytest.mark.parametrize(
    ("changed", "copy"),
    [
        (SAID.replace("较好保障", "有效保障"), True),
        (SAID.replace("优化专栏目录，", "优化专栏目录和检索功能，"), True),
        (SAID.replace("政府信息", "政務信息"), True),
        ("\u3000\u3000" + SAID + "\u3000", True),
        (OTHER, False),
        (SAID[:28], False),
        ("主动公开政府信息{}条，开展政策解读{}次，全年未收到行政复议和行政诉讼，未收取任何费用，无其他需要报告的事项。", False),
    ],
)  # fmt: skip
def test_a_changed_passage(changed: str, copy: bool) -> None:
    found = copied([("a", SAID.format(1, 2)), ("b", changed.format(3, 4))])
    assert bool(found) is copy
    assert all(one.likeness >= ALIKE for one in found)


def test_a_passage_twice_in_one_report_is_no_copy() -> None:
    assert not copied([("a", SAID.format(1, 2) + "\n" + SAID.format(1, 2))])


def test_what_stands_in_most_reports_comes_first() -> None:
    reports = [(str(at), SAID.format(at, at) + ("\n" + OTHER if at > 3 else "")) for at in range(6)]
    assert [len(one.reports) for one in copied(reports)] == [6, 2]


def test_shares_tell_own_from_other() -> None:
    reports = [
        ("甲2020", SAID.format(1, 2)),
        ("甲2021", SAID.format(1, 2)),
        ("乙2021", SAID.format(1, 2) + "\n" + OTHER),
    ]
    lengths = {iri: sum(map(len, passages(text))) for iri, text in reports}
    part = shares(copied(reports), lengths, {iri: iri[0] for iri, _ in reports})
    assert part["甲2020"] == (0.0, 0.0)
    assert part["甲2021"] == (1.0, 0.0)
    assert part["乙2021"] == (0.0, pytest.approx(len(SAID.format(1, 2)) / lengths["乙2021"]))


def test_of_many_passages_each_planted_copy_is_found_and_nothing_else() -> None:
    chance = random.Random(7)
    signs = [chr(code) for code in range(0x4E00, 0x5000)]
    fresh = ["".join(chance.choices(signs, k=60)) + "。" for _ in range(300)]
    copies = {at: fresh[at][:20] + chance.choice(signs) + fresh[at][21:] for at in range(0, 300, 10)}
    found = copied([("old", "\n".join(fresh)), ("new", "\n".join(copies.values()))])
    assert {one.places[0].words for one in found} == {fresh[at] for at in copies}
    assert all(len(one.places) == 2 for one in found)
