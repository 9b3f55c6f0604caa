"""How a transcript sets its notes: found by trying the usual ways, under which the fewest words differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from siglum.check.align import Stretch, differences
from siglum.check.fidelity.pieces import WholeText
from siglum.check.fidelity.words import HIGH, Words, cut
from siglum.text.frozen import frozen
from siglum.text.notes import Note
from siglum.text.running import JOIN, Origin, Piece
from siglum.text.tei import DIVISIONS, Element, attribute, name

_SUPERSCRIPT, _TYPED = "¹", "typed"
_CALLS = ("[{}]", "({})", "{}.", "{})", "{}", JOIN + "{}", _SUPERSCRIPT, "*", "")
"""What a call, or the number before a note, may look like; after JOIN, it is written close to the word before it."""
_RAISED = str.maketrans("0123456789", HIGH)


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


@frozen
class Layout:
    """How the transcript sets notes, as found in it: what a call and the head of a note look like, where the notes stand."""

    call: str
    notes: str
    head: str = ""

    def __str__(self) -> str:
        head = "" if self.call == self.head or self.notes == _IN_PLACE else f", the notes themselves {_shown(self.head)}"
        return f"notes {self.notes}, and marks their calls {_shown(self.call)}{head}"


def _shown(form: str) -> str:
    return "as the document does" if form == _TYPED else f"as {_written(form, '1').strip(JOIN)}" if form else "in no way"


def _written(form: str, label: str) -> str:
    return label.translate(_RAISED) if form == _SUPERSCRIPT else form.format(label)


def best(text: WholeText, theirs: Words) -> tuple[Layout, list[Piece], list[Stretch]]:
    """The layout under which the fewest words differ."""
    tried = []
    for layout in _layouts(text, theirs):
        pieces = list(_laid_out(text, layout))
        ours = _words_of(text, pieces)
        stretches = differences(ours, theirs.words)
        tried.append((layout, pieces, stretches))
        if not stretches:
            break
    return min(tried, key=lambda each: size(each[2]))


def _layouts(text: WholeText, theirs: Words) -> Iterator[Layout]:
    """Every place for the notes, with the forms of calls and heads whose words, counted, are most like the transcript's."""
    if not text.notes:
        yield Layout(_CALLS[0], "at the end")
        return
    wanted = Counter(theirs.words)
    bare = _counted(text, Layout("", "at the end"))
    forms = [form for form in _CALLS if form != "*" or not any(attribute(each, "n") for each in text.notes)]
    calls = {form: _counted(text, Layout(form, "at the end")) for form in (*forms, *[_TYPED] * bool(text.typed))}
    heads = {form: _counted(text, Layout("", "at the end", form)) for form in forms}

    def unlike(forms: tuple[str, str]) -> int:
        call, head = calls[forms[0]], heads[forms[1]]
        keys = {*(call - bare), *(bare - call), *(head - bare)}
        return sum(abs(call[each] + head[each] - bare[each] - wanted[each]) - abs(bare[each] - wanted[each]) for each in keys)

    pairs = sorted(((call, head) for call in calls for head in heads), key=lambda each: (unlike(each), each[0] != each[1]))
    least = unlike(pairs[0])
    likely = [each for each in islice(pairs, 4) if unlike(each) == least]
    yield from (Layout(call, place, head) for place in _NOTE_PLACES for call, head in likely)


def _counted(text: WholeText, layout: Layout) -> Counter[str]:
    return Counter(_words_of(text, _laid_out(text, layout)))


def _words_of(text: WholeText, pieces: Iterable[Piece]) -> list[str]:
    return cut("".join(piece.text for piece in text.in_state(pieces, {}))).words


def size(stretches: list[Stretch]) -> int:
    return sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in stretches)


def _laid_out(text: WholeText, layout: Layout) -> Iterator[Piece]:
    """The whole text as the transcript sets it: calls in its manner, notes where it has them."""
    waiting: list[Note] = []
    done: set[Element] = set()
    printed_after = _NOTE_PLACES[layout.notes]
    for piece in text.body:
        yield from _with_calls([piece], text, layout, waiting)
        if waiting and printed_after(piece):
            yield from _printed(waiting, text, layout, done)
            waiting.clear()
    yield from _printed(waiting, text, layout, done)


def _printed(waiting: list[Note], text: WholeText, layout: Layout, done: set[Element]) -> Iterator[Piece]:
    """Notes one after another, each once; those that a note calls come right after it, as they are numbered."""
    for note in waiting:
        if note.element in done:
            continue
        done.add(note.element)
        called: list[Note] = []
        yield Piece(f"\n{_written(layout.head, note.label).strip(JOIN)} ", note.element, Origin.MADE)
        yield from _with_calls(text.notes[note.element], text, layout, called)
        yield from _printed(called, text, layout, done)


def _with_calls(
    pieces: Iterable[Piece],
    text: WholeText,
    layout: Layout,
    waiting: list[Note],
    inside: tuple[Note, ...] = (),
) -> Iterator[Piece]:
    """Pieces with the calls of notes; a note printed in place is there once, also where two notes call each other.

    A call that is written out in the document is set in the manner of the transcript, too.
    """
    for piece in pieces:
        typed = text.typed.get(piece.element, []) if piece.origin is not Origin.TAIL else []
        if piece.note is None and not typed:
            yield piece
        for note in [piece.note] if piece.note is not None else typed:
            if note.element not in text.notes:
                continue
            if note.label and not (typed and layout.call == _TYPED):
                call = _written("[{}]" if layout.call == _TYPED else layout.call, note.label)
                yield Piece(call if call.startswith(JOIN) else f" {call} ", piece.element, Origin.MADE)
            if layout.notes != _IN_PLACE and note.label:
                waiting.append(note)
            elif note not in inside:
                yield Piece(" ", note.element, Origin.MADE)
                yield from _with_calls(text.notes[note.element], text, layout, waiting, (*inside, note))
                yield Piece(" ", note.element, Origin.END)
        if typed and layout.call == _TYPED:
            yield piece
