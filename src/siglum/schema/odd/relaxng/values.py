"""What an attribute's value or a text may be: datatypes (Guidelines, 1.4.2 and 22.4.5.2) and lists of values (22.5.3.1)."""

from __future__ import annotations

from functools import partial

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.nodes import MOST, TEXT, Nodes, drop_empty, make_choice, make_group, make_list
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_NAME = s.Data(XSD, "Name")


class Values:
    """Datatypes are written where they are used, and made once."""

    def __init__(self, work: GenerationContext) -> None:
        self.work = work
        self._known: dict[str, Nodes] = {}
        self._open: list[str] = []

    # Attributes

    def make_attribute_value(self, attribute: specs.AttDef) -> s.Pattern:
        """What the value of an attribute has to match."""
        datatype = attribute.datatype
        once = self._make_value(attribute)
        if datatype is None or once == TEXT:
            return s.List(s.Empty()) if self._is_unknown_list(datatype) else once
        if datatype.maximum == 1:
            return s.Optional(once) if datatype.minimum == 0 else once
        return s.List(make_group(self._repeat_value(once, datatype, attribute.name, attribute.place)))

    def _is_unknown_list(self, at: specs.Datatype | None) -> bool:
        """Of a datatype that is not there, TEI's tools make a list of nothing, which no value but an empty one matches."""
        return (
            Deviation.UNKNOWN_LIST_EMPTY in self.work.deviations
            and at is not None
            and at.maximum != 1
            and isinstance(at.content, specs.DataRef)
        )

    def _repeat_value(self, once: s.Pattern, at: specs.Occurs, name: str, place: specs.Place) -> Nodes:
        least, most = at.minimum, at.maximum
        if most is None:
            return (s.OneOrMore(once),) if least == 1 else (once,) * min(least, MOST) + (s.ZeroOrMore(once),)
        if most < least:
            most = least
            message = f"@{name} is to have at least {at.minimum} values and at most {at.maximum}"
            self.work.say(
                codes.MIN_OVER_MAX, place, message, f"write a maxOccurs of {least} or more; {least} is taken for both"
            )
        if most >= MOST:
            message = f"@{name} may have so many values that they are not counted"
            self.work.say(codes.MANY_TIMES, place, message, 'write maxOccurs="unbounded", and count with Schematron')
            return (once,) * min(least, MOST) + (s.ZeroOrMore(once),)
        return (once,) * least + (s.Optional(once),) * (most - least)

    def _make_value(self, attribute: specs.AttDef) -> s.Pattern:
        values = attribute.val_list
        if values is not None and values.type == "closed":
            return self.make_val_list(values)
        plain = self._make_datatype(attribute)
        if values is not None and values.type == "semi":
            any_name = attribute.datatype is None or _is_old_enumeration(attribute.datatype)
            other = _NAME if any_name else plain
            return s.Choice((*_list_values(values), other)) if values.items else other
        return plain

    def _make_datatype(self, attribute: specs.AttDef) -> s.Pattern:
        if attribute.datatype is None or attribute.datatype.content is None:
            return TEXT
        nodes = drop_empty(self.nodes(attribute.datatype.content))
        if not nodes:
            return TEXT
        return make_group(nodes)

    def make_val_list(self, at: specs.ValList) -> s.Pattern:
        """One of the values of a list; of an empty one, none."""
        found = _list_values(at)
        return make_choice(found) if found else s.NotAllowed()

    # Datatypes

    def nodes(self, at: specs.Content) -> Nodes:
        """A datatype as it stands in an attribute or in a dataSpec."""
        match at:
            case specs.DataRef():
                return self.make_data(at)
            case specs.MacroRef():
                return self._resolve_name(at.key, at.place)
            case specs.ValList():
                return (self.make_val_list(at),)
            case specs.Alternate():
                inner = tuple(node for each in at.children for node in self.nodes(each))
                return (self.work.choice(inner, at.place),)
            case specs.Sequence() | specs.Interleave():
                return (make_list(tuple(node for each in at.children for node in self.nodes(each))),)
            case specs.Rng(pattern=s.Ref(name=name)):
                return self._resolve_name(name, at.place)
            case specs.Rng():
                return (at.pattern,)
            case specs.TextNode():
                return (TEXT,)
            case _:
                return ()

    def make_data(self, at: specs.DataRef) -> Nodes:
        """What a dataRef stands for; nothing, where it is unknown."""
        if at.name:
            return (self._make_schema_type(at),)
        if at.key:
            found = self._resolve_key(at.key, at.place)
            return self._restrict(found, at) if at.restriction or at.facets else found
        message = f"the datatype at “{at.ref}” is given by address, which neither TEI's tools nor siglum follow"
        self.work.say(codes.NO_DATA_REF, at.place, message, "name a dataSpec by @key or a type of XML Schema by @name")
        return ()

    def _make_schema_type(self, at: specs.DataRef) -> s.Pattern:
        facets = at.facets or ((("pattern", at.restriction),) if at.restriction else ())
        if at.place.line and not self._check_schema_type(at, facets):
            return TEXT
        return s.Data(XSD, at.name, tuple(s.Param(*each) for each in facets))

    def _check_schema_type(self, at: specs.DataRef, facets: tuple[tuple[str, str], ...]) -> bool:
        """Whether XML Schema Part 2 has the type and its facets; the user is told if it has not."""
        from siglum.schema.datatypes import DatatypeError, datatype  # TEI's own types need no proof

        try:
            datatype(XSD, at.name, facets)
        except DatatypeError as error:
            self.work.say(codes.UNKNOWN_DATATYPE, at.place, f"{error}: any text is allowed instead", "see XML Schema Part 2")
            return False
        return True

    def _resolve_key(self, key: str, place: specs.Place) -> Nodes:
        """The content of a dataSpec, in the place of the reference to it."""
        known = self._known.get(key)
        if known is not None:
            return known
        spec = self.work.index.macros.get(key)
        if spec is None or key in self._open:
            why = "is not in the schema" if spec is None else "is defined by itself"
            message = f"the datatype `{key}` {why}: any text is allowed instead"
            self.work.say(codes.UNKNOWN_DATATYPE, place, message, self._suggest_datatype(key))
            return ()
        self._open.append(key)
        self._known[key] = found = self._make_content(spec)
        self._open.pop()
        return found

    def _make_content(self, spec: specs.MacroSpec | specs.DataSpec) -> Nodes:
        if isinstance(spec, specs.DataSpec) and spec.val_list is not None and spec.content is None:
            return (self.make_val_list(spec.val_list),)
        return drop_empty(self.nodes(spec.content)) if spec.content is not None else ()

    def _resolve_name(self, name: str, place: specs.Place) -> Nodes:
        """What a pattern's name in an older ODD means: `data.word` is `teidata.word` now."""
        for key in (name, f"tei{name}"):
            if key in self.work.index.macros:
                return self._resolve_key(key, place)
        if name in self.work.known:
            return (self.work.ref(name),)
        return self._resolve_key(name, place)

    def _suggest_datatype(self, key: str) -> str:
        from siglum.schema.relaxng.simplify import nearest  # for messages only

        data = [each for each, spec in self.work.index.macros.items() if isinstance(spec, specs.DataSpec)]
        near = nearest(key, data)
        return (
            f"did you mean `{near}`?" if near else f'add <dataRef key="{key}"/> or <dataSpec ident="{key}"> to the schemaSpec'
        )

    def _restrict(self, nodes: Nodes, at: specs.DataRef) -> Nodes:
        """A restriction of a datatype by @key; TEI's tools see it only where the dataSpec is one type of XML Schema."""
        facets = at.facets or (("pattern", at.restriction),)
        spec = self.work.index.macros.get(at.key)
        direct = spec is not None and isinstance(spec.content, specs.DataRef) and bool(spec.content.name)
        plain = direct and all(isinstance(each, s.Data) and not each.params for each in nodes) and not at.facets
        if not plain and nodes:
            message = f"a restriction of `{at.key}`, which TEI's tools do not look at"
            self.work.say(
                codes.RESTRICTION_IGNORED,
                at.place,
                message,
                "for the same schema with both, write a dataSpec that has it",
            )
            if Deviation.RESTRICTION_IGNORED in self.work.deviations:
                return nodes
        params = tuple(s.Param(*each) for each in facets)
        return tuple(filter(None, map(partial(_narrow, params=params), nodes)))


