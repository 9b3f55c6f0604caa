"""A Schematron schema as text: the parts in the order of the standard, laid out, the words of messages left as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from siglum.schema.odd.schematron.bodies import SCH, Body, copy_element, make_element
from siglum.schema.odd.schematron.gather import SCHEMATRON

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOLDS_ELEMENTS = frozenset(f"{SCH}{name}" for name in ("schema", "pattern", "rule", "phase", "diagnostics", "properties"))
"""Elements of Schematron in which white space means nothing."""


def write_schematron(
    body: Body,
    prefixes: Iterable[tuple[str, str]],
    query_binding: str,
    declarations: Iterable[etree._Element],
    header: str,
) -> str:
    """The schema as an XML document (ISO/IEC 19757-3, 5.4.13)."""
    own = [copy_element(each) for each in declarations if isinstance(each.tag, str) and each.tag != f"{SCH}ns"]
    schema = make_element("schema", {"queryBinding": query_binding})
    parts: list[etree._Element] = [
        *_select_named(own, "title"),
        *body.includes,
        *(make_element("ns", {"prefix": prefix, "uri": uri}) for prefix, uri in prefixes),
        *(each for each in own if each.tag not in {f"{SCH}title", f"{SCH}pattern"}),
        *_remove_duplicates(body.foreign),
        *_remove_duplicates(body.lets),
        *body.phases,
        *_select_named(own, "pattern"),
        *body.patterns,
        *_wrap("diagnostics", body.diagnostics),
        *_wrap("properties", body.properties),
    ]
    for part in parts:
        schema.append(part)
    _lay_out(schema, "\n")
    comment = f"<!-- {header.replace('--', '- -')} -->\n" if header else ""
    text = etree.tostring(_clean_namespaces(schema), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{comment}{text}\n'


def _select_named(parts: list[etree._Element], name: str) -> list[etree._Element]:
    return [each for each in parts if each.tag == f"{SCH}{name}"]


def _remove_duplicates(parts: Iterable[etree._Element]) -> list[etree._Element]:
    """The same key or variable, written in two constraints, is declared once."""
    return list({etree.tostring(each, method="c14n", with_tail=False): each for each in parts}.values())


def _wrap(name: str, parts: tuple[etree._Element, ...]) -> list[etree._Element]:
    return [make_element(name, {}, [child for each in parts for child in list(each)])] if parts else []


def _clean_namespaces(schema: etree._Element) -> etree._Element:
    """Without declarations that repeat what holds already."""
    etree.cleanup_namespaces(schema, keep_ns_prefixes=[prefix for prefix in _list_foreign_prefixes(schema) if prefix])
    return schema


def _list_foreign_prefixes(schema: etree._Element) -> set[str]:
    """The prefixes that elements of other namespaces see: paths in them may rest on these."""
    return {
        prefix
        for each in schema.iter(etree.Element)
        if not str(each.tag).startswith(SCH)
        for prefix, uri in each.nsmap.items()
        if prefix and uri != SCHEMATRON
    }


def _lay_out(parent: etree._Element, indent: str) -> None:
    if parent.tag not in _HOLDS_ELEMENTS or not len(parent):
        return
    parent.text = indent + "  "
    for child in parent:
        _lay_out(child, indent + "  ")
        child.tail = indent + "  "
    parent[-1].tail = indent
