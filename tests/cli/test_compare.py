"""`siglum compare` through the real command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body>
<p>The <choice><sic>ned</sic><corr cert="high">end</corr></choice> of
<q>all</q> things.<note n="1">Not so.</note></p>
</body></text></TEI>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.xml").write_text(_TEI)
    (tmp_path / "same.txt").write_text("The ned of “all”\nthings.[1]\n\n[1] Not so.\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("The ned of “all”\nthinks.[1]\n\n[1] Not so.\n", encoding="utf-8")
    return tmp_path


def test_no_difference(siglum: CommandLine, folder: Path) -> None:
    done = siglum("compare", "a.xml", "same.txt", cwd=folder)
    assert done.returncode == 0
    assert done.stdout == (
        "a.xml against same.txt\n"
        "  17 words and marks compared, no unexplained differences\n"
        "  the transcript prints notes at the end, and marks their calls as [1]\n"
        "  1 declared intervention:\n"
        "    line 2: “ned” → “end” (correction, certainty high)\n"
    )


def test_a_difference_has_its_place_in_both(siglum: CommandLine, folder: Path) -> None:
    done = siglum("compare", "a.xml", "other.txt", cwd=folder)
    assert done.returncode == 1
    assert "a.xml:3:12: F001 “things” stands where the transcript has “thinks”\n    see other.txt:2:1;" in done.stdout


def test_as_json(siglum: CommandLine, folder: Path) -> None:
    done = siglum("compare", "a.xml", "other.txt", "--format", "json", "-o", "found.json", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    assert [each["code"] for each in found["differences"]] == ["F001"]
    assert found["interventions"][0]["transcript"] == "ned"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"The ned"])
def test_any_transcript_can_be_compared(siglum: CommandLine, folder: Path, content: bytes) -> None:
    (folder / "odd.txt").write_bytes(content)
    done = siglum("compare", "a.xml", "odd.txt", cwd=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_missing_is_named(siglum: CommandLine, folder: Path) -> None:
    done = siglum("compare", "a.xml", "none.txt", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "siglum: none.txt: there is no such file")


def test_the_red_book_is_its_transcript(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("compare", red_book, red_book.parent / "source" / "red-book-remove-stalin.txt")
    assert done.returncode == 0, done.stdout
    assert "no unexplained differences" in done.stdout
