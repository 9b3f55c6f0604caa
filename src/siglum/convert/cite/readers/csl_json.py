"""Read CSL-JSON, as Zotero, citation processors and siglum write it, into records.

Input: a list of items, `{"items": […]}`, or one item. The reader accepts numbers for strings, date-parts as strings, `raw` and
`edtf` dates, older variable names, and variables in the note (Zotero's “extra”). Roles without a variable become credits; other
unknown values go to `custom`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from siglum.convert.cite import edtf, languages
from siglum.convert.cite.csl_json import EXTRA_LINE, TAG, find_variable_of_line
from siglum.convert.cite.readers import Library
from siglum.convert.cite.readers.places import FilePositions, find_duplicate_keys
from siglum.convert.cite.record import Agent, Credit, DateParts, Record, When
from siglum.convert.cite.variables import BY_CSL, KINDS
from siglum.text.diagnostic import Finding
from siglum.text.source import Source

_OLD = {
    "event": "event_title",
    "part": "part_number",
    "supplement": "supplement_number",
    "shortTitle": "title_short",
    "journalAbbreviation": "container_title_short",
    "archive-collection": "archive_collection",
    "archive-location": "archive_location",
    "citation-key": "id",
}
_ROLES = """chair curator director editorial-director executive-producer guest host narrator organizer performer producer
script-writer series-creator editor-translator""".split()
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_NOCASE = re.compile(r'<span\s+class="nocase">(.*?)</span>', re.IGNORECASE | re.DOTALL)


@dataclass
class Item:
    """The values of the record's fields read from one item, and remarks."""

    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read(source: Source) -> Library:
    """Read the records of a CSL-JSON file."""
    places = FilePositions(source)
    records: list[Record] = []
    findings: list[Finding] = []
    for at, value in _read_items(source.text, places, findings):
        if not isinstance(value, dict):
            findings.append(places.make_error(at, "this is not an item. Write an object with “id” and “type”"))
            continue
        found = read_item(value)
        records.append(Record(**found.values))
        findings += [places.remark(at, f"{records[-1].id or 'an item'}: {remark}") for remark in found.remarks]
    findings += find_duplicate_keys(places, ((0, record.id) for record in records))
    return Library(tuple(records), tuple(findings))


def _read_items(text: str, places: FilePositions, findings: list[Finding]) -> Iterator[tuple[int, object]]:
    """Yield each item with its offset. A fault in the JSON ends the reading."""
    decoder = json.JSONDecoder(strict=False)
    at = _skip_space(text, 0)
    if not text.startswith("[", at):
        yield from _read_single(text, at, decoder, places, findings)
        return
    at = _skip_space(text, at + 1)
    while not text.startswith("]", at):
        try:
            value, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            where = error.pos if isinstance(error, json.JSONDecodeError) else at
            findings.append(places.make_error(where, f"this is not JSON: {_describe_error(error)}"))
            return
        yield at, value
        at = _skip_space(text, end)
        if text.startswith(",", at):
            at = _skip_space(text, at + 1)
        elif not text.startswith("]", at):
            findings.append(places.make_error(at, "this is not JSON: expected a comma or the end of the list"))
            return


def _read_single(
    text: str, at: int, decoder: json.JSONDecoder, places: FilePositions, findings: list[Finding]
) -> Iterator[tuple[int, object]]:
    try:
        value, _ = decoder.raw_decode(text, at)
    except (json.JSONDecodeError, RecursionError) as error:
        where = error.pos if isinstance(error, json.JSONDecodeError) else at
        findings.append(places.make_error(where, f"this is not JSON: {_describe_error(error)}"))
        return
    listed = value.get("items", [value]) if isinstance(value, dict) else [value]
    yield from ((at, entry) for entry in (listed if isinstance(listed, list) else [listed]))


def _describe_error(error: Exception) -> str:
    return error.msg[:1].lower() + error.msg[1:] if isinstance(error, json.JSONDecodeError) else "it is nested too deep"


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def read_item(given: Mapping[str, Any]) -> Item:
    """Read one item, or a part of one."""
    found = Item()
    custom = given.get("custom")
    own = custom.get("siglum") if isinstance(custom, dict) else None
    own = own if isinstance(own, dict) else {}
    exact = own["exact"] if isinstance(own.get("exact"), dict) else {}
    for name, value in given.items():
        if name in {"custom", "none"} or name in exact or value is None:
            continue
        _read_variable(found, name, value)
    _read_custom(found, custom if isinstance(custom, dict) else {})
    if own:
        _read_siglum_values(found, own)
    absent = given.get("none")
    for name in map(str, absent if isinstance(absent, list) else ()):
        if name in BY_CSL:
            found.values[BY_CSL[name]] = getattr(Record(), BY_CSL[name])
    if "note" in found.values and "note" not in exact:
        _read_extra_lines(found)
    if annotation := found.values.get("annote", ""):
        made = Record(**found.values).annotation
        found.values["annote"] = annotation.removesuffix(made).rstrip() if made else annotation
    return found


