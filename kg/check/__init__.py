"""What in a report does not reconcile, is missing or is suspect."""

from kg.check.check import check

__all__ = ["check"]
