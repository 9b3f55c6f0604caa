"""The rendition of the source: `@rend`, `@rendition`, `@style`, and the header's `rendition` elements.

The order of precedence is that of the Guidelines (1.3.1.1.3, 2.3.5), lowest first: `tagUsage/@render`, `rendition/@selector`,
`@rend`, `@rendition`, `@style`. The result is CSS from a closed list of safe properties and values: nothing that loads,
moves or hides content, and no extreme sizes. `refused` collects every other declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from siglum.text import css
from siglum.text.colours import NAMES
from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.tei import XML_ID, Element, attribute, name, tokens

Declarations = dict[str, str]

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?%?"
_COLOUR = (
    rf"{'|'.join(sorted(NAMES))}|#[0-9a-f]{{3,4}}|#[0-9a-f]{{6}}|#[0-9a-f]{{8}}"
    rf"|rgba?\( ?{_NUMBER}(?:(?: ?, ?{_NUMBER}){{2}}(?: ?, ?(?:{_NUMBER}|\.\d+))?|(?: {_NUMBER}){{2}}) ?\)"
)
_UNITS = r"(?:em|rem|ex|ch|pc|mm|%)"
_SMALL = (
    rf"-?(?:\d{{1,2}}(?:\.\d{{1,3}})?|\.\d{{1,3}}){_UNITS}|-?(?:[0-4](?:\.\d{{1,3}})?|\.\d{{1,3}})(?:cm|in)"
    r"|-?[012]?\d{1,2}(?:\.\d{1,3})?p[xt]|-?0"
)
_SPACED = r"normal|0|-?0?\.\d{1,3}r?em|1(?:\.0)?r?em|-?\d(?:\.\d{1,2})?p[xt]"
_SIZES = (
    r"(?:xx?-)?(?:small|large)|medium|smaller|larger|(?:0?\.[5-9]\d{0,2}|[12](?:\.\d{1,3})?|3)r?em"
    r"|(?:[5-9]\d|[12]\d\d|300)%|(?:[6-9]|[1-3]\d)(?:\.\d)?p[xt]"
)
_SAFE: dict[str, str] = {
    **dict.fromkeys(("color", "background-color", "text-decoration-color"), _COLOUR),
    "font-style": "normal|italic|oblique",
    "font-weight": "normal|bold|bolder|lighter|[1-9]00",
    **dict.fromkeys(("font-variant", "font-variant-caps"), "normal|(?:all-)?(?:small|petite)-caps|unicase|titling-caps"),
    "font-size": _SIZES,
    "font-family": "serif|sans-serif|monospace|cursive|fantasy",
    **dict.fromkeys(
        ("text-decoration", "text-decoration-line"), "none|(?:(?:underline|overline|line-through|double|wavy|dotted) ?){1,3}"
    ),
    "text-decoration-style": "solid|double|dotted|dashed|wavy",
    "text-align": "left|right|center|justify|start|end",
    **dict.fromkeys(("text-indent", "margin-left", "margin-right", "margin-top", "margin-bottom"), _SMALL),
    "margin": rf"(?:(?:{_SMALL})(?: |$)){{1,4}}",
    **dict.fromkeys(("letter-spacing", "word-spacing"), _SPACED),
    "vertical-align": "super|sub|baseline|top|middle|bottom|text-top|text-bottom",
    "text-transform": "none|uppercase|lowercase|capitalize",
    "direction": "ltr|rtl",
    "unicode-bidi": "normal|embed|isolate|plaintext",
    "font-feature-settings": "normal",
}
"""The properties that siglum accepts, each with a regular expression for its values."""
_OF_QUOTATIONS = frozenset({"display", "content", "quotes", ""})
"""Properties that `quotation` reads; they are not refused here."""
_REND = """
font-style: italic = italic italics italicised italicized ital it i slanted
font-style: normal = normalstyle
font-weight: bold = bold b bf fett
font-weight: normal = normalweight
font-variant: small-caps = smallcaps small-caps smcap sc k
vertical-align: super = sup superscript super
vertical-align: sub = sub subscript
text-decoration: underline = underline underlined u
text-decoration: underline double = doubleunderline double-underline uu
text-decoration: underline wavy = wavyunderline
text-decoration: overline = overline
text-decoration: line-through = strike strikethrough line-through s
letter-spacing: .14em = letterspaced letterspacing letterspace letter-spacing spaced gesperrt sperr sperrdruck g
text-align: center = center centre centered centred c
text-align: right = right right-aligned flushright
text-align: left = left flushleft
text-align: justify = justify justified
text-transform: uppercase = caps allcaps uppercase versal
text-transform: lowercase = lowercase
font-size: larger = large larger
font-size: smaller = small smaller
font-family: monospace = typewriter tt monospace
margin-left: 2em = et
color: red = red rubric rubricated
color: blue = blue
color: green = green
"""
"""Words of `@rend` in common use, with those of TEI Simple (`simple:italic`) and the DTA (`#g`, `#k`)."""
_WORDS: dict[str, tuple[str, str]] = {
    word: (key, value)
    for line in _REND.strip().splitlines()
    for declaration, _, words in [line.partition(" = ")]
    for key, _, value in [declaration.partition(": ")]
    for word in words.split()
}
_TOKEN = re.compile(r"[^\s,;:()|]+")
_STYLE_WORDS = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-variant", "small-caps"): "smallcaps",
    ("font-variant-caps", "small-caps"): "smallcaps",
    ("text-decoration", "underline"): "underline",
    ("text-decoration", "line-through"): "strike",
    ("text-decoration-line", "underline"): "underline",
    ("text-decoration-line", "line-through"): "strike",
    ("vertical-align", "super"): "sup",
    ("vertical-align", "sub"): "sub",
}
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})


@frozen
class Rendition:
    """The declarations that apply to an element; `is_own`: it has a `@rend`, `@rendition` or `@style` itself."""

    declared: Declarations
    is_own: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The keywords that every output format knows: italic, bold, smallcaps, sup, sub, underline, strike, spaced."""
        return tuple(word for pair in self.declared.items() if (word := style_keyword(*pair)))

    def rest(self, *, whole: bool) -> str:
        """Return the declarations as CSS: all of them (`whole`), or those without a keyword."""
        return format_declarations(pair for pair in self.declared.items() if whole or not style_keyword(*pair))


