"""Why something is in a schema, or is not: for each thing that an ODD changed, where it did that and what.

A validator can say by it: "removed by letters.odd, line 88".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from siglum.schema.tagdocs.specs import Place
from siglum.text.frozen import frozen

Done: TypeAlias = Literal["added", "changed", "replaced", "removed", "not taken by the moduleRef", "in a module not taken"]
About: TypeAlias = tuple[str, str, str]
"""A kind (element, class, macro, data), an ident, and the name of an attribute; empty where the whole thing is meant."""


@frozen
class Origin:
    """What was done, and where that is written."""

    done: Done
    place: Place


Origins: TypeAlias = Mapping[About, Origin]
