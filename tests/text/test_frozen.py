"""Values made with `frozen` are as `@dataclass(frozen=True, slots=True)` makes them, but for being frozen at run time.

And they are the only value classes of the project.
"""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path

import pytest

from siglum.text.frozen import frozen


@frozen
class Person:
    """Fields with and without defaults."""

    name: str
    dates: tuple[int, ...] = ()
    names: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Usual:
    """The same, as dataclasses make it."""

    name: str
    dates: tuple[int, ...] = ()
    names: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@frozen
class Nothing:
    """A value without fields."""


@frozen
class Shouted:
    """What the class writes itself is kept."""

    word: str
    length: int = 0

    def __post_init__(self) -> None:
        self.length = len(self.word)  # type: ignore[misc]  # frozen for whoever writes code

    def __str__(self) -> str:
        return self.word.upper()

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    __hash__ = None  # type: ignore[assignment]


@frozen(kw_only=True)
class Named:
    """Fields given by keyword only."""

    first: str
    second: str = ""


def test_it_is_made_shown_and_compared_as_a_dataclass_is() -> None:
    for arguments in (("Ada",), ("Ada", (1815, 1852)), ("Ada", (), ["Byron"], 3)):
        ours, usual = Person(*arguments), Usual(*arguments)
        assert repr(ours) == repr(usual).replace("Usual", "Person")
        assert asdict(ours) == asdict(usual)
    assert [each.name for each in fields(Person)] == [each.name for each in fields(Usual)]
    assert Person.__match_args__ == Usual.__match_args__
    assert Person("Ada") == Person("Ada", seen=1) != Person("Eve")
    assert Person("Ada").__eq__(Usual("Ada")) is NotImplemented
    assert Person("Ada").names is not Person("Ada").names
    assert Nothing() == Nothing()


def test_it_is_a_key_where_its_fields_are() -> None:
    assert {Named(first="a"): 1}[Named(first="a", second="")] == 1
    assert len({Nothing(), Nothing()}) == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(Person("Ada"))  # it holds a list


def test_it_can_be_copied_replaced_and_sent_to_other_processes() -> None:
    ada = Person("Ada", (1815,), ["Byron"], 3)
    for made in (copy.deepcopy(ada), pickle.loads(pickle.dumps(ada)), replace(ada, name="Ada")):
        assert made == ada
        assert made.seen == ada.seen
    assert not hasattr(ada, "__dict__")


def test_what_a_class_says_itself_is_kept() -> None:
    assert str(Shouted("word")) == "WORD"
    assert Shouted("word").length == 4
    assert Shouted("word") == Shouted("Word")
    with pytest.raises(TypeError, match="unhashable"):
        hash(Shouted("word"))


def test_what_is_wanted_must_be_given() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Person()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional argument"):
        Named("a")  # type: ignore[call-arg]


@frozen(order=True)
class Version:
    """Values in the order of their fields."""

    major: int
    minor: int = 0


@frozen(eq=False)
class Thing:
    """Two with the same fields are two."""

    name: str


@frozen(slots=False)
class Area:
    """A value that caches what it computes."""

    width: int

    @cached_property
    def square(self) -> int:
        return self.width * self.width


def test_values_can_be_ordered_told_apart_and_cache_properties() -> None:
    assert sorted([Version(2), Version(1, 5), Version(1)]) == [Version(1), Version(1, 5), Version(2)]
    assert Version(1) <= Version(1) < Version(1, 1) > Version(0, 9)
    with pytest.raises(TypeError, match="not supported"):
        assert Version(1) < (1, 0)  # type: ignore[operator]
    assert Thing("a") != Thing("a")
    assert len({Thing("a"), Thing("a")}) == 2
    area = Area(3)
    assert (area.square, vars(area)) == (9, {"width": 3, "square": 9})
    assert area == Area(3)


def test_no_value_class_is_made_in_another_way() -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    other_way = re.compile(r"@dataclass\(.*frozen=True|\(NamedTuple\)|namedtuple\(")
    found = [
        f"{path.relative_to(source)}:{number}: {line}"
        for path in source.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if path.name != "frozen.py" and other_way.search(line)
    ]
    assert not found
