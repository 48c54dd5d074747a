"""What a page is made of is kept while the store stands still, and made anew once it was written to."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from kg.serve import Limits, Settings
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal, Refused
from kg.serve.work import Call, Question, Value
from kg.store import OxigraphStore
from tests.serve.conftest import AGENCY, LABEL, alone, filled, running

PAGES = ("/", "/ontology/", "/network", "/vocabulary", "/find?q=云川", "/thing?iri=http://example.org/a0")


def test_a_page_is_made_once_for_each_state_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()
    put = Pool._put

    async def counted(pool: Pool, question: object, **how: bool) -> object:
        if isinstance(question, Call):
            made[question.function.__name__] += 1
        return await put(pool, question, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "_put", counted)
    folder = filled(tmp_path / "store")
    html = {"Accept": "text/html"}
    with running(Settings(str(folder), Limits(workers=1))) as client:
        first = [client.get(path, headers=html).text for path in PAGES]
        assert [client.get(path, headers=html).text for path in PAGES] == first
        assert set(made.values()) == {1}
        assert len(made) == len(PAGES) + 1  # of a thing it is asked before whether it is a graph
        assert "云川市新设局" not in client.get("/find?q=云川", headers=html).text
        with OxigraphStore(folder, writable=True) as store:
            new = "<http://example.org/new>"
            line = f'{new} {LABEL} "云川市新设局"@zh <http://example.org/g> .\n{new} a {AGENCY} <http://example.org/g> .\n'
            store.add(
                {
                    "http://example.org/g": line.replace(
                        " a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                    ).encode()
                }
            )
        assert "云川市新设局" in client.get("/find?q=云川", headers=html).text
        assert client.get("/vocabulary").text != first[3]
        assert client.get("/find?lang=en&q=云川", headers=html).text != first[4]


ASKED = "SELECT ?a { ?a a pol:Agency } ORDER BY ?a"
# A query, and how many of four times it is put to the store: an answer is kept the second time.
PUT = {
    ASKED: 2,
    "ASK { ?now a 'rand()' } # UUID": 2,
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }": 2,
    "SELECT (now() AS ?x) { }": 4,
    "SELECT (RAND() AS ?x) (<x:now> AS ?y) { }": 4,
    "SELECT ?x { BIND(struuid() AS ?x) }": 4,
    "SELECT (Uuid() AS ?x) { }": 4,
    "ASK {": 4,
}


def test_what_is_asked_again_is_answered_once_for_each_state_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()
    put = Pool._put

    async def counted(pool: Pool, question: object, **how: bool) -> object:
        assert isinstance(question, Question)
        made[question.text] += 1
        return await put(pool, question, **how)

    monkeypatch.setattr(Pool, "_put", counted)
    folder = filled(tmp_path / "store")
    with running(Settings(str(folder), Limits(workers=1))) as client:

        def ask(query: str, accept: str = "application/json") -> str:
            return client.get("/sparql", params={"query": query}, headers={"Accept": accept}).text

        for query, count in PUT.items():
            answers = [ask(query) for _ in range(4)]
            assert made[query] == count
            assert (len(set(answers)) == 1) is (count == 2 or query == "ASK {")
        before = [ask(ASKED, "text/csv") for _ in range(3)]
        assert len(set(before)) == 1
        with OxigraphStore(folder, writable=True) as store:
            store.remove(["http://example.org/g1"])
        assert ask(ASKED, "text/csv").split() == [
            line for line in before[0].split() if not line.endswith("a1")
        ]


def counted_words(_: object, text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize("answer", [Value(2), Refusal(503, "no memory")], ids=["value", "refusal"])
def test_who_asks_while_it_is_made_waits_for_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Value | Refusal
) -> None:
    async def ask() -> list[object]:
        made: list[object] = []
        go = asyncio.Event()

        async def put(_: Pool, question: object, **how: bool) -> object:
            made.append(question)
            await go.wait()
            return answer

        monkeypatch.setattr(Pool, "_put", put)
        pool = Pool(Settings(str(filled(tmp_path / "store"))))
        waiting = [asyncio.create_task(pool.kept(counted_words, "two words")) for _ in range(3)]
        other = asyncio.create_task(pool.kept(counted_words, "other words"))
        await asyncio.sleep(0)
        waiting[0].cancel()
        go.set()
        got = await asyncio.gather(*waiting[1:], other, return_exceptions=True)
        assert len(made) == 2
        await asyncio.gather(pool.kept(counted_words, "two words"), return_exceptions=True)
        assert len(made) == (2 if isinstance(answer, Value) else 3)
        return list(got)

    found = alone(ask())
    if isinstance(answer, Value):
        assert found == [2, 2, 2]
    else:
        assert all(isinstance(one, Refused) for one in found)
