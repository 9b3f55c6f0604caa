"""Write BibLaTeX for biber: the whole data model (EDTF dates, originals, events, languages by babel's names)."""

from __future__ import annotations

from collections.abc import Sequence

from siglum.convert.cite.bib.write import Dialect, write_entry
from siglum.convert.cite.record import Record

LEFT_OUT: frozenset[str] = frozenset()
_FULL = Dialect()


def write(records: Sequence[Record]) -> str:
    return "\n".join(write_entry(record, _FULL) for record in records)