def _is_old_enumeration(at: specs.Datatype) -> bool:
    """Where older ODDs ask for an enumerated value, any name is meant."""
    return at.content == specs.Rng(s.Ref("data.enumerated"))


def _list_values(at: specs.ValList) -> Nodes:
    return tuple(s.Value(value) for value in dict.fromkeys(item.value for item in at.items if item.mode != "delete"))


def _narrow(at: s.Pattern, params: tuple[s.Param, ...]) -> s.Pattern | None:
    """A pattern of values with more facets on every type in it; values that do not fit them are left out."""
    match at:
        case s.Data():
            return s.Data(at.library, at.type, (*at.params, *params), at.except_)
        case s.Text():
            return s.Data(XSD, "string", params)
        case s.Value():
            return at if _fits(at.value, params) else None
        case s.Choice():
            kept = [one for each in at.patterns if (one := _narrow(each, params)) is not None]
            return s.Choice(tuple(kept)) if kept else s.NotAllowed()
        case s.Group():
            return s.Group(tuple(_narrow(each, params) or s.NotAllowed() for each in at.patterns))
        case s.List():
            return s.List(_narrow(at.content, params) or s.NotAllowed())
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore():
            return type(at)(_narrow(at.content, params) or s.NotAllowed())
        case _:
            return at


def _fits(value: str, params: tuple[s.Param, ...]) -> bool:
    from siglum.schema.datatypes import DatatypeError, datatype  # few ODDs restrict lists of values

    try:
        return datatype(XSD, "string", tuple((each.name, each.value) for each in params)).check(value)
    except DatatypeError:
        return True
