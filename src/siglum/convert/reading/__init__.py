"""The reading tree: what a reader of the text sees, resolved once, so that every output agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.convert.reading.builder import Builder
from siglum.convert.reading.places import Places
from siglum.convert.reading.processing_model import ProcessingModel
from siglum.text.edition import Edition
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.odd.models import Rendering

__all__ = ["Builder", "Models", "builder"]


@frozen
class Models:
    """The processing models of an ODD, the names of the output they are wanted for, and values for `$parameters?x`."""

    rendering: Rendering | None = None
    outputs: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


def builder(edition: Edition, *, located: bool = False, models: Models | None = None, apparatus: bool = True) -> Builder:
    """The maker of the reading tree of an edition.

    `located`: every node knows where it stands in its file; `models`: what an ODD says, over what is done by default; without
    `apparatus`, the readings that are not the text are left out.
    """
    asked = models or Models()
    become = ProcessingModel(edition, asked.rendering, outputs=asked.outputs, parameters=dict(asked.parameters))
    apart = become.no_notes(edition)
    resolved = edition.without_notes(apart) if apart else edition
    places = Places(edition.document) if located else None
    return Builder(resolved, edition.references, become, places, apparatus=apparatus)
