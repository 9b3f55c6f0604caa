"""The inside of a grammar (Annex C.3): definitions, `start`, `div`, `include`, and annotations between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from siglum.schema.relaxng.compact.annotations import NO_NOTES, read_element, read_notes, starts_element
from siglum.schema.relaxng.compact.cursor import Cursor
from siglum.schema.relaxng.compact.lexer import CNAME, DOCUMENTATION, END, IDENTIFIER, Token
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import Annotation, Combine, Component, Define, Div, Include, Notes, Pattern, Start

ReadPattern = Callable[[Cursor], Pattern]
Body = tuple[tuple[Annotation, ...], tuple[Component, ...]]

_ASSIGNMENTS: dict[str, Combine | None] = {"=": None, "|=": "choice", "&=": "interleave"}
_KEYWORDS = ("start", "div", "include")


def starts_body(cursor: Cursor) -> bool:
    """Return whether the file is the inside of a grammar rather than one pattern."""
    if cursor.kind == END or starts_element(cursor):
        return True
    steps = 0
    while cursor.ahead(steps) == DOCUMENTATION:
        steps += 1
    steps = _skip_brackets(cursor, steps)
    kind = cursor.ahead(steps)
    return kind in _KEYWORDS or ((kind == IDENTIFIER or kind in KEYWORDS) and cursor.ahead(steps + 1) in _ASSIGNMENTS)


def _skip_brackets(cursor: Cursor, steps: int) -> int:
    depth = 0
    while cursor.ahead(steps) != END:
        kind = cursor.ahead(steps)
        depth += (kind == "[") - (kind == "]")
        if depth == 0:
            return steps + 1 if kind == "]" else steps
        steps += 1
    return steps


def read_body(cursor: Cursor, end: str, read_pattern: ReadPattern, *, included: bool = False) -> Body:
    """Read the annotations before the first component, and the components with theirs; stop before `end`."""
    initial: list[Annotation] = []
    components: list[Component] = []
    while cursor.kind != end:
        if not starts_element(cursor):
            components.append(_read_component(cursor, read_pattern, included=included))
        elif components:
            components[-1] = _add_following(cursor, components[-1], read_element(cursor))
        else:
            initial.append(read_element(cursor))
    return tuple(initial), tuple(components)


def _add_following(cursor: Cursor, component: Component, element: Annotation) -> Component:
    if not cursor.with_notes:
        return component
    notes = component.notes
    return replace(component, notes=replace(notes, following=(*notes.following, element)))


def _read_component(cursor: Cursor, read_pattern: ReadPattern, *, included: bool) -> Component:
    notes = read_notes(cursor)
    token = cursor.take()
    if token.kind in ("start", IDENTIFIER):
        return _read_definition(cursor, token, notes, read_pattern)
    if token.kind == "div":
        return _read_div(cursor, token, notes, read_pattern, included=included)
    if token.kind == "include" and not included:
        return _read_include(cursor, token, notes, read_pattern)
    cursor.at -= 1
    raise cursor.unexpected(_explain_expected(cursor, included=included))


def _explain_expected(cursor: Cursor, *, included: bool) -> str:
    if cursor.kind in KEYWORDS and cursor.ahead() in _ASSIGNMENTS:
        return f"`{cursor.kind}` is a keyword; write \\{cursor.kind} to define something of that name"
    if cursor.kind == "include" and included:
        return "an include holds definitions, start and div; include the other file beside it"
    if cursor.kind in ("|", "&", ",", "?", "*", "+", "-", ">>", CNAME):
        return "the definition before has ended, or an operator is missing; the next one begins with name ="
    return "expected a definition (name = ...), start, div, include or the end of the grammar"


def _read_definition(cursor: Cursor, token: Token, notes: Notes, read_pattern: ReadPattern) -> Component:
    if cursor.kind not in _ASSIGNMENTS:
        raise cursor.unexpected(f"expected one of = |= &= after `{token.text}`")
    combine = _ASSIGNMENTS[cursor.take().kind]
    content = read_pattern(cursor)
    origin = cursor.origin(token)
    if token.kind == "start":
        return Start(content, combine, origin=origin, notes=notes)
    return Define(token.text, content, combine, origin=origin, notes=notes)


def _read_div(cursor: Cursor, token: Token, notes: Notes, read_pattern: ReadPattern, *, included: bool) -> Div:
    initial, components = _read_braced(cursor, "`div`", read_pattern, included=included)
    return Div(components, origin=cursor.origin(token), notes=_close_notes(cursor, notes, initial))


def _read_include(cursor: Cursor, token: Token, notes: Notes, read_pattern: ReadPattern) -> Include:
    href = read_address(cursor, "the address of a grammar")
    ns = read_inherit(cursor)
    origin = cursor.origin(token)
    if cursor.kind != "{":
        return Include(href, (), ns, origin=origin, notes=notes)
    initial, components = _read_braced(cursor, "the address", read_pattern, included=True)
    return Include(href, components, ns, origin=origin, notes=_close_notes(cursor, notes, initial))


def _read_braced(cursor: Cursor, after: str, read_pattern: ReadPattern, *, included: bool) -> Body:
    cursor.expect("{", after)
    cursor.deeper()
    body = read_body(cursor, "}", read_pattern, included=included)
    cursor.depth -= 1
    return body


def _close_notes(cursor: Cursor, notes: Notes, initial: tuple[Annotation, ...]) -> Notes:
    notes = join_notes(cursor, notes, initial)
    notes = replace(notes, comments=notes.comments + cursor.comments())
    cursor.take()
    return notes


def join_notes(cursor: Cursor, notes: Notes, initial: tuple[Annotation, ...]) -> Notes:
    """Join the notes before a grammar, div or include with the annotations at its start."""
    if not cursor.with_notes:
        return NO_NOTES
    return replace(notes, initial=notes.initial + initial) if initial else notes


def read_address(cursor: Cursor, wanted: str) -> str:
    """Read the address of a file; 4.5 allows no fragment."""
    token = cursor.token
    address = cursor.literal(wanted)
    if "#" in address:
        raise cursor.error(token, f"the address “{address}” has a fragment", "remove the # and what follows it")
    return address


def read_inherit(cursor: Cursor) -> str:
    """Read `inherit = prefix`; without it, return the default namespace."""
    if not cursor.accept("inherit"):
        return cursor.scope.default
    cursor.expect("=", "`inherit`")
    prefix = cursor.name("a prefix")
    return cursor.namespace(prefix, prefix.text)
