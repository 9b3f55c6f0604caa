"""What `show` and `cite --passage` have in common: the one passage that is meant, or what there is to choose from."""

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

hit_option = click.option("--hit", type=click.IntRange(min=1), metavar="N", help="Of several places, the one to take.")
system_option = click.option(
    "--system", default="", metavar="NAME", help="The system of references (@n or xml:id of a refsDecl); else the default one."
)
_LISTED = 20


@frozen
class ChosenPassage:
    """The passage, and the references it was found by."""

    passage: Passage
    references: References


def choose_passage(edition: Edition, wanted: str, hit: int | None, system: str) -> ChosenPassage:
    """The passage that is meant. Where there is none, or more than one, that is said, and the run ends with 1."""
    from siglum.convert.cite.passage import NoPassage, PassageFinder  # `cite` without --passage does without them

    references = open_references(edition, system)
    try:
        found = PassageFinder(edition, references).find(wanted)
    except NoPassage as error:
        say(f"{edition.document.source.name}: {error}")
        raise SystemExit(1) from None
    if len(found) > 1 and hit is None:
        _list_candidates(edition, wanted, found)
    if hit is not None and hit > len(found):
        say(f"{edition.document.source.name}: “{wanted}” has {_count_places(len(found))}: --hit is 1 to {len(found)}")
        raise SystemExit(1)
    _warn_of_ambiguity(edition, references, found[(hit or 1) - 1])
    return ChosenPassage(found[(hit or 1) - 1], references)


def cite_passage(
    document: Document, policy: Policy, record: Record, form: str, wanted: str, hit: int | None, system: str
) -> str:
    """The citation of a passage; its reference, what it is called and its link are said."""
    from siglum.convert.cite.passage import Links, build_locator, citation  # few runs cite a passage

    edition = resolve(document, policy=policy, system=system)
    found = choose_passage(edition, wanted, hit, system)
    passage, references = found.passage, found.references
    whole = build_locator(passage, edition, record.language or language(passage.first))
    told = build_locator(passage, edition, record.language or language(passage.first), record.title)
    anchor = Links(edition, references).of(passage)
    link = f"{record.url}#{anchor}" if record.url and anchor else f"#{anchor}" if anchor else record.url
    line = document.locate(passage.first).line
    facts = filter(None, (whole.words, f"line {line}", f"link {link}" if link else ""))
    say(f"{passage.reference}: {'; '.join(facts)}")
    return citation.write(cite.make_unique([record])[0], told, link, form)


def open_references(edition: Edition, system: str) -> References:
    """The references of a document; what of their declaration cannot be used is said."""
    references = edition.references
    report_faults(edition, references, system)
    return references


def report_faults(edition: Edition, references: References, system: str) -> None:
    """Say what of the declared references cannot be used."""
    if system and not references.has_system:
        known = ", ".join(references.names) or "the header declares none"
        raise click.BadParameter(f"there is no system “{system}”; known: {known}", param_hint="--system")
    for fault in references.faults:
        at = edition.document.locate(fault.element)
        say(f"{at.path}:{at.line}:{at.column}: this {fault.kind} cannot be used as it stands: {fault.reason}")


def _list_candidates(edition: Edition, wanted: str, found: list[Passage]) -> None:
    where = edition.document.source.name
    say(f"{where}: “{wanted}” has {_count_places(len(found))}. Choose one by its reference or with --hit N:")
    for number, passage in enumerate(found[:_LISTED], 1):
        line = edition.document.locate(passage.first).line
        say(f"  {number}. {passage.reference} (line {line}){': ' if passage.words else ''}{passage.words}")
    if len(found) > _LISTED:
        say(f"  … and {len(found) - _LISTED} more")
    raise SystemExit(1)


def _warn_of_ambiguity(edition: Edition, references: References, passage: Passage) -> None:
    """Say of a reference that other places have it too."""
    if passage.reference in references.doubled:
        others = [unit for unit in references.units if unit.reference.startswith(f"{passage.reference}[")]
        places = (f"{unit.reference} (line {edition.document.locate(unit.element).line})" for unit in others[:5])
        where = edition.document.source.name
        say(f"{where}: the reference “{passage.reference}” also stands for {', '.join(places)}")


def _count_places(count: int) -> str:
    return f"{count} places" if count != 1 else "1 place"
