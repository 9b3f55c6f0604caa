"""Records from `biblStruct`s, and back: what TEI says comes back as TEI, and no part of it is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.check.document import check_paths
from siglum.convert.cite import FORMATS, Record, from_bibl, tei
from siglum.convert.cite.readers import read
from siglum.text import document
from siglum.text.header import Header, description
from siglum.text.source import Source
from siglum.text.tei import XML_ID, Element, elements, name

FIFTY = Path(__file__).with_name("biblStructs.xml")
WHOLE = """<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p>P</p></publicationStmt><sourceDesc>{}</sourceDesc></fileDesc></teiHeader><text><body><p/></body></text></TEI>
"""


def records(written: str) -> list[Record]:
    """The records of the outermost `biblStruct`s of a document, with their own keys."""
    root = document.parse(Source("a.xml", written.encode())).root
    outer = [each for each in elements(root, "biblStruct") if name(each.getparent()) == "listBibl"]  # type: ignore[arg-type]
    return [from_bibl.read_bibl(description.read_bibl(each), Header())[0] for each in outer]


def fifty() -> list[Record]:
    root = document.open_document(FIFTY).root
    outer = [each for each in elements(root, "biblStruct") if name(each.getparent()) == "listBibl"]  # type: ignore[arg-type]
    return [from_bibl.read_bibl(description.read_bibl(each), Header())[0] for each in outer]


def test_there_are_fifty_of_every_type() -> None:
    assert len(fifty()) == 50
    assert len({each.type for each in fifty()}) > 25


@pytest.mark.parametrize("record", fifty(), ids=lambda each: each.id)
def test_tei_to_record_to_tei_is_the_same_record(record: Record) -> None:
    assert records(tei.write([record])) == [record]


@pytest.mark.parametrize(("form", "name"), [("csl-json", "a.json"), ("biblatex", "a.bib"), ("bibtex", "a.bib")])
def test_another_format_loses_nothing_of_the_fifty(form: str, name: str) -> None:
    library = read(Source(name, FORMATS[form].write(fifty()).encode()))
    assert library.findings == ()
    assert list(library.records) == fifty()
    assert tei.write(library.records) == tei.write(fifty())


SAID_OTHERWISE = {
    # what stands as an attribute, a number or a word of TEI's own where the fifty have words
    "haentjens2011": "November",
    "times1860": "June",
    "bush1945": "July",
    "goethe-an-schiller": "Juni",
    "talk1": "July",
    "spring1999": "Spring",
    "chapterOfOwnBook": "October",
    "techReport7": "compiled by",
    "ivan1944": "music",
    "broadcast1": "Producer",
    "beowulfMS": "Old English",
    "schwabe1779": "42 Bd",
    "dissertation1796": "s n S l",
    "burnard2013": "15T10 00 00Z",
    "score1": "p",
}


def test_the_words_of_the_fifty_are_in_what_is_written() -> None:
    """Of TEI that becomes TEI again no word is missing but those in the table above."""
    written = document.parse(Source("a.xml", tei.write(fifty()).encode())).root
    again = {each.get(XML_ID, ""): each for each in elements(written, "biblStruct")}
    for each in elements(document.open_document(FIFTY).root, "biblStruct"):
        key = each.get(XML_ID, "")
        if key:
            gone = set(re.findall(r"\w+", " ".join(map(str, each.itertext())))) - set(words(again[key]))
            assert gone == set(SAID_OTHERWISE.get(key, "").split()), key


def words(element: Element) -> list[str]:
    """Those of the text and of the attributes."""
    attributes = (str(value) for each in elements(element) for value in each.values())
    return re.findall(r"\w+", " ".join([*map(str, element.itertext()), *attributes]))


def findings(whole: str, folder: Path) -> list[str]:
    (folder / "a.xml").write_text(whole, encoding="utf-8")
    return [each.message for verdict in check_paths([folder / "a.xml"]) for each in verdict.findings]


def test_the_fifty_are_valid_when_written(tmp_path: Path) -> None:
    whole = tei.write(fifty())
    assert findings(whole, tmp_path) == []
    assert findings(whole.replace("<imprint>", "<imprint><p/>", 1), tmp_path) != []
