"""The policy of an edition: its settings for quotation marks and notes.

This module holds values only. `project/config.py` reads them; `quotation` and `notes` apply them. The order of precedence is
the element (`@style`, `@rendition`, `@rend`, `@n`), the header (`rendition/@selector`, `quotation/@marks`), the policy, the
custom of the language.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from siglum.text import css
from siglum.text.delimiters import Pair, quotation_marks_of
from siglum.text.frozen import frozen
from siglum.text.language import normalize_tag
from siglum.text.tei import Element, attribute, name, tokens

NO_MARKS: Pair = ("", "")


class Split(StrEnum):
    """Where a quotation in several elements (joined by `@next`, `@prev`, `@part` or `join`) has marks."""

    OUTER = "outer"
    EACH = "each"


class Continuation(StrEnum):
    """Where a quotation repeats its opening mark: at each paragraph, and also at each stanza or line of verse."""

    NONE = "none"
    PARAGRAPHS = "paragraphs"
    STANZAS = "stanzas"
    LINES = "lines"


@frozen
class Marks:
    """The settings for quotation marks.

    `quotes`: pairs by language (“” for any), outermost first. `displayed`: selects displayed quotations that have marks.
    `titles`: the values of `title/@level` that have marks. `marked`, `unmarked`: exceptions from the custom.
    """

    quotes: tuple[tuple[str, tuple[Pair, ...]], ...] = ()
    split: Split = Split.OUTER
    continuation: Continuation = Continuation.NONE
    displayed: tuple[css.Selector, ...] = ()
    titles: tuple[str, ...] = ("a",)
    marked: tuple[css.Selector, ...] = ()
    unmarked: tuple[css.Selector, ...] = ()

    def pairs(self, language: str) -> tuple[Pair, ...]:
        """Return the pairs for a value of `@xml:lang`; the longest known prefix of the tag decides."""
        spoken = normalize_tag(language) or language
        if not self.quotes:
            return quotation_marks_of(spoken)
        subtags = spoken.lower().split("-")
        pairs = dict(self.quotes)
        for length in range(len(subtags), 0, -1):
            if known := pairs.get("-".join(subtags[:length])):
                return known
        return pairs.get("") or quotation_marks_of(spoken)


class Numbers(StrEnum):
    """The numbering of a stream, named by its first number; the symbols are * † ‡ § ‖ ¶, then ** and so on."""

    ARABIC = "1"
    LOWER = "a"
    UPPER = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"
    SYMBOLS = "symbols"
    NONE = "none"

    def label(self, count: int) -> str:
        """Return the label of the note with this number, from 1; empty for `NONE`."""
        match self:
            case Numbers.ARABIC:
                return str(count)
            case Numbers.LOWER:
                return _format_letters(count)
            case Numbers.UPPER:
                return _format_letters(count).upper()
            case Numbers.LOWER_ROMAN:
                return _format_roman(count)
            case Numbers.UPPER_ROMAN:
                return _format_roman(count).upper()
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


def _format_letters(count: int) -> str:
    """Format 1 as a, 26 as z, 27 as aa."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _format_roman(count: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        written += sign * times
    return written


DOCUMENT, DIVISION, PAGE = "document", "division", "page"


@frozen
class Stream:
    """A series of notes that are numbered together.

    `element`, `place`, `type` and `resp` select the notes: a note must have one of the values of each non-empty set.
    `restart`: where the numbers restart (document, outermost division, page); `divisions` names other divisions instead.
    `n`: whether `@n` is the label.
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
        """The number of conditions; of two streams that match a note, the one with more conditions gets it."""
        return sum(map(bool, (self.element, self.place, self.type, self.resp)))

    def matches(self, note: Element) -> bool:
        """Return whether the note meets all conditions."""
        conditions = (
            (self.element, {name(note)}),
            (self.place, {attribute(note, "place"), *tokens(note, "place")}),
            (self.type, {attribute(note, "type"), *tokens(note, "type")}),
            (self.resp, {pointer.removeprefix("#") for pointer in tokens(note, "resp")}),
        )
        return all(not wanted or not wanted.isdisjoint(values) for wanted, values in conditions)


MAIN, EDITORIAL, UNNUMBERED = "main", "editorial", ""
STREAMS = (Stream(MAIN), Stream(EDITORIAL, Numbers.LOWER), Stream(UNNUMBERED, Numbers.NONE, n=False))
"""The streams of every edition; `notes` assigns notes to them."""


@frozen
class Policy:
    """The settings of an edition. `streams` are in printing order; the rest of `STREAMS` follows them."""

    marks: Marks = field(default_factory=Marks)
    streams: tuple[Stream, ...] = ()

    @property
    def all_streams(self) -> tuple[Stream, ...]:
        """Every stream in printing order."""
        names = {stream.name for stream in self.streams}
        return (*self.streams, *(stream for stream in STREAMS if stream.name not in names))


DEFAULT = Policy()
