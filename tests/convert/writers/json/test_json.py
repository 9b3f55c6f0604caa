"""JSON: `pages.md` says what is written; reading it gives the same tree; the schema holds for all of it."""

from __future__ import annotations

import json as standard_json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siglum.convert.reading import builder
from siglum.convert.reading.tree import Tree
from siglum.convert.writers import json, text
from siglum.errors import FileError
from siglum.text.document import open_document, parse
from siglum.text.edition import resolve
from siglum.text.source import Source
from tests.convert.reading.generated import documents
from tests.text.pages.reader import Case, cases

PAGE = Path(__file__).with_name("pages.md")
MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SCHEMA = json.schema()


def _tree(text: str, *, located: bool = True) -> Tree:
    return builder(resolve(parse(Source("made.xml", text.encode()))), located=located).tree()


def _faults(value: Any, schema: dict[str, Any], at: str = "$") -> list[str]:
    """Where a value breaks the schema, as far as the keywords go that this schema uses (JSON Schema, draft 2020-12)."""
    schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "const" in schema:
        return [] if value == schema["const"] else [f"{at}: {value!r}"]
    if "anyOf" in schema:
        kind = next((each for each in schema["anyOf"] if each["$ref"].endswith(f"/{value.get('node')}")), None)
        return _faults(value, kind, at) if kind else [f"{at}: no kind {value.get('node')}"]
    types = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    if type(value) is not types[schema["type"]]:
        return [f"{at}: {type(value)}"]
    if isinstance(value, list):
        bounds = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return [fault for n, each in enumerate(value) for fault in _faults(each, schema["items"], f"{at}[{n}]")] + [at] * (
            not bounds
        )
    return _object_faults(value, schema, at) if isinstance(value, dict) else []


def _object_faults(value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    missing = [f"{at}: no {key}" for key in schema["required"] if key not in value]
    alone = [
        f"{at}: {key}"
        for key, with_ in schema.get("dependentRequired", {}).items()
        if key in value and not set(with_) <= set(value)
    ]
    unknown = [f"{at}: {key}" for key in value if key not in schema["properties"]]
    inside = (_faults(each, schema["properties"].get(key, {"const": each}), f"{at}.{key}") for key, each in value.items())
    return [*missing, *alone, *unknown, *(fault for found in inside for fault in found)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(PAGE)])
def test_it_is_written_as_the_page_says(case: Case) -> None:
    assert json.write(builder(resolve(case.document), located=True).tree()) == case.expected["json"]


@given(documents(), st.booleans())
@MANY
def test_what_is_read_is_what_was_written(text: str, located: bool) -> None:
    tree = _tree(text, located=located)
    written = json.write(tree)
    assert json.read(written) == tree
    assert _faults(standard_json.loads(written), SCHEMA) == []


def test_the_first_edition_comes_back_and_can_be_written_in_another_format(red_book: Path) -> None:
    tree = builder(resolve(open_document(red_book)), located=True).tree()
    written = json.write(tree)
    assert json.read(written) == tree
    assert _faults(standard_json.loads(written), SCHEMA) == []
    assert text.write(json.read(written)) == text.write(builder(resolve(open_document(red_book))).tree())


@given(documents(), st.data())
@settings(MANY, max_examples=60)
def test_json_that_is_no_tree_is_refused_with_its_place(text: str, data: st.DataObject) -> None:
    """One value anywhere is changed or taken away: it is read as the schema says, or refused; never anything else."""
    whole = standard_json.loads(json.write(_tree(text)))
    holders = list(_holders(whole))
    holder, key = holders[data.draw(st.integers(0, len(holders) - 1))]
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(st.sampled_from([None, 7, True, "x", [], {}, [{}], [7], {"node": "x"}, {"node": "row"}]))
    try:
        tree = json.read(standard_json.dumps(whole))
    except FileError:
        pass
    else:
        assert _faults(whole, SCHEMA) == []
        assert json.read(json.write(tree)) == tree


def _holders(value: Any) -> Any:
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _holders(value[key])


@pytest.mark.parametrize(
    "given_", ["", "x", "[]", "{}", "null", '{"format": "siglum reading tree", "version": 2}', "[" * 100_000]
)
def test_what_is_no_reading_tree_at_all_is_refused(given_: str) -> None:
    with pytest.raises(FileError):
        json.read(given_)


def test_a_fault_is_named_with_its_place() -> None:
    written = json.write(_tree("<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/><text><body><p>a</p></body></text></TEI>"))
    with pytest.raises(FileError) as found:
        json.read(written.replace('"node":"paragraph"', '"node":"paragraf"'))
    assert found.value.where == "$.content[0].content[0].content[0].node"
    assert "“paragraf” cannot stand here" in found.value.message
