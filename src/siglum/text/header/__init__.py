"""Read the `teiHeader` into records: the description of the document and its sources, and the lists of persons and works.

Input: any TEI document. Output: frozen records with the words as given, white space squeezed. Nothing is interpreted or
completed: absent values are empty. TEI P5, chapters 2 (header), 3.12 (bibliographic references) and 14 (names).
"""

from __future__ import annotations

from siglum.text.document import Document
from siglum.text.header import description, lists, manuscripts
from siglum.text.header.records import (
    Action,
    Agency,
    Availability,
    Bibl,
    Change,
    Contributor,
    Date,
    Entry,
    Fact,
    Header,
    Idno,
    Language,
    Letter,
    Link,
    Manuscript,
    Meeting,
    Name,
    Note,
    Scope,
    Source,
    Title,
    UnparsedWords,
)
from siglum.text.header.words import plain
from siglum.text.tei import XML_LANG, Element, attribute, child

__all__ = [
    "Action",
    "Agency",
    "Availability",
    "Bibl",
    "Change",
    "Contributor",
    "Date",
    "Entry",
    "Fact",
    "Header",
    "Idno",
    "Language",
    "Letter",
    "Link",
    "Manuscript",
    "Meeting",
    "Name",
    "Note",
    "Scope",
    "Source",
    "Title",
    "UnparsedWords",
    "language_of",
    "plain",
    "read",
]


def read(document: Document) -> Header:
    """The header of a document, and the lists in it, in its `standOff` and in its text; read once for each document."""
    return document.memo(_read, lambda: _read(document))


def _read(document: Document) -> Header:
    root = document.root
    header = child(root, "teiHeader")
    described = child(header, "fileDesc")
    languages = tuple(lists.read_languages(header))
    return Header(
        path=document.source.name,
        file=_file(described) if described is not None else Bibl("fileDesc"),
        sources=tuple(description.read_sources(child(described, "sourceDesc"))),
        language=language_of(root) or (languages[0].ident if len(languages) == 1 else ""),
        languages=languages,
        revisions=tuple(lists.read_changes(header)),
        entries=lists.read_entries(document.index),
        bibls=lists.read_bibls(document.index),
        letters=tuple(manuscripts.read_letters(header)),
        names=lists.read_identified_names(header),
    )


def _file(described: Element) -> Bibl:
    return description.read_bibl(described, without=frozenset({"sourceDesc"}))


def language_of(root: Element) -> str:
    """The language that the text declares, or its only division, or the document for it."""
    body = child(root, "text", "body")
    only = body[0] if body is not None and len(body) == 1 else None
    places = (child(root, "text"), body, only, root)
    return next(filter(None, (attribute(place, XML_LANG) for place in places if place is not None)), "")
