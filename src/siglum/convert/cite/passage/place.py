"""Find the passages that a query means: a reference, an id, a range, or words of the text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from siglum.convert.cite.passage import reference_query as typed
from siglum.convert.cite.passage.ends import MilestoneEnds
from siglum.convert.text_index import TextIndex, index_text
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.references import References, Unit
from siglum.text.spelling import suggest
from siglum.text.tei import DIVISIONS, Element, name

_URN = re.compile(r"urn:cts:[^:]+:[^:]+:")
_MARKS = "“”\"„«»‘’'‚‹› "
_OPENING = frozenset('“"„«‘‚‹')
_DASHES = re.compile(r"\s*[-–—]\s*")
_CONTEXT = 5
_NEAREST = 5


class NoPassage(LookupError):  # noqa: N818 - it says something of the text, not of us
    """No passage fits the query. `near` holds the most similar references and ids."""

    def __init__(self, wanted: str, near: list[str]) -> None:
        super().__init__(wanted, near)
        self.wanted = wanted
        self.near = near

    def __str__(self) -> str:
        near = f"near it are: {'; '.join(self.near)}" if self.near else "nothing in the text has a reference"
        are_words = " " in self.wanted and not any(map(str.isdigit, self.wanted))
        words = ", and the text does not have these words" if are_words else ""
        return f"there is no passage “{self.wanted}”{words}; {near}"


@frozen
class Passage:
    """A stretch of text from before `first` to after `last`, or to before `stop` if a milestone ends it.

    `units` holds the unit, or the first and last unit of a range; it is empty for an element outside all units. `inside`: the
    passage is only a part of its unit (an id, words). `words` are the words that were found, in their context.
    """

    reference: str
    first: Element
    last: Element
    stop: Element | None = None
    units: tuple[Unit, ...] = ()
    inside: bool = False
    words: str = ""

    @property
    def is_element(self) -> bool:
        """Whether the passage is one whole element."""
        return self.first is self.last and self.stop is None


class PassageFinder:
    """Finds passages in one edition."""

    def __init__(self, edition: Edition, references: References) -> None:
        self.edition = edition
        self.references = references

    def find(self, wanted: str) -> list[Passage]:
        """Find the passages that a query means; several if its words occur more than once. Raises NoPassage."""
        wanted = _URN.sub("", wanted.strip(), count=1)
        if wanted.startswith("#"):
            found = self._find_by_id(wanted)
        elif wanted[:1] in _OPENING:
            found = self._find_words(wanted.strip(_MARKS))
        else:
            found = (
                self._find_exact(wanted)
                or self._find_range(wanted)
                or self._find_by_reference(wanted)
                or self._find_words(wanted)
            )
        if not found:
            raise NoPassage(wanted.strip(_MARKS), self._suggest(wanted))
        return found

    def make_passage(self, unit: Unit) -> Passage:
        """Make the passage of a unit."""
        if not unit.milestone:
            return Passage(unit.reference, unit.element, unit.element, units=(unit,))
        last, stop = self._find_end(unit)
        return Passage(unit.reference, unit.element, last, stop, (unit,))

    def _find_by_id(self, pointer: str) -> list[Passage]:
        element = self.edition.identifiers.get(pointer)
        if element is None:
            return []
        own = self.references.unit_of.get(element)
        if own is not None:
            return [self.make_passage(own)]
        around = self.references.around(element)
        units = (around,) if around is not None else ()
        return [Passage(around.reference if around is not None else pointer, element, element, units=units, inside=True)]

    def _find_exact(self, wanted: str) -> list[Passage]:
        """Find the passage with exactly this reference; all places if a pattern finds them."""
        found = self.references.find(wanted)
        return [self.make_passage(element) for element in found[: 1 if found[0] in self._order else None]] if found else []

    def _find_by_reference(self, wanted: str) -> list[Passage]:
        """Find a reference as the header declares it, or as scholars write it."""
        exact = self._find_exact(wanted)
        if exact:
            return exact
        steps = typed.parse_steps(wanted, self._kinds)
        found = typed.select_units(steps, self.references.units) if steps else []
        return [self.make_passage(element) for element in found]

    def _find_range(self, wanted: str) -> list[Passage]:
        """Find a range: two references with a dash. The second may leave out what it shares with the first."""
        for dash in _DASHES.finditer(wanted):
            left, right = wanted[: dash.start()], wanted[dash.end() :]
            begin = self._find_by_reference(left) if left and right else []
            if len(begin) != 1:
                continue
            for shared in _list_prefixes(left):
                end = self._find_by_reference(shared + right)
                if len(end) == 1 and end[0].units[0].level == begin[0].units[0].level:
                    return [self.make_range(begin[0], end[0])]
        return []

    def make_range(self, begin: Passage, end: Passage) -> Passage:
        """Make the passage from one passage to another; reversed queries are turned round."""
        if self._order[end.units[0]] < self._order[begin.units[0]]:
            begin, end = end, begin
        if begin.first is end.first:
            return begin
        return Passage(_format_range(begin, end), begin.first, end.last, end.stop, (begin.units[0], end.units[-1]))

    def _find_end(self, unit: Unit) -> tuple[Element, Element | None]:
        """Find the end of a milestone's passage: the next such milestone, or the end of the element around it."""
        around = next((step for step in unit.steps[-2::-1] if not step.milestone), None)
        holder = around.element if around is not None else _find_section(unit.element)
        ends = self._ends.find_end(unit)
        inside = ends is not None and (holder is ends or holder in set(ends.iterancestors()))
        return holder, ends if inside else None

    @cached_property
    def _ends(self) -> MilestoneEnds:
        return MilestoneEnds(self.references.units, self.edition.document.root)

    # TextIndex

    def _find_words(self, wanted: str) -> list[Passage]:
        """Find the passages that contain the words, each once."""
        found: dict[tuple[Element, Element, Element | None], Passage] = {}
        for start, end in self.words.find(wanted):
            passage = self._make_passage_around(start, end)
            found.setdefault((passage.first, passage.last, passage.stop), passage)
        return list(found.values())

    def _make_passage_around(self, start: int, end: int) -> Passage:
        """Make the passage of the units that contain the words."""
        words = self.words
        begin, finish = words.holder(start), words.holder(max(end - 1, start))
        first, last = self._find_unit_at(start, begin), self._find_unit_at(max(end - 1, start), finish)
        shown = words.shown(start, end, _CONTEXT)
        if first is None or last is None:
            return Passage("", begin, finish, words=shown, inside=True)
        found = self.make_passage(first)
        if last is not first:
            found = self.make_range(found, self.make_passage(last))
        return replace(found, words=shown)

    def _find_unit_at(self, at: int, holder: Element) -> Unit | None:
        """Find the smallest unit at an offset. Where declared units begin at milestones, it is such a unit."""
        around = self.references.around(holder)
        starts, units = self._milestones
        near = bisect.bisect_right(starts, at) - 1
        if near < 0 or not self.references.is_declared or (around is not None and around.unit == "note"):
            return around
        fits = around is None or around.milestone or around in units[near].steps
        return units[near] if fits else around

    @cached_property
    def _milestones(self) -> tuple[list[int], list[Unit]]:
        """The offsets at which milestone units begin, and these units."""
        places = ((self.words.place(unit.element), unit) for unit in self.references.units if unit.milestone)
        found = sorted(((at, place) for at, place in places if at is not None), key=lambda pair: pair[0])
        return [at for at, _ in found], [word for _, word in found]

    @cached_property
    def words(self) -> TextIndex:
        return index_text(self.edition)

    @cached_property
    def _order(self) -> dict[Unit, int]:
        return {unit: at for at, unit in enumerate(self.references.units)}

    @cached_property
    def _kinds(self) -> list[str]:
        return sorted({unit.unit for unit in self.references.units})

    def _suggest(self, wanted: str) -> list[str]:
        """Suggest the most similar references, or ids for a query with #."""
        if wanted.startswith("#"):
            ids = list(self.edition.identifiers)
            return [f"#{identifier}" for identifier in suggest(wanted[1:], ids, most=_NEAREST) or ids[:_NEAREST]]
        steps = self._parse_missing(wanted)
        if any(step.unit for step in steps) or (len(steps) > 1 and all(step.number.isdigit() for step in steps)):
            near = [unit.reference for unit in typed.find_nearest(steps, self.references.units, _NEAREST)]
            if near:
                return near
        known = [unit.reference for unit in self.references.units]
        begun = (
            [reference for reference in known if reference.startswith(_drop_last_number(wanted))]
            if _drop_last_number(wanted)
            else []
        )
        near = suggest(wanted, begun or known[:5000], most=_NEAREST, cutoff=0.5)
        return near or begun[-_NEAREST:] or known[:_NEAREST]

    def _parse_missing(self, wanted: str) -> list[typed.Step]:
        """Parse the steps of a missing passage; those of the end if the start of a range exists."""
        left, *rest = _DASHES.split(wanted, maxsplit=1)
        asked = typed.parse_steps(left, self._kinds)
        if rest and self._find_by_reference(left):
            ends = (typed.parse_steps(shared + rest[0], self._kinds) for shared in _list_prefixes(left))
            return next((pair for pair in ends if len(pair) == len(asked)), asked)
        return asked


def _find_section(element: Element) -> Element:
    """The text around a milestone, or the division around a line of writing."""
    around = list(element.iterancestors())
    if name(element) == "lb":
        return next(element for element in around if name(element) in {*DIVISIONS, "text"})
    return [element for element in around if name(element) == "text"][-1]


def _format_range(begin: Passage, end: Passage) -> str:
    """Format the reference of a range: “div 1, paragraph 3-5”, “1.3-1.5”."""
    first, last = begin.units[0], end.units[-1]
    shared = first.reference.removesuffix(first.step)
    if first.step and shared.endswith(" ") and last.reference == shared + last.step:
        return f"{first.reference}-{last.step}"
    return f"{begin.reference}-{end.reference}"


def _drop_last_number(wanted: str) -> str:
    """Drop the last number of a reference; the passages beside it begin with the rest."""
    return re.sub(r"[^\W_]+\W*$", "", wanted)


def _list_prefixes(left: str) -> Iterator[str]:
    """List the prefixes that the second reference of a range may leave out, shortest first."""
    yield ""
    for part in reversed(list(re.finditer(r"[^\W_]+", left))):
        yield left[: part.start()]
