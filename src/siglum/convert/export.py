"""A TEI document in a format for readers: the way from the file through the reading tree to a writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from siglum.convert.cite import from_header
from siglum.convert.page import describe
from siglum.convert.page import left_out as left_out_of_page
from siglum.convert.reading import Builder, Models
from siglum.convert.reading import builder as reading_builder
from siglum.convert.reading.sides import Sides, beside, one
from siglum.convert.reading.tree import Omission, Tree, plain
from siglum.convert.writers import html, json, markdown, standoff
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.shown import left_out
from siglum.text import header
from siglum.text.diagnostic import Finding
from siglum.text.document import Document
from siglum.text.edition import resolve
from siglum.text.signs import Signing
from siglum.text.tei import elements, squeeze
from siglum.text.views import View

if TYPE_CHECKING:
    from siglum.schema.odd.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen: of plain text, its width and where its notes go; of Markdown, whether title and authors stand at
    the top (`front_matter`); of standoff text, what its offsets count; of HTML, its theme. `models` are the processing models
    of an ODD, which come before siglum's own clauses in every format, `parameters` what `$parameters?x` stands for in them.
    Without `apparatus`, the readings that are not the text are left out. `sides`: what is printed of choices and the like; by
    default both where there is a switch for them, else the corrected text. `signing`: which editorial signs are made.
    """

    text: text_writer.Options = field(default_factory=text_writer.Options)
    front_matter: bool = False
    offsets: standoff.Unit = standoff.Unit.CODE_POINTS
    theme: html.Theme = field(default_factory=html.Theme)
    models: Rendering | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    apparatus: bool = True
    sides: Sides | None = None
    signing: Signing = Signing.AUTO


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made, and what of the document's text is not in it, with the reasons.

    `apart`: the same in several files, where the format likes that better: the ending of each and what is in it. `findings`:
    what is to be said about the models that were used.
    """

    content: str
    omissions: tuple[Omission, ...]
    apart: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    def left_out(self) -> list[str]:
        """What was left out, a line a reason: “page furniture: 1 place, 26 characters”."""
        places = Counter(each.reason for each in self.omissions)
        letters: Counter[str] = Counter()
        for each in self.omissions:
            letters[each.reason] += len(each.text)
        return [
            f"{reason}: {count} place{'' if count == 1 else 's'}, {letters[reason]} characters"
            for reason, count in sorted(places.items())
        ]


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to: what readers call it, the ending of its files and the function that makes it."""

    title: str
    suffix: str
    make: Callable[[Document, Options], Exported]


def _builder(document: Document, options: Options | None, output: str, *, located: bool = False) -> Builder:
    """The maker of the tree; `output` is what models call the format."""
    asked = options or Options()
    models = Models(asked.models, (output,), asked.parameters) if asked.models is not None else None
    view = View.DIPLOMATIC if asked.sides is Sides.DIPLOMATIC else View.READING
    return reading_builder(resolve(document, view, asked.signing), located=located, models=models, apparatus=asked.apparatus)


def _tree(builder: Builder, options: Options | None, *, has_switch: bool = False) -> Tree:
    """The tree with the sides of its choices that are wanted."""
    tree = builder.tree()
    sides = options.sides if options is not None else None
    if sides is None or (has_switch and sides is Sides.BOTH):
        return tree
    return beside(tree) if sides is Sides.BOTH else one(tree)


def _said(builder: Builder) -> tuple[Finding, ...]:
    """What the models that were used have to say for themselves."""
    return tuple(getattr(builder.behave, "findings", ()))


def to_text(document: Document, options: Options | None = None) -> Exported:
    """Plain text."""
    builder = _builder(document, options, "plain")
    tree = _tree(builder, options)
    chosen = (options or Options()).text
    written = text_writer.write(tree, chosen)
    omissions = (*tree.omissions, *text_writer.left_out(tree, chosen), *_without_words(document, tree))
    return Exported(written, omissions, findings=_said(builder))


def to_html(document: Document, options: Options | None = None) -> Exported:
    """A whole page."""
    builder = _builder(document, options, "web")
    tree = _tree(builder, options, has_switch=True)
    written = html.write(tree, describe(builder.edition, builder), (options or Options()).theme)
    return Exported(written, (*tree.omissions, *left_out_of_page(document, tree)), findings=_said(builder))


def to_markdown(document: Document, options: Options | None = None) -> Exported:
    """CommonMark with footnotes."""
    builder = _builder(document, options, "markdown")
    tree = _tree(builder, options)
    front = _front(document, tree) if options is not None and options.front_matter else None
    omissions = (*tree.omissions, *left_out(tree), *_without_words(document, tree))
    return Exported(markdown.write(tree, front), omissions, findings=_said(builder))


def _front(document: Document, tree: Tree) -> markdown.Front:
    record, _ = from_header.cite(header.read(document))
    return markdown.Front(record.title, tuple(each.full for each in record.author), tree.language)


def to_json(document: Document, options: Options | None = None) -> Exported:
    """The reading tree, every node with its place."""
    builder = _builder(document, options, "json", located=True)
    tree = _tree(builder, options, has_switch=True)
    return Exported(json.write(tree), (*tree.omissions, *_without_words(document, tree)), findings=_said(builder))


def to_standoff(document: Document, options: Options | None = None) -> Exported:
    """The words alone, and the table that leads back to the source."""
    builder = _builder(document, options, "plain", located=True)
    tree = _tree(builder, options)
    made = standoff.write(tree, builder.edition.identifiers, (options or Options()).offsets)
    omissions = (*tree.omissions, *left_out(tree), *_without_words(document, tree))
    return Exported(made.whole, omissions, ((".txt", made.text), (".jsonl", made.table)), _said(builder))


def _without_words(document: Document, tree: Tree) -> Iterator[Omission]:
    """The description of a manuscript in the header of a document whose text has no words: it is not shown instead."""
    if plain(tree.content).strip():
        return
    described = list(elements(document.root, "msDesc"))
    for each in described:
        at = document.locate(each)
        words = squeeze(" ".join(map(str, each.itertext())))
        yield Omission("the text has no words; the header’s manuscript description", words, at.path, at.line)
    if not described:
        yield Omission("the text has no words", "", "", 0)


FORMATS = {
    "html": Format("HTML", ".html", to_html),
    "text": Format("plain text", ".txt", to_text),
    "markdown": Format("Markdown", ".md", to_markdown),
    "json": Format("JSON", ".json", to_json),
    "standoff": Format("standoff text", ".standoff.jsonl", to_standoff),
}
"""Every format by the name it has on the command line. To add one: a file in `writers/`, a function here, a line here."""
