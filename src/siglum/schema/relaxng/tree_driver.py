"""Run the automaton over an lxml tree after XInclude, for documents of more than one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, FREE_TEXT, Automaton
from siglum.schema.relaxng.fault import Fault, Kind
from siglum.schema.relaxng.run import STORED, PendingFault, Run
from siglum.text.document import Document
from siglum.text.positions import Position
from siglum.text.tei import Element

_WHITE = " \t\r\n"
_SIBLINGS = 60
_OF_TEXT = frozenset({Kind.TEXT, Kind.DATA})
_VISIBLE = re.compile(rf"[^{_WHITE}]")


def find_faults(automaton: Automaton, document: Document, limit: int | None) -> tuple[list[Fault], int]:
    """Return the faults of a document with their places, and their total number."""
    automaton.limit_size()
    walk = _Walk(automaton, STORED if limit is None else limit)
    walk.document(document.root)
    found = [_place_fault(document, one) for one in walk.run.found]
    return found, walk.run.total


class _Walk:
    """Walks the tree with a loop instead of recursion, because documents may be deep."""

    def __init__(self, automaton: Automaton, limit: int) -> None:
        self.state = automaton.start
        self.at: Element | None = None
        self.run: Run[Element] = Run(automaton, self._here, limit)
        self.needs_context = automaton.grammar.needs_context
        self.text: list[str] = []

    def _here(self) -> Element:
        assert self.at is not None
        return self.at

    def document(self, root: Element) -> None:
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._text_ends()
                self._start(node)
                self.text.append(node.text or "")
            elif event == "end":
                self.at = node
                self._text_ends()
                self._end()
                self.text.append("" if node is root else node.tail or "")
            elif self.run.stack:
                self.text.append(node.tail or "")
        self.run.close()

    def _start(self, element: Element) -> None:
        self.at = element
        names = [to_full_name(str(key)) for key in element.attrib]
        values = [str(value) for value in element.attrib.values()]
        tag = to_full_name(str(element.tag))
        if self.needs_context:
            self.run.namespaces = _collect_namespaces(element)
        key = (tag, *names) if names else tag
        child, after = self.run.start(self.state, tag, names, values, key)
        self.run.stack.append(after)
        self.state = child

    def _end(self) -> None:
        if self.needs_context:
            self.run.namespaces = _collect_namespaces(self._here())
        self.state = self.run.end(self.state)
        parent = self._here().getparent()
        self.at = parent if parent is not None else self.at

    def _text_ends(self) -> None:
        data = "".join(self.text)
        self.text.clear()
        state = self.state
        if state.mode == DATA_TEXT:
            self.run.text.append(data)
        elif not data.strip(_WHITE) or state.mode == FREE_TEXT:
            return
        elif state.mode == ANY_TEXT:
            self.state = state.after_text
        elif self.at is not None:
            self.state = self.run.report_text(state, data)


def to_full_name(tag: str) -> str:
    return tag[1:] if tag.startswith("{") else tag


def _collect_namespaces(element: Element) -> dict[str, str]:
    declared = {prefix or "": uri for prefix, uri in element.nsmap.items()}
    return {"xml": "http://www.w3.org/XML/1998/namespace", **declared}


def _place_fault(document: Document, one: PendingFault[Element]) -> Fault:
    element, fault = one.mark, one.fault
    key = fault.attribute if fault.kind is not Kind.NO_ATTRIBUTE else ""
    first = _locate_attribute(document, one.first, fault.attribute) if one.first is not None else Position()
    if one.what == "start":
        parent = element.getparent()
        before = tuple(reversed(list(_iter_elder_names(element))))
    else:
        parent = element.getparent()
        before = tuple(_collapse_runs(to_full_name(str(child.tag)) for child in element.iterchildren("*")))[-_SIBLINGS:]
    return replace(
        fault,
        where=_locate_fault(document, element, fault, key),
        first=first,
        element=fault.element or to_full_name(str(element.tag)),
        parent="" if parent is None else to_full_name(str(parent.tag)),
        before=before,
    )


def _locate_fault(document: Document, element: Element, fault: Fault, key: str) -> Position:
    """Locate a fault: at an attribute, a text, the end of an incomplete element, or else the start tag."""
    if fault.kind in _OF_TEXT:
        return _locate_text(document, element)
    if fault.kind is Kind.INCOMPLETE:
        return document.locate_end(element)
    return _locate_attribute(document, element, key)


def _locate_attribute(document: Document, element: Element, attribute: str) -> Position:
    if not attribute:
        return document.locate(element)
    return document.locate_attribute(element, f"{{{attribute}" if "}" in attribute else attribute)


def _locate_text(document: Document, element: Element) -> Position:
    """Locate the first character in the element that is not white space, or its start tag if there is none."""
    for node, text, tail in ((element, element.text, False), *((child, child.tail, True) for child in element)):
        found = _VISIBLE.search(text or "")
        if found is not None and isinstance(node.tag, str):
            return document.locate_text(node, tail=tail, offset=found.start())
    return _locate_attribute(document, element, "")


def _iter_elder_names(element: Element) -> Iterator[str]:
    names = (to_full_name(str(sibling.tag)) for sibling in element.itersiblings("*", preceding=True))
    for count, name in enumerate(_collapse_runs(names)):
        if count == _SIBLINGS:
            return
        yield name


def _collapse_runs(names: Iterator[str]) -> Iterator[str]:
    """Yield one name for each run of equal names."""
    last = ""
    for name in names:
        if name != last:
            yield name
        last = name
