"""Notes: their streams, their labels and the places they are called from, decided once for every output.

A *stream* is a run of notes numbered together: the author's (or unattributed) notes, and those of an editor. Notes in the
margin, between the lines or in the line are not numbered. The number in the source (`@n`) is the label; a number made here
(a letter for an editor's note) never collides with one. A note is called where it stands, or wherever a `ptr` or a `ref`
without words in the text points to it, or at the end of what its `@target` names. A `ref` in words (“see note 2”) is a link to
the note, unless nothing else calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from siglum.text.pointer import Identifiers
from siglum.text.spans import NOTHING, Deleted
from siglum.text.tei import TEI, Element, attribute, child, elements, name, squeeze, tokens
from siglum.text.views import View, omission

MAIN, EDITORIAL, UNNUMBERED = "main", "editorial", ""

_RECORDS = frozenset(
    """biblFull biblStruct category event handNote listBibl listEvent listOrg listPerson listPlace msDesc nym object org
    person personGrp place relation taxonomy teiHeader""".split()
)
_NUMBERED_PLACES = frozenset({"", "foot", "bottom", "end", "endnote", "footnote", "unspecified"})
_WRAPPERS = frozenset({"p", "ab", "list", "item"})
_LISTS = frozenset({"noteGrp", "standOff", "listAnnotation", "annotationBlock"})


_WRITTEN_CALL = re.compile(r"[\W\d_]*(?:[^\W\d_]|[ivxlc]+)?[\W\d_]*", re.IGNORECASE)


@dataclass(slots=True)
class Note:
    """A note of the text. `calls` are the elements it is called from: itself, or the `ref`, `ptr` or span that calls it."""

    element: Element
    stream: str
    label: str = ""
    calls: list[Element] = field(default_factory=list)

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


class Notes:
    """The notes of a document in the order of their calls; `of` finds that of a `note`, `called_by` that of a call."""

    def __init__(self, root: Element, identifiers: Identifiers, view: View = View.READING, deleted: Deleted = NOTHING) -> None:
        self._root = root
        self._author = _named_in_title(root, "author")
        self._editors = _named_in_title(root, "editor", "respStmt")
        self._by_element = {
            element: Note(element, self._stream(element)) for element in _notes(root, view) if not deleted.holds(element)
        }
        self.called_by: dict[Element, list[Note]] = {}
        self._find_calls(identifiers)
        self._by_order = self._ordered()
        self._number()

    def __iter__(self) -> Iterator[Note]:
        return iter(self._by_order)

    def of(self, element: Element) -> Note | None:
        """The note that this element is."""
        return self._by_element.get(element)

    @property
    def uncalled(self) -> list[Note]:
        """Notes that stand outside the text and that nothing calls."""
        return [note for note in self._by_element.values() if not note.calls]

    def _stream(self, element: Element) -> str:
        if attribute(element, "place") not in _NUMBERED_PLACES:
            return UNNUMBERED
        if attribute(element, "type") in {"editorial", "editor"}:
            return EDITORIAL
        responsible = set(tokens(element, "resp"))
        if responsible & self._author:
            return MAIN
        return EDITORIAL if responsible and (self._author or responsible & self._editors) else MAIN

    def _find_calls(self, identifiers: Identifiers) -> None:
        in_words: dict[Element, Element] = {}
        for call in elements(self._root, "ref", "ptr"):
            for pointer in dict.fromkeys(tokens(call, "target")):
                target = identifiers.get(pointer)
                note = self._by_element.get(target) if target is not None else None
                if note is not None and _is_call(call, note):
                    note.calls.append(call)
                elif note is not None and _stands_elsewhere(note.element):
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
        return [] if _apart(note.element) else [note.element]

    def _ordered(self) -> list[Note]:
        """By their first call; a note that is called from another one comes after it."""
        order: dict[Element, Note] = {}
        for text in elements(self._root, "text"):
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
        walk = etree.iterwalk(start, events=("start", "end"), tag=TEI + "*")
        for event, element in walk:
            own = self._by_element.get(element)
            if own is not None and not own.stands_at_call and element is not start:
                if event == "start":
                    walk.skip_subtree()
            elif event == "start" and own is not None and own.stands_at_call:
                order.setdefault(own.element, own)
            elif event == "end":
                for note in self.called_by.get(element, ()):
                    if note.element not in order:
                        order[note.element] = note
                        self._follow(note.element, order)

    def _number(self) -> None:
        taken = {label for note in self._by_order if note.stream and (label := attribute(note.element, "n"))}
        for stream in (MAIN, EDITORIAL):
            members = [note for note in self._by_order if note.stream == stream]
            count = 0
            for note in members:
                note.label = attribute(note.element, "n")
                while not note.label:
                    count += 1
                    made = str(count) if stream == MAIN else _letters(count)
                    note.label = "" if made in taken else made


def _letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _notes(root: Element, view: View) -> Iterator[Element]:
    return (element for element in elements(root, "note") if _is_of_text(element) and not _left_out(element, view))


def _left_out(element: Element, view: View) -> bool:
    """Whether the view leaves the note out, by itself or with what is around it; both sides of a `choice` may be shown."""
    at: Element | None = element
    while at is not None and name(at) not in {"text", "standOff"}:
        parent = at.getparent()
        in_choice = parent is not None and name(parent) == "choice"
        in_apparatus = parent is not None and name(parent) == "app" and at is element
        if not in_choice and not in_apparatus and omission(at, view):
            return True
        at = parent
    return False


def _is_of_text(element: Element) -> bool:
    """Whether the note belongs to a text, and not to the header or to a record of a person, a book, a manuscript."""
    for above in element.iterancestors():
        kind = name(above)
        if kind in {"text", "standOff"}:
            return True
        if kind in _RECORDS:
            return False
    return False


def _apart(element: Element) -> bool:
    """Whether the note stands outside the text that calls it: in `standOff`, or in a division of notes."""
    parent = element.getparent()
    while parent is not None and (name(parent) in _LISTS or (name(parent) in _WRAPPERS and _holds_notes_only(parent))):
        if name(parent) == "standOff":
            return True
        parent = parent.getparent()
    return parent is not None and name(parent) == "div" and attribute(parent, "type") in {"notes", "footnotes", "endnotes"}


def _holds_notes_only(element: Element) -> bool:
    """Whether a paragraph or list is only there to hold notes."""
    if (element.text or "").strip() or any((each.tail or "").strip() for each in element):
        return False
    return all(name(each) in {"note", "noteGrp", "pb", "lb", "item", ""} for each in element)


def _is_call(call: Element, note: Note) -> bool:
    """Whether a `ref` or `ptr` calls a note, and is not a reference in words or to a note that stands where it is called."""
    if attribute(call, "type") in {"note", "noteCall", "noteAnchor", "noteRef", "fn"}:
        return True
    return _stands_elsewhere(note.element) and not has_words(call, [note])


def _stands_elsewhere(note: Element) -> bool:
    parent = note.getparent()
    return _apart(note) or (parent is not None and name(parent) in {"back", "body"})


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
