"""What a rule is: a few declared facts, a page about the fault, and a generator of findings.

A rule is one file in `rules/`: its docstring is the page (`siglum explain` prints it), `RULE` holds the facts, `check` finds.
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
"""The namespace of examples in the documentation of markup (`egXML`): they are shown, and mean nothing here."""


def numbering_group(note: Note, edition: Edition) -> tuple[object, ...]:
    """What notes that are numbered together have in common: stream, section, page, `@type`, `@place` and `@resp`."""
    place = note.calls[0] if note.calls else note.element
    section = next((above for above in place.iterancestors() if name(above) in _SECTIONS), None)
    own = (note.element.get(key) for key in ("type", "place", "resp"))
    return note.stream, section, edition.count_pages(place), *own


@frozen
class Fault:
    """What a rule has to say about an element, or about one of its attributes; code and severity are the rule's."""

    at: Element
    message: str
    help: str = ""
    attribute: str = ""


@frozen
class Facts:
    """What a rule declares about itself.

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
    """A rule as found in its file."""

    facts: Facts
    check: Callable[[Element, Edition], Iterator[Fault]]
    page: str


def apply(rules: Iterable[Rule], document: Document, codes: Collection[str], policy: Policy | None = None) -> Iterator[Finding]:
    """The findings of those rules whose code is among `codes`, in the order of the document for each rule that listens."""
    edition = resolve(document, policy=policy or DEFAULT)
    chosen = [rule for rule in rules if rule.facts.code in codes]
    for rule in chosen:
        if not rule.facts.elements:
            yield from _findings(rule, document.root, edition)
    listening: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in chosen:
        for each in rule.facts.elements:
            listening[TEI + each].append(rule)
    for element in document.index.tagged(*listening):
        for rule in listening[str(element.tag)]:
            yield from _findings(rule, element, edition)


def _findings(rule: Rule, element: Element, edition: Edition) -> Iterator[Finding]:
    facts = rule.facts
    for each in rule.check(element, edition):
        yield edition.document.finding(
            each.at, facts.code, each.message, help=each.help, attribute=each.attribute, severity=facts.severity
        )
