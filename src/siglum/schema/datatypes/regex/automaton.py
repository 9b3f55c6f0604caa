"""Match texts with Glushkov's position automaton: sets of positions are bits of an integer, made deterministic on demand.

Time is linear in the text for every pattern: one look-up for each character, and work bounded by `_DEAREST` when a state
meets a character for the first time. Repetitions are expanded; a pattern that becomes too large is rejected. The table of
states is cleared when it grows beyond a bound.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from siglum.schema.datatypes.regex.charset import contains
from siglum.schema.datatypes.regex.syntax import Chars, Choice, PatternError, Repeat, Sequence, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from siglum.schema.datatypes.regex.charset import CharSet
    from siglum.schema.datatypes.regex.syntax import Node

_LARGEST = 65_536
"""Most positions: characters of the pattern after its repetitions are expanded."""
_DEAREST = 1_000_000
"""Most jumps, times the words of memory that each touches."""
_TOO_LARGE = "its repetitions are too many"
_REMEMBERED = 20_000
_REMEMBERED_BITS = 2_000_000

_Part = tuple[bool, int, int]
"""Whether a part of the pattern may be empty, and the sets of positions where it begins and ends."""
_EMPTY: _Part = (True, 0, 0)


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Callable[[str], bool]:
    """Return a function that matches whole texts. Raises PatternError if the expression is wrong or too large."""
    node = parse(source)
    if _count_positions(node) > _LARGEST:
        raise PatternError(_TOO_LARGE)
    return _Machine(node).matches


def _count_positions(node: Node) -> int:
    match node:
        case Chars():
            return 1
        case Sequence(items) | Choice(items):
            return sum(map(_count_positions, items))
        case Repeat(item, least, most):
            return _count_positions(item) * (max(least, 1) if most is None else most)
        case _:
            assert_never(node)


class _Plan:
    """The positions of a pattern and how they follow each other. Position 0 stands before the text."""

    def __init__(self, node: Node) -> None:
        self.count = 1
        self.sets: dict[CharSet, int] = {}
        """The positions of each set of characters."""
        self.chain = 0
        """The positions followed by the next one."""
        self.jumps: dict[int, int] = {}
        """All other steps: target positions by source position."""
        empty, first, last = self.part(node)
        self.join(1, first)
        self.final = last | 1 if empty else last

    def part(self, node: Node) -> _Part:
        match node:
            case Chars(chars):
                here = 1 << self.count
                self.count += 1
                self.sets[chars] = self.sets.get(chars, 0) | here
                return (False, here, here)
            case Sequence(items):
                return self.sequence(items)
            case Choice(items):
                parts = [self.part(item) for item in items]
                empty, first, last = zip(*parts, strict=True)
                return (any(empty), _unite(first), _unite(last))
            case Repeat(item, least, most):
                return self.repeat(item, least, most)
            case _:
                assert_never(node)

    def sequence(self, items: tuple[Node, ...]) -> _Part:
        empty, first, last = _EMPTY
        for item in items:
            can_skip, begin, end = self.part(item)
            self.join(last, begin)
            first = first | begin if empty else first
            last = last | end if can_skip else end
            empty = empty and can_skip
        return (empty, first, last)

    def repeat(self, item: Node, least: int, most: int | None) -> _Part:
        if most == 0:
            return _EMPTY
        empty, first, end = self.part(item)
        if not first:
            return _EMPTY
        begin = first
        least = 0 if empty else least
        last = end if least <= 1 else 0
        for number in range(2, (max(least, 1) if most is None else most) + 1):
            _, begin, further = self.part(item)
            self.join(end, begin)
            end = further
            last |= end if number >= least else 0
        if most is None:
            self.join(end, begin)
        return (least == 0, first, last)

    def join(self, last: int, first: int) -> None:
        if first == last << 1 and last & (last - 1) == 0:
            self.chain |= last
        elif first and last:
            self.jumps[first] = self.jumps.get(first, 0) | last
            if len(self.jumps) * (100 + self.count // 64) > _DEAREST:
                raise PatternError(_TOO_LARGE)


def _unite(sets: Iterable[int]) -> int:
    union = 0
    for positions in sets:
        union |= positions
    return union


class _State(dict[str, "_State"]):
    """A set of positions, and the next state for each character met so far."""

    __slots__ = ("accepts", "machine", "positions")

    def __init__(self, machine: _Machine, positions: int) -> None:
        self.machine = machine
        self.positions = positions
        self.accepts = bool(positions & machine.plan.final)

    def __missing__(self, char: str) -> _State:
        return self.machine.add_step(self, char)


class _NoMatchError(Exception):
    """Leaves the loop when no match is possible."""


class _Machine:
    """The part of the automaton built so far. Safe in threads: at worst two threads compute one step."""

    def __init__(self, node: Node) -> None:
        self.plan = _Plan(node)
        self.jumps = tuple(self.plan.jumps.items())
        self.bound = min(_REMEMBERED, _REMEMBERED_BITS // self.plan.count + 200)
        self.forget()

    def forget(self) -> None:
        self.known = 0
        self.places: dict[str, int] = {}
        self.states: dict[int, _State] = {}
        self.start = self.state(1)

    def matches(self, text: str) -> bool:
        # The hot loop: a known character costs one look-up. See benchmarks in tests/schema/datatypes/test_regex.py.
        state = self.start
        try:
            for char in text:
                state = state[char]
        except _NoMatchError:
            return False
        return state.accepts

    def add_step(self, state: _State, char: str) -> _State:
        """Compute the next state and store it in `state`."""
        if self.known >= self.bound:
            self.forget()
        self.known += 1
        positions = self.step(state.positions, char)
        if not positions:
            raise _NoMatchError
        state[char] = after = self.state(positions)
        return after

    def state(self, positions: int) -> _State:
        found = self.states.get(positions)
        if found is None:
            found = self.states[positions] = _State(self, positions)
        return found

    def step(self, positions: int, char: str) -> int:
        positions_of = self.positions_of(char)
        if not positions_of:
            return 0
        after = (positions & self.plan.chain) << 1
        for first, last in self.jumps:
            if positions & last:
                after |= first
        return after & positions_of

    def positions_of(self, char: str) -> int:
        """Return the positions at which this character may stand."""
        found = self.places.get(char)
        if found is None:
            found = _unite(positions_of for chars, positions_of in self.plan.sets.items() if contains(chars, char))
            self.places[char] = found
        return found
