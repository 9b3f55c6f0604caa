"""Documents that nobody writes: each ends soon, in findings or in an error that says what is wrong."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from siglum.errors import DocumentError
from siglum.schema import relaxng
from siglum.text.source import Source
from tests.schema.relaxng.schemas import schema

SCHEMA = """
<grammar><start><ref name="div"/></start>
<define name="div"><element name="div"><optional><attribute name="n"><data type="int"/></attribute></optional>
<zeroOrMore><choice><ref name="div"/><element name="p"><text/></element></choice></zeroOrMore></element></define></grammar>
"""
RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
MANY = 100_000
KEPT = 1_000


@pytest.fixture(scope="module")
def div(tmp_path_factory: pytest.TempPathFactory) -> relaxng.Schema:
    return schema(tmp_path_factory.mktemp("schema"), SCHEMA.strip())


def validate(schema: relaxng.Schema, document: str) -> relaxng.Findings:
    return schema.validate(Source("document.xml", document.encode()))


def test_ten_thousand_levels(div: relaxng.Schema) -> None:
    deep = 10_000
    assert validate(div, "<div>" * deep + "</div>" * deep) == []
    (one,) = validate(div, "<div>" * deep + "<q/>" + "</div>" * deep)
    assert (one.line, one.column, one.code) == (1, 5 * deep + 1, "S001")


@pytest.mark.parametrize(
    ("piece", "code"),
    [("<q/>\n", "S001"), ("text<p/>\n", "S006"), ('<div n="x"/>\n', "S005"), ('<div m="x"/>\n', "S003")],
)
def test_a_hundred_thousand_errors(div: relaxng.Schema, piece: str, code: str) -> None:
    found = validate(div, f"<div>{piece * MANY}</div>")
    assert (len(found), found.total) == (KEPT, MANY)
    assert {one.code for one in found} == {code}
    assert [one.line for one in found] == list(range(1, KEPT + 1))


def test_as_many_attributes(div: relaxng.Schema) -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(5_000))
    assert validate(div, f"<div {attributes}/>").total == 5_000


def test_a_limit_of_ones_own(div: relaxng.Schema) -> None:
    found = div.validate(Source("document.xml", b"<div><q/><q/><q/></div>"), limit=2)
    assert (len(found), found.total) == (2, 3)


@pytest.mark.parametrize("encoding", ["unicode", "utf8mb4", "hex", "undefined"])
def test_an_encoding_that_is_none(div: relaxng.Schema, encoding: str, tmp_path: Path) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n<div/>'
    path = tmp_path / "document.xml"
    path.write_text(document)
    with pytest.raises(DocumentError) as held:
        validate(div, document)
    with pytest.raises(DocumentError) as streamed:
        div.validate_file(path)
    for (found,) in (held.value.findings, streamed.value.findings):
        assert (found.code, found.line) == ("X001", 1)
        assert "encoding" in found.message


@pytest.mark.parametrize("document", ["", "<div>", "<div></p>", "no XML", "<div>&nbsp;</div>", '<div n="1" n="2"/>'])
def test_not_well_formed(div: relaxng.Schema, document: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        validate(div, document)
    path = tmp_path / "document.xml"
    path.write_text(document)
    with pytest.raises(DocumentError):
        div.validate_file(path)


def test_an_entity_bomb(div: relaxng.Schema) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 10))
    with pytest.raises(DocumentError) as refused:
        validate(div, f'<!DOCTYPE div [<!ENTITY a0 "{"x" * 100}">{entities}]><div><p>&a9;</p></div>')
    assert refused.value.findings[0].code == "X005"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_places_in_every_encoding(div: relaxng.Schema, encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n<div><p>äöü</p><q/>\n<div\n  m="ü" n="x"/></div>'
    found = div.validate(Source("document.xml", document.encode(encoding)))
    assert [(one.line, one.column) for one in found] == [(2, 16), (4, 3), (4, 9)]


@pytest.mark.skipif(sys.platform == "win32", reason="no `resource` on Windows")
def test_memory_does_not_grow_with_the_document(div: relaxng.Schema, tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("w") as stream:
        stream.write("<div>")
        for _ in range(1_000):
            stream.write('<div n="1"><p>text</p></div>\n' * 1_000)
        stream.write("</div>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert div.validate_file(path) == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
@pytest.mark.parametrize("cached", ["", "--no-cache"])
def test_a_pipe_is_read_once(tmp_path: Path, cached: str) -> None:
    """As in `siglum validate <(xsltproc …)`: what was read for the cache was gone when it was to be checked."""
    pipe, schema_path = tmp_path / "pipe", tmp_path / "schema.rng"
    os.mkfifo(pipe)
    schema_path.write_text(f'<element {RNG} ns="http://www.tei-c.org/ns/1.0" name="TEI"><empty/></element>')
    command = [sys.executable, "-m", "siglum", "validate", "--schema", str(schema_path), *cached.split(), str(pipe)]
    asked = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    with pipe.open("w") as stream:
        stream.write('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<p/></TEI>')
    said, _ = asked.communicate(timeout=60)
    assert said.startswith(f"{pipe}:2:1: S001 ")
    assert asked.returncode == 1


FORK = """<element name="r"><choice><element name="a"><value>1</value></element>
<group><element name="a"><value>2</value></element><element name="b"><empty/></element></group></choice></element>"""


@pytest.mark.parametrize("inside", ["<zz/>", "x<zz/>", "<zz>1</zz>"])
def test_an_unknown_element_where_two_definitions_are_possible(tmp_path: Path, inside: str) -> None:
    found = schema(tmp_path, FORK).validate(Source("document.xml", f"<r><a>{inside}</a></r>".encode()))
    assert found[0].code in {"S001", "S006"}
