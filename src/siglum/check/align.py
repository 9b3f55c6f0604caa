"""Two long sequences of words laid beside each other: which stretches differ.

Stretches that occur once in both, longest first, fix the alignment (as in patience diff); difflib settles the short gaps
between them. Time grows with the length, not with its square, as long as the two are versions of one text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Stretch = tuple[int, int, int, int]
"""Two half-open ranges that differ: `a[i1:i2]` stands where `b[j1:j2]` does."""

_GRAMS = (12, 6, 3, 2, 1)
_SMALL = 250_000
"""Up to so many pairs of words difflib is asked; beyond, a gap without anything in common is one difference."""


def differences(a: Sequence[str], b: Sequence[str]) -> list[Stretch]:
    """The stretches in which `a` and `b` differ, in order."""
    found: list[Stretch] = []
    ranges: list[Stretch] = [(0, len(a), 0, len(b))]
    while ranges:
        i1, i2, j1, j2 = _trimmed(a, b, ranges.pop())
        if i1 == i2 and j1 == j2:
            continue
        anchors = _anchors(a, b, (i1, i2, j1, j2)) if i1 < i2 and j1 < j2 else []
        if anchors:
            ranges += reversed(list(_between(anchors, (i1, i2, j1, j2))))
        else:
            found += _settled(a, b, (i1, i2, j1, j2))
    return found


def _trimmed(a: Sequence[str], b: Sequence[str], stretch: Stretch) -> Stretch:
    i1, i2, j1, j2 = stretch
    while i1 < i2 and j1 < j2 and a[i1] == b[j1]:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and a[i2 - 1] == b[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    return i1, i2, j1, j2


def _anchors(a: Sequence[str], b: Sequence[str], stretch: Stretch) -> list[tuple[int, int]]:
    """Pairs of places, rising in both, where the same run of words stands that occurs once in each range."""
    i1, i2, j1, j2 = stretch
    if (i2 - i1) * (j2 - j1) <= _SMALL:
        return []
    for size in _GRAMS:
        once_a = _once(a, i1, i2, size)
        once_b = _once(b, j1, j2, size)
        pairs = sorted((i, once_b[run]) for run, i in once_a.items() if run in once_b)
        if pairs:
            return _rising(pairs)
    return []


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        run = tuple(words[at : at + size])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs that rises in the second place too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        last[at : at + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1]
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(anchors: list[tuple[int, int]], stretch: Stretch) -> Iterator[Stretch]:
    i1, i2, j1, j2 = stretch
    for i, j in anchors:
        if i >= i1 and j >= j1:
            yield i1, i, j1, j
            i1, j1 = i + 1, j + 1
    yield i1, i2, j1, j2


def _settled(a: Sequence[str], b: Sequence[str], stretch: Stretch) -> Iterator[Stretch]:
    i1, i2, j1, j2 = stretch
    if (i2 - i1) * (j2 - j1) > _SMALL:
        yield stretch
        return
    matcher = SequenceMatcher(None, a[i1:i2], b[j1:j2], autojunk=False)
    for tag, x1, x2, y1, y2 in matcher.get_opcodes():
        if tag != "equal":
            yield i1 + x1, i1 + x2, j1 + y1, j1 + y2
