"""The header declares how the text is cited (`refsDecl`), and a part of that cannot be used.

Why it matters: references, links and citations rest on these declarations, here and in every service that reads the file. An
expression with a mistake in it is passed over, and the passages that it would name cannot be cited.

Example:
    <citeStructure match="//div[" use="@n" unit="letter"/>

Better:
    <citeStructure match="//div[@type='letter']" use="@n" unit="letter"/>

A pattern that finds nothing is a fault, too: often the text has another structure than the one whose header was copied.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SACR
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import Element

RULE = Facts(
    code="I027",
    meaning="a declaration of references that cannot be used",
    name="unusable-reference",
    since="0.2",
    severity=Severity.WARNING,
    elements=("refsDecl",),
)
_HELP = "mend or remove it; `siglum list references` shows what the declaration finds"


def check(element: Element, edition: Edition) -> Iterator[Fault]:
    """What of the declaration cannot be used."""
    from siglum.text.references import find_faults  # few documents declare references

    for each in find_faults(element, edition.document.index):
        yield Fault(each.element, f"this `{each.kind}` cannot be used as it stands: {each.reason}", _HELP)
