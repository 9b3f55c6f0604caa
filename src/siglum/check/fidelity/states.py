"""Decide which state of each declared intervention the transcript has: the one with fewer differing words."""

from __future__ import annotations

import bisect

from siglum.check.align import Stretch, differences
from siglum.check.fidelity.layout import count_changes
from siglum.check.fidelity.pieces import ABSENT, EDITED, AllStatesText
from siglum.check.fidelity.tokens import TokenizedText, tokenize
from siglum.text.running import Piece
from siglum.text.tei import Element, name


class TranscriptStates:
    """The interventions that the transcript has in their edited state (`edited`)."""

    def __init__(self, text: AllStatesText, everything: list[Piece], theirs: TokenizedText) -> None:
        self._text, self._everything, self._theirs = text, everything, theirs
        self.edited: dict[Element, None] = {}
        self._extents: dict[Element, tuple[int, int]] = {}
        """First and last piece of each intervention."""
        for at, piece in enumerate(everything):
            for element, _ in text.interventions_around(piece):
                first, _last = self._extents.get(element, (at, at))
                self._extents[element] = first, at

    def decide(self, stretches: list[Stretch]) -> None:
        """Try both states of the interventions near each difference, with the words around it."""
        if not self._extents or not stretches:
            return
        shown = self._text.in_state(self._everything, {})
        ours = tokenize("".join(piece.text for piece in shown))
        visible = {id(piece) for piece in shown}
        starts, at = [], 0
        for piece in self._everything:
            starts.append(at)
            at += len(piece.text) if id(piece) in visible else 0
        places = [(starts[first], starts[last], element) for element, (first, last) in self._extents.items()]
        for number, stretch in enumerate(stretches):
            before = stretches[number - 1] if number else (0, 0, 0, 0)
            after = stretches[number + 1] if number + 1 < len(stretches) else None
            self._decide_near(stretch, before, after, ours, starts, places)

    def _decide_near(
        self,
        stretch: Stretch,
        before: Stretch,
        after: Stretch | None,
        ours: TokenizedText,
        starts: list[int],
        places: list[tuple[int, int, Element]],
    ) -> None:
        i1, i2, j1, j2 = stretch
        back = min(_AROUND, i1 - before[1])
        on = min(_AROUND, (after[0] if after else len(ours.words)) - i2)
        low = ours.starts[i1 - back] if i1 - back < len(ours.starts) else len(ours.text)
        high = ours.starts[i2 + on] if i2 + on < len(ours.starts) else len(ours.text)
        wanted = self._theirs.words[j1 - back : j2 + on]
        first = bisect.bisect_left(starts, low)
        first = max(first - 1, 0)
        last = bisect.bisect_right(starts, high)
        window = self._everything[first:last]
        near = [element for start, end, element in places if low <= start <= high and low <= end <= high]
        offset, end = low - starts[first], (starts[last] if last < len(starts) else len(ours.text)) - high

        def count_differences(edited: dict[Element, None]) -> int:
            text = "".join(piece.text for piece in self._text.in_state(window, edited))
            return count_changes(differences(tokenize(text[offset : len(text) - end]).words, wanted))

        least = count_differences(self.edited)
        for element in near:
            if least and element not in self.edited:
                tried = count_differences({**self.edited, element: None})
                if tried < least:
                    self.edited[element] = None
                    least = tried


_AROUND = 8


def describe_state(element: Element) -> str:
    kind = name(element)
    if kind == "choice":
        side = next((name(child) for child in element if name(child) in EDITED), "")
        return f"the transcript has the edited side: {side}"
    if kind == "gap":
        return "the transcript has a sign for this gap"
    return f"the transcript has the words of `{kind}`" if kind in ABSENT else f"the transcript leaves out this `{kind}`"
