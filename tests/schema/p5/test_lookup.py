"""What a source answers: by hand for a small one, and for all of TEI P5 against the schema that TEI's own tools make."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from siglum.schema import p5
from siglum.schema.p5.describe import Names
from siglum.schema.p5.lookup import Lookup
from siglum.schema.relaxng import syntax as rng
from siglum.schema.relaxng.read_xml import read
from siglum.schema.tagdocs import specs as s
from siglum.text.source import Source
from tests.schema.p5.sources import sources


def member(*keys: str) -> s.Classes:
    return s.Classes(tuple(map(s.MemberOf, keys)))


def values(*idents: str, mode: s.Mode | None = None) -> s.ValList:
    return s.ValList(tuple(map(s.ValItem, idents)), "closed", mode)


SMALL = s.Source(
    "small",
    "",
    ("core", "tei"),
    (
        s.ClassSpec("att.global", "tei", type="atts", attributes=s.AttList((s.AttDef("n"), s.AttDef("rend", usage="rec")))),
        s.ClassSpec(
            "att.typed",
            "tei",
            type="atts",
            classes=member("att.global"),
            attributes=s.AttList((s.AttDef("type", val_list=values("a", "b")), s.AttDef("subtype"))),
        ),
        s.ClassSpec("model.inner", "tei", type="model", classes=member("model.outer")),
        s.ClassSpec("model.outer", "tei", type="model"),
        s.ClassSpec("model.ring", "tei", type="model", classes=member("model.gnir")),  # a circle does no harm
        s.ClassSpec("model.gnir", "tei", type="model", classes=member("model.ring")),
        s.MacroSpec("macro.x", "tei", content=s.Alternate((s.TextNode(), s.ClassRef("model.outer"), s.MacroRef("macro.x")))),
        s.DataSpec("teidata.word", "tei", content=s.DataRef(name="token")),
        s.ElementSpec(
            "p",
            "core",
            classes=member("att.typed", "model.outer", "model.gone", "model.ring"),
            content=s.MacroRef("macro.x"),
            attributes=s.AttList(
                (
                    s.AttDef("rend", mode="delete"),
                    s.AttDef("type", mode="change", usage="req", val_list=replace(values("c"), mode="change")),
                    s.AttDef("subtype", mode="replace", default="x"),
                    s.AttDef("unknown", mode="change"),
                    s.AttList((s.AttDef("own"),), "choice"),
                )
            ),
        ),
        s.ElementSpec("hi", "core", classes=member("model.inner"), content=s.DataRef("teidata.word")),
        s.ElementSpec(
            "list",
            "core",
            content=s.ClassRef("model.outer", except_=("p",)),
            attributes=s.AttList((s.AttRef("att.typed", "type"),)),
        ),
        s.ElementSpec("any", "core", content=s.Sequence((s.AnyElement(), s.ElementRef("gone")))),
    ),
)


@pytest.fixture(scope="module")
def small() -> Lookup:
    return Lookup(SMALL)


def test_attributes_come_from_classes_and_are_changed_by_the_element(small: Lookup) -> None:
    given = {each.attribute.ident: each for each in small.attributes("p")}
    assert {name: each.of for name, each in given.items()} == {
        "type": "att.typed",
        "subtype": "att.typed",
        "n": "att.global",
        "own": "",
    }
    assert given["type"].attribute.usage == "req"
    listed = given["type"].attribute.val_list
    assert listed is not None
    assert [each.ident for each in listed.items] == ["a", "b", "c"]
    assert [name for name, each in given.items() if each.changed] == ["type", "subtype"]


def test_a_reference_takes_a_single_attribute_of_a_class(small: Lookup) -> None:
    assert [(each.attribute.ident, each.of) for each in small.attributes("list")] == [("type", "att.typed")]
    assert set(small.bearers("type")) == {"p", "list"}


@pytest.mark.parametrize(
    ("reference", "names"),
    [
        (s.AttRef("att.typed", "type"), ["type"]),
        (s.AttRef("att.typed", "n"), ["n"]),
        (s.AttRef("att.typed"), ["type", "subtype", "n", "rend"]),
        (s.AttRef("", "att.typed.attribute.subtype"), ["subtype"]),
        (s.AttRef("", "att.global.attributes"), ["n", "rend"]),
        (s.AttRef("att.gone", "type"), []),
        (s.AttRef("", "wibble"), []),
    ],
)
def test_references_of_today_and_of_old(reference: s.AttRef, names: list[str]) -> None:
    extra = s.ElementSpec("x", "core", attributes=s.AttList((reference,)))
    lookup = Lookup(replace(SMALL, specs=(*SMALL.specs, extra)))
    assert [each.attribute.ident for each in lookup.attributes("x")] == names


def test_members_through_classes_even_in_a_circle(small: Lookup) -> None:
    assert [each.ident for each in small.members("model.outer")] == ["model.inner", "p"]
    assert (small.all_members("model.outer"), small.all_members("model.inner")) == (("p", "hi"), ("hi",))
    assert small.all_members("model.ring") == small.all_members("model.gnir") == ("p",)
    assert small.all_members("model.gone") == ()


def test_children_and_parents(small: Lookup) -> None:
    assert (set(small.children("p").elements), small.children("p").text) == ({"p", "hi"}, True)
    assert small.children("list").elements == {"hi"}
    assert (small.children("hi").value, small.children("hi").elements) == (True, frozenset())
    assert (small.children("any").anything, small.children("any").elements) == (True, frozenset())
    assert small.parents("hi") == ("p", "list")


def test_a_name_that_is_not_there_has_no_answers(small: Lookup) -> None:
    assert (small.attributes("x"), small.parents("x"), small.class_attributes("x"), small.bearers("x")) == ((), (), (), {})
    assert small.children("x").elements == frozenset()


@given(sources)
def test_any_source_can_be_asked_and_described(source: s.Source) -> None:
    names = Names(source)
    for name in names.all():
        described = names.describe_name(name)
        assert described is not None
        assert described.as_dict()["name"]


# All of P5 against the schema of TEI's own tools


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, tuple[frozenset[str], set[str], bool]]:
    """For each element what the reference schema lets stand directly in it: elements, attributes, and whether text."""
    data = gzip.decompress((shared / "oracles" / "schemas" / "tei_all.rng.gz").read_bytes())
    grammar = read(Source("tei_all.rng", data), notes=False)
    assert isinstance(grammar, rng.Grammar)
    defined: dict[str, list[rng.Pattern]] = {}
    for each in grammar.components:
        if isinstance(each, rng.Define):
            defined.setdefault(each.name, []).append(each.content)
    elements = [each for found in defined.values() for each in found if isinstance(each, rng.Element)]
    return {each.name.local: inside(each, defined) for each in elements if isinstance(each.name, rng.Name)}


def inside(element: rng.Element, defined: dict[str, list[rng.Pattern]]) -> tuple[frozenset[str], set[str], bool]:
    found = list(walk(element.content, defined, set()))
    kids = frozenset(each.name.local for each in found if isinstance(each, rng.Element) and isinstance(each.name, rng.Name))
    attributes = {
        written(each.name) for each in found if isinstance(each, rng.AttributePattern) and isinstance(each.name, rng.Name)
    }
    return kids, attributes, any(isinstance(each, rng.Text) for each in found)


def written(name: rng.Name) -> str:
    return f"xml:{name.local}" if name.ns.endswith("/namespace") else name.local


def walk(pattern: rng.Pattern, defined: dict[str, list[rng.Pattern]], seen: set[str]) -> Iterator[rng.Pattern]:
    match pattern:
        case rng.Ref(name=name):
            if name not in seen:
                seen.add(name)
                for each in defined.get(name, ()):
                    yield from walk(each, defined, seen)
        case rng.Group() | rng.Choice() | rng.Interleave():
            for each in pattern.patterns:
                yield from walk(each, defined, seen)
        case rng.Optional() | rng.ZeroOrMore() | rng.OneOrMore():
            yield from walk(pattern.content, defined, seen)
        case rng.Mixed():
            yield rng.Text()
            yield from walk(pattern.content, defined, seen)
        case _:
            yield pattern


def test_p5_is_what_the_reference_schema_says(reference: dict[str, tuple[frozenset[str], set[str], bool]]) -> None:
    lookup = Lookup(p5.load_source("4.9.0a"))
    assert len(reference) == 587
    for name, (kids, attributes, text) in reference.items():
        held = lookup.children(name)
        assert (name, held.elements, held.text) == (name, kids, text)
        assert (name, {each.attribute.name for each in lookup.attributes(name)}) == (name, attributes)
