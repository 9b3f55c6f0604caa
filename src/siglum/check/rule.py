"""The interface of a rule.

A rule is one file in `rules/`. Its docstring is the page that `siglum explain` prints, `RULE` declares facts, and `check`
generates the faults.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document
from siglum.text.edition import Edition, resolve
from siglum.text.frozen import frozen
from siglum.text.notes import Note
from siglum.text.policy import DEFAULT, Policy
from siglum.text.tei import DIVISIONS, TEI, Element, name

_SECTIONS = DIVISIONS | {"front", "body", "back", "text", "table", "standOff"}
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
"""The namespace of `egXML`, which shows markup as an example."""


def numbering_group(note: Note, edition: Edition) -> tuple[object, ...]:
    """The properties that notes share when they are numbered together: stream, section, page, `@type`, `@place`, `@resp`."""
    place = note.calls[0] if note.calls else note.element
    section = next((above for above in place.iterancestors() if name(above) in _SECTIONS), None)
    own = (note.element.get(key) for key in ("type", "place", "resp"))
    return note.stream, section, edition.count_pages(place), *own


@frozen
class Fault:
    """A fault of an element, or of one of its attributes."""

    at: Element
    message: str
    help: str = ""
    attribute: str = ""


@frozen
class Facts:
    """The declarations of a rule.

    `code` and `meaning` come first, as literals: the registry of codes (`check/codes.py`) reads them from the source text.
    `name` is the fault, so that “allow dangling-pointer” reads well. `elements`: the TEI elements that the rule checks; a rule
    without elements checks the document once, from its root.
    """

    code: str
    meaning: str
    name: str
    since: str
    severity: Severity = Severity.ERROR
    elements: tuple[str, ...] = ()


@frozen
class Rule:
    """A rule, read from its file."""

    facts: Facts
    check: Callable[[Element, Edition], Iterator[Fault]]
    page: str


def run_rules(
    rules: Iterable[Rule], document: Document, codes: Collection[str], policy: Policy | None = None
) -> Iterator[Finding]:
    """Run the rules whose codes are selected. Rules for the whole document come first, then one walk of the elements."""
    edition = resolve(document, policy=policy or DEFAULT)
    chosen = [rule for rule in rules if rule.facts.code in codes]
    for rule in chosen:
        if not rule.facts.elements:
            yield from _check(rule, document.root, edition)
    by_tag: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in chosen:
        for kind in rule.facts.elements:
            by_tag[TEI + kind].append(rule)
    for element in document.index.tagged(*by_tag):
        for rule in by_tag[str(element.tag)]:
            yield from _check(rule, element, edition)


def _check(rule: Rule, element: Element, edition: Edition) -> Iterator[Finding]:
    facts = rule.facts
    for fault in rule.check(element, edition):
        yield edition.document.finding(
            fault.at, facts.code, fault.message, help=fault.help, attribute=fault.attribute, severity=facts.severity
        )
