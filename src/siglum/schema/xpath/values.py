"""What expressions give, and what they fail with."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from siglum.text.frozen import frozen
from siglum.text.tei import Element


class ExpressionError(ValueError):
    """What is wrong with an expression, or with asking it here."""


class UnknownFunctionError(ExpressionError):
    """It calls a function (`name`) in a namespace that is none of XPath's: only the program it was written for has it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the function {name}() is not known here")
        self.name = name


@frozen
class TextAt:
    """A text node: the element it belongs to, and whether it stands after that element instead of at its beginning."""

    owner: Element
    is_tail: bool
    text: str


Value = tuple[Element | TextAt | str, ...]
"""What an expression gives: elements and text nodes of the document, and anything else as characters."""


ROOT = "root"
"""The parameter that is an element: the root of the document."""
Parameter = str | Callable[[Element], str]
"""What `$parameters?x` stands for: characters, or a function of the element that is asked about."""
Parameters = Mapping[str, Parameter]


def evaluate_attribute(parameters: Parameters, name: str, element: Element) -> str:
    """The value of a parameter for an element; nothing where there is none."""
    found = parameters.get(name, "")
    return found if isinstance(found, str) else found(element)


def to_number(value: float) -> str:
    """XPath 1.0, 4.2, string()."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return f"{value:.0f}" if value == int(value) else repr(value)
