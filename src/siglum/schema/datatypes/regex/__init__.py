"""XML Schema regular expressions (Part 2, appendix F): `compile_pattern` returns a function that matches whole texts.

`re` is not used: patterns come from a schema and texts from anywhere, and backtracking might never end. `syntax` parses
the expression, `charset` knows classes of characters, `automaton` matches in time linear in the text.
"""

from siglum.schema.datatypes.regex.automaton import compile_pattern
from siglum.schema.datatypes.regex.syntax import PatternError

__all__ = ["PatternError", "compile_pattern"]
