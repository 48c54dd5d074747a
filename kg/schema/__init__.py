"""Turtle of ``ontology/`` becomes a frozen Ontology."""

from kg.schema.ontology import Ontology, load_ontology, load_words

__all__ = ["Ontology", "load_ontology", "load_words"]
