"""Findings: what is to be said about a user's file. Values only; printing is the reports' work.

A code is a letter for the family and three digits. Codes are promises: never reused, never given another meaning
(`codes.txt` in the tests holds the frozen list).
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


FAMILIES = {
    "X": "the file is not readable, well-formed XML with a TEI document in it",
    "S": "the schema does not allow it",
    "I": "an identifier, a pointer, a note or a quotation is at fault",
    "O": "an ODD is at fault, or can be read in two ways",
    "B": "a bibliography (.bib, CSL-JSON) is at fault",
    "E": "an export does not know what to make of something, and keeps it",
}

CODES = {
    "X001": "not well-formed XML",
    "X002": "the file or folder cannot be read",
    "X003": "the file is empty or is not XML",
    "X004": "the root element is not a TEI document's",
    "X005": "an entity that is not declared here, or more than a parser may safely take in",
    "X006": "an XInclude that cannot be followed",
    "X007": "a folder without TEI files",
    "X008": "siglum failed on this file",
    "X009": "the file is too large for the checks that need it as a whole",
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
    "S012": "a schema of another release of TEI than the one named",
    "I001": "an xml:id that occurs twice",
    "I002": "an xml:id that is not a name",
    "I003": "a pointer to an xml:id that does not exist",
    "I004": "a pointer that is not a valid address",
    "I005": "a note that nothing calls",
    "I006": "two notes with the same label",
    "I021": "a call of a note that calls none",
    "I022": "a note with a lower number than the one before it",
    "I023": "notes of which some have a number and others have none",
    "I024": "a reference to a note by another number than it has",
    "I025": "parts of a quotation that cannot be joined",
    "I026": "a quotation that has marks, or has none, against what the header says",
    "I027": "a declaration of references that cannot be used",
    "O001": "there is no schemaSpec, or not the one that was asked for",
    "O002": "an attribute or child in an ODD that is none of those it can have",
    "O003": "a specification or reference without a name",
    "O004": "RELAX NG in an ODD that cannot be read",
    "O005": "several schemaSpecs, and none was asked for",
    "O006": "an ODD that only says how elements are rendered",
    "O007": "a source, group or grammar that cannot be used",
    "O008": "an ODD or a group that leads back to itself",
    "O009": "a module that the source does not have",
    "O010": "an element, class, macro or datatype that the source does not have",
    "O011": "a class that nothing defines",
    "O012": "something to be changed or deleted that is not there",
    "O013": "something added that is there already",
    "O014": "memberships in classes that are lost",
    "O015": "a class that is a member of itself",
    "O016": "an attribute to be changed or deleted that is not there",
    "O017": "an attribute that is given twice",
    "O018": "a value to be added or deleted that is there, or is not",
    "O019": "a part of a specification that two changes give",
    "O020": "elements of TEI without the module tei",
    "O021": "an element that no document can contain",
    "O022": "attributes of a model class",
    "O023": "the rules of TEI itself are not in the Schematron",
    "O101": "read in two ways: a source that is not compiled",
    "O102": "read in two ways: an element changed in another namespace",
    "O103": "read in two ways: a list of values without a mode",
    "O104": "read in two ways: a value without a mode in a list that is changed",
    "O105": "read in two ways: attributes for a class that has none",
    "O106": "read in two ways: a constraint whose name is used elsewhere",
    "O107": "read in two ways: a change of an attribute that has another name",
    "O108": "read in two ways: a change of an attribute that has constraints",
    "O109": "read in two ways: a replacement of what is not there",
    "O110": "read in two ways: changes outside the schemaSpec",
    "O201": "read in two ways: a group that holds nothing but another group",
    "O202": "read in two ways: what may be missing, or occur a number of times",
    "O203": "read in two ways: members of a class or repetitions without a group",
    "O204": "read in two ways: two repetitions of the same thing",
    "O205": "read in two ways: a choice of attributes",
    "O206": "read in two ways: exceptions to anyElement",
    "O207": "read in two ways: a restriction of a datatype",
    "O208": "read in two ways: a choice of members that a class does not have",
    "O209": "read in two ways: an attribute that a class has from another",
    "O210": "two elements of the same name in different namespaces",
    "O211": "a content model names something that is not in the schema",
    "O212": "a datatype that is not known",
    "O213": "a datatype given by address",
    "O214": "a prefix without a namespace in a content model",
    "O215": "a document is to begin with an element that is not in the schema",
    "O216": "the schema has no element that a document may begin with",
    "O217": "a least number of times that is above the greatest",
    "O218": "a bound so high that the schema has none",
    "O219": "a pattern that is defined twice",
    "O220": "a grammar that cannot be made a part of the schema",
    "O221": "read in two ways: an empty alternative",
    "O222": "read in two ways: a choice of nothing but lists of values",
    "O301": "a constraint that does not say where it is tested",
    "O302": "a prefix without a namespace in a constraint",
    "O303": "a prefix with two meanings",
    "O304": "a key in the namespace of Schematron",
    "O305": "a constraint without a scheme",
    "O306": "a constraint in another language than the schema",
    "O307": "a constraint without a rule of ISO Schematron",
    "O308": "a constraint on nothing",
    "O310": "read in two ways: a constraint of a class without a context",
    "O311": "read in two ways: a value that is valid until a date",
    "O320": "a schema that is not what its ODD makes",
    "O401": "a behaviour that TEI does not have",
    "O402": "XPath in a model that cannot be used",
    "O403": "something only TEI Publisher knows",
    "B001": "an entry of a bibliography that cannot be read",
    "B002": "something in a bibliography that is not kept as it was meant",
    "E001": "an element that TEI does not have",
    "E002": "a deletion whose end is not found",
}
