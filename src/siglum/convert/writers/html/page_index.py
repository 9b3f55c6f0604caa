"""What is gathered while a text is written, for the lists of the page: headings, names, corrections, editorial signs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from siglum.text import css, rendition
from siglum.text.frozen import frozen

_LIGHTNESS = {"color": "--look", "background-color": "--look-ground"}
Place = tuple[str, str]
"""What a paragraph or note is called, and its id."""


@frozen
class Correction:
    """A corrected place: its id, the paragraph or note it stands in, both sides as HTML, and who answers for it."""

    id: str
    place: Place
    reading: str
    source: str
    about: str


@dataclass
class PageIndex:
    """Filled by `Body` in the order of the text; `outermost` is the level of the outermost headings.

    `headings` are (level, id, words); `places` says what each numbered paragraph and note is called, by its id; `mentions` are
    the places of each record, by its id; `signs` counts what is told of gaps, supplied and unclear words, by element and what
    is told, and `shown` is the first sign for each; `place` is where the writer is.
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
        """The class for a look, which gets a rule in the style sheet."""
        if declared not in self._looks:
            said = filter_style(declared)
            self._looks[declared] = (f"s-look-{len(self._looks) + 1}" if said else "", said)
        return self._looks[declared][0]

    def rules(self) -> str:
        """The rules for the looks."""
        return "\n".join(f".{known} {{ {said}; }}" for known, said in self._looks.values() if said)

    def __post_init__(self) -> None:
        self.begin(self.outermost - 1)

    def begin(self, above: int) -> None:
        """A part of the page below a heading of this level: what comes is not below the headings before it."""
        self._levels = [(0, above)]

    def level(self, depth: int) -> int:
        """The level of a heading (to 6) for its depth in the text: no level is skipped, and equal depths remain equal."""
        while len(self._levels) > 1 and self._levels[-1][0] >= depth:
            self._levels.pop()
        self._levels.append((depth, min(self._levels[-1][1] + 1, 6)))
        return self._levels[-1][1]

    def at(self, called: str, identifier: str) -> None:
        """A numbered paragraph or a note begins."""
        self.place = (called, identifier)
        self.places[identifier] = called

    def mention(self, identifier: str) -> None:
        """A record is named here."""
        places = self.mentions.setdefault(identifier, [])
        if self.place[1] and self.place not in places[-1:]:
            places.append(self.place)


def filter_style(declared: str) -> str:
    """The declarations of a look again; what is not harmless is not taken, whoever made the tree."""
    taken, _ = rendition.filter_safe(css.parse_declarations(declared))
    return rendition.format_declarations((key, _legible(key, value)) for key, value in taken.items())


def _legible(key: str, value: str) -> str:
    """A colour as light or dark as the page needs it, whatever its scheme; a page that does not say so leaves it as it is."""
    lightness = _LIGHTNESS.get(key)
    return f"oklch(from {value} var({lightness}, l) c h / 1)" if lightness else value
