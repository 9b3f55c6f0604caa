"""The proof that encoding changed no word: the document, turned back into running text, against its transcript.

The transcript's side of every `choice` is taken and quotation marks are made again; the two texts are then compared word by
word and mark by mark. White space is free, save that it parts words. What an editor declared in the encoding is listed as an
intervention; every other difference is reported with its place in both files. Where the transcript has the other state of
what is declared (the corrected side, no deleted words), it is compared in that state, and this is said.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from siglum.check.align import Stretch, differences
from siglum.check.fidelity.interventions import Intervention, interventions
from siglum.check.fidelity.layout import Layout, best
from siglum.check.fidelity.pieces import Whole, WholeText
from siglum.check.fidelity.states import States, other_state
from siglum.check.fidelity.words import Words, before, cut, line_and_column, quoted
from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document, Location
from siglum.text.edition import resolve
from siglum.text.frozen import frozen
from siglum.text.policy import DEFAULT, Policy
from siglum.text.running import Origin, Piece
from siglum.text.source import Source
from siglum.text.views import View

__all__ = ["Comparison", "Intervention", "Layout", "compare"]


@frozen
class Comparison:
    """What the comparison found. `words` counts words and marks compared; `findings` are the unexplained differences.

    `other_state`: the places of declared interventions of which the transcript has the edited state, and what it has.
    `skipped`: what was left out on demand, with its number of words and marks.
    """

    words: int
    layout: Layout | None
    findings: tuple[Finding, ...]
    interventions: tuple[Intervention, ...]
    other_state: tuple[tuple[Location, str], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()


def compare(document: Document, transcript: Source, skip: frozenset[str] = frozenset(), policy: Policy = DEFAULT) -> Comparison:
    """Compare a document with the plain text it was made from; elements or types of divisions in `skip` are left out."""
    resolved = resolve(document, View.TRANSCRIPT, policy)
    edition = Whole(document, View.TRANSCRIPT, resolved.identifiers, resolved.quotations, resolved.notes)
    theirs = cut(transcript.text)
    text = WholeText(edition, skip)
    layout, everything, stretches = best(text, theirs)
    states = States(text, everything, theirs)
    states.settle(stretches)
    pieces = text.in_state(everything, states.edited)
    ours = cut("".join(piece.text for piece in pieces))
    stretches = differences(ours.words, theirs.words)
    spots = _Spots(document, pieces)
    findings = [
        _finding(stretch, ours, theirs, spots, transcript)
        for each in stretches
        if not _is_line_end_hyphen(each, ours, theirs)
        for stretch in _mark_by_mark(each, ours, theirs)
    ]
    return Comparison(
        len(ours.words),
        layout if text.notes else None,
        tuple(findings),
        tuple(interventions(resolved)),
        tuple((document.locate(each), other_state(each)) for each in states.edited),
        tuple(text.skipped.items()),
    )


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


def _is_line_end_hyphen(stretch: Stretch, ours: Words, theirs: Words) -> bool:
    """Whether the transcript only divides a word at the end of a line."""
    i1, i2, j1, j2 = stretch
    start = theirs.starts[max(j1 - 1, 0)] if j1 < len(theirs.starts) else len(theirs.text)
    end = theirs.starts[j2] if j2 < len(theirs.starts) else len(theirs.text)
    divided = theirs.text[start:end]
    if not re.search(r"\w-[ \t]*\r?\n\s*\w", divided):
        return False
    joined = re.sub(r"-[ \t]*\r?\n\s*", "", theirs.text[theirs.starts[j1] : end]) if j1 < j2 else ""
    return cut(joined).words == ours.words[i1:i2]


def _finding(stretch: Stretch, ours: Words, theirs: Words, spots: _Spots, transcript: Source) -> Finding:
    i1, i2, j1, j2 = stretch
    at = spots.location(ours.starts[min(i1, len(ours.starts) - 1)] if ours.starts else 0)
    line, column = line_and_column(theirs, j1)
    place = f"{transcript.name}:{line}:{column}"
    has, had = quoted(ours, i1, i2), quoted(theirs, j1, j2)
    if i1 == i2:
        code, message = "F003", f"{had} stands in the transcript but not here (after {before(ours, i1)})"
    elif j1 == j2:
        code, message = "F002", f"{has} is not in the transcript (after {before(theirs, j1)})"
    elif _marks(ours.words[i1:i2]) == _marks(theirs.words[j1:j2]) != "":
        code, message = "F004", f"{has} stands where the transcript has {had}: it differs in marks only"
    else:
        code, message = "F001", f"{has} stands where the transcript has {had}"
    help_ = f"see {place}; restore the text, or declare the change ({_FITTING[code]})"
    return Finding(at.path, at.line, at.column, code, Severity.ERROR, message, help_)


_FITTING = {
    "F001": "choice with sic and corr, or with orig and reg",
    "F002": "supplied or add; for a note of your own, note with @resp",
    "F003": "del or surplus, or choice with sic and an empty corr",
    "F004": "choice with orig and reg; for marks that siglum makes, quotation/@marks or rendition in the header",
}
"""By code, the elements with which such a change is declared."""
_QUOTES, _DASHES = "\"'`´“”„‟«»‹›‘’‚‛′″", "-‐‑‒–—―−"
_PLAIN = str.maketrans({**dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_DASHES, "-")})


def _mark_by_mark(stretch: Stretch, ours: Words, theirs: Words) -> Iterator[Stretch]:
    """Marks side by side, as at the end of one quotation and the beginning of the next, are a difference each."""
    i1, i2, j1, j2 = stretch
    if i2 - i1 == j2 - j1 and _marks(ours.words[i1:i2]) == _marks(theirs.words[j1:j2]) != "":
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            if ours.words[i] != theirs.words[j]:
                yield i, i + 1, j, j + 1
    else:
        yield stretch


def _marks(words: list[str]) -> str:
    """Quotation marks and dashes without their shapes; empty where there is any other word or mark."""
    plain = "".join(words).translate(_PLAIN)
    return re.sub("-+", "-", plain) if set(plain) <= {"'", "-"} else ""
