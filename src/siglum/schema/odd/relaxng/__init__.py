"""A customisation put together, as a RELAX NG grammar (TEI Guidelines, 22.4 to 22.8 and 23.5; ISO/IEC 19757-2).

    made = generate_grammar(merged)             # or compat="reference": with the faults of TEI's own tools
    text = write_xml.write(made.grammar)           # of schema.relaxng, as write_compact
    schema = Schema(path, (), compile_generated(made))  # without a file in between

The patterns have the names that TEI's tools give them. Where the Guidelines and those tools part, `findings` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.odd.compat import Compat, deviations
from siglum.schema.odd.relaxng.grammar import build_grammar
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.relaxng import syntax
    from siglum.schema.relaxng.grammar import Grammar
    from siglum.schema.tagdocs.specs import Merged

__all__ = ["GeneratedGrammar", "compile_generated", "generate_grammar"]


@frozen
class GeneratedGrammar:
    """A grammar, and what is to be said about the ODD that it was made of."""

    grammar: syntax.Grammar
    findings: tuple[Finding, ...] = ()


def generate_grammar(merged: Merged, *, compat: Compat = "guidelines") -> GeneratedGrammar:
    """The grammar of a customisation. It never fails; what is wrong with the ODD is among the findings."""
    grammar, work = build_grammar(merged, deviations(compat))
    return GeneratedGrammar(grammar, tuple(sorted(work.findings)))


def compile_generated(made: GeneratedGrammar, name: str = "schema.rng") -> Grammar:
    """The grammar as `relaxng.Schema` wants it. Raises SchemaError where the ODD asks for what RELAX NG cannot say."""
    from siglum.schema.relaxng.build import build_pattern  # what compiles is not wanted for writing

    return build_pattern(made.grammar, name)
