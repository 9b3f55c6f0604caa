"""Which specs an ODD writes or changes, and which names it deletes.

Their content models are read in another way than those that come from the source as they are: see `relaxng.simplified`.
"""

from __future__ import annotations

from siglum.schema.odd.customisation import Customisation
from siglum.schema.tagdocs import specs as s


def find_deleted(wanted: Customisation) -> frozenset[str]:
    """The names that references in content models have, and that the ODD deletes: those of elements outside TEI have none."""
    return frozenset(each.ident for each in wanted.specs if each.mode == "delete" and _namespace(each, wanted) == s.TEI)


def _namespace(spec: s.AnySpec, wanted: Customisation) -> str:
    own = spec.ns if isinstance(spec, s.ElementSpec) else None
    return wanted.namespace if own is None else own


def find_rewritten(wanted: Customisation) -> frozenset[tuple[type[s.AnySpec], str]]:
    """The specs that the ODD writes or changes, by kind and name.

    Where it changes a macro or a datatype and gives its content, TEI's own tools take that as it stands.
    """
    taken = {_spec_key(each) for each in wanted.specs if each.mode == "change" and _gives_content(each)}
    return frozenset(key for each in wanted.specs if each.mode != "delete" and (key := _spec_key(each)) not in taken)


def _spec_key(spec: s.AnySpec) -> tuple[type[s.AnySpec], str]:
    return type(spec), spec.ident


def _gives_content(spec: s.AnySpec) -> bool:
    return isinstance(spec, s.MacroSpec | s.DataSpec) and spec.content is not None
