"""Policy reports as a knowledge graph in which every fact leads back to its words.

>>> import kg
>>> graph = kg.open_store(None)
>>> list(graph.query("SELECT ?n WHERE { VALUES ?n { 1 2 } }"))
[{'n': 1}, {'n': 2}]
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, build, check, evaluate, open_store, to_networkx
    from kg.errors import InputError, KgError, OntologyError, QueryError, StoreError

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "OntologyError",
    "QueryError",
    "StoreError",
    "__version__",
    "build",
    "check",
    "evaluate",
    "open_store",
    "to_networkx",
]

_VERBS = ("build", "check", "evaluate")  # functions whose name is a module's too


class _Verb(ModuleType):
    """A module that can be called: ``kg.build(…)`` is ``kg.api.build(…)``; its names are what they were."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return getattr(import_module("kg.api"), self.__name__.rpartition(".")[2])(*arguments, **options)


class _Package(ModuleType):
    """This package; a verb's module becomes callable when it is first imported, from wherever."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _VERBS and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing ``kg`` stays light."""
    if name in _VERBS:
        return import_module(f"kg.{name}")
    if name in __all__:
        return getattr(import_module("kg.errors" if name.endswith("Error") else "kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
