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
from urllib.parse import unquote

from siglum.check.rule import Facts, Fault
from siglum.schema.datatypes.names import is_ncname
from siglum.text.edition import Edition
from siglum.text.pointer import Pointer
from siglum.text.spelling import suggest
from siglum.text.tei import Element

RULE = Facts(code="I003", meaning="a pointer to an xml:id that does not exist", name="dangling-pointer", since="0.1")

_ALIKE = 0.7
_COMPARISONS = 500_000
"""How many names are compared for suggestions in one document, which takes about half a second."""


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every pointer to an identifier that is none."""
    document = edition.document
    if any(each.code == "X006" for each in document.findings):
        return
    known = edition.identifiers
    names = list(known)
    near: dict[str, str] = {}
    parts: dict[str, frozenset[str]] = {}
    for pointer in edition.pointers:
        local_id = pointer.local_id
        if not local_id or local_id in known:
            continue
        wanted = unquote(local_id)
        if not is_ncname(wanted) or wanted in known or wanted in _own_file(pointer, edition, parts):
            continue
        if wanted not in near:
            compared = len(near) * len(names)
            near[wanted] = _nearest(wanted, names if compared < _COMPARISONS else [])
        yield Fault(
            pointer.element,
            f'@{pointer.attribute} points to "#{wanted}", but nothing here has the xml:id "{wanted}"',
            near[wanted],
            attribute=pointer.attribute,
        )


def _nearest(wanted: str, known: list[str]) -> str:
    fitting = [name for name in known if _ALIKE * (len(name) + len(wanted)) <= 2 * min(len(name), len(wanted))]
    near = suggest(wanted, fitting, most=3, cutoff=_ALIKE)
    if near:
        return f"did you mean {' or '.join(f'#{each}' for each in near)}?"
    return f"if it is in another file, name the file: FILE.xml#{wanted}"


def _own_file(pointer: Pointer, edition: Edition, parts: dict[str, frozenset[str]]) -> frozenset[str]:
    """The identifiers in the file that an included pointer comes from, of which only a part may have been included."""
    source, _ = edition.document.origins.get(pointer.element, (edition.document.source, 0))
    if source is edition.document.source:
        return frozenset()
    if source.name not in parts:
        parts[source.name] = frozenset(re.findall(r"""xml:id\s*=\s*["']\s*([^"'\s]+)\s*["']""", source.text))
    return parts[source.name]
