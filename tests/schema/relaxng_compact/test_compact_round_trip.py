"""What a writer writes, the reader of the same syntax reads as the same tree, with everything that is noted in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from siglum.schema.relaxng import compact, read_xml, write_compact, write_xml
from siglum.schema.relaxng import syntax as s
from siglum.text.source import Source
from tests.schema.relaxng_compact.compact_trees import all_notes, canonical, schemas

slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def from_compact(text: str, **options: Any) -> s.Pattern:
    return compact.read(Source("a.rnc", text.encode()), **options)


def from_xml(text: str, **options: Any) -> s.Pattern:
    return read_xml.read(Source("a.rng", text.encode()), **options)


@slow
@given(schemas)
def test_compact(schema: s.Pattern) -> None:
    written = write_compact.write_schema(schema)
    again = from_compact(written)
    assert canonical(again) == canonical(schema), written
    assert list(all_notes(again)) == list(all_notes(schema)), written


@slow
@given(schemas)
def test_xml(schema: s.Pattern) -> None:
    written = write_xml.write_schema(schema)
    again = from_xml(written)
    assert again == schema, written
    assert noted_in_xml(again) == noted_in_xml(schema), written


def noted_in_xml(schema: s.Pattern) -> list[tuple[str, s.Notes]]:
    """White space in comments is laid out anew."""
    return [(kind, replace(notes, comments=tuple(map(plain, notes.comments)))) for kind, notes in all_notes(schema)]


def plain(comment: str) -> str:
    return " ".join(comment.split())


@slow
@given(schemas)
def test_writing_again_changes_nothing(schema: s.Pattern) -> None:
    written = write_compact.write_schema(schema)
    assert write_compact.write_schema(from_compact(written)) == written
    written = write_xml.write_schema(from_xml(write_xml.write_schema(schema)))
    assert write_xml.write_schema(from_xml(written)) == written


@slow
@given(schemas)
def test_compact_by_way_of_xml(schema: s.Pattern) -> None:
    through = from_xml(write_xml.write_schema(from_compact(write_compact.write_schema(schema))))
    assert canonical(through) == canonical(schema)


INHERITING = """\
namespace own = ""
include "a.rnc"
start = element inherited { attribute own:none { text }, element own:none { external "b.rnc" inherit = own } }
"""


@pytest.mark.parametrize("ns", ["", "urn:includer"])
def test_what_is_inherited_stays_so(ns: str) -> None:
    """Names without a namespace of their own take that of the file that includes theirs, before and after."""
    kept = from_compact(INHERITING, ns=compact.INHERIT)
    meant = canonical(from_compact(INHERITING, ns=ns))
    assert canonical(from_compact(write_compact.write_schema(kept), ns=ns)) == meant
    assert canonical(from_xml(write_xml.write_schema(kept), ns=ns)) == meant


def test_addresses_are_turned_into_those_of_the_other_syntax() -> None:
    schema = from_compact('include "a.rnc"\nstart = external "b.rnc"')

    def other(address: str) -> str:
        return address.replace(".rnc", ".rng")

    assert 'include "a.rng"\nstart = external "b.rng"' in write_compact.write_schema(schema, href=other)
    assert '<include href="a.rng"/>' in write_xml.write_schema(schema, href=other)


def test_a_base_address_is_worked_in() -> None:
    """The compact syntax has no xml:base, and the writer of the other makes none."""
    written = '<externalRef xmlns="http://relaxng.org/ns/structure/1.0" xml:base="parts/" href="b.rng"/>'
    assert write_compact.write_schema(from_xml(written)) == 'external "parts/b.rng"\n'
    again = write_xml.write_schema(from_xml(written))
    assert 'href="parts/b.rng"' in again
    assert "xml:base" not in again


def test_without_notes_the_schema_is_the_same() -> None:
    text = "# c\n## d\n[ a [] ] start = [ b [] ] (element x { empty } | empty >> c []) d [] div { e [] x = empty }"
    bare = from_compact(text, notes=False)
    assert bare == from_compact(text)
    assert all(notes == s.Notes() for _, notes in all_notes(bare))


RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" xmlns:x="urn:x"'
XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
NOTED = f"""\
<!-- before -->
<grammar {RNG} {XSD}><!-- of start --><start>
  <element><!-- of the choice --><choice x:a="1"><!-- of a --><name x:b="2">a</name><x:after/><!-- of any -->
    <nsName ns="urn:n"><!-- of except --><except><!-- of c --><name>c</name></except></nsName></choice>
    <data type="token"><!-- of param --><param x:c="3" name="maxLength">4</param>
      <!-- of the exception --><except><value>no</value></except></data></element>
</start></grammar>
<!-- behind -->
"""


def test_what_is_noted_of_names_and_parameters_is_kept() -> None:
    """And the comments around the root: by way of the compact syntax and back."""
    through = write_xml.write_schema(from_compact(write_compact.write_schema(from_xml(NOTED))))
    laid_out = " ".join(through.split())
    for comment in ("before", "behind", *(f"of {each}" for each in ("start", "the choice", "a", "any", "c", "param"))):
        assert f"<!-- {comment} -->" in laid_out, comment
    assert "of the exception" in laid_out
    assert "of except" in laid_out
    for attribute in ('x:a="1"', 'x:b="2"', 'x:c="3"', "<x:after/>"):
        assert attribute in through


QNAMES = {
    'ns="urn:a" name="e"': "an inherited namespace",
    'xmlns:p="urn:a" name="p:e"': "none, where the element has one",
    'xmlns:p="urn:a" name="p:e" ns="urn:b"': "one that is not the element's",
}


@pytest.mark.parametrize("attributes", QNAMES, ids=QNAMES.get)
@pytest.mark.parametrize("value", ["n", "x:n"])
def test_a_qname_stays_in_its_namespace(attributes: str, value: str) -> None:
    """A value without a prefix has the namespace in force, which need not be that of the element around it."""
    schema = from_xml(f'<element {RNG} {XSD} {attributes}><value type="QName">{value}</value></element>')
    assert expanded(from_compact(write_compact.write_schema(schema))) == expanded(schema)
    assert expanded(from_xml(write_xml.write_schema(schema))) == expanded(schema)
    kept = from_xml(f'<element {RNG} {XSD} {attributes}><value type="QName">{value}</value></element>', ns=compact.INHERIT)
    assert expanded(from_compact(write_compact.write_schema(kept))) == expanded(schema)
    assert expanded(from_xml(write_xml.write_schema(kept))) == expanded(schema)


def expanded(schema: s.Pattern) -> tuple[str, str]:
    """The namespace and local name of the value in an element."""
    assert isinstance(schema, s.Element)
    assert isinstance(schema.content, s.Value)
    value = schema.content
    prefix, _, local = value.value.rpartition(":")
    return (dict(value.namespaces)[prefix] if prefix else value.ns), local
