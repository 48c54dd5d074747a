"""From files to a store: incremental, parallel, and safe to kill at any moment."""

from kg.build.outcome import BuildResult, Built, Duplicate, Failure, Made, Pipeline, Progress
from kg.build.remove import find_report, remove, reports_in
from kg.build.run import build

__all__ = [
    "BuildResult",
    "Built",
    "Duplicate",
    "Failure",
    "Made",
    "Pipeline",
    "Progress",
    "build",
    "find_report",
    "remove",
    "reports_in",
]
