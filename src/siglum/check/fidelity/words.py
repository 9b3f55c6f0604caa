"""A text cut into words and single marks, and stretches of it for messages."""

from __future__ import annotations

import re

from siglum.text.frozen import frozen
from siglum.text.running import JOIN
from siglum.text.tei import squeeze

HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_WORD = re.compile(rf"[{HIGH}]+|[^\W{HIGH}]+(?:\s*{JOIN}\s*[^\W{HIGH}]+)*|[^\w\s{JOIN}]")
_JOINED = re.compile(rf"\s*{JOIN}\s*")
_CONTEXT = 5


@frozen
class Words:
    """A text cut into words and single marks, with where each begins in it."""

    text: str
    words: list[str]
    starts: list[int]


def cut(text: str) -> Words:
    words, starts = [], []
    for found in _WORD.finditer(text):
        words.append(_JOINED.sub("", found.group()))
        starts.append(found.start())
    return Words(text, words, starts)


def line_and_column(words: Words, index: int) -> tuple[int, int]:
    at = words.starts[index] if index < len(words.starts) else len(words.text)
    return words.text.count("\n", 0, at) + 1, at - words.text.rfind("\n", 0, at)


def quoted(words: Words, start: int, end: int) -> str:
    if end - start > 3 * _CONTEXT:
        return (
            f"“{stretch_of(words, start, start + _CONTEXT)} … {stretch_of(words, end - _CONTEXT, end)}” ({end - start} words)"
        )
    return f"“{stretch_of(words, start, end)}”"


def before(words: Words, index: int) -> str:
    return f"“{stretch_of(words, max(index - _CONTEXT, 0), index)}”" if index else "the very beginning"


def stretch_of(words: Words, start: int, end: int) -> str:
    if start >= end:
        return ""
    last = words.starts[end - 1]
    found = _WORD.match(words.text, last)
    return squeeze(_JOINED.sub("", words.text[words.starts[start] : found.end() if found else last]))
