from __future__ import annotations

from dataclasses import fields, is_dataclass
from importlib.metadata import EntryPoint

import pytest

from benefits.measurement import Method, UnknownMethod, UnusableMethod, method, methods, registry
from benefits.measurement.designs.before_after import BeforeAfter


class Mine(BeforeAfter):
    """A method of somebody else's."""

    def __init__(self) -> None:
        super().__init__(id="mine")


def register(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    entry = EntryPoint(name=name, value=value, group=registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "_entries", lambda path: (entry,))


@pytest.mark.parametrize("method_id", ["before_after", "difference_in_differences"])
def test_every_method_names_its_references_assumptions_and_options(method_id):
    found = method(method_id)
    assert isinstance(found, Method)
    assert found.id == method_id
    assert found.references
    assert found.assumptions
    assert is_dataclass(found.options)
    assert "scale" in {item.name for item in fields(found.options)}


def test_an_unknown_method_is_refused_with_the_nearest():
    with pytest.raises(UnknownMethod) as refusal:
        method("difference_in_difference")
    assert (refusal.value.method, refusal.value.nearest) == ("difference_in_difference", "difference_in_differences")


def test_a_method_of_another_package_is_found_by_its_entry_point(monkeypatch):
    register(monkeypatch, "mine", "_mine:Mine")
    monkeypatch.setattr(EntryPoint, "load", lambda self: Mine)
    assert "mine" in methods()
    assert method("mine").id == "mine"


def test_the_packages_own_method_cannot_be_replaced(monkeypatch):
    register(monkeypatch, "before_after", "_mine:Mine")
    monkeypatch.setattr(EntryPoint, "load", lambda self: Mine)
    assert type(method("before_after")) is BeforeAfter
    assert methods().count("before_after") == 1


@pytest.mark.parametrize(("loaded", "found"), [(BeforeAfter, "before_after"), (dict, "dict")])
def test_what_is_not_a_method_of_that_name_is_refused(monkeypatch, loaded, found):
    register(monkeypatch, "mine", "_mine:it")
    monkeypatch.setattr(EntryPoint, "load", lambda self: loaded)
    with pytest.raises(UnusableMethod, match="mine") as refusal:
        method("mine")
    assert refusal.value.found == found


def test_a_package_that_cannot_be_imported_is_told_by_the_name_of_its_method(monkeypatch):
    register(monkeypatch, "mine", "no_such_module_anywhere:it")
    with pytest.raises(UnusableMethod, match="mine") as refusal:
        method("mine")
    assert refusal.value.found == "ModuleNotFoundError"
