"""The pages beside this file: specs of an ODD go in, the rules of the Schematron come out, in a short notation.

A page is divided by `##` headings. Each case has specs (```xml), the rules (```rules), where TEI's own tools make others those
too (```reference), and where something is to be said about the ODD the codes and lines of the findings (```findings).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from siglum.schema.odd.compat import Compat
from siglum.schema.odd.schematron import CollectedSchematron, collect_schematron
from siglum.schema.tagdocs.read import read_constraint, read_specs
from siglum.schema.tagdocs.specs import TEI, Merged, Place

PAGES = sorted(Path(__file__).parent.glob("pages/*.md"))
SCH = "{http://purl.oclc.org/dsdl/schematron}"
_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_OPEN = (
    f'<schemaSpec xmlns="{TEI}" xmlns:sch="{SCH[1:-1]}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xmlns:sqf="http://www.schematron-quickfix.com/validator/process" xmlns:own="urn:own" ident="s"'
)


@dataclass(frozen=True)
class Case:
    """A title and its blocks by name."""

    title: str
    blocks: dict[str, str]


def cases() -> list[Case]:
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    return [Case(title, dict(_BLOCK.findall(body))) for page in pages for title, body in _CASE.findall(page)]


def collected(written: str, compat: Compat) -> CollectedSchematron:
    """The Schematron of specs as they stand: nothing is merged. `<schemaSpec ns="…">` may be given, or is added."""
    opened = (
        written.replace("<schemaSpec", _OPEN, 1) if written.startswith("<schemaSpec") else f"{_OPEN}>{written}</schemaSpec>"
    )
    root = etree.fromstring(opened)
    place = Place("a.odd", 1, 1)
    specs = read_specs(root, "a.odd", lambda *_: None)
    own = tuple(read_constraint(each) for each in root.iterchildren(f"{{{TEI}}}constraintSpec"))
    return collect_schematron(Merged("s", ns=root.get("ns", TEI), specs=specs, constraints=own, place=place), compat=compat)


def shown(text: str) -> str:
    """The rules of a schema: each context, and below it each test; before them what else the schema has."""
    lines = []
    for each in etree.fromstring(text.encode()):
        if each.tag == f"{SCH}ns" and each.get("prefix") != "tei":
            lines.append(f"ns {each.get('prefix')} = {each.get('uri')}")
        elif each.tag == f"{SCH}pattern":
            lines += [line for part in each for line in _rule(part)]
        elif each.tag != f"{SCH}ns":
            lines.append(f"{etree.QName(each).localname} {_values(each)}".strip())
    return "\n".join(lines) + "\n" if lines else ""


def _rule(rule: etree._Element) -> list[str]:
    if rule.tag != f"{SCH}rule":
        return [f"{etree.QName(rule).localname} {_values(rule)}".strip()]
    inside = [f"  {etree.QName(part).localname} {_said(part)}" for part in rule.iterchildren(etree.Element)]
    return [rule.get("context") or f"({rule.get('id')})", *inside]


def _values(part: etree._Element) -> str:
    return " ".join(str(value) for value in part.attrib.values())


def _said(part: etree._Element) -> str:
    role = f" [{part.get('role')}]" if part.get("role") else ""
    return " ".join((part.get("test") or _values(part)).split()) + role


def test_there_are_pages() -> None:
    assert PAGES
    assert len(cases()) >= 25
    assert all({"xml", "rules"} <= set(case.blocks) for case in cases())


@pytest.mark.parametrize("case", cases(), ids=[case.title for case in cases()])
def test_the_rules_are_these(case: Case) -> None:
    made = collected(case.blocks["xml"], "guidelines")
    assert shown(made.text) == case.blocks["rules"]
    assert shown(collected(case.blocks["xml"], "reference").text) == case.blocks.get("reference", case.blocks["rules"])
    told = "".join(f"{each.code} in line {each.line}: {each.message}\n" for each in made.findings)
    assert told == case.blocks.get("findings", "")
    assert all(each.help for each in made.findings)


def test_patterns_have_identifiers_of_their_own() -> None:
    rule = '<sch:rule context="tei:p"><sch:assert test="@n">a</sch:assert></sch:rule>'
    spec = f'<constraintSpec ident="c d" scheme="schematron"><constraint>{{}}{rule}</constraint></constraintSpec>'
    two = spec.format("") + spec.format(f'<sch:pattern id="s-p-c_d">{rule}</sch:pattern><sch:pattern>{rule}</sch:pattern>')
    root = etree.fromstring(collected(f'<elementSpec ident="p">{two}</elementSpec>', "guidelines").text.encode())
    names = [each.get("id") for each in root.iter(f"{SCH}pattern")]
    assert len(set(names)) == len(names) == 4
    assert names[0] == "s-p-c_d"


def test_what_constraint_decl_says_comes_first() -> None:
    declared = etree.fromstring(
        f'<d xmlns:sch="{SCH[1:-1]}"><sch:title>Rules</sch:title><sch:ns prefix="o" uri="urn:o"/>'
        '<sch:let name="x" value="1"/><sch:pattern id="own"/></d>'
    )
    merged = Merged("s", declarations=tuple(declared), query_binding="xslt3")
    text = collect_schematron(merged, header="a -- b").text
    assert "<!-- a - - b -->" in text
    root = etree.fromstring(text.encode())
    assert root.get("queryBinding") == "xslt3"
    assert [etree.QName(each).localname for each in root] == ["title", "ns", "let", "pattern"]
