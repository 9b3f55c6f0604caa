"""An edition: a document together with everything that is resolved about it for one view, policy and way of making signs.

Each part is resolved when it is first asked for, and once: editions of a document share what does not depend on the view.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from siglum.text import header
from siglum.text.del_span import NOTHING, Deleted, deleted
from siglum.text.document import Document
from siglum.text.editorial_signs import Signing, Signs
from siglum.text.frozen import frozen
from siglum.text.header import Header
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers, Pointer, pointers
from siglum.text.policy import DEFAULT, Policy
from siglum.text.quotation import Quotations
from siglum.text.references import References
from siglum.text.tei import Element
from siglum.text.views import DELETED, View, omission

T = TypeVar("T")


@frozen(eq=False, slots=False)
class Edition:
    """A document, resolved for one view. Use `resolve`, which returns the same object for the same arguments.

    The `note`s that stand `apart` are no notes, but part of the text. `system` is the `@n` or `xml:id` of a system of
    references; if it is empty, the default system holds.
    """

    document: Document
    view: View = View.READING
    policy: Policy = DEFAULT
    signing: Signing = Signing.AUTO
    apart: frozenset[Element] = frozenset()
    system: str = ""

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned at the first call with this key, for this edition. The value must not refer to the edition."""
        return self.document.memo((self._key, key), make)

    def share(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned at an earlier call with this key, as long as somebody still uses it."""
        return self.document.share((self._key, key), make)

    @cached_property
    def _key(self) -> Hashable:
        return type(self), self.view, self.policy, self.signing, self.apart, self.system

    @cached_property
    def identifiers(self) -> Identifiers:
        """The `xml:id`s of the document."""
        return self.document.memo(Identifiers, lambda: Identifiers(self.document.index))

    @cached_property
    def pointers(self) -> list[Pointer]:
        """The values of all pointing attributes."""
        return self.document.memo(pointers, lambda: list(pointers(self.document.index)))

    @cached_property
    def deleted(self) -> Deleted:
        """What the `delSpan`s delete; nothing in a view of the source."""
        if self.view is not View.READING:
            return NOTHING
        return self.document.memo(deleted, lambda: deleted(self.document.index, self.identifiers))

    @cached_property
    def notes(self) -> Notes:
        """The notes of the text with their labels and calls."""
        key = (Notes, self.view, self.policy, self.apart)
        return self.document.memo(
            key, lambda: Notes(self.document.index, self.identifiers, self.view, self.policy, self.deleted, self.apart)
        )

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of the text with their marks."""
        key = (Quotations, self.view, self.policy.marks)
        return self.document.memo(key, lambda: Quotations(self.document.index, self.identifiers, self.view, self.policy.marks))

    @cached_property
    def signs(self) -> Signs:
        """The signs that say what an editor did."""
        key = (Signs, self.view, self.signing)
        return self.document.memo(key, lambda: Signs(self.document.index, self.view, self.signing))

    @property
    def header(self) -> Header:
        """The header as records."""
        return header.read(self.document)

    @property
    def references(self) -> References:
        """The references of the document."""
        return self.document.memo((References, self.system), lambda: References(self.document, self.system))

    @cached_property
    def _page_breaks(self) -> list[int]:
        order = self.document.index.order
        return [order[page_break] for page_break in self.document.index.named("pb")]

    def count_pages(self, element: Element) -> int:
        """The number of page breaks before the element, itself included."""
        return bisect_right(self._page_breaks, self.document.index.order[element])

    def without_notes(self, apart: frozenset[Element]) -> Edition:
        """Return an edition in which some `note`s are no notes but stand in the text as anything else does."""
        return replace(self, apart=apart)

    def omission(self, element: Element) -> str:
        """Why the element is no part of the text in this view; the empty string where it is."""
        if element in self.deleted.elements:
            return DELETED
        return "" if self.signs.shows(element) else omission(element, self.view)


def resolve(
    document: Document,
    view: View = View.READING,
    policy: Policy = DEFAULT,
    signing: Signing = Signing.AUTO,
    system: str = "",
) -> Edition:
    """Return the edition of a document for a view, a policy, a way of making signs and a system of references.

    Callers share one edition as long as one of them keeps it, and the resolved parts as long as the document is kept.
    """
    key = (Edition, view, policy, signing, system)
    return document.share(key, lambda: Edition(document, view, policy, signing, system=system))
