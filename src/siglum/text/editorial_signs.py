"""Editorial signs: what stands around words that an editor supplied, read with doubt, struck out, and for what is missing.

Decided here for every output, as quotation marks are, so that they are in copied text. *Leiden* signs (TEI P5, 12.3; EpiDoc
Guidelines) where a document is edited line by line, as inscriptions and papyri are: a `div type="edition"` that holds `lb`
outside of prose paragraphs. *Plain* signs elsewhere: brackets for what is supplied or missing; in a diplomatic print also for
what the source struck out or added. Two signs of one kind that meet are one pair (“[abc ---]”, never “][”).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from enum import StrEnum
from typing import assert_never

from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.glyphs import Glyphs, is_empty
from siglum.text.tei import BLOCKS, WHITE, Element, attribute, child, elements, name, squeeze, tokens
from siglum.text.views import Joins, Omitted, Read, View, chosen, decide_in_view, description, missing


class Signing(StrEnum):
    """Which signs are made. AUTO: Leiden where the document is edited line by line, else plain; none in a transcript."""

    AUTO = "auto"
    LEIDEN = "leiden"
    PLAIN = "plain"
    NONE = "none"


@frozen
class Signed:
    """The signs of one element: around it, in it where it is empty, and the mark on each letter (between letters: `joins`)."""

    open: str = ""
    close: str = ""
    inside: str = ""
    mark: str = ""
    joins: bool = False

    def marked(self, text: str) -> str:
        """The text with the mark on each of its letters, behind the accents that stand on it."""
        if not self.mark:
            return text
        found: list[str] = []
        letters = 0
        for at, sign in enumerate(text):
            found.append(sign)
            letters += sign.isalnum() and not unicodedata.combining(sign)
            ends = at + 1 == len(text) or not unicodedata.combining(text[at + 1])
            on_letter = sign.isalnum() or bool(unicodedata.combining(sign))
            if ends and on_letter and letters and (not self.joins or text[at + 1 : at + 2].isalnum()):
                found.append(self.mark)
        return "".join(found)


_Pair = tuple[str, str]
_Table = dict[str, tuple[str, dict[str, _Pair]]]
_NOTHING = Signed()
_SQUARE, _ANGLE, _ROUND = ("[", "]"), ("⟨", "⟩"), ("(", ")")
_STRUCK, _INSERTED = ("⟦", "⟧"), ("\\", "/")
_MEETING = frozenset({_SQUARE, _ANGLE})
"""Two of these that meet are one; two deletions remain two."""

_LEIDEN: _Table = {
    "supplied": ("reason", {"": _SQUARE, "omitted": _ANGLE, "subaudible": _ROUND, "explanation": _ROUND}),
    "surplus": ("", {"": ("{", "}")}),
    "del": ("", {"": _STRUCK}),
    "add": ("place", {"": _INSERTED, "overstrike": ("«", "»"), "below": ("//", "\\\\"), "bottom": ("//", "\\\\")}),
    "ex": ("", {"": _ROUND}),
    "corr": ("", {"": _ANGLE}),
    "abbr": ("", {"": ("", "(---)")}),
    "sic": ("", {"": ("", " (!)")}),
}
"""Element, the attribute that tells kinds apart, and the pair for each of its values (“”: any other)."""
_PLAIN: _Table = {"supplied": ("", {"": _SQUARE})}
_DIPLOMATIC: _Table = {"del": ("", {"": _STRUCK}), "add": ("", {"": _INSERTED})}
_TABLES = {
    (Signing.LEIDEN, View.READING): _LEIDEN,
    (Signing.PLAIN, View.READING): _PLAIN,
    (Signing.LEIDEN, View.DIPLOMATIC): {key: pair for key, pair in _LEIDEN.items() if key in {"del", "add"}},
    (Signing.PLAIN, View.DIPLOMATIC): _DIPLOMATIC,
}
UNDERDOT = "\u0323"
_MARKS = {
    "supraline": "\u0305",
    "overline": "\u0305",
    "underline": "\u0332",
    "intraline": "\u0336",
    "apex": "\u0301",
    "ligature": "\u0361",
    "ligatured": "\u0361",
}
"""Marks on letters by the `@rend` of a `hi` (EpiDoc Guidelines): they are characters, as the underdot is."""
_JOINING = "\u0361"
_SHOWN_STRUCK = frozenset({"del", "surplus"})
_FEW = 5
_EVENTS = frozenset({"incident", "kinesic", "vocal"})
"""What is heard or seen beside the words of a speaker."""
_SECONDS = re.compile(r"P?T?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.IGNORECASE)


class Signs:
    """The signs of a document in one view; `of` finds those of an element."""

    def __init__(self, index: ElementIndex, view: View = View.READING, signing: Signing = Signing.AUTO) -> None:
        self.view = view
        self.signing = _settled(index, view, signing)
        self._table = _TABLES.get((self.signing, view), {})
        self._by_element: dict[Element, Signed] = {}
        self._glyphs = Glyphs(index)
        by_letters = ("unclear", "hi") if self.signing is Signing.LEIDEN else ()
        wanted = (*self._table, *by_letters, "gap", "space", "handShift", "g", "pause", *_EVENTS)
        if index.has(*wanted):
            for text in index.named("text", "standOff"):
                if next((each for each in text.iterancestors() if name(each) == "text"), None) is None:
                    _Walk(self).element(text)

    def of(self, element: Element) -> Signed:
        """The signs of this element."""
        return self._by_element.get(element, _NOTHING)

    def shows(self, element: Element) -> bool:
        """Whether the element is in the text because signs say what it is: what was struck out, or is too much."""
        return self.signing is Signing.LEIDEN and self.view is View.READING and name(element) in _SHOWN_STRUCK

    def alone(self, element: Element) -> Signed:
        """The signs of an element whatever stands around it."""
        if self.signing is Signing.NONE:
            return Signed(inside=self._unsigned(element))
        is_leiden = self.signing is Signing.LEIDEN
        match name(element):
            case "gap":
                return _lacuna(element) if is_leiden and description(element) is None else Signed(inside=missing(element))
            case "g":
                return Signed(inside=self._glyph(element)) if is_empty(element) else _NOTHING
            case "pause":
                return Signed(inside=_pause(element))
            case "incident" | "kinesic" | "vocal":
                return _event(element)
            case "space":
                return Signed(inside=f"({' '.join(['vac.', *_counted(element)[:1]])})" if is_leiden else " ")
            case "handShift" if is_leiden:
                return Signed(inside=f" (hand {number}) " if (number := _hand(element)) else "")
            case "unclear" if is_leiden:
                return Signed(mark=UNDERDOT)
            case "hi" if is_leiden:
                mark = next((_MARKS[each] for each in tokens(element, "rend") if each in _MARKS), "")
                return Signed(mark=mark, joins=mark == _JOINING)
            case _:
                return self._paired(element)

    def _unsigned(self, element: Element) -> str:
        """What an empty element reads as where no signs are made: the words about a gap, the letters of a glyph."""
        if name(element) == "gap" and description(element) is not None:
            return missing(element)
        return self._glyphs.letters(element, self.view) if name(element) == "g" and is_empty(element) else ""

    def _glyph(self, element: Element) -> str:
        """The letters of a glyph; a symbol without any is named, between two brackets as inscriptions are printed."""
        letters, called = self._glyphs.letters(element, self.view), self._glyphs.name_glyph(element)
        if letters or not called:
            return letters
        return f"(({called}))" if self.signing is Signing.LEIDEN else f"[{called}]"

    def _paired(self, element: Element) -> Signed:
        kind = name(element)
        key, pairs = self._table.get(kind, ("", {}))
        if not pairs or not _applies(element):
            return _NOTHING
        opening, closing = pairs.get(attribute(element, key) if key else "", pairs[""])
        words = "".join(map(str, element.itertext())).strip(WHITE)
        if opening and (words.startswith((opening, "[")) or _stands_between(element, opening, closing)):
            return _NOTHING
        return Signed(opening, ("?" if attribute(element, "cert") == "low" and opening else "") + closing)


def _settled(index: ElementIndex, view: View, signing: Signing) -> Signing:
    if signing is not Signing.AUTO:
        return signing
    if view is View.TRANSCRIPT:
        return Signing.NONE
    return Signing.LEIDEN if _is_edited_by_lines(index) else Signing.PLAIN


def _is_edited_by_lines(index: ElementIndex) -> bool:
    """Whether an edition is printed line by line: it has a line break whose block is not a paragraph of prose."""
    for division in index.named("div"):
        if attribute(division, "type") == "edition":
            first = next(elements(division, "lb"), None)
            block = next((each for each in first.iterancestors() if name(each) in BLOCKS), None) if first is not None else None
            if block is not None and name(block) != "p":
                return True
    return False


def _applies(element: Element) -> bool:
    """Whether it is of the kind that signs are for: an abbreviation that is not expanded, an error that is not corrected."""
    parent = element.getparent()
    around = name(parent) if parent is not None else ""
    if name(element) == "abbr":
        return around not in {"expan", "choice"} and child(element, "ex") is None
    if name(element) in {"sic", "corr"}:
        return (around == "choice") == (name(element) == "corr")
    return True


def _stands_between(element: Element, opening: str, closing: str) -> bool:
    """Whether the encoder has set the signs around the element."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "").endswith(opening) and (element.tail or "").startswith(closing)


