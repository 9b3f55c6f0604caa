"""The display name of a record: a person, place, organisation, work, or responsible party."""

from __future__ import annotations

from siglum.text.tei import Element, elements, squeeze


def record_name(record: Element) -> str:
    """Return the first name or title in a record; without one, the first 80 characters of its text."""
    for kind in ("persName", "orgName", "placeName", "title", "name"):
        named = next(elements(record, kind), None)
        if named is not None:
            return squeeze("".join(map(str, named.itertext())))
    return squeeze("".join(map(str, record.itertext())))[:80]
