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
    """Read the annotations before a pattern, a name class, a parameter or a component."""
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
        attributes = _read_attributes(cursor, nested=False)
        while cursor.kind != "]":
            elements.append(read_element(cursor))
        cursor.take()
    return Notes(comments + cursor.comments(), attributes, tuple(elements)) if cursor.with_notes else NO_NOTES


def read_followers(cursor: Cursor, node: _Annotated) -> _Annotated:
    """Read the elements that `>>` adds after a node."""
    if cursor.kind != ">>":
        return node
    following = list(node.notes.following)
    while cursor.accept(">>"):
        following.append(read_element(cursor))
    return replace(node, notes=replace(node.notes, following=tuple(following))) if cursor.with_notes else node


def read_element(cursor: Cursor, *, nested: bool = False) -> Annotation:
    """Read one foreign element, `name [ attributes children ]`."""
    if cursor.kind not in (CNAME, IDENTIFIER) and cursor.kind not in KEYWORDS:
        raise cursor.unexpected("expected the name of an annotation")
    token = cursor.take()
    if cursor.kind == "=":
        raise cursor.error(token, *_explain_misplaced_attribute(token))
    name, prefix = _resolve_name(cursor, token, nested)
    cursor.expect("[", f"the annotation's name `{token.text}`")
    cursor.deeper()
    attributes = _read_attributes(cursor, nested=True)
    children = _read_children(cursor)
    cursor.depth -= 1
    return Annotation(name, attributes, children, prefix)


def starts_element(cursor: Cursor) -> bool:
    """Return whether a foreign element follows among the components of a grammar."""
    return cursor.kind in (CNAME, IDENTIFIER) and cursor.ahead() == "["


def move_notes_after(notes: Notes) -> Notes:
    """Move the annotations of a node that holds no elements (a name, a value, a parameter) after it."""
    return replace(notes, initial=(), following=notes.initial) if notes.initial else notes


def add_comments(node: _Annotated, comments: tuple[str, ...]) -> _Annotated:
    """Add comments before those that the node has."""
    return replace(node, notes=replace(node.notes, comments=comments + node.notes.comments)) if comments else node


def _read_children(cursor: Cursor) -> tuple[str | Annotation, ...]:
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


def _read_attributes(cursor: Cursor, *, nested: bool) -> tuple[Attribute, ...]:
    found: dict[ExpandedName, Attribute] = {}
    while cursor.ahead() == "=" and (cursor.kind == CNAME or (nested and cursor.kind in (IDENTIFIER, *KEYWORDS))):
        token = cursor.take()
        name, prefix = _read_attribute_name(cursor, token, nested)
        cursor.take()
        if name in found:
            message = f"the attribute `{token.text}` is given twice in one annotation"
            raise cursor.error(token, message, "keep one of the two")
        found[name] = Attribute(name, cursor.literal("the value of the attribute"), prefix)
    return tuple(found.values())


def _read_attribute_name(cursor: Cursor, token: Token, nested: bool) -> tuple[ExpandedName, str]:
    if token.text == "xmlns":
        raise cursor.error(
            token, "an annotation cannot have the attribute `xmlns`", "declare a namespace at the head of the file"
        )
    name, prefix = _resolve_name(cursor, token, nested)
    if not name[0] and not nested:
        raise cursor.error(token, *_explain_misplaced_attribute(token))
    if name[0] in _XMLNS:
        message = f"`{token.text}` declares a namespace, which an annotation cannot do"
        raise cursor.error(token, message, "declare a namespace at the head of the file")
    return name, prefix


def _resolve_name(cursor: Cursor, token: Token, nested: bool) -> tuple[ExpandedName, str]:
    """Return the expanded name and the prefix; names of RELAX NG are allowed inside other annotations only."""
    if token.kind != CNAME:
        return ("", token.text), ""
    prefix, _, local = token.text.partition(":")
    namespace = cursor.namespace(token, prefix)
    if namespace == INHERIT:
        message = f"the prefix `{prefix}` of an annotation stands for no namespace of its own"
        raise cursor.error(token, message, "use a prefix that is declared with a namespace name")
    if namespace == RELAX_NG and not nested:
        message = f"`{token.text}` is in the namespace of RELAX NG and cannot be an annotation"
        raise cursor.error(token, message, "use a prefix of another namespace")
    return (namespace, local), prefix if namespace else ""


def _explain_misplaced_attribute(token: Token) -> tuple[str, str]:
    return (
        f"the annotation attribute `{token.text}` is in no namespace",
        "give it a prefix that is declared with a namespace name; attributes come before elements",
    )
