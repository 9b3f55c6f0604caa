"""What holds for any customisation: contexts name exactly those that have what the constraint is about, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import elementpath
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from siglum.schema.odd.schematron import collect_schematron
from siglum.schema.tagdocs.read import read_constraint, read_specs
from siglum.schema.tagdocs.specs import (
    TEI,
    AttDef,
    AttList,
    Classes,
    ClassSpec,
    ElementSpec,
    MemberOf,
    Merged,
    Place,
    ValItem,
    ValList,
)
from tests.schema.odd.schematron.evaluate import SCH, failures

_SPEC = f"""<constraintSpec xmlns="{TEI}" xmlns:sch="{SCH[1:-1]}" ident="c" scheme="schematron"><constraint>
  <sch:report test="true()">here</sch:report></constraint></constraintSpec>"""
_CLASSES = ["att.a", "att.b", "att.c"]
_ELEMENTS = ["p", "q", "s", "seg", "div"]
_MEMBERSHIPS = st.lists(st.sampled_from(_CLASSES), max_size=2)


def _memberships(keys: list[str]) -> Classes:
    return Classes(tuple(MemberOf(key) for key in keys))


def _constrained() -> AttDef:
    return AttDef("n", constraints=(read_constraint(etree.fromstring(_SPEC)),))


@given(
    st.fixed_dictionaries(dict.fromkeys(_CLASSES, _MEMBERSHIPS)),
    st.fixed_dictionaries({name: st.tuples(_MEMBERSHIPS, st.sampled_from([None, "delete", "replace"])) for name in _ELEMENTS}),
)
def test_an_attribute_of_a_class_is_looked_for_where_it_is(
    classes: dict[str, list[str]], elements: dict[str, tuple[list[str], str | None]]
) -> None:
    specs = [
        ClassSpec(
            name, type="atts", classes=_memberships(above), attributes=AttList((_constrained(),) if name == "att.a" else ())
        )
        for name, above in classes.items()
    ]
    for name, (above, mode) in elements.items():
        own = AttList((AttDef("n", mode=mode),)) if mode else None  # type: ignore[arg-type]
        specs.append(ElementSpec(name, classes=_memberships(above), attributes=own))  # type: ignore[arg-type]
    text = collect_schematron(Merged("s", specs=tuple(specs))).text
    document = "".join(f'<{name} n="1"/>\n' for name in elements)
    lines = {line for _, line in failures(text, f'<TEI xmlns="{TEI}">\n{document}</TEI>'.encode())}
    found = {name for number, name in enumerate(elements, 2) if number in lines}
    assert found == {name for name, (above, mode) in elements.items() if mode is None and "att.a" in _above(above, classes)}


def _above(keys: list[str], classes: dict[str, list[str]]) -> set[str]:
    known: set[str] = set()
    todo = list(keys)
    while todo:
        key = todo.pop()
        if key not in known:
            known.add(key)
            todo += classes[key]
    return known


_VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x17F, exclude_characters="<&"), min_size=1, max_size=6)


@given(_VALUES, st.booleans())
def test_a_deprecated_value_is_met_whatever_is_in_it(value: str, other: bool) -> None:
    item = ValItem(value, valid_until="2030-01-01")
    spec = ElementSpec("p", attributes=AttList((AttDef("n", val_list=ValList((item,), "closed")),)))
    text = collect_schematron(Merged("s", specs=(spec,), place=Place("a.odd", 1, 1))).text
    element = etree.Element(f"{{{TEI}}}p", n=value + "x" if other else value)
    assert bool(failures(text, etree.tostring(element))) is not other


def test_parameters_of_a_behaviour() -> None:
    item = ValItem("cell", params=("content", "it's"))
    spec = ElementSpec("model", attributes=AttList((AttDef("behaviour", val_list=ValList((item, ValItem("omit")), "semi")),)))
    text = collect_schematron(Merged("s", specs=(spec,))).text
    document = f"""<TEI xmlns="{TEI}"><model behaviour="cell"><param name="content"/><param name="it's"/>
      <param name="wrong"/></model><model behaviour="omit"><param name="any"/></model></TEI>"""
    assert [line for _, line in failures(text, document.encode())] == [2]


def test_no_assertion_of_tei_is_lost(shared: Path) -> None:
    """Every test of every constraint in English stands in the schema of all of TEI, once, with the words of its message."""
    path = shared / "tei-p5" / "p5subset.xml"
    root = etree.parse(path).getroot()
    specs = read_specs(root, path.name, lambda *_: None)
    made = collect_schematron(Merged("tei_all", specs=specs, place=specs[0].place), compat="reference")
    expected = sorted(
        _said(each)
        for spec in root.iter(f"{{{TEI}}}constraintSpec")
        if spec.get("{http://www.w3.org/XML/1998/namespace}lang", "en") == "en"
        for each in spec.iter(f"{SCH}assert", f"{SCH}report")
        if next(each.iterancestors("{http://www.tei-c.org/ns/Examples}egXML"), None) is None
    )
    schema = etree.fromstring(made.text.encode())
    written = [each for each in schema.iter(f"{SCH}pattern") if not each.get("id", "").rstrip("-0123456789").endswith(_MADE)]
    found = sorted(_said(each) for pattern in written for each in pattern.iter(f"{SCH}assert", f"{SCH}report"))
    assert len(expected) > 90
    assert found == expected


_MADE = ("-validUntil", "-paramList", "-anyElement")
"""How patterns are called that nobody wrote."""


def _said(each: etree._Element) -> str:
    return f"{each.get('test')} {etree.tostring(each, method='text', encoding='unicode', with_tail=False)}"


def test_the_schema_of_all_of_tei_can_be_used(shared: Path) -> None:
    """All paths are XPath 2.0 with declared prefixes; XSLT's own functions are the processor's."""
    path = shared / "tei-p5" / "p5subset.xml"
    specs = read_specs(etree.parse(path).getroot(), path.name, lambda *_: None)
    made = collect_schematron(Merged("tei_all", specs=specs, place=specs[0].place))
    assert not [each for each in made.findings if each.code != "O306"]
    schema = etree.fromstring(made.text.encode())
    spaces = {each.get("prefix", ""): each.get("uri", "") for each in schema.iter(f"{SCH}ns")}
    paths = [value for each in schema.iter(f"{SCH}*") for key in ("context", "test", "value") if (value := each.get(key))]
    assert len(paths) > 150
    for each in paths:
        if "current()" not in each and "generate-id" not in each:
            elementpath.XPath2Parser(namespaces=spaces | {"xml": "http://www.w3.org/XML/1998/namespace"}).parse(each)


def test_the_same_specs_give_the_same_bytes(shared: Path) -> None:
    path = shared / "tei-p5" / "p5subset.xml"
    specs = read_specs(etree.parse(path).getroot(), path.name, lambda *_: None)
    once, again = (collect_schematron(Merged("tei_all", specs=specs, place=specs[0].place), header="Made") for _ in range(2))
    assert once == again
    assert once.text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made -->\n<schema ')
