"""Name classes of the compact syntax (Annex C.3): names, `*`, `prefix:*`, choices, and what `-` takes out of them."""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.relaxng.compact.annotations import NO_NOTES, add_comments, move_notes_after, read_followers, read_notes
from siglum.schema.relaxng.compact.cursor import Cursor
from siglum.schema.relaxng.compact.lexer import CNAME, IDENTIFIER, NS_NAME
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import AnyName, Name, NameChoice, NameClass, Notes, NsName


def read_name_class(cursor: Cursor, unprefixed: str, inside: tuple[str, ...] = ()) -> NameClass:
    """Read a name class. `unprefixed`: the namespace of names without a prefix; `inside`: the classes it is excluded from."""
    return _read_class(cursor, unprefixed, inside, NO_NOTES)


def _read_class(cursor: Cursor, unprefixed: str, inside: tuple[str, ...], around: Notes) -> NameClass:
    token = cursor.token
    names = [_read_basic(cursor, unprefixed, inside)]
    if cursor.kind == "-" and isinstance(names[0], AnyName | NsName) and cursor.ahead(-1) in ("*", NS_NAME):
        return _add_notes(_read_except(cursor, names[0], unprefixed, inside), around)
    while cursor.accept("|"):
        names.append(_read_basic(cursor, unprefixed, inside))
    if cursor.kind == "-":
        raise cursor.unexpected("put parentheses around a name class with `-` that is part of another")
    if len(names) == 1:
        return _add_notes(names[0], around)
    return NameChoice(tuple(names), origin=cursor.origin(token), notes=around)


def _read_basic(cursor: Cursor, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    return read_followers(cursor, _read_bare(cursor, unprefixed, inside))


def _read_bare(cursor: Cursor, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    notes = read_notes(cursor)
    token = cursor.token
    if token.kind == "(":
        return _read_parenthesised(cursor, unprefixed, inside, notes)
    if token.kind == "*":
        _check_except(cursor, inside, "*")
        cursor.take()
        return AnyName(origin=cursor.origin(token), notes=notes)
    if token.kind == NS_NAME:
        _check_except(cursor, inside, ":*")
        cursor.take()
        namespace = cursor.namespace(token, token.text[:-2])
        return NsName(namespace, origin=cursor.origin(token), notes=notes)
    return _read_name(cursor, unprefixed, move_notes_after(notes))


def _read_name(cursor: Cursor, unprefixed: str, notes: Notes) -> Name:
    token = cursor.token
    if token.kind == CNAME:
        cursor.take()
        prefix, _, local = token.text.partition(":")
        return Name(cursor.namespace(token, prefix), local, prefix, origin=cursor.origin(token), notes=notes)
    if token.kind != IDENTIFIER and token.kind not in KEYWORDS:
        raise cursor.unexpected("expected a name, `*` or `prefix:*`")
    cursor.take()
    return Name(unprefixed, token.text, origin=cursor.origin(token), notes=notes)


def _read_parenthesised(cursor: Cursor, unprefixed: str, inside: tuple[str, ...], notes: Notes) -> NameClass:
    cursor.take()
    cursor.deeper()
    names = _read_class(cursor, unprefixed, inside, notes)
    cursor.depth -= 1
    names = add_comments(names, cursor.comments())
    cursor.expect(")", "the name class")
    return names


def _read_except(cursor: Cursor, of: AnyName | NsName, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    cursor.take()
    kind = "*" if isinstance(of, AnyName) else ":*"
    without = _read_bare(cursor, unprefixed, (*inside, kind))
    if cursor.kind in ("-", "|"):
        raise cursor.unexpected("put parentheses around the names after `-`, or around the whole name class")
    return read_followers(cursor, replace(of, except_=without))


def _add_notes(names: NameClass, notes: Notes) -> NameClass:
    """Add the annotations before parentheses to the only name class inside."""
    if not notes.attributes and not notes.initial:
        return add_comments(names, notes.comments)
    return NameChoice((names,), origin=names.origin, notes=notes)


def _check_except(cursor: Cursor, inside: tuple[str, ...], kind: str) -> None:
    """4.16: an exception from any name has no `*`; an exception from a namespace has no `*` and no `prefix:*`."""
    if kind in inside or ":*" in inside:
        message = f"`{cursor.token.text}` cannot be taken out of `{inside[-1].replace(':*', 'prefix:*')}`"
        raise cursor.error(cursor.token, message, "after `-` list single names, or namespaces if `*` stands before it")
