"""Calls of `siglum validate` that are read without click mean what click says they mean."""

from __future__ import annotations

from unittest.mock import patch

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from siglum.cli import validate
from siglum.cli.validate_fast import FLAGS, VALUES, Request, plain

WORDS = ["tei", "a.xml", "text", "json", "X", "S,I001", "Q", ",", "", "-", "2", "-1", "two", "out.txt", "schema.rng"]
OPTIONS = [*VALUES, *FLAGS, "--changed", "--help", "--", "--unknown", "-x"]


def by_click(arguments: list[str]) -> Request | None:
    """What click makes of the arguments; None where it refuses them."""
    requests: list[Request] = []

    def kept(request: Request) -> int:
        requests.append(request)
        return 0

    with patch("siglum.cli.validate.run", side_effect=kept):
        result = CliRunner().invoke(validate.command, arguments)
    assert not result.exception or isinstance(result.exception, SystemExit)
    return requests[0] if requests else None


pieces = st.one_of(
    st.sampled_from(WORDS).map(lambda word: [word]),
    st.sampled_from(OPTIONS).map(lambda option: [option]),
    st.tuples(st.sampled_from(VALUES), st.sampled_from(WORDS)).map(list),
    st.tuples(st.sampled_from(OPTIONS), st.sampled_from(WORDS)).map(lambda both: ["=".join(both)]),
)
calls = st.lists(pieces, max_size=5).map(lambda parts: [word for part in parts for word in part])


@settings(max_examples=400, deadline=None)
@given(calls)
def test_what_is_read_without_click_is_what_click_reads(arguments: list[str]) -> None:
    request = plain(arguments)
    assert request is None or request == by_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["tei"],
        ["tei", "--schema", "a.rng", "--schema=b.odd"],
        ["--select", "S", "--jobs", "2", "a.xml", "b.xml", "--no-cache"],
        ["-o", "out.sarif", "--format", "sarif", "tei", "--statistics", "--skip-others"],
    ],
)
def test_the_plainest_calls_are_read_without_click(arguments: list[str]) -> None:
    request = plain(arguments)
    assert request is not None
    assert request == by_click(arguments)


def test_every_option_is_known_or_left_to_click() -> None:
    named = {name for each in validate.command.params if isinstance(each, click.Option) for name in each.opts}
    assert named == {*VALUES, *FLAGS, "--changed"}
