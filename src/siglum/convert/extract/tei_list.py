"""Quotations, names, dates and notes as TEI: a document of its own with a list of them, each with a pointer to where it stands.

Values that the schema might refuse (a date in a calendar of the encoder's own) are left to the other formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from lxml import etree

from siglum.convert.extract.dates import DateRow
from siglum.convert.extract.names import NameRow
from siglum.convert.extract.notes import NoteRow
from siglum.convert.extract.quotations import QuotationRow
from siglum.text.edition import Edition
from siglum.text.tei import TEI, TEI_NS, XML_LANG, Element

_Row = QuotationRow | NameRow | DateRow | NoteRow
_DAY = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")


def write(kind: str, listed: Sequence[tuple[Edition, Sequence[tuple[Element, Any]]]]) -> str:
    """The document, a list for each edition."""
    root = etree.Element(f"{TEI}TEI", nsmap={None: TEI_NS})  # type: ignore[dict-item]  # None is the default namespace
    _header(root, kind, [edition for edition, _ in listed])
    body = etree.SubElement(etree.SubElement(root, f"{TEI}text"), f"{TEI}body")
    for edition, rows in listed:
        division = etree.SubElement(body, f"{TEI}div")
        _text(division, "head", _title(edition))
        holder = etree.SubElement(division, f"{TEI}list" if rows else f"{TEI}p")
        if rows:
            holder.set("type", kind)
        for _, row in rows:
            item = etree.SubElement(holder, f"{TEI}item", n=str(row.number))
            ITEMS[kind](item, edition, row)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def _header(root: Element, kind: str, editions: Sequence[Edition]) -> None:
    description = etree.SubElement(etree.SubElement(root, f"{TEI}teiHeader"), f"{TEI}fileDesc")
    titles = "; ".join(_title(each) for each in editions)
    _text(etree.SubElement(description, f"{TEI}titleStmt"), "title", f"{kind.capitalize()} in {titles}")
    _text(etree.SubElement(description, f"{TEI}publicationStmt"), "p", "A list made of the editions named as its sources.")
    sources = etree.SubElement(description, f"{TEI}sourceDesc")
    for each in editions:
        bibl = etree.SubElement(sources, f"{TEI}bibl")
        etree.SubElement(bibl, f"{TEI}ptr", target=_file(each))
        _text(bibl, "title", _title(each))


def _quotation(item: Element, edition: Edition, row: QuotationRow) -> None:
    cit = etree.SubElement(item, f"{TEI}cit")
    words = _text(cit, "quote", row.text)
    words.set("type", row.kind)
    if row.language:
        words.set(XML_LANG, row.language)
    if row.source_id:
        words.set("source", " ".join(_pointer(edition, each) for each in row.source_id.split()))
    bibl = etree.SubElement(cit, f"{TEI}bibl")
    if row.speaker:
        _text(bibl, "author", row.speaker)
    if row.source or row.reference:
        _text(bibl, "title", row.source or row.reference)
    if row.place:
        _text(bibl, "citedRange", row.place)
    _where(bibl, edition, row)


def _name(item: Element, edition: Edition, row: NameRow) -> None:
    named = _text(item, row.kind, row.text)
    if row.record:
        named.set("ref", " ".join(_pointer(edition, each) for each in row.record.split()))
    if row.key:
        named.set("key", row.key)
    _where(item, edition, row, row.place)


def _date(item: Element, edition: Edition, row: DateRow) -> None:
    dated = _text(item, "date", row.text)
    told = {"when": row.when, "from": row.start, "to": row.end, "notBefore": row.not_before, "notAfter": row.not_after}
    for key, value in told.items():
        if _DAY.fullmatch(value):
            dated.set(key, value)
    _where(item, edition, row, row.place)


def _note(item: Element, edition: Edition, row: NoteRow) -> None:
    note = _text(item, "note", row.text)
    if row.label:
        note.set("n", row.label)
    if row.resp_id:
        note.set("resp", " ".join(_pointer(edition, each) for each in row.resp_id.split()))
    _where(item, edition, row, row.called)


ITEMS: dict[str, Callable[[Element, Edition, Any], None]] = {
    "quotations": _quotation,
    "names": _name,
    "dates": _date,
    "notes": _note,
}
"""What writes one thing into its item, by the kind of list."""


def _where(parent: Element, edition: Edition, row: _Row, place: str = "") -> None:
    """The place in the edition, and a pointer to it."""
    ref = _text(parent, "ref", ", ".join(filter(None, (place, f"line {row.line}"))))
    ref.set("target", f"{_file(edition)}#{quote(row.id)}" if row.id else _file(edition))


def _pointer(edition: Edition, written: str) -> str:
    """A pointer as it stands in a list beside the edition."""
    return written if ":" in written or "/" in written or "#" in written else f"{_file(edition)}#{quote(written)}"


def _file(edition: Edition) -> str:
    return quote(PurePath(edition.document.source.name).name)


def _title(edition: Edition) -> str:
    return next((each.text for each in edition.header.file.titles), _file(edition))


def _text(parent: Element, name: str, words: str) -> Element:
    made = etree.SubElement(parent, TEI + name)
    made.text = words
    return made
