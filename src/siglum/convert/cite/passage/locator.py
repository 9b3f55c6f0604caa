"""Build the locator of a passage: “act 2, sc. 1, ll. 5–7”, with CSL's label and value."""

from __future__ import annotations

import re
from collections import Counter

from siglum.convert.cite.passage.place import Passage
from siglum.convert.cite.passage.terms import LANGUAGES, TERMS, find_unit
from siglum.text import running
from siglum.text.delimiters import quotation_marks_of
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.language import normalize_tag, primary_language
from siglum.text.references import Unit
from siglum.text.tei import DIVISIONS, Element, attribute, child, name

_MARKS = "()[].“”\"„«»‘’'‚‹›\N{NO-BREAK SPACE} "
_UNCOUNTED = frozenset({"apparatus", "back", "bibliography", "commentary", "edition", "front", "text", "translation"})
"""Divisions that need no number if they have no sibling of their kind; so do divisions with types of the encoder's own."""
_NUMBER = re.compile(r"\W*(?:\d|[ivxlcdm]+\b|[^\W\d_]{1,2}\b)", re.IGNORECASE)


@frozen
class Locator:
    """The words for a passage in one language, and the label and value of a CSL citation item."""

    words: str = ""
    label: str = ""
    value: str = ""


def build_locator(passage: Passage, edition: Edition, language: str, without: str = "") -> Locator:
    """Build the locator of a passage. `without` is the title of the cited work, whose division the locator does not repeat."""
    return LocatorBuilder(edition, language, without).build(passage)


