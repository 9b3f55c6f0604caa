"""List what is allowed at a place of a tree, for editors that hold a document as elements and for programs that build one.

A place is an element and the number of a child (from 0, elements only), or an element and one of its attributes. What follows
in the document does not matter; faults before the place are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, After, Automaton, State
from siglum.schema.relaxng.possible import Possible, find_in_content, find_in_start_tag, find_in_value
from siglum.schema.relaxng.run import Run

if TYPE_CHECKING:
    from siglum.text.tei import Element

_XML = "http://www.w3.org/XML/1998/namespace"


def find_in_element(automaton: Automaton, element: Element, index: int | None = None) -> Possible:
    """Return what is allowed in an element before its child number `index`, or at its end without a number."""
    children = list(element.iterchildren("*"))
    walk = _Walk(automaton, element)
    walk.enter(element)
    walk.go_through(element, children[index] if index is not None and index < len(children) else None)
    return find_in_content(automaton, walk.run, walk.state)


def find_attributes(automaton: Automaton, element: Element) -> Possible:
    """Return the further attributes that an element may have."""
    walk = _Walk(automaton, element)
    walk.go_before(element)
    present = {_name(str(key)) for key in element.attrib}
    return find_in_start_tag(automaton, walk.run, walk.state, _name(str(element.tag)), present)


def find_values(automaton: Automaton, element: Element, attribute: str) -> Possible:
    """Return the values that the schema lists for an attribute of an element; `attribute` is a name as in lxml."""
    walk = _Walk(automaton, element)
    walk.go_before(element)
    return find_in_value(automaton, walk.run, walk.state, _name(str(element.tag)), _name(attribute))


class _Walk:
    """Walks from the root down to an element. It enters elder siblings only if the schema is ambiguous."""

    def __init__(self, automaton: Automaton, element: Element) -> None:
        self.run: Run[Element] = Run(automaton, lambda: element, 0)
        self.state = automaton.start
        self.needs_context = automaton.grammar.needs_context

    def go_before(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None:
            self.enter(parent)
            self.go_through(parent, element)

    def enter(self, element: Element) -> None:
        """Enter an element, before its content."""
        way = [*reversed(list(element.iterancestors())), element]
        self._into(way[0])
        for outer, inner in pairwise(way):
            self.go_through(outer, inner)
            self._into(inner)

    def go_through(self, element: Element, until: Element | None) -> None:
        """Walk through the content of an element, up to a child."""
        self._text(element.text)
        for child in element.iterchildren():
            if child is until:
                return
            if isinstance(child.tag, str):
                self._pass_by(child)
            self._text(child.tail)

    def _pass_by(self, element: Element) -> None:
        inner, after = self._start(element)
        if isinstance(after, State):
            self.state = after
            return
        self.run.stack.append(after)
        self.state = inner
        self.go_through(element, None)
        self.state = self.run.end(self.state)

    def _into(self, element: Element) -> None:
        self.state, after = self._start(element)
        self.run.stack.append(after)

    def _start(self, element: Element) -> tuple[State, After]:
        names = [_name(str(key)) for key in element.attrib]
        tag = _name(str(element.tag))
        if self.needs_context:
            self.run.namespaces = dict(_iter_prefixes(element))
        return self.run.start(self.state, tag, names, list(map(str, element.attrib.values())), (tag, *names) if names else tag)

    def _text(self, text: str | None) -> None:
        if self.state.mode == DATA_TEXT:
            self.run.text.append(text or "")
        elif self.state.mode == ANY_TEXT and (text or "").strip(" \t\r\n"):
            self.state = self.state.after_text


def _iter_prefixes(element: Element) -> Iterator[tuple[str, str]]:
    yield "xml", _XML
    yield from ((prefix or "", uri) for prefix, uri in element.nsmap.items())


def _name(tag: str) -> str:
    return tag[1:] if tag.startswith("{") else tag
