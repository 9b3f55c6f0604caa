"""The page beside this file: TEI's documentation elements, the nodes they are read as, and what is reported.

`SIGLUM_ACCEPT=1` writes new expectations.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from siglum.schema.relaxng import syntax
from siglum.schema.tagdocs import specs
from siglum.schema.tagdocs.read import Reading, read_any_spec, read_rng_components, read_specs
from siglum.text.diagnostic import Finding

PAGE = Path(__file__).parent / "read.md"
CASE = re.compile(r"## ([^\n]+)\n```xml\n(.*?)\n```\n```nodes\n(.*?)```\n", re.DOTALL)
CASES = CASE.findall(PAGE.read_text(encoding="utf-8"))
HIDDEN = frozenset({"place", "origin", "notes", "namespaces"})
_BARE = frozenset({"ident", "key", "class_"})
SCHEMA = (
    '<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" xmlns:rng="http://relaxng.org/ns/structure/1.0" ns="urn:own" ident="s">'
)


def read(xml: str) -> tuple[tuple[specs.AnySpec, ...], list[Finding]]:
    found: list[Finding] = []
    return read_specs(etree.fromstring(f"{SCHEMA}{xml}</schemaSpec>"), "a.odd", found.append), found


def outline(node: Any, indent: str = "", label: str = "") -> Iterator[str]:
    """A node in a line, and the nodes in it indented below it."""
    words, inner = [], []
    for number, each in enumerate(fields(node)[2 if isinstance(node, syntax.Node) else 1 :]):
        value, default = getattr(node, each.name), each.default
        parts = value if isinstance(value, tuple) else (value,)
        if each.name in HIDDEN or (value == default and default is not MISSING):
            continue
        if parts and all(isinstance(part, specs.Node | syntax.Node) for part in parts):
            inner += [line for part in parts for line in outline(part, indent + "  ", f"{each.name}: ")]
        elif any(hasattr(part, "tag") for part in parts):
            words.append(f"{each.name}={' '.join(f'<{etree.QName(part).localname}>' for part in parts)}")
        elif value not in ((), "") or each.name in {"include", "except_"}:
            words.append(
                str(value) if each.name in _BARE or (not number and each.name != "minimum") else f"{each.name}={value}"
            )
    yield " ".join([indent + label + type(node).__name__, *words])
    yield from inner


@pytest.mark.parametrize(("title", "xml", "expected"), CASES, ids=[title for title, *_ in CASES])
def test_page(title: str, xml: str, expected: str) -> None:
    nodes, found = read(xml)
    lines = [line for node in nodes for line in outline(node)]
    lines += [f"! {each.line} {each.code} {each.message}" for each in found]
    said = "".join(f"{line}\n" for line in lines)
    if os.environ.get("SIGLUM_ACCEPT") and said != expected:
        whole = PAGE.read_text(encoding="utf-8")
        old = f"## {title}\n```xml\n{xml}\n```\n```nodes\n{expected}```\n"
        PAGE.write_text(whole.replace(old, old.replace(f"```nodes\n{expected}", f"```nodes\n{said}")), encoding="utf-8")
        return
    assert said == expected
    assert all(each.help for each in found)


def test_there_are_cases() -> None:
    assert len(CASES) >= 15
    assert len(CASES) == PAGE.read_text(encoding="utf-8").count("\n## ")


def test_a_finding_and_a_node_stand_where_the_caller_says() -> None:
    root = etree.fromstring(f'{SCHEMA}<elementSpec ident="a" mode="x"/></schemaSpec>')
    found: list[Finding] = []
    spec = read_any_spec(root[0], Reading("a.odd", found.append, lambda _: specs.Place("b.odd", 7, 9)))
    assert spec.place == specs.Place("b.odd", 7, 9)
    assert [(each.path, each.line, each.column) for each in found] == [("b.odd", 7, 9)]


def test_patterns_know_the_lines_they_stand_on() -> None:
    (spec,), _ = read(
        '\n\n<elementSpec ident="a"><content>\n<rng:group>\n<rng:ref name="b"/><rng:text/></rng:group></content></elementSpec>'
    )
    assert isinstance(spec, specs.ElementSpec)
    assert isinstance(spec.content, specs.Rng)
    assert isinstance(spec.content.pattern, syntax.Group)
    assert [spec.content.pattern.origin.line, spec.content.pattern.patterns[0].origin.line] == [4, 5]


def test_the_definitions_of_a_module_reference() -> None:
    xml = '<rng:define name="model.x" combine="choice"><rng:ref name="svg"/></rng:define>'
    content = etree.fromstring(f'{SCHEMA}<moduleRef url="x.rng"><content>{xml}</content></moduleRef></schemaSpec>')[0][0]
    assert read_rng_components(content) == (syntax.Define("model.x", syntax.Ref("svg"), "choice"),)
    assert read_rng_components(etree.fromstring(f"{SCHEMA}<content/></schemaSpec>")[0]) == ()


NAMES = st.sampled_from(
    """elementSpec classSpec macroSpec dataSpec content sequence alternate elementRef classRef dataRef anyElement attList attDef
    attRef datatype valList valItem classes memberOf constraintSpec altIdent rng:ref rng:choice rng:data rng:div rng:define
    rng:element egXML p""".split()
)
KEYS = st.sampled_from(
    "ident key mode type usage minOccurs maxOccurs min org class name expand include datatypeLibrary ns".split()
)
VALUES = st.sampled_from(["", " ", "a", "add", "unbounded", "-1", "9" * 5000, "٣", 'q"<&', "urn:x", "model"])


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    """Documentation elements put together without sense."""
    name = draw(NAMES)
    attributes = draw(st.dictionaries(KEYS, VALUES, max_size=3))
    written = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    inner = draw(st.lists(trees(depth + 1), max_size=3)) if depth < 4 else []
    return f"<{name}{written}>{''.join(inner)}</{name}>"


def escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@given(st.lists(trees(), max_size=4).map("".join))
def test_nothing_raises(xml: str) -> None:
    nodes, found = read(xml)
    assert all(node.ident for node in nodes)
    assert {each.code for each in found} <= {"O002", "O003", "O004"}


def test_all_of_p5_is_read_without_a_word_and_in_a_second(shared: Path) -> None:
    root = etree.parse(shared / "tei-p5" / "p5subset.xml").getroot()
    found: list[Finding] = []
    started = time.process_time()
    nodes = read_specs(root, "p5subset.xml", found.append)
    assert time.process_time() - started < 1
    assert found == []
    kinds = [type(each) for each in nodes]
    counted = [kinds.count(kind) for kind in (specs.ElementSpec, specs.ClassSpec, specs.MacroSpec, specs.DataSpec)]
    assert counted == [587, 211, 8, 35]
