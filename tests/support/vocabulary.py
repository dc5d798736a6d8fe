"""Reading a vocabulary of the core: its classes, what its unions list, what its fields may hold."""

import dataclasses
import inspect
import typing
from types import ModuleType


def classes(module: ModuleType) -> list[type]:
    """The dataclasses that a module defines."""
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__ and dataclasses.is_dataclass(kind)
    ]


def unlisted(module: ModuleType, union: object) -> set[str]:
    """The dataclasses of a module that its union forgot."""
    listed = set(typing.get_args(union))
    return {kind.__name__ for kind in classes(module) if kind not in listed}


def fields_of(kind: type) -> dict[str, object]:
    """A dataclass's fields with their resolved types."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def can_change(kind: type) -> bool:
    """Whether values of a dataclass can be changed after they are made."""
    params = vars(kind)["__dataclass_params__"]
    return not params.frozen or "__slots__" not in vars(kind)
