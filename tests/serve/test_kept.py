"""What a page is made of is kept while the store stands still, and made anew once it was written to."""

from collections import Counter
from pathlib import Path

import pytest

from kg.serve import Limits, Settings
from kg.serve.pool import Pool
from kg.serve.work import Call
from kg.store import OxigraphStore
from tests.serve.conftest import AGENCY, LABEL, filled, running

PAGES = ("/", "/ontology/", "/network", "/vocabulary", "/find?q=云川", "/thing?iri=http://example.org/a0")


def test_a_page_is_made_once_for_each_state_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()
    put = Pool._put

    async def counted(pool: Pool, question: object) -> object:
        if isinstance(question, Call):
            made[question.function.__name__] += 1
        return await put(pool, question)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "_put", counted)
    folder = filled(tmp_path / "store")
    html = {"Accept": "text/html"}
    with running(Settings(str(folder), Limits(workers=1))) as client:
        first = [client.get(path, headers=html).text for path in PAGES]
        assert [client.get(path, headers=html).text for path in PAGES] == first
        assert set(made.values()) == {1}
        assert len(made) == len(PAGES)
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
