"""A document is resolved once: how often siglum parses it, walks its tree, and resolves its parts.

A walk is an iteration over everything below the root or a `text` (`iter`, `itertext`, `iterwalk`), and a recursive descent
through the children of `body`.
"""

from __future__ import annotations

import inspect
from collections import Counter
from pathlib import Path
from xml.parsers import expat

import pytest
from lxml import etree

from siglum.check.document import check_paths
from siglum.convert import export, extract
from siglum.convert.reading.builder import Builder
from siglum.project.build import build
from siglum.project.config import load
from siglum.text import wellformed
from siglum.text.document import open_document
from siglum.text.edition import resolve
from siglum.text.editorial_signs import Signs
from siglum.text.element_index import ElementIndex
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers
from siglum.text.quotation import Quotations
from siglum.text.references import References

DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>T</title>
<author>A</author></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<text><body><div><head>Head</head><p xml:id="p1">One <q>two <note n="1">A <hi rend="italic">note</hi>.</note></q>
<choice><sic>tree</sic><corr>three</corr></choice> <persName ref="#x">X</persName> <ref target="#p2">see</ref>
<supplied>four</supplied> <date when="1936">then</date></p><pb n="2"/><p xml:id="p2">Five <gap/></p>
<bibl xml:id="b"><title>Book</title></bibl></div></body></text></TEI>"""
PARTS = (ElementIndex, Identifiers, Notes, Quotations, Signs, References)


class Counts:
    """What was done: `lxml` and `expat` passes, `walks` by the line that began each, `parts` by class and arguments."""

    def __init__(self) -> None:
        self.lxml = 0
        self.expat: Counter[str] = Counter()
        self.walks: Counter[str] = Counter()
        self.parts: Counter[str] = Counter()
        self.trees = 0


def _line() -> str:
    frame = inspect.currentframe()
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if "siglum" in file.parts and file.name != "tei.py" and "tests" not in file.parts:
            return f"{file.parent.name}/{file.name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:  # noqa: C901 - one wrapper for each thing that is counted
    found = Counts()

    class Counting(etree.ElementBase):
        def _is_whole(self) -> bool:
            return self.getparent() is None or etree.QName(self).localname == "text"

        def iter(self, *tags, **kwargs):  # type: ignore[no-untyped-def]
            if self._is_whole():
                found.walks[_line()] += 1
            return super().iter(*tags, **kwargs)

        def itertext(self, *tags, **kwargs):  # type: ignore[no-untyped-def]
            if self._is_whole():
                found.walks[_line()] += 1
            return super().itertext(*tags, **kwargs)

        def __iter__(self):  # type: ignore[no-untyped-def]
            if etree.QName(self).localname == "body":
                found.walks[_line()] += 1
            return super().__iter__()

    create, iterwalk, parse, create_expat = wellformed._parser, etree.iterwalk, etree.fromstring, expat.ParserCreate

    def parser(**options: bool) -> etree.XMLParser:
        made = create(**options)
        made.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counting))
        return made

    def counted_walk(root, *arguments, **options):  # type: ignore[no-untyped-def]
        found.walks[_line()] += root.getparent() is None or etree.QName(root).localname == "text"
        return iterwalk(root, *arguments, **options)

    def counted_parse(*arguments, **options):  # type: ignore[no-untyped-def]
        found.lxml += "wellformed" in _line()
        return parse(*arguments, **options)

    def counted_expat(*arguments, **options):  # type: ignore[no-untyped-def]
        found.expat[_line()] += 1
        return create_expat(*arguments, **options)

    monkeypatch.setattr(wellformed, "_parser", parser)
    monkeypatch.setattr(etree, "iterwalk", counted_walk)
    monkeypatch.setattr(etree, "fromstring", counted_parse)
    monkeypatch.setattr(expat, "ParserCreate", counted_expat)
    for part in PARTS:
        original = part.__init__

        def counted(self, *arguments, _part=part, _original=original, **options):  # type: ignore[no-untyped-def]
            view = next((str(argument) for argument in arguments if type(argument).__name__ == "View"), "")
            found.parts[f"{_part.__name__} {view}".strip()] += 1
            _original(self, *arguments, **options)

        monkeypatch.setattr(part, "__init__", counted)
    build_tree = Builder._build_tree

    def counted_tree(self):  # type: ignore[no-untyped-def]
        found.trees += 1
        return build_tree(self)

    monkeypatch.setattr(Builder, "_build_tree", counted_tree)
    return found


def test_a_build_resolves_a_document_once(counts: Counts, tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a.xml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "siglum.toml").write_text('documents = ["tei"]\n', encoding="utf-8")
    build(load(tmp_path), tmp_path / "out")
    assert counts.lxml == 1
    prolog = sum(count for line, count in counts.expat.items() if "xml_model" in line)  # it ends at the root: no pass
    assert prolog == 1
    assert counts.expat.total() - prolog <= 2, counts.expat
    assert set(counts.parts.values()) == {1}, counts.parts
    assert counts.trees == 1


def test_an_html_export_walks_the_tree_at_most_8_times(counts: Counts, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(DOCUMENT, encoding="utf-8")
    export.FORMATS["html"].export(open_document(path), export.Options())
    assert sum(counts.walks.values()) <= 8, counts.walks


def test_a_default_check_walks_the_tree_at_most_4_times(counts: Counts, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(DOCUMENT, encoding="utf-8")
    list(check_paths([path]))
    assert sum(counts.walks.values()) <= 4, counts.walks


def test_all_lists_walk_the_tree_at_most_12_times(counts: Counts, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(DOCUMENT, encoding="utf-8")
    edition = resolve(open_document(path))
    for kind in extract.KINDS.values():
        kind.find(edition)
    assert sum(counts.walks.values()) <= 12, counts.walks
