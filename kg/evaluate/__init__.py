"""How well a store answers for reports that a careful reader has annotated by hand (gold)."""

from kg.evaluate.gold import Gold, gold_files, load_gold
from kg.evaluate.report import evaluate
from kg.evaluate.rules import UNKNOWN, rules_table
from kg.evaluate.score import Measure, Report, RuleScore, Score, as_json, as_table, total

__all__ = [
    "UNKNOWN",
    "Gold",
    "Measure",
    "Report",
    "RuleScore",
    "Score",
    "as_json",
    "as_table",
    "evaluate",
    "gold_files",
    "load_gold",
    "rules_table",
    "total",
]
