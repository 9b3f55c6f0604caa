"""A passage in the formats it can be shown in."""

from __future__ import annotations

from collections.abc import Callable

from siglum.convert.cite.passage import fragment, tei
from siglum.convert.cite.passage.place import Passage
from siglum.text.edition import Edition
from siglum.text.references import References


def _text(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import text  # each run writes one format

    return text.write(fragment.tree(passage, edition, references))


def _html(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers.html import part

    return part.write(fragment.tree(passage, edition, references))


def _tei(passage: Passage, edition: Edition, _references: References) -> str:
    return tei.write(passage, edition)


def _markdown(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import markdown

    return markdown.write(fragment.tree(passage, edition, references))


def _json(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import json

    return json.write(fragment.tree(passage, edition, references, located=True))


FORMATS: dict[str, Callable[[Passage, Edition, References], str]] = {
    "text": _text,
    "html": _html,
    "tei": _tei,
    "markdown": _markdown,
    "json": _json,
}
"""Every format by the name it has on the command line."""
