"""BibTeX as BibTeX 0.99 reads it: its entry types, names and fields; what it lacks stands in fields that it passes over.

A date that is more than year and month is given as biblatex's `date` too.
"""

from __future__ import annotations

from collections.abc import Sequence

from siglum.convert.cite.bib.write import Dialect, write_entry
from siglum.convert.cite.record import Record

LEFT_OUT: frozenset[str] = frozenset()
_CLASSIC = Dialect(classic=True)


def write(records: Sequence[Record]) -> str:
    """The records as a .bib file."""
    return "\n".join(write_entry(record, _CLASSIC) for record in records)
