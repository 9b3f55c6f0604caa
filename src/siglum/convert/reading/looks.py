"""How a stretch is set: what `@rend` and `@style` say in words that hold in every output."""

from __future__ import annotations

from siglum.text.tei import Element, attribute

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
    """The words of the tree's list of styles that an element asks for."""
    found = (_STYLES.get(each) for each in asked(element).replace(":", " ").replace(";", " ").split())
    return tuple(dict.fromkeys(each for each in found if each))


def asked(element: Element) -> str:
    """What an element says of its looks; where that is nothing, custom has its say (siglum's own models)."""
    if not element.attrib:
        return ""
    return f"{attribute(element, 'rend')} {attribute(element, 'style')}".strip().lower()
