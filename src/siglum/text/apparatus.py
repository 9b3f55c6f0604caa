"""The critical apparatus (TEI P5, 13): what each `app` says, who attests a reading, and where an entry is called.

An entry stands in the text it is about (parallel segmentation), where its lemma or its first reading is the text; or apart
from it, in a `listApp` or by `@loc`, `@from`, `@to` (location-referenced, double end-point), where all of it is apparatus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from siglum.text.frozen import frozen
from siglum.text.named import record_name
from siglum.text.pointer import Identifiers
from siglum.text.tei import DIVISIONS, TEI, XML_ID, Element, attribute, elements, name, squeeze, tokens
from siglum.text.views import View, chosen, in_list, in_text, stands_apart

_READINGS = frozenset({"lem", "rdg"})
_NUMBERED = frozenset({"l", "p", "ab", "lb", "seg", "s"}) | DIVISIONS
_CALLED = "person persName name respStmt editor author bibl biblStruct org".split()
_TOLD = 160


@frozen
class Siglum:
    """A witness, hand or scholar as the apparatus prints it; `told` describes it, `element` is its record."""

    text: str
    told: str = ""
    element: Element | None = None


class Reading(NamedTuple):
    """A reading with those who attest it; `details` (`wit`, `witDetail`) follow it. Readings of one `group` belong together."""

    element: Element
    sigla: tuple[Siglum, ...]
    details: tuple[Element, ...]
    group: int


@frozen
class Entry:
    """An `app`. `text` is the reading that stands in the text, None where the entry stands apart; `remarks` close it."""

    element: Element
    text: Reading | None
    lemma: Reading | None
    readings: tuple[Reading, ...]
    remarks: tuple[Element, ...]


class Apparatus:
    """The entries of a document; `apart` are those outside the text, `called_at` says where these are called."""

    def __init__(self, root: Element, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._sigla: dict[str, Siglum] = {}
        found = [each for each in elements(root, "app") if in_text(each)]
        self.apart = {each: None for each in found if stands_apart(each)}
        self.called_at: dict[Element, list[Element]] = {}
        self._lines = _lines(root) if found else {}
        self._place()

    def entry(self, app: Element) -> Entry:
        """What an `app` says."""
        taken = None if app in self.apart else chosen(app, View.READING)
        readings: list[Reading] = []
        remarks: list[Element] = []
        for each, group in _parts(app):
            if name(each) in _READINGS:
                readings.append(Reading(each, self._attested(each), (), group))
            elif name(each) in {"wit", "witDetail"} and readings:
                at = _detailed(each, readings)
                readings[at] = readings[at]._replace(details=(*readings[at].details, each))
            else:
                remarks.append(each)
        text = next((each for each in readings if each.element is taken), None)
        lemma = text or next((each for each in readings if name(each.element) == "lem"), None)
        return Entry(app, text, lemma, tuple(each for each in readings if each is not lemma), tuple(remarks))

    def named(self, app: Element) -> str:
        """The words that an entry names by @from and @to; without @to they end where the entry stands."""
        start, end = (self._identifiers.first(app, key) for key in ("from", "to"))
        if start is None:
            return ""
        return words_between(start, end if end is not None else start if in_list(app) else app)

    def key(self, app: Element) -> str:
        """What an apparatus calls the place: `@loc`, or the numbers of the divisions and the line (“1.12”)."""
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

    def _attested(self, reading: Element) -> tuple[Siglum, ...]:
        """Witnesses, hands, and those who answer for it: `@wit`, `@hand`, `@resp`, `@source`; of a `rdgGrp` if it has none."""
        holder: Element | None = reading
        while holder is not None and name(holder) in {*_READINGS, "rdgGrp"}:
            found = [self.siglum(each) for key in ("wit", "hand", "resp", "source") for each in tokens(holder, key)]
            if found:
                return tuple(dict.fromkeys(found))
            holder = holder.getparent()
        return ()

    def siglum(self, pointer: str) -> Siglum:
        """How a pointer to a witness, a hand, a person or a book is printed; what leads nowhere by the name it has itself."""
        if pointer not in self._sigla:
            self._sigla[pointer] = self._resolved(pointer)
        return self._sigla[pointer]

    def _resolved(self, pointer: str) -> Siglum:
        record = self._identifiers.get(pointer if "#" in pointer else f"#{pointer}")
        bare = pointer.rpartition("#")[2] or pointer
        if record is None:
            return Siglum(bare if "#" in pointer else pointer)
        words = squeeze("".join(map(str, record.itertext())))
        told = words[:_TOLD] + ("…" if len(words) > _TOLD else "")
        written = own_siglum(record)
        named = _called(record) or record_name(record) if name(record) in _CALLED else ""
        return Siglum(written or attribute(record, "n") or named or bare, told, record)

    def _place(self) -> None:
        """Where the entries that stand apart are called: at @to, at @from, where @loc says, or where they stand."""
        places: dict[str, Element] | None = None
        for app in self.apart:
            at = self._identifiers.first(app, "to")
            at = self._identifiers.first(app, "from") if at is None else at
            if at is None and attribute(app, "loc"):
                places = self._places(app) if places is None else places
                at = _located(attribute(app, "loc"), places)
            if at is None and not in_list(app):
                at = app
            if at is not None:
                self.called_at.setdefault(at, []).append(app)

    def _places(self, app: Element) -> dict[str, Element]:
        """Every numbered line and part of the text by its reference, and by its own number where that comes first."""
        found: dict[str, Element] = {}
        numbered = [
            each
            for text in app.getroottree().getroot().iter(TEI + "text")
            for each in elements(text, *_NUMBERED)
            if attribute(each, "n") and in_text(each)
        ]
        for each in numbered:
            found.setdefault(self._reference(each), each)
        for each in numbered:
            found.setdefault(attribute(each, "n"), each)
        return found


def _author(record: Element) -> str:
    """Whose book it is: scholars stand in an apparatus by their surnames."""
    if name(record) not in {"bibl", "biblStruct"}:
        return ""
    who = next(elements(record, "author", "editor"), None)
    surname = next(elements(who, "surname"), who) if who is not None else None
    return squeeze("".join(map(str, surname.itertext()))) if surname is not None else ""


def _called(book: Element) -> str:
    """The author, with the date where the list has several books of his."""
    author = _author(book)
    beside = book.getparent()
    several = author and beside is not None and sum(_author(each) == author for each in beside) > 1
    date = next(elements(book, "date"), None) if several else None
    return author if date is None else f"{author} {squeeze(''.join(map(str, date.itertext()))) or attribute(date, 'when')}"


def own_siglum(record: Element) -> str:
    """The siglum that a witness writes itself: in an `abbr`, or in an `idno` of that type."""
    for each in elements(record, "abbr", "idno", "label"):
        if attribute(each, "type") == "siglum":
            return squeeze("".join(map(str, each.itertext())))
    return ""


def _parts(app: Element) -> Iterator[tuple[Element, int]]:
    """What stands in an entry, groups resolved, each with the number of its group (0: of none)."""
    for number, each in enumerate(app, 1):
        if name(each) == "rdgGrp":
            yield from ((inner, number) for inner, _ in _parts(each))
        elif isinstance(each.tag, str):
            yield each, 0


def _detailed(detail: Element, readings: list[Reading]) -> int:
    """Which of the readings so far a `wit` or `witDetail` is about: by @target, by @wit, or else the last."""
    aimed = {pointer.removeprefix("#") for pointer in tokens(detail, "target")}
    meant = set(tokens(detail, "wit"))
    for at, each in enumerate(readings):
        if each.element.get(XML_ID, "") in aimed or (not aimed and meant & set(tokens(each.element, "wit"))):
            return at
    return len(readings) - 1


def _lines(root: Element) -> dict[Element, str]:
    """The number of the line that each `app`, `lb` and anchor stands in, as the last `lb` counts it; a division begins anew."""
    found: dict[Element, str] = {}
    line = ""
    for each in elements(root, "app", "lb", "anchor", *DIVISIONS):
        if name(each) in DIVISIONS:
            line = ""
        elif name(each) == "lb":
            line = attribute(each, "n")
        if line:
            found[each] = line
    return found


_NUMBER = re.compile(r"[^\s,;–—-]+")


def _located(loc: str, places: dict[str, Element]) -> Element | None:
    """The place that @loc names: as it is written, or by its first number (“12–13”, “l. 12”)."""
    written = [loc, *_NUMBER.findall(loc)]
    return next((places[each] for each in written if each in places), None)


def words_between(start: Element, end: Element) -> str:
    """The words from one element (with what is in it) to the end of another, without notes; of one before the other only."""
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
