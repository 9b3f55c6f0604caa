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
    assert "a.xml:3:12: F001 the document has “things”, the transcript has “thinks”\n    See other.txt:2:1." in done.stdout


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


_WITH_BACK = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body><div>
<p>One<ref target="#n1">[1]</ref> of <del>the</del> <choice><sic>ned</sic><corr>end</corr></choice>
two<ref target="#n2">[2]</ref>, three<ref target="#n1">[1]</ref>, four<ptr target="#n3"/>.</p></div></body>
<back><div type="notes"><head>Notes</head><note xml:id="n1" n="1">First.</note><note xml:id="n2" n="2">Second.</note>
<note xml:id="n3" n="3">Third.</note></div></back></text></TEI>"""


def test_a_document_differs_from_its_own_text_only_in_what_it_declares(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_WITH_BACK)
    assert siglum("export", "a.xml", "--to", "text", "-o", "a.txt", cwd=tmp_path).returncode == 0
    done = siglum("compare", "a.xml", "a.txt", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + (tmp_path / "a.txt").read_text()
    assert "line 2: declared, but the transcript leaves out this `del`\n" in done.stdout
    assert "line 2: declared, but the transcript has the edited side: corr\n" in done.stdout


def test_many_marks_of_another_shape_are_told_once(siglum: CommandLine, tmp_path: Path) -> None:
    words = " ".join(f"<q>w{number}</q>" for number in range(12))
    (tmp_path / "a.xml").write_text(_TEI.replace("The <choice>", f"{words} The <choice>"))
    (tmp_path / "a.txt").write_text(" ".join(f'"w{n}"' for n in range(12)) + " The ned of “all” things.[1]\n[1] Not so.")
    done = siglum("compare", "a.xml", "a.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "24 unexplained differences" in done.stdout
    assert done.stdout.count("F004") == 2
    assert "only the marks differ (12 times; this is the first)\n" in done.stdout
    found = json.loads(siglum("compare", "a.xml", "a.txt", "--format", "json", cwd=tmp_path).stdout)
    assert len(found["differences"]) == 24


def test_what_the_transcript_does_not_have_can_be_left_out(siglum: CommandLine, tmp_path: Path) -> None:
    back = "<back><div type='apparatus'><p>one two three</p></div><listPerson><person><p>Sedov</p></person></listPerson></back>"
    (tmp_path / "a.xml").write_text(_TEI.replace("</body>", f"</body>{back}"))
    (tmp_path / "a.txt").write_text("The ned of “all” things.[1]\n[1] Not so.")
    done = siglum("compare", "a.xml", "a.txt", "--skip", "listPerson, apparatus", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "  left out: apparatus (3 words)\n  left out: listPerson (1 word)\n" in done.stdout
    assert siglum("compare", "a.xml", "a.txt", cwd=tmp_path).returncode == 1
