"""Standoff text: every word of the text leads back to the very place in the source where it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siglum.convert.reading import builder
from siglum.convert.writers import standoff
from siglum.convert.writers.options import Unit
from siglum.convert.writers.standoff import Standoff
from siglum.text.document import Document, open_document, parse
from siglum.text.edition import resolve
from siglum.text.files import DISK
from siglum.text.source import Source
from tests.convert.reading.generated import documents
from tests.text.pages.reader import Case, cases, document

PAGE = Path(__file__).with_name("pages.md")
MANY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
WHITE = " \t\r\n"
AROUND_EVERYTHING = ('"element":"text"', '"element":"body"')


def _written(document: Document, unit: Unit = Unit.CODE_POINTS) -> Standoff:
    edition = resolve(document)
    return standoff.write(builder(edition, located=True).tree(), edition.identifiers, unit)


def _rows(table: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    head, *rows = [json.loads(line) for line in table.split("\n")[:-1]]
    return head, rows


MADE_MARKS = dict.fromkeys((0x305, 0x323, 0x332, 0x336, 0x361))
"""The dot of a doubtful letter, strokes and ligatures (Leiden): they are made, on letters that are not."""


def _faults(written: Standoff, files: Mapping[str, Source]) -> list[str]:
    """Words that no leaf or several cover; leaves whose words do not stand where the row says, or that are there twice."""
    head, rows = _rows(written.table)
    leaves = [row for row in rows if row["node"] == "text"]
    places: dict[tuple[str, int, int], int] = {}
    covered = 0
    found = []
    for row in leaves:
        text = written.text[row["start"] : row["end"]].translate(MADE_MARKS)
        found += (
            [f"not covered: {written.text[covered : row['start']]}"]
            if written.text[covered : row["start"]].strip(WHITE)
            else []
        )
        found += [f"covered twice: {text}"] if row["start"] < covered else []
        covered = row["end"]
        if "made" not in row:
            place = (row.get("file", head["file"]), row["line"], row["column"])
            places[place] = places.get(place, 0) + 1
            found += [] if _stands(text.strip(WHITE), files[place[0]], row) else [f"not at {place}: {text}"]
    return [*found, *(f"twice: {place}" for place, times in places.items() if times > 1 and not _is_reference(files, place))]


def _stands(text: str, source: Source, row: Mapping[str, Any]) -> bool:
    there = source.line(row["line"])[row["column"] - 1 :]
    return there.replace("\t", " ").startswith(text) or there.startswith("&")


def _is_reference(files: Mapping[str, Source], place: tuple[str, int, int]) -> bool:
    return files[place[0]].line(place[1])[place[2] - 1 :].startswith("&")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(PAGE)])
def test_it_is_written_as_the_page_says(case: Case) -> None:
    written = _written(case.document)
    rows = [row for row in written.table.splitlines()[1:] if not any(each in row for each in AROUND_EVERYTHING)]
    assert written.text == case.expected["text"]
    assert "".join(row + "\n" for row in rows) == case.expected["jsonl"]


@given(documents(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@MANY
def test_every_word_of_a_made_document_is_where_its_row_says(text: str, end: str, encoding: str) -> None:
    source = Source("made.xml", text.replace("\n", end).encode(encoding))
    assert _faults(_written(parse(source)), {"made.xml": source}) == []


def test_every_word_of_the_corpora_is_where_its_row_says(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "corpora").rglob("*.xml")):
        if path.parent.name == "alists" or b"<TEI.2" in path.read_bytes():
            continue
        document = open_document(path, within=shared)
        written = _written(document)
        head, rows = _rows(written.table)
        names = {head["file"], *(row["file"] for row in rows if "file" in row)}
        files = {name: document.source if name == document.source.name else DISK.read(Path(name)) for name in names}
        assert _faults(written, files) == [], path.name
        seen += 1
    assert seen > 40


def test_entities_cdata_and_comments_do_not_shift_what_follows() -> None:
    text = (
        '<!DOCTYPE TEI [<!ENTITY who "A &#38;#38; B">]>\n<!-- before --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>'
        "<text><body><p>a&who;b <![CDATA[c & <d>]]> e<!-- x --><?y z?>f  g&#x41;\t<hi>h</hi></p></body></text></TEI>"
    )
    source = Source("made.xml", text.encode())
    written = _written(parse(source))
    assert written.text == "aA & Bb c & <d> ef gA h\n"
    assert _faults(written, {"made.xml": source}) == []
    places = {
        written.text[row["start"] : row["end"]]: row["column"] for row in _rows(written.table)[1] if row["node"] == "text"
    }
    line = source.line(2)
    assert places == {
        "a": line.index("a&who") + 1,
        "A & B": line.index("&who") + 1,
        "b ": line.index("b <!") + 1,
        "c & <d> ": line.index("c & ") + 1,
        "e": line.index("e<!") + 1,
        "f ": line.index("f  g") + 1,
        "g": line.index("g&#") + 1,
        "A ": line.index("&#x41") + 1,
        "h": line.index("h</hi") + 1,
    }


def test_offsets_count_what_is_wanted() -> None:
    case = document("<p>a😀é<emph>b</emph></p>")
    ends = {}
    for unit in Unit:
        written = _written(case, unit)
        head, rows = _rows(written.table)
        assert head["offsets"] == unit
        ends[unit] = [row["start"] for row in rows if row.get("element") == "emph"]
    assert ends == {Unit.CODE_POINTS: [3, 3], Unit.UTF_16: [4, 4], Unit.BYTES: [7, 7]}


def test_the_table_knows_its_text() -> None:
    written = _written(document("<p>a</p>"))
    head, rows = _rows(written.table)
    stream, same = _rows(written.stream)
    assert head["sha256"] == sha256(written.text.encode()).hexdigest()
    assert (stream.pop("text"), stream, same) == (written.text, head, rows)


def test_an_identifier_that_was_made_is_no_xml_id() -> None:
    (row,) = [row for row in _rows(_written(document("<p>a<note>b</note></p>")).table)[1] if row["node"] == "noteBody"]
    assert row["id"]
    assert "xml:id" not in row
