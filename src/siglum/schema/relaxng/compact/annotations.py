"""Annotations and comments of the compact syntax (Annex C.5): `## text`, `[ ... ]`, and `>> element [ ... ]`."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, RELAX_NG, Cursor
from siglum.schema.relaxng.compact.lexer import CNAME, DOCUMENTATION, IDENTIFIER, LITERAL, Token
from siglum.schema.relaxng.compact.prefixes import INHERIT
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import Annotation, Attribute, ExpandedName, Node, Notes

NO_NOTES = Notes()
_XMLNS = ("http://www.w3.org/2000/xmlns", "http://www.w3.org/2000/xmlns/")
_Annotated = TypeVar("_Annotated", bound=Node)


def read_notes(cursor: Cursor) -> Notes:
    """What stands before a pattern, a name class, a parameter or a part of a grammar."""
    comments = cursor.comments()
    if cursor.kind not in ("[", DOCUMENTATION):
        return Notes(comments) if comments else NO_NOTES
    elements: list[Annotation] = []
    attributes: tuple[Attribute, ...] = ()
    while cursor.kind == DOCUMENTATION:
        name = (COMPATIBILITY, "documentation")
        text = cursor.take().text
        elements.append(Annotation(name, (), (text,) if text else (), cursor.scope.compatibility_prefix))
    if cursor.accept("["):
        attributes = _attributes(cursor, nested=False)
        while cursor.kind != "]":
            elements.append(read_element(cursor))
        cursor.take()
    return Notes(comments + cursor.comments(), attributes, tuple(elements)) if cursor.with_notes else NO_NOTES


def read_followers(cursor: Cursor, node: _Annotated) -> _Annotated:
    """The node with the elements that `>>` puts after it."""
    if cursor.kind != ">>":
        return node
    following = list(node.notes.following)
    while cursor.accept(">>"):
        following.append(read_element(cursor))
    return replace(node, notes=replace(node.notes, following=tuple(following))) if cursor.with_notes else node


def read_element(cursor: Cursor, *, nested: bool = False) -> Annotation:
    """One foreign element, `name [ attributes children ]`."""
    if cursor.kind not in (CNAME, IDENTIFIER) and cursor.kind not in KEYWORDS:
        raise cursor.unexpected("the name of an annotation is wanted here")
    token = cursor.take()
    if cursor.kind == "=":
        raise cursor.error(token, *_misplaced_attribute(token))
    name, prefix = _name(cursor, token, nested)
    cursor.expect("[", f"the annotation's name `{token.text}`")
    cursor.deeper()
    attributes = _attributes(cursor, nested=True)
    children = _children(cursor)
    cursor.depth -= 1
    return Annotation(name, attributes, children, prefix)


def starts_element(cursor: Cursor) -> bool:
    """Whether a foreign element stands here among the parts of a grammar."""
    return cursor.kind in (CNAME, IDENTIFIER) and cursor.ahead() == "["


def beside(notes: Notes) -> Notes:
    """The notes of a node that can hold no elements (a name, a value, a parameter): what stood before it comes after it."""
    return replace(notes, initial=(), following=notes.initial) if notes.initial else notes


def with_comments(node: _Annotated, comments: tuple[str, ...]) -> _Annotated:
    """The node with comments put before those it has."""
    return replace(node, notes=replace(node.notes, comments=comments + node.notes.comments)) if comments else node


def _children(cursor: Cursor) -> tuple[str | Annotation, ...]:
    children: list[str | Annotation] = []
    while not cursor.accept("]"):
        if cursor.kind != LITERAL:
            children.append(read_element(cursor, nested=True))
            continue
        text = cursor.literal("text")
        if children and isinstance(children[-1], str):
            text = str(children.pop()) + text
        children.append(text)
    return tuple(child for child in children if child != "")


def _attributes(cursor: Cursor, *, nested: bool) -> tuple[Attribute, ...]:
    found: dict[ExpandedName, Attribute] = {}
    while cursor.ahead() == "=" and (cursor.kind == CNAME or (nested and cursor.kind in (IDENTIFIER, *KEYWORDS))):
        token = cursor.take()
        name, prefix = _attribute_name(cursor, token, nested)
        cursor.take()
        if name in found:
            message = f"the attribute `{token.text}` is given twice in one annotation"
            raise cursor.error(token, message, "keep one of the two")
        found[name] = Attribute(name, cursor.literal("the value of the attribute"), prefix)
    return tuple(found.values())


def _attribute_name(cursor: Cursor, token: Token, nested: bool) -> tuple[ExpandedName, str]:
    if token.text == "xmlns":
        raise cursor.error(token, "`xmlns` is no attribute of an annotation", "declare a namespace at the head of the file")
    name, prefix = _name(cursor, token, nested)
    if not name[0] and not nested:
        raise cursor.error(token, *_misplaced_attribute(token))
    if name[0] in _XMLNS:
        message = f"`{token.text}` would declare a namespace, which an annotation cannot"
        raise cursor.error(token, message, "declare a namespace at the head of the file")
    return name, prefix


def _name(cursor: Cursor, token: Token, nested: bool) -> tuple[ExpandedName, str]:
    """The expanded name and the prefix; RELAX NG's own names may stand inside other annotations only."""
    if token.kind != CNAME:
        return ("", token.text), ""
    prefix, _, local = token.text.partition(":")
    namespace = cursor.namespace(token, prefix)
    if namespace == INHERIT:
        message = f"the prefix `{prefix}` of an annotation stands for no namespace of its own"
        raise cursor.error(token, message, "use a prefix that is declared with a namespace name")
    if namespace == RELAX_NG and not nested:
        message = f"`{token.text}` is in RELAX NG's own namespace, and so no annotation"
        raise cursor.error(token, message, "use a prefix of another namespace")
    return (namespace, local), prefix if namespace else ""


def _misplaced_attribute(token: Token) -> tuple[str, str]:
    return (
        f"the annotation attribute `{token.text}` is in no namespace",
        "give it a prefix that is declared with a namespace name; attributes come before elements",
    )
