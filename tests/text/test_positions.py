"""Where elements, attributes and text stand in the file: line and column of the very character."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import SiglumError
from siglum.text.document import Document, open_document, parse
from siglum.text.files import DISK
from siglum.text.positions import Position
from siglum.text.source import Source
from siglum.text.tei import TEI, XML_ID, name

_TEXT = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>
  <p
    n='a > b' xml:id="p1"
    rend = "x">é𝄞<hi/> tail</p>
  <!-- <p/> --><![CDATA[<p/>]]><p>&lt;<hi rend="p">x</hi></p>
</text></TEI>
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_places_are_those_of_the_characters(end: str, encoding: str) -> None:
    document = parse(Source("a.xml", _TEXT.replace("\n", end).encode(encoding)))
    first, second = document.root.iter(TEI + "p")
    empty, full = document.root.iter(TEI + "hi")
    assert document.locate(document.root) == Position("a.xml", 2, 1)
    assert document.locate(first) == Position("a.xml", 3, 3)
    assert document.locate_attribute(first, "n") == Position("a.xml", 4, 5)
    assert document.locate_attribute(first, XML_ID) == Position("a.xml", 4, 15)
    assert document.locate_attribute(first, "rend") == Position("a.xml", 5, 5)
    assert document.locate_attribute(first, "none") == document.locate(first)
    assert document.locate_text(first, tail=False) == Position("a.xml", 5, 16)
    assert document.locate(empty) == Position("a.xml", 5, 18)
    assert document.locate_text(empty, tail=True, offset=1) == Position("a.xml", 5, 24)
    assert document.locate(second) == Position("a.xml", 6, 32)
    assert document.locate_attribute(full, "rend") == Position("a.xml", 6, 43)


def _documents(folder: Path) -> list[Document]:
    documents = []
    for path in DISK.walk(folder):
        try:
            documents.append(open_document(path))
        except SiglumError:
            continue
    assert len(documents) > 40
    return documents


def test_in_real_files_every_place_has_its_tag_and_its_attributes(shared: Path) -> None:
    for document in _documents(shared / "corpora"):
        texts: dict[str, Source] = {document.source.name: document.source}
        texts |= {source.name: source for source, _ in document.origins.values()}
        elements = list(document.root.iter("*"))
        for element in elements[:: max(1, len(elements) // 200)]:
            at = document.locate(element)
            start = texts[at.path].line(at.line)[at.column - 1 :]
            assert start.startswith("<")
            assert start[1:].split()[0].split(">")[0].split("/")[0].rpartition(":")[2] == name(element), (at, start[:40])
            for key in map(str, element.attrib):
                here = document.locate_attribute(element, key)
                shown = texts[here.path].line(here.line)[here.column - 1 :]
                local = key.rpartition("}")[2]
                assert shown.split("=")[0].strip().rpartition(":")[2] == local or here == at, (here, key)
