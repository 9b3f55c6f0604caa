"""The ODDs of the reference set: the elements of the schemas that TEI's own tools made of them, and the attributes of each."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from lxml import etree

from siglum.schema.odd.assemble import assemble
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.gather import list_attributes
from siglum.schema.odd.merge.inherit import ClassAttributes, memberships
from siglum.schema.odd.reach import find_unreachable
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

RNG = "{http://relaxng.org/ns/structure/1.0}"
ODDS = ("tei_bare", "tei_drama", "tei_lite", "tei_minimal", "test-pure", "test-pure2", "testClass")
Attributes = dict[str, frozenset[str]]


def in_schema(path: Path) -> Attributes:
    """The attributes of each element in a grammar, through all that its content refers to."""
    root = etree.fromstring(gzip.decompress(path.read_bytes()))
    defines = {each.get("name", ""): each for each in root.iter(f"{RNG}define")}
    found = {}
    for element in root.iterfind(f".//{RNG}element[@name]"):  # what has no name stands for any element
        names: set[str] = set()
        waiting, seen = list(element), set[str]()
        while waiting:
            at = waiting.pop()
            if at.tag == f"{RNG}attribute":
                names.add(at.get("name", ""))
            elif at.tag == f"{RNG}ref" and at.get("name", "") not in seen:
                seen.add(at.get("name", ""))
                waiting += defines[at.get("name", "")]
            elif at.tag != f"{RNG}element":
                waiting += at
        found[element.get("name", "")] = frozenset(names)
    return found


def in_merged(merged: s.Merged) -> Attributes:
    """The same of specs put together, by what the contract of `assemble` says of an element's list."""
    giving = ClassAttributes({each.ident: each for each in merged.specs if isinstance(each, s.ClassSpec)}, Report("guidelines"))
    found = {}
    for spec in merged.specs:
        if isinstance(spec, s.ElementSpec):
            names = {each.name for class_ in memberships(spec) for _, each in giving.by(class_)}
            own = list(list_attributes(spec.attributes))
            names |= {each.name for each in own}
            found[spec.name] = frozenset(names - {each.name for each in own if each.mode == "delete"})
    return found


@pytest.mark.parametrize("compat", ["guidelines", "reference"])
@pytest.mark.parametrize("name", ODDS)
def test_elements_and_attributes_are_those_of_the_reference(shared: Path, name: str, compat: Compat) -> None:
    folder = shared / "oracles" / "odd" / name
    assembled = assemble(folder / f"{name}.odd", compat=compat)
    assert not [each for each in assembled.findings if each.severity == "error"]
    lost = " ".join(each.message for each in find_unreachable(assembled.merged))
    ours = {
        name: names for name, names in in_merged(assembled.merged).items() if f"`{name}`" not in lost.partition("contain")[2]
    }
    theirs = in_schema(folder / f"{name}.rng.gz")
    assert ours.keys() == theirs.keys()
    assert {each: ours[each] ^ theirs[each] for each in ours if ours[each] != theirs[each]} == {}


def test_all_of_the_set_is_tried(shared: Path) -> None:
    assert {each.parent.name for each in (shared / "oracles" / "odd").glob("*/*.rng.gz")} == set(ODDS)
