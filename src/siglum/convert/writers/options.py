"""What a caller can choose for an export. Every field has a default; a format ignores the fields of other formats."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers.fragment import Shape
from siglum.text.editorial_signs import Signing
from siglum.text.frozen import frozen
from siglum.text.policy import DEFAULT, Policy

if TYPE_CHECKING:
    from siglum.convert.writers.html.theme import Theme
    from siglum.schema.odd.models import Rendering


class NotePlace(StrEnum):
    """Where plain text prints its notes: after the text, in brackets at the call, or nowhere."""

    END = "end"
    INLINE = "inline"
    NONE = "none"


@frozen
class TextLayout:
    """How plain text is set. `width` counts characters; 0 puts each paragraph on one line.

    `signs=False` omits the characters that stand for what print shows by its type.
    """

    width: int = 72
    notes: NotePlace = NotePlace.END
    signs: bool = True


class Unit(StrEnum):
    """What standoff offsets count: Unicode code points, UTF-16 code units (Java, JavaScript), or bytes of UTF-8."""

    CODE_POINTS = "code-points"
    UTF_16 = "utf-16"
    BYTES = "bytes"


@frozen
class Options:
    """The options of all formats.

    `text` is for plain text, `front_matter` (title and authors as YAML) for Markdown, `offsets` for standoff text, `theme`
    and `shape` for HTML. The rest applies to every format:

    - `models` are the processing models of an ODD. They take precedence over siglum's own; `parameters` are the values of
      `$parameters?NAME` in them.
    - `policy` decides on quotation marks and notes.
    - `apparatus=False` leaves out the readings that are not in the text.
    - `sides` selects the side of a `choice` and its kin. By default HTML and JSON contain both sides, other formats the
      corrected text.
    - `signing` selects the editorial signs.
    """

    text: TextLayout = field(default_factory=TextLayout)
    front_matter: bool = False
    offsets: Unit = Unit.CODE_POINTS
    theme: Theme | None = None
    models: Rendering | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    policy: Policy = DEFAULT
    shape: Shape = field(default_factory=Shape)
    apparatus: bool = True
    sides: Sides | None = None
    signing: Signing = Signing.AUTO
