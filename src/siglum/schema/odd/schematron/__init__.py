"""A customisation's rules as one ISO Schematron schema (Guidelines 22.5.2; ISO/IEC 19757-3).

A merged customisation goes in; what its constraintSpecs hold comes out, in Schematron's own order, with what follows from the
specs themselves: reports on what is deprecated, on elements of other namespaces, on parameters of a behaviour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.odd.compat import Compat, deviations
from siglum.schema.odd.schematron.bodies import Body, make_bodies
from siglum.schema.odd.schematron.contexts import Contexts
from siglum.schema.odd.schematron.gather import list_constraints, select_constraints
from siglum.schema.odd.schematron.made import make_implied_rules
from siglum.schema.odd.schematron.members import Members
from siglum.schema.odd.schematron.prefixes import collect_prefixes
from siglum.schema.odd.schematron.write import write_schematron
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.tagdocs.specs import Merged
    from siglum.text.diagnostic import Finding


__all__ = ["CollectedSchematron", "collect_schematron"]


@frozen
class CollectedSchematron:
    """The schema as text, what is to be said about the ODD's constraints, and how many patterns there are."""

    text: str
    findings: tuple[Finding, ...] = ()
    patterns: int = 0


def collect_schematron(
    merged: Merged, *, compat: Compat = "guidelines", lang: str = "en", header: str = ""
) -> CollectedSchematron:
    """The Schematron of a customisation: its constraints in `lang` and those without a language.

    With "reference", computed contexts are those that TEI's own tools make. `header` becomes a comment at the top.
    """
    findings: list[Finding] = []
    members = Members(merged)
    taken = select_constraints(list_constraints(merged), merged, members, lang, findings)
    declared = collect_prefixes(merged, [each for each, _ in taken], findings)
    contexts = Contexts(merged, members, declared, deviations(compat))
    body = Body.join([*make_bodies(taken, merged, contexts, findings), make_implied_rules(merged, contexts, findings)])
    declared.require(body.list_written(), findings)
    text = write_schematron(body, declared.pairs(), merged.query_binding, merged.declarations, header)
    return CollectedSchematron(text, tuple(sorted(set(findings))), len(body.patterns))
