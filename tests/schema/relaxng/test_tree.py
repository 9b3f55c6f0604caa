"""Documents of several files: what XInclude brought in is checked in its place, and found in its own file."""

from __future__ import annotations

from pathlib import Path

from siglum.schema import relaxng
from siglum.text import document
from tests.schema.relaxng.schemas import schema

TEI = """
<grammar ns="http://www.tei-c.org/ns/1.0">
<start><element name="TEI"><ref name="anything"/><oneOrMore><ref name="div"/></oneOrMore></element></start>
<define name="anything"><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></define>
<define name="div"><element name="div"><zeroOrMore><attribute><anyName/></attribute></zeroOrMore>
<oneOrMore>
<element name="p"><optional><attribute name="n"><data type="int"/></attribute></optional><text/></element></oneOrMore>
</element></define></grammar>
"""
NS = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"'


def test_findings_name_the_file_that_holds_the_fault(tmp_path: Path) -> None:
    (tmp_path / "main.xml").write_text(f'<TEI {NS}>\n<xi:include href="part.xml"/><div><p n="x"/>here</div></TEI>')
    (tmp_path / "part.xml").write_text(f"<div {NS}>\n<p>a<!-- b -->c</p>\n <q/></div>")
    opened = document.open_document(tmp_path / "main.xml", name="main.xml", within=tmp_path)
    found = schema(tmp_path, TEI.strip()).validate_document(opened)
    assert [(one.path, one.line, one.column, one.code) for one in found] == [
        ("part.xml", 3, 2, "S001"),
        ("main.xml", 2, 38, "S005"),
        ("main.xml", 2, 45, "S006"),
    ]


def test_a_document_of_one_file_gets_the_same_from_both(tmp_path: Path) -> None:
    path = tmp_path / "main.xml"
    path.write_text(f'<TEI {NS}>\n<div><p n="x">a</p><q/><p m="1"/></div></TEI>')
    made: relaxng.Schema = schema(tmp_path, TEI.strip())
    opened = document.open_document(path, within=tmp_path)
    assert made.validate_document(opened) == made.validate(opened.source) == made.validate_file(path)
