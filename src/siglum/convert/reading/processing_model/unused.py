"""Report the text of an element that no parameter has selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.reading.builder import Builder
from siglum.convert.reading.tree import Omission
from siglum.schema.xpath import TextAt
from siglum.text.tei import TEI, Element, name, squeeze


def find_unused(
    builder: Builder, element: Element, seen: Iterable[Element | TextAt | str], reason: str
) -> tuple[list[Omission], list[Element]]:
    """An omission for each unselected stretch of text, and the unselected notes. None if the element itself was selected.

    An unselected note is still printed among the notes, so it needs its call.
    """
    elements = {item for item in seen if not isinstance(item, TextAt | str)}
    if element in elements:
        return [], []
    texts = {(item.owner, item.is_tail) for item in seen if isinstance(item, TextAt)}
    around = {above for item in elements for above in item.iterancestors()}
    for owner, is_tail in texts:
        around.update(owner.iterancestors() if is_tail else (owner, *owner.iterancestors()))
    around.update(above for note in element.iter(f"{TEI}note") if _is_note(builder, note) for above in note.iterancestors())
    search = _Search(builder, reason, elements, texts, around)
    return list(search.inside(element)), search.notes


def _is_note(builder: Builder, element: Element) -> bool:
    return name(element) == "note" and builder.edition.notes.of(element) is not None


class _Search:
    def __init__(
        self,
        builder: Builder,
        reason: str,
        elements: set[Element],
        texts: set[tuple[Element, bool]],
        around: set[Element],
    ) -> None:
        self.builder = builder
        self.reason = reason
        self.elements = elements
        self.texts = texts
        self.around = around
        self.notes: list[Element] = []

    def inside(self, parent: Element) -> Iterator[Omission]:
        yield from self._text(parent, parent, parent.text or "", is_tail=False)
        for child in parent:
            if isinstance(child.tag, str) and child not in self.elements:
                if _is_note(self.builder, child):
                    self.notes.append(child)
                elif child in self.around:
                    yield from self.inside(child)
                else:
                    whole = self.builder.omissions.describe_omission(child, self.reason)
                    yield from (whole,) if whole.text else ()
            yield from self._text(parent, child, child.tail or "", is_tail=True)

    def _text(self, parent: Element, owner: Element, text: str, *, is_tail: bool) -> Iterator[Omission]:
        if text.strip() and (owner, is_tail) not in self.texts:
            yield replace(self.builder.omissions.describe_omission(parent, self.reason), text=squeeze(text))
