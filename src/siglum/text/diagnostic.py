"""Findings: the faults that siglum reports about a user's file. They are values; the reports print them.

A code is a letter for the family and three digits; `check/codes.py` is the registry of codes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from siglum.text.frozen import frozen
from siglum.text.source import Source


class Severity(StrEnum):
    """The severity of a finding. Only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(order=True)
class Finding:
    """A fault at a place in a file. Lines and columns count from 1; `help` says what to do.

    The end is the place after the last character of the fault. Where siglum does not know the end, it is the start.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    help: str = ""
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        self.end_line, self.end_column = max((self.line, self.column), (self.end_line, self.end_column))  # type: ignore[misc]  # a default that depends on other fields

    @property
    def has_end(self) -> bool:
        """Whether the end is known."""
        return (self.end_line, self.end_column) != (self.line, self.column)

    def as_dict(self) -> dict[str, str | int]:
        """The finding as JSON values, in reading order. The end is present only if it is known."""
        keys = ("code", "severity", "path", "line", "column", "message", "help")
        ends = ("end_line", "end_column") if self.has_end else ()
        return {key: getattr(self, key) for key in (*keys, *ends)}


_EXTENTS = (
    r"""[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""",
    r"</?[^\s/>=]+|<\?(?s:.*?)\?>|<!--(?s:.*?)-->|<!\[CDATA\[",
    r"&#?\w+;?|[^\s<&]+",
)
"""Patterns for the text at a place, in this order: an attribute, a tag (up to its name), a reference or a word.

`re` compiles them at first use, so that a run without findings saves the time.
"""
_FAR = 2_000
"""The most characters to search for an end: a file can be one line of millions."""


def with_end(source: Source, finding: Finding) -> Finding:
    """Add the end of a finding: that of the attribute, tag, reference or word at its place."""
    if finding.has_end:
        return finding
    at = finding.column - 1
    try:
        first, *following = source.lines[finding.line - 1 : finding.line + 20]
    except (ValueError, LookupError, UnicodeError):  # no such line; an encoding that does not yield text: `hex`, `idna`
        return finding
    text = "\n".join([first[at : at + _FAR], *following])[:_FAR]
    extent = next((match.group() for pattern in _EXTENTS if (match := re.match(pattern, text))), "")
    down, across = extent.count("\n"), len(extent) - (extent.rfind("\n") + 1)
    return replace(finding, end_line=finding.line + down, end_column=across + 1 + (0 if down else at))


@frozen
class Excerpt:
    """The line of a finding, cut to a readable length around its place.

    `caret` is the index of the place in `text`, and `length` the number of characters of the fault.
    """

    text: str
    caret: int
    length: int = 1


def excerpt(source: Source, finding: Finding, width: int = 100) -> Excerpt:
    """Cut the line of a finding from its file."""
    try:
        line = source.line(finding.line)
    except (LookupError, UnicodeError):  # an encoding of Python that does not yield text: `hex`, `idna`
        return Excerpt("", 0)
    at = min(max(finding.column - 1, 0), len(line))
    start = 0 if len(line) <= width or at < width * 3 // 4 else at - width // 2
    end = start + width
    text = ("…" if start else "") + line[start:end].expandtabs(1) + ("…" if end < len(line) else "")
    last = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    return Excerpt(text, at - start + bool(start), max(min(last, end, len(line)) - at, 1))
