"""The records of a header: titles, names, dates, descriptions of texts, entries for persons and places.

Words are as given, with white space squeezed. Absent values are empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from siglum.text.frozen import frozen

_DATELESS = re.compile(
    r"(?!.*\d{3})(?!.*\b[MDCLXVI]{3,}\b)(?!.*(?:centur|jahrh|jh\.|siècle|secol|siglo)).*", re.DOTALL | re.IGNORECASE
)
_UNKNOWN = frozenset({"", "unknown", "unbekannt", "inconnu", "s.l", "s.n", "n/a", "none", "-", "–", "—"})


@frozen
class Title:
    """A title with its `level` and `type`; `within` is its part of the description: analytic, monogr, series, or empty.

    `line` is that of the end of the start tag, 0 if unknown. It does not count in comparisons.
    """

    text: str
    level: str = ""
    type: str = ""
    language: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Name:
    """A name as given, and its encoded parts.

    `kind` is person, org or place if the element says so, and literal for a name that stays whole.
    """

    text: str
    kind: str = ""
    surname: str = ""
    forename: str = ""
    link: str = ""
    suffix: str = ""
    dropping: str = ""
    non_dropping: str = ""
    """The `nameLink`s whose type says whether they count in sorting."""
    refs: tuple[str, ...] = ()
    id: str = ""


@frozen
class Contributor:
    """A contributor. `role` is the element (author, editor, funder …), its @role, or "resp" with the words in `resp`.

    `codes` are the @key and @ref of the `resp`, such as MARC relators.
    """

    role: str
    name: Name
    resp: str = ""
    within: str = ""
    codes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Agency:
    """The publisher, distributor or authority of a text, as `role` says."""

    role: str
    name: Name
    line: int = field(default=0, compare=False)


@frozen
class Date:
    """A date: its words and its attributes (`from` and `to` are `start` and `end`)."""

    text: str
    when: str = ""
    start: str = ""
    end: str = ""
    not_before: str = ""
    not_after: str = ""
    cert: str = ""
    type: str = ""
    calendar: str = ""
    custom: str = ""
    """The value of @when-custom, or of @from-custom and @to-custom, in the named calendar."""
    line: int = field(default=0, compare=False)

    @property
    def shown(self) -> str:
        """The words, or @when if they hold no date: “2009-10-07” for “Perseus 4.0”."""
        return self.text if self.text and not (self.when and _DATELESS.fullmatch(self.text)) else self.when


@frozen
class Idno:
    """An identifier and its type."""

    text: str
    type: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Link:
    """A `ref` or `ptr`: its target, type and words."""

    target: str
    type: str = ""
    text: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Scope:
    """A `biblScope` (volume, issue, pages), or a `citedRange` (passage)."""

    text: str
    unit: str = ""
    start: str = ""
    end: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Note:
    """A `note`: its words, type and @n."""

    text: str
    type: str = ""
    within: str = ""
    n: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Meeting:
    """A `meeting`: its name, date, place and identifiers."""

    text: str
    date: Date | None = None
    place: str = ""
    idnos: tuple[Idno, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class UnparsedWords:
    """Words outside every part of a description, with their element, in document order.

    `mark` is a quotation mark or rendition that sets the words apart (“italic”).
    """

    text: str
    element: str
    mark: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Availability:
    """The terms of use: `status` (free, unknown, restricted), licences with their addresses, other words."""

    status: str = ""
    licences: tuple[Link, ...] = ()
    text: str = ""


@frozen
class Bibl:
    """A description of a text: the file itself (`kind` fileDesc), or a `bibl`, `biblStruct`, `biblFull`, `p` of a source.

    `text` is the whole reference in words. `related` holds the descriptions inside it; `relation` is the type of the
    `relatedItem` around such a description.
    """

    kind: str
    id: str = ""
    type: str = ""
    relation: str = ""
    text: str = ""
    titles: tuple[Title, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    editions: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    agencies: tuple[Agency, ...] = ()
    places: tuple[str, ...] = ()
    dates: tuple[Date, ...] = ()
    scopes: tuple[Scope, ...] = ()
    idnos: tuple[Idno, ...] = ()
    links: tuple[Link, ...] = ()
    availability: tuple[Availability, ...] = ()
    notes: tuple[Note, ...] = ()
    related: tuple[Source, ...] = ()
    subtype: str = ""
    n: str = ""
    language: str = ""
    """The xml:lang in force."""
    refers: tuple[str, ...] = ()
    """The targets of @corresp, @sameAs, @copyOf and @source."""
    languages: tuple[str, ...] = ()
    """The tags or words of `textLang`."""
    cited: tuple[Scope, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    """The parts of an `msIdentifier`: element names and words."""
    loose: tuple[UnparsedWords, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """A short name for readers: “Trotsky, Open Letter (March 1932)”; the words of a reference without parts."""
        who = ", ".join(
            dict.fromkeys(contributor.name.text for contributor in self.contributors if contributor.role == "author")
        )
        titles = {title.within or title.level: title.text for title in reversed(self.titles) if title.type != "sub"}
        parts = [part for part in (who, ", ".join(reversed(titles.values()))) if part]
        when = next((date.shown for date in self.dates), "")
        return f"{', '.join(parts)}{f' ({when})' if when else ''}" if titles else self.text


@frozen
class Manuscript:
    """An `msDesc`: its holding institution and shelfmark, names, contents and dates of an object."""

    id: str = ""
    type: str = ""
    settlement: str = ""
    repository: str = ""
    shelfmark: str = ""
    names: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    dates: tuple[Date, ...] = ()
    idnos: tuple[Idno, ...] = ()
    country: str = ""
    institution: str = ""
    collection: str = ""
    summary: str = ""
    places: tuple[str, ...] = ()
    """The places of origin (`origPlace`)."""
    languages: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    dimensions: str = ""
    material: str = ""
    parts: int = 0
    """The number of `msPart` and `msFrag` elements."""
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """“Oxford, Jesus College, MS. 20”."""
        return format_holding(self.settlement, self.repository, self.shelfmark, *self.names[:1])


def format_holding(*parts: str) -> str:
    """Format where an object is kept, without unknown parts and without parts that the next one repeats."""
    known = [part for part in parts if is_known(part)]
    after = (*known[1:], "")
    said = [part for part, following in zip(known, after, strict=False) if not f"{following} ".startswith(f"{part} ")]
    return ", ".join(said)


def is_known(part: str) -> bool:
    """Whether a part of a description is known."""
    return part.strip("[]()?. ").casefold() not in _UNKNOWN


Source = Bibl | Manuscript


@frozen
class Fact:
    """A fact about a person, organisation or place: the element's name (occupation, birth, note …) and its words."""

    kind: str
    text: str
    refs: tuple[str, ...] = ()


