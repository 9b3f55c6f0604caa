"""A pointer into this document (`#id`) to an identifier that does not exist in it.

Why it matters: the link leads nowhere: a name is not identified, a note is not called, a witness has no siglum. Exports leave
the link out.

Example:
    <person xml:id="lenin">…</person> … <persName ref="#lennin">Lenin</persName>

Better:
    <person xml:id="lenin">…</person> … <persName ref="#lenin">Lenin</persName>

To point to an identifier in another file, name the file: `ref="persons.xml#lenin"`. siglum does not check whether other files
have these identifiers. It also ignores pointers that a `prefixDef` resolves (`ref="psn:lenin"`), XPointer schemes
(`#xpath(…)`) and the examples in `egXML`. Where an XInclude failed, it does not check pointers at all.
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
"""The most names to compare for suggestions in one document, which takes about half a second."""


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Report each pointer to an identifier that does not exist."""
    document = edition.document
    if any(finding.code == "X006" for finding in document.findings):
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
            f"`@{pointer.attribute}` points to `#{wanted}`, but no element here has that `xml:id`",
            near[wanted],
            attribute=pointer.attribute,
        )


def _nearest(wanted: str, known: list[str]) -> str:
    fitting = [name for name in known if _ALIKE * (len(name) + len(wanted)) <= 2 * min(len(name), len(wanted))]
    near = suggest(wanted, fitting, most=3, cutoff=_ALIKE)
    if near:
        return f"did you mean {' or '.join(f'#{name}' for name in near)}?"
    return f"if it is in another file, write `FILE.xml#{wanted}`"


def _own_file(pointer: Pointer, edition: Edition, parts: dict[str, frozenset[str]]) -> frozenset[str]:
    """The identifiers in the file of an included pointer. XInclude may have taken only a part of that file."""
    source, _ = edition.document.origins.get(pointer.element, (edition.document.source, 0))
    if source is edition.document.source:
        return frozenset()
    if source.name not in parts:
        parts[source.name] = frozenset(re.findall(r"""xml:id\s*=\s*["']\s*([^"'\s]+)\s*["']""", source.text))
    return parts[source.name]
