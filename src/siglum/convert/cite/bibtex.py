"""Write BibTeX as BibTeX 0.99 reads it. Values that it has no field for stand in fields that it ignores.

A date beyond year and month is also written as biblatex's `date`.
"""

from __future__ import annotations

from collections.abc import Sequence

from siglum.convert.cite.bib.write import Dialect, write_entry
from siglum.convert.cite.record import Record

LEFT_OUT: frozenset[str] = frozenset()
_CLASSIC = Dialect(classic=True)


def write(records: Sequence[Record]) -> str:
    return "\n".join(write_entry(record, _CLASSIC) for record in records)
