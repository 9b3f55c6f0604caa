"""The automaton over an lxml tree, as it is after XInclude: for documents that are more than one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, FREE_TEXT, Automaton
from siglum.schema.relaxng.fault import Fault, Kind, Where
from siglum.schema.relaxng.run import STORED, Found, Run
from siglum.text.document import Document, Location
from siglum.text.tei import Element

_WHITE = " \t\r\n"
_SIBLINGS = 60
_OF_TEXT = frozenset({Kind.TEXT, Kind.DATA})
_VISIBLE = re.compile(rf"[^{_WHITE}]")


def faults(automaton: Automaton, document: Document, limit: int | None) -> tuple[list[Fault], int]:
    """The faults in a document with their places, and how many there are in all."""
    automaton.tidy()
    walk = _Walk(automaton, STORED if limit is None else limit)
    walk.document(document.root)
    found = [_placed(document, one) for one in walk.run.found]
    return found, walk.run.total


class _Walk:
    """Walks by `iterwalk`'s order with a loop, not by recursion: documents may be deep."""

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
        names = [_name(str(key)) for key in element.attrib]
        values = [str(value) for value in element.attrib.values()]
        tag = _name(str(element.tag))
        if self.needs_context:
            self.run.namespaces = _namespaces(element)
        key = (tag, *names) if names else tag
        child, after = self.run.start(self.state, tag, names, values, key)
        self.run.stack.append(after)
        self.state = child

    def _end(self) -> None:
        if self.needs_context:
            self.run.namespaces = _namespaces(self._here())
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
            self.state = self.run.stray_text(state, data)


def _name(tag: str) -> str:
    return tag[1:] if tag.startswith("{") else tag


def _namespaces(element: Element) -> dict[str, str]:
    declared = {prefix or "": uri for prefix, uri in element.nsmap.items()}
    return {"xml": "http://www.w3.org/XML/1998/namespace", **declared}


def _placed(document: Document, one: Found[Element]) -> Fault:
    element, fault = one.mark, one.fault
    key = fault.attribute if fault.kind is not Kind.NO_ATTRIBUTE else ""
    first = _where(document, one.first, fault.attribute) if one.first is not None else Where()
    if one.what == "start":
        parent = element.getparent()
        before = tuple(reversed(list(_elder(element))))
    else:
        parent = element.getparent()
        before = tuple(_runs(_name(str(each.tag)) for each in element.iterchildren("*")))[-_SIBLINGS:]
    return replace(
        fault,
        where=_place(document, element, fault, key),
        first=first,
        element=fault.element or _name(str(element.tag)),
        parent="" if parent is None else _name(str(parent.tag)),
        before=before,
    )


def _place(document: Document, element: Element, fault: Fault, key: str) -> Where:
    """Where a fault is to be looked for: at an attribute, a text, the end of what is incomplete, or else the start tag."""
    if fault.kind in _OF_TEXT:
        return _where_text(document, element)
    if fault.kind is Kind.INCOMPLETE:
        return _at(document.locate_end(element))
    return _where(document, element, key)


def _where(document: Document, element: Element, attribute: str) -> Where:
    if attribute:
        key = f"{{{attribute}" if "}" in attribute else attribute
        at = document.locate_attribute(element, key)
    else:
        at = document.locate(element)
    return _at(at)


def _where_text(document: Document, element: Element) -> Where:
    """The first character in the element that is no white space; its start tag if there is none."""
    for node, text, tail in ((element, element.text, False), *((each, each.tail, True) for each in element)):
        found = _VISIBLE.search(text or "")
        if found is not None and isinstance(node.tag, str):
            return _at(document.locate_text(node, tail=tail, offset=found.start()))
    return _where(document, element, "")


def _at(location: Location) -> Where:
    return Where(location.path, location.line, location.column)


def _elder(element: Element) -> Iterator[str]:
    names = (_name(str(each.tag)) for each in element.itersiblings("*", preceding=True))
    for count, name in enumerate(_runs(names)):
        if count == _SIBLINGS:
            return
        yield name


def _runs(names: Iterator[str]) -> Iterator[str]:
    """One name for each run of the same name."""
    last = ""
    for name in names:
        if name != last:
            yield name
        last = name
