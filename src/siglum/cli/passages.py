"""Find the passage that a user names, for `show` and `cite --passage`, or list the passages to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from siglum.cli.output import say
from siglum.convert import cite
from siglum.convert.cite.record import Record
from siglum.text.document import Document
from siglum.text.edition import Edition, resolve
from siglum.text.frozen import frozen
from siglum.text.tei import language

if TYPE_CHECKING:
    from siglum.convert.cite.passage import Passage
    from siglum.text.policy import Policy
    from siglum.text.references import References

hit_option = click.option("--hit", type=click.IntRange(min=1), metavar="N", help="Take the Nth of several places.")
system_option = click.option(
    "--system",
    default="",
    metavar="NAME",
    help="The system of references: the @n or xml:id of a refsDecl.",
)
_LISTED = 20


@frozen
class FoundPassage:
    """A passage, with the references of its document."""

    passage: Passage
    references: References


def find_passage(edition: Edition, wanted: str, hit: int | None, system: str) -> FoundPassage:
    """Find a passage. If there is none, or more than one without `hit`, report that and exit with 1."""
    from siglum.convert.cite.passage import NoPassage, PassageFinder  # slow to import, and not needed without --passage

    references = edition.references
    report_faults(edition, references, system)
    try:
        found = PassageFinder(edition, references).find(wanted)
    except NoPassage as error:
        say(f"{edition.document.source.name}: {error}")
        raise SystemExit(1) from None
    if len(found) > 1 and hit is None:
        _list_passages(edition, wanted, found)
    if hit is not None and hit > len(found):
        say(f"{edition.document.source.name}: “{wanted}” has {_count_places(len(found))}: --hit is 1 to {len(found)}")
        raise SystemExit(1)
    _report_doubled(edition, references, found[(hit or 1) - 1])
    return FoundPassage(found[(hit or 1) - 1], references)


def cite_passage(
    document: Document, policy: Policy, record: Record, form: str, wanted: str, hit: int | None, system: str
) -> str:
    """Write the citation of a passage. Standard error gets its reference, its locator in words, its line and its link."""
    from siglum.convert.cite.passage import Links, build_locator, citation  # slow to import, and few runs cite a passage

    edition = resolve(document, policy=policy, system=system)
    found = find_passage(edition, wanted, hit, system)
    passage, references = found.passage, found.references
    whole = build_locator(passage, edition, record.language or language(passage.first))
    short = build_locator(passage, edition, record.language or language(passage.first), record.title)
    anchor = Links(edition, references).of(passage)
    link = f"{record.url}#{anchor}" if record.url and anchor else f"#{anchor}" if anchor else record.url
    line = document.locate(passage.first).line
    facts = filter(None, (whole.words, f"line {line}", f"link {link}" if link else ""))
    say(f"{passage.reference}: {'; '.join(facts)}")
    return citation.write(cite.make_unique([record])[0], short, link, form)


def report_faults(edition: Edition, references: References, system: str) -> None:
    """Report declarations of references that siglum cannot use."""
    if system and not references.has_system:
        known = ", ".join(references.names) or "none"
        raise click.BadParameter(f"the document has no system of references “{system}”; it has: {known}", param_hint="--system")
    for fault in references.faults:
        at = edition.document.locate(fault.element)
        say(f"{at.path}:{at.line}:{at.column}: siglum cannot use this {fault.kind}: {fault.reason}")


def _list_passages(edition: Edition, wanted: str, found: list[Passage]) -> None:
    places = _count_places(len(found))
    say(f"{edition.document.source.name}: “{wanted}” has {places}; choose one by its reference or with --hit N:")
    for number, passage in enumerate(found[:_LISTED], 1):
        line = edition.document.locate(passage.first).line
        say(f"  {number}. {passage.reference} (line {line}){': ' if passage.words else ''}{passage.words}")
    if len(found) > _LISTED:
        say(f"  … and {len(found) - _LISTED} more")
    raise SystemExit(1)


def _report_doubled(edition: Edition, references: References, passage: Passage) -> None:
    """Report that other places have this reference, too."""
    if passage.reference in references.doubled:
        others = [unit for unit in references.units if unit.reference.startswith(f"{passage.reference}[")]
        places = ", ".join(
            f"{passage.reference} (line {edition.document.locate(passage.element).line})" for passage in others[:5]
        )
        say(f"{edition.document.source.name}: the reference “{passage.reference}” also names {places}")


def _count_places(count: int) -> str:
    return f"{count} places" if count != 1 else "1 place"
