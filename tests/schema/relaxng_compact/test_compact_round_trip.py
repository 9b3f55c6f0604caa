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
    written = write_compact.write(schema)
    again = from_compact(written)
    assert canonical(again) == canonical(schema), written
    assert list(all_notes(again)) == list(all_notes(schema)), written


@slow
@given(schemas)
def test_xml(schema: s.Pattern) -> None:
    written = write_xml.write(schema)
    again = from_xml(written)
    assert again == schema, written
    assert noted_in_xml(again) == noted_in_xml(schema), written


def noted_in_xml(schema: s.Pattern) -> list[tuple[str, s.Notes]]:
    """Without what the XML reader does not keep: notes on names and parameters, and comments before the root."""
    kept = [(kind, notes) for kind, notes in all_notes(schema) if kind not in UNKEPT]
    kind, notes = kept[0]
    commented = [(kind, replace(notes, comments=tuple(map(plain, notes.comments)))) for kind, notes in kept[1:]]
    return [(kind, replace(notes, comments=())), *commented]


UNKEPT = ("Name", "AnyName", "NsName", "NameChoice", "Param")


def plain(comment: str) -> str:
    return " ".join(comment.split())


@slow
@given(schemas)
def test_writing_again_changes_nothing(schema: s.Pattern) -> None:
    written = write_compact.write(schema)
    assert write_compact.write(from_compact(written)) == written
    written = write_xml.write(from_xml(write_xml.write(schema)))
    assert write_xml.write(from_xml(written)) == written


@slow
@given(schemas)
def test_compact_by_way_of_xml(schema: s.Pattern) -> None:
    through = from_xml(write_xml.write(from_compact(write_compact.write(schema))))
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
    assert canonical(from_compact(write_compact.write(kept), ns=ns)) == meant
    assert canonical(from_xml(write_xml.write(kept), ns=ns)) == meant


def test_addresses_are_turned_into_those_of_the_other_syntax() -> None:
    schema = from_compact('include "a.rnc"\nstart = external "b.rnc"')

    def other(address: str) -> str:
        return address.replace(".rnc", ".rng")

    assert 'include "a.rng"\nstart = external "b.rng"' in write_compact.write(schema, href=other)
    assert '<include href="a.rng"/>' in write_xml.write(schema, href=other)


def test_a_base_address_is_worked_in() -> None:
    """The compact syntax has no xml:base."""
    written = '<externalRef xmlns="http://relaxng.org/ns/structure/1.0" xml:base="parts/" href="b.rng"/>'
    assert write_compact.write(from_xml(written)) == 'external "parts/b.rng"\n'


def test_without_notes_the_schema_is_the_same() -> None:
    text = "# c\n## d\n[ a [] ] start = [ b [] ] (element x { empty } | empty >> c []) d [] div { e [] x = empty }"
    bare = from_compact(text, notes=False)
    assert bare == from_compact(text)
    assert all(notes == s.Notes() for _, notes in all_notes(bare))
