"""The looks that the models of an ODD give their elements (`outputRendition`), as rules of a page's style sheet.

What the reading tree has of them already (marks before and after, the style of a stretch of a line) is not said twice
(Guidelines, 22.5.4.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.reading.processing_model.looks import read_styles
from siglum.convert.reading.tree import Omission
from siglum.convert.writers.html.markup import classes
from siglum.convert.writers.html.rules import SCOPES, Rule, safe
from siglum.schema.odd.models import Model, ModelGrp, ModelSequence, Rendering, Rendition
from siglum.schema.odd.models import Rule as ModelRule
from siglum.text import css

_NOT_TAKEN = "what an outputRendition says that a page cannot take (no addresses, no rules inside; scopes are {scopes})"
_IN_THE_LINE = frozenset({"inline", "link"})
"""Behaviours whose style the reading tree knows."""


def rules(rendering: Rendering) -> tuple[Rule, ...]:
    """The rules of all models that are for pages."""
    return tuple(
        rule
        for element, model in _models(rendering)
        for rendition in model.renditions
        if rendition.scope in SCOPES
        for rule in _rules(classes(f"tei-{element}{model.number}"), model, rendition)
    )


def left_out(rendering: Rendering) -> Iterator[Omission]:
    """What these models say that is in no rule."""
    reason = _NOT_TAKEN.format(scopes=", ".join(sorted(SCOPES - {""})))
    for _, model in _models(rendering):
        for each in model.renditions:
            refused = safe(each.css)[1] if each.scope in SCOPES else [f"{each.scope}: {each.css}"]
            for written in refused:
                yield Omission(reason, written, each.place.path, each.place.line)


def _models(rendering: Rendering) -> Iterator[tuple[str, Model]]:
    for element, found in rendering.rules.items():
        yield from ((element, model) for model in _for_pages(found))


def _for_pages(found: Iterable[ModelRule]) -> Iterator[Model]:
    for each in found:
        if each.outputs and "web" not in each.outputs:
            continue
        match each:
            case Model():
                yield each
            case ModelSequence() | ModelGrp():
                yield from _for_pages(each.models)


def _rules(name: str, model: Model, rendition: Rendition) -> Iterator[Rule]:
    declarations, _ = safe(rendition.css)
    if rendition.scope in {"before", "after"} and css.read_strings(dict(declarations).get("content", "")):
        return  # it stands in the text
    in_tree = [each for each in declarations if model.behaviour in _IN_THE_LINE and _is_in_tree(model, rendition, each)]
    yield from _rule(name, [each for each in declarations if each not in in_tree], rendition.scope)
    yield from _rule(name, in_tree, rendition.scope, of_blocks=True)


def _rule(name: str, declarations: list[tuple[str, str]], scope: str, *, of_blocks: bool = False) -> Iterator[Rule]:
    if declarations:
        yield Rule(name, " ".join(f"{key}: {value};" for key, value in declarations), scope, of_blocks)


def _is_in_tree(model: Model, rendition: Rendition, declaration: tuple[str, str]) -> bool:
    return bool(read_styles(replace(model, renditions=(replace(rendition, css=": ".join(declaration)),))))
