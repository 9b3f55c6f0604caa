"""Prove that encoding changed no word: compare the document, turned back into running text, with its transcript.

siglum reads the transcript's side of every `choice`, generates the quotation marks again, and compares both texts word by word
and mark by mark. White space counts only where it separates words. Declared editorial changes are listed as interventions;
every other difference is a finding with its place in both files. A transcript may have the edited state of an intervention (the
corrected word, no deleted words); siglum then compares that state and reports it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from siglum.check.align import Stretch, differences
from siglum.check.fidelity.interventions import Intervention, find_interventions
from siglum.check.fidelity.layout import Layout, find_layout
from siglum.check.fidelity.pieces import AllStatesEdition, AllStatesText
from siglum.check.fidelity.states import TranscriptStates, describe_state
from siglum.check.fidelity.tokens import TokenizedText, line_and_column, quote_words, quote_words_before, tokenize
from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document
from siglum.text.edition import resolve
from siglum.text.editorial_signs import Signing
from siglum.text.frozen import frozen
from siglum.text.policy import DEFAULT, Policy
from siglum.text.positions import Position
from siglum.text.running import Origin, Piece
from siglum.text.source import Source
from siglum.text.views import View

__all__ = ["Comparison", "Intervention", "Layout", "compare"]


@frozen
class Comparison:
    """The result of a comparison. `words`: the number of words and marks compared; `findings`: the unexplained differences.

    `other_state`: interventions whose edited state the transcript has, each with its place and a description.
    `skipped`: the parts left out on demand, each with its number of words and marks.
    """

    words: int
    layout: Layout | None
    findings: tuple[Finding, ...]
    interventions: tuple[Intervention, ...]
    other_state: tuple[tuple[Position, str], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()


def compare(document: Document, transcript: Source, skip: frozenset[str] = frozenset(), policy: Policy = DEFAULT) -> Comparison:
    """Compare a document with its plain-text transcript. `skip` names elements and division types to leave out."""
    resolved = resolve(document, View.TRANSCRIPT, policy)
    edition = AllStatesEdition(document, View.TRANSCRIPT, policy, Signing.NONE)
    theirs = tokenize(transcript.text)
    text = AllStatesText(edition, skip)
    layout, everything, stretches = find_layout(text, theirs)
    states = TranscriptStates(text, everything, theirs)
    states.decide(stretches)
    pieces = text.in_state(everything, states.edited)
    ours = tokenize("".join(piece.text for piece in pieces))
    stretches = differences(ours.words, theirs.words)
    spots = _Spots(document, pieces)
    findings = [
        _build_finding(part, ours, theirs, spots, transcript)
        for stretch in stretches
        if not _is_line_end_hyphen(stretch, ours, theirs)
        for part in _split_marks(stretch, ours, theirs)
    ]
    return Comparison(
        len(ours.words),
        layout if text.notes else None,
        tuple(findings),
        tuple(find_interventions(resolved)),
        tuple((document.locate(element), describe_state(element)) for element in states.edited),
        tuple(text.skipped.items()),
    )


class _Spots:
    """Maps an offset in the laid-out text to line and column in the document."""

    def __init__(self, document: Document, pieces: list[Piece]) -> None:
        self._document = document
        self._pieces = pieces
        self._starts: list[int] = []
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece.text)

    def location(self, offset: int) -> Position:
        index = max(bisect.bisect_right(self._starts, offset) - 1, 0)
        piece = self._pieces[index]
        if piece.origin is Origin.MADE:
            return self._document.locate(piece.element)
        tail = piece.origin is Origin.TAIL
        return self._document.locate_text(piece.element, tail=tail, offset=offset - self._starts[index])


def _is_line_end_hyphen(stretch: Stretch, ours: TokenizedText, theirs: TokenizedText) -> bool:
    """Return whether the transcript only divides a word at a line end."""
    i1, i2, j1, j2 = stretch
    start = theirs.starts[max(j1 - 1, 0)] if j1 < len(theirs.starts) else len(theirs.text)
    end = theirs.starts[j2] if j2 < len(theirs.starts) else len(theirs.text)
    divided = theirs.text[start:end]
    if not re.search(r"\w-[ \t]*\r?\n\s*\w", divided):
        return False
    joined = re.sub(r"-[ \t]*\r?\n\s*", "", theirs.text[theirs.starts[j1] : end]) if j1 < j2 else ""
    return tokenize(joined).words == ours.words[i1:i2]


def _build_finding(stretch: Stretch, ours: TokenizedText, theirs: TokenizedText, spots: _Spots, transcript: Source) -> Finding:
    i1, i2, j1, j2 = stretch
    at = spots.location(ours.starts[min(i1, len(ours.starts) - 1)] if ours.starts else 0)
    line, column = line_and_column(theirs, j1)
    place = f"{transcript.name}:{line}:{column}"
    has, had = quote_words(ours, i1, i2), quote_words(theirs, j1, j2)
    if i1 == i2:
        code, message = "F003", f"the transcript has {had}, the document does not (after {quote_words_before(ours, i1)})"
    elif j1 == j2:
        code, message = "F002", f"the document has {has}, the transcript does not (after {quote_words_before(theirs, j1)})"
    elif _marks(ours.words[i1:i2]) == _marks(theirs.words[j1:j2]) != "":
        code, message = "F004", f"the document has {has}, the transcript has {had}: only the marks differ"
    else:
        code, message = "F001", f"the document has {has}, the transcript has {had}"
    help_ = f"See {place}. Restore the text, or declare the change with {_DECLARED_WITH[code]}."
    return Finding(at.path, at.line, at.column, code, Severity.ERROR, message, help_)


_DECLARED_WITH = {
    "F001": "choice with sic and corr, or with orig and reg",
    "F002": "supplied or add; give a note of your own a @resp",
    "F003": "del or surplus, or choice with sic and an empty corr",
    "F004": "choice with orig and reg; for generated marks, set quotation/@marks or rendition in the header",
}
"""For each code, the elements that declare such a change."""
_QUOTES, _DASHES = "\"'`´“”„‟«»‹›‘’‚‛′″", "-‐‑‒–—―−"
_PLAIN = str.maketrans({**dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_DASHES, "-")})


def _split_marks(stretch: Stretch, ours: TokenizedText, theirs: TokenizedText) -> Iterator[Stretch]:
    """Split a stretch of marks only (one quotation ends, the next begins) into one difference a mark."""
    i1, i2, j1, j2 = stretch
    if i2 - i1 == j2 - j1 and _marks(ours.words[i1:i2]) == _marks(theirs.words[j1:j2]) != "":
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            if ours.words[i] != theirs.words[j]:
                yield i, i + 1, j, j + 1
    else:
        yield stretch


def _marks(words: list[str]) -> str:
    """Return quotation marks and dashes in one plain form; empty if the words contain anything else."""
    plain = "".join(words).translate(_PLAIN)
    return re.sub("-+", "-", plain) if set(plain) <= {"'", "-"} else ""
