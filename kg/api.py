"""The Python API: build a store, open it, ask it, and get plain values back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.query import Query, Result, ask, find_query, load_query, parse_query
from kg.store import Store
from kg.store import open_store as open_plain

if TYPE_CHECKING:
    import networkx

    from kg.build import BuildResult, Failure, Progress
    from kg.evaluate import Report
    from kg.explain import Explanation
    from kg.inspect import Checked
    from kg.stats import Stats


class KnowledgeGraph:
    """An open store with friendly answers; use it as a context manager, or close it.

    ``store`` is the store underneath, for SPARQL updates and raw terms.
    """

    __slots__ = ("store",)

    def __init__(self, store: Store) -> None:
        self.store = store

    def query(self, query: str, **parameters: object) -> Result:
        """Answer a query: SPARQL text, the path of an ``.rq`` file, or a query's name.

        The answer iterates as dicts of Python values, and has ``dicts()`` and ``dataframe()``.

        >>> text = "SELECT ?label WHERE { BIND(?name AS ?label) }"
        >>> list(open_store(None).query(text, name="政策"))
        [{'label': '政策'}]
        """
        return ask(self.store, _query(query), parameters)

    def explain(self, entity: str) -> "Explanation":
        """Each fact about an entity, given by any name or its IRI, with the words it rests on."""
        from kg.explain import explain

        return explain(self.store, entity)

    def stats(self) -> "Stats":
        """What the store holds, counted."""
        from kg.query import query_names
        from kg.stats import stats

        return stats(self.store, queries=query_names())

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(location: str | Path | None = "build/store", *, writable: bool = False) -> KnowledgeGraph:
    """Open the store in a folder, at the address of a SPARQL 1.1 server, or (None) a new one in memory."""
    return KnowledgeGraph(open_plain(location, writable=writable))


def build(
    inputs: Sequence[Path | str] | Path | str,
    *,
    out: Path | str = Path("build"),
    store: Path | str | None = None,
    extensions: Sequence[Path | str] = (),
    jobs: int | None = 1,
    cluster: str = "",
    progress: "Callable[[Progress], None] | None" = None,
) -> "BuildResult":
    """Bring a store up to date with files or folders of reports; see ``kg.build.build``."""
    from kg.build import build as bring_up_to_date

    listed = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    return bring_up_to_date(
        listed, out=out, store=store, extensions=extensions, jobs=jobs, cluster=cluster, progress=progress
    )


def check(
    inputs: Sequence[Path | str] | Path | str,
    *,
    extensions: Sequence[Path | str] = (),
    previous: Path | str | None = None,
    store: Path | str | None = None,
    jobs: int | None = 1,
) -> "tuple[Checked | Failure, ...]":
    """What does not hold in files or folders of reports; see ``kg.inspect.check_files``."""
    from kg.inspect import check_files

    listed = [inputs] if isinstance(inputs, (str, Path)) else inputs
    return tuple(check_files(listed, extensions=extensions, previous=previous, store=store, jobs=jobs))


def evaluate(store: KnowledgeGraph | Store, gold: Path | str) -> "Report":
    """Score a store against a report annotated by hand."""
    from kg.evaluate import load_gold
    from kg.evaluate.report import evaluate as score

    return score(_plain(store), load_gold(gold))


def to_networkx(store: KnowledgeGraph | Store, **options: Any) -> "networkx.MultiDiGraph[str]":
    """The entities and relations of a store as a networkx graph; see ``kg.network.to_networkx``."""
    from kg.network import to_networkx as project

    return project(_plain(store), **options)


def _plain(store: KnowledgeGraph | Store) -> Store:
    return store.store if isinstance(store, KnowledgeGraph) else store


def _query(query: str) -> Query:
    if any(character.isspace() or character == "{" for character in query.strip()):
        return parse_query(query)
    return load_query(query) if query.endswith(".rq") else find_query(query)
