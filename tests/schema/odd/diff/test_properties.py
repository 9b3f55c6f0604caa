"""Random content models: the examples of a difference are true, none is missed, and none could be shorter.

Python's own regular expressions are the judge.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siglum.schema.odd.diff import compare_schemas, load_side

_LETTERS = {"hi": "h", "abbr": "a", "date": "d"}
_TRIED = 4
"""The longest words that are tried one by one."""
_TIMES = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+", (2, 2): "{2}", (0, 2): "{0,2}", (1, 3): "{1,3}"}

Model = tuple[str, str]
"""A content model as an ODD has it, and as a regular expression."""


def _leaf(key: str, times: tuple[int, int | None]) -> Model:
    return f'<elementRef key="{key}"{_occurs(times)}/>', _LETTERS[key] + _TIMES[times]


def _group(name: str, children: list[Model], times: tuple[int, int | None]) -> Model:
    sign = "|" if name == "alternate" else ""
    inner = sign.join(each for _, each in children)
    return f"<{name}{_occurs(times)}>{''.join(each for each, _ in children)}</{name}>", f"(?:{inner}){_TIMES[times]}"


def _occurs(times: tuple[int, int | None]) -> str:
    low, high = times
    return f' minOccurs="{low}" maxOccurs="{"unbounded" if high is None else high}"'


_times = st.sampled_from(list(_TIMES))
_leaves = st.builds(_leaf, st.sampled_from(list(_LETTERS)), _times)
_models = st.recursive(
    _leaves,
    lambda inner: st.builds(
        _group, st.sampled_from(["sequence", "alternate"]), st.lists(inner, min_size=2, max_size=3), _times
    ),
    max_leaves=5,
)


def _odd(path: Path, model: str) -> str:
    spec = f'<elementSpec ident="p" mode="change"><content>{model}</content></elementSpec>'
    empty = "".join(f'<elementSpec ident="{each}" mode="change"><content><empty/></content></elementSpec>' for each in _LETTERS)
    modules = '<moduleRef key="tei"/><moduleRef key="core" include="p hi abbr date"/>'
    schema = f'<schemaSpec ident="a" start="p hi abbr date">{modules}{spec}{empty}</schemaSpec>'
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{schema}</body></text></TEI>'
    path.write_text(text, encoding="utf-8")
    return path.as_posix()


def _only(one: str, other: str) -> list[str]:
    """The words up to a length that the first expression matches and the second does not, the shortest first."""
    words = ("".join(each) for length in range(_TRIED + 1) for each in product("had", repeat=length))
    return [each for each in words if re.fullmatch(one, each) and not re.fullmatch(other, each)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=_models, other=_models)
def test_examples_of_a_difference_are_true_and_shortest(one: Model, other: Model, tmp_path: Path) -> None:
    sides = load_side(_odd(tmp_path / "one.odd", one[0])), load_side(_odd(tmp_path / "other.odd", other[0]))
    found = [each for each in compare_schemas(*sides).changes if each.kind == "content"]
    lost, won = (found[0].lost, found[0].won) if found else (None, None)
    for word, expected, mine, theirs in (
        (lost, _only(one[1], other[1]), one[1], other[1]),
        (won, _only(other[1], one[1]), other[1], one[1]),
    ):
        if word is None:
            assert not expected
        else:
            written = "".join(_LETTERS[each] for each in word)
            assert re.fullmatch(mine, written)
            assert not re.fullmatch(theirs, written)
            assert len(written) == len(expected[0]) if expected else len(written) > _TRIED
