"""One bibliographic record: the data model of CSL 1.0.2 (input), typed. An empty field is unknown."""

from __future__ import annotations

from siglum.text.frozen import frozen

DateParts = tuple[int, ...]
"""Year, or year and month, or year, month and day. Years before the common era are negative (-43 is 44 BCE: ISO 8601)."""


@frozen
class Agent:
    """A person by the parts of the name, or (`literal`) an institution or a name that stays whole.

    `unsure`: the literal is the name of a person whose parts are uncertain.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    unsure: bool = False

    @property
    def particle(self) -> str:
        """The particle of the name, of either kind."""
        return f"{self.dropping_particle} {self.non_dropping_particle}".strip()

    @property
    def full(self) -> str:
        """The name in spoken order: “August von Kotzebue”."""
        parts = (self.given, self.particle, self.family, self.suffix)
        return self.literal or " ".join(part for part in parts if part)

    @property
    def inverted(self) -> str:
        """The name in sorting order: “Kotzebue, August von”, “van Gogh, Vincent”."""
        last = f"{self.non_dropping_particle} {self.family}".strip()
        first = f"{self.given} {self.dropping_particle}".strip()
        return self.literal or ", ".join(part for part in (last, first, self.suffix) if part)


@frozen
class When:
    """A date or a range. `literal` holds words that cannot be parsed or that say more; `circa` marks an uncertain date."""

    start: DateParts = ()
    end: DateParts = ()
    circa: bool = False
    literal: str = ""
    season: int = 0
    """1 spring, 2 summer, 3 autumn, 4 winter: of the year in `start`."""

    @property
    def year(self) -> str:
        """The year of the start as readers write it; empty without a year."""
        return shown_year(self.start[0]) if self.start else ""

    @property
    def iso(self) -> str:
        """EDTF and ISO 8601-2: “1936-10”, “1917/1925”, “1620~”, “1999-21” (spring); the words if there are no numbers."""
        sides = [
            "-".join((_iso_year(side[0]), *(f"{part:02}" for part in side[1:]))) for side in (self.start, self.end) if side
        ]
        season = f"-{20 + self.season}" if self.season and len(self.start) == 1 else ""
        return "/".join(side + season + ("~" if self.circa else "") for side in sides) or self.literal


@frozen
class Credit:
    """Contributors in a role that CSL does not have: the words for the role, and the names."""

    role: str
    names: tuple[str, ...]


@frozen
class Record:
    """A thing that can be cited; the names of the fields are CSL's, with _ for -."""

    id: str = ""
    type: str = "document"
    """A type of CSL's list: book, chapter, article-journal, manuscript, letter, …"""
    title: str = ""
    title_short: str = ""
    volume_title: str = ""
    part_title: str = ""
    container_title: str = ""
    container_title_short: str = ""
    collection_title: str = ""
    collection_number: str = ""
    volume: str = ""
    number_of_volumes: str = ""
    issue: str = ""
    number: str = ""
    part_number: str = ""
    supplement_number: str = ""
    chapter_number: str = ""
    section: str = ""
    page: str = ""
    number_of_pages: str = ""
    edition: str = ""
    version: str = ""
    printing_number: str = ""
    genre: str = ""
    medium: str = ""
    dimensions: str = ""
    scale: str = ""
    status: str = ""
    author: tuple[Agent, ...] = ()
    container_author: tuple[Agent, ...] = ()
    collection_editor: tuple[Agent, ...] = ()
    editor: tuple[Agent, ...] = ()
    translator: tuple[Agent, ...] = ()
    compiler: tuple[Agent, ...] = ()
    contributor: tuple[Agent, ...] = ()
    composer: tuple[Agent, ...] = ()
    illustrator: tuple[Agent, ...] = ()
    recipient: tuple[Agent, ...] = ()
    interviewer: tuple[Agent, ...] = ()
    director: tuple[Agent, ...] = ()
    editorial_director: tuple[Agent, ...] = ()
    producer: tuple[Agent, ...] = ()
    executive_producer: tuple[Agent, ...] = ()
    script_writer: tuple[Agent, ...] = ()
    series_creator: tuple[Agent, ...] = ()
    performer: tuple[Agent, ...] = ()
    narrator: tuple[Agent, ...] = ()
    host: tuple[Agent, ...] = ()
    guest: tuple[Agent, ...] = ()
    organizer: tuple[Agent, ...] = ()
    chair: tuple[Agent, ...] = ()
    curator: tuple[Agent, ...] = ()
    original_author: tuple[Agent, ...] = ()
    reviewed_author: tuple[Agent, ...] = ()
    reviewed_title: str = ""
    reviewed_genre: str = ""
    authority: str = ""
    """Who issued a law, a patent or a standard, or decided a case."""
    division: str = ""
    jurisdiction: str = ""
    publisher: str = ""
    publisher_place: str = ""
    event_title: str = ""
    event_place: str = ""
    issued: When = When()
    submitted: When = When()
    accessed: When = When()
    event_date: When = When()
    available_date: When = When()
    original_title: str = ""
    original_date: When = When()
    original_publisher: str = ""
    original_publisher_place: str = ""
    original_is_first: bool = False
    """Whether the original is the first print of this text, under this title."""
    archive: str = ""
    archive_place: str = ""
    archive_collection: str = ""
    archive_location: str = ""
    call_number: str = ""
    source: str = ""
    language: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    pmid: str = ""
    pmcid: str = ""
    license: str = ""
    abstract: str = ""
    keyword: str = ""
    references: str = ""
    note: str = ""
    annote: str = ""
    """What a reader of Zotero or biblatex wrote beside the entry; `annotation` adds what the record knows besides."""
    credits: tuple[Credit, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    proper: tuple[str, ...] = ()
    """Words of the titles that are names, and so keep their capital in every style."""
    custom: tuple[tuple[str, str], ...] = ()
    """What the source says that has no variable in CSL, by a name for it: kept through CSL-JSON (`custom`) and back."""

    @property
    def annotation(self) -> str:
        """What is worth keeping but not worth printing in a bibliography: credits, identifiers, rights, as sentences."""
        shares = [f"{credit.role[:1].upper()}{credit.role[1:]}: {', '.join(credit.names)}." for credit in self.credits]
        numbers = "; ".join(f"{kind} {value}".strip() for kind, value in self.identifiers)
        rights = f"Licence: {self.license}" if self.license.startswith("http") else f"Rights: {self.license}"
        return " ".join([*shares, *[f"Identifiers: {numbers}."] * bool(numbers), *[rights] * bool(self.license)])


def shown_year(year: int) -> str:
    """The year as readers write it: astronomical -43 is 44 BCE."""
    return str(year) if year > 0 else f"{1 - year} BCE"


def _iso_year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"
