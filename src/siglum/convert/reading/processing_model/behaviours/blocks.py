"""Behaviours that stand on lines of their own: paragraphs, sections, headings, and blocks of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.convert.reading.processing_model.application import ModelApplication
from siglum.convert.reading.processing_model.content import is_subtitle
from siglum.convert.reading.tree import Block, Heading, Line, Node, Paragraph, Section, Source, Title, plain
from siglum.text.tei import attribute, squeeze

_DEEPEST = 9
_INDENT = re.compile(r"(?<![\w-])indent(?:ed)?[-( ]?(\d{0,3})")
_NO_WORD = re.compile(r"\W+")
VERSE = "verse"
"""The type of a block that is a line of verse; TEI has no behaviour for it."""


def render_content(work: ModelApplication) -> tuple[Node, ...]:
    """The content, between what the model adds before and after it."""
    return work.run.looks.with_marks(work.model, work.content())


def paragraph(work: ModelApplication) -> Iterator[Node]:
    number, source = number_paragraph(work)
    yield Paragraph(source, render_content(work), "" if work.builder.in_cit else number)


def number_paragraph(work: ModelApplication) -> tuple[str, Source]:
    """The number for the margin, and an id to link to that is made of the reference where the element has none."""
    builder, element, source = work.builder, work.element, work.source()
    number = builder.references.number(element)
    if number and not source.id:
        wanted = _NO_WORD.sub("-", builder.references.of(element)).strip("-")
        source = source.named(builder.ids.of(element, wanted))
    return number, source


def block(work: ModelApplication) -> Iterator[Node]:
    if work.has("type") and work.string("type") == VERSE:
        yield _line(work)
    else:
        yield Block(work.source(), render_content(work))


def _line(work: ModelApplication) -> Node:
    """A line of verse; one that ends what another speaker has begun (@part) knows the words before it."""
    builder, element = work.builder, work.element
    content = render_content(work)
    part, number = attribute(element, "part"), attribute(element, "n")
    before = builder.half_line if part in {"M", "F"} else ""
    words = squeeze(f"{before} {plain(content)}") if part else ""
    builder.half_line = words if part in {"I", "M"} else ""
    counts = number.isascii() and number.isdigit() and int(number) % 5 == 0 and part not in {"M", "F"}
    return Line(work.source(), content, number if counts else "", _indent(attribute(element, "rend")), before)


def _indent(rend: str) -> int:
    """The steps by which a line is set in: `indent`, `indent2`, `indent-2`, `indent(2)` in @rend."""
    found = _INDENT.search(rend)
    return min(int(found[1] or 1), _DEEPEST) if found else 0


def section(work: ModelApplication) -> Iterator[Node]:
    builder, element = work.builder, work.element
    builder.level += 1
    source, content = work.source(), render_content(work)
    builder.level -= 1
    left = builder.empty_division(element, content, source.id)
    if left is None:
        yield Section(source, content, builder.references.label(element))
    else:
        yield from left


def heading(work: ModelApplication) -> Iterator[Node]:
    """A subtitle has been shown with the heading before it."""
    if work.is_own and is_subtitle(work.element):
        return
    level = work.string("level") if work.has("level") else ""
    asked = int(level) if level.isascii() and level.isdigit() else work.builder.level
    yield Heading(work.source(), render_content(work), min(max(asked, 1), _DEEPEST))


def title(work: ModelApplication) -> Iterator[Node]:
    yield Title(work.source(), render_content(work))
