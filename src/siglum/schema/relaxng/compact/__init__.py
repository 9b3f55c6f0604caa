"""The compact syntax of RELAX NG (ISO/IEC 19757-2, Annex C): a source in, the tree of `siglum.schema.relaxng.syntax` out.

`lexer` makes tokens, `declarations`, `annotations`, `names` and `patterns` read the parts that Annex C names, one module each;
`spelling` and `prefixes` hold what the writers need as well.
"""

from siglum.schema.relaxng.compact.patterns import read
from siglum.schema.relaxng.compact.prefixes import INHERIT

__all__ = ["INHERIT", "read"]
