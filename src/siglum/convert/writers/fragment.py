"""The shape of HTML output: a page of its own, or a fragment for another page."""

from __future__ import annotations

from siglum.text.frozen import frozen

AFTER = ("description", "corrections", "names", "cite", "about")
"""The parts that can follow the text and its notes, in this order."""
PARTS = ("masthead", "views", "contents", *AFTER)
"""The parts that a fragment can have besides text and notes. All but `views`, a part of the masthead, are template slots."""
PAGE_LEVEL = 2
"""The level of the outermost headings: one below the title of the page."""
_LOWEST = 6


@frozen
class Shape:
    """A page, or with `is_fragment` an `article` that has the listed `parts`.

    Every id begins with `id_prefix`. `level` is the level of the outermost headings, 1 to 6.
    """

    is_fragment: bool = False
    parts: tuple[str, ...] = ()
    id_prefix: str = ""
    level: int = PAGE_LEVEL

    def below(self, steps: int) -> int:
        """The heading level `steps` below the outermost headings; negative steps go up."""
        return max(1, min(self.level + steps, _LOWEST))

    @property
    def tei(self) -> str:
        """The prefix for the classes of TEI elements: in another page, `row` and `note` can mean other things."""
        return "tei-" if self.is_fragment else ""
