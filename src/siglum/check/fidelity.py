"""The proof that encoding changed no word: the document, turned back into running text, against its transcript.

The transcript's side of every `choice` is taken and quotation marks are made again; the two texts are then compared word by
word and mark by mark. White space is free, save that it parts words. What an editor declared in the encoding is listed as an
intervention; every other difference is reported with its place in both files.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from siglum.check.align import Stretch, differences
from siglum.text import running
from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document, Location
from siglum.text.edition import Edition, resolve
from siglum.text.notes import EDITORIAL, Note
from siglum.text.running import JOIN, Origin, Piece
from siglum.text.source import Source
from siglum.text.tei import DIVISIONS, Element, attribute, child, elements, name, squeeze, tokens
from siglum.text.views import View

_WORD = re.compile(rf"\w+(?:\s*{JOIN}\s*\w+)*|[^\w\s{JOIN}]")
_JOINED = re.compile(rf"\s*{JOIN}\s*")
_CALLS = ("[{}]", "({})", "{}.", "{})", "{}", "")
_CONTEXT = 5


def _ends(*kinds: str) -> Callable[[Piece], bool]:
    return lambda piece: piece.origin is Origin.END and name(piece.element) in kinds


def _ends_chapter(piece: Piece) -> bool:
    parent = piece.element.getparent()
    return _ends(*DIVISIONS)(piece) and parent is not None and name(parent) not in DIVISIONS


def _begins_page(piece: Piece) -> bool:
    return name(piece.element) == "pb"


def _never(_piece: Piece) -> bool:
    return False


_IN_PLACE = "where they are called"
_NOTE_PLACES: dict[str, Callable[[Piece], bool]] = {
    "at the end": _never,
    "at the end of the body": _ends("body"),
    "at the end of each chapter": _ends_chapter,
    "at the foot of each page": _begins_page,
    "after each paragraph": _ends("p", "lg", "quote"),
    _IN_PLACE: _never,
}
"""Where a transcript may have its notes: after which piece of the text those called so far are printed."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the transcript sets notes, as found in it: what a call looks like, and where the notes stand."""

    call: str
    notes: str

    def __str__(self) -> str:
        call = f"as {self.call.format('1')}" if self.call else "in no way"
        return f"notes {self.notes}, and marks their calls {call}"


