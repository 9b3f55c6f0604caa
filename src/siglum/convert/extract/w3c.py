"""W3C Web Annotations (JSON-LD): each thing listed as an annotation on the text of `siglum export --to standoff`.

The target is that text, by its words with what stands around them (TextQuoteSelector) and by their places in it, in characters
(TextPositionSelector); and the element of the TEI file, where it has an id. What is known of the thing is the body.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from siglum.convert.reading import builder
from siglum.convert.text_index import index_text
from siglum.convert.writers import standoff
from siglum.text.edition import Edition
from siglum.text.tei import Element

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters before and after what is quoted."""
_TAGS = ("kind", "type", "cert", "reason", "stream")
_IDENTIFYING = (("speaker", "speaker_id"), ("normal", "record"), ("resp", "resp_id"))
_LINKING = (("source", "source_id"),)
_TOLD = ("read", "found", "reference")


def write(kind: str, listed: Sequence[tuple[Edition, Sequence[tuple[Element, object]]]]) -> str:
    """One collection of all annotations, with the page that holds them."""
    items = [each for edition, rows in listed for each in _Document(kind, edition).annotations(rows)]
    whole = {
        "@context": _CONTEXT,
        "id": f"{kind}.jsonld",
        "type": "AnnotationCollection",
        "label": kind,
        "total": len(items),
        "first": {"id": f"{kind}.jsonld#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


class _Document:
    """The annotations on one document."""

    def __init__(self, kind: str, edition: Edition) -> None:
        self.kind = kind
        self.edition = edition
        path = PurePath(edition.document.source.name)
        self.file, self.text_file = quote(path.name), quote(f"{path.stem}.txt")
        tree = builder(edition, located=True).tree()
        made = standoff.write(tree, edition.identifiers)
        self.text = made.text
        self.places: dict[tuple[str, int, int], tuple[int, int]] = {}
        head, *rows = map(json.loads, made.table.splitlines())
        for row in rows:
            if row["node"] != "text" and "line" in row:
                at = (row.get("file", head["file"]), row["line"], row["column"])
                self.places.setdefault(at, (row["start"], row["end"]))

    def annotations(self, rows: Sequence[tuple[Element, object]]) -> Iterator[dict[str, object]]:
        for number, (element, row) in enumerate(rows, 1):
            own = getattr(row, "id", "") or f"{self.kind}-{number}"
            bodies = list(self._bodies(row))
            annotation = {
                "id": f"{self.kind}.jsonld#{quote(PurePath(self.text_file).stem)}.{quote(own)}",
                "type": "Annotation",
                "motivation": "classifying" if not bodies else bodies[0]["purpose"],
                "body": bodies,
                "target": list(self._targets(element, row)),
            }
            yield {key: value for key, value in annotation.items() if value != []}

    def _targets(self, element: Element, row: Any) -> Iterator[dict[str, object] | str]:
        at = self.edition.document.locate(element)
        span = self.places.get((at.path, at.line, at.column))
        selectors = [self._quoted(*span), _position(*span)] if span is not None and span[0] < span[1] else self._words(element)
        if selectors:
            yield {"source": self.text_file, "selector": selectors}
        if getattr(row, "id", ""):
            yield f"{self.file}#{quote(row.id)}"
        elif not selectors:
            yield self.file

    def _quoted(self, start: int, end: int) -> dict[str, str]:
        before, after = self.text[max(0, start - _AROUND) : start], self.text[end : end + _AROUND]
        return _selector(self.text[start:end], before, after)

    def _words(self, element: Element) -> list[dict[str, object]]:
        """By the words alone, of what has no place of its own in that text, if they stand in it once."""
        words = index_text(self.edition).of(element)
        start = self.text.find(words) if words else -1
        if start < 0 or self.text.find(words, start + 1) >= 0:
            return []
        return [self._quoted(start, start + len(words)), _position(start, start + len(words))]

    def _bodies(self, row: Any) -> Iterator[dict[str, object]]:
        known = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
        for key, pointer in (*_IDENTIFYING, *_LINKING):
            purpose = "linking" if (key, pointer) in _LINKING else "identifying"
            yield from self._meant(purpose, str(known.get(key) or ""), str(known.get(pointer) or ""))
        for key in _TOLD:
            if known.get(key) and known[key] != known.get("text") and not (key == "reference" and self.kind == "notes"):
                yield {"type": "TextualBody", "purpose": "describing", "value": f"{key}: {known[key]}"}
        yield from ({"type": "TextualBody", "purpose": "tagging", "value": known[key]} for key in _TAGS if known.get(key))
        if self.kind == "notes":
            yield {"type": "TextualBody", "purpose": "commenting", "value": known["text"], "format": "text/plain"}

    def _meant(self, purpose: str, called: str, pointers: str) -> Iterator[dict[str, object]]:
        """Whom or what it names: by its address, where there is just one, and by its name."""
        wanted = pointers.split()
        if len(wanted) == 1:
            address = wanted[0] if ":" in wanted[0] or "/" in wanted[0] else f"{self.file}#{quote(wanted[0])}"
            yield {"type": "SpecificResource", "purpose": purpose, "source": {"id": address, "label": called or wanted[0]}}
        elif called or pointers:
            yield {"type": "TextualBody", "purpose": purpose, "value": called or pointers}


def _position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _selector(exact: str, before: str, after: str) -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after}
