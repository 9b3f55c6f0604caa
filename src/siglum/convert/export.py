"""A TEI document in a format for readers: the way from the file through the reading tree to a writer.

A format's own room is entered when it is asked for: all of them together are half of the time that a letter takes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.convert.reading import Builder, Models
from siglum.convert.reading import builder as reading_builder
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.reading.passes import resolve_sides
from siglum.convert.reading.tree import Omission, Tree, plain
from siglum.convert.remarks import remarks
from siglum.convert.writers import standoff
from siglum.convert.writers import text as text_writer
from siglum.convert.writers.fragment import Shape
from siglum.convert.writers.printed_notes import left_out
from siglum.errors import ConfigError
from siglum.text.diagnostic import Finding
from siglum.text.document import Document
from siglum.text.edition import resolve
from siglum.text.editorial_signs import Signing
from siglum.text.frozen import frozen
from siglum.text.policy import DEFAULT, Policy
from siglum.text.tei import elements, squeeze
from siglum.text.views import View

if TYPE_CHECKING:
    from siglum.convert.writers import markdown
    from siglum.convert.writers.html import Theme
    from siglum.schema.odd.models import Rendering


_DEEP = 10_000
"""Elements may be nested 256 deep, and each level takes several calls; Python's own limit is 1,000."""


@frozen
class Options:
    """What can be chosen: of plain text, its width and where its notes go; of Markdown, whether title and authors stand at
    the top (`front_matter`); of standoff text, what its offsets count; of HTML, its theme and its `shape`. `models` are the
    processing models of an ODD, which come before siglum's own in every format, `parameters` what `$parameters?x` stands for
    in them. `policy` is what the edition wants of quotation marks and notes. Without `apparatus`, the readings that are not
    the text are left out. `sides`: what is printed of choices and the like; by default both where there is a switch for them,
    else the corrected text. `signing`: which editorial signs are made.
    """

    text: text_writer.Options = field(default_factory=text_writer.Options)
    front_matter: bool = False
    offsets: standoff.Unit = standoff.Unit.CODE_POINTS
    theme: Theme | None = None
    models: Rendering | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    policy: Policy = DEFAULT
    shape: Shape = field(default_factory=Shape)
    apparatus: bool = True
    sides: Sides | None = None
    signing: Signing = Signing.AUTO


@frozen
class Exported:
    """What was made, and what of the document's text is not in it, with the reasons.

    `apart`: the same in several files, where the format likes that better: the ending of each and what is in it. `findings`:
    what is to be said about the models that were used.
    """

    content: str
    omissions: tuple[Omission, ...]
    apart: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def contents(self) -> tuple[str, ...]:
        """What is in each file, where every format has files of its own."""
        return tuple(content for _, content in self.apart) or (self.content,)

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many places and characters were left out for each reason."""
        places = Counter(each.reason for each in self.omissions)
        letters: Counter[str] = Counter()
        for each in self.omissions:
            letters[each.reason] += len(each.text)
        return {reason: (count, letters[reason]) for reason, count in sorted(places.items())}

    def left_out(self) -> list[str]:
        """What was left out, a line a reason: “page furniture: 1 place, 26 characters”."""
        return [
            f"{reason}: {count} place{'' if count == 1 else 's'}, {letters} characters"
            for reason, (count, letters) in self.counts().items()
        ]


@frozen
class Format:
    """A format to export to: what readers call it, the ending of its file and the function that makes it.

    `apart`: the endings where it is made of several files.
    """

    title: str
    suffix: str
    make: Callable[[Document, Options], Exported]
    apart: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """Of each of its files, as `Exported.contents` has them; no two formats have the same."""
        return self.apart or (self.suffix,)


def models(odd: Path) -> Rendering:
    """The processing models of an ODD. Raises ConfigError where it has none."""
    from siglum.schema.odd.rendering import rendering  # few editions have models of their own

    found = rendering(odd)
    if not found.rules:
        told = [f"{each.path}:{each.line}:{each.column}: {each.message}" for each in found.findings[:1]]
        help_ = told[0] if told else 'give an elementSpec a <model behaviour="…"/> (Guidelines, 22.5.4)'
        raise ConfigError("this ODD has no models", where=odd.as_posix(), help=help_)
    return found


def _builder(document: Document, options: Options | None, output: str, *, located: bool = False) -> Builder:
    """The maker of the tree; `output` is what models call the format."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _DEEP))
    asked = options or Options()
    models = Models(asked.models, (output,), asked.parameters) if asked.models is not None else None
    view = View.DIPLOMATIC if asked.sides is Sides.DIPLOMATIC else View.READING
    edition = resolve(document, view, asked.policy, asked.signing)
    return reading_builder(edition, located=located, models=models, apparatus=asked.apparatus)


