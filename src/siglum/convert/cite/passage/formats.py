"""The formats in which a passage can be shown."""

from __future__ import annotations

from collections.abc import Callable

from siglum.convert.cite.passage import fragment, tei
from siglum.convert.cite.passage.place import Passage
from siglum.text.edition import Edition
from siglum.text.references import References


def _write_text(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import text  # each run writes one format

    return text.write(fragment.build_tree(passage, edition, references))


def _write_html(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers.html import part

    return part.write(fragment.build_tree(passage, edition, references))


def _write_tei(passage: Passage, edition: Edition, _references: References) -> str:
    return tei.write(passage, edition)


def _write_markdown(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import markdown

    return markdown.write(fragment.build_tree(passage, edition, references))


def _write_json(passage: Passage, edition: Edition, references: References) -> str:
    from siglum.convert.writers import json

    return json.write(fragment.build_tree(passage, edition, references, located=True))


FORMATS: dict[str, Callable[[Passage, Edition, References], str]] = {
    "text": _write_text,
    "html": _write_html,
    "tei": _write_tei,
    "markdown": _write_markdown,
    "json": _write_json,
}
"""All formats by their names on the command line."""
