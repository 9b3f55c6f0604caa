"""What a page shows beside the text: facts from the header, the citation, and the records of persons, places and works."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from siglum.convert import cite
from siglum.convert.cite import from_header, meta
from siglum.convert.cite import text as plain_reference
from siglum.convert.cite.record import Record as CitationRecord
from siglum.convert.cite.sources import write_reference
from siglum.convert.manuscript import describe_manuscripts
from siglum.convert.reading import Builder
from siglum.convert.reading.passes import complete_nodes
from siglum.convert.reading.tree import Node, Omission, Tree, plain
from siglum.convert.writers.html.markup import address
from siglum.convert.writers.html.page import Citation, Page, Record
from siglum.convert.writers.html.rules import Rule
from siglum.text import header as headers
from siglum.text import language
from siglum.text.document import Document
from siglum.text.edition import Edition
from siglum.text.header import Header
from siglum.text.tei import XML_ID, XML_LANG, Element, child, name, tokens
from siglum.text.views import View

_PRINCIPLES = {
    "correction": "correction",
    "normalization": "normalization",
    "quotation": "quotation",
    "hyphenation": "hyphenation",
    "punctuation": "punctuation",
    "segmentation": "segmentation",
    "interpretation": "interpretation",
    "stdVals": "standard values",
}
"""The editorial declarations (TEI P5, 2.3.3) that a page shows, with the keys of their labels."""

_LINKS = frozenset({"ref", "ptr", "graphic"})
_ADDRESSES = ("target", "url")
_WITH_LANGUAGE_OR_ADDRESS: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]  # elements alone
    "descendant-or-self::*[@xml:lang or @target or @url]"
)
_NO_LANGUAGE = "a language that xml:lang={!r} does not name (a tag like “la”, “grc” or “en-GB” does)"
_NOT_FOLLOWED = "the address {!r} of a link (pages lead to http, https and mailto, and to files beside them)"

_CITED = ("text", "bibtex", "ris", "csl-json")


def describe(edition: Edition, builder: Builder) -> Page:
    """Collect everything that the page of an edition shows beside its text."""
    header = headers.read(edition.document)
    record, _ = from_header.cite(header)
    return Page(
        title=record.title,
        authors=tuple(author.full for author in record.author),
        within=record.container_title or record.collection_title,
        facts=tuple(_facts(header, record)),
        about=tuple(_about(header, record)),
        principles=tuple(_principles(edition, builder)),
        description=describe_manuscripts(builder, edition.document.root),
        is_diplomatic=edition.view is View.DIPLOMATIC,
        records=tuple(_records(header)),
        quoted=_quoted(edition, builder),
        reference=plain_reference.format_reference(record),
        citations=tuple(_citations(record)),
        meta=tuple(meta.list_meta_tags(record, header)),
        json_ld=meta.build_json_ld(record, header),
        rules=_rules(builder),
    )


def _rules(builder: Builder) -> tuple[Rule, ...]:
    """The style rules of the models of an ODD."""
    rendering = getattr(builder.behave, "rendering", None)
    if rendering is None:
        return ()
    from siglum.convert import model_rules  # few editions have models of their own

    return model_rules.build_rules(rendering)


def find_omissions(document: Document, tree: Tree) -> Iterator[Omission]:
    """Report what a page ignores: language tags that name no language, and addresses that it does not link to."""
    for element in _WITH_LANGUAGE_OR_ADDRESS(document.root):
        written = element.get(XML_LANG, "").strip()
        targets = [target for key in _ADDRESSES for target in tokens(element, key)] if name(element) in _LINKS else []
        found = [(_NO_LANGUAGE, written)] if written and not language.normalize_tag(written) else []
        found += [(_NOT_FOLLOWED, target) for target in targets if address(target) is None]
        for reason, value in found:
            at = document.locate(element)
            yield Omission(reason.format(value), value, at.path, at.line)
    if not plain(tree.content).strip() and not document.index.has("msDesc"):
        yield Omission("the text has no words", "", "", 0)


def _facts(header: Header, record: CitationRecord) -> Iterator[tuple[str, str]]:
    for role, agents in (("editor", record.editor), ("translator", record.translator)):
        yield role, ", ".join(agent.full for agent in agents)
    yield "published", ", ".join(part for part in (record.publisher, record.publisher_place, _dated(header)) if part)


def _dated(header: Header) -> str:
    return next((date.shown for date in header.file.dates), "")


def _about(header: Header, record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield "edition", record.edition
    for credit in record.credits:
        yield credit.role, ", ".join(credit.names)
    for source in header.sources:
        yield "source text", write_reference(source)
    rights = [
        part
        for statement in header.file.availability
        for part in (statement.text, *(link.target for link in statement.licences))
        if part
    ]
    yield "rights", " ".join(dict.fromkeys(rights))


def _principles(edition: Edition, builder: Builder) -> Iterator[tuple[str, tuple[Node, ...]]]:
    declared = child(edition.document.root, "teiHeader", "encodingDesc", "editorialDecl")
    for declaration in declared if declared is not None else ():
        title = _PRINCIPLES.get(name(declaration))
        if title and len(declaration):
            yield title, complete_nodes(builder.content(declaration))


def _records(header: Header) -> Iterator[Record]:
    for entry in header.entries.values():
        kind = "person" if entry.kind == "personGrp" else entry.kind
        yield Record(entry.id, kind, entry.label, tuple(fact.text for fact in entry.notes if fact.text)[:3])
    for bibl in header.bibls.values():
        if bibl.id:
            yield Record(bibl.id, "bibl", bibl.label)


def _quoted(edition: Edition, builder: Builder) -> dict[str, tuple[str, ...]]:
    """The ids of the paragraphs and notes that quote a record (@who, @source), by the id of the record."""
    found: dict[str, dict[str, None]] = {}
    for part in (part for quotation in edition.quotations for part in quotation.parts):
        around = part.getparent()
        told = (part, around) if around is not None and name(around) == "cit" else (part,)
        pointers = sorted({pointer for element in told for key in ("who", "source") for pointer in tokens(element, key)})
        place = _place(part, builder) if pointers else ""
        for record in map(edition.identifiers.get, pointers):
            if record is not None and place:
                found.setdefault(record.get(XML_ID, ""), {})[place] = None
    return {identifier: tuple(places) for identifier, places in found.items()}


def _place(element: Element, builder: Builder) -> str:
    """The id of the nearest numbered paragraph, quotation or note: the element or an ancestor."""
    for ancestor in (element, *element.iterancestors()):
        if name(ancestor) == "note" or builder.references.number(ancestor):
            return builder.ids.of(ancestor)
    return ""


def _citations(record: CitationRecord) -> Iterator[Citation]:
    for key in _CITED:
        form = cite.FORMATS[key]
        if key != "text":
            yield Citation(form.title, f"{record.id}{form.suffix}", form.media_type, form.write([record]))
