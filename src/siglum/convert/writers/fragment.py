"""What is made of a text: a page of its own, or a fragment that stands in somebody else's."""

from __future__ import annotations

from siglum.text.frozen import frozen

AFTER = ("description", "corrections", "names", "cite", "about")
"""What may stand after the text and its notes, in this order."""
PARTS = ("masthead", "views", "contents", *AFTER)
"""What a fragment may have beside the text and its notes; all but `views` (which a masthead holds) are slots of a template."""
PAGE_LEVEL = 2
"""The outermost headings of a page stand below its title."""
_LOWEST = 6


@frozen
class Shape:
    """A page or (`is_fragment`) an `article` with those of `PARTS` that are asked for.

    Every id begins with `id_prefix`, and links lead there. `level` is that of the outermost headings, 1 to 6.
    """

    is_fragment: bool = False
    parts: tuple[str, ...] = ()
    id_prefix: str = ""
    level: int = PAGE_LEVEL

    def below(self, steps: int) -> int:
        """The level of a heading so many steps below the outermost ones, or above them."""
        return max(1, min(self.level + steps, _LOWEST))

    @property
    def tei(self) -> str:
        """What the class of a TEI element begins with: in a foreign page `row` and `note` mean other things."""
        return "tei-" if self.is_fragment else ""
