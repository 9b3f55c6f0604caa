"""An edition: a document together with everything that is decided about its text once and for all outputs.

Identifiers, quotations with their marks, notes with their labels, editorial signs, and the view that is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from siglum.text.del_span import NOTHING, Deleted, deleted
from siglum.text.document import Document
from siglum.text.editorial_signs import Signing, Signs
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers
from siglum.text.policy import DEFAULT, Policy
from siglum.text.quotation import Quotations
from siglum.text.tei import Element
from siglum.text.views import DELETED, View, omission


@dataclass(frozen=True)
class Edition:
    """A document, resolved for one view. Made by `resolve`."""

    document: Document
    view: View
    identifiers: Identifiers
    quotations: Quotations
    notes: Notes
    policy: Policy = DEFAULT
    signing: Signing = Signing.NONE
    deleted: Deleted = NOTHING

    @cached_property
    def signs(self) -> Signs:
        """The signs that say what an editor did."""
        return Signs(self.document.root, self.view, self.signing)

    def without_notes(self, apart: frozenset[Element]) -> Edition:
        """The same with some `note`s that are no notes but stand in the text as anything else does."""
        notes = Notes(self.document.root, self.identifiers, self.view, self.policy, self.deleted, apart)
        return replace(self, notes=notes)

    def omission(self, element: Element) -> str:
        """Why the element is no part of the text in this view; the empty string where it is."""
        if element in self.deleted.elements:
            return DELETED
        return "" if self.signs.shows(element) else omission(element, self.view)


def resolve(
    document: Document, view: View = View.READING, policy: Policy = DEFAULT, signing: Signing = Signing.AUTO
) -> Edition:
    """Everything that the outputs have to agree on."""
    root = document.root
    identifiers = Identifiers(root)
    gone = deleted(root, identifiers) if view is View.READING else NOTHING
    quotations = Quotations(root, identifiers, view, policy.marks)
    notes = Notes(root, identifiers, view, policy, gone)
    return Edition(document, view, identifiers, quotations, notes, policy, signing, gone)
