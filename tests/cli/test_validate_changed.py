"""`siglum validate --changed`: what git says has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siglum.cli.validate import command
from siglum.errors import FileError
from siglum.text import git

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p{}/></TEI>\n'
_FAULTY = _TEI.format(' who="#nobody"')

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def _git(*arguments: str) -> None:
    who = (
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.hooksPath=/dev/null",
    )
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def _commit() -> None:
    _git("add", "-A")
    _git("commit", "-q", "-m", "a change")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--select", "I", "--no-cache", "--jobs", "1", *arguments])


def _names(result: Result) -> list[str]:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return [line.partition(":")[0] for line in result.stdout.splitlines() if " I003 " in line]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a commit on main, where every file has the same fault."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    _git("init", "-q", "-b", "main")
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "old.xml").write_text(_FAULTY)
    (tmp_path / "tei" / "edited.xml").write_text(_FAULTY)
    _commit()
    return tmp_path


def test_without_git_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = _run("--changed", "--", "tei")
    assert isinstance(result.exception, FileError)
    assert result.exception.message.startswith("this folder is not in a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = _run("--changed", "--", "tei")
    assert isinstance(result.exception, FileError)
    assert result.exception.message.startswith("git is not installed")


def test_nothing_changed_is_nothing_checked(folder: Path) -> None:
    result = _run(str(folder), "--changed")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0].endswith(": 0 files")
    assert result.stderr.splitlines()[1] == "no errors in 0 files"


def test_uncommitted_and_new_files_have_changed(folder: Path) -> None:
    (folder / "tei" / "edited.xml").write_text(_FAULTY + "<!-- -->")
    (folder / "tei" / "é ü.xml").write_text(_FAULTY)
    (folder / ".gitignore").write_text("ignored.xml\n")
    (folder / "tei" / "ignored.xml").write_text(_FAULTY)
    (folder / "outside.xml").write_text(_FAULTY)
    assert _names(_run("tei", "--changed")) == ["tei/edited.xml", "tei/é ü.xml"]
    assert _names(_run("--changed", "tei")) == ["tei/edited.xml", "tei/é ü.xml"]
    assert _names(_run("--changed")) == ["outside.xml", "tei/edited.xml", "tei/é ü.xml"]


def test_a_branch_is_compared_with_where_it_began(folder: Path) -> None:
    _git("checkout", "-q", "-b", "branch")
    (folder / "tei" / "new.xml").write_text(_FAULTY)
    (folder / "tei" / "edited.xml").unlink()
    _commit()
    _git("checkout", "-q", "main")
    (folder / "tei" / "old.xml").write_text(_FAULTY + "<!-- on main -->")
    _commit()
    _git("checkout", "-q", "branch")
    assert _names(_run("tei", "--changed")) == ["tei/new.xml"]
    assert _names(_run("tei", "--changed", "main")) == ["tei/new.xml", "tei/old.xml"]


def test_before_the_first_commit_everything_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _git("init", "-q", "-b", "main")
    Path("a.xml").write_text(_FAULTY)
    Path("b.xml").write_text(_FAULTY)
    _git("add", "a.xml")
    assert _names(_run("--changed")) == ["a.xml", "b.xml"]


def test_a_schema_that_has_changed_concerns_all(folder: Path) -> None:
    (folder / "tei.rnc").write_text("start = element TEI { empty }")
    result = _run("tei", "--changed")
    assert _names(result) == ["tei/edited.xml", "tei/old.xml"]
    assert "all documents are checked" in result.stderr


@pytest.mark.usefixtures("folder")
def test_an_unknown_revision_is_a_mistake_of_use() -> None:
    result = _run("tei", "--changed", "nowhere")
    assert result.exit_code == 2
    assert "git knows no revision “nowhere”" in result.stderr


def test_a_revision_is_never_taken_for_an_option(folder: Path) -> None:
    assert not git.is_revision(folder, "--show-toplevel")
    assert git.is_revision(folder, "main")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names of files are characters on this system")
def test_a_name_that_is_no_text_is_a_file_like_others(folder: Path) -> None:
    (folder / os.fsdecode(b"tei/new\xff.xml")).write_text(_FAULTY)
    assert _names(_run("tei", "--changed")) == ["tei/new\ufffd.xml"]
