"""`siglum odd compile`: what it writes, what it leaves alone, and (`odd.md`) what it says of ODDs that cannot be compiled."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from siglum.schema import relaxng
from siglum.text.source import Source
from siglum.version import __version__
from tests.conftest import CommandLine

PAGE = Path(__file__).with_name("odd.md").read_text(encoding="utf-8")
_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"^```xml (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FINDING = re.compile(r"^- (\S+):(\d+) (\w+): (.+)$", re.MULTILINE)
_SOUND = _FILE.findall(PAGE)[0][1]


@dataclass(frozen=True)
class Case:
    """Files by name, more options, the exit code, and the findings: file, line, severity, words of the message."""

    title: str
    files: dict[str, str]
    options: list[str]
    code: int
    findings: list[tuple[str, int, str, str]]


def _case(title: str, body: str) -> Case:
    options, code = re.search(r"^options: (.*)$", body, re.MULTILINE), re.search(r"^exit (\d)$", body, re.MULTILINE)
    assert code is not None, f"{title}: no exit code is given"
    found = [(path, int(line), severity, words) for path, line, severity, words in _FINDING.findall(body)]
    return Case(title, dict(_FILE.findall(body)), options[1].split() if options else [], int(code[1]), found)


CASES = [_case(title, body) for title, body in _CASE.findall(PAGE)]


def test_the_page_is_read_whole() -> None:
    assert len(CASES) == PAGE.count("\n## ") >= 20


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_fault_is_a_finding(case: Case, siglum: CommandLine, tmp_path: Path) -> None:
    for name, text in case.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    named = [each for each in case.options[:1] if each.endswith(".odd")]
    options = [*(named or ["a.odd"]), *case.options[len(named) :]]
    done = siglum("odd", "compile", *options, "-o", "out", "--format", "json", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (case.code, False), done.stderr
    found = _doubtful(done.stdout)
    for path, line, severity, words in case.findings:
        matching = [
            each for each in found if (Path(each["path"]).name, each["line"], each["severity"]) == (path, line, severity)
        ]
        assert any(words in each["message"] for each in matching), found
        assert all(each["help"] for each in matching)
    assert bool(case.findings) == bool(found)
    assert (tmp_path / "out").exists() is (case.code == 0)


def _doubtful(stdout: str) -> list[dict[str, Any]]:
    """The findings, without what is merely worth knowing."""
    return [each for each in json.loads(stdout or "[]") if each["severity"] != "info"]


def _is_quiet(stdout: str) -> bool:
    """Whether all that is told is worth knowing only; what is to be done stands indented below a finding."""
    return all(each.startswith("  ") or " info: " in each for each in stdout.splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound customisation called letters.odd."""
    (tmp_path / "letters.odd").write_text(_SOUND, encoding="utf-8")
    return tmp_path


def test_three_schemas_stand_beside_the_odd(siglum: CommandLine, folder: Path) -> None:
    done = siglum("odd", "compile", "letters.odd", cwd=folder)
    names = [f"letters.{form}" for form in ("rng", "rnc", "sch")]
    assert (done.returncode, _is_quiet(done.stdout)) == (0, True)
    assert done.stderr.splitlines() == ["no errors in 1 file", *(f"wrote {each}" for each in names)]
    for name in names:
        assert f"Made by siglum {__version__} from letters.odd, on TEI P5 4" in (folder / name).read_text(encoding="utf-8")
    document = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p/></TEI>'
    for name in names[:2]:
        assert [each.code for each in relaxng.load(folder / name, cache=False).validate(Source("a.xml", document))][:1] == [
            "S001"
        ]


def test_the_same_odd_gives_the_same_bytes_wherever_it_lies(siglum: CommandLine, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "letters.odd").write_text(_SOUND, encoding="utf-8")
    assert siglum("odd", "compile", "letters.odd", cwd=folder).returncode == 0
    assert siglum("odd", "compile", "deep/letters.odd", "-o", "other", cwd=folder).returncode == 0
    for form in ("rng", "rnc", "sch"):
        assert (folder / f"letters.{form}").read_bytes() == (folder / "other" / f"letters.{form}").read_bytes()


@pytest.mark.parametrize("name", ["letters.odd.xml", "letters.xml", "letters.odd", "letters"])
def test_the_name_is_that_of_the_odd(name: str, siglum: CommandLine, folder: Path) -> None:
    (folder / "letters.odd").rename(folder / name)
    assert siglum("odd", "compile", name, "--to", "rnc", cwd=folder).returncode == 0
    assert (folder / "letters.rnc").is_file()
    assert sorted(each.name for each in folder.iterdir()) == sorted({name, "letters.rnc"})


