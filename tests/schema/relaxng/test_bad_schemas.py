"""Schemas that cannot be used: each is refused with a sentence, the line, and what to do. Never a traceback, never a hang."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import FileError
from siglum.schema import relaxng
from tests.schema.relaxng.schemas import refusal, write

DEEP = 5_000

REFUSED = {
    # what is wrong: (schema, words of the message, words of the help)
    "an undefined reference": (
        '<grammar>\n<start><ref name="fo"/></start><define name="foo"><element name="a"><text/></element></define></grammar>',
        "`fo` is referred to, but not defined (4.18)",
        "did you mean `foo`?",
    ),
    "no start": ('<grammar><define name="a"><empty/></define></grammar>', "the grammar has no start (4.18)", "add <start>"),
    "identifiers among other values": (
        '<element name="a"><attribute name="i"><choice><data type="ID"/><value>none</value></choice></attribute></element>',
        "the type ID stands where it is not all of an attribute's value",
        "use NCName",
    ),
    "a define that is itself": (
        '<grammar><start><ref name="a"/></start><define name="a"><choice><ref name="a"/><element name="b"><empty/></element>'
        "</choice></define></grammar>",
        "`a` contains itself without an element in between (4.19): a → a",
        "break the circle",
    ),
    "two defines that do not say how": (
        '<grammar><start><element name="a"><ref name="b"/></element></start><define name="b"><empty/></define>'
        '<define name="b"><text/></define></grammar>',
        "`b` is defined twice without saying how to combine (4.17)",
        "add @combine",
    ),
    "an unknown element": (
        '<element name="a"><emty/></element>',
        "<emty> is not allowed here: RELAX NG has no such element",
        "",
    ),
    "an unknown attribute": ('<element name="a" nmae="b"><empty/></element>', "<element> does not allow @nmae", ""),
    "no content": ('<element name="a"/>', "<element> has no content", "<empty/>"),
    "a name that is none": ('<element name="1"><empty/></element>', "“1” is not an XML name", ""),
    "a prefix not declared": ('<element name="x:a"><empty/></element>', "the prefix of “x:a” is not declared", 'xmlns:x="…"'),
    "a datatype that does not exist": ('<element name="a"><data type="dat"/></element>', "(4.16)", ""),
    "a value that is no value of its type": (
        '<element name="a"><value type="integer">x</value></element>',
        "“x” is not a value of the datatype integer",
        "",
    ),
    "an attribute twice": (
        '<element name="a"><attribute name="b"/><attribute name="b"/></element>',
        "in the element `a`: the attribute `b` may occur twice (7.3)",
        "name an attribute once",
    ),
    "an attribute repeated in a group": (
        '<element name="a"><oneOrMore><group><attribute name="b"/>'
        '<element name="c"><empty/></element></group></oneOrMore></element>',
        "the attribute `b` is in a repeated group (7.1.2)",
        "",
    ),
    "data beside elements": (
        '<element name="a"><data type="int"/><element name="b"><empty/></element></element>',
        "data, a value or a list is combined with other content, or is repeated (7.2)",
        "use text",
    ),
    "text twice in an interleave": ('<element name="a"><mixed><text/></mixed></element>', "(7.4)", ""),
    "one element in two parts of an interleave": (
        '<element name="a"><interleave><element name="b"><empty/></element>'
        '<element name="b"><empty/></element></interleave></element>',
        "two parts of an interleave contain the element `b` (7.4)",
        "different element names",
    ),
    "identifiers of an open name class": (
        '<element name="a"><zeroOrMore><attribute><anyName/><data type="ID"/></attribute></zeroOrMore></element>',
        "open name class",
        "another type than ID",
    ),
    "an identifier here that is none there": (
        '<element name="a"><attribute name="i"><data type="ID"/></attribute><optional><element name="a">'
        '<attribute name="i"><text/></attribute></element></optional></element>',
        "the attribute @i of `a` is an identifier in one definition, and not or another kind in another",
        "",
    ),
    "an address on the network": (
        '<grammar><include href="http://example.org/tei.rng"/></grammar>',
        "is an address on a network",
        "keep a copy",
    ),
    "a missing include": ('<grammar>\n<include href="nowhere.rng"/></grammar>', "cannot be read: there is no such file", ""),
    "groups without end": (f'<element name="a">{"<group>" * DEEP}<text/>{"</group>" * DEEP}</element>', "too deeply", ""),
    "elements without end": (
        '<element name="a">' * DEEP + "<text/>" + "</element>" * DEEP,
        "too deeply",
        "",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    text, message, help_ = REFUSED[case]
    error = refusal(write(tmp_path, text))
    assert message in error.message
    assert help_ in error.help
    assert error.where.startswith(str(tmp_path))


def test_the_line_is_named(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, '<element name="a">\n<group>\n<emty/></group></element>')).where.endswith("schema.rng:3")


def test_a_chain_of_references_without_end(tmp_path: Path) -> None:
    links = "".join(f'<define name="d{i}"><group><ref name="d{i + 1}"/><text/></group></define>' for i in range(DEEP))
    last = f'<define name="d{DEEP}"><empty/></define>'
    text = f'<grammar><start><element name="a"><ref name="d0"/></element></start>{links}{last}</grammar>'
    assert "too deeply" in refusal(write(tmp_path, text)).message


def test_includes_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, '<grammar><include href="one.rng"/></grammar>', "two.rng")
    one = write(tmp_path, '<grammar><include href="./two.rng"/></grammar>', "one.rng")
    assert refusal(one).message == "the schema includes itself: one.rng → two.rng → one.rng"


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"hello", b"\x00\x01\x02", b"<grammar", "<?xml version='1.0'?><a/>".encode("utf-16")]
)
def test_a_file_that_is_no_schema(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "schema.rng"
    path.write_bytes(content)
    assert refusal(path).help


def test_a_schema_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        relaxng.load(tmp_path / "tei.rng")
