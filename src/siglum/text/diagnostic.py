"""Findings: what is to be said about a user's file. Values only; printing is the reports' work.

A code is a letter for the family and three digits; `check/codes.py` is the registry of codes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from siglum.text.frozen import frozen
from siglum.text.source import Source


class Severity(StrEnum):
    """How much a finding weighs: only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(order=True)
class Finding:
    """One thing to say about one place of a file: 1-based line and column; `help` says what to do.

    The end is the place behind the last character that it is about; where that is not known, it is the start.
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
        """Whether it is about more than a point."""
        return (self.end_line, self.end_column) != (self.line, self.column)

    def as_dict(self) -> dict[str, str | int]:
        """The finding as JSON's types, in the order a reader wants them; the end only where it is known."""
        keys = ("code", "severity", "path", "line", "column", "message", "help")
        ends = ("end_line", "end_column") if self.has_end else ()
        return {key: getattr(self, key) for key in (*keys, *ends)}


_EXTENTS = (
    r"""[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""",
    r"</?[^\s/>=]+|<\?(?s:.*?)\?>|<!--(?s:.*?)-->|<!\[CDATA\[",
    r"&#?\w+;?|[^\s<&]+",
)
"""What may begin at a place, tried in this order: an attribute, a tag (its name is enough), a reference or a word.

They are compiled when they are first wanted: a run without findings does without them.
"""
_FAR = 2_000
"""Characters that are looked at for an end: a file may be one line of millions."""


def with_end(source: Source, finding: Finding) -> Finding:
    """The finding with the end of what stands at its place in this file, if it has none yet."""
    if finding.has_end:
        return finding
    at = finding.column - 1
    try:
        first, *following = source.lines[finding.line - 1 : finding.line + 20]
    except (ValueError, LookupError, UnicodeError):  # no such line; an encoding that is none of text: `hex`, `idna`
        return finding
    text = "\n".join([first[at : at + _FAR], *following])[:_FAR]
    meant = next((found.group() for each in _EXTENTS if (found := re.match(each, text))), "")
    down, across = meant.count("\n"), len(meant) - (meant.rfind("\n") + 1)
    return replace(finding, end_line=finding.line + down, end_column=across + 1 + (0 if down else at))


@frozen
class Excerpt:
    """The line a finding speaks of, cut to a readable length around it.

    `caret` is the place in `text`, counted from 0, and `length` says how many characters from there are meant.
    """

    text: str
    caret: int
    length: int = 1


def excerpt(source: Source, finding: Finding, width: int = 100) -> Excerpt:
    """The excerpt for a finding about this file."""
    try:
        line = source.line(finding.line)
    except (LookupError, UnicodeError):  # an encoding that Python knows and that is none of text: `hex`, `idna`
        return Excerpt("", 0)
    at = min(max(finding.column - 1, 0), len(line))
    start = 0 if len(line) <= width or at < width * 3 // 4 else at - width // 2
    end = start + width
    text = ("…" if start else "") + line[start:end].expandtabs(1) + ("…" if end < len(line) else "")
    last = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    return Excerpt(text, at - start + bool(start), max(min(last, end, len(line)) - at, 1))
