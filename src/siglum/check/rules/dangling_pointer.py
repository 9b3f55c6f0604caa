"""A pointer into this document (`#id`) to an identifier that does not exist in it.

Why it matters: the link leads nowhere. A name is not identified, a note is not called, a witness has no siglum, and the
outputs can only leave it out.

Example:
    <person xml:id="lenin">…</person> … <persName ref="#lennin">Lenin</persName>

Better:
    <person xml:id="lenin">…</person> … <persName ref="#lenin">Lenin</persName>

An identifier in another file is pointed to with that file's name: `ref="persons.xml#lenin"`. Whether other files have the
identifiers that are pointed to is not looked at; nor are pointers that a `prefixDef` resolves (`ref="psn:lenin"`), XPointer
schemes (`#xpath(…)`), or the examples of `egXML`. Where an XInclude failed, nothing can be said about identifiers.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from siglum.check.rule import Context, Facts, Fault
from siglum.schema.datatypes.names import is_ncname
from siglum.text.pointer import Pointer
from siglum.text.tei import Element

RULE = Facts(code="I003", name="dangling-pointer", since="0.1")


def check(root: Element, context: Context) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every pointer to an identifier that is none."""
    document = context.document
    if any(each.code == "X006" for each in document.findings):
        return
    known = context.identifiers
    near: dict[str, str] = {}
    for pointer in context.pointers:
        wanted = unquote(pointer.local_id)
        if not is_ncname(wanted) or wanted in known or pointer.local_id in known or _in_own_file(pointer, wanted, context):
            continue
        if wanted not in near:
            near[wanted] = _nearest(wanted, list(known))
        yield Fault(
            pointer.element,
            f'@{pointer.attribute} points to "#{wanted}", but nothing here has the xml:id "{wanted}"',
            near[wanted],
            attribute=pointer.attribute,
        )


def _nearest(wanted: str, known: list[str]) -> str:
    otherwise = f"if it is in another file, name the file: FILE.xml#{wanted}"
    if not known:
        return f"the document has no xml:id at all; {otherwise}"
    near = get_close_matches(wanted, known, 3, 0.7)
    return f"did you mean {' or '.join(f'#{each}' for each in near)}?" if near else otherwise


def _in_own_file(pointer: Pointer, wanted: str, context: Context) -> bool:
    """Whether a pointer in an included part points to something in its own file that was not included with it."""
    source, _ = context.document.origins.get(pointer.element, (context.document.source, 0))
    if source is context.document.source:
        return False
    return re.search(rf"""xml:id\s*=\s*["']\s*{re.escape(wanted)}\s*["']""", source.text) is not None
