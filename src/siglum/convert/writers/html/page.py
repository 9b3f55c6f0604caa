"""What a page shows beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from siglum.convert.manuscript import Fact
from siglum.convert.reading.tree import Node
from siglum.convert.writers.html.rules import Rule
from siglum.text.frozen import frozen


@frozen
class Citation:
    """The reference to the edition in one format: what the format is called, the file it makes, and its content."""

    name: str
    filename: str
    media_type: str
    content: str


@frozen
class Record:
    """A person, place, organisation or work of the register; `facts` are said of it in the header's words."""

    id: str
    kind: str
    label: str
    facts: tuple[str, ...] = ()


@frozen
class Page:
    """Everything a page shows beside the text. Lines of `facts` and `about` are a label and words; empty ones are left out.

    `quoted` has the ids of the paragraphs and notes in which words of a record are quoted, by the record's id. `rules` are what
    the models of an ODD ask of the style sheet; those of models that were not used are left out.
    """

    title: str
    authors: tuple[str, ...] = ()
    within: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    principles: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    description: tuple[Fact, ...] = ()
    is_diplomatic: bool = False
    records: tuple[Record, ...] = ()
    quoted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reference: str = ""
    citations: tuple[Citation, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: dict[str, object] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
