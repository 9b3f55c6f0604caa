"""What a reader of records says of what it could not read, or only so."""

from __future__ import annotations

from siglum.text.frozen import frozen


@frozen
class Remark:
    """What was seen, and in which line of the file (0 where it is the whole)."""

    text: str
    line: int = 0

    def __str__(self) -> str:
        return self.text