def _read_variable(found: Item, name: str, value: object) -> None:
    field_ = _OLD.get(name) or BY_CSL.get(name, "")
    kind = KINDS.get(field_, "")
    if kind == "str":
        text = _read_text(found, value, marked=name != "annote")
        found.values[field_] = languages.find_tag(text) if field_ == "language" else text
    elif kind == "When":
        found.values[field_] = _read_date(found, name, value)
    elif kind.startswith("tuple[Agent"):
        found.values[field_] = tuple(_read_agents(found, name, value))
    elif name in _ROLES:
        named = tuple(agent.full for agent in _read_agents(found, name, value))
        found.values["credits"] = (*found.values.get("credits", ()), Credit(name.replace("-", " "), named))
    elif name not in {"categories", "citation-label", "citation-number", "page-first"}:
        _keep_custom(found, name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _keep_custom(found: Item, name: str, value: str) -> None:
    found.values["custom"] = (*found.values.get("custom", ()), (name, value))


def _read_text(found: Item, value: object, *, marked: bool) -> str:
    """Read a text without its markup. Words marked to keep their case are names."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if not marked or "<" not in text or not TAG.search(text):
        return text
    names = [word for element in _NOCASE.findall(text) for word in re.findall(r"\w+", TAG.sub(r"\g<text>", element))]
    found.values["proper"] = tuple(dict.fromkeys((*found.values.get("proper", ()), *names)))
    plain = _NOCASE.sub(r"\1", text)
    if TAG.search(plain):
        found.remarks.append(f"siglum does not keep italics and other markup: “{text}”")
    while TAG.search(plain):
        plain = TAG.sub(r"\g<text>", plain)
    return plain


def _read_agents(found: Item, name: str, value: object) -> Iterator[Agent]:
    for name_ in value if isinstance(value, list) else [value]:
        if isinstance(name_, str):
            yield Agent(literal=name_)
        elif isinstance(name_, dict):
            parts: dict[str, Any] = {
                part: str(name_.get(part.replace("_", "-"), "") or "")
                for part in ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")
            }
            agent = Agent(**parts)
            if agent != Agent():
                yield agent
        else:
            found.remarks.append(f"a name in “{name}” is not an object: {json.dumps(name_)}")


def _read_date(found: Item, name: str, value: object) -> When:
    if isinstance(value, str):
        return edtf.parse_edtf(value)
    if not isinstance(value, dict):
        found.remarks.append(f"the date “{name}” is not an object: {json.dumps(value)}")
        return When(literal=json.dumps(value))
    circa = str(value.get("circa", "")).lower() not in {"", "false", "0"}
    literal = str(value.get("literal") or "")
    written = value.get("date-parts")
    sides = [parts for side in written if (parts := _read_date_parts(side))] if isinstance(written, list) else []
    if not sides:
        words = str(value.get("edtf") or value.get("raw") or "")
        read = edtf.parse_edtf(words) if words else When(literal=literal)
        return replace(read, circa=read.circa or circa)
    end = sides[1] if len(sides) > 1 and sides[1] != sides[0] else ()
    season = _read_season(value.get("season")) if len(sides[0]) == 1 else 0
    return When(sides[0], end, circa, literal, season)


def _read_date_parts(given: object) -> DateParts:
    """Read year, month and day as far as they are numbers. CSL counts years before the common era from 1."""
    numbers: list[int] = []
    for number in given if isinstance(given, list) else [given]:
        try:
            numbers.append(int(str(number).strip()))
        except ValueError:
            break
    year, *rest = numbers or [0]
    limited = [part for part, limit in zip(rest, (24, 31), strict=False) if 1 <= part <= limit]
    return (year + (year < 0), *(limited if len(limited) == len(rest[:2]) else limited[:1])) if numbers else ()


def _read_season(value: object) -> int:
    text = str(value or "").strip().lower()
    number = int(text) if text.isdigit() else 0
    return number if 1 <= number <= 4 else number - 20 if 21 <= number <= 24 else _SEASONS.get(text, 0)


def _read_extra_lines(found: Item) -> None:
    """Read the variables in the lines of the note, unless they are set already."""
    lines = []
    for line in found.values["note"].splitlines():
        match = EXTRA_LINE.fullmatch(line)
        name = find_variable_of_line(match) if match else ""
        if not match or not name or found.values.get(name) or not _set_variable(found, name, match[2]):
            lines.append(line)
    if len(lines) < len(found.values["note"].splitlines()):
        found.values["note"] = "\n".join(lines).strip()


def _set_variable(found: Item, name: str, text: str) -> bool:
    kind = KINDS[name]
    if kind == "When":
        found.values[name] = edtf.parse_edtf(text)
    elif kind.startswith("tuple[Agent"):
        family, _, given = (part.strip() for part in text.partition("||"))
        found.values[name] = (Agent(family, given) if given else Agent(literal=family),)
    elif kind == "str":
        found.values[name] = text
    return name in found.values


def _read_custom(found: Item, custom: Mapping[str, Any]) -> None:
    for name, value in custom.items():
        if name != "siglum":
            _keep_custom(found, name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _read_siglum_values(found: Item, own: Mapping[str, Any]) -> None:
    """Read the values that siglum writes. Values of another shape are skipped."""
    values = found.values
    try:
        values |= {"type": str(own["type"])} if "type" in own else {}
        values |= {"original_is_first": True} if own.get("original-is-first") else {}
        if "credits" in own:
            values["credits"] = tuple(
                Credit(str(credit["role"]), tuple(map(str, credit["names"]))) for credit in own["credits"]
            )
        if "proper" in own:
            values["proper"] = tuple(map(str, own["proper"]))
        for name in {"identifiers", "custom"} & own.keys():
            values[name] = tuple((str(first), str(second)) for first, second in own[name])
        for name, words in own.get("dates", {}).items():
            values[BY_CSL[name]] = replace(values[BY_CSL[name]], literal=str(words))
        for name, words in own.get("exact", {}).items():
            values[BY_CSL[name]] = str(words)
        for name, places in own.get("persons", {}).items():
            agents = values[BY_CSL[name]]
            values[BY_CSL[name]] = tuple(replace(agent, unsure=at in places) for at, agent in enumerate(agents))
    except (KeyError, TypeError, ValueError, AttributeError):
        found.remarks.append("the value of “custom”, “siglum” does not have the form that siglum writes")
