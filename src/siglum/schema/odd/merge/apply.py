"""The ODD's own specs put over what was taken in, by their modes (Guidelines, 22.8.3). Each pass goes over them in order.

What is added comes first, so that it can be changed; then what is changed, replaced and deleted. Several changes of one spec
work one after the other, in the place of the first one.
"""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import Customisation, Key, kind_in_words, spec_key, spec_kind
from siglum.schema.odd.gather import Gathered, list_attributes
from siglum.schema.odd.merge import constraints
from siglum.schema.odd.merge.attributes import attribute_name
from siglum.schema.odd.merge.explicit import make_modes_explicit
from siglum.schema.odd.merge.specs import change_spec, replace_spec, settle_new
from siglum.schema.odd.origins import Done, Origin
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.odd.sources import Sources
from siglum.schema.tagdocs import specs as s

_DONE: dict[s.Mode, Done] = {"add": "added", "delete": "removed", "change": "changed", "replace": "replaced"}


def apply_changes(wanted: Customisation, found: Gathered, sources: Sources, report: Report) -> None:
    """Change what was gathered into what the ODD makes of it."""
    _Applier(wanted, found, sources, report).run()


class _Applier:
    def __init__(self, wanted: Customisation, found: Gathered, sources: Sources, report: Report) -> None:
        self.sources = sources
        self.found = found
        self.report = report
        self.own = [make_modes_explicit(each, report) for each in wanted.specs]
        self.module = wanted.module or f"derived-module-{wanted.ident}"
        self.changes: dict[Key, list[s.AnySpec]] = {}
        self.deleted: dict[Key, s.Place] = {}
        self.taken_away: list[tuple[s.Constraint, str]] = []

    def run(self) -> None:
        for each in self.own:
            if each.mode in (None, "add"):
                self._add(each)
        for each in self.own:
            if each.mode in {"change", "replace"}:
                self._apply_change(each)
        for each in self.own:
            if each.mode == "delete":
                self._delete(each)
        self._delete_constraints()

    def _add(self, new: s.AnySpec) -> None:
        key = spec_key(new, self.found.ns)
        old = self.found.specs.get(key)
        if old is not None:
            first = f" (line {old.place.line})" if self.report.is_own(old.place) else ""
            self.report.add("O013", new.place, kind_in_words(spec_kind(new)), new.ident, first)
        self._record(new, "added")
        self.found.specs[key] = settle_new(new, self.module, self.report)

    def _apply_change(self, new: s.AnySpec) -> None:
        self._take_from_source(new)
        key = self._find_key(new)
        if key is None:
            self._apply_without_target(new)
            return
        old = self.found.specs[key]
        self._check_repetition(key, new)
        self._record(new, _DONE[new.mode or "add"])
        self.taken_away += [(each, new.ident) for each in new.constraints if each.mode in constraints.REMOVING]
        put = change_spec(old, new, self.report) if new.mode == "change" else replace_spec(old, new, self.report)
        self._store(key, put)

    def _take_from_source(self, new: s.AnySpec) -> None:
        """A spec with a @source of its own changes what that source has, in the place of what was taken from elsewhere."""
        theirs = self.sources.spec(spec_kind(new), new.ident, new.source, new.place)
        if theirs is not None:
            key = spec_key(theirs, self.found.ns)
            self.found.specs[key] = theirs if theirs.place.line else replace(theirs, place=new.place)

    def _store(self, key: Key, spec: s.AnySpec) -> None:
        """Put a spec in the place of the one before it, also where it has moved to another namespace."""
        now = spec_key(spec, self.found.ns)
        if now == key:
            self.found.specs[key] = spec
        else:
            self.found.specs = {
                now if each == key else each: spec if each == key else one for each, one in self.found.specs.items()
            }

    def _find_key(self, new: s.AnySpec) -> Key | None:
        """What a change or a replacement is put over: the spec of that name, or the element of that name elsewhere."""
        key = spec_key(new, self.found.ns)
        if key in self.found.specs:
            return key
        elsewhere = self._find_elsewhere(new)
        if elsewhere is None:
            return None
        done = _DONE[new.mode or "change"]
        skipped = self.report.differs(
            Deviation.NAMESPACE_NOT_MOVED, new.place, new.ident, done, key[1] or "none", elsewhere[1] or "none"
        )
        return None if skipped else elsewhere

    def _find_elsewhere(self, new: s.AnySpec) -> Key | None:
        """Find an element of this name in any namespace."""
        kind = spec_kind(new)
        return next((key for key in self.found.specs if key[0] == "element" == kind and key[2] == new.ident), None)

    def _apply_without_target(self, new: s.AnySpec) -> None:
        if self._find_elsewhere(new) is not None:
            return  # it is in another namespace, which was told of
        if new.mode != "replace":
            self._report_absent(new)
        elif not self.report.differs(Deviation.REPLACEMENT_NOT_ADDED, new.place, kind_in_words(spec_kind(new)), new.ident):
            self._record(new, "added")
            self.found.specs[spec_key(new, self.found.ns)] = settle_new(new, self.module, self.report)

    def _delete(self, new: s.AnySpec) -> None:
        key = spec_key(new, self.found.ns)
        if isinstance(new, s.ElementSpec) and new.ns is None and key not in self.found.specs:
            key = self._find_elsewhere(new) or key  # without @ns, the name alone says which element goes
        if key in self.found.specs:
            old = self.found.specs.pop(key)
            if isinstance(old, s.ClassSpec):
                self.found.withdrawn |= {each.ident for each in list_attributes(old.attributes)}
            self.deleted[key] = new.place
            self._record(new, "removed")
        elif key not in self.deleted:
            self._report_absent(new)

    def _report_absent(self, new: s.AnySpec) -> None:
        if not self.sources.is_whole:
            return  # it may be in the source that is missing, which was told of
        kind = spec_kind(new)
        origin = self.found.origins.get((kind, new.ident, ""))
        known = [each[2] for each in self.found.specs if each[0] == kind]
        why, help_ = "", suggest_name(new.ident, known)
        if origin is not None and origin.done == "not taken by the moduleRef":
            why = f": the moduleRef in line {origin.place.line} does not take it"
            help_ = "take this away, or let the moduleRef include it"
        elif origin is not None and origin.done == "in a module not taken":
            why = ", since its module is not taken"
            help_ = f'take this away, or take the {kind_in_words(kind)} in: <{kind}Ref key="{new.ident}"/>'
        self.report.add("O012", new.place, kind_in_words(kind), new.ident, _DONE[new.mode or "change"], why, help_)

    def _check_repetition(self, key: Key, new: s.AnySpec) -> None:
        """Children that may stand once, and are given by two changes."""
        for before in self.changes.get(key, []) if new.mode == "change" else []:
            for field, child in _ONCE.items():
                if getattr(before, field, None) is not None and getattr(new, field, None) is not None:
                    self.report.add("O019", new.place, child, kind_in_words(spec_kind(new)), new.ident, before.place.line)
        self.changes.setdefault(key, []).append(new)

    def _record(self, new: s.AnySpec, done: Done) -> None:
        kind = spec_kind(new)
        self.found.origins[kind, new.ident, ""] = Origin(done, new.place)
        if done == "changed" and isinstance(new, s.ElementSpec | s.ClassSpec):
            for each in list_attributes(new.attributes):
                self.found.origins[kind, new.ident, attribute_name(each)[1]] = Origin(_DONE[each.mode or "add"], each.place)
                if kind == "class" and each.mode == "delete":
                    self.found.withdrawn.add(each.ident)

    def _delete_constraints(self) -> None:
        """TEI's own tools know constraints by their names alone, wherever they stand."""
        for taken, owner in self.taken_away:
            for key, spec in self.found.specs.items():
                kept = tuple(each for each in spec.constraints if each.ident != taken.ident)
                if spec.ident == owner or len(kept) == len(spec.constraints):
                    continue
                if self.report.differs(
                    Deviation.CONSTRAINT_BY_NAME, taken.place, taken.ident, _DONE[taken.mode or "delete"], f"`{spec.ident}`"
                ):
                    self.found.specs[key] = replace(spec, constraints=kept)


_ONCE = {"content": "the content", "val_list": "the list of values", "classes": "the membership"}
