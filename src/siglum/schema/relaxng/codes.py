"""The code of each kind of fault; `siglum.check.codes` explains the codes."""

from __future__ import annotations

from siglum.schema.relaxng.fault import Kind

CODES = {
    Kind.ELEMENT: "S001",
    Kind.OUT_OF_ORDER: "S001",
    Kind.TOO_EARLY: "S002",  # an element is missing before it
    Kind.INCOMPLETE: "S002",
    Kind.ATTRIBUTE: "S003",
    Kind.ATTRIBUTES: "S003",
    Kind.NO_ATTRIBUTE: "S004",
    Kind.VALUE: "S005",
    Kind.TEXT: "S006",
    Kind.DATA: "S006",
    Kind.TWICE: "S007",
    Kind.NO_ID: "S008",
}