def _tree(builder: Builder, options: Options | None, *, has_switch: bool = False) -> Tree:
    """The tree with the sides of its choices that are wanted."""
    return resolve_sides(builder.tree(), options.sides if options is not None else None, has_switch=has_switch)


def _said(builder: Builder, options: Options | None) -> tuple[Finding, ...]:
    """What is to be said of the document, and what the models that were used have to say for themselves."""
    modelled = options.models.rules if options is not None and options.models is not None else ()
    return (*remarks(builder.edition, modelled), *getattr(builder.behave, "findings", ()))


def to_text(document: Document, options: Options | None = None) -> Exported:
    """Plain text."""
    builder = _builder(document, options, "plain")
    tree = _tree(builder, options)
    chosen = (options or Options()).text
    written = text_writer.write(tree, chosen)
    omissions = (*tree.omissions, *text_writer.left_out(tree, chosen), *_without_words(document, tree))
    return Exported(written, omissions, findings=_said(builder, options))


def to_html(document: Document, options: Options | None = None) -> Exported:
    """A whole page, or a fragment of somebody else's."""
    from siglum.convert import page
    from siglum.convert.writers.html import writer

    asked = options or Options()
    builder = _builder(document, options, "web")
    tree = _tree(builder, options, has_switch=True)
    written = writer.write(tree, page.describe(builder.edition, builder), asked.theme, asked.shape)
    omissions = (*tree.omissions, *page.left_out(document, tree), *_looks_left_out(asked.models))
    return Exported(written, omissions, findings=_said(builder, options))


def _looks_left_out(models: Rendering | None) -> Iterator[Omission]:
    if models is not None:
        from siglum.convert import model_rules  # few editions have models of their own

        yield from model_rules.left_out(models)


def style_sheet(options: Options) -> str:
    """The style sheet that goes with fragments, whichever texts they are of: that of all models too."""
    from siglum.convert import model_rules
    from siglum.convert.writers.html import theme

    rules = model_rules.rules(options.models) if options.models is not None else ()
    return theme.fragment_style(options.theme or theme.Theme(), rules)


def to_markdown(document: Document, options: Options | None = None) -> Exported:
    """CommonMark with footnotes."""
    from siglum.convert.writers import markdown

    builder = _builder(document, options, "markdown")
    tree = _tree(builder, options)
    front = _front(document, tree) if options is not None and options.front_matter else None
    omissions = (*tree.omissions, *left_out(tree), *_without_words(document, tree))
    return Exported(markdown.write(tree, front), omissions, findings=_said(builder, options))


def _front(document: Document, tree: Tree) -> markdown.Front:
    from siglum.convert.cite import from_header
    from siglum.convert.writers import markdown
    from siglum.text import header

    record, _ = from_header.cite(header.read(document))
    return markdown.Front(record.title, tuple(each.full for each in record.author), tree.language)


def to_json(document: Document, options: Options | None = None) -> Exported:
    """The reading tree, every node with its place."""
    from siglum.convert.writers import json

    builder = _builder(document, options, "json", located=True)
    tree = _tree(builder, options, has_switch=True)
    return Exported(json.write(tree), (*tree.omissions, *_without_words(document, tree)), findings=_said(builder, options))


def to_standoff(document: Document, options: Options | None = None) -> Exported:
    """The words alone, and the table that leads back to the source."""
    builder = _builder(document, options, "plain", located=True)
    tree = _tree(builder, options)
    made = standoff.write(tree, builder.edition.identifiers, (options or Options()).offsets)
    omissions = (*tree.omissions, *left_out(tree), *_without_words(document, tree))
    return Exported(made.whole, omissions, ((".txt", made.text), (".jsonl", made.table)), _said(builder, options))


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
    "standoff": Format("standoff text", ".standoff.jsonl", to_standoff, (".standoff.txt", ".standoff.jsonl")),
}
"""Every format by the name it has on the command line. To add one: a file in `writers/`, a function here, a line here."""