_PLAIN = Rendition({}, False)


@frozen
class RefusedDeclaration:
    """A declaration that siglum does not accept, or a `rendition` in a language other than CSS."""

    element: Element
    description: str


class Renditions:
    """The renditions of a document."""

    def __init__(self, index: ElementIndex) -> None:
        self.refused: list[RefusedDeclaration] = []
        self._by_element: dict[Element, Rendition] = {}
        self._by_id: dict[str, Declarations] = {}
        self._by_name: dict[str, list[tuple[int, css.Selector | None, Declarations]]] = {}
        self._read(index)

    def of(self, element: Element) -> Rendition:
        """Return the rendition of an element."""
        named = self._by_name
        if not element.keys() and not (named and ("*" in named or name(element) in named)):
            return _PLAIN
        if element not in self._by_element:
            self._by_element[element] = self._resolve(element)
        return self._by_element[element]

    def _read(self, index: ElementIndex) -> None:
        rules: list[tuple[int, int, css.Selector | None, str, Declarations]] = []
        for order, rendition in enumerate(index.named("rendition")):
            declared = self._read_rendition(rendition)
            if declared and rendition.get(XML_ID):
                self._by_id[rendition.get(XML_ID, "")] = declared
            selectors = css.parse_selectors(rendition.get("selector", "")) if declared else []
            rules += [(one.weight, order, one, one.steps[-1].name, declared) for one in selectors if not one.pseudo]
        for usage in index.named("tagUsage"):
            for pointer in tokens(usage, "render"):
                declared = self._by_id.get(pointer.removeprefix("#"), {})
                rules.append((-1, 0, None, attribute(usage, "gi"), declared))
        for weight, _, chosen, kind, declared in sorted(rules, key=lambda rule: rule[:2]):
            self._by_name.setdefault(kind, []).append((weight, chosen, declared))

    def _read_rendition(self, rendition: Element) -> Declarations:
        scheme = attribute(rendition, "scheme") or "css"
        if scheme != "css":
            self.refused.append(RefusedDeclaration(rendition, f"a rendition in another language than CSS ({scheme})"))
            return {}
        if attribute(rendition, "scope") in {"before", "after"}:
            return {}
        text = "".join(map(str, rendition.itertext()))
        if attribute(rendition, "scope"):
            self.refused.append(RefusedDeclaration(rendition, f"a rendition of the {attribute(rendition, 'scope')} alone"))
            return {}
        return self._keep_safe(rendition, text)

    def _keep_safe(self, element: Element, text: str) -> Declarations:
        taken, refused = filter_safe(css.parse_declarations(text))
        self.refused += [RefusedDeclaration(element, f"the CSS property “{key}” with such a value") for key in refused]
        return taken

    def _resolve(self, element: Element) -> Rendition:
        declared: Declarations = {}
        rules = [*self._by_name.get("*", ()), *self._by_name.get(name(element), ())]
        for _, selector, declarations in sorted(rules, key=lambda rule: rule[0]) if rules else ():
            if selector is None or selector.matches(element):
                declared |= declarations
        rend, rendition, style = (attribute(element, key) for key in ("rend", "rendition", "style"))
        if rend:
            declared |= _read_words(_TOKEN.findall(rend.lower()))
        for pointer in rendition.split():
            bare = pointer.rpartition("#")[2].rpartition(":")[2]
            declared |= self._by_id.get(bare) or _read_words([bare.lower()])
        if style:
            declared |= self._keep_safe(element, style)
        return Rendition(declared, bool(rend or rendition or style))


def filter_safe(declared: Declarations) -> tuple[Declarations, list[str]]:
    """Return the safe declarations, in lower case, and the property names of the others."""
    taken: Declarations = {}
    refused: list[str] = []
    for key, value in declared.items():
        bare = " ".join(value.lower().removesuffix("!important").split())
        pattern = _value_pattern(key)
        if pattern is not None and pattern.fullmatch(bare):
            taken[key] = bare
        elif key not in _OF_QUOTATIONS:
            refused.append(key)
    return taken, refused


@cache
def _value_pattern(key: str) -> re.Pattern[str] | None:
    """Return the pattern of a property's values, compiled at its first use."""
    return re.compile(_SAFE[key], re.IGNORECASE) if key in _SAFE else None


def format_declarations(declared: Iterable[tuple[str, str]]) -> str:
    """Format declarations as CSS."""
    return "; ".join(f"{key}: {value}" for key, value in declared)


def style_keyword(key: str, value: str) -> str:
    """Return the reading tree's keyword for a declaration; empty if there is none."""
    if key == "font-weight":
        return "bold" if value in _BOLD else ""
    if key == "letter-spacing":
        return "spaced" if value not in {"normal", "0"} and not value.startswith("-") else ""
    return _STYLE_WORDS.get((key, value), "")


def _read_words(words: Iterable[str]) -> Declarations:
    declared: Declarations = {}
    for token in words:
        for word in (token,) if token in _WORDS else token.split("-"):
            if word in _WORDS:
                key, value = _WORDS[word]
                both = key == "text-decoration" and declared.get(key, value) != value
                declared[key] = f"{declared[key]} {value}" if both else value
    return declared
