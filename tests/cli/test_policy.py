"""Every command follows the policy that is nearest to the document, wherever it is called from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CommandLine

_DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>
</teiHeader><text xml:lang="en"><body><p>He said <q>yes</q>.<note n="7">A note.</note></p></body></text></TEI>
"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "edition"
    (folder / "tei").mkdir(parents=True)
    (folder / "tei" / "a.xml").write_text(_DOCUMENT, encoding="utf-8")
    (folder / "a.txt").write_text("He said «yes».[*]\n\n[*] A note.\n", encoding="utf-8")
    settings = (
        'documents = ["tei"]\n[transcripts]\n"tei/a.xml" = "a.txt"\n[marks]\nquotes = "it"\n'
        '[notes]\nn = false\n[[notes.streams]]\nname = "main"\nnumbers = "symbols"\n'
    )
    (folder / "siglum.toml").write_text(settings, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_export_follows_it(edition: Path, tmp_path: Path, siglum: CommandLine, form: str) -> None:
    made = siglum("export", edition / "tei" / "a.xml", "--to", form, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert all(each in made.stdout for each in ("«", "»", "*"[: form != "markdown"])), made.stdout
    assert "“yes”" not in made.stdout


def test_list_and_compare_follow_it(edition: Path, tmp_path: Path, siglum: CommandLine) -> None:
    listed = siglum("list", "notes", edition / "tei" / "a.xml", cwd=tmp_path)
    assert ",*,main," in listed.stdout
    compared = siglum("compare", edition / "tei" / "a.xml", edition / "a.txt", cwd=tmp_path)
    assert compared.returncode == 0, compared.stdout


def test_build_follows_it(edition: Path, siglum: CommandLine) -> None:
    built = siglum("build", cwd=edition)
    assert "0 unexplained differences" in built.stderr
    assert "He said «yes».[*]" in (edition / "build" / "a.txt").read_text(encoding="utf-8")


def test_a_fault_in_it_is_said(edition: Path, siglum: CommandLine) -> None:
    (edition / "siglum.toml").write_text("[marks]\nsplitt = 1\n", encoding="utf-8")
    made = siglum("export", edition / "tei" / "a.xml", "--to", "text")
    assert made.returncode == 2
    assert "“marks.splitt” is not a setting\n  did you mean “split”?" in made.stderr


def test_what_comes_from_standard_input_follows_the_folder(edition: Path, siglum: CommandLine) -> None:
    assert "«yes».[*]" in siglum("export", "-", "--to", "text", cwd=edition, given=_DOCUMENT).stdout
