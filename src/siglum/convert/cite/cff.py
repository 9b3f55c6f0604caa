"""Write CITATION.cff (Citation File Format 1.2.0), in which a repository asks to be cited. A file describes one work.

The work stands as the `dataset` or `software` of the repository, and as `preferred-citation` with all known variables.
Every string is quoted, so that no value is read as YAML syntax.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from siglum.convert.cite import kinds
from siglum.convert.cite.languages import is_tag
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Record, When
from siglum.convert.cite.variables import KINDS, WITHOUT_WORDS, csl_name, format_value, is_empty, split_keywords, split_pages
from siglum.text.language import primary_language

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]
_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "magazine-article",
    "article-newspaper": "newspaper-article",
    "bill": "bill",
    "book": "book",
    "chapter": "generic",
    "dataset": "data",
    "entry": "encyclopedia",
    "entry-dictionary": "dictionary",
    "entry-encyclopedia": "encyclopedia",
    "graphic": "art",
    "hearing": "hearing",
    "legal_case": "legal-case",
    "legislation": "statute",
    "manuscript": "unpublished",
    "map": "map",
    "motion_picture": "film-broadcast",
    "broadcast": "film-broadcast",
    "musical_score": "music",
    "pamphlet": "pamphlet",
    "paper-conference": "conference-paper",
    "patent": "patent",
    "personal_communication": "personal-communication",
    "post": "blog",
    "post-weblog": "blog",
    "report": "report",
    "software": "software",
    "song": "sound-recording",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "website",
}
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)|publicdomain/(zero))/([\d.]+)(?:/.*)?$", re.IGNORECASE
)
_PEOPLE = (
    ("editor", "editors"),
    ("collection_editor", "editors-series"),
    ("translator", "translators"),
    ("recipient", "recipients"),
)
_TEXTS = (
    ("abbreviation", "title_short"),
    ("collection-title", "container_title"),
    ("volume-title", "volume_title"),
    ("edition", "edition"),
    ("version", "version"),
    ("section", "section"),
    ("number", "number"),
    ("isbn", "isbn"),
    ("issn", "issn"),
    ("doi", "doi"),
    ("url", "url"),
    ("abstract", "abstract"),
)
_PLACED = frozenset(
    """title title_short volume_title container_title volume issue number section page number_of_pages edition version
    author collection_editor editor translator recipient publisher publisher_place issued accessed language url
    doi isbn issn abstract note""".split()
)
_AS_NOTES = tuple(name for name in KINDS if name not in _PLACED | WITHOUT_WORDS)
"""Variables without a key, or with a key that takes no words. They become sentences in `notes`."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_VALID_VALUES = {
    "isbn": re.compile(r"[0-9\- ]{10,17}X?"),
    "issn": re.compile(r"\d{4}-\d{3}[\dxX]"),
    "url": re.compile(r"(?:https?|s?ftp)://\S+"),
    "doi": _DOI,
}
"""The pattern that a value must match to stand under its key."""
_LANGUAGE = re.compile("[a-z]{2,3}")


def write(records: Sequence[Record]) -> str:
    return "".join("".join(f"{line}\n" for line in _write_lines(_build_file(record), "")) for record in records)


def list_missing(record: Record) -> Iterator[str]:
    """List what the format requires of every work and this record lacks."""
    yield from ["an author"] if not _build_authors(record) else []
    yield from ["a title"] if not record.title else []


