"""Reading the statistical tables of reports, whatever became of their lines."""

from kg.extract.tables.model import OWN, FoundTable, TableFigure, TableReading
from kg.extract.tables.read import read_tables

__all__ = ["OWN", "FoundTable", "TableFigure", "TableReading", "read_tables"]
