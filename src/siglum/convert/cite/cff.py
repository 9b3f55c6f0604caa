"""CITATION.cff, Citation File Format 1.2.0: how a repository asks to be cited. A file is about one work.

The work stands as the `dataset` or `software` that the repository is, and as `preferred-citation` with all that is known of it.
Every string is written between quotation marks, so that nothing in it is YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from siglum.convert.cite import kinds
from siglum.convert.cite.languages import is_tag
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Record, When
from siglum.convert.cite.variables import KINDS, UNSAID, is_empty, spelt, split_keywords, split_pages, words
from siglum.text.language import primary_language

LEFT_OUT: frozenset[str] = frozenset({"proper", "original_is_first"})
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
_HELD = frozenset(
    """title title_short volume_title container_title volume issue number section page number_of_pages edition version
    author collection_editor editor translator recipient publisher publisher_place issued accessed language url
    doi isbn issn abstract note""".split()
)
_SAID = tuple(name for name in KINDS if name not in _HELD | UNSAID)
"""What the format has no key for, or no key for words: sentences in `notes`."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_FORMS = {
    "isbn": re.compile(r"[0-9\- ]{10,17}X?"),
    "issn": re.compile(r"\d{4}-\d{3}[\dxX]"),
    "url": re.compile(r"(?:https?|s?ftp)://\S+"),
    "doi": _DOI,
}
"""The form that the format demands of a value."""
_LANGUAGE = re.compile("[a-z]{2,3}")


def write(records: Sequence[Record]) -> str:
    """The record as a CITATION.cff."""
    return "".join("".join(f"{line}\n" for line in _lines(_file(record), "")) for record in records)


def wants(record: Record) -> Iterator[str]:
    """What the format demands of every work, and this one does not have."""
    yield from ["an author"] if not _authors(record) else []
    yield from ["a title"] if not record.title else []


def _file(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {
        "cff-version": "1.2.0",
        "message": "If you use this edition, please cite it as below.",
        "type": "software" if record.type == "software" else "dataset",
        "title": one_line(record.title),
        "authors": _authors(record),
        "version": one_line(record.version),
        "date-released": record.issued.iso if len(record.issued.start) == 3 and _is_plain(record.issued) else "",
        "doi": record.doi if _DOI.fullmatch(record.doi) else "",
        "url": record.url if _FORMS["url"].fullmatch(record.url) else "",
        "license": _spdx(record.license),
        "license-url": record.license if record.license.startswith("http") and not _spdx(record.license) else "",
        "keywords": list(filter(None, split_keywords(record))),
        "preferred-citation": _reference(record),
    }
    return _known(found)


def _spdx(licence: str) -> str:
    """The SPDX identifier of a Creative Commons licence; empty for others."""
    found = _CREATIVE_COMMONS.match(licence)
    if found is None:
        return ""
    return f"CC0-{found[3]}" if found[2] else f"CC-{found[1].upper()}-{found[3]}"


def _authors(record: Record) -> list[Value]:
    """The authors; an edition without any is its editors', then its publisher's."""
    agents = record.author or record.editor or record.compiler or record.translator
    return [_agent(agent) for agent in agents] or ([{"name": one_line(record.publisher)}] if record.publisher else [])


def _agent(agent: Agent) -> dict[str, Value]:
    if agent.literal:
        return {"name": one_line(agent.literal)}
    parts = {
        "family-names": agent.family,
        "given-names": agent.given,
        "name-particle": agent.particle,
        "name-suffix": agent.suffix,
    }
    return {key: one_line(value) for key, value in parts.items() if value}


def _reference(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {
        "type": _TYPES.get(record.type, "generic"),
        "title": one_line(record.title),
        "authors": _authors(record),
        **{name: [_agent(agent) for agent in getattr(record, field)] for field, name in _PEOPLE},
        **{name: one_line(getattr(record, field)) for name, field in _TEXTS if _fits(name, getattr(record, field))},
        "publisher": _entity(record.publisher, record.publisher_place),
        "languages": [primary_language(record.language)] if is_tag(record.language) else [],
        **_numbers(record),
        **_date(record.issued),
        "notes": _notes(record),
    }
    if record.type in kinds.JOURNAL_ARTICLES | {"article"}:
        found["journal"] = found.pop("collection-title", "")
    return _known(found)


def _fits(name: str, value: str) -> bool:
    """Whether a value is of the form that the format demands for this key."""
    return not value or name not in _FORMS or _FORMS[name].fullmatch(value) is not None


def _entity(name: str, place: str) -> dict[str, Value]:
    """The publisher, with the place in its address."""
    return _known({"name": one_line(name or place), "city": one_line(place) if name else ""})


def _numbers(record: Record) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in (("volume", record.volume), ("issue", record.issue), ("pages", record.number_of_pages)):
        if value:
            found[name] = int(value) if value.isdecimal() and value.isascii() else one_line(value)
    first, last = split_pages(record)
    return found | _known({"start": first, "end": last})


def _date(when: When) -> dict[str, Value]:
    if not when.start or when.start[0] < 1:
        return {}
    year, *rest = when.start
    found: dict[str, Value] = {"year": year}
    if rest:
        found["month"] = rest[0]
    return found | ({"date-published": when.iso} if len(rest) == 2 and not when.end and not when.circa else {})


def _notes(record: Record) -> str:
    """The note, and a sentence for everything that has no key, or whose form the format does not allow."""
    said = [(spelt(name), getattr(record, name)) for name in dict.fromkeys(_SAID) if not is_empty(record, name)]
    said = [pair for pair in said if pair[0] != "container-author" or pair[1] != record.author]
    said += [("language", record.language)] if record.language and not _LANGUAGE.fullmatch(record.language) else []
    said += [(spelt(name), getattr(record, name)) for name in _FORMS if not _fits(name, getattr(record, name))]
    said += [("issued", record.issued)] if record.issued.iso and not _is_plain(record.issued) else []
    sentences = [record.note, *(f"{name}: {words(value)}" for name, value in said), *_accessed(record)]
    return " ".join(f"{sentence.rstrip('.')}." for sentence in map(one_line, sentences) if sentence)


def _accessed(record: Record) -> list[str]:
    return [f"accessed: {record.accessed.iso}"] if record.accessed.iso else []


def _is_plain(when: When) -> bool:
    """Whether year, month and day say the whole date."""
    return bool(when.start) and when.start[0] > 0 and not when.end and not when.circa and not when.season


def _known(parts: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in parts.items() if value or value == 0}


def _lines(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, item in value.items():
        match item:
            case str() | int():
                yield f"{indent}{key}: {_scalar(item)}"
            case Mapping():
                yield f"{indent}{key}:"
                yield from _lines(item, f"{indent}  ")
            case _:
                yield f"{indent}{key}:"
                yield from _list(item, f"{indent}  ")


def _list(values: Sequence[Value], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _lines(value, f"{indent}  ")
            yield f"{indent}- {first.strip()}"
            yield from others
        elif isinstance(value, str | int):
            yield f"{indent}- {_scalar(value)}"


def _scalar(value: str | int) -> str:
    """A number, or a string between quotation marks: JSON's strings are YAML's (YAML 1.2, 5.7)."""
    return str(value) if isinstance(value, int) else json.dumps(one_line(value), ensure_ascii=False)