@dataclass(frozen=True, slots=True)
class Intervention:
    """One thing an editor declared: what the transcript has and what the edition reads, either may be empty."""

    kind: str
    location: Location
    transcript: str
    reading: str
    responsible: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison found. `words` counts words and marks compared; `findings` are the unexplained differences."""

    words: int
    layout: Layout | None
    findings: tuple[Finding, ...]
    interventions: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """A text cut into words and single marks, with where each begins in it."""

    text: str
    words: list[str]
    starts: list[int]


def compare(document: Document, transcript: Source) -> Comparison:
    """Compare a document with the plain text it was made from."""
    edition = resolve(document, View.TRANSCRIPT)
    theirs = _cut(transcript.text)
    body = list(running.body(edition))
    notes = {note.element: pieces for note, pieces in running.notes(edition) if note.stream != EDITORIAL}
    layout, pieces, ours, stretches = _best(body, notes, theirs)
    spots = _Spots(document, pieces)
    findings = [
        _finding(stretch, ours, theirs, spots, transcript)
        for stretch in stretches
        if not _is_line_end_hyphen(stretch, ours, theirs)
    ]
    shown = layout if notes else None
    return Comparison(len(ours.words), shown, tuple(findings), tuple(_interventions(edition)))


def _cut(text: str) -> _Words:
    words, starts = [], []
    for found in _WORD.finditer(text):
        words.append(_JOINED.sub("", found.group()))
        starts.append(found.start())
    return _Words(text, words, starts)


def _best(
    body: list[Piece], notes: dict[Element, list[Piece]], theirs: _Words
) -> tuple[Layout, list[Piece], _Words, list[Stretch]]:
    """The layout under which the fewest words differ."""
    wanted = Counter(theirs.words)

    def unlike(layout: Layout) -> int:
        ours = Counter(_cut("".join(piece.text for piece in _laid_out(body, notes, layout))).words)
        return sum((ours - wanted).values()) + sum((wanted - ours).values())

    call = min(_CALLS, key=lambda each: unlike(Layout(each, "at the end"))) if notes else _CALLS[0]
    tried = []
    for place in _NOTE_PLACES if notes else ("at the end",):
        layout = Layout(call, place)
        pieces = list(_laid_out(body, notes, layout))
        ours = _cut("".join(piece.text for piece in pieces))
        stretches = differences(ours.words, theirs.words)
        tried.append((layout, pieces, ours, stretches))
        if not stretches:
            break
    return min(tried, key=lambda each: _size(each[3]))


def _size(stretches: list[Stretch]) -> int:
    return sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in stretches)


def _laid_out(body: Iterable[Piece], notes: dict[Element, list[Piece]], layout: Layout) -> Iterator[Piece]:
    """The whole text as the transcript sets it: calls in its manner, notes where it has them."""
    waiting: list[Note] = []
    printed_after = _NOTE_PLACES[layout.notes]
    for piece in body:
        yield from _with_calls([piece], notes, layout, waiting)
        if waiting and printed_after(piece):
            yield from _printed(waiting, notes, layout)
            waiting.clear()
    yield from _printed(waiting, notes, layout)


def _printed(
    waiting: list[Note], notes: dict[Element, list[Piece]], layout: Layout, printed: set[Element] | None = None
) -> Iterator[Piece]:
    """Notes one after another, each once; those that a note calls come right after it, as they are numbered."""
    done = printed if printed is not None else set()
    for note in waiting:
        if note.element in done:
            continue
        done.add(note.element)
        called: list[Note] = []
        yield Piece(f"\n{layout.call.format(note.label)} ", note.element, Origin.MADE)
        yield from _with_calls(notes[note.element], notes, layout, called)
        yield from _printed(called, notes, layout, done)


def _with_calls(
    pieces: Iterable[Piece],
    notes: dict[Element, list[Piece]],
    layout: Layout,
    waiting: list[Note],
    inside: tuple[Note, ...] = (),
) -> Iterator[Piece]:
    """Pieces with the calls of notes; a note printed in place is there once, also where two notes call each other."""
    for piece in pieces:
        note = piece.note
        if note is None:
            yield piece
        elif note.element in notes:
            if note.label:
                yield Piece(f" {layout.call.format(note.label)} ", piece.element, Origin.MADE)
            if layout.notes != _IN_PLACE and note.label:
                waiting.append(note)
            elif note not in inside:
                yield Piece(" ", note.element, Origin.MADE)
                yield from _with_calls(notes[note.element], notes, layout, waiting, (*inside, note))
                yield Piece(" ", note.element, Origin.END)


class _Spots:
    """The way back: from a place in the laid-out text to line and column in the document."""

    def __init__(self, document: Document, pieces: list[Piece]) -> None:
        self._document = document
        self._pieces = pieces
        self._starts: list[int] = []
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece.text)

    def location(self, offset: int) -> Location:
        index = max(bisect.bisect_right(self._starts, offset) - 1, 0)
        piece = self._pieces[index]
        if piece.origin is Origin.MADE:
            return self._document.locate(piece.element)
        tail = piece.origin is Origin.TAIL
        return self._document.locate_text(piece.element, tail=tail, offset=offset - self._starts[index])


def _is_line_end_hyphen(stretch: Stretch, ours: _Words, theirs: _Words) -> bool:
    """Whether the transcript only divides a word at the end of a line."""
    i1, i2, j1, j2 = stretch
    start = theirs.starts[max(j1 - 1, 0)] if j1 < len(theirs.starts) else len(theirs.text)
    end = theirs.starts[j2] if j2 < len(theirs.starts) else len(theirs.text)
    divided = theirs.text[start:end]
    if not re.search(r"\w-[ \t]*\r?\n\s*\w", divided):
        return False
    joined = re.sub(r"-[ \t]*\r?\n\s*", "", theirs.text[theirs.starts[j1] : end]) if j1 < j2 else ""
    return _cut(joined).words == ours.words[i1:i2]


def _finding(stretch: Stretch, ours: _Words, theirs: _Words, spots: _Spots, transcript: Source) -> Finding:
    i1, i2, j1, j2 = stretch
    at = spots.location(ours.starts[min(i1, len(ours.starts) - 1)] if ours.starts else 0)
    line, column = _line_and_column(theirs, j1)
    place = f"{transcript.name}:{line}:{column}"
    has, had = _quoted(ours, i1, i2), _quoted(theirs, j1, j2)
    if i1 == i2:
        code, message = "F003", f"{had} stands in the transcript but not here (after {_before(ours, i1)})"
    elif j1 == j2:
        code, message = "F002", f"{has} is not in the transcript (after {_before(theirs, j1)})"
    else:
        code, message = "F001", f"{has} stands where the transcript has {had}"
    help_ = (
        f"see {place}; restore the text, or declare the change (choice with sic and corr, supplied, surplus, a note's @resp)"
    )
    return Finding(at.path, at.line, at.column, code, Severity.ERROR, message, help_)


def _line_and_column(words: _Words, index: int) -> tuple[int, int]:
    at = words.starts[index] if index < len(words.starts) else len(words.text)
    return words.text.count("\n", 0, at) + 1, at - words.text.rfind("\n", 0, at)


def _quoted(words: _Words, start: int, end: int) -> str:
    if end - start > 3 * _CONTEXT:
        return f"“{_stretch(words, start, start + _CONTEXT)} … {_stretch(words, end - _CONTEXT, end)}” ({end - start} words)"
    return f"“{_stretch(words, start, end)}”"


def _before(words: _Words, index: int) -> str:
    return f"“{_stretch(words, max(index - _CONTEXT, 0), index)}”" if index else "the very beginning"


def _stretch(words: _Words, start: int, end: int) -> str:
    if start >= end:
        return ""
    last = words.starts[end - 1]
    found = _WORD.match(words.text, last)
    return squeeze(_JOINED.sub("", words.text[words.starts[start] : found.end() if found else last]))


# Declared interventions

_PAIRS = {"corr": ("sic", "correction"), "reg": ("orig", "regularization"), "expan": ("abbr", "expansion")}
_ALONE = {
    "supplied": ("supplied text", "reading"),
    "surplus": ("superfluous text", "transcript"),
    "ex": ("expansion", "reading"),
}


def _interventions(edition: Edition) -> Iterator[Intervention]:
    for text in elements(edition.document.root, "text"):
        if any(name(above) == "text" for above in text.iterancestors()):
            continue
        for element in elements(text, "choice", *_ALONE, "note"):
            yield from _intervention(edition, element)


def _intervention(edition: Edition, element: Element) -> Iterator[Intervention]:
    kind = name(element)
    note = edition.notes.of(element)
    location = edition.document.locate(element)
    if kind == "choice":
        yield from _choice(edition, element, location)
    elif kind in _ALONE:
        what, side = _ALONE[kind]
        text = running.within(edition, element)
        sides = (text, "") if side == "transcript" else ("", text)
        yield Intervention(what, location, *sides, _responsible(edition, element), attribute(element, "cert"))
    elif note is not None and note.stream == EDITORIAL:
        text = running.within(edition, element)
        yield Intervention("editorial note", location, "", text, _responsible(edition, element), attribute(element, "cert"))


def _choice(edition: Edition, element: Element, location: Location) -> Iterator[Intervention]:
    for edited, (source, what) in _PAIRS.items():
        before, after = child(element, source), child(element, edited)
        if before is not None and after is not None:
            sides = running.within(edition, before), running.within(edition, after)
            certainty = attribute(after, "cert") or attribute(element, "cert")
            yield Intervention(what, location, *sides, _responsible(edition, after), certainty)


def _responsible(edition: Edition, element: Element) -> str:
    """Who answers for it: the names behind `@resp`, on the element or on the `choice` around it."""
    parent = element.getparent()
    pointers = tokens(element, "resp") or (tokens(parent, "resp") if parent is not None else [])
    named = [edition.identifiers.get(each) for each in pointers]
    return ", ".join(
        squeeze("".join(map(str, each.itertext()))) if each is not None else pointer
        for pointer, each in zip(pointers, named, strict=True)
    )
