"""What a model may ask of an element besides XPath: parameters that siglum gives, `$parameters?displayed` and the like.

`view`: the view that is read; `displayed`: whether a quotation stands on lines of its own; `among-blocks`: whether the element
stands there; `record`: the address of the record, in this document, of the person, place or work that @ref names; `note`:
whether the element is a note of the text; `run-on`: whether a list, or that of an item, runs on in its line. Yes is “yes”, no
is nothing.
"""

from __future__ import annotations

from siglum.schema.xpath import Parameters
from siglum.text.edition import Edition
from siglum.text.tei import STRUCTURE, Element, is_block, is_entry, is_run_on, name, tokens

YES, NO = "yes", ""


def build_parameters(edition: Edition) -> Parameters:
    """The parameters for the elements of one edition."""

    def displayed(element: Element) -> str:
        found = map(edition.quotations.of, element if name(element) == "cit" else (element,))
        return YES if any(quotation is not None and quotation.displayed for quotation in found) else NO

    def among_blocks(element: Element) -> str:
        parent = element.getparent()
        if parent is None:
            return NO
        stands = is_block(parent) if name(parent) == "cit" else name(parent) in STRUCTURE
        return YES if stands or is_entry(element) else NO

    def record(element: Element) -> str:
        return next((pointer for pointer in tokens(element, "ref") if edition.identifiers.get(pointer) is not None), NO)

    def note(element: Element) -> str:
        return YES if edition.notes.of(element) is not None else NO

    return {
        "view": edition.view.value,
        "displayed": displayed,
        "among-blocks": among_blocks,
        "record": record,
        "note": note,
        "run-on": lambda element: YES if is_run_on(element) else NO,
    }
