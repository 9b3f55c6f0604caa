"""Warnings of an export about faults that lose no text: unknown elements (E001), deletions without an end (E002)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from siglum.text.diagnostic import Finding, Severity
from siglum.text.edition import Edition
from siglum.text.element_index import ElementIndex
from siglum.text.files import read_packaged
from siglum.text.spelling import suggest
from siglum.text.tei import TEI, TEI_NS, XI_NS, Element, name

_EXAMPLES = "http://www.tei-c.org/ns/Examples"
_IGNORED_NAMESPACES = frozenset({_EXAMPLES, XI_NS})
"""Namespaces that are not checked: examples show any markup, and XInclude has findings of its own."""


def find_remarks(edition: Edition, modelled: Collection[str] = ()) -> Iterator[Finding]:
    """Report each unknown element name once, at its first place, unless an ODD has a model for it (`modelled`)."""
    for tag, found in _find_unknown_elements(edition.document.index).items():
        if tag[1] not in modelled:
            yield _describe_unknown_element(edition, *tag, found)
    for deletion, message in edition.deleted.faults:
        help_ = "give @spanTo the xml:id of an anchor behind it; until then nothing is left out"
        yield edition.document.finding(deletion, "E002", message, help=help_, severity=Severity.WARNING)


def _find_unknown_elements(index: ElementIndex) -> dict[tuple[str, str], list[Element]]:
    """The elements of the text that TEI does not define, by namespace and name, without those inside an unknown element."""
    known = frozenset(read_packaged("schema", "p5", "elements.txt").split())
    strange = [
        tag
        for tag in index.tags
        if _namespace(tag) not in _IGNORED_NAMESPACES and not (tag.startswith(TEI) and tag.removeprefix(TEI) in known)
    ]
    found: dict[tuple[str, str], list[Element]] = {}
    for element in index.tagged(*strange):
        around = element.getparent()
        if (
            around is not None
            and str(around.tag).startswith(TEI)
            and next(element.iterancestors(TEI + "text"), None) is not None
        ):
            found.setdefault((_namespace(str(element.tag)), name(element)), []).append(element)
    return found


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _describe_unknown_element(edition: Edition, namespace: str, kind: str, found: list[Element]) -> Finding:
    places = f" ({len(found)} places)" if len(found) > 1 else ""
    whose = "" if namespace == TEI_NS else f"; it is in the namespace “{namespace}”" if namespace else "; it is in no namespace"
    message = f"`{kind}` is no element of TEI{whose}: its text is kept{places}"
    return edition.document.finding(found[0], "E001", message, help=_suggest_name(kind, namespace), severity=Severity.WARNING)


def _suggest_name(kind: str, namespace: str) -> str:
    known = read_packaged("schema", "p5", "elements.txt").split()
    near = suggest(kind, known, cutoff=0.7) if namespace in {TEI_NS, ""} else []
    return f"did you mean `{near[0]}`?" if near else "an ODD with a model for it says how it is shown: --odd FILE"
