"""What a rule is: a few declared facts, a page about the fault, and a generator of findings.

A rule is one file in `rules/`: its docstring is the page (`siglum explain` prints it), `RULE` holds the facts, `check` finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document
from siglum.text.frozen import frozen
from siglum.text.notes import Note, Notes
from siglum.text.pointer import Identifiers, Pointer, pointers
from siglum.text.policy import DEFAULT, Policy
from siglum.text.quotation import Quotations
from siglum.text.tei import DIVISIONS, TEI, Element, name

_SECTIONS = DIVISIONS | {"front", "body", "back", "text", "table", "standOff"}
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
"""The namespace of examples in the documentation of markup (`egXML`): they are shown, and mean nothing here."""


@dataclass(frozen=True)
class Context:
    """The document under the rules, and what several of them ask about it, found once."""

    document: Document
    policy: Policy = DEFAULT

    @cached_property
    def identifiers(self) -> Identifiers:
        """The `xml:id`s of the document."""
        return Identifiers(self.document.root)

    @cached_property
    def pointers(self) -> list[Pointer]:
        """What the pointing attributes say, token by token."""
        return list(pointers(self.document.root))

    @cached_property
    def notes(self) -> Notes:
        """The notes of the text with their labels and calls."""
        return Notes(self.document.root, self.identifiers, policy=self.policy)

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of the text with their marks."""
        return Quotations(self.document.root, self.identifiers, policy=self.policy.marks)

    @cached_property
    def pages(self) -> dict[Element, tuple[int, int]]:
        """For every element how many page breaks stand before it, and its own place in the document."""
        found: dict[Element, tuple[int, int]] = {}
        page = 0
        for index, element in enumerate(self.document.root.iter("*")):
            page += element.tag == TEI + "pb"
            found[element] = (page, index)
        return found

    def series(self, note: Note) -> tuple[object, ...]:
        """What notes have in common that are numbered together."""
        place = note.calls[0] if note.calls else note.element
        section = next((each for each in place.iterancestors() if name(each) in _SECTIONS), None)
        return note.stream, section, self.pages[place][0], *(note.element.get(each) for each in ("type", "place", "resp"))


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

    `name` is the fault, so that “allow dangling-pointer” reads well. `elements`: the TEI elements the rule listens to
    (`*`: all); none: it looks at the document once, and is given its root.
    """

    code: str
    name: str
    since: str
    severity: Severity = Severity.ERROR
    elements: tuple[str, ...] = ()


@frozen
class Rule:
    """A rule as found in its file."""

    facts: Facts
    check: Callable[[Element, Context], Iterator[Fault]]
    page: str


def apply(rules: Iterable[Rule], document: Document, codes: Collection[str], policy: Policy | None = None) -> Iterator[Finding]:
    """The findings of those rules whose code is among `codes`, in the order of the document for each rule that listens."""
    context = Context(document, policy or DEFAULT)
    chosen = [rule for rule in rules if rule.facts.code in codes]
    for rule in chosen:
        if not rule.facts.elements:
            yield from _findings(rule, document.root, context)
    listening: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in chosen:
        for each in rule.facts.elements:
            listening[TEI + each].append(rule)
    for element in document.root.iter(*listening) if listening else ():
        for rule in (*listening.get(str(element.tag), ()), *listening.get(TEI + "*", ())):
            yield from _findings(rule, element, context)


def _findings(rule: Rule, element: Element, context: Context) -> Iterator[Finding]:
    facts = rule.facts
    for each in rule.check(element, context):
        yield context.document.finding(
            each.at, facts.code, each.message, help=each.help, attribute=each.attribute, severity=facts.severity
        )
