"""The data that `Body` collects for the lists of a page: headings, names, corrections, editorial signs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from siglum.text import css, rendition
from siglum.text.frozen import frozen

_LIGHTNESS = {"color": "--look", "background-color": "--look-ground"}
Place = tuple[str, str]
"""The label of a paragraph or note, and its id."""


@frozen
class Correction:
    """A correction: its id, its paragraph or note, both sides as HTML, and who is responsible (`about`)."""

    id: str
    place: Place
    reading: str
    source: str
    about: str


@dataclass
class PageIndex:
    """The collected data, in the order of the text. `outermost` is the level of the outermost headings.

    - `headings`: level, id and text
    - `places`: the labels of numbered paragraphs and notes, by id
    - `mentions`: the places that name a record, by the id of the record
    - `signs`: how often a role and an explanation of an editorial sign occur; `shown` has their first sign
    - `place`: the paragraph or note that is being written
    """

    outermost: int = 2
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[Place]] = field(default_factory=dict)
    has_choices: bool = False
    corrections: list[Correction] = field(default_factory=list)
    signs: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    place: Place = ("", "")
    _levels: list[tuple[int, int]] = field(default_factory=list)
    _looks: dict[str, tuple[str, str]] = field(default_factory=dict)

    def look(self, declared: str) -> str:
        """The class for the declarations of an element; `rules` has its style rule."""
        if declared not in self._looks:
            said = filter_style(declared)
            self._looks[declared] = (f"s-look-{len(self._looks) + 1}" if said else "", said)
        return self._looks[declared][0]

    def rules(self) -> str:
        """The style rules of all classes that `look` has returned."""
        return "\n".join(f".{known} {{ {said}; }}" for known, said in self._looks.values() if said)

    def __post_init__(self) -> None:
        self.begin(self.outermost - 1)

    def begin(self, above: int) -> None:
        """Begin a part of the page below a heading of level `above`; earlier headings no longer count."""
        self._levels = [(0, above)]

    def level(self, depth: int) -> int:
        """The level (1 to 6) of a heading at a depth in the text. No level is skipped; equal depths get equal levels."""
        while len(self._levels) > 1 and self._levels[-1][0] >= depth:
            self._levels.pop()
        self._levels.append((depth, min(self._levels[-1][1] + 1, 6)))
        return self._levels[-1][1]

    def at(self, called: str, identifier: str) -> None:
        """Enter a numbered paragraph or a note."""
        self.place = (called, identifier)
        self.places[identifier] = called

    def mention(self, identifier: str) -> None:
        """Record that the current place names a record."""
        places = self.mentions.setdefault(identifier, [])
        if self.place[1] and self.place not in places[-1:]:
            places.append(self.place)


def filter_style(declared: str) -> str:
    """Keep the safe declarations only: a tree need not come from siglum's builder."""
    taken, _ = rendition.filter_safe(css.parse_declarations(declared))
    return rendition.format_declarations((key, _legible(key, value)) for key, value in taken.items())


def _legible(key: str, value: str) -> str:
    """A colour whose lightness follows the page's custom property, if the page sets one."""
    lightness = _LIGHTNESS.get(key)
    return f"oklch(from {value} var({lightness}, l) c h / 1)" if lightness else value
