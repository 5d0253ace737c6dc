"""Every sentence a form says is in the catalogues."""

import importlib
import inspect
import pkgutil

import pytest
from flask_babel.speaklater import LazyString
from wtforms import HiddenField
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional

import citizen
from citizen.base.forms import Form
from tests.house.project import rooms

# Validators of the library that say nothing, or whose words base/forms.py names.
SILENT = (Optional,)


def form_classes() -> list[type[Form]]:
    found = set()
    for room in rooms():
        for module in pkgutil.walk_packages([str(room)], f"{citizen.__name__}.{room.name}."):
            if ".forms" in module.name:
                loaded = importlib.import_module(module.name)
                found |= {c for _n, c in inspect.getmembers(loaded, inspect.isclass) if issubclass(c, Form)}
    return sorted(found - {Form}, key=lambda c: (c.__module__, c.__name__))


def fields_of(form: type[Form]) -> list[tuple[str, UnboundField]]:
    members = inspect.getmembers(form, lambda m: isinstance(m, UnboundField))
    return [(name, field) for name, field in members if not name.startswith("_")]


@pytest.mark.parametrize("form", form_classes(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_label_is_translated(form: type[Form]) -> None:
    bare = [
        name for name, field in fields_of(form)
        if not issubclass(field.field_class, HiddenField) and not _is_lazy(_label(field))
    ]
    assert bare == []


@pytest.mark.parametrize("form", form_classes(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_validator_speaks_in_our_words(form: type[Form]) -> None:
    bare = []
    for name, field in fields_of(form):
        for validator in _validators(field):
            from_library = type(validator).__module__.startswith("wtforms")
            if from_library and not isinstance(validator, SILENT) and not _is_lazy(validator.message):
                bare.append((name, type(validator).__name__))
    assert bare == []


def _label(field: UnboundField) -> object:
    return field.args[0] if field.args else field.kwargs.get("label")


def _validators(field: UnboundField) -> list[object]:
    given = field.kwargs.get("validators") or (field.args[1] if len(field.args) > 1 else ())
    # A field of our own may take something else in that place.
    return list(given) if isinstance(given, (list, tuple)) else []


def _is_lazy(words: object) -> bool:
    return isinstance(words, LazyString)
