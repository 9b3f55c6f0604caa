"""The critical apparatus (TEI P5, chapter 13): entries, readings with their witnesses, and the place of each entry.

With parallel segmentation an `app` is part of the text, and its lemma or first reading is read. With the location-referenced
and double end-point methods (`listApp`, `@loc`, `@from`, `@to`) the whole entry is apparatus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.named import record_name
from siglum.text.pointer import Identifiers
from siglum.text.tei import DIVISIONS, TEI, XML_ID, Element, attribute, elements, name, squeeze, tokens
from siglum.text.views import View, chosen, in_list, in_text, stands_apart

_READINGS = frozenset({"lem", "rdg"})
_NUMBERED = frozenset({"l", "p", "ab", "lb", "seg", "s"}) | DIVISIONS
_NAMED_RECORDS = "person persName name respStmt editor author bibl biblStruct org".split()
_DESCRIPTION_LENGTH = 160


@frozen
class Siglum:
    """A witness, hand or scholar as the apparatus prints it, with a description and the record it comes from."""

    text: str
    description: str = ""
    element: Element | None = None


@frozen
class Reading:
    """A `lem` or `rdg` with its sigla and its `wit` and `witDetail` elements; `group` numbers the `rdgGrp` (0: none)."""

    element: Element
    sigla: tuple[Siglum, ...]
    details: tuple[Element, ...]
    group: int


@frozen
class Entry:
    """An `app`. `text` is the reading that the text has (None if the entry is outside the text); `remarks` end the entry."""

    element: Element
    text: Reading | None
    lemma: Reading | None
    readings: tuple[Reading, ...]
    remarks: tuple[Element, ...]


class Apparatus:
    """The entries of a document. `apart`: those outside the text; `called_at`: for each element, the entries called there."""

    def __init__(self, index: ElementIndex, identifiers: Identifiers) -> None:
        self._index = index
        self._identifiers = identifiers
        self._sigla: dict[str, Siglum] = {}
        apps = [app for app in index.named("app") if in_text(app)]
        self.apart = {app: None for app in apps if stands_apart(app)}
        self.called_at: dict[Element, list[Element]] = {}
        self._lines = _number_lines(index) if apps else {}
        self._place_entries()

    def entry(self, app: Element) -> Entry:
        """Read an `app`."""
        taken = None if app in self.apart else chosen(app, View.READING)
        readings: list[Reading] = []
        remarks: list[Element] = []
        for part, group in _parts(app):
            if name(part) in _READINGS:
                readings.append(Reading(part, self._find_sigla(part), (), group))
            elif name(part) in {"wit", "witDetail"} and readings:
                at = _find_reading(part, readings)
                readings[at] = replace(readings[at], details=(*readings[at].details, part))
            else:
                remarks.append(part)
        text = next((reading for reading in readings if reading.element is taken), None)
        lemma = text or next((reading for reading in readings if name(reading.element) == "lem"), None)
        return Entry(app, text, lemma, tuple(reading for reading in readings if reading is not lemma), tuple(remarks))

    def lemma_words(self, app: Element) -> str:
        """Return the words between `@from` and `@to`; without `@to` they end at the entry itself."""
        start, end = (self._identifiers.first(app, key) for key in ("from", "to"))
        if start is None:
            return ""
        return words_between(start, end if end is not None else start if in_list(app) else app)

    def key(self, app: Element) -> str:
        """Return the reference that the apparatus prints: `@loc`, or the numbers of divisions and line (“1.12”)."""
        at = self._identifiers.first(app, "from") if app in self.apart else app
        return squeeze(attribute(app, "loc")) or self._reference(at if at is not None else app)

    def _reference(self, at: Element) -> str:
        first = next(elements(at, "l"), None) if name(at) == "app" else None  # whole lines of verse are the lemma
        numbers = [attribute(first, "n")] if first is not None and attribute(first, "n") else []
        for each in (at, *at.iterancestors()):
            number = attribute(each, "n")
            is_counted = name(each) in DIVISIONS or name(each) == "l" or (name(each) in {"p", "ab"} and not numbers)
            if is_counted and number and not number.startswith("urn:"):
                numbers.append(number)
        line = self._lines.get(at, "")
        inner = [line] if line and not any(name(each) == "l" for each in at.iterancestors()) else []
        return ".".join([*reversed(numbers), *inner])

    def _find_sigla(self, reading: Element) -> tuple[Siglum, ...]:
        """Return the sigla of a reading from `@wit`, `@hand`, `@resp`, `@source`; if it has none, those of its `rdgGrp`."""
        holder: Element | None = reading
        while holder is not None and name(holder) in {*_READINGS, "rdgGrp"}:
            sigla = [self.siglum(pointer) for key in ("wit", "hand", "resp", "source") for pointer in tokens(holder, key)]
            if sigla:
                return tuple(dict.fromkeys(sigla))
            holder = holder.getparent()
        return ()

    def siglum(self, pointer: str) -> Siglum:
        """Return the siglum for a pointer to a witness, hand, person or book; a pointer to nothing prints as its own name."""
        if pointer not in self._sigla:
            self._sigla[pointer] = self._resolve_siglum(pointer)
        return self._sigla[pointer]

    def _resolve_siglum(self, pointer: str) -> Siglum:
        record = self._identifiers.get(pointer if "#" in pointer else f"#{pointer}")
        bare = pointer.rpartition("#")[2] or pointer
        if record is None:
            return Siglum(bare if "#" in pointer else pointer)
        words = squeeze("".join(map(str, record.itertext())))
        description = words[:_DESCRIPTION_LENGTH] + ("…" if len(words) > _DESCRIPTION_LENGTH else "")
        named = _name_book(record) or record_name(record) if name(record) in _NAMED_RECORDS else ""
        return Siglum(own_siglum(record) or attribute(record, "n") or named or bare, description, record)

    def _place_entries(self) -> None:
        """Find the place of each entry outside the text: `@to`, `@from`, the place that `@loc` names, or its own place."""
        places: dict[str, Element] | None = None
        for app in self.apart:
            at = self._identifiers.first(app, "to")
            at = self._identifiers.first(app, "from") if at is None else at
            if at is None and attribute(app, "loc"):
                places = self._index_places() if places is None else places
                at = _find_place(attribute(app, "loc"), places)
            if at is None and not in_list(app):
                at = app
            if at is not None:
                self.called_at.setdefault(at, []).append(app)

    def _index_places(self) -> dict[str, Element]:
        """Index the numbered lines and parts of the text by reference, then by their own number."""
        places: dict[str, Element] = {}
        numbered = [
            part
            for part in self._index.named(*_NUMBERED)
            if attribute(part, "n") and next(part.iterancestors(TEI + "text"), None) is not None and in_text(part)
        ]
        for part in numbered:
            places.setdefault(self._reference(part), part)
        for part in numbered:
            places.setdefault(attribute(part, "n"), part)
        return places


def _author(record: Element) -> str:
    """Return the surname of the author or editor: an apparatus names scholars by surname."""
    if name(record) not in {"bibl", "biblStruct"}:
        return ""
    who = next(elements(record, "author", "editor"), None)
    surname = next(elements(who, "surname"), who) if who is not None else None
    return squeeze("".join(map(str, surname.itertext()))) if surname is not None else ""


def _name_book(book: Element) -> str:
    """Return the author; if the list has several books by this author, with the date."""
    author = _author(book)
    beside = book.getparent()
    several = author and beside is not None and sum(_author(other) == author for other in beside) > 1
    date = next(elements(book, "date"), None) if several else None
    return author if date is None else f"{author} {squeeze(''.join(map(str, date.itertext()))) or attribute(date, 'when')}"


def own_siglum(record: Element) -> str:
    """Return the siglum that a record declares: an `abbr`, `idno` or `label` with `@type="siglum"`."""
    for label in elements(record, "abbr", "idno", "label"):
        if attribute(label, "type") == "siglum":
            return squeeze("".join(map(str, label.itertext())))
    return ""


def _parts(app: Element) -> Iterator[tuple[Element, int]]:
    """Yield the children of an entry, those of `rdgGrp` in its place, each with the number of its group (0: none)."""
    for number, child in enumerate(app, 1):
        if name(child) == "rdgGrp":
            yield from ((inner, number) for inner, _ in _parts(child))
        elif isinstance(child.tag, str):
            yield child, 0


def _find_reading(detail: Element, readings: list[Reading]) -> int:
    """Return the index of the reading that a `wit` or `witDetail` describes: by `@target`, by `@wit`, else the last."""
    aimed = {pointer.removeprefix("#") for pointer in tokens(detail, "target")}
    meant = set(tokens(detail, "wit"))
    for at, each in enumerate(readings):
        if each.element.get(XML_ID, "") in aimed or (not aimed and meant & set(tokens(each.element, "wit"))):
            return at
    return len(readings) - 1


def _number_lines(index: ElementIndex) -> dict[Element, str]:
    """Map each `app`, `lb` and `anchor` to its line number, the `@n` of the last `lb` in the division."""
    lines: dict[Element, str] = {}
    line = ""
    for element in index.named("app", "lb", "anchor", *DIVISIONS):
        if name(element) in DIVISIONS:
            line = ""
        elif name(element) == "lb":
            line = attribute(element, "n")
        if line:
            lines[element] = line
    return lines


_NUMBER = re.compile(r"[^\s,;–—-]+")


def _find_place(loc: str, places: dict[str, Element]) -> Element | None:
    """Return the place that `@loc` names: the whole value, or its first number (“12–13”, “l. 12”)."""
    return next((places[key] for key in (loc, *_NUMBER.findall(loc)) if key in places), None)


def words_between(start: Element, end: Element) -> str:
    """Return the words from the start of one element to the end of another, without notes; empty if `end` comes first."""
    around = next(start.iterancestors(TEI + "text"), None)
    words: list[str] = []
    inside = False
    for event, each in etree.iterwalk(around, events=("start", "end")) if around is not None else ():
        inside = inside or each is start
        if each is end and not inside:
            return ""
        in_note = name(each) == "note" or next(each.iterancestors(TEI + "note"), None) is not None
        if event == "end" and each is end:
            return squeeze("".join(words))
        if inside and event == "start" and isinstance(each.tag, str) and not in_note:
            words.append(str(each.text or ""))
        elif inside and event == "end" and (not in_note or name(each) == "note"):
            words.append(str(each.tail or ""))
    return ""
