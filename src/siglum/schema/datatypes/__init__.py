"""Datatypes for RELAX NG: XML Schema Part 2's and the built-in library (`string`, `token`).

`datatype(library, name, params)` makes one, or raises `DatatypeError` for the schema's author; its `check` and `key`
judge and compare values. `why_not` and `nearest` help the author of a text. Names of XML are in `names`.
"""

from __future__ import annotations

from siglum.schema.datatypes.facets import DatatypeError
from siglum.schema.datatypes.library import COMPATIBILITY, XSD, Datatype, datatype


def why_not(datatype: Datatype, value: str) -> str:
    """The reason why this type refuses this value; "" if it does not, or if there is nothing short to say."""
    from siglum.schema.datatypes import reasons  # only messages need it

    return reasons.why_not(datatype, value)


def nearest(datatype: Datatype, value: str) -> str | None:
    """A value that the type accepts and that is plainly meant; None if the value is valid or nothing is plain."""
    from siglum.schema.datatypes import suggestion  # only messages need it

    return suggestion.nearest(datatype, value)


__all__ = ["COMPATIBILITY", "XSD", "Datatype", "DatatypeError", "datatype", "nearest", "why_not"]
