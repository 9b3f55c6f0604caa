"""The header says whether quotation marks stand in the text (`quotation/@marks`), and a quotation says otherwise.

Why it matters: the marks of every output are made, or not made, by this statement. With `none`, a mark that is typed all the
same is printed twice (““so””); with `all`, a quotation without marks is printed without any, and nobody sees that it is one.

Example:
    <quotation marks="none"/> … <q>“Yes,”</q> he said.

Better:
    <quotation marks="none"/> … <q>Yes,</q> he said.

Or state `marks="some"`: marks that are typed are kept then, and the others made. Displayed quotations, thoughts and indirect
speech, which have no marks by custom, are not looked at where the header says `all`.
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
    """Every quotation that is not as the header says."""
    quotations = edition.quotations
    for each in quotations:
        if quotations.statement == "none" and each.typed:
            message = f"the header says that no marks stand in the text, but this `{each.kind}` has “{each.typed}”"
            yield Fault(each.element, message, 'remove the marks, or state quotation marks="some" in the header')
        elif quotations.statement == "all" and not (each.typed or each.displayed or quotations.is_unmarked(each.element)):
            message = f"the header says that all marks stand in the text, but this `{name(each.element)}` has none"
            yield Fault(each.element, message, 'type its marks, or state quotation marks="some" in the header')
