"""A declaration of references in the header (`refsDecl`) that siglum cannot use.

Why it matters: references, links and citations follow these declarations, in siglum and in every service that reads the file.
siglum ignores an expression with a mistake, and nobody can cite the passages that it would name.

Example:
    <citeStructure match="//div[" use="@n" unit="letter"/>

Better:
    <citeStructure match="//div[@type='letter']" use="@n" unit="letter"/>

A pattern that matches nothing is a fault, too: often the header was copied from a text with another structure.
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
_HELP = "correct or remove it; `siglum list references` shows what the declaration finds"


def check(element: Element, edition: Edition) -> Iterator[Fault]:
    """Report each part of the declaration that siglum cannot use."""
    from siglum.text.references import find_faults  # few documents declare references

    for fault in find_faults(element, edition.document.index):
        yield Fault(fault.element, f"siglum cannot use this `{fault.kind}`: {fault.reason}", _HELP)