def _lacuna(gap: Element) -> Signed:
    """What is lost stands in square brackets, a dot for a letter; what cannot be read is crosses (Leiden; Panciera)."""
    number, unit = (*_counted(gap), "", "")[:2]
    reason = attribute(gap, "reason")
    letters = unit in {"", "character", "characters", "chars", "char", "letter", "letters"}
    few = letters and number.isdecimal() and 0 < int(number) <= _FEW
    if reason == "ellipsis":
        return Signed(inside="(…)")
    if reason.startswith("illegible"):
        return Signed(inside="+" * int(number) if few else f"+ {number} +" if number and letters else "+---+")
    if few:
        said = "." * int(number)
    elif unit in {"line", "lines"}:
        said = f"------ {number} ------" if number.isdecimal() and int(number) > 1 else "------"
    else:
        said = f".. {number} .." if letters and number else f"--- {number} {unit} ---" if number else "---"
    opening, closing = _ANGLE if reason == "omitted" else _SQUARE
    return Signed(opening, closing, said)


def _counted(element: Element) -> tuple[str, str]:
    """How many (“7”, “c. 7”, “3–5”; empty where unknown), and of what."""
    ends = [attribute(element, key) for key in ("atLeast", "atMost")]
    number = attribute(element, "quantity") or "–".join(filter(None, ends)) or attribute(element, "extent")
    number = "" if number.lower() in {"unknown", "undefined"} else number
    about = number and (attribute(element, "precision") == "low" or child(element, "precision") is not None)
    return f"c. {number}" if about else number, attribute(element, "unit")


