"""`siglum list`, as it is typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.conftest import CommandLine


def test_the_default_is_csv(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("list", "quotations", red_book)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert len(rows) == 29
    assert rows[0]["text"] == "Remove Stalin"


def test_notes_as_json_in_a_file(siglum: CommandLine, red_book: Path, tmp_path: Path) -> None:
    done = siglum("list", "notes", red_book, "--to", "json", "-o", tmp_path / "notes.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert [each["label"] for each in json.loads((tmp_path / "notes.json").read_text("utf-8"))] == ["45", "46", "47", "48"]


def test_an_unknown_list_or_format_names_the_known_ones(siglum: CommandLine, red_book: Path) -> None:
    unknown = siglum("list", "names", red_book)
    assert unknown.returncode == 2
    assert "'quotations', 'notes'" in unknown.stderr
    assert "'csv', 'json'" in siglum("list", "notes", red_book, "--to", "xlsx").stderr


def test_a_missing_file_is_said_in_a_line(siglum: CommandLine, tmp_path: Path) -> None:
    done = siglum("list", "notes", tmp_path / "none.xml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no such file" in done.stderr


def test_a_reference_system_that_cannot_be_evaluated_is_said(siglum: CommandLine, tmp_path: Path) -> None:
    header = '<teiHeader><refsDecl><citeStructure match="p[" use="@n"/></refsDecl></teiHeader>'
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body><p><q>x</q></p></body></text></TEI>'
    (tmp_path / "a.xml").write_text(whole)
    done = siglum("list", "quotations", "a.xml", cwd=tmp_path)
    assert done.returncode == 0
    assert "a.xml:1: this citeStructure is passed over: “p[” cannot be evaluated" in done.stderr
    assert "paragraph 1" in done.stdout


def test_a_reference_system_that_would_take_very_long_is_refused(siglum: CommandLine, tmp_path: Path) -> None:
    match = "//p" + "[//p" * 40 + "]" * 40
    header = f'<teiHeader><refsDecl><citeStructure match="{match}" use="@n"/></refsDecl></teiHeader>'
    body = "<p><q>x</q></p>" * 50
    (tmp_path / "a.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>')
    done = siglum("list", "quotations", "a.xml", cwd=tmp_path)
    assert done.returncode == 0
    assert "this citeStructure is passed over: “//p[//p[//p" in done.stderr
    assert "is refused: an expression has at most 10 nested brackets" in done.stderr
