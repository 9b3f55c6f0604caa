"""`siglum schema`: is it correct, and the same in the other syntax."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siglum.cli.schema import command
from siglum.errors import FileError, SchemaError
from siglum.schema import relaxng
from siglum.text.source import Source

_MAIN = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:x">
  <include href="parts/p%20q.rng"/>
  <start><element name="a"><ref name="p"/><externalRef href="parts/deep/r.rng"/></element></start>
</grammar>
"""
_PART = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><!-- what a p is -->
  <define name="p"><element name="p"><text/></element></define></grammar>
"""
_PATTERN = '<element name="r" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A schema of three files in the current folder."""
    (tmp_path / "parts" / "deep").mkdir(parents=True)
    (tmp_path / "main.rng").write_text(_MAIN)
    (tmp_path / "parts" / "p q.rng").write_text(_PART)
    (tmp_path / "parts" / "deep" / "r.rng").write_text(_PATTERN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_a_schema_is_converted_with_the_files_it_includes(folder: Path) -> None:
    result = _run("convert", "main.rng", "out/main.rnc")
    assert result.exit_code == 0, result.exception
    made = ["out/main.rnc", "out/parts/p q.rnc", "out/parts/deep/r.rnc"]
    assert result.stderr.splitlines() == [f"wrote {each}" for each in made]
    assert 'include "parts/p%20q.rnc"' in (folder / "out" / "main.rnc").read_text()
    assert "# what a p is" in (folder / "out" / "parts" / "p q.rnc").read_text()
    assert _run("convert", "out/main.rnc", "back/main.rng").exit_code == 0
    for schema in (folder / "out" / "main.rnc", folder / "back" / "main.rng"):
        loaded = relaxng.load(schema, cache=False)
        assert loaded.validate(Source("a.xml", b'<a xmlns="urn:x"><p>x</p><r/></a>')) == []
        assert len(loaded.validate(Source("a.xml", b'<a xmlns="urn:x"><q/></a>'))) > 0


def test_files_that_are_there_are_replaced_only_if_told_so(folder: Path) -> None:
    assert _run("convert", "main.rng", "main.rnc").exit_code == 0
    assert _run("convert", "main.rng", "main.rnc").exit_code == 0  # the same again
    (folder / "parts" / "p q.rnc").write_text("mine")
    refused = _run("convert", "main.rng", "main.rnc")
    assert isinstance(refused.exception, FileError)
    assert refused.exception.where == "parts/p q.rnc"
    assert (folder / "parts" / "p q.rnc").read_text() == "mine"
    assert _run("convert", "main.rng", "main.rnc", "--force").exit_code == 0
    assert (folder / "parts" / "p q.rnc").read_text() != "mine"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("source", "target"), [("main.rng", "main.xsd"), ("main.txt", "main.rng"), ("none.rng", "main.rnc")])
def test_what_cannot_be_converted_is_an_error(source: str, target: str) -> None:
    assert isinstance(_run("convert", source, target).exception, SchemaError | FileError)


def test_a_correct_schema_is_quiet(folder: Path) -> None:
    result = _run("check", "main.rng", "parts/deep/r.rng")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no errors in 2 files\n")
    assert (folder / "main.rng").read_text() == _MAIN


@pytest.mark.usefixtures("folder")
def test_a_fault_is_a_finding_where_it_stands(folder: Path) -> None:
    (folder / "parts" / "p q.rng").write_text(_PART.replace("<text/>", "<wibble/>"))
    (folder / "broken.rnc").write_text("start = \nelement a { text \n")
    result = _run("check", "main.rng", "broken.rnc", "none.rng", "--format", "json")
    assert result.exit_code == 1
    found = [(each["code"], each["path"], each["line"]) for each in json.loads(result.stdout)]
    assert found[0] == ("S011", "parts/p q.rng", 2)
    assert found[1][:2] == ("S011", "broken.rnc")
    assert found[2] == ("X002", "none.rng", 1)
    assert result.stderr == "3 errors in 3 of 3 files\n"
