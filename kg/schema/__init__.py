"""Turtle of ``ontology/`` becomes a frozen Ontology."""

from kg.schema.ontology import Ontology, load_ontology

__all__ = ["Ontology", "load_ontology"]
