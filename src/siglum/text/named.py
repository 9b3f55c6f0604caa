"""What the records of a document are called: a person, a place, an organisation, a work, whoever is responsible."""

from __future__ import annotations

from siglum.text.tei import Element, elements, squeeze


def record_name(record: Element) -> str:
    """The first name in a record: of a person, an organisation, a work, or whoever is responsible."""
    for kind in ("persName", "orgName", "placeName", "title", "name"):
        found = next(elements(record, kind), None)
        if found is not None:
            return squeeze("".join(map(str, found.itertext())))
    return squeeze("".join(map(str, record.itertext())))[:80]
