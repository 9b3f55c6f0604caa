"""Regular expressions of XML Schema (Part 2, appendix F): `compile_pattern` makes a function that matches whole texts.

They are not handed to `re`: patterns come from a schema and texts from anywhere, and backtracking might take for ever.
`syntax` reads the expression, `charset` knows classes of characters, `automaton` matches in time linear in the text.
"""

from siglum.schema.datatypes.regex.automaton import compile_pattern
from siglum.schema.datatypes.regex.syntax import PatternError

__all__ = ["PatternError", "compile_pattern"]
