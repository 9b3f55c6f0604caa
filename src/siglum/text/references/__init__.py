"""Canonical references: what to call a place in a text, so that others find it.

The header says it where it can (TEI P5 3.11.4, 16.2.5): by `citeStructure`s, by the `cRefPattern`s of CTS, or by `refState`s,
whose values stand in milestones. Otherwise a reference is made of the divisions, by their @n or their order: “letter 2,
paragraph 3”. Every unit of a text has one reference, and no other unit has the same.
"""

from __future__ import annotations

from siglum.text.references.system import References, find_faults
from siglum.text.references.unit import Fault, Unit
from siglum.text.references.xpath import qualify

__all__ = ["Fault", "References", "Unit", "find_faults", "qualify"]
