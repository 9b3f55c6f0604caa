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
    unknown = siglum("list", "verbs", red_book)
    assert unknown.returncode == 2
    assert "'quotations', 'notes'" in unknown.stderr
    assert "'csv', 'json'" in siglum("list", "notes", red_book, "--to", "xlsx").stderr
    assert (
        "corrections can be written as table, csv, json, jsonl, w3c"
        in siglum("list", "corrections", red_book, "--to", "tei").stderr
    )
    assert "names can be counted by record, kind" in siglum("list", "names", red_book, "--by", "speaker").stderr
    assert "only quotations have a source" in siglum("list", "names", red_book, "--unsourced").stderr
    assert "only references have levels" in siglum("list", "names", red_book, "--level", "1").stderr


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
    assert "a.xml:1:63: siglum cannot use this citeStructure: “p[” cannot be evaluated" in done.stderr
    assert "paragraph 1" in done.stdout


def test_a_reference_system_that_would_take_very_long_is_refused(siglum: CommandLine, tmp_path: Path) -> None:
    match = "//p" + "[//p" * 40 + "]" * 40
    header = f'<teiHeader><refsDecl><citeStructure match="{match}" use="@n"/></refsDecl></teiHeader>'
    body = "<p><q>x</q></p>" * 50
    (tmp_path / "a.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>')
    done = siglum("list", "quotations", "a.xml", cwd=tmp_path)
    assert done.returncode == 0
    assert "siglum cannot use this citeStructure: “//p[//p[//p" in done.stderr
    assert "is too complex: an expression may have at most 10 nested brackets" in done.stderr


def test_several_documents_make_one_list_and_a_faulty_one_is_named(siglum: CommandLine, red_book: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.xml").write_bytes(red_book.read_bytes())
    (tmp_path / "a" / "two.xml").write_text("<TEI>\n<p></TEI>")
    done = siglum("list", "notes", "a", cwd=tmp_path)
    assert done.returncode == 1
    assert "a/two.xml:2" in done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert [(row["file"], row["label"]) for row in rows] == [("a/one.xml", label) for label in ("45", "46", "47", "48")]


def test_who_is_quoted_how_often(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("list", "quotations", red_book, "--by", "speaker", "--to", "jsonl")
    counted = {row["value"]: row["count"] for row in map(json.loads, done.stdout.splitlines())}
    assert counted == {"": 24, "Kerensky": 1, "Krupskaya": 1, "Leon Sedov": 1, "Olberg": 1, "Vyshinsky": 1}


def test_quotations_without_a_source(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("list", "quotations", red_book, "--unsourced", "--to", "json")
    rows = json.loads(done.stdout)
    assert 0 < len(rows) < 29
    assert not [row for row in rows if row["source"] or row["reference"]]


def test_a_table_for_people(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("list", "dates", red_book, "--to", "table")
    assert done.stdout.splitlines()[:2] == [
        "place              text             normal      kind",
        "remove-stalin.2    March 1932       1932-03     date",
    ]
    assert done.stdout.endswith("\n6 rows\n")


def test_references_by_level(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("list", "references", red_book, "--level", "1", "--to", "jsonl")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["reference"], row["unit"], row["link"]) == ("remove-stalin", "chapter", "remove-stalin")


def test_references_are_navigated_by_dts(siglum: CommandLine, red_book: Path) -> None:
    told = json.loads(siglum("list", "references", red_book, "--to", "dts").stdout)
    first, second, *_ = told["member"]
    assert (first["identifier"], first["parent"], first["citeType"]) == ("remove-stalin", None, "chapter")
    assert (second["identifier"], second["parent"], second["level"]) == ("remove-stalin.1", "remove-stalin", 2)
    (tree,) = told["resource"]["citationTrees"]
    assert [each["citeType"] for each in tree["citeStructure"][0]["citeStructure"]] == ["paragraph", "note"]
