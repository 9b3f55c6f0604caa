"""What a place in a text is called: as the header declares it, or by divisions and paragraphs."""

from __future__ import annotations

import pytest

from siglum.text import document
from siglum.text.document import Document
from siglum.text.references import References, qualify
from siglum.text.source import Source
from siglum.text.tei import XML_ID, elements

QUALIFIED = [
    # as written, as XPath 1.0 in the TEI namespace
    ("/TEI/text/body/div", "/tei:TEI/tei:text/tei:body/tei:div"),
    ("*[self::p or self::cit]", "*[self::tei:p or self::tei:cit]"),
    (".//note", ".//tei:note"),
    ("div[@type='a' and head]", "tei:div[@type='a' and tei:head]"),
    ("div/div div 2", "tei:div/tei:div div 2"),
    ("div and div", "tei:div and tei:div"),
    ("div div div", "tei:div div tei:div"),
    ("* * 2", "** 2"),
    ("count(preceding-sibling::p)+1", "count(preceding-sibling::tei:p)+1"),
    ("ancestor::div/attribute::n", "ancestor::tei:div/attribute::n"),
    ("@xml:id", "@xml:id"),
    ("tei:div/p", "tei:div/tei:p"),
    ("p[text()='or p']", "tei:p[text()='or p']"),
    ("p|ab", "tei:p|tei:ab"),
]


@pytest.mark.parametrize(("written", "meant"), QUALIFIED)
def test_names_without_prefix_are_in_the_tei_namespace(written: str, meant: str) -> None:
    assert qualify(written) == meant


def read(declared: str, body: str) -> Document:
    header = f"<teiHeader><encodingDesc>{declared}</encodingDesc></teiHeader>" if declared else ""
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'
    return document.parse(Source("a.xml", whole.encode()))


def references(found: Document) -> dict[str, str]:
    """The reference of everything that has an xml:id, by that."""
    made = References(found)
    return {each.get(XML_ID, ""): made.of(each) for each in found.root.iter("*") if XML_ID in each.attrib}


BODY = """<div n="1"><head xml:id="h">H</head><p xml:id="p1">a<note xml:id="n" n="7">N</note></p><p xml:id="p2">b</p></div>
<div n="2"><p xml:id="p3">c <q xml:id="q">d</q></p></div>"""

DECLARED = [
    # the declaration, the references of p1, n, p3 and q
    (
        """<refsDecl><citeStructure match="//body/div" use="@n"><citeStructure match="p" use="position()" delim="."/>
        <citeStructure match=".//note" use="@n" delim=":n"/></citeStructure></refsDecl>""",
        ["1.1", "1:n7", "2.1", "2.1"],
    ),
    (
        "<refsDecl><citeStructure match=\"//p\" use=\"concat(../@n, '-', position(), '/', last())\"/></refsDecl>",
        ["1-1/3", "1-1/3, note 7", "2-3/3", "2-3/3"],
    ),
    ('<refsDecl><citeStructure match="//p" use="upper-case(@xml:id)"/></refsDecl>', ["P1", "P1, note 7", "P3", "P3"]),
    (
        '<refsDecl><citeStructure match="//div" use="head"/></refsDecl>',
        ["H", "H, note 7", "div 2, paragraph 1", "div 2, paragraph 1"],
    ),
    (
        """<refsDecl><citeStructure match="//p" use="'no'"/></refsDecl><refsDecl default="true"><citeStructure match="//p"
        use="'yes'"/></refsDecl>""",
        ["yes", "yes, note 7", "yes", "yes"],
    ),
    ("", ["div 1, paragraph 1", "div 1, paragraph 1, note 7", "div 2, paragraph 1", "div 2, paragraph 1"]),
]


@pytest.mark.parametrize(("declared", "wanted"), DECLARED)
def test_a_place_is_called_as_the_header_declares(declared: str, wanted: list[str]) -> None:
    found = references(read(declared, BODY))
    assert [found[key] for key in ("p1", "n", "p3", "q")] == wanted


UNDECLARED = [
    ('<div type="act"><sp><p>x</p></sp><sp><p>y</p><p xml:id="x">z</p></sp></div>', "act 1, speech 2, paragraph 2"),
    ('<lg><l>a</l><l>b</l></lg><lg><l xml:id="x">c</l></lg>', "line 3"),
    ('<div type="textpart" subtype="book" n="IV"><p xml:id="x"/></div>', "book IV, paragraph 1"),
    ('<div type="edition" n="urn:cts:x"><div n="3"><p xml:id="x"/></div></div>', "div 3, paragraph 1"),
    ('<div><quote><p>a</p></quote><p xml:id="x">b</p></div>', "div 1, paragraph 1"),
    ('<div><quote><p xml:id="x">a</p></quote><p>b</p></div>', "div 1, quotation 1, paragraph 1"),
    ('<div xml:id="x"/>', "div 1"),
]


@pytest.mark.parametrize(("body", "wanted"), UNDECLARED)
def test_without_a_declaration_it_is_the_order_of_divisions_and_paragraphs(body: str, wanted: str) -> None:
    assert references(read("", body))["x"] == wanted


NUMBERED = [
    # the body, and the number in the margin for each paragraph in it
    ("<p>a</p><p>b</p>", "1 2"),
    ("<p>a</p>", "-"),
    ("<div><p>a</p></div><div><p>b</p><p>c</p></div>", "- 1 2"),
    ('<div type="textpart" subtype="section" n="7"><p>a</p><p>b</p></div>', "7 -"),
    ('<div subtype="book" n="1"><div subtype="section" n="2"><p>a</p></div></div>', "2"),
    ("<div><p>a</p><quote><p>b</p><p>c</p></quote><p>d</p></div>", "1 - - 2"),
    ('<div type="translation"><p>a</p><p>b</p></div><div><argument><p>a</p><p>b</p></argument></div>', "- - - -"),
    ("<sp><p>a</p><p>b</p></sp>", "- -"),
]


@pytest.mark.parametrize(("body", "wanted"), NUMBERED)
def test_the_margin_has_the_numbers_that_can_be_cited(body: str, wanted: str) -> None:
    found = read("", body)
    made = References(found)
    assert " ".join(made.number(each) or "-" for each in elements(found.root, "p")) == wanted


@pytest.mark.parametrize(
    ("division", "wanted"),
    [
        ('<div type="letter" n="1"><p/></div>', "letter 1"),
        ('<div type="letter" n="1"><head/></div>', ""),
        ('<div type="letter"><p/></div>', ""),
        ('<div type="textpart" subtype="book" n="2"><div/></div>', "book 2"),
        ('<div type="textpart" subtype="section" n="2"><p/></div>', ""),
    ],
)
def test_a_division_without_heading_has_a_label(division: str, wanted: str) -> None:
    found = read("", division)
    assert References(found).label(next(elements(found.root, "div"))) == wanted


@pytest.mark.parametrize("path", ["//p[", "1 +", "unknown-function(p)", "count(//p)", ""])
def test_a_structure_that_cannot_be_evaluated_is_kept_with_its_reason(path: str) -> None:
    made = References(read(f'<refsDecl><citeStructure match="{path}" use="@n"/></refsDecl>', BODY))
    assert [fault.reason for fault in made.faults] != []
