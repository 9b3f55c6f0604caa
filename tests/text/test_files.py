"""Documents, their parts, schemas and ODDs can live in memory: no reader looks at the disk behind `Files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from siglum.errors import FileError
from siglum.schema import relaxng
from siglum.schema.odd.compile import compile_odd
from siglum.schema.odd.load import load_schema
from siglum.schema.odd.rendering import read_rendering
from siglum.text.document import open_document
from siglum.text.files import DISK, Files, Kind, Overlay

FOLDER = Path("/no/such/project")
RNG = b"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
  <include href="body.rng"/><start><element name="TEI"><ref name="body"/></element></start></grammar>"""
BODY = b"""<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <define name="body"><oneOrMore><element name="p">
    <optional><attribute name="xml:base"/></optional><text/></element></oneOrMore></define></grammar>"""
TEI = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">
  <xi:include href="part.xml"/></TEI>"""
PART = b"""<p xmlns="http://www.tei-c.org/ns/1.0">one<hi/></p>"""
ODD = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"><teiHeader><fileDesc>
  <titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
  </teiHeader><text><body><schemaSpec ident="small" start="TEI">
  <moduleRef key="tei"/><moduleRef key="core"/><moduleRef key="header"/><moduleRef key="textstructure"/>
  <moduleRef url="body.rng"/><xi:include href="spec.xml"/></schemaSpec></body></text></TEI>"""
SPEC = b"""<elementSpec xmlns="http://www.tei-c.org/ns/1.0" ident="q" mode="change"><model behaviour="inline"/></elementSpec>"""


class Nothing(Files):
    """A disk that fails the test when a reader looks at a path of the project, and holds siglum's own files."""

    def open(self, path: Path) -> BinaryIO:
        assert not path.is_relative_to(FOLDER), path
        return DISK.open(path)

    def kind(self, path: Path) -> Kind:
        assert not path.is_relative_to(FOLDER) or path.name in {"siglum.toml", "pyproject.toml", ".git"}, path
        return DISK.kind(path)

    def size(self, path: Path) -> int:
        assert not path.is_relative_to(FOLDER), path
        return DISK.size(path)

    def list_files(self, folder: Path) -> Iterator[Path]:
        assert not folder.is_relative_to(FOLDER) or folder == FOLDER, folder
        yield from ()


def overlay(**contents: bytes) -> Overlay:
    return Overlay({FOLDER / name.replace("_", "."): data for name, data in contents.items()}, Nothing())


def test_a_document_and_its_parts_are_read_from_an_overlay() -> None:
    document = open_document(FOLDER / "a.xml", files=overlay(a_xml=TEI, part_xml=PART))
    assert document.findings == []
    assert "".join(map(str, document.root.itertext())).strip() == "one"


def test_a_schema_and_its_parts_are_read_from_an_overlay() -> None:
    files = overlay(a_rng=RNG, body_rng=BODY, a_xml=TEI, part_xml=PART)
    schema = relaxng.load(FOLDER / "a.rng", files=files)
    document = open_document(FOLDER / "a.xml", files=files)
    assert {(finding.path, finding.line) for finding in schema.validate_document(document)} == {(f"{FOLDER}/part.xml", 1)}


def test_a_changed_part_in_memory_makes_another_schema() -> None:
    """The cache of compiled schemas compares the contents of the overlay, not of the disk."""
    first = relaxng.load(FOLDER / "a.rng", files=overlay(a_rng=RNG, body_rng=BODY))
    changed = BODY.replace(b"<text/>", b"<empty/>")
    second = relaxng.load(FOLDER / "a.rng", files=overlay(a_rng=RNG, body_rng=changed))
    document = open_document(FOLDER / "a.xml", files=overlay(a_xml=TEI, part_xml=PART.replace(b"<hi/>", b"")))
    assert (len(first.validate_document(document)), len(second.validate_document(document))) == (0, 1)


def test_an_odd_and_its_parts_are_compiled_from_an_overlay() -> None:
    files = overlay(a_odd=ODD, body_rng=BODY, spec_xml=SPEC)
    compiled = compile_odd(FOLDER / "a.odd", forms=["rng"], files=files)
    assert [finding for finding in compiled.findings if finding.severity == "error"] == []
    assert 'name="q"' in compiled.texts["rng"]
    assert load_schema(FOLDER / "a.odd", cache=False, files=files).files[0] == FOLDER / "a.odd"
    assert list(read_rendering(FOLDER / "a.odd", files=files).rules) == ["q"]


def test_an_overlay_hides_a_file_of_the_disk_and_shows_the_others(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml", ".hidden.xml"):
        (tmp_path / name).write_bytes(b"disk")
    files = Overlay({tmp_path / "a.xml": b"memory", tmp_path / "new" / "c.xml": b"", tmp_path / ".git" / "d.xml": b""})
    assert [path.relative_to(tmp_path).as_posix() for path in files.walk(tmp_path)] == ["a.xml", "b.xml", "new/c.xml"]
    assert files.read(tmp_path / "a.xml").data == b"memory"
    assert files.read(tmp_path / "b.xml").data == b"disk"
    assert (files.size(tmp_path / "a.xml"), files.size(tmp_path / "b.xml"), files.size(tmp_path / "z")) == (6, 4, 0)
    assert files.is_folder(tmp_path / "new")
    assert not files.is_file(tmp_path / "new")
    assert not files.exists(tmp_path / "z")
    assert list(files.pieces(tmp_path / "a.xml", 4)) == [b"memo", b"ry"]
    assert files.project_root(tmp_path / "new" / "c.xml") == tmp_path


def test_a_file_that_is_neither_in_memory_nor_on_the_disk_is_named() -> None:
    with pytest.raises(FileError, match="there is no such file"):
        Overlay({}).read(Path("nowhere.xml"))


def test_a_relative_path_and_an_absolute_one_mean_one_file() -> None:
    assert Overlay({Path("a/../b.xml"): b"x"}).read(Path.cwd() / "b.xml").data == b"x"
