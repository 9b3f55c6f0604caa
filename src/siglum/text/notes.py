"""Notes: their streams, their labels and the places they are called from, decided once for every output.

A *stream* is a run of notes numbered together: the author's (or unattributed) notes, and those of an editor. Notes in the
margin, between the lines or in the line are not numbered. An edition may have other streams (see `policy`). The number in the
source (`@n`) is the label; a number made here (a letter for an editor's note) never collides with one. A note is called where
it stands, or wherever a `ptr` or a `ref` without words in the text points to it, or at the end of what its `@target` names. A
`ref` in words (“see note 2”) is a link to the note, unless nothing else calls it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from siglum.text.del_span import NOTHING, Deleted
from siglum.text.element_index import ElementIndex
from siglum.text.numbering import NumberingUnits
from siglum.text.pointer import Identifiers
from siglum.text.policy import DEFAULT, EDITORIAL, MAIN, UNNUMBERED, Numbers, Policy, Stream
from siglum.text.tei import TEI, Element, attribute, child, elements, is_filled, name, squeeze, tokens
from siglum.text.tei_elements import with_property
from siglum.text.views import View, omission

__all__ = ["APPARATUS", "CALLS", "EDITORIAL", "MAIN", "UNNUMBERED", "Note", "Notes", "has_words", "is_empty_pointer"]

APPARATUS = "apparatus"
"""The stream of the entries of an apparatus, which are no `note`s."""

_RECORDS = with_property("record")
CALLS = frozenset({"note", "noteCall", "noteAnchor", "noteRef", "fn"})
"""Types of a `ref` or `ptr` that is the call of a note."""
_TEXTS_AND_RECORDS = _RECORDS | {"text", "standOff"}
_NUMBERED_PLACES = frozenset({"", "foot", "bottom", "end", "endnote", "footnote", "unspecified"})
_WRAPPERS = frozenset({"p", "ab", "list", "item"})
_HELD = frozenset({"note", "noteGrp", "pb", "lb", "item", ""})
_LISTS = frozenset({"noteGrp", "standOff", "listAnnotation", "annotationBlock"})


_WRITTEN_CALL = re.compile(r"[\W\d_]*(?:[^\W\d_]|[ivxlc]+)?[\W\d_]*", re.IGNORECASE)


@dataclass(slots=True)
class Note:
    """A note of the text. `calls` are the elements it is called from: itself, or the `ref`, `ptr` or span that calls it.

    `editorial`: it is not the author's; `unit`: the division or page break at which the numbers of its stream begin anew.
    """

    element: Element
    stream: str
    editorial: bool = False
    label: str = ""
    calls: list[Element] = field(default_factory=list)
    unit: Element | None = None

    @property
    def stands_at_call(self) -> bool:
        """Whether the note stands in the text where it is called."""
        return self.calls == [self.element]


def has_words(call: Element, called: Iterable[Note]) -> bool:
    """Whether a `ref` to notes has words of its own (“see the note”), and not just the call itself (“[45]”) or nothing."""
    typed = "".join(map(str, call.itertext()))
    if _WRITTEN_CALL.fullmatch(typed):
        return False
    return squeeze(typed).strip("[](){} ") not in {attribute(each.element, "n") for each in called}


def is_empty_pointer(element: Element) -> bool:
    """Whether it is a `ptr` or a `ref` without any content: it reads as what it points to is called."""
    return name(element) in {"ptr", "ref"} and not is_filled(element)


class Notes:
    """The notes of a document in the order of their calls; `of` finds that of a `note`, `called_by` that of a call.

    `streams` are in the order of printing; the `note`s that are `deleted` or stand `apart` are none.
    """

    def __init__(
        self,
        index: ElementIndex,
        identifiers: Identifiers,
        view: View = View.READING,
        policy: Policy = DEFAULT,
        deleted: Deleted = NOTHING,
        apart: frozenset[Element] = frozenset(),
    ) -> None:
        self._index = index
        self.streams = policy.all_streams
        self._asking = sorted((each for each in self.streams if each.conditions), key=lambda each: -each.conditions)
        self._keeps = {each.name: each.n for each in self.streams}
        self._author = _named_in_title(index.root, "author")
        self._editors = _named_in_title(index.root, "editor", "respStmt")
        read = (each for each in _notes(index, view) if each not in apart and not deleted.holds(each))
        self._by_element = {element: self._note(element) for element in read}
        self._rest = self._continued(identifiers)
        self._rests: dict[Element, list[Element]] = {}
        for each, first in self._rest.items():
            self._rests.setdefault(first, []).append(each)
        self._only_notes: dict[Element, bool] = {}
        self.called_by: dict[Element, list[Note]] = {}
        self._find_calls(identifiers)
        self._by_order = self._ordered()
        self._number()

    def __iter__(self) -> Iterator[Note]:
        return iter(self._by_order)

    def of(self, element: Element) -> Note | None:
        """The note that this element is."""
        return self._by_element.get(element)

    def continues(self, element: Element) -> bool:
        """Whether the element is the end of a note that another begins (@prev, @next), as where a footnote runs over a page."""
        return element in self._rest

    def rest_of(self, element: Element) -> list[Element]:
        """The elements in which the note of this one goes on, in order."""
        return self._rests.get(element, [])

    @property
    def printed(self) -> list[Note]:
        """The notes in the order in which they are printed: a stream after the other, each in the order of its calls."""
        order = {each.name: at for at, each in enumerate(self.streams)}
        return sorted(self._by_order, key=lambda note: order.get(note.stream, len(order)))

    @property
    def uncalled(self) -> list[Note]:
        """Notes that stand outside the text and that nothing calls."""
        return [note for note in self._by_element.values() if not note.calls]

    def _continued(self, identifiers: Identifiers) -> dict[Element, Element]:
        """The `note`s that go on with another, each with the first of its chain; they are no notes of their own."""
        before: dict[Element, Element] = {}
        for element in self._by_element:
            previous, following = (identifiers.first(element, key) for key in ("prev", "next"))
            if previous is not None and previous in self._by_element:
                before.setdefault(element, previous)
            if following is not None and following in self._by_element:
                before.setdefault(following, element)
        known: dict[Element, Element | None] = {}
        for each in before:
            _follow_back(each, before, known)
        rest = {each: first for each in before if (first := known[each]) is not None}
        for each in rest:
            del self._by_element[each]
        return rest

    def _note(self, element: Element) -> Note:
        editorial = self._is_editorial(element)
        numbered = attribute(element, "place") in _NUMBERED_PLACES
        usual = UNNUMBERED if not numbered else EDITORIAL if editorial else MAIN
        asked = next((each for each in self._asking if each.matches(element)), None)
        return Note(element, usual if asked is None else asked.name, editorial)

    def _is_editorial(self, element: Element) -> bool:
        if attribute(element, "type") in {"editorial", "editor"}:
            return True
        responsible = set(tokens(element, "resp"))
        if not responsible or responsible & self._author:
            return False
        return bool(self._author or responsible & self._editors)

    def _find_calls(self, identifiers: Identifiers) -> None:
        in_words: dict[Element, Element] = {}
        for call in self._index.named("ref", "ptr"):
            for pointer in dict.fromkeys(tokens(call, "target")):
                target = identifiers.get(pointer)
                note = self._by_element.get(target) if target is not None else None
                if note is not None and _is_call(call, note, self._only_notes):
                    note.calls.append(call)
                elif note is not None and _stands_elsewhere(note.element, self._only_notes):
                    in_words.setdefault(note.element, call)
        for note in self._by_element.values():
            if not note.calls:
                note.calls = self._own_place(note, identifiers, in_words)
            for call in note.calls:
                if call is not note.element:
                    self.called_by.setdefault(call, []).append(note)

    def _own_place(self, note: Note, identifiers: Identifiers, in_words: dict[Element, Element]) -> list[Element]:
        """Where a note is called that no `ptr` or `ref` calls: what it is about, the first `ref` in words, where it stands."""
        for key in ("targetEnd", "target"):
            target = identifiers.first(note.element, key)
            if target is not None and next(target.iterancestors(TEI + "text"), None) is not None:
                return [target]
        if note.element in in_words:
            return [in_words[note.element]]
        return [] if _apart(note.element, self._only_notes) else [note.element]

    def _ordered(self) -> list[Note]:
        """By their first call; a note that is called from another one comes after it."""
        order: dict[Element, Note] = {}
        at_issue = {*self._by_element, *self.called_by}
        self._called_positions = sorted(self._index.order[each] for each in at_issue if str(each.tag).startswith(TEI))
        for text in self._index.named("text"):
            self._follow(text, order)
        for note in self._by_element.values():
            if note.element not in order and note.calls:
                order[note.element] = note
                self._follow(note.element, order)
        return [*order.values(), *self.uncalled]

    def _follow(self, start: Element, order: dict[Element, Note]) -> None:
        """Put down every note that is called in an element, leaving the bodies that stand apart for when they are called.

        What is about a whole element (@target) is called at its end.
        """
        index, positions = self._index, self._called_positions
        first, last = index.span(start)
        at, end = bisect_left(positions, first), bisect_left(positions, last)
        open_: list[tuple[int, Element]] = []
        while at < end:
            element = index.elements[positions[at]]
            while open_ and open_[-1][0] <= positions[at]:
                self._end(open_.pop()[1], order)
            own, behind = self._by_element.get(element), index.span(element)[1]
            if own is not None and not own.stands_at_call and element is not start:
                at = bisect_left(positions, behind)
                continue
            if own is not None and own.stands_at_call:
                order.setdefault(element, own)
            open_.append((behind, element))
            at += 1
        for _, element in reversed(open_):
            self._end(element, order)

    def _end(self, element: Element, order: dict[Element, Note]) -> None:
        """Put down the notes that are called at the end of an element."""
        for note in self.called_by.get(element, ()):
            if note.element not in order:
                order[note.element] = note
                self._follow(note.element, order)

    def _number(self) -> None:
        units = NumberingUnits(self._index, {note.element: note.calls for note in self._by_element.values()})
        for stream in self.streams:
            self._number_stream(stream, units)

    def _number_stream(self, stream: Stream, units: NumberingUnits) -> None:
        """Labels for the notes of a stream: those given, and between them made ones that nothing in the unit has."""
        members = [note for note in self._by_order if note.stream == stream.name]
        if not members:
            return
        taken: dict[Element | None, set[str]] = {}
        for note in self._by_order:
            if label := self._given(note):
                taken.setdefault(units.unit_of(note.element, stream), set()).add(label)
        counts: Counter[Element | None] = Counter()
        for note in members:
            note.unit = units.unit_of(note.element, stream)
            note.label = self._given(note)
            while not note.label and stream.numbers is not Numbers.NONE:
                counts[note.unit] += 1
                made = stream.numbers.label(counts[note.unit])
                note.label = "" if made in taken.get(note.unit, ()) else made

    def _given(self, note: Note) -> str:
        """The label in the source, where it counts."""
        return attribute(note.element, "n") if self._keeps[note.stream] else ""


def _follow_back(element: Element, before: dict[Element, Element], known: dict[Element, Element | None]) -> None:
    """Find the first of a chain, for all that are passed on the way; None where the chain has no beginning."""
    passed: dict[Element, None] = {}
    while element in before and element not in known and element not in passed:
        passed[element] = None
        element = before[element]
    first = None if element in passed else known.get(element) if element in before else element
    known.update(dict.fromkeys(passed, first))


def _notes(index: ElementIndex, view: View) -> Iterator[Element]:
    """The notes of a text, and not of the header or of a record of a person, a book, a manuscript, that the view reads."""
    left_out: dict[Element, bool] = {}
    of_text: dict[Element, bool] = {}
    for each in index.named("note"):
        parent = each.getparent()
        if parent is not None and _is_of_text(parent, of_text) and not _is_left_out(each, parent, view, left_out):
            yield each


def _is_left_out(note: Element, parent: Element, view: View, known: dict[Element, bool]) -> bool:
    """Whether the view leaves the note out, by itself or with what is around it; both sides of a `choice` may be shown."""
    if name(parent) not in {"app", "choice"} and omission(note, view):
        return True
    passed: list[Element] = []
    at: Element | None = parent
    left_out = False
    while at is not None and at not in known and name(at) not in {"text", "standOff"}:
        passed.append(at)
        above = at.getparent()
        if (above is None or name(above) != "choice") and omission(at, view):
            left_out = True
            break
        at = above
    left_out = left_out or (at is not None and known.get(at, False))
    known.update(dict.fromkeys(passed, left_out))
    return left_out


def _is_of_text(parent: Element, known: dict[Element, bool]) -> bool:
    if name(parent) in {"app", "rdgGrp"}:
        return False  # it is a remark of the entry
    if parent not in known:
        found = (name(each) not in _RECORDS for each in (parent, *parent.iterancestors()) if name(each) in _TEXTS_AND_RECORDS)
        known[parent] = next(found, False)
    return known[parent]


def _apart(element: Element, known: dict[Element, bool]) -> bool:
    """Whether the note stands outside the text that calls it: in `standOff`, or in a division of notes."""
    parent = element.getparent()
    while parent is not None and (name(parent) in _LISTS or (name(parent) in _WRAPPERS and _holds_notes_only(parent, known))):
        if name(parent) == "standOff":
            return True
        parent = parent.getparent()
    return parent is not None and name(parent) == "div" and attribute(parent, "type") in {"notes", "footnotes", "endnotes"}


def _holds_notes_only(element: Element, known: dict[Element, bool]) -> bool:
    """Whether a paragraph or list is only there to hold notes; found once for all that are in it."""
    if element not in known:
        known[element] = _has_no_words(element) and all(name(each) in _HELD for each in element)
    return known[element]


def _has_no_words(element: Element) -> bool:
    return not (element.text or "").strip() and not any((each.tail or "").strip() for each in element)


def _is_call(call: Element, note: Note, known: dict[Element, bool]) -> bool:
    """Whether a `ref` or `ptr` calls a note, and is not a reference in words or to a note that stands where it is called."""
    if attribute(call, "type") in CALLS:
        return True
    return _stands_elsewhere(note.element, known) and not has_words(call, [note])


def _stands_elsewhere(note: Element, known: dict[Element, bool]) -> bool:
    parent = note.getparent()
    return _apart(note, known) or (parent is not None and name(parent) in {"back", "body"})


def _named_in_title(root: Element, *kinds: str) -> set[str]:
    """How `@resp` names authors or editors: by the `@ref` or the `xml:id` in the title statement."""
    found: set[str] = set()
    statement = child(root, "teiHeader", "fileDesc", "titleStmt")
    for named in elements(statement, *kinds) if statement is not None else ():
        for each in named.iter():
            found.update(tokens(each, "ref"))
            identifier = attribute(each, "{http://www.w3.org/XML/1998/namespace}id")
            found.update({f"#{identifier}"} if identifier else ())
    return found
