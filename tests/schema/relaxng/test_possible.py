"""What may stand at a point of a document, for editors: `|` marks the point, and the document may end there."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from siglum.schema import relaxng
from siglum.schema.relaxng.possible import Possible
from siglum.schema.relaxng.possible_in_tree import find_attributes, find_in_element, find_values
from siglum.text.source import Source
from tests.schema.relaxng.schemas import schema

SCHEMA = """
<element name="text" ns="urn:t">
  <optional><attribute name="xml:id"><data type="ID"/></attribute></optional>
  <optional><attribute name="type"><choice><value>prose</value><value>verse</value></choice></attribute></optional>
  <optional><element name="head"><text/></element></optional>
  <oneOrMore><element name="p"><zeroOrMore><choice><text/>
    <element name="hi"><text/></element><element><anyName><except><nsName/></except></anyName><empty/></element>
  </choice></zeroOrMore></element></oneOrMore>
</element>
"""


@pytest.fixture
def text(tmp_path: Path) -> relaxng.Schema:
    return schema(tmp_path, SCHEMA.strip())


def at(schema: relaxng.Schema, marked: str) -> Possible:
    """What is possible where the mark stands."""
    before, _, after = marked.partition("|")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return schema.possible(Source("document.xml", (before + after).encode()), line, column)


CASES = {
    "|": Possible(elements=("urn:t}text",)),
    '<text xmlns="urn:t">|': Possible(elements=("urn:t}head", "urn:t}p")),
    '<text xmlns="urn:t">\n <head>x</head>|<p/></text>': Possible(elements=("urn:t}p",)),
    '<text xmlns="urn:t"><p>a</p>|': Possible(elements=("urn:t}p",), ends=True),
    '<text xmlns="urn:t"><p>a|': Possible(elements=("urn:t}hi",), text=True, ends=True, wildcard=True),
    '<text xmlns="urn:t"><p>a<hi|': Possible(elements=("urn:t}hi",), text=True, ends=True, wildcard=True),
    '<text xmlns="urn:t"><wrong/><p>a|': Possible(elements=("urn:t}hi",), text=True, ends=True, wildcard=True),
}


@pytest.mark.parametrize("marked", CASES)
def test_between_tags(text: relaxng.Schema, marked: str) -> None:
    assert at(text, marked) == CASES[marked]


def test_in_a_tag(text: relaxng.Schema) -> None:
    assert at(text, '<a xmlns="urn:t"><text |').attributes == ("http://www.w3.org/XML/1998/namespace}id", "type")
    assert at(text, '<a xmlns="urn:t"><text type="verse" |').attributes == ("http://www.w3.org/XML/1998/namespace}id",)


def test_in_a_value(text: relaxng.Schema) -> None:
    assert at(text, '<a xmlns="urn:t"><text type="|').values == ("prose", "verse")


TREE = '<text xmlns="urn:t" type="verse"><head>x</head><p>a<!-- c --><hi/>b</p><p/></text>'
IN_TREE = {
    (".", 0): Possible(elements=("urn:t}head", "urn:t}p")),
    (".", 1): Possible(elements=("urn:t}p",)),
    (".", 2): Possible(elements=("urn:t}p",), ends=True),
    (".", None): Possible(elements=("urn:t}p",), ends=True),
    ("{urn:t}p", 1): Possible(elements=("urn:t}hi",), text=True, ends=True, wildcard=True),
    ("{urn:t}head", None): Possible(text=True, ends=True),
}


@pytest.mark.parametrize(("path", "index"), IN_TREE)
def test_in_a_tree(text: relaxng.Schema, path: str, index: int | None) -> None:
    element = etree.fromstring(TREE).find(path)
    assert element is not None
    assert find_in_element(text.automaton, element, index) == IN_TREE[path, index]


def test_attributes_and_values_in_a_tree(text: relaxng.Schema) -> None:
    root = etree.fromstring(TREE)
    assert find_attributes(text.automaton, root).attributes == ("http://www.w3.org/XML/1998/namespace}id",)
    assert find_values(text.automaton, root, "type").values == ("prose", "verse")
    assert find_attributes(text.automaton, root[0]) == Possible()


def test_a_tree_and_its_text_have_the_same_possibilities(text: relaxng.Schema) -> None:
    """At every place between two tags of a document with faults in it."""
    document = '<text xmlns="urn:t"><q/><p>a<hi/></p><head/>x<p><x xmlns=""/>u</p></text>'
    root = etree.fromstring(document)
    places = [(each, number) for each in root.iter() for number in range(len(each) + 1)]
    for element, number in places:
        marked = etree.fromstring(document)
        twin = list(marked.iter())[list(root.iter()).index(element)]
        twin.insert(number, etree.Comment("|"))
        before = etree.tostring(marked, encoding="unicode").partition("<!--|-->")[0]
        kept = find_in_element(text.automaton, element, number)
        assert at(text, f"{before}|") == kept, before
