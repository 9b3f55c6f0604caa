"""A customisation's rules as one ISO Schematron schema (Guidelines 22.5.2; ISO/IEC 19757-3).

A merged customisation goes in; what its constraintSpecs hold comes out, in Schematron's own order, with what follows from the
specs themselves: reports on what is deprecated, on elements of other namespaces, on parameters of a behaviour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.odd.compat import Compat, deviations
from siglum.schema.odd.schematron.bodies import Body, bodies
from siglum.schema.odd.schematron.contexts import Contexts
from siglum.schema.odd.schematron.gather import constraints, wanted
from siglum.schema.odd.schematron.made import made
from siglum.schema.odd.schematron.members import Members
from siglum.schema.odd.schematron.prefixes import prefixes
from siglum.schema.odd.schematron.write import write
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.tagdocs.specs import Merged
    from siglum.text.diagnostic import Finding


__all__ = ["Collected", "collect"]


@frozen
class Collected:
    """The schema as text, what is to be said about the ODD's constraints, and how many patterns there are."""

    text: str
    findings: tuple[Finding, ...] = ()
    patterns: int = 0


def collect(merged: Merged, *, compat: Compat = "guidelines", lang: str = "en", header: str = "") -> Collected:
    """The Schematron of a customisation: its constraints in `lang` and those without a language.

    With "reference", computed contexts are those that TEI's own tools make. `header` becomes a comment at the top.
    """
    findings: list[Finding] = []
    members = Members(merged)
    taken = wanted(constraints(merged), merged, members, lang, findings)
    declared = prefixes(merged, [each for each, _ in taken], findings)
    contexts = Contexts(merged, members, declared, deviations(compat))
    body = Body.joined([*bodies(taken, merged, contexts, findings), made(merged, contexts, findings)])
    declared.require(body.written(), findings)
    text = write(body, declared.pairs(), merged.query_binding, merged.declarations, header)
    return Collected(text, tuple(sorted(set(findings))), len(body.patterns))
