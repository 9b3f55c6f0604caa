"""Name classes of the compact syntax (Annex C.3): names, `*`, `prefix:*`, choices, and what `-` takes out of them."""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.relaxng.compact.annotations import NO_NOTES, beside, read_followers, read_notes, with_comments
from siglum.schema.relaxng.compact.cursor import Cursor
from siglum.schema.relaxng.compact.lexer import CNAME, IDENTIFIER, NS_NAME
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import AnyName, Name, NameChoice, NameClass, Notes, NsName


def read_name_class(cursor: Cursor, unprefixed: str, inside: tuple[str, ...] = ()) -> NameClass:
    """A name class. `unprefixed`: the namespace of a name without a prefix; `inside`: what it is being taken out of."""
    return _class(cursor, unprefixed, inside, NO_NOTES)


def _class(cursor: Cursor, unprefixed: str, inside: tuple[str, ...], around: Notes) -> NameClass:
    token = cursor.token
    names = [_basic(cursor, unprefixed, inside)]
    if cursor.kind == "-" and isinstance(names[0], AnyName | NsName) and cursor.ahead(-1) in ("*", NS_NAME):
        return _around(_except(cursor, names[0], unprefixed, inside), around)
    while cursor.accept("|"):
        names.append(_basic(cursor, unprefixed, inside))
    if cursor.kind == "-":
        raise cursor.unexpected("put parentheses around a name class with `-` that is part of another")
    if len(names) == 1:
        return _around(names[0], around)
    return NameChoice(tuple(names), origin=cursor.origin(token), notes=around)


def _basic(cursor: Cursor, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    return read_followers(cursor, _bare(cursor, unprefixed, inside))


def _bare(cursor: Cursor, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    notes = read_notes(cursor)
    token = cursor.token
    if token.kind == "(":
        return _parenthesised(cursor, unprefixed, inside, notes)
    if token.kind == "*":
        _check_except(cursor, inside, "*")
        cursor.take()
        return AnyName(origin=cursor.origin(token), notes=notes)
    if token.kind == NS_NAME:
        _check_except(cursor, inside, ":*")
        cursor.take()
        namespace = cursor.namespace(token, token.text[:-2])
        return NsName(namespace, origin=cursor.origin(token), notes=notes)
    return _name(cursor, unprefixed, beside(notes))


def _name(cursor: Cursor, unprefixed: str, notes: Notes) -> Name:
    token = cursor.token
    if token.kind == CNAME:
        cursor.take()
        prefix, _, local = token.text.partition(":")
        return Name(cursor.namespace(token, prefix), local, prefix, origin=cursor.origin(token), notes=notes)
    if token.kind != IDENTIFIER and token.kind not in KEYWORDS:
        raise cursor.unexpected("a name, `*` or `prefix:*` is wanted here")
    cursor.take()
    return Name(unprefixed, token.text, origin=cursor.origin(token), notes=notes)


def _parenthesised(cursor: Cursor, unprefixed: str, inside: tuple[str, ...], notes: Notes) -> NameClass:
    cursor.take()
    cursor.deeper()
    names = _class(cursor, unprefixed, inside, notes)
    cursor.depth -= 1
    names = with_comments(names, cursor.comments())
    cursor.expect(")", "the name class")
    return names


def _except(cursor: Cursor, of: AnyName | NsName, unprefixed: str, inside: tuple[str, ...]) -> NameClass:
    cursor.take()
    kind = "*" if isinstance(of, AnyName) else ":*"
    without = _bare(cursor, unprefixed, (*inside, kind))
    if cursor.kind in ("-", "|"):
        raise cursor.unexpected("put parentheses around the names that `-` takes out, or around the whole name class")
    return read_followers(cursor, replace(of, except_=without))


def _around(names: NameClass, notes: Notes) -> NameClass:
    """What was said before parentheses, given to the one name class in them."""
    if not notes.attributes and not notes.initial:
        return with_comments(names, notes.comments)
    return NameChoice((names,), origin=names.origin, notes=notes)


def _check_except(cursor: Cursor, inside: tuple[str, ...], kind: str) -> None:
    """4.16: what is taken out of any name holds no `*`, what is taken out of a namespace holds no `*` and no `prefix:*`."""
    if kind in inside or ":*" in inside:
        message = f"`{cursor.token.text}` cannot be taken out of `{inside[-1].replace(':*', 'prefix:*')}`"
        raise cursor.error(cursor.token, message, "after `-` list single names, or namespaces if `*` stands before it")
