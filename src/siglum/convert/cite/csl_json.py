"""CSL-JSON: a list of items as citation processors and Zotero read them (csl-data.json of CSL 1.0.2).

What CSL has no variable for stands in the item's `custom` object: the record's own words for it by their names, the rest
below `siglum`, where the reader finds what the plain variables cannot say (a date's words, who shared in the work).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from siglum.convert.cite.kinds import TYPES
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Record, When
from siglum.convert.cite.variables import BY_CSL, DATES, KINDS, NAMES, TEXTS, csl_name, is_empty

LEFT_OUT: frozenset[str] = frozenset()
TAG = re.compile(r"<(?P<tag>i|b|sc|sup|sub|span)\b[^<>]*>(?P<text>[^<>]*(?:<(?!/(?P=tag)>)[^<>]*)*)</(?P=tag)>", re.IGNORECASE)
"""The markup of text that citation processors know: <i>, <b>, <sc>, <sup>, <sub> and <span> (nocase, small capitals)."""
EXTRA_LINE = re.compile(r"^[ \t]*([A-Za-z][A-Za-z_ -]{2,30}):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
"""A line of a note in which Zotero keeps a variable that it has no field for: “original-date: 1936”."""
_NEVER_EXTRA = frozenset("id note source title abstract keyword annote custom license".split())
RANGE = re.compile(r"(?<=\w)[ \t]*(?:[–—]|-{1,2})[ \t]*(?=\w)")
"""What stands between the first page and the last."""
_NAME_PARTS = tuple(
    (part, csl_name(part)) for part in ("family", "given", "dropping_particle", "non_dropping_particle", "suffix")
)
_NAMES = tuple((field, csl_name(field)) for field in NAMES)
_TEXTS = tuple((field, csl_name(field)) for field in TEXTS)
_DATES = tuple((field, csl_name(field)) for field in DATES)
_READ_VALUES = attrgetter(*KINDS)
_NO_DATE = When()
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(records: Sequence[Record]) -> str:
    """The records as a JSON list."""
    return dump_json([build_item(record) for record in records], indent=2) + "\n"


def dump_json(value: object, indent: int | None = None) -> str:
    """JSON that can be encoded as UTF-8, whatever the strings hold."""
    return replace_surrogates(json.dumps(value, ensure_ascii=False, indent=indent))


def replace_surrogates(text: str) -> str:
    """The text with a sign for each half of a character that has lost the other."""
    return _SURROGATE.sub("\ufffd", text)


def build_item(record: Record) -> dict[str, object]:
    """One record as a CSL item; variables of which nothing is known are left out."""
    known = record.type if record.type in TYPES else "document"
    return {"id": record.id, "type": known, **build_variables(record)}


def build_variables(record: Record) -> dict[str, object]:
    """Everything known of a record but its key and its type."""
    found: dict[str, object] = {}
    for field, name in _NAMES:
        if agents := getattr(record, field):
            found[name] = [_build_name(agent) for agent in agents]
    for field, name in _TEXTS:
        if text := getattr(record, field):
            found[name] = text
    for field, name in _DATES:
        if (when := getattr(record, field)) != _NO_DATE:
            found[name] = _build_date(when)
    if annotation := record.annotation:
        found["annote"] = f"{record.annote} {annotation}".strip()
    if custom := _build_custom(record):
        found["custom"] = custom
    return found


def _build_custom(record: Record) -> dict[str, object]:
    own = {name: value for name, value in _list_siglum_values(record) if value}
    plain = dict(record.custom)
    fits = len(plain) == len(record.custom) and "siglum" not in plain
    own |= {} if fits else {"custom": [list(pair) for pair in record.custom]}
    return (dict(plain) if fits else {}) | ({"siglum": own} if own else {})


def _list_siglum_values(record: Record) -> Iterable[tuple[str, object]]:
    yield "type", record.type if record.type not in TYPES else ""
    yield "credits", [{"role": credit.role, "names": list(credit.names)} for credit in record.credits]
    yield "identifiers", [list(pair) for pair in record.identifiers]
    yield "proper", list(record.proper)
    yield "original-is-first", record.original_is_first
    yield "persons", {name: at for field, name in _NAMES if (at := _find_unsure(getattr(record, field)))}
    yield "dates", {name: words for field, name in _DATES if (words := _words_of_date(getattr(record, field)))}
    yield "exact", {name: text for field, name in _TEXTS if (text := getattr(record, field)) and _is_misread(field, text)}


def _find_unsure(agents: tuple[Agent, ...]) -> list[int]:
    """Which of these, counted from 0, are persons although their names are not taken apart."""
    return [at for at, agent in enumerate(agents) if agent.unsure]


def _is_misread(field: str, text: str) -> bool:
    """Whether words would be taken for markup, or for variables inside a note."""
    return ("<" in text and TAG.search(text) is not None) or (
        field == "note" and any(map(find_variable_of_line, EXTRA_LINE.finditer(text)))
    )


def find_variable_of_line(line: re.Match[str]) -> str:
    """The variable that such a line of a note sets; empty where it is just a line."""
    name = BY_CSL.get(line[1], BY_CSL.get(line[1].lower().replace(" ", "-"), BY_CSL.get(line[1].upper(), "")))
    return "" if name in _NEVER_EXTRA else name


def _words_of_date(when: When) -> str:
    """The words of a date that is given in numbers as well: readers of CSL would take them for the whole of it."""
    return when.literal if when.start else ""


def _build_name(agent: Agent) -> dict[str, str]:
    if agent.literal:
        return {"literal": agent.literal}
    return {name: value for part, name in _NAME_PARTS if (value := getattr(agent, part))}


def _build_date(when: When) -> dict[str, object]:
    if not when.start:
        return {"literal": when.literal} | ({"circa": True} if when.circa else {})
    found: dict[str, object] = {"date-parts": [_build_date_parts(side) for side in (when.start, when.end) if side]}
    found |= {"season": when.season} if when.season else {}
    return found | ({"circa": True} if when.circa else {})


def _build_date_parts(date: tuple[int, ...]) -> list[int]:
    """Years before the common era count from 1 in CSL."""
    year, *rest = date
    return [year if year > 0 else year - 1, *rest]


def find_lost_variables(record: Record, read: Record) -> dict[str, object]:
    """What another format has not kept of a record, as variables of CSL; `none` names what is read there and is not so."""
    pairs = zip(KINDS, _READ_VALUES(record), _READ_VALUES(read), strict=True)
    different = [field for field, own, again in pairs if own != again and not _is_same(field, own, again)]
    part = Record(**{field: getattr(record, field) for field in different})
    found = {name: value for name, value in build_variables(part).items() if name != "annote" or "annote" in different}
    if "type" in different:
        found["type"] = record.type
    empty = [csl_name(field) for field in different if is_empty(record, field)]
    if empty:
        found["none"] = empty
    return found


def _is_same(field: str, own: object, read: object) -> bool:
    """White space does not count, since no other format keeps it, nor the kind of dash between pages."""
    if not (isinstance(own, str) and isinstance(read, str)):
        return False
    first, second = one_line(own), one_line(read)
    return first == second or (field == "page" and RANGE.sub("–", first) == RANGE.sub("–", second))
