"""A quotation that contradicts the header's statement about quotation marks (`quotation/@marks`).

Why it matters: siglum adds quotation marks to its outputs by this statement. With `none`, a typed mark is printed twice
(““so””). With `all`, a quotation without marks is printed without any, and readers cannot see that it is a quotation.

Example:
    <quotation marks="none"/> … <q>“Yes,”</q> he said.

Better:
    <quotation marks="none"/> … <q>Yes,</q> he said.

With `marks="some"`, siglum keeps typed marks and adds the others. With `all`, siglum does not check displayed quotations,
thoughts and indirect speech, which have no marks by custom.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-quotation.html
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import Element, name

RULE = Facts(
    code="I026",
    meaning="a quotation that has marks, or has none, against what the header says",
    name="contradicted-quotation-marks",
    since="0.2",
    severity=Severity.WARNING,
)


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Report each quotation that contradicts the header."""
    quotations = edition.quotations
    for quotation in quotations:
        if quotations.statement == "none" and quotation.typed:
            message = f"the header says that the text has no marks, but this `{quotation.kind}` has “{quotation.typed}”"
            yield Fault(quotation.element, message, 'remove the marks, or state quotation marks="some" in the header')
        elif quotations.statement == "all" and not (
            quotation.typed or quotation.displayed or quotations.is_unmarked(quotation.element)
        ):
            message = f"the header says that the text has all marks, but this `{name(quotation.element)}` has none"
            yield Fault(quotation.element, message, 'type its marks, or state quotation marks="some" in the header')
