"""`siglum build` through the real command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<text><body><p>{}</p></body></text>
</TEI>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two letters."""
    for name in ("one", "two"):
        (tmp_path / "tei").mkdir(exist_ok=True)
        (tmp_path / "tei" / f"{name}.xml").write_text(_TEI.format(f"Letter {name}", "<q>Yes</q>, he said.<note>Twice.</note>"))
    (tmp_path / "siglum.toml").write_text('title = "Letters"\ndocuments = ["tei"]\n')
    return tmp_path


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_made_and_its_paths_are_printed(siglum: CommandLine, folder: Path) -> None:
    done = siglum("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.splitlines()
    assert printed[0] == "build/index.html"
    assert {*printed} == {f"build/{name}" for name in _content(folder / "build") if name != "siglum-build.json"}
    assert {"build/one.html", "build/one.txt", "build/one.xml", "build/one.bib", "build/two.quotations.csv"} <= {*printed}
    assert "2 editions" in done.stderr
    assert (folder / "build" / "one.txt").read_text() == "“Yes”, he said.[1]\n\n\n[1] Twice.\n"
    assert "Letter one" in (folder / "build" / "index.html").read_text()


def test_twice_the_same_bytes(siglum: CommandLine, folder: Path) -> None:
    siglum("build", cwd=folder)
    first = _content(folder / "build")
    siglum("build", cwd=folder)
    assert _content(folder / "build") == first
    siglum("build", "-o", "elsewhere", cwd=folder)
    assert _content(folder / "elsewhere") == first


def test_the_output_is_where_the_caller_says(siglum: CommandLine, folder: Path, tmp_path: Path) -> None:
    (folder / "tei" / "deep").mkdir()
    assert siglum("build", "-o", "out", cwd=folder / "tei" / "deep").returncode == 0
    assert (folder / "tei" / "deep" / "out" / "index.html").is_file()
    assert siglum("build", cwd=folder / "tei" / "deep").returncode == 0
    assert (tmp_path / "build" / "index.html").is_file()


def test_two_documents_of_one_name_are_kept_apart(siglum: CommandLine, folder: Path) -> None:
    (folder / "tei" / "more").mkdir()
    (folder / "tei" / "more" / "One.xml").write_text(_TEI.format("Another", "a"))
    (folder / "tei" / "index.xml").write_text(_TEI.format("Index", "a"))
    done = siglum("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    pages = {name for name in _content(folder / "build") if name.endswith(".html")}
    assert pages == {"index.html", "tei-one.html", "tei-more-One.html", "two.html", "tei-index.html"}


def test_a_document_that_is_broken_does_not_stop_the_others(siglum: CommandLine, folder: Path) -> None:
    (folder / "tei" / "broken.xml").write_text("<TEI>\n<p></TEI>")
    (folder / "tei" / "other.xml").write_text("<html/>")
    done = siglum("build", cwd=folder)
    assert done.returncode == 1
    assert "tei/broken.xml:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "build" / "two.html").is_file()
    assert not (folder / "build" / "broken.html").exists()


def test_a_document_that_differs_from_its_transcript_is_built_and_told(siglum: CommandLine, folder: Path) -> None:
    (folder / "one.txt").write_text("“No”, he said. [1]\n\n1. Twice.\n")
    with (folder / "siglum.toml").open("a") as settings:
        settings.write('[transcripts]\n"tei/one.xml" = "one.txt"\n')
    done = siglum("build", cwd=folder)
    assert done.returncode == 1
    assert "F001" in done.stderr
    assert "See one.txt:1:2" in done.stderr
    assert (folder / "build" / "one.html").is_file()


@pytest.mark.parametrize("settings", ["", "documents = []", 'documents = ["empty"]'])
def test_nothing_to_build_is_said(siglum: CommandLine, folder: Path, settings: str) -> None:
    (folder / "empty").mkdir()
    (folder / "siglum.toml").write_text(settings)
    done = siglum("build", cwd=folder)
    assert done.returncode == 2
    assert "no document" in done.stderr
    assert not (folder / "build").exists()


def test_a_folder_that_is_not_its_own_is_left_alone(siglum: CommandLine, folder: Path) -> None:
    done = siglum("build", "-o", "tei", cwd=folder)
    assert done.returncode == 2
    assert "siglum did not write" in done.stderr
    assert sorted(_content(folder / "tei")) == ["one.xml", "two.xml"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kill -9, and a swap in one step")
def test_a_build_that_is_killed_leaves_the_old_one_whole(siglum: CommandLine, folder: Path) -> None:
    for number in range(30):
        (folder / "tei" / f"n{number}.xml").write_text(_TEI.format(f"N {number}", "old"))
    siglum("build", cwd=folder)
    old = _content(folder / "build")
    for number in range(30):
        (folder / "tei" / f"n{number}.xml").write_text(_TEI.format(f"N {number}", "new"))
    siglum("build", "-o", "new", cwd=folder)
    new = _content(folder / "new")
    for delay in (0.1, 0.3, 0.45, 0.6):
        process = subprocess.Popen(
            [sys.executable, "-m", "siglum", "build"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert _content(folder / "build") in (old, new)
    assert siglum("build", cwd=folder).returncode == 0
    assert _content(folder / "build") == new
    assert not list(folder.glob(".build.*"))


def test_findings_are_told_as_by_validate_with_paths_from_where_the_user_stands(siglum: CommandLine, folder: Path) -> None:
    (folder / "one.txt").write_text("“No”, he said. [1]\n\n1. Twice.\n")
    (folder / "tei" / "broken.xml").write_text("<TEI>\n<p></TEI>")
    with (folder / "siglum.toml").open("a") as settings:
        settings.write('[transcripts]\n"tei/one.xml" = "one.txt"\n')
    done = siglum("build", cwd=folder / "tei")
    assert "\nbroken.xml:2:" in f"\n{done.stderr}"
    assert "\none.xml:3:19: F001 the document has “Yes”, the transcript has “No”\n  See ../one.txt:1:2." in done.stderr
    assert done.stderr.count("S010 info: no schema is known for 2 files: siglum checked them against tei_all") == 1
    assert "2 errors: open" in done.stderr