@frozen
class Entry:
    """An entry of a list. `kind` is person, personGrp, org or place; the first name is the main one."""

    id: str
    kind: str
    names: tuple[Name, ...] = ()
    notes: tuple[Fact, ...] = ()
    idnos: tuple[Idno, ...] = ()

    @property
    def label(self) -> str:
        """The main name, or the id of an entry without names."""
        return next((name.text for name in self.names if name.text), self.id)


@frozen
class Language:
    """A language of the text: its BCP 47 tag and its name."""

    ident: str
    text: str = ""


@frozen
class Change:
    """An entry of the revision history."""

    text: str
    when: str = ""
    who: tuple[str, ...] = ()


@frozen
class Action:
    """A `correspAction`: its type (sent, received …), people, dates and places."""

    type: str
    names: tuple[Name, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Letter:
    """A `correspDesc`: the actions of a letter."""

    actions: tuple[Action, ...] = ()
    id: str = ""
    notes: tuple[Note, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Header:
    """The whole header. `language` is that of the text; `entries` and `bibls` map xml:ids to records."""

    path: str = ""
    file: Bibl = Bibl("fileDesc")
    sources: tuple[Source, ...] = ()
    language: str = ""
    languages: tuple[Language, ...] = ()
    revisions: tuple[Change, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    bibls: Mapping[str, Bibl] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
    names: Mapping[str, Name] = field(default_factory=dict)
    """Names with an xml:id in the header, for `@resp` and `@who` without a list."""

    def called(self, pointer: str) -> str:
        """The label of “#id”: an entry's main name, a name of the header, or the label of a bibl; empty if unknown."""
        identifier = pointer.removeprefix("#")
        found = self.entries.get(identifier) or self.bibls.get(identifier)
        return found.label if found else self.names[identifier].text if identifier in self.names else ""
