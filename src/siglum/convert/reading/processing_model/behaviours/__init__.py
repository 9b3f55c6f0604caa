"""TEI's behaviours: what each makes of its parameters (Guidelines, 22.5.4.7). One clause a behaviour, and the table.

The same clauses serve siglum's own models and those of an ODD, so that both number, nest and link alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.convert.reading.processing_model.application import ModelApplication
from siglum.convert.reading.processing_model.behaviours import blocks, groups, phrases
from siglum.convert.reading.tree import Node
from siglum.schema.odd.models import CHILDREN

LEAVING_OUT = frozenset({"index", "metadata", "omit"})
"""These make nothing that a reader of the text would see; what they hold is left out."""
POINTS = frozenset({"anchor", "break", "graphic"})
"""These show nothing of what stands in the element."""


def _nothing(_work: ModelApplication) -> Iterator[Node]:
    return iter(())


BEHAVIOURS: dict[str, Callable[[ModelApplication], Iterator[Node]]] = {
    "alternate": phrases.alternate,
    "anchor": phrases.anchor,
    "block": blocks.block,
    "body": blocks.block,
    "break": phrases.break_,
    "cell": groups.cell,
    "cit": groups.cit,
    "document": blocks.block,
    "figure": groups.figure,
    "glyph": phrases.glyph,
    "graphic": phrases.graphic,
    "heading": blocks.heading,
    "inline": phrases.inline,
    "link": phrases.link,
    "list": groups.list_,
    "listItem": groups.list_item,
    "note": phrases.note,
    "paragraph": blocks.paragraph,
    "row": groups.row,
    "section": blocks.section,
    "table": groups.table,
    "text": phrases.text,
    "title": blocks.title,
    CHILDREN: phrases.text,
    **dict.fromkeys(LEAVING_OUT, _nothing),
}
