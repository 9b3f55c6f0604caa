"""Identifiers and pointers inside a document: `xml:id` to element, and what `@target`, `@ref`, `@who` … point to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.tei import TEI, XML_ID, Element, tokens

POINTERS = frozenset(
    """adj adjFrom adjTo ana calendar change children code copyOf corresp datcat datingMethod datingPoint decls domains edRef
    end exclude facs feats follow fVal given hand inst lemmaRef mergedIn mutual next nymRef origin parent parts perf period
    prev ref rendition replyTo resp sameAs scribeRef scriptRef select since source spanTo start synch target targetDatcat
    targetEnd toWhom unitRef url valueDatcat where who wit""".split()
)
"""TEI attributes that hold pointers (teidata.pointer) on whatever element has them."""

_POINTERS_ON = {
    **dict.fromkeys(("active", "passive"), frozenset({"relation"})),
    **dict.fromkeys(("from", "to"), frozenset({"app", "arc", "rt", "span"})),
    "class": frozenset({"msContents", "msItem", "msItemStruct"}),
    "new": frozenset({"handShift"}),
    "scheme": frozenset("catRef classCode keywords locus locusGrp occupation socecStatus".split()),
    "value": frozenset("eLeaf eTree iNode leaf node root triangle".split()),
}
"""Attributes that hold pointers on these elements and something else on others."""

_NO_POINTERS = frozenset(
    {("citeData", "source"), ("dataRef", "source"), ("schemaSpec", "source"), ("schemaSpec", "start"), ("move", "where")}
)


@frozen
class Pointer:
    """One value of a pointing attribute: where it stands and what it says."""

    element: Element
    attribute: str
    value: str

    @property
    def local_id(self) -> str:
        """The xml:id meant, for a pointer into the same document; the empty string for any other."""
        return self.value[1:] if self.value.startswith("#") and "(" not in self.value else ""


class Identifiers:
    """The `xml:id`s of a document. Of a doubled one the first counts."""

    def __init__(self, index: ElementIndex) -> None:
        self._by_id: dict[str, Element] = {}
        self.doubled: list[tuple[Element, Element]] = []
        for element in index.identified:
            first = self._by_id.setdefault(element.get(XML_ID, "").strip(), element)
            if first is not element:
                self.doubled.append((element, first))

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def get(self, pointer: str) -> Element | None:
        """The element that “#id” points to in this document."""
        return self._by_id.get(pointer[1:]) if pointer.startswith("#") else None

    def first(self, element: Element, key: str) -> Element | None:
        """The first element in this document that an attribute points to."""
        return next((found for each in tokens(element, key) if (found := self.get(each)) is not None), None)


def pointers(index: ElementIndex) -> Iterator[Pointer]:
    """Every pointer in the document, in document order (documentation of markup, `egXML`, is passed over)."""
    for element in index.elements:
        for key, value in element.items():
            if _points(element.tag, key):
                for token in str(value).split():
                    yield Pointer(element, str(key), token)


@cache
def _points(tag: object, key: object) -> bool:
    return isinstance(tag, str) and tag.startswith(TEI) and _is_pointer(tag.removeprefix(TEI), str(key))


def _is_pointer(kind: str, key: str) -> bool:
    if key in POINTERS:
        return (kind, key) not in _NO_POINTERS
    return kind in _POINTERS_ON.get(key, ())
