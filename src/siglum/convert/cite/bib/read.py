"""Read the fields of one BibTeX or BibLaTeX entry into a record. Unknown fields go to `custom`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from siglum.convert.cite import edtf, titles
from siglum.convert.cite.bib import model, names
from siglum.convert.cite.bib.tex import decode
from siglum.convert.cite.kinds import is_in_a_journal
from siglum.convert.cite.languages import find_tag
from siglum.convert.cite.line import one_line
from siglum.convert.cite.readers import csl_json as csl_reader
from siglum.convert.cite.record import Agent, Credit, Record, When

_ALIASES = {item: biblatex for biblatex, item in model.RENAMED.items()} | {
    "school": "institution",
    "hyphenation": "langid",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "key": "sortkey",
    "keyword": "keywords",
}
"""Aliases of biblatex's field names."""
_TEXTS = {
    "shorttitle": "title_short",
    "shortjournal": "container_title_short",
    "volume": "volume",
    "volumes": "number_of_volumes",
    "part": "part_number",
    "chapter": "chapter_number",
    "pagetotal": "number_of_pages",
    "edition": "edition",
    "version": "version",
    "type": "genre",
    "howpublished": "medium",
    "pubstate": "status",
    "eventtitle": "event_title",
    "venue": "event_place",
    "isbn": "isbn",
    "issn": "issn",
    "note": "note",
    "abstract": "abstract",
    "keywords": "keyword",
    "annotation": "annote",
    "library": "archive",
    "eid": "number",
    "issuetitle": "volume_title",
    "pmid": "pmid",
    "copyright": "license",
    "rights": "license",
    "origtitle": "original_title",
    "series": "collection_title",
}
_LISTS = {
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "location": "publisher_place",
    "origpublisher": "original_publisher",
    "origlocation": "original_publisher_place",
}
_DATES = {"origdate": "original_date", "eventdate": "event_date", "urldate": "accessed"}
_NAMES = {"author": "author", "bookauthor": "container_author", "editor": "editor", "translator": "translator"}
_CREDITED = "afterword annotator commentator foreword holder introduction editora editorb editorc".split()
_ROLES = {name.replace("_", "-"): name for name in model.TYPED_NAMES}
_SUBTITLES = {
    "subtitle": "title",
    "booksubtitle": "booktitle",
    "mainsubtitle": "maintitle",
    "journalsubtitle": "journaltitle",
    "issuesubtitle": "issuetitle",
}
_TITLES = frozenset("title booktitle maintitle journaltitle issuetitle series origtitle titleaddon".split())
_VERBATIM = frozenset("url doi verba verbb verbc file eprint pdf".split())
_GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "techreport": "Technical report",
}
_PARTS = {name: at for at, name in enumerate(model.MONTHS, 1)} | {
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
}
"""Months and seasons by the first letters of their names."""
_OWN = frozenset(
    """date year month day langid language origlanguage doi url eprint eprinttype eprintclass entrysubtype verba number
    editortype editoratype editorbtype editorctype namea nameb namec nameatype namebtype namectype options crossref xref xdata
    ids""".split()
)
_KNOWN = _OWN.union(
    _TEXTS, _LISTS, _DATES, _NAMES, _SUBTITLES, _CREDITED, ("title", "booktitle", "maintitle", "journaltitle", "pages")
)
_BRACED = re.compile(r"\\(?:[A-Za-z]+|.)\s*\{[^{}]*\}|\{([^{}\\]*)\}")
_WORD = re.compile(r"\w+")
_ESCAPED = re.compile(r"\\([%#&_{}])")
_LANGUAGES = {word: tag for tag, (word, _) in reversed(list(model.LANGUAGES.items()))} | {
    babel: tag for tag, (_, babel) in reversed(list(model.LANGUAGES.items()))
}
_LANGUAGES |= {name.lower(): tag for tag, name in model.SPOKEN.items()}
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass
class ReadEntry:
    """The record of one entry, and remarks about it."""

    record: Record
    remarks: list[str] = field(default_factory=list)


