"""What an ODD decided, as sentences for those whose documents it meets: "removed by letters.odd, line 88".

Comes from: what `choices` has found while the ODD was compiled, kept beside the grammar. It is looked at only where something
is wrong with a document, and needs neither the ODD nor TEI then.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from siglum.schema.relaxng.fault import Fault, Kind
from siglum.schema.relaxng.nameclass import split_name
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.odd.origins import Done

At = tuple[str, int]
"""The name of a file without its folder, and a line; 0 where there is no such line."""
Lost = tuple[str, tuple[str, ...]]
"""Why an attribute that TEI has is missing, as a sentence, and the elements of which that is true."""
XML = "http://www.w3.org/XML/1998/namespace"


@frozen
class Choices:
    """Plain values. Elements are called what documents call them, attributes have `xml:` where they are XML's.

    `namespaces`: those of the customisation's elements, and TEI's. `absent`: elements that TEI has and the customisation has
    not, with their modules. `renamed`: elements by their names in TEI. `content` and `classes`: where these were decided for
    an element; `values`: where for an attribute of an element, and what (`closed`, `values` or `required`).
    """

    namespaces: tuple[str, ...] = ()
    absent: Mapping[str, tuple[Done, At, str]] = field(default_factory=dict)
    renamed: Mapping[str, tuple[str, At]] = field(default_factory=dict)
    lost: Mapping[str, list[Lost]] = field(default_factory=dict)
    content: Mapping[str, list[At]] = field(default_factory=dict)
    classes: Mapping[str, list[At]] = field(default_factory=dict)
    values: Mapping[tuple[str, str, str], list[At]] = field(default_factory=dict)

    def pack(self) -> bytes:
        values: Any = tuple(getattr(self, name) for name in self.__match_args__)
        return marshal.dumps(values)


class Provenance:
    """Answers `relaxng.Schema`: a fault goes in, where it was decided comes out; nothing where that is TEI itself."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    @cached_property
    def _choices(self) -> Choices:
        return Choices(*marshal.loads(self._packed)) if self._packed else Choices()

    def __call__(self, fault: Fault) -> str:
        say = _SENTENCES.get(fault.kind)
        element, parent = self._local_name(fault.element), self._local_name(fault.parent)
        return say(self._choices, fault, element, parent) if say is not None else ""

    def _local_name(self, name: str) -> str:
        """The name of an element of the customisation, or of TEI; empty for others."""
        ns, local = split_name(name)
        return local if ns in self._choices.namespaces else ""


def _explain_element(known: Choices, _fault: Fault, element: str, parent: str) -> str:
    """An element that is not there at all, or not here."""
    if element in known.renamed:
        new, at = known.renamed[element]
        return f"`{element}` is called `{new}` in this customisation: {format_places([at])}"
    if element not in known.absent:
        return _explain_content(known, parent) or _explain_classes(known, element)
    done, at, module = known.absent[element]
    return f"`{element}` is not in this customisation: {_explain_absence(done, at, module)}"


def _explain_absence(done: Done, at: At, module: str) -> str:
    match done:
        case "in a module not taken":
            which = f"it is in the module {module}" if module else "it is in a module"
            return f"{which}, which {at[0]} does not take"
        case "not taken by the moduleRef":
            return f"not taken by the moduleRef of {format_places([at])}"
        case "added" | "changed" | "replaced" | "removed":
            return f"{done} by {format_places([at])}"


def _explain_parent(known: Choices, _fault: Fault, _element: str, parent: str) -> str:
    return _explain_content(known, parent)


def _explain_content_of(known: Choices, _fault: Fault, element: str, _parent: str) -> str:
    return _explain_content(known, element)


def _explain_content(known: Choices, name: str) -> str:
    return f"what `{name}` may contain is said in {format_places(known.content[name])}" if name in known.content else ""


def _explain_classes(known: Choices, name: str) -> str:
    return f"where `{name}` may stand is said in {format_places(known.classes[name])}" if name in known.classes else ""


def _explain_attribute(known: Choices, fault: Fault, element: str, _parent: str) -> str:
    lost = known.lost.get(_attribute_key(fault.attribute), ())
    return next((why for why, elements in lost if element in elements), "")


def _explain_required(known: Choices, fault: Fault, element: str, _parent: str) -> str:
    places = [
        at
        for names in fault.missing
        for each in names
        for at in known.values.get((element, _attribute_key(each), "required"), ())
    ]
    return f"it is required by {format_places(places)}" if places else ""


def _explain_value(known: Choices, fault: Fault, element: str, _parent: str) -> str:
    key = _attribute_key(fault.attribute)
    closed, given = (known.values.get((element, key, what), []) for what in ("closed", "values"))
    if closed:
        return f"the list of values is closed in {format_places(closed)}"
    return f"what @{key} may be is said in {format_places(given)}" if given else ""


def _attribute_key(attribute: str) -> str:
    ns, local = split_name(attribute)
    return f"xml:{local}" if ns == XML else local


def format_places(places: list[At]) -> str:
    """Files, each with its lines."""
    files = dict.fromkeys(name for name, _ in places)
    lines = {name: sorted({line for each, line in places if each == name and line}) for name in files}
    return " and ".join(f"{name}{_format_lines(found)}" for name, found in lines.items())


def _format_lines(lines: list[int]) -> str:
    if not lines:
        return ""
    *most, last = map(str, lines)
    return f", lines {', '.join(most)} and {last}" if most else f", line {last}"


_SENTENCES: dict[Kind, Callable[[Choices, Fault, str, str], str]] = {
    Kind.ELEMENT: _explain_element,
    Kind.TOO_EARLY: _explain_parent,
    Kind.OUT_OF_ORDER: _explain_parent,
    Kind.INCOMPLETE: _explain_content_of,
    Kind.TEXT: _explain_content_of,
    Kind.DATA: _explain_content_of,
    Kind.ATTRIBUTE: _explain_attribute,
    Kind.NO_ATTRIBUTE: _explain_required,
    Kind.VALUE: _explain_value,
}
