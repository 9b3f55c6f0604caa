"""Patterns of the compact syntax (Annex C.3), and the reader itself.

One function a kind of pattern, found by the token that begins it. A pattern inside another costs three calls, which is why
`_particle` does several things in a row: Python's stack sets the depth that can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from siglum.errors import SchemaError
from siglum.schema.relaxng.compact import grammars
from siglum.schema.relaxng.compact.annotations import NO_NOTES, beside, read_followers, read_notes, with_comments
from siglum.schema.relaxng.compact.cursor import XSD, Cursor
from siglum.schema.relaxng.compact.declarations import library_of, read_declarations
from siglum.schema.relaxng.compact.lexer import CNAME, END, IDENTIFIER, LITERAL, Token
from siglum.schema.relaxng.compact.names import read_name_class
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import (
    AttributePattern,
    Choice,
    Data,
    Element,
    Empty,
    ExternalRef,
    Grammar,
    Group,
    Interleave,
    List,
    Mixed,
    NotAllowed,
    Notes,
    OneOrMore,
    Optional,
    Param,
    ParentRef,
    Pattern,
    Ref,
    Text,
    Value,
    ZeroOrMore,
)
from siglum.text.source import Source

_Repeat = type[Optional] | type[ZeroOrMore] | type[OneOrMore]
_COMPOSITES: dict[str, type[Choice] | type[Interleave] | type[Group]] = {"|": Choice, "&": Interleave, ",": Group}
_REPEATS: dict[str, _Repeat] = {"?": Optional, "*": ZeroOrMore, "+": OneOrMore}
_WRAPPERS: dict[str, type[List] | type[Mixed]] = {"list": List, "mixed": Mixed}
_LEAVES: dict[str, type[Empty] | type[Text] | type[NotAllowed]] = {"empty": Empty, "text": Text, "notAllowed": NotAllowed}
_QNAMES = ("QName", "NOTATION")
_TOP = "annotations with `>>` follow a pattern inside another, not the pattern that is the whole schema"


def read(source: Source, *, ns: str = "", notes: bool = True) -> Pattern:
    """The pattern that a schema file is. `ns`: what it inherits from the schema that refers to it (4.6, 4.7).

    With `ns=INHERIT` the tree remembers what is inherited and a writer can say so again. Without `notes`, annotations and
    comments are read and forgotten. Raises SchemaError.
    """
    cursor = Cursor(source, notes=notes)
    comments = read_declarations(cursor, ns)
    try:
        return _whole(cursor, comments)
    except RecursionError:
        help_ = "give an inner part a name of its own and refer to that"
        raise SchemaError("patterns are nested too deep", where=source.name, help=help_) from None


def _whole(cursor: Cursor, comments: tuple[str, ...]) -> Pattern:
    if grammars.starts_body(cursor):
        origin = cursor.origin(cursor.token)
        initial, components = grammars.read_body(cursor, END, read_pattern)
        notes = Notes(comments + cursor.comments(), initial=initial) if cursor.with_notes else NO_NOTES
        return Grammar(components, origin=origin, notes=notes)
    start = cursor.token
    cursor.with_notes = True  # to see whether one follows
    pattern = with_comments(read_pattern(cursor), comments)
    if cursor.kind != END:
        raise cursor.unexpected("the schema is one pattern and ends here; join patterns by one of | & ,")
    if pattern.notes.following:
        raise cursor.error(start, "an annotation follows the pattern that is the whole schema", _TOP)
    return with_comments(pattern, cursor.comments())


def read_pattern(cursor: Cursor, around: Notes = NO_NOTES) -> Pattern:
    """A pattern up to what cannot belong to it. `around`: what is said before the parentheses that it stands in."""
    token = cursor.token
    first, repeated = _particle(cursor)
    operator = cursor.kind
    make = _COMPOSITES.get(operator)
    if make is None:
        return _around(first, around, repeated=repeated)
    parts = [first]
    _refuse_loose_except(cursor)
    while cursor.accept(operator):
        parts.append(_particle(cursor)[0])
        _refuse_loose_except(cursor)
    if cursor.kind in _COMPOSITES:
        message = f"`{operator}` and `{cursor.kind}` are mixed without parentheses"
        raise cursor.error(cursor.token, message, "put parentheses around what belongs together")
    return make(tuple(parts), origin=cursor.origin(token), notes=around)


def _particle(cursor: Cursor) -> tuple[Pattern, bool]:
    """A pattern with what stands before and after it; and whether it has an occurrence sign."""
    notes = read_notes(cursor)
    token = cursor.token
    read_primary = _PRIMARIES.get(token.kind)
    if read_primary is None:
        raise _no_pattern(cursor)
    cursor.at += 1
    cursor.loose_except = None
    pattern = read_followers(cursor, read_primary(cursor, token, notes))
    repeat = _REPEATS.get(cursor.kind)
    if repeat is None:
        return pattern, False
    _refuse_loose_except(cursor)
    pattern = repeat(pattern, origin=cursor.origin(cursor.take()))
    return read_followers(cursor, pattern), True


def _around(pattern: Pattern, notes: Notes, *, repeated: bool) -> Pattern:
    """What was said before parentheses, given to the one pattern in them: a group of its own if that has its own notes."""
    if not notes.attributes and not notes.initial:
        return with_comments(pattern, notes.comments)
    if not repeated:
        return Group((pattern,), origin=pattern.origin, notes=notes)
    own = pattern.notes
    return replace(pattern, notes=replace(notes, comments=notes.comments + own.comments, following=own.following))


def _refuse_loose_except(cursor: Cursor) -> None:
    if cursor.loose_except is not None:
        message = "a datatype with `-` is part of another pattern without parentheses"
        raise cursor.error(cursor.loose_except, message, 'write it as (string - "a")')


def _no_pattern(cursor: Cursor) -> SchemaError:
    if cursor.kind in KEYWORDS:
        return cursor.unexpected(f"a pattern is wanted; a reference to a definition of that name is \\{cursor.kind}")
    return cursor.unexpected("a pattern is wanted: element, attribute, a name, a datatype, a literal, ...")


def _braced(cursor: Cursor, after: str) -> Pattern:
    cursor.expect("{", after)
    cursor.deeper()
    pattern = read_pattern(cursor)
    cursor.depth -= 1
    return _closed(cursor, pattern, "}")


def _closed(cursor: Cursor, pattern: Pattern, bracket: str) -> Pattern:
    pattern = with_comments(pattern, cursor.comments())
    if not cursor.accept(bracket):
        raise cursor.unexpected(f"one of | & , or the closing `{bracket}` is wanted")
    cursor.loose_except = None
    return pattern


def _element(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = read_name_class(cursor, cursor.scope.default)
    return Element(name, _braced(cursor, "the name of the element"), origin=cursor.origin(token), notes=notes)


def _attribute(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = read_name_class(cursor, "")
    return AttributePattern(name, _braced(cursor, "the name of the attribute"), origin=cursor.origin(token), notes=notes)


def _wrapper(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return _WRAPPERS[token.kind](_braced(cursor, f"`{token.kind}`"), origin=cursor.origin(token), notes=notes)


def _leaf(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return _LEAVES[token.kind](origin=cursor.origin(token), notes=notes)


def _parenthesised(cursor: Cursor, _: Token, notes: Notes) -> Pattern:
    cursor.deeper()
    pattern = read_pattern(cursor, notes)
    cursor.depth -= 1
    return _closed(cursor, pattern, ")")


def _reference(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return Ref(token.text, origin=cursor.origin(token), notes=notes)


def _parent(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = cursor.expect(IDENTIFIER, "`parent`")
    return ParentRef(name.text, origin=cursor.origin(token), notes=notes)


def _external(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    href = grammars.read_address(cursor, "the address of a schema")
    return ExternalRef(href, grammars.read_inherit(cursor), origin=cursor.origin(token), notes=notes)


def _grammar(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    cursor.expect("{", "`grammar`")
    cursor.deeper()
    initial, components = grammars.read_body(cursor, "}", read_pattern)
    cursor.depth -= 1
    pattern = Grammar(components, origin=cursor.origin(token), notes=grammars.joined(cursor, notes, initial))
    return _closed(cursor, pattern, "}")


def _literal(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    cursor.at -= 1
    return _value(cursor, token, ("", "token"), notes)


def _value(cursor: Cursor, token: Token, datatype: tuple[str, str], notes: Notes) -> Pattern:
    library, type_ = datatype
    value = cursor.literal("a value")
    scope = cursor.scope
    prefix, colon, _ = value.strip().partition(":")
    if colon and library == XSD and type_ in _QNAMES:
        cursor.namespace(token, prefix)
    origin = cursor.origin(token)
    return Value(value, library, type_, scope.default, scope.context, origin=origin, notes=beside(notes))


def _datatype(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    library, type_ = library_of(cursor, token)
    if cursor.kind == LITERAL:
        return _value(cursor, token, (library, type_), notes)
    params = _params(cursor) if cursor.accept("{") else ()
    except_ = _except(cursor) if cursor.kind == "-" else None
    return Data(library, type_, params, except_, origin=cursor.origin(token), notes=notes)


def _params(cursor: Cursor) -> tuple[Param, ...]:
    params = []
    while not cursor.accept("}"):
        notes = beside(read_notes(cursor))
        token = cursor.name("a parameter, or the closing `}`,")
        cursor.expect("=", f"the parameter `{token.text}`")
        value = cursor.literal(f"the value of the parameter `{token.text}`")
        params.append(Param(token.text, value, origin=cursor.origin(token), notes=notes))
    return tuple(params)


def _except(cursor: Cursor) -> Pattern:
    """One pattern without operators; `loose_except` remembers it until parentheses close around it."""
    minus = cursor.take()
    notes = read_notes(cursor)
    token = cursor.token
    read_primary = _PRIMARIES.get(token.kind)
    if read_primary is None:
        raise _no_pattern(cursor)
    cursor.at += 1
    cursor.loose_except = None
    pattern = read_primary(cursor, token, notes)
    _refuse_loose_except(cursor)
    cursor.loose_except = minus
    return pattern


_Read = Callable[[Cursor, Token, Notes], Pattern]
_PRIMARIES: dict[str, _Read] = {
    "element": _element,
    "attribute": _attribute,
    **dict.fromkeys(_WRAPPERS, _wrapper),
    **dict.fromkeys(_LEAVES, _leaf),
    "(": _parenthesised,
    IDENTIFIER: _reference,
    "parent": _parent,
    "external": _external,
    "grammar": _grammar,
    LITERAL: _literal,
    **dict.fromkeys(("string", "token", CNAME), _datatype),
}
