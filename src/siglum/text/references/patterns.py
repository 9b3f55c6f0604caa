"""References by `cRefPattern`, as in CTS: a pattern for the reference, an XPath with $1, $2 for the place (16.2.5.4).

To list the references, siglum reads the XPath backwards: for `[@n='$1']` it takes every element with an @n, and puts the @n
into the reference. A pattern that cannot be read backwards still finds the place of a given reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from siglum.text.frozen import frozen
from siglum.text.references.unit import Fault, Unit, is_milestone
from siglum.text.references.xpath import Matched, Path, XPathError
from siglum.text.tei import TEI, Element, attribute

_POINTER = re.compile(r"#?(?:xpath1?|xpointer)\((?P<path>.*)\)\s*", re.DOTALL)
_IDENTIFIER = re.compile(r"#(?P<id>[^()#]*\$\d[^()#]*)")
_ASKED = re.compile(
    r"""(?P<key>@[\w:.-]+|position\(\)|[a-z]+\([\w:.@/-]*\))\s*=\s*(?P<mark>['"])(?P<before>[^'"$]*)\$(?P<quoted>\d)(?P<after>[^'"$]*)(?P=mark)
    |(?P<number>@[\w:.-]+|position\(\))\s*=\s*\$(?P<bare>\d)|(?<=\[)\s*\$(?P<place>\d)\s*(?=\])""",
    re.VERBOSE,
)
_SLOW = re.compile(r"\([^()]*[*+][^()]*\)[*+{]|\([^()]*\|[^()]*\)[*+{]")
_ESCAPED = {"s": " ", "t": " ", "n": " "}
_LONGEST, _REPEATED = 60, 5
"""The longest reference, in characters, and the most repetitions of a pattern: matching more might never end."""


@frozen
class _Step:
    """A part of a path up to a number of the reference: `use` yields the number between `before` and `after`."""

    match: Path
    use: Path
    number: int
    before: str
    after: str


class Pattern:
    """One `cRefPattern`. `template` holds the pieces of its reference: strings, and the numbers of groups."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.unit = attribute(element, "n") or attribute(element, "unit") or "passage"
        written = attribute(element, "replacementPattern")
        path = _POINTER.fullmatch(written)
        by_id = _IDENTIFIER.fullmatch(written)
        if not path and not by_id:
            raise XPathError(f"“{written}” is not a pointer with #xpath(…) or #…, and siglum follows no other")
        self.path = path["path"] if path else f"//*[@xml:id='{by_id['id']}']" if by_id else ""
        self.template = tuple(_parse_template(attribute(element, "matchPattern")))
        self.groups = sum(isinstance(piece, int) for piece in self.template)
        self._prefixes = element.nsmap
        self.expression = compile_pattern(attribute(element, "matchPattern"))
        beyond = [int(element) for element in re.findall(r"\$(\d)", self.path) if not 0 < int(element) <= self.groups]
        if beyond:
            has = f"{self.groups} group{'s' * (self.groups != 1)}"
            raise XPathError(
                f"“{written}” uses ${beyond[0]}, but @matchPattern “{attribute(element, 'matchPattern')}” has {has}"
            )
        self._steps: list[_Step] | None = None

    def units(self, root: Element) -> Iterator[Unit]:
        """Yield all units that the pattern finds, without parents. Raises XPathError if it cannot be read backwards."""
        steps, rest = self._split_path()
        for element, numbers in self._follow(root, steps, {}):
            wanted = [piece for piece in self.template if isinstance(piece, int)]
            if all(numbers.get(number) for number in wanted):
                reference = "".join(piece if isinstance(piece, str) else numbers[piece] for piece in self.template)
                for found in rest.select(element) if rest is not None else [element]:
                    step = numbers[wanted[-1]] if wanted else reference
                    yield Unit(found, reference, self.unit, self.groups, step, milestone=is_milestone(found))

    def find(self, reference: str, root: Element) -> list[Element]:
        """Find the places of a reference. Raises XPathError."""
        matched = self.expression.fullmatch(reference) if self.expression and len(reference) <= _LONGEST else None
        if matched is None or any("'" in group or '"' in group for group in matched.groups("")):
            return []
        groups = matched.groups("")
        put = re.sub(r"\$(\d)", lambda found: groups[int(found[1]) - 1] if 0 < int(found[1]) <= len(groups) else "", self.path)
        return Path(put, self._prefixes).select(root)

    def _split_path(self) -> tuple[list[_Step], Path | None]:
        steps: list[_Step] = []
        at = 0
        for asked in _ASKED.finditer(self.path):
            end = _find_step_end(self.path, asked.end())
            if end <= at:
                raise XPathError("two numbers stand in one step of its path")
            use = asked["key"] or asked["number"] or "position()"
            kept = "true()" if use == "position()" else use
            segment = self.path[at : asked.start()] + kept + self.path[asked.end() : end]
            number = int(asked["quoted"] or asked["bare"] or asked["place"])
            match = Path(_make_relative(segment, first=not steps), self._prefixes)
            steps.append(_Step(match, Path(use, self._prefixes), number, asked["before"] or "", asked["after"] or ""))
            at = end
        if "$" in self.path[at:] or any("$" in step.match.written for step in steps):
            raise XPathError(f"“{self.path}” cannot be read backwards, so siglum does not list its references")
        rest = self.path[at:].strip()
        return steps, Path(_make_relative(rest, first=not steps), self._prefixes) if rest else None

    def _follow(self, context: Element, steps: list[_Step], known: dict[int, str]) -> Iterator[tuple[Element, dict[int, str]]]:
        if not steps:
            yield context, known
            return
        step = steps[0]
        selected = step.match.select(context)
        for place, element in enumerate(selected, 1):
            value = step.use.label(Matched(element, place, len(selected)))
            if value.startswith(step.before) and value.endswith(step.after) and len(value) > len(step.before + step.after):
                inner = value[len(step.before) : len(value) - len(step.after)]
                if known.get(step.number, inner) == inner:
                    yield from self._follow(element, steps[1:], {**known, step.number: inner})


