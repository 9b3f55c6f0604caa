"""`siglum p5`, and `siglum explain` for the names of TEI."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from siglum.cli.explain import command as explain
from siglum.cli.p5 import command
from siglum.errors import DocumentError, SchemaError
from siglum.schema import p5
from siglum.schema.p5 import releases
from tests.conftest import CommandLine

RELEASE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><editionStmt>
<edition>4.3.0. Last updated on 31st August 2021</edition></editionStmt></fileDesc></teiHeader><text><body>
<moduleSpec ident="core"/><elementSpec ident="p" module="core"><content><textNode/></content></elementSpec>
<dataSpec ident="teidata.x" module="core"><content><dataRef/></content></dataSpec></body></text></TEI>
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a p5subset.xml, which is the current one; the user's data lie below it."""
    (tmp_path / "p5subset.xml").write_text(RELEASE, encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    releases.load_source.cache_clear()
    return tmp_path


def _run(*arguments: str, of: click.Command = command) -> Result:
    return CliRunner().invoke(of, list(arguments))


@pytest.mark.usefixtures("folder")
def test_a_release_is_added_listed_and_removed() -> None:
    added = _run("add", "p5subset.xml")
    assert added.stdout == "added TEI P5 4.3.0: 1 element, 1 datatype; an ODD asks for it as tei:4.3.0\n"
    assert added.stderr.startswith("p5subset.xml:4:1: O003 this <dataRef> has no @key")
    listed = _run("list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["4.9.0a", "4.3.0"]
    assert listed[0].endswith("comes with siglum")
    assert listed[1].endswith("tei-4.3.0.p5")
    assert _run("remove", "4.3.0").stdout == "removed TEI P5 4.3.0\n"
    assert len(_run("list").stdout.splitlines()) == 1


def test_what_distil_writes_can_be_added(folder: Path) -> None:
    done = _run("distil", "p5subset.xml", "-o", "4.3.0.p5")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-2:] == ["wrote 4.3.0.p5", "TEI P5 4.3.0: 1 element, 1 datatype"]
    assert p5.unpack((folder / "4.3.0.p5").read_bytes()).version == "4.3.0"
    assert _run("distil", "p5subset.xml").stdout_bytes == (folder / "4.3.0.p5").read_bytes()
    assert _run("add", "4.3.0.p5").exit_code == 0


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("", DocumentError),
        ("no XML", DocumentError),
        ("<a/>", SchemaError),
        (RELEASE.replace("<elementSpec", '<schemaSpec ident="x"><moduleRef key="tei"/></schemaSpec><elementSpec'), SchemaError),
        (RELEASE.replace("4.3.0", "the"), SchemaError),
    ],
)
def test_what_cannot_be_added(data: str, error: type[Exception], folder: Path) -> None:
    (folder / "bad.xml").write_text(data, encoding="utf-8")
    assert isinstance(_run("add", "bad.xml").exception, error)
    assert not (folder / "data").exists()


@pytest.mark.parametrize("arguments", [["add", "none.xml"], ["remove", "1.2.3"], ["distil", "."]])
def test_trouble_is_said_in_two_lines(siglum: CommandLine, arguments: list[str]) -> None:
    done = siglum("p5", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"siglum: .+\n  .+\n", done.stderr)


@pytest.mark.parametrize("name", ["list", "add", "remove", "distil"])
def test_every_subcommand_has_help_with_an_example(name: str) -> None:
    assert re.search(rf"Example:\s+siglum p5 {name}\b", _run(name, "--help").stdout)


# Names of TEI


def _explained(*arguments: str) -> str:
    done = CliRunner(env={"COLUMNS": "90", "XDG_DATA_HOME": "/nowhere"}).invoke(explain, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_an_element_is_explained() -> None:
    said = _explained("persname")
    assert said.startswith("persName: element of TEI P5 4.9.0a, module namesdates\n\nMember of:\n")
    for line in (
        "  att.datable.custom         @when-custom @notBefore-custom @notAfter-custom",
        "  att.personal               @full @sort",
        "  models      model.nameLike.agent model.persStateLike",
        "  text\n",
        "  corpus         activity channel constitution",
    ):
        assert f"\n{line}" in said
    assert said.endswith("\nSee: https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-persName.html\n")
    assert max(map(len, said.splitlines()[:-1])) <= 90


@pytest.mark.parametrize(
    ("topic", "heading", "line"),
    [
        ("@LEVEL", "@level: attribute of", "  title      optional; teidata.enumerated; one of: a, m, j, s, u"),
        ("calendar", "calendar: element of", "There is also @calendar: siglum explain @calendar"),
        ("notBefore", "@notBefore: attribute of", "  att.datable.w3c  optional; teidata.temporal.w3c"),
        (
            "att.DATABLE",
            "att.datable: attribute class",
            "  @period  optional; teidata.pointer (one or more, separated by spaces)",
        ),
        ("model.pPart.edit", "model.pPart.edit: model class", "  model.pPart.editorial model.pPart.transcriptional"),
        (
            "macro.phraseSeq",
            "macro.phraseSeq: macro of",
            "  (text | model.gLike | model.attributable | model.phrase | model.global)*",
        ),
        ("teidata.truthValue", "teidata.truthValue: datatype of", "  xs:boolean"),
        ("egXML", "egXML: element of", "  elements of any name"),
    ],
)
def test_every_kind_of_name_is_explained(topic: str, heading: str, line: str) -> None:
    said = _explained(topic)
    assert said.startswith(heading)
    assert f"\n{line}\n" in said


def test_json_says_it_all() -> None:
    element, attribute, code = json.loads(_explained("quote", "@when", "I003", "--format", "json"))
    assert (element["name"], element["kind"], element["module"]) == ("quote", "element", "core")
    assert "text" in element["may_contain"]["besides"]
    assert "cit" in element["contained_by"]["core"]
    given = {each["name"]: each for each in element["attributes"]}
    assert given["source"]["from"] == "att.global.source"
    assert "persName" in attribute["elements"]["namesdates"]
    assert attribute["address"].endswith("ref-att.datable.w3c.html")
    assert (code["name"], code["kind"]) == ("I003", "code")


@pytest.mark.parametrize(
    ("topic", "meant"),
    [
        ("persNmae", "persName"),
        ("@wehn", "@when"),
        ("att.datble", "att.datable"),
        ("X01", "X001"),
        ("wibble", "lists all codes"),
    ],
)
def test_an_unknown_name_gets_the_nearest(topic: str, meant: str) -> None:
    done = _run(topic, of=explain)
    assert done.exit_code == 2
    assert f"siglum knows no code or TEI name “{topic}”" in done.stderr
    assert meant in done.stderr


def test_every_name_of_tei_can_be_explained() -> None:
    from siglum.schema.p5.describe import Names

    names = Names(p5.load_source("4.9.0a"))
    listed = list(names.all())
    assert len(listed) == 841 + 274
    for each in listed[::40]:
        assert _explained(each).startswith(f"{each}: ")