def test_check_writes_nothing_and_finds_what_is_stale(siglum: CommandLine, folder: Path) -> None:
    def check() -> tuple[int, list[tuple[str, str, int]]]:
        done = siglum("odd", "compile", "letters.odd", "--check", "--format", "json", "--to", "rng,sch", cwd=folder)
        return done.returncode, [(each["code"], each["path"], each["line"]) for each in _doubtful(done.stdout)]

    assert check() == (1, [("O320", "letters.rng", 1), ("O320", "letters.sch", 1)])
    assert [each.name for each in folder.iterdir()] == ["letters.odd"]
    assert siglum("odd", "compile", "letters.odd", cwd=folder).returncode == 0
    assert check() == (0, [])
    lines = (folder / "letters.rng").read_text(encoding="utf-8").split("\n")
    (folder / "letters.rng").write_text("\n".join([*lines[:9], "<!-- by hand -->", *lines[9:]]), encoding="utf-8")
    assert check() == (1, [("O320", "letters.rng", 10)])
    (folder / "letters.rng").write_text("\n".join(lines[:9]), encoding="utf-8")
    assert check() == (1, [("O320", "letters.rng", 9)])
    (folder / "letters.rng").write_text("\n".join(lines), encoding="utf-8")
    (folder / "letters.odd").write_text(_SOUND.replace('ident="a"', 'ident="a" start="p"'), encoding="utf-8")
    assert check()[0] == 1


def test_what_siglum_did_not_make_is_not_replaced(siglum: CommandLine, folder: Path) -> None:
    (folder / "letters.rnc").write_text("start = empty # mine\n", encoding="utf-8")
    refused = siglum("odd", "compile", "letters.odd", cwd=folder)
    assert (refused.returncode, "letters.rnc" in refused.stderr, "--force" in refused.stderr) == (2, True, True)
    assert sorted(each.name for each in folder.iterdir()) == ["letters.odd", "letters.rnc"]
    assert siglum("odd", "compile", "letters.odd", "--force", cwd=folder).returncode == 0
    assert "mine" not in (folder / "letters.rnc").read_text(encoding="utf-8")
    assert siglum("odd", "compile", "letters.odd", cwd=folder).returncode == 0


def test_where_there_are_errors_the_old_schemas_stay(siglum: CommandLine, folder: Path) -> None:
    assert siglum("odd", "compile", "letters.odd", cwd=folder).returncode == 0
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.suffix != ".odd"}
    (folder / "letters.odd").write_text(_SOUND.replace('key="core"', 'key="cor"'), encoding="utf-8")
    done = siglum("odd", "compile", "letters.odd", cwd=folder)
    assert (done.returncode, "wrote" in done.stderr) == (1, False)
    assert done.stdout.startswith("letters.odd:5:3: O009 ")
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.suffix != ".odd"} == before


@pytest.mark.parametrize("forms", ["xsd", "rng,dtd", ""])
def test_other_forms_there_are_not(forms: str, siglum: CommandLine, folder: Path) -> None:
    done = siglum("odd", "compile", "letters.odd", "--to", forms, cwd=folder)
    assert (done.returncode, "rng, rnc, sch" in done.stderr) == (2, True)


def test_a_folder_that_is_a_file(siglum: CommandLine, folder: Path) -> None:
    (folder / "out").write_text("a file", encoding="utf-8")
    done = siglum("odd", "compile", "letters.odd", "-o", "out", cwd=folder)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_the_examples_of_the_help_run(siglum: CommandLine, folder: Path) -> None:
    (folder / "schemas").mkdir()
    (folder / "schemas" / "letters.odd").write_text(_SOUND, encoding="utf-8")
    help_ = siglum("odd", "compile", "--help").stdout
    examples = re.findall(r"^ +siglum (odd compile .+)$", help_, re.MULTILINE)
    assert len(examples) >= 4
    for example in examples:
        if "--check" in example:
            assert siglum("odd", "compile", "schemas/letters.odd", cwd=folder).returncode == 0
        done = siglum(*example.split(), cwd=folder)
        assert done.returncode == 0, done.stderr


def test_the_edition_is_compiled_as_committed(siglum: CommandLine) -> None:
    done = siglum("odd", "compile", "schemas/red-book.odd", "--check")
    assert (done.returncode, _is_quiet(done.stdout)) == (0, True)


def test_a_source_on_the_command_line_is_looked_for_in_the_current_folder(siglum: CommandLine, folder: Path) -> None:
    spec = '<elementSpec ident="own" module="m"><content><textNode/></content></elementSpec>'
    opened = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="b" start="own">'
    (folder / "base.odd").write_text(f"{opened}{spec}</schemaSpec></body></text></TEI>", encoding="utf-8")
    (folder / "deep").mkdir()
    asks = f'{opened}<moduleRef key="m"/></schemaSpec></body></text></TEI>'
    (folder / "deep" / "asks.odd").write_text(asks, encoding="utf-8")
    done = siglum("odd", "compile", "deep/asks.odd", "--source", "base.odd", "--to", "rnc", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert "element own" in (folder / "deep" / "asks.rnc").read_text(encoding="utf-8")
