"""`siglum validate`: what it prints, where, and how it exits."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siglum.cli.validate import command
from siglum.errors import ConfigError, SchemaError
from tests.conftest import CommandLine

_SOUND = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p/></TEI>\n'
_FAULTY = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n  <p xml:id="a"/><p xml:id="a"/>\n  <p who="#b"/>\n</TEI>\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound file, a faulty one and a schema that takes everything; it is the current one."""
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "any.rnc").write_text("start = any\nany = element * { (attribute * { text } | any | text)* }\n")
    (tmp_path / "sound.xml").write_text('<?xml-model href="any.rnc"?>' + _SOUND)
    (tmp_path / "faulty.xml").write_text('<?xml-model href="any.rnc"?>' + _FAULTY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.mark.usefixtures("folder")
def test_what_is_sound_is_quiet() -> None:
    result = _run("sound.xml")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no errors in 1 file\n")


@pytest.mark.usefixtures("folder")
def test_findings_are_lines_with_their_help_and_a_summary() -> None:
    result = _run("faulty.xml", "sound.xml", "none.xml")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "faulty.xml:2:21: I001 the `xml:id` `a` occurs twice: `p` has it already (line 2)",
        "  give this element another identifier",
        "faulty.xml:3:6: I003 `@who` points to `#b`, but no element here has that `xml:id`",
        "  if it is in another file, write `FILE.xml#b`",
        "",
        "none.xml:1:1: X002 there is no such file",
        "  check the spelling and the folder",
    ]
    assert result.stderr == "3 errors in 2 of 3 files\n"


def test_warnings_do_not_make_it_fail(folder: Path) -> None:
    (folder / "plain.xml").write_text('<?xml-model href="http://example.org/tei.rng"?>' + _SOUND)
    (folder / "other.xml").write_text("<stuff/>")
    result = _run(".", "--select", "S")
    assert result.exit_code == 0
    assert result.stdout.startswith("plain.xml:1:1: S010 warning: the schema http://example.org/tei.rng is on a network")
    assert result.stderr == "1 warning in 1 of 3 files; 1 XML file without TEI passed over\n"


def test_that_no_schema_is_known_is_one_line_a_run(folder: Path) -> None:
    for name in ("plain.xml", "other.xml"):
        (folder / name).write_text(_SOUND)
    for _ in range(2):  # the second run takes the verdicts from the cache
        result = _run(".", "--select", "S")
        assert result.stdout.count("S002 `TEI` lacks") == 2
        assert result.stderr.splitlines() == [
            "S010 info: no schema is known for 2 files: siglum checked them against tei_all of TEI P5 4.9.0a; "
            "name one with --schema, in an xml-model instruction, or in the configuration",
            "4 errors in 2 of 4 files",
        ]
    assert _run("plain.xml", "--schema", "tei_all").stderr == "2 errors in 1 of 1 file\n"


def test_more_than_20_findings_are_summed_up_by_code(folder: Path) -> None:
    (folder / "many.xml").write_text(
        '<?xml-model href="any.rnc"?>' + _FAULTY.replace("<p who", '<p who="#c"/>' * 20 + "<p who")
    )
    result = _run("many.xml")
    assert result.stderr.splitlines() == [
        "22 findings: 21 I003, 1 I001; --statistics counts them all, `siglum explain I003` explains the most frequent code",
        "22 errors in 1 of 1 file",
    ]
    assert "22 findings:" not in _run("many.xml", "--statistics").stderr


