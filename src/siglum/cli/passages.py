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
class Chosen:
    """The passage, and the references it was found by."""

    passage: Passage
    references: References


def chosen(edition: Edition, wanted: str, hit: int | None, system: str) -> Chosen:
    """The passage that is meant. Where there is none, or more than one, that is said, and the run ends with 1."""
    from siglum.convert.cite.passage import NoPassage, Places  # `cite` without --passage does without them

    references = made(edition, system)
    try:
        found = Places(edition, references).locate(wanted)
    except NoPassage as error:
        say(f"{edition.document.source.name}: {error}")
        raise SystemExit(1) from None
    if len(found) > 1 and hit is None:
        _name(edition, wanted, found)
    if hit is not None and hit > len(found):
        say(f"{edition.document.source.name}: “{wanted}” has {_places(len(found))}: --hit is 1 to {len(found)}")
        raise SystemExit(1)
    _doubled(edition, references, found[(hit or 1) - 1])
    return Chosen(found[(hit or 1) - 1], references)


def cited(document: Document, policy: Policy, record: Record, form: str, wanted: str, hit: int | None, system: str) -> str:
    """The citation of a passage; its reference, what it is called and its link are said."""
    from siglum.convert.cite.passage import Links, citation, locator  # few runs cite a passage

    edition = resolve(document, policy=policy, system=system)
    found = chosen(edition, wanted, hit, system)
    passage, references = found.passage, found.references
    whole = locator(passage, edition, record.language or language(passage.first))
    told = locator(passage, edition, record.language or language(passage.first), record.title)
    anchor = Links(edition, references).of(passage)
    link = f"{record.url}#{anchor}" if record.url and anchor else f"#{anchor}" if anchor else record.url
    line = document.locate(passage.first).line
    facts = filter(None, (whole.words, f"line {line}", f"link {link}" if link else ""))
    say(f"{passage.reference}: {'; '.join(facts)}")
    return citation.write(cite.make_unique([record])[0], told, link, form)


def made(edition: Edition, system: str) -> References:
    """The references of a document; what of their declaration cannot be used is said."""
    references = edition.references
    told(edition, references, system)
    return references


def told(edition: Edition, references: References, system: str) -> None:
    """Say what of the declared references cannot be used."""
    if system and not references.has_system:
        known = ", ".join(references.names) or "the header declares none"
        raise click.BadParameter(f"there is no system “{system}”; known: {known}", param_hint="--system")
    for fault in references.faults:
        at = edition.document.locate(fault.element)
        say(f"{at.path}:{at.line}:{at.column}: this {fault.kind} cannot be used as it stands: {fault.reason}")


def _name(edition: Edition, wanted: str, found: list[Passage]) -> None:
    say(f"{edition.document.source.name}: “{wanted}” has {_places(len(found))}; choose one by its reference, or by --hit N:")
    for number, found_item in enumerate(found[:_LISTED], 1):
        line = edition.document.locate(found_item.first).line
        say(f"  {number}. {found_item.reference} (line {line}){': ' if found_item.words else ''}{found_item.words}")
    if len(found) > _LISTED:
        say(f"  … and {len(found) - _LISTED} more")
    raise SystemExit(1)


def _doubled(edition: Edition, references: References, passage: Passage) -> None:
    """Say of a reference that other places have it too."""
    if passage.reference in references.doubled:
        others = [unit for unit in references.units if unit.reference.startswith(f"{passage.reference}[")]
        told = ", ".join(
            f"{passage.reference} (line {edition.document.locate(passage.element).line})" for passage in others[:5]
        )
        say(f"{edition.document.source.name}: the reference “{passage.reference}” is also that of {told}")


def _places(count: int) -> str:
    return f"{count} places" if count != 1 else "1 place"
