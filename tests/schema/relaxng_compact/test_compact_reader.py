"""What the compact syntax means, and what is said of a schema that breaks its rules."""

from __future__ import annotations

import pytest

from siglum.errors import SchemaError
from siglum.schema.relaxng import compact, write_compact, write_xml
from siglum.schema.relaxng import syntax as s
from siglum.text.source import Source

DOCUMENTATION = ("http://relaxng.org/ns/compatibility/annotations/1.0", "documentation")


def read(text: str) -> s.Pattern:
    return compact.read(Source("a.rnc", text.encode()))


def ref(name: str) -> s.Ref:
    return s.Ref(name)


MEANINGS = {
    # what is written: what it means
    "a, b": s.Group((ref("a"), ref("b"))),
    "(a | b)*": s.ZeroOrMore(s.Choice((ref("a"), ref("b")))),
    "a & (b, c+)?": s.Interleave((ref("a"), s.Optional(s.Group((ref("b"), s.OneOrMore(ref("c"))))))),
    "(((a)))": ref("a"),
    "parent a": s.ParentRef("a"),
    r"\element": ref("element"),
    "list { token }": s.List(s.Data("", "token")),
    "mixed { notAllowed }": s.Mixed(s.NotAllowed()),
    'external "b.rnc"': s.ExternalRef("b.rnc"),
    'string - "x"': s.Data("", "string", (), s.Value("x")),
    'xsd:int { minInclusive = "1" }': s.Data(
        "http://www.w3.org/2001/XMLSchema-datatypes", "int", (s.Param("minInclusive", "1"),)
    ),
    '"a" ~ \'"\' ~ """\nb"""': s.Value('a"\nb'),
    r'"\x{41}\xx{42}"': s.Value("AB"),
    r'"\x{a}"': s.Value("\n"),
    "element list { text }": s.Element(s.Name("", "list"), s.Text()),
    'default namespace = "u" element a { attribute b { text } }': s.Element(
        s.Name("u", "a"), s.AttributePattern(s.Name("", "b"), s.Text())
    ),
    'namespace p = "u" element p:* - (p:a | p:b) { text }': s.Element(
        s.NsName("u", s.NameChoice((s.Name("u", "a"), s.Name("u", "b")))), s.Text()
    ),
    "element * - a { empty }": s.Element(s.AnyName(s.Name("", "a")), s.Empty()),
    "x |= a y &= b start = c": s.Grammar(
        (s.Define("x", ref("a"), "choice"), s.Define("y", ref("b"), "interleave"), s.Start(ref("c")))
    ),
    "div { div { a = b } }": s.Grammar((s.Div((s.Div((s.Define("a", ref("b")),)),)),)),
    'namespace p = "u" include "b.rnc" inherit = p { start = a }': s.Grammar((s.Include("b.rnc", (s.Start(ref("a")),), "u"),)),
    "grammar { start = a }": s.Grammar((s.Start(ref("a")),)),
    "": s.Grammar(()),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_meaning(text: str) -> None:
    assert read(text) == MEANINGS[text]


def test_notes() -> None:
    """Comments, documentation, attributes and elements stay with the node they were written at."""
    schema = read(
        """\
# about the file
namespace n = "urn:n"
n:before []
# about a
# in two lines

# and more
## What a is.
## In two lines.
[ n:key = "value" n:in [ "text" n:deep [ k = "v" ] ] ]
a = b >> n:after []
n:between []
"""
    )
    assert isinstance(schema, s.Grammar)
    assert schema.notes == s.Notes(("about the file",), initial=(s.Annotation(("urn:n", "before"), prefix="n"),))
    deep = s.Annotation(("urn:n", "deep"), (s.Attribute(("", "k"), "v"),), prefix="n")
    assert schema.components[0].notes == s.Notes(
        ("about a\nin two lines", "and more"),
        (s.Attribute(("urn:n", "key"), "value", "n"),),
        (
            s.Annotation(DOCUMENTATION, (), ("What a is.\nIn two lines.",), "a"),
            s.Annotation(("urn:n", "in"), (), ("text", deep), "n"),
        ),
        (s.Annotation(("urn:n", "between"), prefix="n"),),
    )
    assert isinstance(schema.components[0], s.Define)
    assert schema.components[0].content.notes.following == (s.Annotation(("urn:n", "after"), prefix="n"),)


def test_documentation_of_a_value_follows_it() -> None:
    """A value can hold no elements."""
    value = read('## d\n"x" | "y"')
    assert isinstance(value, s.Choice)
    assert value.patterns[0].notes.following == (s.Annotation(DOCUMENTATION, (), ("d",), "a"),)


def test_notes_before_parentheses_are_about_what_is_in_them() -> None:
    note = (s.Annotation(("", "n")),)
    repeated, choice, one = read("[n []] (a*)"), read("[n []] (a | b)"), read("[n []] (a)")
    assert repeated == s.ZeroOrMore(ref("a"))
    assert choice == s.Choice((ref("a"), ref("b")))
    assert one == s.Group((ref("a"),))
    assert repeated.notes.initial == choice.notes.initial == one.notes.initial == note


def test_origins_count_what_is_written_not_what_escapes_stand_for() -> None:
    schema = read('start =\r\n  \\x{20} "\\x{41}" | b')
    assert isinstance(schema, s.Grammar)
    start = schema.components[0]
    assert isinstance(start, s.Start)
    assert isinstance(start.content, s.Choice)
    assert [(part.origin.line, part.origin.column) for part in start.content.patterns] == [(2, 10), (2, 21)]


FAULTS = {
    # what is written: where, and what is said
    "a, b | c": ("1:6", "`,` and `|` are mixed without parentheses"),
    "element a { text": ("1:17", "the end of the file is not allowed here"),
    "element { text }": ("1:9", "`{` is not allowed here"),
    "start = list": ("1:13", "the end of the file is not allowed here"),
    "a = b list = c": ("1:7", "`list` is not allowed here"),
    "start = a**": ("1:11", "`*` is not allowed here"),
    "start = p:a": ("1:9", "the datatypes prefix `p` is not declared"),
    "element p:a { text }": ("1:9", "the prefix `p` is not declared"),
    "element p:* { text }": ("1:9", "the prefix `p` is not declared"),
    'include "a" inherit = p': ("1:23", "the prefix `p` is not declared"),
    'include "a" { include "b" }': ("1:15", "`include` is not allowed here"),
    'namespace p = "a" namespace p = "b" p': ("1:29", "the prefix `p` is declared twice"),
    'default namespace = "a" default namespace = "b" p': ("1:25", "the default namespace is declared twice"),
    'datatypes d = "a" datatypes d = "b" p': ("1:29", "the datatypes prefix `d` is declared twice"),
    'datatypes xsd = "urn:a" p': ("1:11", "the datatypes prefix `xsd` stands for XML Schema's datatypes and nothing else"),
    'namespace xmlns = "a" p': ("1:11", "`xmlns` cannot be a prefix"),
    '"abc': ("1:1", "this literal has no end"),
    "'''abc''": ("1:1", "this literal has no end"),
    "a ; b": ("1:3", "`;` is not valid here"),
    "\\ a": ("1:1", "a backslash stands before no name"),
    'token { a = "1" b "2" }': ("1:19", "the literal '2' is not allowed here"),
    "[ a = 'x' ] b": ("1:3", "the annotation attribute `a` is in no namespace"),
    "a [ b = 'x' b = 'y' ]": ("1:13", "the attribute `b` is given twice in one annotation"),
    'external "b.rnc#c"': ("1:10", "the address “b.rnc#c” has a fragment"),
    "namespace n = inherit n:a [] b = c": ("1:23", "the prefix `n` of an annotation stands for no namespace of its own"),
    "\ufffe": ("1:1", "the character U+FFFE cannot stand in a schema"),
}


@pytest.mark.parametrize("text", FAULTS)
def test_fault(text: str) -> None:
    with pytest.raises(SchemaError) as caught:
        compact.read(Source("a.rnc", text.encode()), ns=compact.INHERIT)
    assert (caught.value.where, caught.value.message) == (f"a.rnc:{FAULTS[text][0]}", FAULTS[text][1])
    assert caught.value.help


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "a" + ")" * 10_000,
        "element a {" * 10_000,
        "start = " + "list {" * 10_000,
        "div {" * 10_000,
        "grammar {" * 10_000,
        "element " + "(" * 10_000,
        "a [" * 10_000,
        "a >> " + "b [" * 10_000,
        "string - " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_nested_too_deep(text: str) -> None:
    with pytest.raises(SchemaError, match=r"deep|without parentheses|is not allowed here"):
        read(text)


def test_nested_as_deep_as_anyone_writes() -> None:
    assert read("(" * 150 + "a" + ")" * 150) == ref("a")
    nested = read("element a { " * 150 + "text" + "}" * 150)
    assert read(write_compact.write_schema(nested)) == nested
    assert write_xml.write_schema(nested).count("<element") == 150


def test_not_text() -> None:
    with pytest.raises(SchemaError, match=r"not text in the encoding UTF-8") as caught:
        compact.read(Source("a.rnc", b"start =\n# caf\xe9\n a"))
    assert caught.value.where == "a.rnc:2:1"
