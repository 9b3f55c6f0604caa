"""What may stand at a point of a document, for editors: `|` marks the point, and the document may end there."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.schema import relaxng
from siglum.schema.relaxng.possible import Possible
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
