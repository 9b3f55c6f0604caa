"""The small file: what is packed is unpacked as it was, damaged files are refused, and the one shipped is what TEI says."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.errors import SchemaError
from siglum.schema import p5
from siglum.schema.p5 import packed, releases
from siglum.schema.relaxng import syntax
from siglum.schema.tagdocs import specs as s
from tests.schema.p5.sources import sources

SHIPPED = Path(releases.__file__).parent


@given(sources)
def test_what_is_packed_is_unpacked_as_it_was(source: s.Source) -> None:
    data = p5.pack(source)
    assert p5.unpack(data) == p5.bare(source)
    assert p5.pack(p5.unpack(data)) == data


@given(sources)
def test_what_comparing_passes_over_is_kept_too(source: s.Source) -> None:
    there_and_back = p5.unpack(p5.pack(source))
    assert passed_over(there_and_back) == passed_over(source)


def passed_over(node: Any) -> list[Any]:
    """Parameters of values and prefixes of RELAX NG, which take no part in comparisons, wherever they are."""
    if isinstance(node, s.ValItem):
        return [node.params]
    if isinstance(node, syntax.Value):
        return [node.namespaces]
    if isinstance(node, tuple):
        return [each for part in node for each in passed_over(part)]
    if not isinstance(node, s.Node | s.Source | syntax.Node):
        return []
    kept = (each.name for each in fields(node) if each.name not in {"constraints", "place", "notes", "origin"})
    return [each for name in kept for each in passed_over(getattr(node, name))]


def test_every_field_of_every_node_is_written() -> None:
    """A field that is added to `specs` has to be added to the table, too."""
    left_out = {"place", "constraints", "models", "bound"}  # names of TEI P5 have no prefixes
    inner = (s.Datatype, s.AttDef, s.AttRef, s.AttList, s.MemberOf, s.Classes, s.ValItem)
    for class_ in {*get_args(s.Content), *get_args(s.AnySpec), *inner}:
        _, listed = packed._WRITE[class_]
        assert {name for name, _ in listed} == {each.name for each in fields(class_)} - left_out, class_.__name__


@given(sources, st.data())
def test_a_damaged_file_is_refused(source: s.Source, data: st.DataObject) -> None:
    whole = p5.pack(source)
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], whole + b"x"]))
    with pytest.raises(SchemaError) as caught:
        p5.unpack(damaged, "4.9.0.p5")
    assert caught.value.where == "4.9.0.p5"
    assert "p5 add" in caught.value.help


@pytest.mark.parametrize(
    "written",
    [
        "[]",
        "{}",
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["wibble"]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["item","a"]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["element"]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["data","a","b",-1]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["data","a","b",0]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["data","a","b",null,null,null,"","",null,"","x"]]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["data","a","b",["rng",{"Origin":[]}]]]}',
        '{"name":"a","version":"","modules":[1],"shared":[],"specs":[]}',
        '{"name":"a","version":"","modules":[],"shared":[],"specs":[["data","a","b",' + '[",",[' * 2000 + "]]" * 2000 + "]]}",
    ],
)
def test_a_file_that_says_something_else_is_refused(written: str) -> None:
    with pytest.raises(SchemaError, match="damaged"):
        p5.unpack(b"siglum p5 1\n" + zlib.compress(written.encode()))


def test_a_file_that_unfolds_without_end_is_refused() -> None:
    bomb = b"siglum p5 1\n" + zlib.compress(b" " * (packed._MOST + 1), 9)
    with pytest.raises(SchemaError):
        p5.unpack(bomb)


@pytest.mark.parametrize("version", releases.SHIPPED)
def test_what_is_shipped_is_made_of_the_release(version: str, shared: Path) -> None:
    """Compared unfolded: another zlib may press the same bytes otherwise."""
    made = p5.pack(p5.distil(shared / "tei-p5" / "p5subset.xml"))
    lying = (SHIPPED / f"{version}.p5").read_bytes()
    assert packed._unfolded(made) == packed._unfolded(lying)
    assert len(lying) < 26_000


def test_the_facts_shipped_keep_what_schemas_are_made_of() -> None:
    source = p5.load_source("4.9.0a")
    named = {(type(each), each.ident): each for each in source.specs}
    assert (source.name, source.version, len(source.modules), len(source.specs)) == ("TEI P5", "4.9.0a", 22, 841)
    assert len(named) == 841
    element = named[s.ElementSpec, "egXML"]
    assert isinstance(element, s.ElementSpec)
    assert element.ns == "http://www.tei-c.org/ns/Examples"
    assert named[s.ElementSpec, "superEntry"].valid_until == "2027-03-07"
    assert all(each.mode is None and each.constraints == () and each.place == s.NOWHERE for each in source.specs)
    choices = [each for spec in source.specs for each in lists(getattr(spec, "attributes", None)) if each.org == "choice"]
    assert len(choices) == 6
    nodes = [each for spec in source.specs for each in everything(spec)]
    assert sum(isinstance(each, s.AnyElement) for each in nodes) == 5
    assert sorted(each.expand or "" for each in nodes if isinstance(each, s.ClassRef) if each.expand) == [
        "sequence",
        *["sequenceOptional"] * 3,
    ]
    modes = [each.mode for each in nodes if isinstance(each, s.AttDef)]
    assert [modes.count(mode) for mode in ("change", "replace", "delete", "add")] == [62, 6, 2, 3]


def lists(node: s.AttList | None) -> list[s.AttList]:
    return [each for each in everything(node) if isinstance(each, s.AttList)] if node else []


def everything(node: s.Node) -> list[s.Node]:
    return [node, *(each for inner in packed._inner(node) for each in everything(inner))]


@pytest.mark.usefixtures("frozen_heap")
def test_loading_is_quick_and_needs_no_lxml() -> None:
    releases.load_source.cache_clear()
    started = time.process_time()
    p5.load_source("4.9.0a")
    assert time.process_time() - started < 0.1
    code = "import sys; from siglum.schema import p5; p5.find_release('tei:current'); sys.exit('lxml.etree' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
