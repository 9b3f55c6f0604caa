"""Files that are broken, hostile or something else: each is refused with one finding that says what, where and what to do."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest

from siglum.errors import DocumentError
from siglum.text.diagnostic import Finding
from siglum.text.document import Document, parse
from siglum.text.source import Source

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{}\n</TEI>'
_LAUGHS = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))
_BOMB = f'<!DOCTYPE TEI [<!ENTITY a "ha">{_LAUGHS}]>\n'
_DECLARED = '<?xml version="1.0" encoding="{}"?>\n'


def _read(data: bytes) -> Document:
    return parse(Source("letter.xml", data))


def _refused(data: bytes) -> Finding:
    with pytest.raises(DocumentError) as caught:
        _read(data)
    (finding,) = caught.value.findings
    assert finding.path == "letter.xml"
    assert finding.message
    assert finding.help
    return finding


BROKEN = {
    "a bomb of entities in the text": (_BOMB + _TEI.format("<p>&h;</p>"), "X005", 1, 1),
    "a bomb of entities in an attribute": (_BOMB + _TEI.format('<p n="&h;"/>'), "X005", 1, 1),
    "one large entity, called often": (
        f'<!DOCTYPE TEI [<!ENTITY a "{"a" * 50_000}">]>\n' + _TEI.format("&a;" * 20_000),
        "X005",
        1,
        1,
    ),
    "entities in a circle": ('<!DOCTYPE TEI [<!ENTITY a "&b;"><!ENTITY b "&a;">]>\n' + _TEI.format("&a;"), "X005", 1, 1),
    "an entity that is another file": (
        '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + _TEI.format("<p>&a;</p>"),
        "X005",
        3,
        4,
    ),
    "another file in an attribute": (
        '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + _TEI.format('<p n="&a;"/>'),
        "X005",
        3,
        7,
    ),
    "a parameter entity that is another file": (
        '<!DOCTYPE TEI [<!ENTITY % a SYSTEM "file:///etc/passwd">\n%a;]>\n' + _TEI.format("<p/>"),
        "X005",
        2,
        1,
    ),
    "an entity that is not declared": (_TEI.format("<p>\n caf&eacute;</p>"), "X005", 3, 5),
    "the same after a comment that names it": (_TEI.format("<!-- &eacute; -->\n<p>caf&eacute;</p>"), "X005", 3, 7),
    "an entity of a DTD that is not read": ('<!DOCTYPE TEI SYSTEM "tei.dtd">\n' + _TEI.format("caf&eacute;"), "X005", 3, 4),
    "elements nested without end": (_TEI.format("<p>" * 10_000 + "</p>" * 10_000), "X005", 2, 1),
    "an attribute of eleven million characters below a DOCTYPE": (
        "<!DOCTYPE TEI>" + _TEI.format(f'<p n="{"x" * 11_000_000}"/>'),
        "X005",
        None,
        None,
    ),
    "a text of eleven million characters below a DOCTYPE": (
        "<!DOCTYPE TEI>" + _TEI.format("x" * 11_000_000),
        "X005",
        None,
        None,
    ),
    "a comment of eleven million characters below a DOCTYPE": (
        "<!DOCTYPE TEI>" + _TEI.format(f"<!--{'x' * 11_000_000}-->"),
        "X005",
        None,
        None,
    ),
    "a NUL character": (_TEI.format("a\0b"), "X003", 1, 1),
    "a NUL character far down": (_TEI.format("a" * 5000 + "\nb\0c"), "X001", 3, 2),
    "another control character": (_TEI.format("a" * 5000 + "\nb\x05c"), "X001", 3, 2),
    "a reference to a control character": (_TEI.format("ab&#1;c"), "X001", 2, 3),
    "a file that is cut off": ('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text>\n  <p>Dear', "X001", 3, 10),
    "something after the root": (_TEI.format("") + "\n<p/>", "X001", 4, 1),
    "something before the XML declaration": ('\n<?xml version="1.0"?>' + _TEI.format(""), "X001", 2, 1),
    "old Macintosh line ends": (_TEI.format("<p>\rä<q></p>").replace("\n", "\r"), "X001", 3, 5),
    "Windows line ends": (_TEI.format("<p>\r\nä<q></p>").replace("\n", "\r\n").replace("\r\r", "\r"), "X001", 3, 5),
    "TEI P4": ("<TEI.2>\n</TEI.2>", "X004", 1, 1),
    "TEI without its namespace": ("<!-- x --><TEI/>", "X004", 1, 11),
    "another kind of XML": ('<?xml version="1.0"?>\n<html><body/></html>', "X004", 2, 1),
    "HTML": ("<!DOCTYPE html>\n<html><br></html>", "X001", 2, 11),
    "plain text": ("Dear Sir,\n", "X003", 1, 1),
    "an empty file": ("", "X003", 1, 1),
    "white space only": (" \n\t", "X003", 1, 1),
    "a declaration only": ('<?xml version="1.0"?>', "X001", 1, 22),
    "an encoding that no one knows": (_DECLARED.format("klingon") + _TEI.format(""), "X001", None, None),
    "a declaration of UTF-16 over UTF-8": (_DECLARED.format("UTF-16") + _TEI.format(""), "X001", 1, 1),
    "a Python codec that is no encoding of text": (_DECLARED.format("hex") + _TEI.format(""), "X001", 1, 35),
    "another": (_DECLARED.format("rot13") + _TEI.format(""), "X001", 1, 37),
    "one that refuses everything": (_DECLARED.format("undefined") + _TEI.format(""), "X001", 1, 41),
    "one that chokes on it": (_DECLARED.format("punycode") + _TEI.format(""), "X001", 1, 40),
    "one for host names": (_DECLARED.format("idna") + _TEI.format(""), "X001", 1, 36),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_refused(text: str, code: str, line: int | None, column: int | None) -> None:
    begun = time.monotonic()
    finding = _refused(text.encode("utf-8"))
    assert time.monotonic() - begun < 10
    assert finding.code == code
    if line is not None:
        assert (finding.line, finding.column) == (line, column)


BYTES = {
    "Latin-1 that is not declared": (_TEI.format("<p>caf\xe9</p>").encode("latin-1"), "X001", 2, 7),
    "half of a surrogate pair": (_TEI.format("<p>").encode() + b"\xed\xa0\x80", "X001", None, None),
    "a mark of byte order only": (codecs.BOM_UTF8, "X003", 1, 1),
    "UTF-16 without a mark": ((_DECLARED.format("UTF-16") + _TEI.format("")).encode("utf-16-le"), "X001", 1, 1),
    "a fault in UTF-16": (_TEI.format("<p>ä<q></p>").encode("utf-16"), "X001", 2, 8),
    "a fault after a mark of byte order": (codecs.BOM_UTF8 + _TEI.format("<p>ä<q></p>").encode(), "X001", 2, 8),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "X003", 1, 1),
    "an archive": (b"PK\x03\x04\x14\0\0\0", "X003", 1, 1),
    "a compressed file": (b"\x1f\x8b\x08\0", "X003", 1, 1),
}


@pytest.mark.parametrize(("data", "code", "line", "column"), BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_no_xml_are_refused(data: bytes, code: str, line: int | None, column: int | None) -> None:
    finding = _refused(data)
    assert finding.code == code
    if line is not None:
        assert (finding.line, finding.column) == (line, column)


SOUND = {
    "UTF-8 with a mark": codecs.BOM_UTF8 + _TEI.format("é").encode(),
    "UTF-8 with a mark and a declaration": codecs.BOM_UTF8 + (_DECLARED.format("UTF-8") + _TEI.format("é")).encode(),
    "UTF-16": (_DECLARED.format("UTF-16") + _TEI.format("é")).encode("utf-16"),
    "UTF-16 that says it is UTF-8": (_DECLARED.format("UTF-8") + _TEI.format("é")).encode("utf-16"),
    "Latin-1 that is declared": (_DECLARED.format("ISO-8859-1") + _TEI.format("é")).encode("latin-1"),
    "Windows-1252 that is declared": (_DECLARED.format("windows-1252") + _TEI.format("é")).encode("cp1252"),
    "an entity declared here": ('<!DOCTYPE TEI [<!ENTITY e "é">]>' + _TEI.format("&e;")).encode(),
    "an external entity that is never called": (
        '<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _TEI.format("é")
    ).encode(),
    "a DTD on a network that is not needed": (
        '<!DOCTYPE TEI SYSTEM "http://www.tei-c.org/tei.dtd">' + _TEI.format("é")
    ).encode(),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_is_read(data: bytes) -> None:
    assert "".join(map(str, _read(data).root.itertext())).strip() == "é"


def test_a_dtd_beside_the_document_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "tei.dtd"
    dtd.write_text('<!ENTITY secret "from outside">')
    finding = _refused(f'<!DOCTYPE TEI SYSTEM "{dtd}">\n{_TEI.format("<p>&secret;</p>")}'.encode())
    assert (finding.code, finding.line) == ("X005", 3)
