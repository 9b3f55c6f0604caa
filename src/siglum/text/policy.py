"""The policy of an edition: what it wants of quotation marks and of notes, over what is done without being asked.

Values only: `siglum.toml` is read elsewhere (`project/config.py`), what they lead to is decided in `quotation` and `notes`. The
order of precedence is the same for both: what the element itself says (`@style`, `@rendition`, `@rend`, `@n`), what the header
says of it (`rendition/@selector`, `quotation/@marks`), the policy, the custom of the language.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from siglum.text import css
from siglum.text.delimiters import Pair, delimiters
from siglum.text.frozen import frozen
from siglum.text.language import tag
from siglum.text.tei import Element, attribute, name, tokens

NO_MARKS: Pair = ("", "")


class Split(StrEnum):
    """Where a quotation has marks that is in several elements, joined by @next, @prev, @part or `join`."""

    OUTER = "outer"
    EACH = "each"


class Continuation(StrEnum):
    """Where a quotation that goes on has its opening mark once more: at paragraphs, and also at stanzas or lines of verse."""

    NONE = "none"
    PARAGRAPHS = "paragraphs"
    STANZAS = "stanzas"
    LINES = "lines"


@frozen
class Marks:
    """What an edition wants of quotation marks.

    `quotes`: pairs for a language (“” is any), outermost first; `displayed`: which displayed quotations have marks; `titles`:
    at which levels titles have them; `marked` and `unmarked`: what has marks, or has none, against custom.
    """

    quotes: tuple[tuple[str, tuple[Pair, ...]], ...] = ()
    split: Split = Split.OUTER
    continuation: Continuation = Continuation.NONE
    displayed: tuple[css.Selector, ...] = ()
    titles: tuple[str, ...] = ("a",)
    marked: tuple[css.Selector, ...] = ()
    unmarked: tuple[css.Selector, ...] = ()

    def pairs(self, language: str) -> tuple[Pair, ...]:
        """The pairs for a text in this language, as it is written in `@xml:lang`, by the longest part of it that is known."""
        spoken = tag(language) or language
        if not self.quotes:
            return delimiters(spoken)
        subtags = spoken.lower().split("-")
        asked = dict(self.quotes)
        for length in range(len(subtags), 0, -1):
            if found := asked.get("-".join(subtags[:length])):
                return found
        return asked.get("") or delimiters(spoken)


class Numbers(StrEnum):
    """How the notes of a stream are numbered, by the first number; symbols are * † ‡ § ‖ ¶, then doubled."""

    ARABIC = "1"
    LOWER = "a"
    UPPER = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"
    SYMBOLS = "symbols"
    NONE = "none"

    def label(self, count: int) -> str:
        """The label of the first note, the second …; empty where they have none."""
        match self:
            case Numbers.ARABIC:
                return str(count)
            case Numbers.LOWER:
                return _letters(count)
            case Numbers.UPPER:
                return _letters(count).upper()
            case Numbers.LOWER_ROMAN:
                return _roman(count)
            case Numbers.UPPER_ROMAN:
                return _roman(count).upper()
            case Numbers.SYMBOLS:
                return _SYMBOLS[(count - 1) % len(_SYMBOLS)] * (1 + (count - 1) // len(_SYMBOLS))
            case Numbers.NONE:
                return ""


_SYMBOLS = "*†‡§‖¶"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def _letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(count: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        written += sign * times
    return written


DOCUMENT, DIVISION, PAGE = "document", "division", "page"


@frozen
class Stream:
    """Notes that are numbered together, and what an edition wants of them.

    `element`, `place`, `type` and `resp` say which notes: those that have one of the values of each that is given. `restart`:
    where the numbers begin anew: document, division (the outermost), page, or, with `divisions`, each of these. `n`: whether
    the number in the source is the label.
    """

    name: str
    numbers: Numbers = Numbers.ARABIC
    element: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    type: frozenset[str] = frozenset()
    resp: frozenset[str] = frozenset()
    restart: str = DOCUMENT
    divisions: tuple[css.Selector, ...] = ()
    heading: str = ""
    n: bool = True

    @property
    def conditions(self) -> int:
        """How many things are asked of a note: of two streams that take it, the one that asks more does."""
        return sum(map(bool, (self.element, self.place, self.type, self.resp)))

    def takes(self, note: Element) -> bool:
        """Whether the note has what is asked."""
        asked = (
            (self.element, {name(note)}),
            (self.place, {attribute(note, "place"), *tokens(note, "place")}),
            (self.type, {attribute(note, "type"), *tokens(note, "type")}),
            (self.resp, {each.removeprefix("#") for each in tokens(note, "resp")}),
        )
        return all(not wanted or not wanted.isdisjoint(found) for wanted, found in asked)


MAIN, EDITORIAL, UNNUMBERED = "main", "editorial", ""
STREAMS = (Stream(MAIN), Stream(EDITORIAL, Numbers.LOWER), Stream(UNNUMBERED, Numbers.NONE, n=False))
"""The streams that every edition has: what belongs to them is decided in `notes`."""


@frozen
class Policy:
    """What an edition wants. `streams` are in the order of printing; those of `STREAMS` that are not among them come after."""

    marks: Marks = field(default_factory=Marks)
    streams: tuple[Stream, ...] = ()

    @property
    def all_streams(self) -> tuple[Stream, ...]:
        """Every stream in the order of printing."""
        asked = {each.name for each in self.streams}
        return (*self.streams, *(each for each in STREAMS if each.name not in asked))


DEFAULT = Policy()
