"""`siglum validate` with an ODD: what it prints, what it loads, and when it does its work again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_MODULES = "".join(f'<moduleRef key="{each}"/>' for each in ("tei", "core", "header", "textstructure"))
_ODD = (
    f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="letters" start="TEI">{_MODULES}\n'
    '<specGrpRef target="parts.xml"/></schemaSpec></TEI>\n'
)
_PARTS = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><specGrp>\n<elementSpec ident="{}" mode="delete"/></specGrp></TEI>\n'
_FILE = "<titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
_LETTER = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>{_FILE}</fileDesc></teiHeader>
<text><body>
<p><q>Yes</q></p>
</body></text></TEI>
"""
_REMOVED = "`q` is not in this customisation: removed by parts.xml, line 2"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "siglum.toml").write_text("")
    (tmp_path / "letters.odd").write_text(_ODD)
    (tmp_path / "parts.xml").write_text(_PARTS.format("q"))
    (tmp_path / "letter.xml").write_text(_LETTER)
    return tmp_path


def test_an_odd_on_the_command_line(siglum: CommandLine, folder: Path) -> None:
    for _ in range(2):  # the second time all of it is known
        done = siglum("validate", "letter.xml", "--schema", "letters.odd", cwd=folder)
        assert done.returncode == 1
        assert done.stdout.startswith("letter.xml:3:4: S001 the schema defines no element `q`\n")
        assert done.stdout.endswith(f"{_REMOVED}\n")
        assert done.stderr == "1 error in 1 of 1 file\n"


def test_an_odd_in_the_configuration_and_in_the_document(siglum: CommandLine, folder: Path) -> None:
    (folder / "siglum.toml").write_text('schemas = ["letters.odd"]\n')
    (folder / "other.xml").write_text('<?xml-model href="letters.odd" schematypens="http://www.tei-c.org/ns/1.0"?>' + _LETTER)
    for name in ("letter.xml", "other.xml"):
        assert siglum("validate", name, cwd=folder).stdout.endswith(f"{_REMOVED}\n")


def test_a_change_in_a_part_is_seen_also_by_what_remembers_verdicts(siglum: CommandLine, folder: Path) -> None:
    def code() -> int:
        return siglum("validate", "letter.xml", "--schema", "letters.odd", cwd=folder).returncode

    assert code() == code() == 1
    (folder / "parts.xml").write_text(_PARTS.format("said"))
    assert code() == code() == 0
    (folder / "letters.odd").write_text(_ODD.replace("\n<spec", '\n<elementSpec ident="q" mode="delete"/><spec'))
    assert code() == 1


def test_an_odd_with_a_fault_stops_the_run_at_its_line(siglum: CommandLine, folder: Path) -> None:
    (folder / "letters.odd").write_text(_ODD.replace("parts.xml", "none.xml"))
    done = siglum("validate", "letter.xml", "--schema", "letters.odd", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("siglum: letters.odd:2:1: O007 ")
    assert "Traceback" not in done.stderr


def test_when_it_is_known_neither_lxml_nor_the_compiler_is_loaded(folder: Path) -> None:
    (folder / "letter.xml").write_text(_LETTER.replace("<q>Yes</q>", "Yes"))
    (folder / "all.xml").write_text(
        '<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"?>' + _LETTER
    )
    for arguments in (["letter.xml", "--schema", "letters.odd"], ["all.xml"]):
        command = [sys.executable, "-X", "importtime", "-m", "siglum", "validate", *arguments, "--select", "S", "--no-cache"]
        done = [
            subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, encoding="utf-8", check=False)
            for _ in range(2)
        ]
        loaded = [{line.rpartition("|")[2].strip() for line in each.stderr.splitlines()} for each in done]
        compiler = {"siglum.schema.tagdocs.specs", "siglum.schema.p5"}
        assert [each.returncode for each in done] == [0, 0]
        assert compiler <= loaded[0]
        assert not compiler & loaded[1]
        assert not [each for each in loaded[1] if each.startswith("lxml")]


def test_all_documents_are_checked_when_a_part_of_the_odd_has_changed(siglum: CommandLine, folder: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    (folder / ".gitignore").write_text("caches\ndata\n")
    git("init")
    git("add", ".")
    git("commit", "-m", "a")
    call = ("validate", "letter.xml", "--schema", "letters.odd", "--changed")
    assert "no errors in 0 files" in siglum(*call, cwd=folder).stderr
    (folder / "parts.xml").write_text(_PARTS.format("q") + "<!-- changed -->")
    done = siglum(*call, cwd=folder)
    assert done.returncode == 1
    assert "all documents are checked" in done.stderr
