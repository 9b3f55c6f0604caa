"""The data model of biblatex (manual, 2.1 and 2.2) as far as a record needs it, and the part that classic BibTeX knows.

A variable of the record lists its fields in order of preference. The writer takes the first one that the entry type allows and
that is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()

CSL: Final[Mapping[str, str]] = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "review": "review",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "commentary": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "misc": "document",
    "unpublished": "manuscript",
    "letter": "personal_communication",
    "patent": "patent",
    "periodical": "periodical",
    "artwork": "graphic",
    "image": "figure",
    "audio": "song",
    "music": "song",
    "video": "motion_picture",
    "movie": "motion_picture",
    "performance": "performance",
    "standard": "standard",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "legal": "treaty",
}
"""The CSL type of each entry type. `entrysubtype` takes precedence."""

ENTRY: Final[Mapping[str, str]] = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "musical_score": "book",
    "chapter": "inbook",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "thesis": "thesis",
    "report": "report",
    "standard": "manual",
    "webpage": "online",
    "article": "online",
    "post": "online",
    "post-weblog": "online",
    "dataset": "dataset",
    "software": "software",
    "manuscript": "unpublished",
    "speech": "unpublished",
    "personal_communication": "unpublished",
    "patent": "patent",
    "periodical": "periodical",
}
"""The entry type for each CSL type; all others become `@misc`. Types without fields in biblatex are not used."""

CLASSIC: Final[Mapping[str, str]] = {
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "online": "misc",
    "dataset": "misc",
    "software": "misc",
    "patent": "misc",
    "periodical": "misc",
    "inreference": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
"""The classic BibTeX type for each biblatex type that BibTeX lacks."""

_PLAIN = "author editor title titleaddon language note addendum pubstate"
_WORK = "author editor editora editoratype title titleaddon language note addendum pubstate"
_BOOK = (
    f"{_WORK} translator edition series number volume volumes part chapter pages publisher location isbn maintitle origlanguage"
)
_INSIDE = f"{_BOOK} booktitle eid"
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    entry: frozenset(fields.split())
    for entry, fields in {
        "article": f"{_WORK} translator journaltitle issuetitle series number volume pages eid issn version origlanguage",
        "book": f"{_BOOK} pagetotal eid",
        "mvbook": f"{_WORK} translator edition series number volume volumes pagetotal publisher location isbn origlanguage",
        "collection": f"{_BOOK} pagetotal eid".replace("author ", ""),
        "mvcollection": f"{_WORK} translator edition number volume volumes publisher location isbn origlanguage",
        "inbook": f"{_INSIDE} bookauthor",
        "incollection": _INSIDE,
        "inreference": _INSIDE,
        "booklet": f"{_PLAIN} chapter eid howpublished location pages pagetotal type",
        "inproceedings": f"{_PLAIN} booktitle maintitle series number volume"
        " volumes part chapter eid pages publisher organization location isbn eventtitle eventdate venue",
        "thesis": "author title titleaddon language note addendum pubstate type institution location chapter eid pages"
        " pagetotal",
        "report": "author title titleaddon language note addendum pubstate type institution location number version chapter eid"
        " pages pagetotal",
        "manual": f"{_PLAIN} edition series number version type organization"
        " publisher location isbn chapter eid pages pagetotal",
        "online": f"{_PLAIN} organization version",
        "dataset": f"{_PLAIN} edition series number version type organization publisher location",
        "misc": f"{_PLAIN} howpublished location organization type version",
        "software": f"{_PLAIN} howpublished location organization type version",
        "unpublished": "author title titleaddon language note addendum pubstate type howpublished location"
        " eventtitle eventdate venue",
        "patent": "author title titleaddon note addendum pubstate number type version location holder",
        "periodical": "editor title titleaddon language note addendum pubstate issuetitle series number volume issn",
    }.items()
}
"""The fields that each entry type allows, besides `EVERYWHERE`."""

EVERYWHERE: Final = frozenset(
    """abstract annotation date doi entrysubtype eprint eprinttype keywords langid library namea nameatype nameb namebtype namec
    namectype origdate origlocation origpublisher origtitle shortjournal shorttitle url urldate verba year month""".split()
)

TEXT_PLACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("title_short", ("shorttitle",)),
    ("container_title_short", ("shortjournal",)),
    ("volume", ("volume",)),
    ("number_of_volumes", ("volumes",)),
    ("issue", ("number",)),
    ("number", ("number", "eid")),
    ("collection_number", ("number",)),
    ("part_number", ("part",)),
    ("chapter_number", ("chapter",)),
    ("number_of_pages", ("pagetotal",)),
    ("edition", ("edition", "version")),
    ("version", ("version",)),
    ("genre", ("type",)),
    ("medium", ("howpublished",)),
    ("status", ("pubstate",)),
    ("event_title", ("eventtitle",)),
    ("event_place", ("venue",)),
    ("isbn", ("isbn",)),
    ("issn", ("issn",)),
    ("note", ("note",)),
    ("abstract", ("abstract",)),
)
TITLE_PLACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("collection_title", ("series", "titleaddon")),
    ("original_title", ("origtitle",)),
)
LIST_PLACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("publisher", ("publisher", "institution", "organization", "howpublished")),
    ("publisher_place", ("location",)),
    ("original_publisher", ("origpublisher",)),
    ("original_publisher_place", ("origlocation",)),
)
DATE_PLACES: Final[tuple[tuple[str, str], ...]] = (
    ("original_date", "origdate"),
    ("event_date", "eventdate"),
    ("accessed", "urldate"),
)
NAME_PLACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("author", ("author",)),
    ("container_author", ("bookauthor",)),
    ("editor", ("editor",)),
    ("translator", ("translator",)),
)
TYPED_NAMES: Final = """compiler recipient interviewer director performer composer illustrator contributor
    original_author reviewed_author collection_editor producer narrator script_writer host
    guest organizer chair curator editorial_director executive_producer series_creator""".split()
"""Roles without a field of their own. They stand in `namea` to `namec`, with the role in `nameatype` to `namectype`."""

RENAMED: Final[Mapping[str, str]] = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
}
"""The names of fields that classic BibTeX calls otherwise. It ignores fields that it does not know."""

LANGUAGES: Final[Mapping[str, tuple[str, str]]] = {
    row[0]: (row[1], row[-1])
    for row in (
        word.split()
        for word in """en english; en-US american; en-GB british; en-CA canadian; en-AU australian; en-NZ newzealand;
        de german ngerman; de-DE german ngerman; de-AT austrian naustrian; de-CH swissgerman nswissgerman;
        fr french; it italian; es spanish; pt portuguese; pt-BR brazilian; nl dutch; la latin;
        grc greek polutonikogreek; el greek; ru russian; pl polish; cs czech; sk slovak; sl slovene; hr croatian;
        sr serbian; bg bulgarian; uk ukrainian; be belarusian; sv swedish; da danish; no norwegian norsk;
        nb norwegian norsk; nn norwegian nynorsk; is icelandic; fi finnish; et estonian; lv latvian;
        lt lithuanian; hu hungarian magyar; ro romanian; tr turkish; ca catalan; gl galician; eu basque; ga irish;
        cy welsh; he hebrew; ar arabic; fa persian farsi; zh chinese; ja japanese; ko korean""".split(";")
    )
}
"""Language tag, biblatex's word for the language, and babel's name for hyphenation (biblatex manual, table 2)."""

SPOKEN: Final[Mapping[str, str]] = {
    language: " ".join(name)
    for language, *name in (
        word.split()
        for word in """akk Akkadian; am Amharic; ang Old English; arc Aramaic; ave Avestan; bo Tibetan; bn Bengali; cop Coptic;
        cu Church Slavonic; egy Egyptian; enm Middle English; ett Etruscan; frm Middle French; fro Old French;
        gez Geʽez; gmh Middle High German; gml Middle Low German; goh Old High German; got Gothic;
        gd Scottish Gaelic; grn Guarani; hbo Biblical Hebrew; hi Hindi; hit Hittite; hy Armenian; ka Georgian;
        kho Khotanese; lad Ladino; ms Malay; mga Middle Irish; nah Nahuatl; non Old Norse; oc Occitan;
        osc Oscan; osx Old Saxon; ota Ottoman Turkish; pal Pahlavi; phn Phoenician; pi Pali; pra Prakrit;
        pro Old Occitan; sa Sanskrit; scx Sicel; scn Sicilian; sga Old Irish; sux Sumerian; sw Swahili;
        syc Classical Syriac; syr Syriac; ta Tamil; te Telugu; th Thai; uga Ugaritic; ur Urdu; vi Vietnamese;
        xcl Classical Armenian; xpu Punic; xum Umbrian; yi Yiddish""".split(";")
    )
}
"""English names of languages that biblatex has no word for; it prints the name as it stands."""
