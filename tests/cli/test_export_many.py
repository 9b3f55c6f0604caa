"""`siglum export` of many documents through the real command line: the tree of folders again, whatever befalls one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>{}</p></body></text></TEI>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two letters, a broken one, a schema, and a catalogue that is not TEI."""
    (tmp_path / "siglum.toml").touch()
    files = {
        "tei/a.xml": _TEI.format("a <fw>12</fw>"),
        "tei/1887/b.xml": _TEI.format("b <fw>3</fw><choice><sic>x</sic><corr>y</corr></choice>"),
        "tei/1887/broken.xml": "<TEI><p></TEI>",
        "tei/1887/catalogue.xml": "<catalogue/>",
        "tei/old.xml": "<TEI.2/>",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def _made(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_is_mirrored_and_faults_are_told(siglum: CommandLine, folder: Path, jobs: str) -> None:
    done = siglum("export", "tei", "--to", "text,standoff", "-o", "out", "--jobs", jobs, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    files = [f"{name}{ending}" for name in ("1887/b", "a") for ending in (".standoff.jsonl", ".standoff.txt", ".txt")]
    assert _made(folder / "out") == files
    assert (folder / "out" / "1887" / "b.txt").read_text() == "b y\n"
    assert "tei/1887/broken.xml:1:9: X001 </TEI> stands where </p> is expected" in done.stderr
    assert "tei/old.xml:1:1: X004" in done.stderr
    assert done.stderr.splitlines()[-3:] == [
        "left out: page furniture: 2 places in 2 documents, 3 characters",
        "left out: the other side of a choice: 1 place in 1 document, 1 characters",
        "wrote 6 files of 2 documents to out; 2 documents could not be exported; 1 XML file without TEI passed over",
    ]
    assert "\r" not in done.stderr


def test_the_folder_that_holds_all_that_is_named_is_where_paths_begin(siglum: CommandLine, folder: Path) -> None:
    done = siglum("export", "tei/a.xml", "tei/1887/b.xml", "--to", "html", "--to", "markdown", "-o", "out/new", cwd=folder)
    assert done.returncode == 0
    assert _made(folder / "out") == ["new/1887/b.html", "new/1887/b.md", "new/a.html", "new/a.md"]


def test_one_document_in_two_formats(siglum: CommandLine, folder: Path) -> None:
    assert siglum("export", "tei/a.xml", "--to", "html,text", "-o", "out", cwd=folder).returncode == 0
    assert _made(folder / "out") == ["a.html", "a.txt"]


def test_two_documents_of_one_name_get_two(siglum: CommandLine, folder: Path) -> None:
    for name in ("a.tei", "A.xml", "a.tei.xml"):
        (folder / "tei" / name).write_text(_TEI.format(name))
    names = ("tei/a.xml", "tei/a.tei", "tei/A.xml", "tei/a.tei.xml", "tei/a.xml")
    done = siglum("export", *names, "--to", "text", "-o", "out", cwd=folder)
    assert done.returncode == 0
    assert _made(folder / "out") == ["A.xml.txt", "a.tei.txt", "a.tei.xml.txt", "a.txt"]
    assert "tei/a.tei: written as a.tei, since tei/a.xml has its name" in done.stderr
    assert (folder / "out" / "a.tei.txt").read_text() == "a.tei\n"


def test_a_file_that_is_not_there_is_reported_and_the_others_are_made(siglum: CommandLine, folder: Path) -> None:
    (folder / "empty").mkdir()
    done = siglum("export", "tei/none.xml", "tei/a.xml", "empty", "--to", "text", "-o", "out", cwd=folder)
    assert done.returncode == 1
    assert "tei/none.xml:1:1: X002 there is no such file" in done.stderr
    assert "empty:1:1: X007 this folder has no XML file" in done.stderr
    assert _made(folder / "out") == ["tei/a.txt"]


@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_several_files_want_a_folder(siglum: CommandLine, folder: Path, output: tuple[str, ...]) -> None:
    done = siglum("export", "tei", "--to", "text", *output, cwd=folder)
    assert done.returncode == 2
    assert "name a folder for them, with -o FOLDER" in done.stderr


def test_what_cannot_be_done_is_said_before_anything_is_made(siglum: CommandLine, folder: Path) -> None:
    done = siglum("export", "tei", "--to", "text", "-o", "tei/a.xml", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "siglum: tei/a.xml: this is a file, a folder is wanted")
    done = siglum("export", "tei", "--to", "text,pdf", "-o", "out", cwd=folder)
    assert done.returncode == 2
    assert "there is no format “pdf”" in done.stderr
    assert siglum("export", "tei", "-", "--to", "text", "-o", "out", cwd=folder).returncode == 2
    assert not (folder / "out").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_models_of_an_odd_hold_for_all(siglum: CommandLine, folder: Path, jobs: str) -> None:
    spec = '<elementSpec ident="hi" mode="change"><model behaviour="omit"/></elementSpec>'
    odd = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="m">{spec}</schemaSpec></body></text></TEI>'
    (folder / "my.odd").write_text(odd)
    for number in range(40):
        (folder / "tei" / f"more{number:02}.xml").write_text(_TEI.format(f"c{number} <hi>12</hi>"))
    done = siglum("export", "tei", "--to", "text", "-o", "out", "--odd", "my.odd", "--jobs", jobs, cwd=folder)
    assert (folder / "out" / "more39.txt").read_text() == "c39\n"
    assert "left out: what the models of hi leave out: 40 places in 40 documents, 80 characters" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("wrote 42 files of 42 documents")


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_what_is_interrupted_leaves_no_half_files(folder: Path) -> None:
    words = "word " * 200
    for number in range(300):
        (folder / "tei" / f"long{number}.xml").write_text(_TEI.format(words + f"<hi>{words}</hi>" * 50))
    arguments = [sys.executable, "-m", "siglum", "export", "tei", "--to", "html,json", "-o", "out", "--jobs", "2"]
    running = subprocess.Popen(arguments, cwd=folder, env=os.environ | {"PYTHONUTF8": "1"}, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while time.monotonic() < until and len(_made(folder / "out")) < 20:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 2
    assert said.decode().splitlines()[-1] == "siglum: stopped"
    made = _made(folder / "out")
    assert 0 < len(made) < 604
    assert not [each for each in made if each.endswith(".part")]
    assert all((folder / "out" / each).read_text(encoding="utf-8").endswith("}\n") for each in made if each.endswith(".json"))
