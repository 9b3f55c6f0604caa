"""What a header holds: titles, names, dates, descriptions of texts, records of persons and places.

Words are as given, white space squeezed; what is not given is empty.
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
    """A title; `level` and `type` as given, `within` the part of the description: analytic, monogr, series or none.

    Of a part without a line of its own (`line`: that on which its start tag ends) nothing is known; it does not make two
    parts different.
    """

    text: str
    level: str = ""
    type: str = ""
    language: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Name:
    """A name as given, and its parts where they are marked up.

    `kind` is person, org or place where the element says so, literal where the name is not to be taken apart.
    """

    text: str
    kind: str = ""
    surname: str = ""
    forename: str = ""
    link: str = ""
    suffix: str = ""
    dropping: str = ""
    non_dropping: str = ""
    """The `nameLink`s that say of which kind they are: whether the family is sorted by them."""
    refs: tuple[str, ...] = ()
    id: str = ""


@frozen
class Contributor:
    """Somebody answerable: `role` is the element (author, editor, funder …), its @role, or "resp" with the words in `resp`.

    `codes` are the @key and @ref of the `resp`: MARC relators and the like.
    """

    role: str
    name: Name
    resp: str = ""
    within: str = ""
    codes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Agency:
    """Who makes a text available: `role` is publisher, distributor or authority."""

    role: str
    name: Name
    line: int = field(default=0, compare=False)


@frozen
class Date:
    """A date: the words, and the values of the attributes of the same names (`from`, `to` are `start`, `end`)."""

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
    """What @when-custom, or @from-custom and @to-custom, say in the calendar that is named."""
    line: int = field(default=0, compare=False)

    @property
    def shown(self) -> str:
        """The words, or @when where they hold no date: “2009-10-07” for “Perseus 4.0”."""
        return self.text if self.text and not (self.when and _DATELESS.fullmatch(self.text)) else self.when


@frozen
class Idno:
    """An identifier and the kind it is said to be of."""

    text: str
    type: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Link:
    """A `ref` or `ptr`: where it leads, its kind and its words."""

    target: str
    type: str = ""
    text: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Scope:
    """A `biblScope`: which volume, issue, pages; or a `citedRange`: which passage."""

    text: str
    unit: str = ""
    start: str = ""
    end: str = ""
    within: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Note:
    """A `note`: its words, its type, its @n."""

    text: str
    type: str = ""
    within: str = ""
    n: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Meeting:
    """A `meeting`: its words without its date and place, these, and its identifiers."""

    text: str
    date: Date | None = None
    place: str = ""
    idnos: tuple[Idno, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class UnparsedWords:
    """Words that stand in no part of a description: the element that holds them, and where they stand in the row of parts.

    `mark` is the quotation mark or the rendition that sets them apart (“italic”), where there is one.
    """

    text: str
    element: str
    mark: str = ""
    line: int = field(default=0, compare=False)


@frozen
class Availability:
    """What may be done with the text: `status` (free, unknown, restricted), licences with their addresses, other words."""

    status: str = ""
    licences: tuple[Link, ...] = ()
    text: str = ""


@frozen
class Bibl:
    """A description of a text: the file itself (`kind` fileDesc), or a `bibl`, `biblStruct`, `biblFull`, `p` of a source.

    `text` is the whole of a reference in words. `related` holds the descriptions inside it; `relation` is the type of the
    `relatedItem` that such a one stands in.
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
    """What @corresp, @sameAs, @copyOf and @source point to."""
    languages: tuple[str, ...] = ()
    """Those of `textLang`: their tags, or the words."""
    cited: tuple[Scope, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    """Where the object is kept: the elements of an `msIdentifier` and their words."""
    loose: tuple[UnparsedWords, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """A short name for readers: “Trotsky, Open Letter (March 1932)”; the words of the reference where it has no parts."""
        who = ", ".join(
            dict.fromkeys(contributor.name.text for contributor in self.contributors if contributor.role == "author")
        )
        titles = {title.within or title.level: title.text for title in reversed(self.titles) if title.type != "sub"}
        parts = [part for part in (who, ", ".join(reversed(titles.values()))) if part]
        when = next((date.shown for date in self.dates), "")
        return f"{', '.join(parts)}{f' ({when})' if when else ''}" if titles else self.text


@frozen
class Manuscript:
    """An `msDesc`: where the object is kept and under which mark, what it is called, what it holds, when it was made."""

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
    """Where it was made (`origPlace`)."""
    languages: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    dimensions: str = ""
    material: str = ""
    parts: int = 0
    """How many `msPart` and `msFrag` it has."""
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """“Oxford, Jesus College, MS. 20”."""
        return format_holding(self.settlement, self.repository, self.shelfmark, *self.names[:1])


def format_holding(*parts: str) -> str:
    """Where an object is kept, in a line: without what is said to be unknown, or said again by the next part."""
    known = [part for part in parts if is_known(part)]
    after = (*known[1:], "")
    said = [part for part, following in zip(known, after, strict=False) if not f"{following} ".startswith(f"{part} ")]
    return ", ".join(said)


def is_known(part: str) -> bool:
    """Whether a part of a description says something."""
    return part.strip("[]()?. ").casefold() not in _UNKNOWN


Source = Bibl | Manuscript


@frozen
class Fact:
    """Something said of a person, organisation or place: the element's name (occupation, birth, note …) and its words."""

    kind: str
    text: str
    refs: tuple[str, ...] = ()


@frozen
class Entry:
    """A record of a list: `kind` is person, personGrp, org or place; the first name is the main one."""

    id: str
    kind: str
    names: tuple[Name, ...] = ()
    notes: tuple[Fact, ...] = ()
    idnos: tuple[Idno, ...] = ()

    @property
    def label(self) -> str:
        """The main name, or the id of a record without one."""
        return next((name.text for name in self.names if name.text), self.id)


@frozen
class Language:
    """A language of the text: its BCP 47 tag and what it is called."""

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
    """A `correspAction`: what was done (sent, received …), by whom or to whom, when and where."""

    type: str
    names: tuple[Name, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Letter:
    """A `correspDesc`: the life of a letter."""

    actions: tuple[Action, ...] = ()
    id: str = ""
    notes: tuple[Note, ...] = ()
    line: int = field(default=0, compare=False)


@frozen
class Header:
    """Everything read. `language` is that of the text; `entries` and `bibls` are the records with an xml:id, by it."""

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
    """Names with an xml:id in the header: those that `@resp` and `@who` point to where there is no list."""

    def called(self, pointer: str) -> str:
        """What “#id” is called: an entry's main name, a name of the header, the label of a bibl; empty where it is unknown."""
        identifier = pointer.removeprefix("#")
        found = self.entries.get(identifier) or self.bibls.get(identifier)
        return found.label if found else self.names[identifier].text if identifier in self.names else ""
