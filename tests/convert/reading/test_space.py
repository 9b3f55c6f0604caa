"""White space: each run of it becomes one space, and nothing else is touched."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.convert.reading.tree import Anchor, Source, Text, plain
from siglum.convert.reading.whitespace import normalize

AROUND = Text("x")
"""At the edges of a block there would be no space."""


@settings(max_examples=300)
@given(st.lists(st.text(list(" \t\r\na\u00a0\u2003\u2028"), min_size=1, max_size=8), min_size=1, max_size=3))
def test_a_run_of_white_space_is_one_space(texts: list[str]) -> None:
    anchor = Anchor(Source("anchor"))
    nodes = (AROUND, *(node for each in texts for node in (Text(each), anchor)), AROUND)
    assert plain(normalize(nodes)) == re.sub(r"[ \t\r\n]+", " ", f"x{''.join(texts)}x")
