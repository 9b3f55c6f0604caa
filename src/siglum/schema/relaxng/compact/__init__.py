"""Read the compact syntax of RELAX NG (ISO/IEC 19757-2, Annex C) into the nodes of `siglum.schema.relaxng.syntax`.

`lexer` produces tokens; `declarations`, `annotations`, `names` and `patterns` read the parts of Annex C, one module each. The
writers share `spelling` and `prefixes`.
"""

from siglum.schema.relaxng.compact.patterns import read
from siglum.schema.relaxng.compact.prefixes import INHERIT

__all__ = ["INHERIT", "read"]
