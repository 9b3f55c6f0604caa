"""Match the references that scholars type (“1.7”, “Act I, Scene 2”, “para. 7”, “fol. 3r”) with the units of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.passage.terms import MEANINGS, find_unit
from siglum.text.frozen import frozen
from siglum.text.references import Unit

_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


@frozen
class Step:
    """One step of a query: its unit, if it names one, and its number."""

    unit: str
    number: str


_ONLY_BY_NAME = frozenset({"heading", "note", "stage direction"})
"""Units that a query finds only by name."""


def parse_steps(asked: str, units: Sequence[str]) -> list[Step]:
    """Parse a query into steps. `units` are the unit names of the text. Empty if the query is no reference."""
    known = sorted({*units, *MEANINGS}, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, known))
    token = re.compile(rf"(?P<unit>(?<![^\W_])(?:{words})(?![^\W_]))\.?|(?P<number>[^\W_]+)", re.IGNORECASE)
    found = [(match["unit"], match["number"] or match["unit"]) for match in token.finditer(asked)]
    named = [bool(unit) for unit, _ in found]
    if len(named) > 1 and named == [False, True] * (len(named) // 2):  # “2. Akt, 3. Szene”
        return [Step(find_unit(found[at + 1][0]), normalize_number(found[at][1])) for at in range(0, len(found), 2)]
    return _pair_units(found)


def _pair_units(found: list[tuple[str, str]]) -> list[Step]:
    """Pair each number with the unit before it. A single letter after a unit is a number."""
    result: list[Step] = []
    unit = ""
    for word, written in found:
        if word and not (unit and len(word) == 1):
            unit = find_unit(word)
        else:
            result.append(Step(unit, normalize_number(written)))
            unit = ""
    return [] if unit else result


def normalize_number(written: str) -> str:
    """Normalize a number for comparison: lower case, Arabic for Roman numerals, no leading zeros."""
    text = written.casefold()
    if text and _ROMAN.fullmatch(text):
        values = [_VALUES[letter] for letter in text]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-value if value < following else value for value, following in pairs))
    return text.lstrip("0") or text


def select_units(asked: list[Step], units: Sequence[Unit]) -> list[Unit]:
    """Select the units that fit. Units with exactly these steps take precedence over those with steps in between."""
    found = [unit for unit in units if _matches_steps(asked, unit)]
    if not any(step.unit for step in asked):  # numbers alone mean parts of the text
        found = [unit for unit in found if not unit.milestone and unit.unit not in _ONLY_BY_NAME] or found
    whole = [unit for unit in found if len(unit.steps) == len(asked)]
    return whole or found


def find_nearest(asked: list[Step], units: Sequence[Unit], count: int) -> list[Unit]:
    """Find units of the requested kind, in the requested unit if it exists, nearest numbers first."""
    last = asked[-1]
    same = [unit for unit in units if len(unit.steps) >= len(asked) and (not last.unit or find_unit(unit.unit) == last.unit)]
    within = [unit for unit in same if unit.around is not None and len(asked) > 1 and _matches_steps(asked[:-1], unit.around)]
    found = within or same
    order = {unit: place for place, unit in enumerate(found)}
    return sorted(
        found, key=lambda unit: (_number_distance(last.number, normalize_number(unit.step)), len(unit.steps), order[unit])
    )[:count]


def _number_distance(wanted: str, there: str) -> tuple[int, str]:
    digits = [re.match(r"\d{1,9}", number) for number in (wanted, there)]
    if digits[0] is None or digits[1] is None:
        return 10**9, there
    return abs(int(digits[0].group()) - int(digits[1].group())), ""


def _matches_steps(asked: list[Step], unit: Unit) -> bool:
    if not _matches_step(asked[-1], unit):
        return False
    at = unit.around
    for step in reversed(asked[:-1]):
        while at is not None and not _matches_step(step, at):
            at = at.around
        if at is None:
            return False
        at = at.around
    return True


def _matches_step(step: Step, unit: Unit) -> bool:
    if step.unit and step.unit != find_unit(unit.unit) and {step.unit, find_unit(unit.unit)} not in _SYNONYMS:
        return False
    return step.number in set(_list_numbers(unit.step))


_SYNONYMS = (
    {"line", "verse"},
    {"page", "folio"},
    {"section", "chapter"},
    {"entry", "section"},
    {"entry", "diary entry"},
    {"block", "section"},
)
"""Units whose names scholars use for each other."""


def _list_numbers(written: str) -> Iterator[str]:
    """List a number and the last part of a compound one such as “v1.p.2”."""
    yield normalize_number(written)
    parts = re.findall(r"[^\W_]+", written)
    if len(parts) > 1:
        yield normalize_number(parts[-1])
