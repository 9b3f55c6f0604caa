"""Findings: what is to be said about a user's file. Values only; printing is the reports' work.

A code is a letter for the family and three digits. Codes are promises: never reused, never given another meaning
(`codes.txt` in the tests holds the frozen list).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from siglum.text.source import Source


class Severity(StrEnum):
    """How much a finding weighs: only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to say about one place of a file: 1-based line and column; `help` says what to do."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    help: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The finding as JSON's types, in the order a reader wants them."""
        fields = asdict(self)
        return {key: fields[key] for key in ("code", "severity", "path", "line", "column", "message", "help")}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line a finding speaks of, cut to a readable length around it; `caret` is the place in `text`, counted from 0."""

    text: str
    caret: int


def excerpt(source: Source, finding: Finding, width: int = 100) -> Excerpt:
    """The excerpt for a finding about this file."""
    try:
        line = source.line(finding.line).expandtabs(1)
    except (LookupError, UnicodeError):  # an encoding that Python knows and that is none of text: `hex`, `idna`
        return Excerpt("", 0)
    at = min(max(finding.column - 1, 0), len(line))
    start = 0 if len(line) <= width or at < width * 3 // 4 else at - width // 2
    end = start + width
    text = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    return Excerpt(text, at - start + bool(start))


FAMILIES = {
    "X": "the file is not readable, well-formed XML with a TEI document in it",
    "S": "the schema does not allow it",
    "I": "an identifier or a pointer is at fault",
}

CODES = {
    "X001": "not well-formed XML",
    "X002": "the file or folder cannot be read",
    "X003": "the file is empty or is not XML",
    "X004": "the root element is not a TEI document's",
    "X005": "an entity that is not declared here, or more than a parser may safely take in",
    "X006": "an XInclude that cannot be followed",
    "X007": "a folder without TEI files",
    "S001": "the schema does not allow this element here",
    "S002": "an element lacks a child that the schema requires",
    "S003": "the schema does not allow this attribute here",
    "S004": "an element lacks an attribute that the schema requires",
    "S005": "the value of an attribute is not one the schema allows",
    "S006": "text where the schema does not allow it, or not this text",
    "S007": "an identifier of type ID that occurs twice",
    "S008": "a reference of type IDREF to an identifier that does not exist",
    "S009": "the schema does not allow it, for another reason",
    "S010": "no schema is known for the document",
    "S011": "a schema cannot be used",
    "I001": "an xml:id that occurs twice",
    "I002": "an xml:id that is not a name",
    "I003": "a pointer to an xml:id that does not exist",
    "I004": "a pointer that is not a valid address",
    "I005": "a note that nothing calls",
    "I006": "two notes with the same label",
}
