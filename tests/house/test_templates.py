"""What every template keeps to."""

import ast
import re

import pytest
from flask import Flask
from jinja2 import nodes

from citizen.app import ROOT
from tests.house.project import kept_files, templates

NAMES = list(templates())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_template_is_inline_or_unescaped(name: str) -> None:
    text = templates()[name]
    assert not re.search(r"<style|\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_fetches_nothing_from_another_host(name: str) -> None:
    assert not re.search(r"""(src|action)=["'](https?:)?//""", templates()[name])


def test_every_template_is_used(app: Flask) -> None:
    assert set(NAMES) - _referenced(app) == set()


def test_every_template_that_is_named_is_there(app: Flask) -> None:
    assert _referenced(app) - set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_template_is_in_the_catalogues(name: str) -> None:
    assert [w for w in _said(templates()[name]).split() if any(c.isalpha() for c in w)] == []


def _said(text: str) -> str:
    """What a template says itself: without comments, expressions, tags and character names."""
    # A class of the page, attributes made by a macro, and names of keys: no words on it.
    text = re.sub(r"\{% block width %\}.*?\{% endblock %\}", " ", text)
    named = r"(?:_described|_missing|asking)"
    text = re.sub(rf"\{{%-? macro {named}.*?\{{%-? endmacro -?%\}}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<kbd>\w+</kbd>", " ", text)
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->", " ", text, flags=re.DOTALL)
    shown = re.findall(r"""\b(?:alt|title|placeholder|aria-label)=["']([^"']*)["']""", text)
    return re.sub(r"&\w+;", " ", " ".join([re.sub(r"<[^>]*>", " ", text), *shown]))


def _referenced(app: Flask) -> set[str]:
    found = set()
    for text in templates().values():
        tree = app.jinja_env.parse(text)
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)):
            found |= {c.value for c in node.find_all(nodes.Const) if isinstance(c.value, str)}
    for path in kept_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "citizen"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            strings = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
            found |= {s for s in strings if isinstance(s, str) and re.fullmatch(r"[\w/]+\.(html|txt)", s)}
    return found