@dataclass
class _Reading:
    kind: str
    raw: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    proper: dict[str, None] = field(default_factory=dict)

    def decode_field(self, name: str) -> str:
        """Decode a field to plain text."""
        value = self.raw.get(name, "")
        if name in _VERBATIM:
            return _ESCAPED.sub(r"\1", value.strip())
        if name in _TITLES:
            self._collect_names(value)
        words, unknown = decode(value)
        self.remarks += [f"{name}: the command “{command}” is unknown and stays as it is" for command in dict.fromkeys(unknown)]
        return one_line(words)

    def _collect_names(self, value: str) -> None:
        """Collect words in braces inside a title: they are names. Braces around a whole title say nothing."""
        if "{" in value and not (value.startswith("{") and value.endswith("}") and value.count("{") == 1):
            for inside in filter(None, _BRACED.findall(value)):
                self.proper |= dict.fromkeys(_WORD.findall(inside))


def read_entry(key: str, kind: str, fields: Mapping[str, str]) -> ReadEntry:
    """Read the record of an entry. `fields` has biblatex's or BibTeX's names in lower case and undecoded values."""
    raw: dict[str, str] = {}
    for name, value in fields.items():
        raw.setdefault(_ALIASES.get(name, name), value)
    reading = _Reading(kind, raw)
    values = reading.values
    values["id"] = key
    values["type"] = _choose_type(reading)
    _read_titles(reading)
    _read_texts(reading)
    _read_names(reading)
    _read_dates(reading)
    _read_access(reading)
    if reading.proper:
        values["proper"] = tuple(reading.proper)
    _read_unknown_fields(reading)
    return ReadEntry(_apply_verba(reading), reading.remarks)


def _choose_type(reading: _Reading) -> str:
    subtype = reading.raw.get("entrysubtype", "")
    plain = model.CSL.get(reading.kind, "document")
    if not subtype:
        return plain
    words = decode(subtype)[0]
    if words in {"magazine", "newspaper"}:
        return f"article-{words}"
    return words if words in model.ENTRY or words not in {"classical"} else plain


def _read_titles(reading: _Reading) -> None:
    """Read the titles. A subtitle follows its title; with a `maintitle`, the own title becomes the volume title."""
    found = {
        name: text
        for name in ("title", "booktitle", "maintitle", "journaltitle", "issuetitle")
        if (text := reading.decode_field(name))
    }
    for sub, name in _SUBTITLES.items():
        if text := reading.decode_field(sub):
            found[name] = titles.join_title([*filter(None, [found.get(name)]), text])
    values = reading.values
    container = found.get("journaltitle") or found.get("booktitle", "")
    main, volume = found.get("maintitle", ""), found.get("issuetitle", "")
    title = found.get("title", "")
    if main and found.get("booktitle"):
        container, volume = main, found["booktitle"]
    elif main:
        title, volume = main, title
    pairs = (("title", title), ("container_title", container), ("volume_title", volume))
    values |= {name: text for name, text in pairs if text}


def _read_texts(reading: _Reading) -> None:
    raw, values = reading.raw, reading.values
    for name in raw:
        if name in _LISTS:
            items = (decode(word)[0] for word in names.split_outside_braces(raw[name], names.AND))
            joined_list = "; ".join(filter(None, map(one_line, items)))
            values[_LISTS[name]] = "; ".join(filter(None, (values.get(_LISTS[name], ""), joined_list)))
        elif (variable := _TEXTS.get(name)) and name != "issuetitle" and (text := reading.decode_field(name)):
            values.setdefault(variable, text)
    if pages := reading.decode_field("pages"):
        values["page"] = pages
    if number := reading.decode_field("number"):
        kind = values["type"]
        booklike = reading.kind in {"book", "mvbook", "collection", "mvcollection", "inbook", "incollection", "inproceedings"}
        values["issue" if is_in_a_journal(kind) else "collection_number" if booklike else "number"] = number
    genre = values.get("genre", "")
    values |= {"genre": made} if (made := _GENRES.get(genre) or ("" if genre else _GENRES.get(reading.kind, ""))) else {}


def _read_names(reading: _Reading) -> None:
    raw, values = reading.raw, reading.values
    for name, variable in _NAMES.items():
        if name in raw and (agents := tuple(names.read_names(raw[name]))):
            values[variable] = agents
    for letter in "abc":
        if f"name{letter}" in raw:
            role = raw.get(f"name{letter}type", "")
            _put_role(values, role or f"name{letter}", tuple(names.read_names(raw[f"name{letter}"])))
    for name in _CREDITED:
        if name in raw:
            _put_role(values, raw.get(f"{name}type", name), tuple(names.read_names(raw[name])))
    kind = raw.get("editortype", "")
    if kind in _ROLES and "editor" in values:
        values[_ROLES[kind]] = values.pop("editor")
    elif kind not in {"", "editor"} and "editor" in values:
        _put_role(values, kind, values.pop("editor"))


