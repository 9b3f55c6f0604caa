"""Renditions: what comes of @rend, @rendition, @style and the header's renditions, and what never does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.text import css
from siglum.text.element_index import ElementIndex
from siglum.text.rendition import Renditions, filter_safe
from siglum.text.tei import elements
from tests.text.pages.reader import document

HEADER = """<teiHeader><encodingDesc><tagsDecl>
<rendition xml:id="aq">font-family: sans-serif</rendition>
<rendition xml:id="r" scheme="css">color: #a00; font-style: italic</rendition>
<rendition selector="hi, p &gt; emph">font-weight: bold</rendition>
<rendition selector="hi[n='2']">font-weight: normal; color: blue</rendition>
<rendition xml:id="t" scheme="free">in red ink</rendition><rendition xml:id="f" scope="first-letter">color: red</rendition>
<namespace name="http://www.tei-c.org/ns/1.0"><tagUsage gi="seg" render="#r"/></namespace>
</tagsDecl></encodingDesc></teiHeader>"""

SAID = {
    "<hi>x</hi>": "font-weight: bold",
    "<hi n='2'>x</hi>": "font-weight: normal; color: blue",
    "<hi n='2' rendition='#r #aq'>x</hi>": "font-weight: normal; color: #a00; font-style: italic; font-family: sans-serif",
    "<hi n='2' rend='sc' rendition='#r' style='color: green'>x</hi>": (
        "font-weight: normal; color: green; font-variant: small-caps; font-style: italic"
    ),
    "<emph>x</emph>": "font-weight: bold",
    "<seg>x</seg>": "color: #a00; font-style: italic",
    "<name rend='bold italic'>x</name>": "font-weight: bold; font-style: italic",
    "<name rend='bold-italic;underline strikethrough'>x</name>": (
        "font-weight: bold; font-style: italic; text-decoration: underline line-through"
    ),
    "<name rendition='simple:italic #g'>x</name>": "font-style: italic; letter-spacing: .14em",
    "<name rend='align(center)'>x</name>": "text-align: center",
    "<name style='text-indent: 2em; margin-left: 3000px; position: fixed; color: url(x)'>x</name>": "text-indent: 2em",
    "<name style='COLOR: Red !important; letter-spacing: 9em'>x</name>": "color: red",
}


@pytest.mark.parametrize("said", SAID)
def test_the_look_is_what_is_declared_for_the_element(said: str) -> None:
    root = document(f"{HEADER}<p>{said}</p>").root
    (paragraph,) = elements(root, "p")
    assert Renditions(ElementIndex(root)).of(paragraph[0]).rest(whole=True) == SAID[said]


def test_what_is_not_taken_is_told() -> None:
    root = document(f"{HEADER}<p><hi style='position: fixed; color: expression(1)'>x</hi></p>").root
    looks = Renditions(ElementIndex(root))
    for each in elements(root, "hi"):
        looks.of(each)
    assert [each.description for each in looks.refused] == [
        "a rendition in another language than CSS (free)",
        "a rendition of the first-letter alone",
        "the CSS property “position” with such a value",
        "the CSS property “color” with such a value",
    ]


_PIECES = st.sampled_from(
    """color : ; red url(x) \\ } { </style> < > /* */ @import expression(1) " ' margin -1em 9999px ( ) , &lt; _ \u2028""".split(
        " "
    )
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_nothing_can_break_out(text: str) -> None:
    for key, value in filter_safe(css.parse_declarations(text))[0].items():
        assert re.fullmatch(r"[a-z-]+", key)
        assert re.fullmatch(r"[a-z0-9#.,%/() -]+", value)
        assert "url" not in value
        assert "/*" not in value
