"""Write one record as an entry; values that the fields cannot hold or would change go to `verba` as CSL-JSON.

The writer reads the fields of every entry again, and adds to `verba` whatever comes back differently (see `read.py`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace

from siglum.convert.cite import csl_json
from siglum.convert.cite.bib import model, names, read
from siglum.convert.cite.bib.tex import escape, escape_line
from siglum.convert.cite.languages import is_tag
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Record
from siglum.text.header.records import format_holding
from siglum.text.language import primary_language

_ADDRESS = str.maketrans(
    {"\\": "%5C", "{": "%7B", "}": "%7D", '"': "%22", "^": "%5E", "`": "%60", "<": "%3C", ">": "%3E", " ": "%20"}
)
_NO_BRACES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})
_VERBATIM = str.maketrans({"%": r"\u0025", "#": r"\u0023"})
_WORD = re.compile(r"(\w+)")
_KEY = re.compile(r"""[\s,{}()=#%"'~\\\x00-\x1f\x7f-\x9f]+""")
_NAME_SYNTAX = re.compile(r"(?:^|\s)and(?:\s|$)|^others$", re.IGNORECASE)
_BRACE_IN_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ORDER = {
    name: at
    for at, name in enumerate(
        """author title booktitle maintitle journaltitle journal issuetitle titleaddon bookauthor editor editora editoratype
        translator namea nameatype nameb namebtype namec namectype edition version series number volume part volumes chapter eid
        pages pagetotal type eventtitle eventdate venue howpublished publisher institution school organization location address
        date year month origdate origtitle origpublisher origlocation pubstate isbn issn doi eprint eprinttype url urldate
        library language langid shorttitle shortjournal entrysubtype keywords abstract note addendum annotation annote
        verba""".split()
    )
}


@dataclass
class Dialect:
    """The differences between BibTeX and BibLaTeX."""

    classic: bool = False

    @property
    def extended_names(self) -> bool:
        """Whether a name may be written as `family=…, given=…`."""
        return not self.classic


@dataclass
class _Entry:
    record: Record
    type: str
    dialect: Dialect
    fields: dict[str, str] = field(default_factory=dict)

    def put(self, places: tuple[str, ...], value: str) -> bool:
        """Put a value in the first free field that the entry type allows. Return False if none is."""
        known = model.FIELDS[self.type]
        for place in places:
            if (place in known or place in model.EVERYWHERE) and place not in self.fields:
                self.fields[place] = value
                return True
        return False


def write_entry(record: Record, dialect: Dialect) -> str:
    """Write the record as an entry of a .bib file."""
    entry = _Entry(record, _choose_type(record), dialect)
    _put_titles(entry)
    _put_people(entry)
    _put_texts(entry)
    _put_dates(entry)
    _put_access(entry)
    kind, fields = _to_classic(entry) if dialect.classic else (entry.type, entry.fields)
    if record.type != model.CSL[kind]:
        fields["entrysubtype"] = escape(record.type)
    key = clean_key(record.id)
    again = read.read_entry(key, kind, fields).record
    if again.annote and again.annote == one_line(f"{record.annote} {record.annotation}"):
        again = replace(again, annote=record.annote)  # what is added to it is entry anew by whoever reads it
    if lost := csl_json.find_lost_variables(record, again):
        fields["verba"] = write_verbatim(lost)
    lines = "".join(f"  {name} = {{{fields[name]}}},\n" for name in sorted(fields, key=_ORDER.__getitem__))
    return f"@{kind}{{{key},\n{_unbrace_months(lines, dialect)}}}\n"


def clean_key(identifier: str) -> str:
    """Replace the characters that would end a key."""
    return _KEY.sub("-", identifier).strip("-") or "untitled"


def write_verbatim(value: dict[str, object]) -> str:
    """Write JSON with balanced braces and without TeX comments."""
    written = json.dumps(value, ensure_ascii=False)
    inside = _BRACE_IN_STRING.sub(lambda found: found.group().replace("{", r"\u007b").replace("}", r"\u007d"), written)
    return csl_json.replace_surrogates(inside.translate(_VERBATIM))


def _unbrace_months(lines: str, dialect: Dialect) -> str:
    """Remove the braces around a BibTeX month, which is the name of a string that each style defines."""
    return re.sub(r"(?m)^(  month = )\{(\w+)\}", r"\1\2", lines) if dialect.classic else lines


def _choose_type(record: Record) -> str:
    """Choose the entry type: `@inbook` in an author's book, `@incollection` in an editor's, `@mvbook` for several volumes."""
    kind = model.ENTRY.get(record.type, "misc")
    if kind == "inbook" and record.editor and not record.container_author:
        return "incollection"
    if kind == "book" and record.type == "book":
        several = bool(record.number_of_volumes) and not (record.volume or record.volume_title or record.page)
        edited = bool(record.editor) and not record.author
        return f"{'mv' if several else ''}{'collection' if edited else 'book'}"
    return kind


def _put_titles(entry: _Entry) -> None:
    record = entry.record
    if (
        record.volume_title
        and record.container_title
        and entry.put(("maintitle", "issuetitle"), _format_title(record, "container_title"))
    ):
        if "issuetitle" in entry.fields:
            entry.fields["issuetitle"] = _format_title(record, "volume_title")
            entry.put(("journaltitle",), _format_title(record, "container_title"))
        else:
            entry.put(("booktitle",), _format_title(record, "volume_title"))
    elif record.container_title:
        entry.put(("journaltitle", "booktitle", "titleaddon"), _format_title(record, "container_title"))
    elif record.volume_title and record.title and entry.put(("maintitle",), _format_title(record, "title")):
        entry.put(("title",), _format_title(record, "volume_title"))
    if record.title:
        entry.put(("title",), _format_title(record, "title"))
    for name, places in model.TITLE_PLACES:
        if getattr(record, name):
            entry.put(places, _format_title(record, name))


def _put_people(entry: _Entry) -> None:
    extended = entry.dialect.extended_names
    for name, places in model.NAME_PLACES:
        if agents := getattr(entry.record, name):
            entry.put(places, names.write_names(agents, extended=extended))
    letters = iter("abc")
    for name in model.TYPED_NAMES:
        agents = getattr(entry.record, name)
        if agents and (letter := next(letters, "")):
            entry.put((f"name{letter}",), names.write_names(agents, extended=extended))
            entry.put((f"name{letter}type",), name.replace("_", "-"))


def _put_texts(entry: _Entry) -> None:
    record = entry.record
    for name, places in model.LIST_PLACES:
        if value := getattr(record, name):
            entry.put(places, _format_list(value))
    for name, places in model.TEXT_PLACES:
        if value := getattr(record, name):
            entry.put(places, escape(value))
    if record.page:
        entry.put(("pages",), "--".join(map(escape_line, csl_json.RANGE.split(one_line(record.page)))))
    if record.keyword:
        entry.put(("keywords",), escape(record.keyword))
    if annotation := f"{record.annote} {record.annotation}".strip():
        entry.put(("annotation",), escape(annotation))


def _put_dates(entry: _Entry) -> None:
    issued = entry.record.issued
    if issued.start:
        entry.put(("date",), issued.iso)
    elif issued.literal:
        entry.put(("year",) if entry.dialect.classic else ("addendum",), escape(issued.literal))
    for name, place in model.DATE_PLACES:
        if (when := getattr(entry.record, name)).start:
            entry.put((place,), when.iso)


def _put_access(entry: _Entry) -> None:
    record = entry.record
    entry.fields |= {"doi": one_line(record.doi).translate(_NO_BRACES)} if record.doi else {}
    entry.fields |= {"url": one_line(record.url).translate(_ADDRESS)} if record.url else {}
    entry.fields |= {"eprint": escape(record.pmid), "eprinttype": "pubmed"} if record.pmid else {}
    if held := format_holding(record.archive_place, record.archive, record.call_number):
        entry.put(("library",), escape(held))
    if record.language:
        word, hyphenation = _find_language_names(record.language)
        entry.put(("language",), escape(record.language if entry.dialect.classic else word))
        if hyphenation:
            entry.put(("langid",), hyphenation)


def _find_language_names(language: str) -> tuple[str, str]:
    """The word for a language and babel's name for hyphenation. “de-1901” gets those of German; `verba` keeps the rest."""
    found = model.LANGUAGES.get(language) or (is_tag(language) and model.LANGUAGES.get(primary_language(language)))
    return found or (
        model.SPOKEN.get(language) or (is_tag(language) and model.SPOKEN.get(primary_language(language))) or language,
        "",
    )


def _to_classic(entry: _Entry) -> tuple[str, dict[str, str]]:
    """Convert an entry to the types and fields of classic BibTeX. A date beyond year and month keeps `date` too."""
    kind = model.CLASSIC.get(entry.type, entry.type)
    fields = {model.RENAMED.get(name, name): value for name, value in entry.fields.items()}
    if "institution" in fields and kind == "phdthesis":
        fields["school"] = fields.pop("institution")
    issued = entry.record.issued
    if issued.start:
        fields["year"] = issued.year
        if len(issued.start) > 1:
            fields["month"] = model.MONTHS[issued.start[1] - 1]
        if (
            issued.end
            or issued.circa
            or issued.start[0] < 1
            or len(issued.start) > 2
            or (len(issued.start) > 1 and "month" not in fields)
        ):
            return kind, fields
        del fields["date"]
    return kind, fields


def _format_title(record: Record, name: str) -> str:
    """Format a title, with braces around names so that styles keep their capitals."""
    text = one_line(getattr(record, name))
    if not record.proper:
        return escape(text)
    pieces = _WORD.split(text)
    return "".join(f"{{{piece}}}" if piece in record.proper else escape_line(piece) for piece in pieces)


def _format_list(text: str) -> str:
    """Format a list of institutions or places, with braces around items that contain “and”."""
    items = [word for word in one_line(text).split("; ") if word]
    return " and ".join(f"{{{escape(item)}}}" if _NAME_SYNTAX.search(item) else escape(item) for item in items)
