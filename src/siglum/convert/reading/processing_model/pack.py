"""Makes the table of siglum's own models of `default.odd`: models that say the same are one. Run by hand, held by a test.

python -m siglum.convert.reading.processing_model.pack
"""

from __future__ import annotations

import json
from pathlib import Path

from siglum.convert.reading.processing_model.default import OTHERS
from siglum.schema.odd.models import Model, Rule
from siglum.schema.odd.rendering import read_rendering
from siglum.text.atomic import write_file

HERE = Path(__file__).parent
SOURCE, TABLE = HERE / "default.odd", HERE / "default.json"
_LIKE_OTHERS = "seg"
"""An element that TEI does not know is rendered as this one: a block among blocks, or a stretch of the line."""


def pack_models(source: Path = SOURCE) -> str:
    """The table. Raises ValueError where an element of the ODD has anything but plain models."""
    models: list[list[object]] = []
    elements: dict[str, list[int]] = {}
    for element, rules in sorted(read_rendering(source).rules.items()):
        numbers = []
        for rule in rules:
            row = _row(element, rule)
            if row not in models:
                models.append(row)
            numbers.append(models.index(row))
        elements[element] = numbers
    elements[OTHERS] = elements[_LIKE_OTHERS]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in models)
    lines = ",\n".join(f"{json.dumps(name)}: {numbers}" for name, numbers in elements.items())
    return f'{{"models": [\n{rows}\n],\n"elements": {{\n{lines}\n}}}}\n'


def _row(element: str, rule: Rule) -> list[object]:
    if not isinstance(rule, Model) or not rule.uses_rendition or rule.outputs:
        raise ValueError(f"{element}: siglum's own models are plain, for every output, and use the source's rendition")
    params = {param.name: param.value.source for param in rule.params}
    style = "; ".join(rendition.css for rendition in rule.renditions)
    return [rule.behaviour, rule.predicate.source if rule.predicate else "", params, style]


if __name__ == "__main__":
    write_file(TABLE, pack_models().encode("utf-8"))
