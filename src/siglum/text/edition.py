"""An edition: a document together with everything that is decided about its text once and for all outputs.

Identifiers, quotations with their marks, notes with their labels, and the view that is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from siglum.text.document import Document
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers
from siglum.text.quotation import Quotations
from siglum.text.spans import NOTHING, Deleted, deleted
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
    deleted: Deleted = NOTHING

    def omission(self, element: Element) -> str:
        """Why the element is no part of the text in this view; the empty string where it is."""
        return DELETED if element in self.deleted.elements else omission(element, self.view)


def resolve(document: Document, view: View = View.READING) -> Edition:
    """Everything that the outputs have to agree on."""
    identifiers = Identifiers(document.root)
    gone = deleted(document.root, identifiers) if view is View.READING else NOTHING
    notes = Notes(document.root, identifiers, view, gone)
    return Edition(document, view, identifiers, Quotations(document.root, view), notes, gone)
