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
    """Return the builder of an edition's reading tree; without `models`, all that use it at one time share one.

    `located`: nodes know their positions; `models`: the models of an ODD, which come before siglum's own; without `apparatus`,
    the readings outside the text are left out.
    """
    if models is not None:
        return _create_builder(edition, models, located=located, apparatus=apparatus)
    located = located or edition.document.with_text
    key = (Builder, located, apparatus)
    return edition.share(key, lambda: _create_builder(edition, Models(), located=located, apparatus=apparatus))


def _create_builder(edition: Edition, models: Models, *, located: bool, apparatus: bool) -> Builder:
    become = ProcessingModel(edition, models.rendering, outputs=models.outputs, parameters=dict(models.parameters))
    apart = become.find_notes_not_rendered_as_notes(edition)
    resolved = edition.without_notes(apart) if apart else edition
    places = Places(edition.document) if located else None
    return Builder(resolved, edition.references, become, places, apparatus=apparatus)
