"""A difference for reading, what can make documents invalid first; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from textwrap import wrap

from siglum.schema.odd.diff.change import Change, Difference, Effect, Kind
from siglum.schema.odd.diff.corpus import CorpusVerdict

_EFFECTS: dict[Effect, str] = {
    "breaks": "What can make documents invalid",
    "allows": "What more documents are allowed",
    "other": "What changes without making documents valid or invalid",
}
_KINDS: dict[tuple[Kind, Effect], str] = {
    ("start", "breaks"): "Documents can no longer begin with",
    ("start", "allows"): "Documents can also begin with",
    ("element", "breaks"): "Elements that go",
    ("element", "allows"): "Elements that come",
    ("content", "breaks"): "Content that is no longer allowed (the shortest example for each element)",
    ("content", "allows"): "Content that is allowed besides (the shortest example for each element)",
    ("attribute", "breaks"): "Attributes that go, or come and are required",
    ("attribute", "allows"): "Attributes that come",
    ("required", "breaks"): "Attributes that become required",
    ("required", "allows"): "Attributes that are no longer required",
    ("values", "breaks"): "Values of attributes that go",
    ("values", "allows"): "Values of attributes that come",
    ("values", "other"): "Values that are suggested",
    ("datatype", "breaks"): "Datatypes that change",
    ("datatype", "allows"): "Datatypes that are widened",
    ("constraint", "breaks"): "Rules (Schematron) that come or change",
    ("constraint", "allows"): "Rules (Schematron) that go",
}
_MANY = 12
"""Elements that are named with an attribute; of more, the first ones."""
_WIDTH = 100


def format_text(difference: Difference, files: Sequence[CorpusVerdict] | None) -> str:
    """In sections; `files`: those of a corpus, if one was given."""
    head = f"from {difference.one}\nto   {difference.other}"
    if not difference.changes:
        return f"{head}\n\nThey are equal: the same elements, attributes, values, content and rules.\n"
    return "\n".join([head, *_format_corpus(files), *_format_sections(difference)]) + "\n"


def _format_sections(difference: Difference) -> Iterator[str]:
    for effect, title in _EFFECTS.items():
        changes = difference.with_effect(effect)
        if changes:
            yield f"\n{title}\n{'=' * len(title)}"
        for kind, those in groupby(changes, lambda each: each.kind):
            yield f"\n{_KINDS[kind, effect]}:"
            yield from _format_change(kind, list(those))


def _format_change(kind: Kind, changes: list[Change]) -> Iterator[str]:
    if kind in {"element", "start"}:
        for group, those in groupby(changes, lambda each: each.group):
            yield from _fill_lines(f"{group}: " if group else "", " ".join(each.name for each in those))
        return
    for each in _group_changes(changes) if kind == "attribute" else changes:
        yield from _fill_lines("", _SENTENCES[kind](each))


def _group_changes(changes: list[Change]) -> Iterator[Change]:
    """Attributes of one class that come to the same elements, or go from them, as one."""
    found: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for each in changes:
        found.setdefault((each.group, each.on, each.after), []).append(each.name)
    by_first = {(each.group, each.on, each.after): each for each in reversed(changes)}
    for key, names in found.items():
        yield replace(by_first[key], name=" @".join(names))


def _fill_lines(label: str, text: str) -> Iterator[str]:
    yield from wrap(label + text, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def _format_content(each: Change) -> str:
    lost = f"no longer: {each.before}" if each.lost is not None else ""
    won = f"{'now also' if lost else 'also'}: {each.after}" if each.won is not None else ""
    return f"{each.name}: {'; '.join(part for part in (lost, won) if part)}"


def _format_attribute(each: Change) -> str:
    return f"{_format_name(each)}{', required' if each.after == 'required' else ''}"


def _format_attribute_change(each: Change) -> str:
    said = {(True, True): f"{each.before} → {each.after}", (True, False): each.before, (False, True): each.after}
    return f"{_format_name(each)}: {said.get((bool(each.before), bool(each.after)), '')}"


def _format_required(each: Change) -> str:
    return _format_name(each)


def _format_name(each: Change) -> str:
    """An attribute, the class it comes from, and the elements that have it; a datatype by its name."""
    if not each.on:
        return each.name
    shown = ", ".join(each.on[:_MANY])
    more = f" and {len(each.on) - _MANY} more" if len(each.on) > _MANY else ""
    return f"@{each.name}{f' ({each.group})' if each.group else ''} on {shown}{more}"


def _format_constraint(each: Change) -> str:
    return f"{each.name}{f', on {each.group}' if each.group else ''}{': ' + each.after if each.before and each.after else ''}"


_SENTENCES: dict[Kind, Callable[[Change], str]] = {
    "content": _format_content,
    "attribute": _format_attribute,
    "required": _format_required,
    "values": _format_attribute_change,
    "datatype": _format_attribute_change,
    "constraint": _format_constraint,
}


def _format_corpus(files: Sequence[CorpusVerdict] | None) -> Iterator[str]:
    if files is None:
        return
    broken = [each for each in files if each.breaks]
    valid, invalid = sum(each.before for each in files), sum(not each.before and not each.unread for each in files)
    title = f"Of {_format_files(valid)}, {len(broken)} would become invalid"
    if invalid:
        title += f" ({invalid} {'is' if invalid == 1 else 'are'} invalid already)"
    yield f"\n{title}\n{'=' * len(title)}\n"
    for each in broken:
        first = each.against[0]
        more = f" (and {each.total - 1} more)" if each.total > 1 else ""
        yield f"  {first.path}:{first.line}:{first.column}: {first.code} {first.message}{more}"


def _format_files(valid: int) -> str:
    return f"{valid} valid file{'' if valid == 1 else 's'}"


def format_json(difference: Difference, files: Iterable[CorpusVerdict] | None) -> str:
    """The changes with their fields; `files` only where a corpus was given."""
    told: dict[str, object] = {
        "from": difference.one,
        "to": difference.other,
        "equal": not difference.changes,
        "changes": [each.as_dict() for each in difference.changes],
    }
    if files is not None:
        told["files"] = [_corpus_as_dict(each) for each in files if not each.unread]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _corpus_as_dict(each: CorpusVerdict) -> dict[str, object]:
    found = [one.as_dict() for one in each.against]
    return {"path": each.name, "valid_before": each.before, "valid_after": not each.total, "first_finding": found[:1]}
