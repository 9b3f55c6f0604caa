"""Read patterns of the compact syntax (Annex C.3), and whole files.

Each kind of pattern has one function, found by its first token. A nested pattern costs three calls: `_read_particle` does
several things in a row because Python's stack limits the depth that can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from siglum.errors import SchemaError
from siglum.schema.relaxng.compact import grammars
from siglum.schema.relaxng.compact.annotations import NO_NOTES, add_comments, move_notes_after, read_followers, read_notes
from siglum.schema.relaxng.compact.cursor import XSD, Cursor
from siglum.schema.relaxng.compact.declarations import read_declarations, resolve_datatype
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
    """Read the pattern in a schema file. `ns`: the namespace inherited from the referring schema (4.6, 4.7).

    With `ns=INHERIT` the tree marks what is inherited, so that a writer can write it again. Without `notes`, annotations and
    comments are read and dropped. Raises SchemaError.
    """
    cursor = Cursor(source, notes=notes)
    comments = read_declarations(cursor, ns)
    try:
        return _read_file(cursor, comments)
    except RecursionError:
        help_ = "give an inner part a name of its own and refer to that"
        raise SchemaError("patterns are nested too deeply", where=source.name, help=help_) from None


def _read_file(cursor: Cursor, comments: tuple[str, ...]) -> Pattern:
    if grammars.starts_body(cursor):
        origin = cursor.origin(cursor.token)
        initial, components = grammars.read_body(cursor, END, read_pattern)
        notes = Notes(comments + cursor.comments(), initial=initial) if cursor.with_notes else NO_NOTES
        return Grammar(components, origin=origin, notes=notes)
    start = cursor.token
    cursor.with_notes = True  # read notes to see whether one follows
    pattern = add_comments(read_pattern(cursor), comments)
    if cursor.kind != END:
        raise cursor.unexpected("the schema is one pattern and ends here; join patterns by one of | & ,")
    if pattern.notes.following:
        raise cursor.error(start, "an annotation follows the pattern that is the whole schema", _TOP)
    return add_comments(pattern, cursor.comments())


def read_pattern(cursor: Cursor, around: Notes = NO_NOTES) -> Pattern:
    """Read the longest possible pattern. `around`: the annotations before its parentheses."""
    token = cursor.token
    first, repeated = _read_particle(cursor)
    operator = cursor.kind
    make = _COMPOSITES.get(operator)
    if make is None:
        return _add_notes(first, around, repeated=repeated)
    parts = [first]
    _refuse_loose_except(cursor)
    while cursor.accept(operator):
        parts.append(_read_particle(cursor)[0])
        _refuse_loose_except(cursor)
    if cursor.kind in _COMPOSITES:
        message = f"`{operator}` and `{cursor.kind}` are mixed without parentheses"
        raise cursor.error(cursor.token, message, "add parentheses to group the patterns")
    return make(tuple(parts), origin=cursor.origin(token), notes=around)


def _read_particle(cursor: Cursor) -> tuple[Pattern, bool]:
    """Read a pattern with its annotations; also return whether it has an occurrence sign."""
    notes = read_notes(cursor)
    token = cursor.token
    read_primary = _PRIMARIES.get(token.kind)
    if read_primary is None:
        raise _pattern_expected(cursor)
    cursor.at += 1
    cursor.loose_except = None
    pattern = read_followers(cursor, read_primary(cursor, token, notes))
    repeat = _REPEATS.get(cursor.kind)
    if repeat is None:
        return pattern, False
    _refuse_loose_except(cursor)
    pattern = repeat(pattern, origin=cursor.origin(cursor.take()))
    return read_followers(cursor, pattern), True


def _add_notes(pattern: Pattern, notes: Notes, *, repeated: bool) -> Pattern:
    """Add the annotations before parentheses to the pattern inside; if that has its own, wrap it in a group."""
    if not notes.attributes and not notes.initial:
        return add_comments(pattern, notes.comments)
    if not repeated:
        return Group((pattern,), origin=pattern.origin, notes=notes)
    own = pattern.notes
    return replace(pattern, notes=replace(notes, comments=notes.comments + own.comments, following=own.following))


def _refuse_loose_except(cursor: Cursor) -> None:
    if cursor.loose_except is not None:
        message = "a datatype with `-` is part of another pattern without parentheses"
        raise cursor.error(cursor.loose_except, message, 'write it as (string - "a")')


def _pattern_expected(cursor: Cursor) -> SchemaError:
    if cursor.kind in KEYWORDS:
        return cursor.unexpected(f"expected a pattern; to refer to a definition of that name, write \\{cursor.kind}")
    return cursor.unexpected("expected a pattern: element, attribute, a name, a datatype, a literal, ...")


def _read_braced(cursor: Cursor, after: str) -> Pattern:
    cursor.expect("{", after)
    cursor.deeper()
    pattern = read_pattern(cursor)
    cursor.depth -= 1
    return _expect_closing(cursor, pattern, "}")


def _expect_closing(cursor: Cursor, pattern: Pattern, bracket: str) -> Pattern:
    pattern = add_comments(pattern, cursor.comments())
    if not cursor.accept(bracket):
        raise cursor.unexpected(f"expected one of | & , or the closing `{bracket}`")
    cursor.loose_except = None
    return pattern


def _read_element(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = read_name_class(cursor, cursor.scope.default)
    return Element(name, _read_braced(cursor, "the name of the element"), origin=cursor.origin(token), notes=notes)


def _read_attribute(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = read_name_class(cursor, "")
    return AttributePattern(name, _read_braced(cursor, "the name of the attribute"), origin=cursor.origin(token), notes=notes)


def _read_wrapper(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return _WRAPPERS[token.kind](_read_braced(cursor, f"`{token.kind}`"), origin=cursor.origin(token), notes=notes)


def _read_leaf(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return _LEAVES[token.kind](origin=cursor.origin(token), notes=notes)


def _read_parenthesised(cursor: Cursor, _: Token, notes: Notes) -> Pattern:
    cursor.deeper()
    pattern = read_pattern(cursor, notes)
    cursor.depth -= 1
    return _expect_closing(cursor, pattern, ")")


def _read_reference(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    return Ref(token.text, origin=cursor.origin(token), notes=notes)


def _read_parent(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    name = cursor.expect(IDENTIFIER, "`parent`")
    return ParentRef(name.text, origin=cursor.origin(token), notes=notes)


def _read_external(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    href = grammars.read_address(cursor, "the address of a schema")
    return ExternalRef(href, grammars.read_inherit(cursor), origin=cursor.origin(token), notes=notes)


def _read_grammar(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    cursor.expect("{", "`grammar`")
    cursor.deeper()
    initial, components = grammars.read_body(cursor, "}", read_pattern)
    cursor.depth -= 1
    pattern = Grammar(components, origin=cursor.origin(token), notes=grammars.join_notes(cursor, notes, initial))
    return _expect_closing(cursor, pattern, "}")


def _read_literal(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    cursor.at -= 1
    return _make_value(cursor, token, ("", "token"), notes)


def _make_value(cursor: Cursor, token: Token, datatype: tuple[str, str], notes: Notes) -> Pattern:
    library, type_ = datatype
    value = cursor.literal("a value")
    scope = cursor.scope
    prefix, colon, _ = value.strip().partition(":")
    if colon and library == XSD and type_ in _QNAMES:
        cursor.namespace(token, prefix)
    origin = cursor.origin(token)
    return Value(value, library, type_, scope.default, scope.context, origin=origin, notes=move_notes_after(notes))


def _read_datatype(cursor: Cursor, token: Token, notes: Notes) -> Pattern:
    library, type_ = resolve_datatype(cursor, token)
    if cursor.kind == LITERAL:
        return _make_value(cursor, token, (library, type_), notes)
    params = _read_params(cursor) if cursor.accept("{") else ()
    except_ = _read_except(cursor) if cursor.kind == "-" else None
    return Data(library, type_, params, except_, origin=cursor.origin(token), notes=notes)


def _read_params(cursor: Cursor) -> tuple[Param, ...]:
    params = []
    while not cursor.accept("}"):
        notes = move_notes_after(read_notes(cursor))
        token = cursor.name("a parameter, or the closing `}`,")
        cursor.expect("=", f"the parameter `{token.text}`")
        value = cursor.literal(f"the value of the parameter `{token.text}`")
        params.append(Param(token.text, value, origin=cursor.origin(token), notes=notes))
    return tuple(params)


def _read_except(cursor: Cursor) -> Pattern:
    """Read one pattern without operators; `loose_except` is set until parentheses close around it."""
    minus = cursor.take()
    notes = read_notes(cursor)
    token = cursor.token
    read_primary = _PRIMARIES.get(token.kind)
    if read_primary is None:
        raise _pattern_expected(cursor)
    cursor.at += 1
    cursor.loose_except = None
    pattern = read_primary(cursor, token, notes)
    _refuse_loose_except(cursor)
    cursor.loose_except = minus
    return pattern


_Read = Callable[[Cursor, Token, Notes], Pattern]
_PRIMARIES: dict[str, _Read] = {
    "element": _read_element,
    "attribute": _read_attribute,
    **dict.fromkeys(_WRAPPERS, _read_wrapper),
    **dict.fromkeys(_LEAVES, _read_leaf),
    "(": _read_parenthesised,
    IDENTIFIER: _read_reference,
    "parent": _read_parent,
    "external": _read_external,
    "grammar": _read_grammar,
    LITERAL: _read_literal,
    **dict.fromkeys(("string", "token", CNAME), _read_datatype),
}
