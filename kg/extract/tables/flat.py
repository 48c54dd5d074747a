"""Reading tables that arrive as plain text, in whatever order of lines and marks."""

from collections.abc import Sequence

from kg.extract.tables.appeals import AppealReader
from kg.extract.tables.figures import FigureReader
from kg.extract.tables.labels import LabelReader
from kg.extract.tables.matters import MatterReader
from kg.extract.tables.numbers import NumberReader
from kg.extract.tables.requests import RequestReader
from kg.extract.tables.rows import FoundRows
from kg.extract.tables.skeleton import Skeleton
from kg.schema.form import Form
from kg.text.document import Span


class FlatReader:
    """Reads the tables of the plain text of one document."""

    def __init__(self, text: str, form: Form, numbers: NumberReader, parts: Sequence[Span]) -> None:
        words = Skeleton.of(text, parts)
        figures = FigureReader(text, numbers)
        self._matters = MatterReader(form, words, figures)
        self._requests = RequestReader(form, LabelReader(text, form, words), figures)
        self._appeals = AppealReader(form, words, figures)

    def read(self, section: str, edition: str = "") -> list[FoundRows]:
        """Every table of a section: "s2", "s3" or "s4"; ``edition`` is that of the report, where it is known."""
        if section == "s2":
            return self._matters.read(edition)
        return self._requests.read() if section == "s3" else self._appeals.read()
