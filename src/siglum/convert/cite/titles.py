"""Sort the titles of a description by level: a part (a) stands in a book (m) or journal (j), and these in a series (s).

A title and its subtitles become one line. Alternative titles and titles in other languages are kept by their types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from siglum.convert.cite.languages import find_tag
from siglum.text.header import Bibl, Title

MAIN = frozenset({"", "main", "work", "full", "uniform", "supplied", "editorial", "marc245a", "proper"})
SUB = frozenset({"sub", "subtitle", "subordinate", "marc245b", "marc245c"})
SHORT = frozenset({"short", "abbr", "abbreviated", "abbreviation", "shorttitle", "iso4"})
EVENTS = frozenset({"conference", "conferencename", "meeting", "event"})
VOLUMES = frozenset({"volume", "vol", "volumetitle"})


@dataclass
class Heading:
    """One title with its subtitles in one line, its main title, and the other titles of its level."""

    text: str
    main: Title | None
    others: list[Title]


@dataclass
class Titles:
    """The fields of the titles. `part`: whether the work stands in another; `host`: the level of that one, or its own."""

    fields: dict[str, str] = field(default_factory=dict)
    custom: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, int]] = field(default_factory=list)
    part: bool = False
    host: str = ""
    level: str = ""


def read_titles(bibl: Bibl) -> Titles:
    """Read the titles of a `bibl`, `biblStruct` or `biblFull`."""
    found = Titles()
    part, hosts, series = group_by_level(bibl)
    found.part = (bool(part) and bool(hosts)) or any(title.within == "analytic" for title in part)
    host = hosts[-1] if part and len(hosts) > 1 else hosts[0] if hosts else []
    found.level = next((title.level for title in host if title.level), "")
    found.host = found.level or ("m" if host else "")
    _put(found, bibl, "title", part or host)
    if part:
        _put(found, bibl, "container_title", host)
    if len(hosts) > 1:
        _put(found, bibl, "volume_title" if part else "container_title", hosts[0] if part else hosts[1])
        found.part = True
        found.host = found.host if part else next((title.level for title in hosts[1] if title.level), "m")
    _put(found, bibl, "collection_title", series)
    return found


def join_title(parts: list[str]) -> str:
    """Join a title and its subtitles with colons. A mark at the end of a part replaces the colon."""
    text = ""
    for part in parts:
        text += part if not text else f" {part}" if text[-1] in ":;.?!–—" else f": {part}"
    return text


def group_by_level(bibl: Bibl) -> tuple[list[Title], list[list[Title]], list[Title]]:
    """Group the titles into those of the part, those of each whole around it, and those of the series.

    In a `bibl`, a title without a level that comes before the title of a book or journal is that of a part.
    """
    part: list[Title] = []
    hosts: dict[str, list[Title]] = {}
    series: list[Title] = []
    wholes = (at for at, title in enumerate(bibl.titles) if title.level in {"m", "j"} and _is_main(title))
    last = 0 if bibl.kind == "fileDesc" else max(wholes, default=0)
    for at, title in enumerate(bibl.titles):
        if title.within == "series" or title.level == "s" or title.type == "collection":
            series.append(title)
        elif title.within == "analytic" or title.level == "a":
            part.append(title)
        elif title.within.startswith("monogr") or title.level or at >= last or title.type.lower() not in MAIN:
            hosts.setdefault(title.within or (title.level if title.level == "j" else ""), []).append(title)
        else:
            part.append(title)
    return part, list(hosts.values()), series


def _is_main(title: Title) -> bool:
    return title.type.lower() in MAIN


def choose_heading(titles: list[Title]) -> Heading:
    """Choose the main title of one level and its subtitles; join their words."""
    main = next((title for title in titles if title.type.lower() in MAIN), None) or next(
        (title for title in titles if title.type.lower() not in SUB | SHORT | EVENTS), None
    )
    if main is None:
        main = next((title for title in titles if title.type.lower() in SUB), None)
    sub = [title for title in titles if title is not main and title.type.lower() in SUB]
    text = join_title([title.text for title in (*([main] if main else []), *sub)])
    return Heading(text, main, [title for title in titles if title is not main and title not in sub and title.text != text])


def _put(found: Titles, bibl: Bibl, key: str, titles: list[Title]) -> None:
    """Put the titles of one level into their fields."""
    heading = choose_heading(titles)
    main = heading.main
    if heading.text:
        found.fields[key] = heading.text
    if main is not None and key == "title" and main.language and main.language != bibl.language:
        found.fields["language"] = find_tag(main.language)
    for title in heading.others:
        found.custom += _read_other(found, key, title, main)


def _read_other(found: Titles, key: str, title: Title, main: Title | None) -> Iterator[tuple[str, str]]:
    """Read another title: short, of an event, of a volume, in another language, or else by its type."""
    kind = title.type.lower()
    if kind in SHORT and key in {"title", "container_title"}:
        found.fields.setdefault(f"{key}_short", title.text)
    elif kind in EVENTS:
        found.fields.setdefault("event_title", title.text)
    elif kind in VOLUMES:
        found.fields.setdefault("volume_title", title.text)
    else:
        language = title.language if main is not None and title.language != main.language else ""
        named = "-".join(filter(None, (key.replace("_", "-"), title.type, language)))
        if named == key.replace("_", "-"):
            found.remarks.append((f"another `title` has no field: “{title.text}”", title.line))
            named = f"{named}-other"
        yield named, title.text
