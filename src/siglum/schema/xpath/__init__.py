"""XPath as ODDs use it: names without a prefix are in the schema's namespace, `$parameters?x` asks for a parameter.

`parse_expression` makes one. lxml evaluates what XPath 1.0 can say; elementpath, imported only then, evaluates the rest.
No expression reads another file. `ExpressionError` says what is wrong with an expression.
"""

from __future__ import annotations

from siglum.schema.xpath.expression import Expression, parse_expression
from siglum.schema.xpath.values import ExpressionError, Parameters, TextAt, UnknownFunctionError, Value

__all__ = ["Expression", "ExpressionError", "Parameters", "TextAt", "UnknownFunctionError", "Value", "parse_expression"]
