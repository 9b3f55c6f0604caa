"""What a report may use: the reader's means, as the caller found them."""

from __future__ import annotations

from siglum.text.frozen import frozen


@frozen
class Look:
    """`colour`: ANSI colours may be used; `excerpts`: somebody reads along, so the lines themselves are shown too.

    `here`: the folder, absolute, from which paths are given to machines; empty: they are given as they come.
    """

    colour: bool = False
    excerpts: bool = False
    here: str = ""