class LocatorBuilder:
    """Builds locators for many passages of one edition in one language."""

    def __init__(self, edition: Edition, language: str, without: str = "") -> None:
        self.edition = edition
        speech = primary_language(normalize_tag(language))
        self.language = speech if speech in LANGUAGES else "en"
        self.without = _normalize_title(without)
        self._chains: dict[Unit, list[Unit]] = {}
        self._kinds: dict[Unit, str] = {}
        self._numbers: dict[Unit, str] = {}
        self._told: dict[Unit, str] = {}
        self._beside: dict[Element, Counter[tuple[str, str]]] = {}

    def build(self, passage: Passage) -> Locator:
        """Build the locator of a passage; empty if it has no units."""
        if not passage.units:
            return Locator()
        first, last = passage.units[0], passage.units[-1]
        return self._build_single(first) if first is last else self._build_range(first, last)

    def _build_single(self, unit: Unit) -> Locator:
        first, *steps = self._list_steps(unit)
        rest = [self._format_step(step) for step in steps]
        return Locator(
            ", ".join((self._format_step(first), *rest)), self._find_label(first), ", ".join((self._find_number(first), *rest))
        )

    def _build_range(self, first: Unit, last: Unit) -> Locator:
        begin, end = self._list_steps(first), self._list_steps(last)
        same = 0
        while same < min(len(begin), len(end)) - 1 and begin[same] is end[same]:
            same += 1
        if len(begin) - same != 1 or len(end) - same != 1 or begin[same].unit != end[same].unit:
            left, right = self._build_single(first), self._build_single(last)
            return Locator(f"{left.words} – {right.words}", left.label, f"{left.value} – {right.words}")
        numbers = f"{self._find_number(begin[same])}–{self._find_number(end[same])}"
        tail = f"{self._format_word(begin[same], several=True)} {numbers}"
        words = ", ".join([*(self._format_step(unit) for unit in begin[:same]), tail])
        if same == 0:
            return Locator(words, self._find_label(begin[0]), numbers)
        value = ", ".join([self._find_number(begin[0]), *(self._format_step(unit) for unit in begin[1:same]), tail])
        return Locator(words, self._find_label(begin[0]), value)

    def _list_steps(self, unit: Unit) -> list[Unit]:
        """List the units that the locator names: not the whole text, but at least the unit itself.

        Lines are counted through the scene, not the speech. An entry of a dictionary stands alone.
        """
        told = self._list_chain(unit)
        if told and name(told[-1].element) == "l":
            return [unit for unit in told if unit.unit != "speech"]
        return told or [unit]

    def _list_chain(self, unit: Unit) -> list[Unit]:
        """The named units around a unit, and the unit. Cached."""
        if unit not in self._chains:
            around = self._list_chain(unit.around) if unit.around is not None and self._kind(unit) != "entry" else []
            self._chains[unit] = around if self._is_skipped(unit) else [*around, unit]
        return self._chains[unit]

    def _is_skipped(self, unit: Unit) -> bool:
        """Whether the locator skips a unit: the text itself, the division cited as a whole, an only child without number."""
        if unit.milestone:
            return False
        if name(unit.element) == "text":
            return _is_alone_in_group(unit.element)
        if attribute(unit.element, "type") == "edition":
            return all(attribute(sibling, "type") != "edition" for sibling in unit.element.itersiblings(preceding=True))
        if self.without and _normalize_title(self._read_heading(unit.element)) == self.without:
            return True
        parent = unit.element.getparent()
        return (
            self._is_only(unit) and parent is not None and name(parent) == "body" and self._count_divisions(parent).total() == 1
        )

    def _format_step(self, unit: Unit) -> str:
        if unit not in self._told:
            self._told[unit] = f"{self._format_word(unit)} {self._find_number(unit)}".strip()
        return self._told[unit]

    def _format_word(self, unit: Unit, *, several: bool = False) -> str:
        term = TERMS.get(self._kind(unit))
        return term.words[self.language][several] if term is not None else unit.unit

    def _kind(self, unit: Unit) -> str:
        if unit not in self._kinds:
            self._kinds[unit] = _find_kind(unit)
        return self._kinds[unit]

    def _find_label(self, unit: Unit) -> str:
        term = TERMS.get(self._kind(unit))
        return term.label if term is not None else "section"

    def _find_number(self, unit: Unit) -> str:
        if unit not in self._numbers:
            self._numbers[unit] = self._format_number(unit)
        return self._numbers[unit]

    def _format_number(self, unit: Unit) -> str:
        """The number of a unit, or the heading if its identifier is no number; empty for the only one of its kind."""
        if self._is_only(unit) and (self._kind(unit) in _UNCOUNTED or self._kind(unit) not in TERMS):
            return ""
        if _NUMBER.match(unit.step) or not unit.step:
            return re.sub(r"^(?:(?:p|pp|fol|f|S)\.\s*)?0*(?=\d)", "", unit.step)
        heading = self._read_heading(unit.element).strip(_MARKS)
        (before, after), _ = quotation_marks_of(self.language)
        return f"{before}{heading}{after}" if heading else unit.step

    def _is_only(self, unit: Unit) -> bool:
        """Whether the unit is a division without a number and without siblings of its kind, such as an apparatus."""
        if name(unit.element) not in DIVISIONS or _has_number(unit.element) or unit.declared is not None:
            return False
        parent = unit.element.getparent()
        return parent is not None and self._count_divisions(parent)[_read_types(unit.element)] == 1

    def _count_divisions(self, parent: Element) -> Counter[tuple[str, str]]:
        if parent not in self._beside:
            self._beside[parent] = Counter(_read_types(sibling) for sibling in parent if name(sibling) in DIVISIONS)
        return self._beside[parent]

    def _read_heading(self, element: Element) -> str:
        head = child(element, "head")
        return running.within(self.edition, head) if head is not None else ""


def _find_kind(unit: Unit) -> str:
    """Find the kind of a unit. A line of verse differs from a line of writing, and a leaf from a page."""
    if name(unit.element) == "l" and find_unit(unit.unit) == "line":
        return "verse"
    if name(unit.element) in DIVISIONS and find_unit(unit.unit) == "entry":
        return "diary entry"
    if unit.unit == "page" and re.fullmatch(r"\W*\d+\s*[rv]o?\W*", unit.step):
        return "folio"
    return find_unit(unit.unit)


def _is_alone_in_group(text: Element) -> bool:
    around = text.getparent()
    return around is not None and name(around) == "group" and sum(name(element) in {"text", "group"} for element in around) == 1


def _read_types(division: Element) -> tuple[str, str]:
    return attribute(division, "type"), attribute(division, "subtype")


def _has_number(element: Element) -> bool:
    return bool(attribute(element, "n"))


def _normalize_title(title: str) -> str:
    return title.strip(_MARKS).casefold()
