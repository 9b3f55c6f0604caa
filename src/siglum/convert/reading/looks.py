"""How a stretch is set: what `@rend` and `@style` say in words that hold in every output, and what custom says without them."""

from __future__ import annotations

from siglum.text.tei import Element, attribute, name

_ITALIC = frozenset({"emph", "foreign", "title", "term", "distinct", "stage"})
_STYLES = {
    "italic": "italic",
    "italics": "italic",
    "ital": "italic",
    "it": "italic",
    "i": "italic",
    "bold": "bold",
    "b": "bold",
    "smallcaps": "smallcaps",
    "small-caps": "smallcaps",
    "smcap": "smallcaps",
    "sc": "smallcaps",
    "sup": "sup",
    "superscript": "sup",
    "sub": "sub",
    "subscript": "sub",
    "underline": "underline",
    "u": "underline",
    "strike": "strike",
    "strikethrough": "strike",
    **dict.fromkeys(("letterspaced", "letterspacing", "letter-spacing", "spaced", "gesperrt", "sperr", "sperrdruck"), "spaced"),
}


def styles(element: Element) -> tuple[str, ...]:
    """How a stretch is set: by `@rend` and `@style`, and by custom where these say nothing."""
    asked = (attribute(element, "rend") + " " + attribute(element, "style")).lower().replace(":", " ").replace(";", " ")
    found = tuple(dict.fromkeys(_STYLES[each] for each in asked.split() if each in _STYLES))
    if found or asked.strip():
        return found
    kind = name(element)
    if kind == "title":
        return ("italic",) if attribute(element, "level") in {"", "m", "j", "s"} else ()
    return ("italic",) if kind in _ITALIC else ()
