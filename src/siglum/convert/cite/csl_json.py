"""Write CSL-JSON: a list of items for citation processors and Zotero (csl-data.json of CSL 1.0.2).

Values without a CSL variable stand in `custom`: those of the source under their own names, the others under `siglum`, where the
reader finds what plain variables cannot say (the words of a date, roles of contributors).
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
"""The markup that citation processors know: <i>, <b>, <sc>, <sup>, <sub> and <span> (nocase, small capitals)."""
EXTRA_LINE = re.compile(r"^[ \t]*([A-Za-z][A-Za-z_ -]{2,30}):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
"""A line of a note in which Zotero keeps a variable without a field: “original-date: 1936”."""
_NEVER_EXTRA = frozenset("id note source title abstract keyword annote custom license".split())
RANGE = re.compile(r"(?<=\w)[ \t]*(?:[–—]|-{1,2})[ \t]*(?=\w)")
"""The separator between first and last page."""
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
    return dump_json([build_item(record) for record in records], indent=2) + "\n"


def dump_json(value: object, indent: int | None = None) -> str:
    """Write JSON that can be encoded as UTF-8, whatever the strings hold."""
    return replace_surrogates(json.dumps(value, ensure_ascii=False, indent=indent))


def replace_surrogates(text: str) -> str:
    """Replace surrogates, which UTF-8 cannot encode."""
    return _SURROGATE.sub("\ufffd", text)


def build_item(record: Record) -> dict[str, object]:
    """Build a CSL item. Empty variables are left out."""
    known = record.type if record.type in TYPES else "document"
    return {"id": record.id, "type": known, **build_variables(record)}


def build_variables(record: Record) -> dict[str, object]:
    """Build all variables except key and type."""
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
    """The indices, from 0, of persons whose names are not split into parts."""
    return [at for at, agent in enumerate(agents) if agent.unsure]


def _is_misread(field: str, text: str) -> bool:
    """Whether a reader would take the text for markup, or a note for variables."""
    return ("<" in text and TAG.search(text) is not None) or (
        field == "note" and any(map(find_variable_of_line, EXTRA_LINE.finditer(text)))
    )


def find_variable_of_line(line: re.Match[str]) -> str:
    """The variable that a line of a note sets; empty for an ordinary line."""
    name = BY_CSL.get(line[1], BY_CSL.get(line[1].lower().replace(" ", "-"), BY_CSL.get(line[1].upper(), "")))
    return "" if name in _NEVER_EXTRA else name


def _words_of_date(when: When) -> str:
    """The words of a date that also has numbers. Readers of CSL would take the words for the whole date."""
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
    """Build `date-parts`. CSL counts years before the common era from 1."""
    year, *rest = date
    return [year if year > 0 else year - 1, *rest]


def find_lost_variables(record: Record, read: Record) -> dict[str, object]:
    """Find the variables that another format lost or changed. `none` names those that it filled without reason."""
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
    """Compare two values. White space and the kind of dash between pages do not count: no other format keeps them."""
    if not (isinstance(own, str) and isinstance(read, str)):
        return False
    first, second = one_line(own), one_line(read)
    return first == second or (field == "page" and RANGE.sub("–", first) == RANGE.sub("–", second))
