"""The references of a document as the Distributed Text Services tell them (DTS 1.0, Navigation): a citable unit an object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from siglum.convert.extract.references import ReferenceRow
from siglum.text.edition import Edition
from siglum.text.tei import Element


def write(listed: Sequence[tuple[Edition, Sequence[tuple[Element, Any]]]]) -> str:
    """The navigation of one document; of several a list of them."""
    made = [_navigation(edition, [row for _, row in rows]) for edition, rows in listed]
    return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=1) + "\n"


def _navigation(edition: Edition, rows: Sequence[ReferenceRow]) -> dict[str, object]:
    resource = quote(PurePath(edition.document.source.name).name)
    return {
        "@context": "https://dtsapi.org/context/v1.0.json",
        "dtsVersion": "1.0",
        "@type": "Navigation",
        "@id": f"{resource}?down=-1",
        "resource": {"@id": resource, "@type": "Resource", "citationTrees": [_tree(rows)]},
        "member": [_member(row) for row in rows],
    }


def _tree(rows: Sequence[ReferenceRow]) -> dict[str, object]:
    """The kinds of units, each in the kind around it, as they occur."""
    whole: dict[str, object] = {"@type": "CitationTree"}
    made: dict[str, dict[str, Any]] = {"": whole}
    for row in rows:
        around = made.get(row.parent, whole)
        kinds = around.setdefault("citeStructure", [])
        known = next((each for each in kinds if each["citeType"] == row.unit), None)
        if known is None:
            known = {"@type": "CiteStructure", "citeType": row.unit}
            kinds.append(known)
        made[row.reference] = known
    return whole


def _member(row: ReferenceRow) -> dict[str, object]:
    member = {
        "identifier": row.reference,
        "@type": "CitableUnit",
        "level": row.level,
        "parent": row.parent or None,
        "citeType": row.unit,
    }
    return member | ({"dublinCore": {"title": row.title}} if row.title else {})
