"""XPath as ODDs use it: names without a prefix are in the schema's namespace, `$parameters?x` asks for a parameter.

`expression` makes one; what XPath 1.0 says alike goes through lxml, all else through elementpath, which is imported only then.
No expression reads another file. `ExpressionError` tells what is wrong with one.
"""

from __future__ import annotations

from siglum.schema.xpath.expression import Expression, parse_expression
from siglum.schema.xpath.values import ExpressionError, Parameters, TextAt, UnknownFunctionError, Value

__all__ = ["Expression", "ExpressionError", "Parameters", "TextAt", "UnknownFunctionError", "Value", "parse_expression"]
