"""Schemas of several files, in either syntax and mixed."""

from __future__ import annotations

from pathlib import Path

from siglum.schema import relaxng
from tests.schema.relaxng.schemas import said, write


def test_a_compact_schema_that_includes_another(tmp_path: Path) -> None:
    main, part = tmp_path / "main.rnc", tmp_path / "part.rnc"
    main.write_text('include "part.rnc" { start = body }\nbody = element body { attribute n { xsd:int }?, p+ }\n')
    part.write_text("start = p\np = element p { text }\n")
    schema = relaxng.load(main, cache=False)
    assert schema.files == (main, part)
    assert [one[:8] for one in said(schema, '<body n="x"><p/><q/></body>')] == ["1:7 S005", "1:17 S00"]


def test_a_schema_that_changes_what_it_includes(tmp_path: Path) -> None:
    write(
        tmp_path,
        '<grammar><start><ref name="a"/></start><define name="a"><element name="a"><text/></element></define></grammar>',
        "part.rng",
    )
    new = '<define name="a"><element name="b"><text/></element></define>'
    schema = relaxng.load(write(tmp_path, f'<grammar><include href="part.rng">{new}</include></grammar>'), cache=False)
    assert said(schema, "<b/>") == []
    assert len(said(schema, "<a/>")) == 1


def test_a_file_in_another_folder_finds_its_neighbours(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    write(inner, '<element name="b"><text/></element>', "b.rng")
    write(inner, '<grammar><define name="b"><externalRef href="b.rng"/></define></grammar>', "defines.rng")
    text = '<grammar><include href="inner/defines.rng"/><start><element name="a"><ref name="b"/></element></start></grammar>'
    schema = relaxng.load(write(tmp_path, text), cache=False)
    assert said(schema, "<a><b>x</b></a>") == []
    assert [each.name for each in schema.files] == ["schema.rng", "defines.rng", "b.rng"]
