"""The references of one document: its system, the reference of every place, and the place of every reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from siglum.text.document import Document
from siglum.text.element_index import ElementIndex
from siglum.text.references.counted import CountedUnits
from siglum.text.references.patterns import Patterns
from siglum.text.references.states import STATES, States
from siglum.text.references.structures import Structures
from siglum.text.references.unit import BREAKS, Fault, Unit
from siglum.text.references.written import WritingPosition
from siglum.text.tei import DIVISIONS, TEI, XML_ID, Element, attribute, child, name

_NUMBERING = DIVISIONS | {"body"}
"""Elements in which paragraphs are numbered."""
_FRONT = frozenset({"front", "titlePage", "argument"})
_ABOUT_THE_TEXT = frozenset({"apparatus", "commentary", "translation", "bibliography"})
_Made = Structures | Patterns | States


class References:
    """The references of one document, in its default system or in the one with the given @n or xml:id."""

    def __init__(self, document: Document, system: str = "") -> None:
        self._index = index = document.index
        self._systems = _find_systems(index)
        chosen = _choose_system(self._systems, system)
        self.has_system = chosen is not None
        self._made = _read_declaration(chosen, index)
        self.faults: list[Fault] = self._made.faults if self._made is not None else []
        """The parts of the declaration that cannot be used, with reasons."""
        self._declared: dict[Element, Unit] = {}
        for unit in self._made.units if self._made is not None else ():
            if not unit.milestone:
                self._declared.setdefault(unit.element, unit)
        self._counted = CountedUnits(index)

    @property
    def is_declared(self) -> bool:
        """Whether the header declares a system that finds units."""
        return self._made is not None and bool(self._made.units)

    def of(self, element: Element) -> str:
        """The reference of the element or of the smallest unit around it; empty outside all units."""
        if not self.is_declared:
            named = [self._counted.name(ancestor) for ancestor in _iterate_outwards(element) if ancestor in self._counted.kinds]
            return ", ".join(reversed(named))
        for at in _iterate_outwards(element):
            if at in self._declared:
                return self._declared[at].reference
            if at in self._begun:
                return self._begun[at].reference
            if name(at) == "note" and at in self._counted.kinds:
                parent = at.getparent()
                around = self.of(parent) if parent is not None else ""
                return ", ".join(filter(None, (around, self._counted.name(at))))
        named = [self._counted.name(ancestor) for ancestor in _iterate_outwards(element) if ancestor in self._counted.kinds]
        return ", ".join(reversed(named))

    @property
    def names(self) -> list[str]:
        """The names of the systems in the header."""
        return [called for system in self._systems if (called := attribute(system, "n") or attribute(system, XML_ID))]

    # The units, and the way from a reference to its place

    @cached_property
    def units(self) -> list[Unit]:
        """Every unit in text order, with a unique reference: a second “1.2” becomes “1.2[2]”."""
        found = list(self._list_units())
        taken: dict[str, int] = {}
        singled: list[Unit] = []
        for unit in found:
            taken[unit.reference] = taken.get(unit.reference, 0) + 1
            count = taken[unit.reference]
            singled.append(unit if count == 1 else replace(unit, reference=f"{unit.reference}[{count}]"))
        self.doubled = [reference for reference, count in taken.items() if count > 1]
        return singled

    doubled: list[str] = []  # noqa: RUF012 - set with the units
    """References that several places share."""

    @cached_property
    def unit_of(self) -> dict[Element, Unit]:
        """The unit of an element."""
        found: dict[Element, Unit] = {}
        for unit in self.units:
            found.setdefault(unit.element, unit)
        return found

    def around(self, element: Element) -> Unit | None:
        """The smallest unit that is or contains the element."""
        held = (self.unit_of.get(ancestor) or self._begun.get(ancestor) for ancestor in _iterate_outwards(element))
        return next((unit for unit in held if unit is not None), None)

    @cached_property
    def _begun(self) -> dict[Element, Unit]:
        """The declared unit that begins at a milestone before an element, if only milestones declare units."""
        if isinstance(self._made, States):
            return self._made.at
        begins = {unit.element: unit for unit in (self._made.units if self._made is not None else ()) if unit.milestone}
        found: dict[Element, Unit] = {}
        current: Unit | None = None
        for element in self._index.elements if begins and not self._declared else ():
            current = begins.get(element, current)
            if current is not None:
                found[element] = current
        return found

    def find(self, reference: str) -> list[Unit]:
        """Find the places of a reference, also by a pattern whose references cannot be listed."""
        listed = [unit for unit in self.units if unit.reference == reference]
        if listed or not isinstance(self._made, Patterns):
            return listed
        unit, found = self._made.find(reference, self._index.root)
        return [Unit(element, reference, unit, 1, reference) for element in found]

    def _list_units(self) -> Iterator[Unit]:
        if not self.is_declared:
            yield from self._list_counted_units()
            return
        notes = list(self._index.in_texts("note"))
        own = {**self._declared}
        for note in notes:
            if note not in own:
                around = next((own[element] for element in note.iterancestors() if element in own), None)
                number = self._counted.kinds[note][1]
                level = around.level + 1 if around is not None else 1
                own[note] = Unit(note, self.of(note), "note", level, number, around)
        assert self._made is not None
        milestones = [unit for unit in self._made.units if unit.milestone]
        yield from _in_order(self._index, [*own.values(), *milestones])

    def _list_counted_units(self) -> Iterator[Unit]:
        made: dict[Element, Unit] = {}
        for text in self._index.outermost_texts:
            written = WritingPosition(text, self._index)
            for element in self._index.within(text):
                kind = name(element)
                is_break = kind in BREAKS and bool(attribute(element, "n"))
                if not is_break and element not in self._counted.kinds:
                    written.skip(element)
                    continue
                unit, number = (BREAKS[kind], attribute(element, "n")) if is_break else self._counted.kinds[element]
                holder = next(
                    (ancestor for ancestor in element.iterancestors() if ancestor in made and _holds(kind, ancestor)), None
                )
                around = written.around(kind, holder) or (made[holder] if holder is not None else None)
                found = _make_counted_unit(element, unit, number, around, milestone=is_break)
                if is_break:
                    written.start(found, holder)
                else:
                    made[element] = found
                yield found

    # What margins show

    def number(self, element: Element) -> str:
        """The last step of the element's own reference (“7” of “letter.3.7”), for the margin; empty if it has none.

        Without `citeStructure`, the first paragraph of the smallest part of a text (`textpart`, or a division with a @subtype)
        gets the @n of that part, and other divisions count their paragraphs if they have several. Title pages, front matter and
        apparatus have no numbers, nor do paragraphs of speeches, lists and quotations.
        """
        structured = self.is_declared and isinstance(self._made, Structures)
        if structured and element in self._declared:
            return self._declared[element].step
        parent = element.getparent()
        if structured or parent is None or name(parent) not in _NUMBERING or _is_beside_text(parent):
            return ""
        if _is_textpart(parent):
            first = next((child for child in parent if name(child) in {"p", "ab"}), None)
            return attribute(parent, "n") if first is element else ""
        before, after = (next(element.itersiblings(TEI + "p", preceding=way), None) for way in (True, False))
        if name(element) != "p" or (before is None and after is None):
            return ""
        return self._counted.kinds[element][1] if element in self._counted.kinds else ""

    def label(self, division: Element) -> str:
        """The label of a division without a heading, from @type and @n: “letter 1”; empty if the margin shows it."""
        number = attribute(division, "n")
        told = attribute(division, "type") or attribute(division, "subtype")
        shown = {"head", "p", "ab"} if _is_textpart(division) else {"head"}
        has_own = any(name(child) in shown for child in division)
        if not number or not told or number.startswith("urn:") or has_own or _is_beside_text(division):
            return ""
        return self._counted.name(division) if division in self._counted.kinds else ""


def _iterate_outwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _make_counted_unit(element: Element, unit: str, number: str, around: Unit | None, *, milestone: bool) -> Unit:
    own = f"{unit} {number}".strip()
    reference = f"{around.reference}, {own}" if around is not None else own
    return Unit(element, reference, unit, around.level + 1 if around is not None else 1, number, around, milestone)


def _holds(kind: str, around: Element) -> bool:
    """Whether a unit of this kind is counted in an element: pages through the whole text, lines through a division."""
    if kind in {"pb", "gb"}:
        return name(around) == "text"
    return kind not in {"lb", "cb"} or name(around) in {*DIVISIONS, "text", "note"}


def _in_order(index: ElementIndex, units: Iterable[Unit]) -> list[Unit]:
    """Sort the units in text order, outer ones first."""
    by_element: dict[Element, list[Unit]] = {}
    for unit in units:
        by_element.setdefault(unit.element, []).append(unit)
    return [unit for element in sorted(by_element, key=index.order.__getitem__) for unit in by_element[element]]


def _find_systems(index: ElementIndex) -> list[Element]:
    """Find the declarations that declare a system."""
    wanted = ("citeStructure", "cRefPattern", *STATES)
    return [element for element in index.named("refsDecl") if any(child(element, name_) is not None for name_ in wanted)]


def _choose_system(systems: list[Element], asked: str) -> Element | None:
    """Choose the requested system, or the default, or the first with `citeStructure`, patterns or states."""
    if asked:
        return next((system for system in systems if asked in {attribute(system, "n"), attribute(system, XML_ID)}), None)
    default = next((system for system in systems if attribute(system, "default") == "true"), None)
    ranked = [system for kind in ("citeStructure", "cRefPattern") for system in systems if child(system, kind) is not None]
    return default if default is not None else next(iter([*ranked, *systems]), None)


def _read_declaration(declaration: Element | None, index: ElementIndex) -> _Made | None:
    if declaration is None:
        return None
    if child(declaration, "citeStructure") is not None:
        return Structures(declaration, index)
    return Patterns(declaration, index.root) if child(declaration, "cRefPattern") is not None else States(declaration, index)


def find_faults(declaration: Element, index: ElementIndex) -> list[Fault]:
    """Find the parts of a `refsDecl` that cannot be used. A declaration in prose has none."""
    made = _read_declaration(declaration, index) if declaration in _find_systems(index) else None
    return made.faults if made is not None else []


def _is_textpart(division: Element) -> bool:
    """Whether the division is a traditional numbered part of a text."""
    number = attribute(division, "n")
    is_part = attribute(division, "type") == "textpart" or bool(attribute(division, "subtype"))
    return name(division) in DIVISIONS and is_part and bool(number) and not number.startswith("urn:")


def _is_beside_text(division: Element) -> bool:
    """Whether the division is front matter or is about the text."""
    around = (division, *division.iterancestors())
    return any(name(element) in _FRONT or attribute(element, "type") in _ABOUT_THE_TEXT for element in around)
