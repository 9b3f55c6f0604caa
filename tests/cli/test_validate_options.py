"""`siglum validate`: output in files, statistics, and runs over many files through the real command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siglum.check.reports import FORMATS
from siglum.cli import report
from siglum.cli.validate import command

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sound files and a faulty one, in the current folder."""
    (tmp_path / "siglum.toml").touch()
    (tmp_path / "tei").mkdir()
    for name, content in {"a": "<p/>", "b": '<p who="#x"/><p who="#x"/>', "c": "<p/>"}.items():
        (tmp_path / "tei" / f"{name}.xml").write_text(_TEI.format(content))
    (tmp_path / "other.xml").write_text("<stuff/>")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--select", "I", *arguments])


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_a_file_is_the_one_on_standard_output(form: str, folder: Path) -> None:
    printed = _run("tei", "--format", form)
    written = _run("tei", "--format", form, "--output", "reports/out")
    assert (printed.exit_code, written.exit_code) == (1, 1)
    assert written.stdout == ""
    assert (folder / "reports" / "out").read_text(encoding="utf-8") == printed.stdout
    assert written.stderr == "wrote reports/out\n2 errors in 1 of 3 files\n"


@pytest.mark.usefixtures("folder")
def test_a_report_in_a_file_is_bounded_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_LISTED", 1)
    result = _run("tei", "--output", "out")
    text = Path("out").read_text(encoding="utf-8")
    assert text.count("I003") == 1
    assert "1 more findings" in text
    assert result.stderr.endswith("2 errors in 1 of 3 files\n")


@pytest.mark.usefixtures("folder")
def test_statistics_are_told_beside_the_report() -> None:
    result = _run("tei", "--statistics", "--format", "json")
    assert len(json.loads(result.stdout)) == 2
    assert "       2      1  I003  a pointer to an xml:id that does not exist\n" in result.stderr
    assert result.stderr.endswith("2 errors in 1 of 3 files\n")


@pytest.mark.usefixtures("folder")
def test_xml_that_is_named_and_not_tei_can_be_passed_over() -> None:
    assert _run("other.xml").exit_code == 1
    result = _run("other.xml", "tei/a.xml", "--skip-others")
    assert result.exit_code == 0
    assert result.stderr == "no errors in 1 file; 1 XML file without TEI passed over\n"


class _Terminal:
    """Standard error as a terminal has it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(report.Progress, "_AFTER", -1.0)
        monkeypatch.setattr(report.Progress, "_EVERY", 0.0)
        monkeypatch.setattr(report.sys.stderr, "isatty", lambda: True, raising=False)  # type: ignore[attr-defined]
        monkeypatch.setenv("TERM", "xterm")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("ci", ["", "true"])
def test_a_bar_is_drawn_on_a_terminal_only(ci: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CI", ci)
    _Terminal(monkeypatch)
    with pytest.raises(SystemExit):
        command.main(["tei", "--select", "I", "--jobs", "1"])
    said = capfd.readouterr()
    assert ("█" in said.err) == (not ci)
    assert ("2/3" in said.err) == (not ci)
    assert said.err.endswith("2 errors in 1 of 3 files\n")
    assert "\x1b" not in said.out


def _many(folder: Path, count: int) -> list[str]:
    for number in range(count):
        (folder / "tei" / f"n{number:03}.xml").write_text(_TEI.format(f'<p who="#x{number}"/>' * 200))
    return [
        sys.executable,
        "-W",
        "error",
        "-m",
        "siglum",
        "validate",
        "tei",
        "--select",
        "I",
        "--jobs",
        "2",
        "--format",
        "jsonl",
    ]


def test_two_processes_say_what_one_says(folder: Path) -> None:
    arguments = _many(folder, 60)
    two = subprocess.run([*arguments, "--no-cache"], capture_output=True, check=False, timeout=60)
    one = subprocess.run([*arguments, "--no-cache", "--jobs", "1"], capture_output=True, check=False, timeout=60)
    again = subprocess.run(arguments, capture_output=True, check=False, timeout=60)
    known = subprocess.run(arguments, capture_output=True, check=False, timeout=60)
    assert two.stdout == one.stdout == again.stdout == known.stdout
    assert two.stderr == one.stderr == known.stderr
    assert two.stderr.endswith(b"12002 errors in 61 of 63 files\n")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent to a group of processes")
def test_ctrl_c_ends_it_cleanly(folder: Path) -> None:
    arguments = [*_many(folder, 300), "--no-cache"]
    running = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert running.stdout is not None
    for _ in range(5_000):  # by then the other processes are at work
        running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said.strip()) == (2, b"siglum: stopped")
    time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
