"""Siglum's own models of every element of TEI P5: `default.odd`, which is their source, as a table that is quick to load.

A model of the table is made when the first element asks for it.
"""

from __future__ import annotations

import json
from functools import cache

from siglum.schema.odd.models import TEI, Model, Param, Rendition
from siglum.schema.xpath import parse_expression
from siglum.text.files import read_packaged

FOLDER = ("convert", "reading", "processing_model")
OTHERS = "*"
"""How the table calls elements that TEI does not know."""


class Table:
    """The models of an element by its name; the last of them has no predicate."""

    def __init__(self, written: str) -> None:
        data = json.loads(written)
        self._written: list[list[object]] = data["models"]
        self._of: dict[str, list[int]] = data["elements"]
        self._made: dict[int, Model] = {}
        self._known: dict[str, tuple[Model, ...]] = {}
        self.others = self.of(OTHERS)

    def of(self, element: str) -> tuple[Model, ...]:
        """Those of an element that TEI does not have are `others`."""
        found = self._known.get(element)
        if found is None:
            numbers = self._of.get(element) or self._of[OTHERS]
            found = self._known[element] = tuple(map(self._model, numbers))
        return found

    def elements(self) -> set[str]:
        return set(self._of) - {OTHERS}

    def _model(self, number: int) -> Model:
        if number not in self._made:
            self._made[number] = _model(*self._written[number])  # type: ignore[arg-type]  # as `pack` has written it
        return self._made[number]


@cache
def table() -> Table:
    """The models, read once."""
    return Table(read_packaged(*FOLDER, "default.json"))


def _model(behaviour: str, predicate: str, params: dict[str, str], style: str) -> Model:
    return Model(
        behaviour,
        parse_expression(predicate, TEI, {}) if predicate else None,
        uses_rendition=True,
        params=tuple(Param(name, parse_expression(value, TEI, {})) for name, value in params.items()),
        renditions=(Rendition(style),) if style else (),
    )
