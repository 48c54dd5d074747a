"""The pages of promises, lineage and spread: each quotation leads to its place, and any address is answered."""

import re
from urllib.parse import unquote

import httpx
import pytest

from kg.portal.render import LANGUAGES, words
from kg.terms import BASE
from tests.portal.test_compare import HTML, text_of

CITY = f"{BASE}agency/云川市人民政府"
NOTICE = f"{BASE}policy/国办发〔2021〕12号"
PLACE = re.compile(r'<a href="/id/(report/[^"#]+)#char=(\d+),(\d+)">([^<]+)</a>')


@pytest.mark.parametrize(
    ("path", "given"), [("/promises", {"agency": CITY}), ("/lineage", {"policy": NOTICE})]
)
def test_quotations_lead_to_their_words(portal: httpx.Client, path: str, given: dict[str, str]) -> None:
    page = portal.get(path, params=given, headers=HTML).text
    quoted = PLACE.findall(page)
    assert quoted
    for report, start, end, said in quoted:
        there = text_of(portal, BASE + unquote(report))[int(start) : int(end)]
        assert "".join(there.split()) == "".join(said.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_promises_are_told_with_their_fate(portal: httpx.Client, lang: str) -> None:
    page = portal.get("/promises", params={"agency": CITY, "lang": lang}, headers=HTML).text
    for fate in ("done", "partly", "repeated", "silent"):
        assert f"{words(lang)['fate_' + fate]} " in page
    assert '<option value="' + CITY + '" selected>' in page
    portal.cookies.clear()


def test_a_policy_and_a_body_lead_to_what_came_of_them(portal: httpx.Client) -> None:
    page = portal.get("/id/policy/国办发〔2021〕12号", headers=HTML).text
    assert 'href="/lineage?policy=' in page
    page = portal.get("/id/agency/云川市人民政府", headers=HTML).text
    assert 'href="/promises?agency=' in page
    page = portal.get("/id/agency/国务院", headers=HTML).text  # which issued much, and no report
    assert 'id="main"' in page
    assert 'href="/promises?agency=' not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_body_without_reports_is_told_so(portal: httpx.Client, lang: str) -> None:
    given = {"agency": f"{BASE}agency/国务院", "lang": lang}
    page = portal.get("/promises", params=given, headers=HTML).text
    assert words(lang)["not_this"] in page
    assert words(lang)["no_series"] not in page
    portal.cookies.clear()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/promises?agency=http://x/no", 200),
        ("/promises?agency=%3Cscript%3E", 200),
        ("/lineage", 200),
        ("/lineage?policy=%22%3E%3Cb%3E", 200),
        ("/lineage?policy=http://x/no", 404),
        (f"/lineage?policy={CITY}", 404),
        ("/spread", 200),
        ("/spread?name=%3Cscript%3Ealert(1)", 200),
        ("/spread?kind=Agency", 404),
    ],
)
def test_any_address_is_answered(portal: httpx.Client, path: str, status: int) -> None:
    answer = portal.get(path, headers=HTML)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
