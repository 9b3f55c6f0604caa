"""White space processing (XML Schema Part 2, section 4.3.6): preserve, replace, collapse.

White space is space, tab, carriage return and line feed only. A no-break space is an ordinary character.
"""

from __future__ import annotations

from siglum.schema.datatypes.lazy_regex import search_in

SPACE = " \t\n\r"

_BREAKS = str.maketrans("\t\n\r", "   ")
_untidy = search_in("[\t\n\r]|  ")


def preserve(text: str) -> str:
    return text


def replace(text: str) -> str:
    return text.translate(_BREAKS)


def collapse(text: str) -> str:
    text = text.strip(SPACE)
    if _untidy(text) is None:
        return text
    return " ".join(filter(None, text.translate(_BREAKS).split(" ")))
