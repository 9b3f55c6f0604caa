"""`siglum explain`: the page of a code, and what is said where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siglum.check import pages
from siglum.check.codes import CODES
from siglum.cli.explain import command
from tests.conftest import CommandLine

_ODD = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<schemaSpec ident="letters" start="p">
  <moduleRef key="tei"/>
  <moduleRef key="core" include="p hi abbr"/>
  <classSpec ident="att.global" type="atts" mode="change"><attList>
    <attDef ident="n" mode="delete"/></attList></classSpec>
  <elementSpec ident="hi" mode="change">
    <altIdent>set-off</altIdent>
    <attList>
      <attDef ident="rend" mode="change" usage="req"/>
    </attList>
  </elementSpec>
  <elementSpec ident="abbr" mode="delete"/>
  <elementSpec ident="own" mode="add" module="core">
    <classes><memberOf key="model.hiLike"/></classes><content><textNode/></content></elementSpec>
</schemaSpec></body></text></TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A customisation of `hi`, without `abbr`."""
    (tmp_path / "letters.odd").write_text(_ODD, encoding="utf-8")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    result = _run(code.lower())
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code} {pages.find_page(code).name}")
    assert pages.find_page(code).text in result.stdout


def test_several_codes_are_explained_one_after_the_other() -> None:
    said = _run("X001", "S010").stdout
    assert "X001 malformed-xml\n\nThe file is" in said
    assert "\n\nS010 unknown-schema (warning)\n\n" in said


@pytest.mark.parametrize(
    ("topic", "meant"), [("S01", "S01"), ("I0003", "I003"), ("X0001", "X001"), ("wibble", "lists all codes")]
)
def test_what_is_not_known_names_the_nearest(topic: str, meant: str) -> None:
    result = _run(topic)
    assert result.exit_code == 2
    assert f"siglum knows no code or TEI name “{topic}”" in result.stderr
    assert meant in result.stderr


def test_alone_it_lists_all_codes() -> None:
    lines = _run().stdout.splitlines()
    assert [line[:4] for line in lines] == list(CODES)


def test_the_book_is_all_of_it() -> None:
    assert _run("--all").stdout == pages.render_book()


def test_what_is_left_of_an_element_and_where_it_was_changed(siglum: CommandLine, folder: Path) -> None:
    told = siglum("explain", "hi", "--schema", "letters.odd", cwd=folder)
    assert told.returncode == 0
    assert told.stdout.startswith("hi: element of letters.odd, on TEI P5 4")
    assert re.search(r"^What letters\.odd says of it:\n +element +changed in line 7$", told.stdout, re.MULTILINE)
    assert re.search(r"^ +@rend +changed in line 10$", told.stdout, re.MULTILINE)
    assert re.search(r"^ +att\.global +@n removed in line 6$", told.stdout, re.MULTILINE)
    assert re.search(r"att\.global\.rendition +@rend \(required\)", told.stdout)
    assert re.search(r"May stand in:\n +core +(hi )?p", told.stdout)


def test_an_element_is_found_by_its_new_name(siglum: CommandLine, folder: Path) -> None:
    assert siglum("explain", "set-off", "--schema", "letters.odd", cwd=folder).stdout.startswith("hi: element of letters.odd")


def test_an_element_of_ones_own_is_not_in_the_guidelines(siglum: CommandLine, folder: Path) -> None:
    told = siglum("explain", "own", "p", "--schema", "letters.odd", cwd=folder).stdout
    assert re.search(r"element +added in line 14", told)
    assert "ref-own.html" not in told
    assert "ref-p.html" in told


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("abbr", "removed in line 13"),
        ("list", "not taken by the moduleRef in line 4"),
        ("@n", "removed from att.global in line 6"),
    ],
)
def test_what_is_left_out_is_told_with_its_line(name: str, why: str, siglum: CommandLine, folder: Path) -> None:
    told = siglum("explain", name, "--schema", "letters.odd", cwd=folder)
    assert (told.returncode, why in told.stderr, "--schema tei_all" in told.stderr) == (2, True, True)


def test_a_configured_odd_is_taken_and_named(siglum: CommandLine, folder: Path) -> None:
    (folder / "siglum.toml").write_text('schemas = ["letters.odd"]\n', encoding="utf-8")
    told = siglum("explain", "hi", cwd=folder)
    assert told.stdout.startswith("hi: element of letters.odd")
    assert told.stderr.startswith("as in letters.odd, which the configuration names")
    plain = siglum("explain", "hi", "--schema", "tei_all", cwd=folder)
    assert (plain.stdout.startswith("hi: element of TEI P5 4"), plain.stderr) == (True, "")
    assert siglum("explain", "I003", cwd=folder).stderr == ""


@pytest.mark.parametrize(
    ("schema", "words"),
    [("a.rng", "explained from an ODD"), ("nowhere.odd", "no such file"), ("wrong.odd", "cores"), ("tei:1.0.0", "1.0.0")],
)
def test_a_schema_that_explains_nothing(schema: str, words: str, siglum: CommandLine, folder: Path) -> None:
    (folder / "a.rng").write_text("<grammar/>", encoding="utf-8")
    (folder / "wrong.odd").write_text(_ODD.replace('key="core"', 'key="cores"'), encoding="utf-8")
    told = siglum("explain", "hi", "--schema", schema, cwd=folder)
    assert (told.returncode, told.stdout, "Traceback" in told.stderr) == (2, "", False)
    assert words in told.stderr
