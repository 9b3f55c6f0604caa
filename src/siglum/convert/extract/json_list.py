"""JSON: a list of objects, the keys in the order of the fields, values of their own type."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any


def write(row: type[Any], rows: Sequence[Any]) -> str:
    """The rows as a JSON list."""
    names = [field.name for field in dataclasses.fields(row)]
    objects = [{name: getattr(each, name) for name in names} for each in rows]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
