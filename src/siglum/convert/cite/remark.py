"""A remark of a reader of records about a value that it could not read, or not fully."""

from __future__ import annotations

from siglum.text.frozen import frozen


@frozen
class Remark:
    """The text of a remark, and its line in the file (0 for the whole file)."""

    text: str
    line: int = 0

    def __str__(self) -> str:
        return self.text
