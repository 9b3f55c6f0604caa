"""Datatypes for RELAX NG: XML Schema Part 2 and the built-in library (`string`, `token`).

`datatype(library, name, params)` returns a type, or raises `DatatypeError` for the author of the schema. Its `check` and
`key` test and compare values. `why_not` and `nearest` help the author of a document. `names` tests XML names.
"""

from __future__ import annotations

from siglum.schema.datatypes.facets import DatatypeError
from siglum.schema.datatypes.library import COMPATIBILITY, XSD, Datatype, datatype


def why_not(datatype: Datatype, value: str) -> str:
    """Return the reason why the type rejects the value; "" if it accepts it, or if no short reason exists."""
    from siglum.schema.datatypes import reasons  # only messages need it

    return reasons.why_not(datatype, value)


def nearest(datatype: Datatype, value: str) -> str | None:
    """Return an accepted value that the author obviously meant; None if the value is valid or nothing is obvious."""
    from siglum.schema.datatypes import suggestion  # only messages need it

    return suggestion.nearest(datatype, value)


__all__ = ["COMPATIBILITY", "XSD", "Datatype", "DatatypeError", "datatype", "nearest", "why_not"]
