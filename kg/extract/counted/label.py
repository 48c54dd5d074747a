"""The answer to what a figure counts."""

from dataclasses import dataclass

from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure counts, in normal form; ``inherited`` where that is what the figure before counts.

    ``outcome`` where the words behind a part of that tell what became of it (收到申请20件，15件|予以公开); ``alone`` where no more of the
    words before the figure says what is counted (印发《审查办法》等|文件).
    """

    words: str
    span: Span
    inherited: bool = False
    outcome: bool = False
    alone: bool = False