class Patterns:
    """The units of one `refsDecl` with `cRefPattern`s. The first pattern that finds an element names it."""

    def __init__(self, declaration: Element, root: Element) -> None:
        self.units: list[Unit] = []
        self.faults: list[Fault] = []
        self._patterns: list[Pattern] = []
        for element in declaration.findall(TEI + "cRefPattern"):
            try:
                pattern = Pattern(element)
                self._patterns.append(pattern)
                found = list(pattern.units(root))
            except XPathError as error:
                self.faults.append(Fault(element, str(error)))
                continue
            self._check(pattern, found)
            self.units += found
        self._nest()

    def find(self, reference: str, root: Element) -> tuple[str, list[Element]]:
        """Find a reference with the first pattern that fits: the name of its unit, and the places."""
        for pattern in self._patterns:
            try:
                found = pattern.find(reference, root)
            except XPathError:
                continue
            if found:
                return pattern.unit, found
        return "", []

    def _check(self, pattern: Pattern, found: list[Unit]) -> None:
        written = attribute(pattern.element, "matchPattern")
        if pattern.expression is None:
            self.faults.append(
                Fault(
                    pattern.element,
                    f"@matchPattern “{written}” is not a usable regular expression; siglum uses only the path",
                )
            )
            return
        if not found:
            self.faults.append(Fault(pattern.element, f"“{attribute(pattern.element, 'replacementPattern')}” finds nothing"))
        missed = [unit.reference for unit in found if not pattern.expression.fullmatch(unit.reference[:_LONGEST])]
        if missed:
            places = f"{len(missed)} places" if len(missed) > 1 else "a place"
            reason = f"@matchPattern “{written}” does not match {places} that its path finds: “{missed[0]}”"
            self.faults.append(Fault(pattern.element, reason))

    def _nest(self) -> None:
        """Give every unit its parent: the nearest element with fewer numbers in its reference."""
        of: dict[Element, Unit] = {}
        for unit_ in sorted(self.units, key=lambda unit: unit.level):
            of.setdefault(unit_.element, self._place_within(unit_, of))
        self.units = [of[unit.element] if of[unit.element].reference == unit.reference else unit for unit in self.units]

    @staticmethod
    def _place_within(unit: Unit, of: dict[Element, Unit]) -> Unit:
        near = (of[above] for above in unit.element.iterancestors() if above in of)
        around = next((candidate for candidate in near if candidate.level < unit.level), None)
        level = around.level + 1 if around is not None else 1
        return replace(unit, level=level, around=around)


def _make_relative(path: str, *, first: bool) -> str:
    path = path.strip()
    return path if first or not path.startswith("/") else f".{path}"


def _find_step_end(path: str, at: int) -> int:
    """Find the end of the step whose predicate contains this offset."""
    depth = 1
    while at < len(path) and (depth or path[at] == "["):
        depth += (path[at] == "[") - (path[at] == "]")
        at += 1
    return at


def _parse_template(pattern: str) -> Iterator[str | int]:
    """Parse a regular expression into a template: the text between its groups, and the numbers of the groups."""
    at = group = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "(":
            group += 1
            yield group
            at = _find_closing(pattern, at)
        elif sign == "\\":
            yield _ESCAPED.get(pattern[at + 1 : at + 2], pattern[at + 1 : at + 2])
            at += 2
        elif sign == "[":
            end = max(pattern.find("]", at + 1), at + 1)
            yield pattern[at + 1 : end].lstrip("^\\")[:1]
            at = end + 1
        else:
            yield "" if sign in "^$+*?" else sign
            at += 1


def _find_closing(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += 2 if pattern[at] == "\\" else 1
        if depth <= 0:
            break
    return at


def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Compile a pattern; None if Python cannot, or if matching might take very long."""
    repeated = sum(pattern.count(sign) for sign in "*+{")
    if len(pattern) > 4 * _LONGEST or _SLOW.search(pattern) or repeated > _REPEATED:
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None
