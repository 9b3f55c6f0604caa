"""The lists of a document: rows, and the formats that hold them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.convert.extract import FORMATS, KINDS, NoteRow, QuotationRow, notes, quotations
from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.edition import Edition, resolve
from siglum.text.files import DISK
from siglum.text.source import Source


def edition(body: str, standoff: str = "") -> Edition:
    inside = f"<teiHeader/>{standoff}<text><body>{body}</body></text>"
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{inside}</TEI>'
    return resolve(document.parse(Source("a.xml", text.encode())))


def row(body: str, standoff: str = "") -> QuotationRow:
    """The only quotation of a text."""
    (found,) = quotations(edition(body, standoff))
    return found


STANDOFF = """<standOff><listPerson><person xml:id="v"><persName>Vyshinsky</persName></person></listPerson>
<listBibl><bibl xml:id="b"><author>Lenin</author><title>Testament</title><date>1923</date></bibl></listBibl></standOff>"""

CASES = [
    # a text, a field, its value
    ("<p><q>a <seg type='inquit'>he says</seg> b</q></p>", "text", "a b"),
    ("<p><q>a<note>n</note> b</q></p>", "text", "a b"),
    ("<p><q>the <choice><sic>ned</sic><corr>end</corr></choice></q></p>", "text", "the end"),
    ("<p><said who='#v'>x</said></p>", "speaker", "Vyshinsky"),
    ("<p><said who='#v'>x</said></p>", "speaker_id", "v"),
    ("<p><said who='#v #nobody'>x</said></p>", "speaker", "Vyshinsky; #nobody"),
    ("<p><quote source='#b'>x</quote></p>", "source", "Lenin, Testament (1923)"),
    ("<p><quote source='http://x/'>x</quote></p>", "source", "http://x/"),
    ("<p><cit><quote>x</quote><bibl corresp='#b'>(ib.)</bibl></cit></p>", "source_id", "b"),
    ("<p><cit><quote>x</quote><bibl corresp='#b'>(ib.)</bibl></cit></p>", "reference", "(ib.)"),
    ("<p><quote xml:lang='fr'>x</quote></p>", "language", "fr"),
    ("<div><quote><p>x</p></quote></div>", "displayed", True),
    ("<div><p>y</p><p xml:id='p'>a <soCalled>x</soCalled></p></div>", "place", "div 1, paragraph 2"),
    ("<div><p>y</p><p xml:id='p'>a <soCalled>x</soCalled></p></div>", "paragraph", "p"),
    ("<p>a<note>see <q>x</q></note></p>", "note", "1"),
    ("<p>\n\n<q>x</q></p>", "line", 3),
    ("<p><q type='formula'>x</q></p>", "type", "formula"),
]


@pytest.mark.parametrize(("body", "field", "value"), CASES)
def test_a_quotation_is_a_row(body: str, field: str, value: object) -> None:
    standoff = STANDOFF.replace("\n", "")
    assert getattr(row(body, standoff), field) == value


def test_quotations_are_counted_in_order_and_in_depth() -> None:
    found = quotations(edition("<p><q>a <q>b</q></q> <q>c</q></p>"))
    assert [(each.number, each.depth, each.text) for each in found] == [(1, 1, "a ‘b’"), (2, 2, "b"), (3, 1, "c")]


def test_what_is_not_in_the_text_is_not_listed() -> None:
    assert quotations(edition("<p><choice><sic><q>a</q></sic><corr>b</corr></choice></p>")) == []


def test_a_note_is_a_row() -> None:
    (found,) = notes(
        edition("<div><p>a</p><p>b<note xml:id='n' n='7' place='foot' resp='#v'>see <hi>x</hi></note></p></div>", STANDOFF)
    )
    assert (found.id, found.label, found.stream, found.place, found.resp, found.text) == (
        "n",
        "7",
        "main",
        "foot",
        "Vyshinsky",
        "see x",
    )
    assert (found.called, found.reference) == ("div 1, paragraph 2", "div 1, paragraph 2, note 7")
    assert found.called_line == found.line


def test_a_note_that_stands_elsewhere_is_listed_with_its_call() -> None:
    (found,) = notes(edition("<p>a<ref type='note' target='#n'/></p>\n<div type='notes'><note xml:id='n'>N</note></div>"))
    assert (found.called, found.called_line, found.line) == ("paragraph 1", 1, 2)


def test_a_note_without_a_call_is_listed_all_the_same() -> None:
    (found,) = notes(edition("<p>a</p><div type='notes'><note xml:id='n'>N</note></div>"))
    assert (found.called, found.called_line) == ("", None)


def test_the_red_book(red_book: Path) -> None:
    opened = resolve(document.open_document(red_book))
    found = {each.id: each for each in quotations(opened)}
    assert len(found) == 29
    interrupted = found["q-one-document"]
    assert interrupted.text.startswith("One document in any case exists – and of no small significance.")
    assert (interrupted.speaker, interrupted.place, interrupted.note) == ("Kerensky", "remove-stalin:n47", "47")
    displayed = found["q-comrade-stalin"]
    assert (displayed.displayed, displayed.place, displayed.source) == (
        True,
        "remove-stalin.11",
        "Lenin, Testament (January 4, 1923)",
    )
    assert displayed.reference == "January 4, 1923"
    assert [(each.label, each.called, each.resp) for each in notes(opened)] == [
        ("45", "remove-stalin.1", "Leon Sedov"),
        ("46", "remove-stalin.4", "Leon Sedov"),
        ("47", "remove-stalin.8", "Leon Sedov"),
        ("48", "remove-stalin.11", "Leon Sedov"),
    ]


def note(text: str) -> NoteRow:
    return NoteRow(1, "", text, "main", "", "", "", "", text, "", "", None, "", "", 1)


FORMULAS = [
    # a cell, as it stands in CSV
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@x", "'@x"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("– he says", "– he says"),
    ("a=b", "a=b"),
]


@pytest.mark.parametrize(("text", "cell"), FORMULAS)
def test_a_cell_is_never_a_formula(text: str, cell: str) -> None:
    written = FORMATS["csv"].write(NoteRow, [note(text)], ())
    assert next(csv.DictReader(io.StringIO(written, newline="")))["text"] == cell
    assert json.loads(FORMATS["json"].write(NoteRow, [note(text)], ()))[0]["text"] == text


@given(st.lists(st.text(), max_size=4))
def test_a_table_comes_back(texts: list[str]) -> None:
    written = FORMATS["csv"].write(NoteRow, [note(each) for each in texts], ())
    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [each["text"].removeprefix("'") for each in read] == [each.removeprefix("'") for each in texts]
    assert [each["line"] for each in read] == ["1"] * len(texts)
    listed = json.loads(FORMATS["json"].write(NoteRow, [note(each) for each in texts], ()))
    assert [each["text"] for each in listed] == texts


def test_an_empty_list_has_its_header_line() -> None:
    assert FORMATS["csv"].write(NoteRow, [], ()).startswith("number,id,label,")
    assert FORMATS["json"].write(NoteRow, [], ()) == "[]\n"


def test_every_document_of_the_corpora_can_be_listed(shared: Path) -> None:
    listed = 0
    for path in DISK.walk(shared / "corpora"):
        try:
            opened = resolve(document.open_document(path))
        except DocumentError:  # TEI P4, and the lists that are no documents
            continue
        for kind in KINDS.values():
            rows = kind.find(opened)
            assert FORMATS["csv"].write(kind.row, rows, ()).count("\r\n") >= len(rows) + 1
            assert [getattr(each, "number", at) for at, each in enumerate(rows, 1)] == list(range(1, len(rows) + 1))
        listed += 1
    assert listed == 46
