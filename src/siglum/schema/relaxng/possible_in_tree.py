"""What may stand at a place of a tree: for editors that hold a document as elements, and for programs that build one.

A place is an element and a number: what may stand in it before the child of this number (its elements counted from 0); or an
element and one of its attributes. What comes later in the document does not matter; what is wrong before it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from siglum.schema.relaxng.automaton import ANY_TEXT, DATA_TEXT, After, Automaton, State
from siglum.schema.relaxng.possible import Possible, of_attributes, of_content, of_value
from siglum.schema.relaxng.run import Run

if TYPE_CHECKING:
    from siglum.text.tei import Element

_XML = "http://www.w3.org/XML/1998/namespace"


def possible_in(automaton: Automaton, element: Element, index: int | None = None) -> Possible:
    """What may stand in an element before its child number `index`; without a number, after all that is in it."""
    children = list(element.iterchildren("*"))
    walk = _Walk(automaton, element)
    walk.to(element)
    walk.through(element, children[index] if index is not None and index < len(children) else None)
    return of_content(automaton, walk.run, walk.state)


def possible_attributes(automaton: Automaton, element: Element) -> Possible:
    """The attributes that an element may have besides those it has."""
    walk = _Walk(automaton, element)
    walk.before(element)
    present = {_name(str(key)) for key in element.attrib}
    return of_attributes(automaton, walk.run, walk.state, _name(str(element.tag)), present)


def possible_values(automaton: Automaton, element: Element, attribute: str) -> Possible:
    """The values that the schema lists for an attribute of an element; `attribute` is a name as lxml has it."""
    walk = _Walk(automaton, element)
    walk.before(element)
    return of_value(automaton, walk.run, walk.state, _name(str(element.tag)), _name(attribute))


class _Walk:
    """From the root down to an element. What elder siblings contain is looked at only where the schema is ambiguous."""

    def __init__(self, automaton: Automaton, element: Element) -> None:
        self.run: Run[Element] = Run(automaton, lambda: element, 0)
        self.state = automaton.start
        self.needs_context = automaton.grammar.needs_context

    def before(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None:
            self.to(parent)
            self.through(parent, element)

    def to(self, element: Element) -> None:
        """Into an element, before all that is in it."""
        way = [*reversed(list(element.iterancestors())), element]
        self._into(way[0])
        for outer, inner in pairwise(way):
            self.through(outer, inner)
            self._into(inner)

    def through(self, element: Element, until: Element | None) -> None:
        """Past what is in an element, as far as a child."""
        self._text(element.text)
        for child in element.iterchildren():
            if child is until:
                return
            if isinstance(child.tag, str):
                self._past(child)
            self._text(child.tail)

    def _past(self, element: Element) -> None:
        inner, after = self._start(element)
        if isinstance(after, State):
            self.state = after
            return
        self.run.stack.append(after)
        self.state = inner
        self.through(element, None)
        self.state = self.run.end(self.state)

    def _into(self, element: Element) -> None:
        self.state, after = self._start(element)
        self.run.stack.append(after)

    def _start(self, element: Element) -> tuple[State, After]:
        names = [_name(str(key)) for key in element.attrib]
        tag = _name(str(element.tag))
        if self.needs_context:
            self.run.namespaces = dict(_prefixes(element))
        return self.run.start(self.state, tag, names, list(map(str, element.attrib.values())), (tag, *names) if names else tag)

    def _text(self, text: str | None) -> None:
        if self.state.mode == DATA_TEXT:
            self.run.text.append(text or "")
        elif self.state.mode == ANY_TEXT and (text or "").strip(" \t\r\n"):
            self.state = self.state.after_text


def _prefixes(element: Element) -> Iterator[tuple[str, str]]:
    yield "xml", _XML
    yield from ((prefix or "", uri) for prefix, uri in element.nsmap.items())


def _name(tag: str) -> str:
    return tag[1:] if tag.startswith("{") else tag