def _pause(pause: Element) -> str:
    """“(2.0)” for two seconds, “(.)” for a pause that is not measured, as transcripts of speech write it."""
    told = attribute(pause, "dur")
    found = _SECONDS.fullmatch(told) if told else None
    if found is None or not any(found.groups()):
        return "(.)"
    return f"({60 * int(found[1] or 0) + float(found[2] or 0):.1f})"


def _event(element: Element) -> Signed:
    """What is told of an event, in parentheses; without words its type."""
    words = squeeze("".join(map(str, element.itertext())))
    if words:
        return _NOTHING if words[0] in "([" else Signed(*_ROUND)
    return Signed(inside=f"({told})" if (told := attribute(element, "type")) else "")


def _hand(shift: Element) -> str:
    return attribute(shift, "n") or attribute(shift, "new").rpartition("#")[2]


class _Walk:
    """Goes through a text in the order of reading, so that signs which meet, or stand in their like, become one pair."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.found = signs._by_element
        self.open: list[_Pair] = []
        self.closed: tuple[Element, _Pair] | None = None
        self.spaced = False

    def element(self, element: Element) -> None:
        kind = name(element)
        if kind in BLOCKS or kind in {"lb", "pb", "cb", "gb", "note"}:
            self.closed = None
        signed = self.signs.alone(element)
        pair = (signed.open, signed.close.removeprefix("?")) if signed.open else ("", "")
        is_inner = pair[0] != "" and pair in self.open
        if is_inner:
            signed = replace(signed, open="", close=signed.close.removesuffix(pair[1]))
        elif pair in _MEETING and self.closed is not None and self.closed[1] == pair:
            last = self.closed[0]
            parted = "" if self.spaced or name(last) != "gap" else " "  # two gaps are not one longer one
            signed = replace(signed, open="", inside=signed.inside and parted + signed.inside)
            self.found[last] = replace(self.found[last], close=self.found[last].close.removesuffix(pair[1]))
        if signed != _NOTHING:
            self.found[element] = signed
        if pair[0] and not is_inner:
            self.open.append(pair)
        if signed.inside.strip() or signed.open:
            self.closed = None
        self.content(element)
        if pair[0] and not is_inner:
            self.open.pop()
            self.closed, self.spaced = (element, pair), False
        elif signed.close or signed.inside.strip():
            self.closed = None

    def content(self, element: Element) -> None:
        self.text(element.text)
        taken = chosen(element, self.signs.view) if name(element) in {"choice", "app", "rdgGrp"} else None
        for each in element:
            if isinstance(each.tag, str):
                if each is taken or (taken is None and self.reads(each)):
                    self.element(each)
                else:
                    _Walk(self.signs).element(each)
            self.text(each.tail)

    def reads(self, element: Element) -> bool:
        decision = decide_in_view(element, self.signs.view)
        match decision:
            case Read() | Joins():
                return True
            case Omitted():
                return self.signs.shows(element)
        assert_never(decision)

    def text(self, text: str | None) -> None:
        if text and text.strip(WHITE):
            self.closed = None
        self.spaced = self.spaced or bool(text)
