"""Kept for a moment: the values live in kg.facts."""

from kg.facts import Entity, Extraction, Fact, Finding, Literal

__all__ = ["Entity", "Extraction", "Fact", "Finding", "Literal"]
