"""Records from `biblStruct`s, and back: what TEI says comes back as TEI, and no part of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.check.run import check
from siglum.convert.cite import Record, from_bibl, tei
from siglum.text import document
from siglum.text.header import Header, description
from siglum.text.source import Source
from siglum.text.tei import elements, name

FIFTY = Path(__file__).with_name("biblStructs.xml")
WHOLE = """<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p>P</p></publicationStmt><sourceDesc>{}</sourceDesc></fileDesc></teiHeader><text><body><p/></body></text></TEI>
"""


def records(written: str) -> list[Record]:
    """The records of the outermost `biblStruct`s of a document, with their own keys."""
    root = document.parse(Source("a.xml", written.encode())).root
    outer = [each for each in elements(root, "biblStruct") if name(each.getparent()) == "listBibl"]  # type: ignore[arg-type]
    return [from_bibl.read(description.bibl(each), Header())[0] for each in outer]


def fifty() -> list[Record]:
    root = document.open_document(FIFTY).root
    outer = [each for each in elements(root, "biblStruct") if name(each.getparent()) == "listBibl"]  # type: ignore[arg-type]
    return [from_bibl.read(description.bibl(each), Header())[0] for each in outer]


def test_there_are_fifty_of_every_type() -> None:
    assert len(fifty()) == 50
    assert len({each.type for each in fifty()}) > 25


@pytest.mark.parametrize("record", fifty(), ids=lambda each: each.id)
def test_tei_to_record_to_tei_is_the_same_record(record: Record) -> None:
    assert records(tei.write([record])) == [record]


def findings(whole: str, folder: Path) -> list[str]:
    (folder / "a.xml").write_text(whole, encoding="utf-8")
    return [each.message for verdict in check([folder / "a.xml"]) for each in verdict.findings]


def test_the_fifty_are_valid_when_written(tmp_path: Path) -> None:
    whole = tei.write(fifty())
    assert findings(whole, tmp_path) == []
    assert findings(whole.replace("<imprint>", "<imprint><p/>", 1), tmp_path) != []
