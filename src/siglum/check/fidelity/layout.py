"""Find how a transcript sets its notes: try the usual layouts and take the one with the fewest differing words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from siglum.check.align import Stretch, differences
from siglum.check.fidelity.pieces import AllStatesText
from siglum.check.fidelity.tokens import HIGH, TokenizedText, tokenize
from siglum.text.frozen import frozen
from siglum.text.notes import Note
from siglum.text.running import JOIN, Origin, Piece
from siglum.text.tei import DIVISIONS, Element, attribute, name

_SUPERSCRIPT, _TYPED = "¹", "typed"
_CALLS = ("[{}]", "({})", "{}.", "{})", "{}", JOIN + "{}", _SUPERSCRIPT, "*", "")
"""The forms of a call and of the number before a note. A form that begins with JOIN has no space before it."""
_RAISED = str.maketrans("0123456789", HIGH)


def _end_of(*kinds: str) -> Callable[[Piece], bool]:
    return lambda piece: piece.origin is Origin.END and name(piece.element) in kinds


def _ends_chapter(piece: Piece) -> bool:
    parent = piece.element.getparent()
    return _end_of(*DIVISIONS)(piece) and parent is not None and name(parent) not in DIVISIONS


def _begins_page(piece: Piece) -> bool:
    return name(piece.element) == "pb"


def _no_place(_piece: Piece) -> bool:
    return False


_IN_PLACE = "where they are called"
_NOTE_PLACES: dict[str, Callable[[Piece], bool]] = {
    "at the end": _no_place,
    "at the end of the body": _end_of("body"),
    "at the end of each chapter": _ends_chapter,
    "at the foot of each page": _begins_page,
    "after each paragraph": _end_of("p", "lg", "quote"),
    _IN_PLACE: _no_place,
}
"""The places of notes in a transcript, each with the piece of text after which the notes called so far are printed."""


@frozen
class Layout:
    """The layout of notes in the transcript: the form of the calls, the place of the notes, the form of their heads."""

    call: str
    notes: str
    head: str = ""

    def __str__(self) -> str:
        marks = f"notes {self.notes}, and marks their calls {_describe_form(self.call)}"
        if self.call == self.head or self.notes == _IN_PLACE:
            return marks
        return f"{marks}, the notes themselves {_describe_form(self.head)}"


def _describe_form(form: str) -> str:
    return "as the document does" if form == _TYPED else f"as {_format_label(form, '1').strip(JOIN)}" if form else "in no way"


def _format_label(form: str, label: str) -> str:
    return label.translate(_RAISED) if form == _SUPERSCRIPT else form.format(label)


def find_layout(text: AllStatesText, theirs: TokenizedText) -> tuple[Layout, list[Piece], list[Stretch]]:
    """Return the layout with the fewest differing words, the pieces it gives, and the differences."""
    tried = []
    for layout in _candidate_layouts(text, theirs):
        pieces = list(_lay_out(text, layout))
        ours = _words_of(text, pieces)
        stretches = differences(ours, theirs.words)
        tried.append((layout, pieces, stretches))
        if not stretches:
            break
    return min(tried, key=lambda attempt: count_changes(attempt[2]))


def _candidate_layouts(text: AllStatesText, theirs: TokenizedText) -> Iterator[Layout]:
    """Yield every place of notes with the forms of calls and heads whose word counts are nearest to the transcript's."""
    if not text.notes:
        yield Layout(_CALLS[0], "at the end")
        return
    wanted = Counter(theirs.words)
    bare = _count_words(text, Layout("", "at the end"))
    forms = [form for form in _CALLS if form != "*" or not any(attribute(note, "n") for note in text.notes)]
    calls = {form: _count_words(text, Layout(form, "at the end")) for form in (*forms, *[_TYPED] * bool(text.typed))}
    heads = {form: _count_words(text, Layout("", "at the end", form)) for form in forms}

    def distance(forms: tuple[str, str]) -> int:
        call, head = calls[forms[0]], heads[forms[1]]
        keys = {*(call - bare), *(bare - call), *(head - bare)}
        return sum(abs(call[word] + head[word] - bare[word] - wanted[word]) - abs(bare[word] - wanted[word]) for word in keys)

    pairs = sorted(((call, head) for call in calls for head in heads), key=lambda pair: (distance(pair), pair[0] != pair[1]))
    least = distance(pairs[0])
    likely = [pair for pair in islice(pairs, 4) if distance(pair) == least]
    yield from (Layout(call, place, head) for place in _NOTE_PLACES for call, head in likely)


def _count_words(text: AllStatesText, layout: Layout) -> Counter[str]:
    return Counter(_words_of(text, _lay_out(text, layout)))


def _words_of(text: AllStatesText, pieces: Iterable[Piece]) -> list[str]:
    return tokenize("".join(piece.text for piece in text.in_state(pieces, {}))).words


def count_changes(stretches: list[Stretch]) -> int:
    return sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in stretches)


def _lay_out(text: AllStatesText, layout: Layout) -> Iterator[Piece]:
    """Lay out the whole text as the transcript does: its form of calls, its places for notes."""
    waiting: list[Note] = []
    done: set[Element] = set()
    printed_after = _NOTE_PLACES[layout.notes]
    for piece in text.body:
        yield from _with_calls([piece], text, layout, waiting)
        if waiting and printed_after(piece):
            yield from _print_notes(waiting, text, layout, done)
            waiting.clear()
    yield from _print_notes(waiting, text, layout, done)


def _print_notes(waiting: list[Note], text: AllStatesText, layout: Layout, done: set[Element]) -> Iterator[Piece]:
    """Yield each waiting note once; the notes that it calls follow it."""
    for note in waiting:
        if note.element in done:
            continue
        done.add(note.element)
        called: list[Note] = []
        yield Piece(f"\n{_format_label(layout.head, note.label).strip(JOIN)} ", note.element, Origin.MADE)
        yield from _with_calls(text.notes[note.element], text, layout, called)
        yield from _print_notes(called, text, layout, done)


def _with_calls(
    pieces: Iterable[Piece],
    text: AllStatesText,
    layout: Layout,
    waiting: list[Note],
    inside: tuple[Note, ...] = (),
) -> Iterator[Piece]:
    """Yield pieces with the calls of notes, written or generated, in the form of the transcript.

    A note printed in place appears once, even if two notes call each other.
    """
    for piece in pieces:
        typed = text.typed.get(piece.element, []) if piece.origin is not Origin.TAIL else []
        if piece.note is None and not typed:
            yield piece
        for note in [piece.note] if piece.note is not None else typed:
            if note.element not in text.notes:
                continue
            if note.label and not (typed and layout.call == _TYPED):
                call = _format_label("[{}]" if layout.call == _TYPED else layout.call, note.label)
                yield Piece(call if call.startswith(JOIN) else f" {call} ", piece.element, Origin.MADE)
            if layout.notes != _IN_PLACE and note.label:
                waiting.append(note)
            elif note not in inside:
                yield Piece(" ", note.element, Origin.MADE)
                yield from _with_calls(text.notes[note.element], text, layout, waiting, (*inside, note))
                yield Piece(" ", note.element, Origin.END)
        if typed and layout.call == _TYPED:
            yield piece