def _build_file(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {
        "cff-version": "1.2.0",
        "message": "If you use this edition, please cite it as below.",
        "type": "software" if record.type == "software" else "dataset",
        "title": one_line(record.title),
        "authors": _build_authors(record),
        "version": one_line(record.version),
        "date-released": record.issued.iso if len(record.issued.start) == 3 and _is_plain(record.issued) else "",
        "doi": record.doi if _DOI.fullmatch(record.doi) else "",
        "url": record.url if _VALID_VALUES["url"].fullmatch(record.url) else "",
        "license": _find_spdx(record.license),
        "license-url": record.license if record.license.startswith("http") and not _find_spdx(record.license) else "",
        "keywords": list(filter(None, split_keywords(record))),
        "preferred-citation": _build_reference(record),
    }
    return _drop_empty(found)


def _find_spdx(licence: str) -> str:
    """Find the SPDX identifier of a Creative Commons licence; empty for others."""
    found = _CREATIVE_COMMONS.match(licence)
    if found is None:
        return ""
    return f"CC0-{found[3]}" if found[2] else f"CC-{found[1].upper()}-{found[3]}"


def _build_authors(record: Record) -> list[Value]:
    """The authors, or else the editors, or else the publisher."""
    agents = record.author or record.editor or record.compiler or record.translator
    return [_build_agent(agent) for agent in agents] or ([{"name": one_line(record.publisher)}] if record.publisher else [])


def _build_agent(agent: Agent) -> dict[str, Value]:
    if agent.literal:
        return {"name": one_line(agent.literal)}
    parts = {
        "family-names": agent.family,
        "given-names": agent.given,
        "name-particle": agent.particle,
        "name-suffix": agent.suffix,
    }
    return {key: one_line(value) for key, value in parts.items() if value}


def _build_reference(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {
        "type": _TYPES.get(record.type, "generic"),
        "title": one_line(record.title),
        "authors": _build_authors(record),
        **{name: [_build_agent(agent) for agent in getattr(record, field)] for field, name in _PEOPLE},
        **{name: one_line(getattr(record, field)) for name, field in _TEXTS if _is_valid(name, getattr(record, field))},
        "publisher": _build_entity(record.publisher, record.publisher_place),
        "languages": [primary_language(record.language)] if is_tag(record.language) else [],
        **_build_numbers(record),
        **_build_date(record.issued),
        "notes": _write_notes(record),
    }
    if record.type in kinds.JOURNAL_ARTICLES | {"article"}:
        found["journal"] = found.pop("collection-title", "")
    return _drop_empty(found)


def _is_valid(name: str, value: str) -> bool:
    """Whether the format allows this value under the key."""
    return not value or name not in _VALID_VALUES or _VALID_VALUES[name].fullmatch(value) is not None


def _build_entity(name: str, place: str) -> dict[str, Value]:
    """The publisher with its city."""
    return _drop_empty({"name": one_line(name or place), "city": one_line(place) if name else ""})


def _build_numbers(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in (("volume", record.volume), ("issue", record.issue), ("pages", record.number_of_pages)):
        if value:
            found[name] = int(value) if value.isdecimal() and value.isascii() else one_line(value)
    first, last = split_pages(record)
    return found | _drop_empty({"start": first, "end": last})


def _build_date(when: When) -> dict[str, Value]:
    if not when.start or when.start[0] < 1:
        return {}
    year, *rest = when.start
    found: dict[str, Value] = {"year": year}
    if rest:
        found["month"] = rest[0]
    return found | ({"date-published": when.iso} if len(rest) == 2 and not when.end and not when.circa else {})


def _write_notes(record: Record) -> str:
    """Write the note, and a sentence for every variable without a key or with a value that its key does not allow."""
    said = [(csl_name(name), getattr(record, name)) for name in dict.fromkeys(_AS_NOTES) if not is_empty(record, name)]
    said = [pair for pair in said if pair[0] != "container-author" or pair[1] != record.author]
    said += [("language", record.language)] if record.language and not _LANGUAGE.fullmatch(record.language) else []
    said += [(csl_name(name), getattr(record, name)) for name in _VALID_VALUES if not _is_valid(name, getattr(record, name))]
    said += [("issued", record.issued)] if record.issued.iso and not _is_plain(record.issued) else []
    sentences = [record.note, *(f"{name}: {format_value(value)}" for name, value in said), *_list_access_date(record)]
    return " ".join(f"{sentence.rstrip('.')}." for sentence in map(one_line, sentences) if sentence)


def _list_access_date(record: Record) -> list[str]:
    return [f"accessed: {record.accessed.iso}"] if record.accessed.iso else []


def _is_plain(when: When) -> bool:
    """Whether the date is a plain year, month or day."""
    return bool(when.start) and when.start[0] > 0 and not when.end and not when.circa and not when.season


def _drop_empty(parts: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in parts.items() if value or value == 0}


def _write_lines(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, item in value.items():
        match item:
            case str() | int():
                yield f"{indent}{key}: {_write_scalar(item)}"
            case Mapping():
                yield f"{indent}{key}:"
                yield from _write_lines(item, f"{indent}  ")
            case _:
                yield f"{indent}{key}:"
                yield from _write_list(item, f"{indent}  ")


def _write_list(values: Sequence[Value], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _write_lines(value, f"{indent}  ")
            yield f"{indent}- {first.strip()}"
            yield from others
        elif isinstance(value, str | int):
            yield f"{indent}- {_write_scalar(value)}"


def _write_scalar(value: str | int) -> str:
    """Write a number or a quoted string. JSON strings are YAML strings (YAML 1.2, 5.7)."""
    return str(value) if isinstance(value, int) else json.dumps(one_line(value), ensure_ascii=False)
