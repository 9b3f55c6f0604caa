"""The data that a page shows beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from siglum.convert.manuscript import Fact
from siglum.convert.reading.tree import Node
from siglum.convert.writers.html.rules import Rule
from siglum.text.frozen import frozen


@frozen
class Citation:
    """The citation of the edition in one format, for display and download."""

    name: str
    filename: str
    media_type: str
    content: str


@frozen
class Record:
    """A person, place, organisation or work in the register; `facts` are texts of the header."""

    id: str
    kind: str
    label: str
    facts: tuple[str, ...] = ()


@frozen
class Page:
    """Everything that a page shows beside the text.

    `facts` and `about` are pairs of a label and a text; pairs with an empty text are not shown. `quoted` has the ids of the
    paragraphs and notes that quote a record, by the id of the record. `rules` are style rules from the models of an ODD; the
    page has only those of models that were used.
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
