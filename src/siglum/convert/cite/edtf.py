"""Parse EDTF dates (ISO 8601-2, levels 0 and 1), as biblatex and CSL write them."""

from __future__ import annotations

import re
from dataclasses import replace

from siglum.convert.cite.record import DateParts, When

_SIDE = re.compile(r"[Yy]?(-?\d{1,9}|\d{2}XX|\d{3}X)(?:-(\d\d?|XX)(?:-(\d\d?|XX))?)?(?:T\S*)?([?~%]?)", re.IGNORECASE)
_OPEN = frozenset({"", "..", "open", "unknown", "*"})
_LIMITS = (41, 31)
"""Months go to 12; 21 to 41 are seasons, quarters and other parts of a year."""


def parse_edtf(text: str) -> When:
    """Parse a date in EDTF. `literal` keeps its words if they say more or cannot be parsed."""
    sides = [word.strip() for word in text.strip().split("/")]
    if len(sides) > 2 or all(side in _OPEN for side in sides):
        return When(literal=text.strip())
    read = [_parse_side(side) for side in sides if side not in _OPEN]
    if None in read:
        return When(literal=text.strip())
    known = [side for side in read if side is not None]
    circa = any(side[2] for side in known)
    end = (known[1][0] if len(known) > 1 else known[0][1]) if sides[0] not in _OPEN else ()
    start, season = _split_season(known[0][0])
    end, _ = _split_season(end)
    found = When(start, end if end != start else (), circa, season=0 if end else season)
    return found if found.iso == text.strip() else replace(found, literal=text.strip())


def _split_season(date: DateParts) -> tuple[DateParts, int]:
    """Split a season (1 to 4) or another part of a year off a date."""
    if len(date) < 2 or date[1] <= 12:
        return date, 0
    return date[:1], date[1] - 20 if date[1] <= 24 else 0


def _parse_side(text: str) -> tuple[DateParts, DateParts, bool] | None:
    """Parse one side of a range: its start, its end (of a decade or century: 19XX), and whether it is uncertain."""
    found = _SIDE.fullmatch(text)
    if found is None:
        return None
    year, *rest = found.group(1, 2, 3)
    circa = bool(found[4])
    if "X" in year.upper():
        low, high = (int(year.upper().replace("X", digit)) for digit in "09")
        return (low,), (high,), circa
    numbers = [int(part) for part in rest if part and part.isdigit()]
    if not all(1 <= part <= limit for part, limit in zip(numbers, _LIMITS, strict=False)):
        return None
    return (int(year), *numbers), (), circa
