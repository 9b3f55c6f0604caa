"""What is taken from a file: releases of several years, compiled ODDs, and files that are neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema import p5
from siglum.schema.p5.lookup import Lookup
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding

EDITIONS = [
    (
        "P5 <ref>Version</ref> <ref>4.9.0a</ref>. Last updated on <date>21st October 2024</date>, revision 112b3b64b",
        "4.9.0a",
    ),
    ("<ref>2.9.1</ref>. Last updated on <date when='2015-10-15'>15th October 2015</date>, revision 46ac023", "2.9.1"),
    ("2.0. Last updated on 19th December 2011", "2.0"),
    ("P5\nVersion 4.0.0b.", "4.0.0b"),
    ("the first edition", ""),
]
OLD = """
<moduleSpec ident="core"/><moduleSpec ident="tei"/>
<macroSpec ident="data.word" module="tei" type="dt"><content><rng:data type="token"/></content></macroSpec>
<macroSpec ident="macro.phraseSeq" module="tei" type="pe"><content><rng:zeroOrMore><rng:choice>
  <rng:text/><rng:ref name="model.phrase"/></rng:choice></rng:zeroOrMore></content></macroSpec>
<classSpec ident="model.phrase" module="tei" type="model"/>
<classSpec ident="att.global" module="tei" type="atts"><attList>
  <attDef ident="xml:id"><datatype><rng:data type="ID"/></datatype></attDef></attList></classSpec>
<elementSpec ident="p" module="core"><classes><memberOf key="att.global"/></classes>
  <content><rng:ref name="macro.phraseSeq"/></content></elementSpec>
<elementSpec ident="hi" module="core"><classes><memberOf key="model.phrase"/></classes>
  <content><rng:mixed><rng:zeroOrMore><rng:ref name="model.phrase_sequence"/></rng:zeroOrMore></rng:mixed></content>
  <attList><attRef name="att.global.attribute.xmlid"/>
    <attDef ident="rend"><datatype><rng:ref name="data.word"/></datatype></attDef></attList></elementSpec>
<elementSpec ident="gone" module="core" mode="delete"/>
"""


def document(folder: Path, body: str, edition: str = "2.0.0") -> Path:
    path = folder / "p5subset.xml"
    header = f"<teiHeader><fileDesc><editionStmt><edition>{edition}</edition></editionStmt></fileDesc></teiHeader>"
    namespaces = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:rng="http://relaxng.org/ns/structure/1.0"'
    path.write_text(f"<TEI {namespaces}>{header}<text><body>\n{body}</body></text></TEI>", encoding="utf-8")
    return path


@pytest.mark.parametrize(("edition", "version"), EDITIONS)
def test_the_version_is_that_of_the_header(edition: str, version: str, tmp_path: Path) -> None:
    assert p5.distil(document(tmp_path, OLD, edition)).version == version


def test_an_old_release_with_relax_ng_is_read_packed_and_asked(tmp_path: Path) -> None:
    found: list[Finding] = []
    source = p5.distil(document(tmp_path, OLD), found.append)
    assert found == []
    assert (source.modules, [each.ident for each in source.specs][-2:]) == (("core", "tei"), ["p", "hi"])
    assert p5.unpack(p5.pack(source)) == source
    lookup = Lookup(source)
    assert lookup.children("p").text
    assert lookup.children("p").elements == {"hi"}
    assert lookup.parents("hi") == ("p", "hi")
    assert [each.attribute.ident for each in lookup.attributes("hi")] == ["xml:id", "rend"]


def test_a_compiled_odd_has_its_own_name_and_no_version(tmp_path: Path) -> None:
    compiled = f'<schemaSpec ident="letters"><moduleRef url="svg.rng"/>{OLD}</schemaSpec>'
    source = p5.distil(document(tmp_path, compiled, "5.6.7"))
    assert (source.name, source.version, len(source.specs)) == ("letters", "", 6)
    with pytest.raises(SchemaError, match="no release of TEI P5, but “letters”"):
        p5.add_release(source)


def test_the_modes_of_specs_are_done_with_those_of_attributes_are_kept(tmp_path: Path) -> None:
    body = '<elementSpec ident="a" module="m" mode="change"><attList><attDef ident="n" mode="change"/></attList></elementSpec>'
    (spec,) = p5.distil(document(tmp_path, body)).specs
    assert isinstance(spec, s.ElementSpec)
    assert spec.mode is None
    assert spec.attributes == s.AttList((s.AttDef("n", mode="change"),))


def test_what_distil_has_made_can_be_given_again(tmp_path: Path) -> None:
    source = p5.distil(document(tmp_path, OLD))
    (tmp_path / "old.p5").write_bytes(p5.pack(source))
    assert p5.distil(tmp_path / "old.p5") == source


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<schemaSpec ident="x">\n<moduleRef key="tei"/></schemaSpec>', r'not compiled: <moduleRef key="tei"> asks'),
        ('<schemaSpec ident="x">\n<specGrpRef target="#a"/></schemaSpec>', r'not compiled: <specGrpRef target="#a"> asks'),
        ("<p>A letter.</p>", "there are no specifications in this file"),
        ('<elementSpec ident="a"/>', "which module it belongs to"),
        ('<egXML xmlns="http://www.tei-c.org/ns/Examples"><elementSpec ident="a" module="m"/></egXML>', "no specifications"),
    ],
)
def test_what_is_no_source(body: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=said) as caught:
        p5.distil(document(tmp_path, body))
    assert "p5subset.xml" in caught.value.help
    assert caught.value.where.startswith((tmp_path / "p5subset.xml").as_posix())


def test_an_odd_that_is_not_compiled_says_where(shared: Path) -> None:
    path = shared / "oracles" / "odd" / "tei_lite" / "tei_lite.odd"
    with pytest.raises(SchemaError, match="not compiled") as caught:
        p5.distil(path)
    line = int(caught.value.where.rpartition(":")[2])
    assert "<moduleRef" in path.read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize("data", [b"", b"plain words", b"<TEI", b"\x89PNG\r\n\x1a\n\x00", "<a>é</a>".encode("utf-16-le")])
def test_what_is_not_xml(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p5subset.xml"
    path.write_bytes(data)
    with pytest.raises(DocumentError):
        p5.distil(path)


def test_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path):
        with pytest.raises(FileError):
            p5.distil(path)
