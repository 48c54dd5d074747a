"""What a client has is not sent again, and text is packed for who takes it packed."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.portal import static
from kg.portal.render import _static
from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from tests.serve.conftest import LABEL, filled, running

HTML = {"Accept": "text/html"}
PLAIN = {"Accept-Encoding": "identity"}
PAGES = (
    "/",
    "/thing?iri=http://example.org/a0",
    "/static/portal.css",
    "/vocabulary",
    "/search?q=云川",
    "/query",
    "/openapi.yaml",
    "/ontology/",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sent") / "store")


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[httpx.Client]:
    with running(Settings(str(place), Limits(workers=1, pages=1))) as client:
        client.headers["Accept"] = "text/html, */*;q=0.1"
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_who_has_it_gets_it_no_more(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert (first.status_code, first.headers["cache-control"]) in ((200, "no-cache"), (200, "max-age=300"))
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers.get("vary", "") in first.headers.get("vary", "")
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    assert client.head(path, headers={"If-None-Match": tag}).status_code == 304


def test_what_has_changed_is_sent(place: Path, client: httpx.Client) -> None:
    path = "/thing?iri=http://example.org/a1"
    first = client.get(path)
    with OxigraphStore(place, writable=True) as store:
        store.add(
            {
                "http://example.org/g9": f'<http://example.org/a1> {LABEL} "云川档案"@zh <http://example.org/g9> .\n'.encode()
            }
        )
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert "云川档案" in again.text


@pytest.mark.parametrize("path", PAGES)
def test_text_is_packed(client: httpx.Client, path: str) -> None:
    plain = client.get(path, headers=PLAIN)
    assert "content-encoding" not in plain.headers
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    if len(plain.content) < 1000:
        assert raw == plain.content
        return
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert int(packed.headers["content-length"]) == len(raw) < len(plain.content)
    assert client.get(path, headers={"Accept-Encoding": "gzip"}).content == plain.content
    head = client.head(path, headers={"Accept-Encoding": "gzip"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(raw)))
    assert packed.headers["etag"] == plain.headers["etag"]


def test_answers_to_queries(client: httpx.Client) -> None:
    query = "SELECT ?v ('政务公开' AS ?t) { VALUES ?v { " + " ".join(map(str, range(400))) + " } }"
    headers = {"Accept": "text/csv", "Accept-Encoding": "gzip"}
    got = client.get("/sparql", params={"query": query}, headers=headers)
    posted = client.post("/sparql", data={"query": query}, headers=headers)
    assert got.content == posted.content
    assert "content-encoding" not in got.headers
    assert posted.headers["content-encoding"] == "gzip"
    assert "etag" not in posted.headers


def test_a_choice_of_language_is_sent(client: httpx.Client) -> None:
    answer = client.get("/?lang=en", headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.cookies["lang"]) == (200, "en")
    client.cookies.clear()


@pytest.mark.parametrize(
    "path", ["/", "/sparql?query=ASK{}", "/sparql?query=ASK", "/static/portal.css", "/nothing", "/store"]
)
def test_every_answer_says_that_it_is_what_it_says(client: httpx.Client, path: str) -> None:
    for _ in range(5):  # also from where the connection is lent to
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_files_that_there_are_not_are_not_kept() -> None:
    static("portal.css")
    before = _static.cache_info().currsize
    for number in range(50):
        assert static(f"none{number}.js") is None
        assert static(f"../static/none{number}.css") is None
    assert _static.cache_info().currsize == before