def _put_role(values: dict[str, Any], role: str, agents: tuple[Agent, ...]) -> None:
    """Set the variable of a CSL role; other roles become credits."""
    if role in _ROLES:
        values[_ROLES[role]] = agents
    else:
        values["credits"] = (*values.get("credits", ()), Credit(role, tuple(agent.full for agent in agents)))


def _read_dates(reading: _Reading) -> None:
    raw, values = reading.raw, reading.values
    if "date" in raw:
        values["issued"] = edtf.parse_edtf(raw["date"])
    elif "year" in raw:
        values["issued"] = _read_year(reading)
    for name, variable in _DATES.items():
        if name in raw:
            values[variable] = edtf.parse_edtf(raw[name])


def _read_year(reading: _Reading) -> When:
    """Read year and month as BibTeX has them: the month is a number, a name, a name with a day, or a season."""
    found = edtf.parse_edtf(reading.decode_field("year"))
    month = decode(reading.raw.get("month", ""))[0].strip()
    if len(found.start) != 1 or found.end or not month:
        return found if not month else When(found.start, found.end, found.circa, f"{month} {reading.decode_field('year')}")
    number = int(month) if month.isdigit() else next((at for name, at in _PARTS.items() if name in month.lower()), 0)
    if not 1 <= number <= 24 or 12 < number <= 20:
        return When(found.start, (), found.circa, f"{month} {found.year}")
    day = reading.raw.get("day", "") or ("" if month.isdigit() else next(iter(re.findall(r"\b\d{1,2}\b", month)), ""))
    if number > 12:
        return When(found.start, (), found.circa, season=number - 20)
    days = (int(day),) if day.isdigit() and 1 <= int(day) <= 31 else ()
    return When((found.start[0], number, *days), (), found.circa)


def _read_access(reading: _Reading) -> None:
    raw, values = reading.raw, reading.values
    if doi := reading.decode_field("doi"):
        values["doi"] = _DOI.sub("", decode(doi)[0])
    if url := reading.decode_field("url"):
        values["url"] = url
    if "eprint" in raw:
        _read_eprint(values, reading.decode_field("eprint"), raw.get("eprinttype", ""))
    if language := reading.decode_field("language") or reading.decode_field("langid"):
        word = language.lower()
        values["language"] = _LANGUAGES.get(word) or _LANGUAGES.get(word.removeprefix("lang")) or find_tag(language)


def _read_eprint(values: dict[str, Any], number: str, kind: str) -> None:
    if kind.lower() in {"pubmed", "pmid"}:
        values["pmid"] = number
    elif kind.lower() == "hdl" and "url" not in values:
        values["url"] = f"https://hdl.handle.net/{number}"
    else:
        values["identifiers"] = (*values.get("identifiers", ()), (kind or "eprint", number))


def _read_unknown_fields(reading: _Reading) -> None:
    """Keep every field that no variable holds."""
    left = [(name, text) for name in reading.raw if name not in _KNOWN and (text := reading.decode_field(name))]
    if left:
        reading.values["custom"] = tuple(left)


def _apply_verba(reading: _Reading) -> Record:
    """Build the record and apply `verba`: siglum's CSL-JSON for values that no field holds."""
    values = reading.values
    verba = reading.raw.get("verba", "")
    if verba.startswith("{"):
        try:
            added = json.loads(verba)
        except (ValueError, RecursionError):
            added = None
        if isinstance(added, dict):
            return _merge(values, added)
    if verba:
        values["custom"] = (*values.get("custom", ()), ("verba", verba))
    return Record(**values)


def _merge(values: dict[str, Any], added: dict[str, Any]) -> Record:
    found = csl_reader.read_item(added).values
    merged = Record(**(values | found))
    if "annote" in values and "annote" not in found and merged.annotation:
        merged = Record(**(values | found | {"annote": values["annote"].removesuffix(one_line(merged.annotation)).rstrip()}))
    return merged
