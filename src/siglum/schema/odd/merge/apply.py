"""The ODD's own specs put over what was taken in, by their modes (Guidelines, 22.8.3). Each pass goes over them in order.

What is added comes first, so that it can be changed; then what is changed, replaced and deleted. Several changes of one spec
work one after the other, in the place of the first one.
"""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import Customisation, Key, key_of, kind_of, shown
from siglum.schema.odd.gather import Gathered, attributes_in
from siglum.schema.odd.merge import constraints
from siglum.schema.odd.merge.attributes import name_of
from siglum.schema.odd.merge.explicit import explicit
from siglum.schema.odd.merge.specs import as_new, changed, replacing
from siglum.schema.odd.origins import Done, Origin
from siglum.schema.odd.report import Report, near
from siglum.schema.odd.sources import Sources
from siglum.schema.tagdocs import specs as s

_DONE: dict[s.Mode, Done] = {"add": "added", "delete": "removed", "change": "changed", "replace": "replaced"}


def apply(wanted: Customisation, found: Gathered, sources: Sources, report: Report) -> None:
    """Change what was gathered into what the ODD makes of it."""
    _Applying(wanted, found, sources, report).run()


class _Applying:
    def __init__(self, wanted: Customisation, found: Gathered, sources: Sources, report: Report) -> None:
        self.sources = sources
        self.found = found
        self.report = report
        self.own = [explicit(each, report) for each in wanted.specs]
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
                self._put_over(each)
        for each in self.own:
            if each.mode == "delete":
                self._delete(each)
        self._clear_constraints()

    def _add(self, new: s.AnySpec) -> None:
        key = key_of(new, self.found.ns)
        old = self.found.specs.get(key)
        if old is not None:
            first = f" (line {old.place.line})" if self.report.is_own(old.place) else ""
            self.report.add("O013", new.place, shown(kind_of(new)), new.ident, first)
        self._note(new, "added")
        self.found.specs[key] = as_new(new, self.module, self.report)

    def _put_over(self, new: s.AnySpec) -> None:
        self._take_from_own_source(new)
        key = self._key(new)
        if key is None:
            self._put_nowhere(new)
            return
        old = self.found.specs[key]
        self._look_at_repetition(key, new)
        self._note(new, _DONE[new.mode or "add"])
        self.taken_away += [(each, new.ident) for each in new.constraints if each.mode in constraints.REMOVING]
        put = changed(old, new, self.report) if new.mode == "change" else replacing(old, new, self.report)
        self._keep(key, put)

    def _take_from_own_source(self, new: s.AnySpec) -> None:
        """A spec with a @source of its own changes what that source has, in the place of what was taken from elsewhere."""
        theirs = self.sources.spec(kind_of(new), new.ident, new.source, new.place)
        if theirs is not None:
            key = key_of(theirs, self.found.ns)
            self.found.specs[key] = theirs if theirs.place.line else replace(theirs, place=new.place)

    def _keep(self, key: Key, spec: s.AnySpec) -> None:
        """Put a spec in the place of the one before it, also where it has moved to another namespace."""
        now = key_of(spec, self.found.ns)
        if now == key:
            self.found.specs[key] = spec
        else:
            self.found.specs = {
                now if each == key else each: spec if each == key else one for each, one in self.found.specs.items()
            }

    def _key(self, new: s.AnySpec) -> Key | None:
        """What a change or a replacement is put over: the spec of that name, or the element of that name elsewhere."""
        key = key_of(new, self.found.ns)
        if key in self.found.specs:
            return key
        elsewhere = next((each for each in self.found.specs if each[0] == "element" == key[0] and each[2] == new.ident), None)
        if elsewhere is None:
            return None
        done = _DONE[new.mode or "change"]
        skipped = self.report.differs(
            Deviation.NAMESPACE_NOT_MOVED, new.place, new.ident, done, key[1] or "none", elsewhere[1] or "none"
        )
        return None if skipped else elsewhere

    def _put_nowhere(self, new: s.AnySpec) -> None:
        if any(each[0] == "element" == kind_of(new) and each[2] == new.ident for each in self.found.specs):
            return  # it is in another namespace, which was told of
        if new.mode != "replace":
            self._absent(new)
        elif not self.report.differs(Deviation.REPLACEMENT_NOT_ADDED, new.place, shown(kind_of(new)), new.ident):
            self._note(new, "added")
            self.found.specs[key_of(new, self.found.ns)] = as_new(new, self.module, self.report)

    def _delete(self, new: s.AnySpec) -> None:
        key = key_of(new, self.found.ns)
        if key in self.found.specs:
            old = self.found.specs.pop(key)
            if isinstance(old, s.ClassSpec):
                self.found.withdrawn |= {each.ident for each in attributes_in(old.attributes)}
            self.deleted[key] = new.place
            self._note(new, "removed")
        elif key not in self.deleted:
            self._absent(new)

    def _absent(self, new: s.AnySpec) -> None:
        if not self.sources.is_whole:
            return  # it may be in the source that is missing, which was told of
        kind = kind_of(new)
        origin = self.found.origins.get((kind, new.ident, ""))
        known = [each[2] for each in self.found.specs if each[0] == kind]
        why, help_ = "", near(new.ident, known)
        if origin is not None and origin.done == "not taken by the moduleRef":
            why = f": the moduleRef in line {origin.place.line} does not take it"
            help_ = "take this away, or let the moduleRef include it"
        elif origin is not None and origin.done == "in a module not taken":
            why = ", since its module is not taken"
            help_ = f'take this away, or take the {shown(kind)} in: <{kind}Ref key="{new.ident}"/>'
        self.report.add("O012", new.place, shown(kind), new.ident, _DONE[new.mode or "change"], why, help_)

    def _look_at_repetition(self, key: Key, new: s.AnySpec) -> None:
        """Children that may stand once, and are given by two changes."""
        for before in self.changes.get(key, []) if new.mode == "change" else []:
            for field, child in _ONCE.items():
                if getattr(before, field, None) is not None and getattr(new, field, None) is not None:
                    self.report.add("O019", new.place, child, shown(kind_of(new)), new.ident, before.place.line)
        self.changes.setdefault(key, []).append(new)

    def _note(self, new: s.AnySpec, done: Done) -> None:
        kind = kind_of(new)
        self.found.origins[kind, new.ident, ""] = Origin(done, new.place)
        if done == "changed" and isinstance(new, s.ElementSpec | s.ClassSpec):
            for each in attributes_in(new.attributes):
                self.found.origins[kind, new.ident, name_of(each)[1]] = Origin(_DONE[each.mode or "add"], each.place)
                if kind == "class" and each.mode == "delete":
                    self.found.withdrawn.add(each.ident)

    def _clear_constraints(self) -> None:
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
