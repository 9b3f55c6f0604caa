"""Split a text into words and single punctuation marks, and quote parts of it in messages."""

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
class TokenizedText:
    """A text, its words and single marks, and the offset of each in the text."""

    text: str
    words: list[str]
    starts: list[int]


def tokenize(text: str) -> TokenizedText:
    words, starts = [], []
    for match in _WORD.finditer(text):
        words.append(_JOINED.sub("", match.group()))
        starts.append(match.start())
    return TokenizedText(text, words, starts)


def line_and_column(words: TokenizedText, index: int) -> tuple[int, int]:
    """Return the line and column (from 1) of a word."""
    at = words.starts[index] if index < len(words.starts) else len(words.text)
    return words.text.count("\n", 0, at) + 1, at - words.text.rfind("\n", 0, at)


def quote_words(words: TokenizedText, start: int, end: int) -> str:
    if end - start > 3 * _CONTEXT:
        return f"“{excerpt(words, start, start + _CONTEXT)} … {excerpt(words, end - _CONTEXT, end)}” ({end - start} words)"
    return f"“{excerpt(words, start, end)}”"


def quote_words_before(words: TokenizedText, index: int) -> str:
    return f"“{excerpt(words, max(index - _CONTEXT, 0), index)}”" if index else "the beginning"


def excerpt(words: TokenizedText, start: int, end: int) -> str:
    if start >= end:
        return ""
    last = words.starts[end - 1]
    match = _WORD.match(words.text, last)
    return squeeze(_JOINED.sub("", words.text[words.starts[start] : match.end() if match else last]))
