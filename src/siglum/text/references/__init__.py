"""Canonical references: stable names for places in a text.

The header declares them (TEI P5 3.11.4, 16.2.5) with `citeStructure`, with the `cRefPattern`s of CTS, or with `refState`, whose
values stand in milestones. Otherwise a reference consists of the divisions, by @n or order: “letter 2, paragraph 3”. Every unit
has one reference, which no other unit shares.
"""

from __future__ import annotations

from siglum.text.references.system import References, find_faults
from siglum.text.references.unit import Fault, Unit
from siglum.text.references.xpath import qualify

__all__ = ["Fault", "References", "Unit", "find_faults", "qualify"]
