"""An edition: a document together with everything that is decided about its text once and for all outputs.

Identifiers, quotations with their marks, notes with their labels, editorial signs, and the view that is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from siglum.text.document import Document
from siglum.text.notes import Notes
from siglum.text.pointer import Identifiers
from siglum.text.quotation import Quotations
from siglum.text.signs import Signing, Signs
from siglum.text.tei import Element
from siglum.text.views import View, omission


@dataclass(frozen=True)
class Edition:
    """A document, resolved for one view. Made by `resolve`."""

    document: Document
    view: View
    identifiers: Identifiers
    quotations: Quotations
    notes: Notes
    signing: Signing = Signing.NONE

    @cached_property
    def signs(self) -> Signs:
        """The signs that say what an editor did."""
        return Signs(self.document.root, self.view, self.signing)

    def omission(self, element: Element) -> str:
        """Why the element is no part of the text in this view; the empty string where it is."""
        return "" if self.signs.shows(element) else omission(element, self.view)


def resolve(document: Document, view: View = View.READING, signing: Signing = Signing.AUTO) -> Edition:
    """Everything that the outputs have to agree on."""
    identifiers = Identifiers(document.root)
    return Edition(
        document, view, identifiers, Quotations(document.root, view), Notes(document.root, identifiers, view), signing
    )