@pytest.mark.usefixtures("folder")
def test_json_is_a_list_of_findings() -> None:
    result = _run("faulty.xml", "none.xml", "--format", "json")
    found = json.loads(result.stdout)
    assert [each["code"] for each in found] == ["I001", "I003", "X002"]
    assert found[1] == {
        "code": "I003",
        "severity": "error",
        "path": "faulty.xml",
        "line": 3,
        "column": 6,
        "message": "`@who` points to `#b`, but no element here has that `xml:id`",
        "help": "if it is in another file, write `FILE.xml#b`",
        "end_line": 3,
        "end_column": 14,
    }
    assert json.loads(_run("sound.xml", "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("select", "codes"),
    [
        (["I"], {"I001", "I003"}),
        (["i001"], {"I001"}),
        (["X, I003"], {"I003"}),
        (["I001", "--select", "I003"], {"I001", "I003"}),
        (["X"], set()),
        (["S"], set()),
    ],
)
@pytest.mark.usefixtures("folder")
def test_select_takes_families_and_codes(select: list[str], codes: set[str]) -> None:
    result = _run("faulty.xml", "--select", *select)
    assert set(re.findall(r": ([A-Z]\d{3}) ", result.stdout)) == codes
    assert result.exit_code == (1 if codes else 0)


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("I01", "there is no code “I01”: did you mean I021?"),
        ("I009", "did you mean I00"),
        ("Q", "there are the families X, S, I"),
        (",", "no code is named"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_selected_is_a_mistake_of_use(select: str, message: str) -> None:
    result = _run("faulty.xml", "--select", select)
    assert result.exit_code == 2
    assert message in re.sub(r"\s+", " ", result.stderr)


@pytest.mark.usefixtures("folder")
def test_nothing_to_check_is_an_error_of_ours() -> None:
    assert isinstance(_run().exception, ConfigError)


@pytest.mark.usefixtures("folder")
def test_a_schema_that_is_named_has_to_be_usable() -> None:
    assert isinstance(_run("sound.xml", "--schema", "none.rng").exception, SchemaError)


@pytest.mark.usefixtures("folder")
def test_a_schema_of_tei_may_be_named_by_its_address_and_others_are_on_a_network() -> None:
    """A scholar names the schema as she knows it; siglum carries TEI's own."""
    site = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng"
    assert _run("sound.xml", "--schema", f"{site}/tei_bare.rng").stdout.startswith("sound.xml:1:")
    for other in (f"{site}/tei_odds.rng", "https://example.org/letters.rng"):
        error = _run("sound.xml", "--schema", other).exception
        assert isinstance(error, SchemaError)
        assert (error.where, error.message) == (other, "this is on a network, and siglum reads local files only")


def test_the_configuration_may_name_a_schema_of_tei_by_its_address(folder: Path) -> None:
    site = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng"
    (folder / "a.xml").write_text(_SOUND)
    (folder / "siglum.toml").write_text(f'documents = ["a.xml"]\nschemas = ["{site}/tei_bare.rng"]\n')
    assert _run().stdout.startswith("a.xml:1:")


def test_the_configuration_says_what_to_check_and_with_what(folder: Path) -> None:
    (folder / "tei" / "deep").mkdir(parents=True)
    (folder / "tei" / "deep" / "a.xml").write_text(_SOUND)
    (folder / "p.rnc").write_text('default namespace = "http://www.tei-c.org/ns/1.0"\nelement TEI { empty }')
    (folder / "siglum.toml").write_text('documents = ["tei"]\nschemas = ["p.rnc"]\n')
    result = _run()
    assert result.exit_code == 1
    assert result.stdout.startswith("tei/deep/a.xml:1:42: S001 ")
    os.chdir(folder / "tei")
    assert _run().stdout.startswith("deep/a.xml:1:42: S001 ")


class _Terminal(io.StringIO):
    """Standard output and standard error as a terminal has them: one after the other on one screen."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("no_color", ["", "1"])
def test_on_a_terminal_the_line_is_shown(no_color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "xterm")
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(SystemExit) as caught:
        command.main(["faulty.xml", "--select", "I003"])
    assert caught.value.code == 1
    text = terminal.getvalue()
    assert ("\x1b[" in text) == (not no_color)
    assert re.sub(r"\x1b\[[\d;]*m", "", text).splitlines() == [
        "faulty.xml:3:6: I003 `@who` points to `#b`, but no element here has that `xml:id`",
        '    3 |   <p who="#b"/>',
        "      |      ^^^^^^^^",
        "  if it is in another file, write `FILE.xml#b`",
        "1 error in 1 of 1 file",
    ]


def test_the_edition_is_valid(siglum: CommandLine) -> None:
    done = siglum("validate")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no errors in 1 file\n")


def test_a_whole_run_on_real_files_ends(siglum: CommandLine, shared: Path) -> None:
    done = siglum("validate", shared / "corpora", "--select", "X,I", "--format", "json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 129
    by_code, total = done.stderr.splitlines()
    assert by_code.startswith("129 findings: ")
    assert total == "126 errors, 3 warnings in 19 of 48 files; 2 XML files without TEI passed over"
