"""The one Jinja environment: the workspace's templates over the shipped ones, and their mistakes as sentences.

What a release or a contact says is data for a template and never a template itself.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from distribute.rendering.origin import Marking, marking
from distribute.rendering.sandbox import Sandbox

_AMBIGUOUS = re.compile(r"\\|\{(?=[{%#])")
_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (TemplateSyntaxError, "the template is malformed: {0.message}"),
    (UndefinedError, "the template uses something it is not given: {0.message}; check the spelling"),
    (TemplateNotFound, "there is no template “{0.name}”; put it back or correct the name"),
    (SecurityError, "the template tries what templates may not do: {0.message}"),
    (UnicodeDecodeError, "the template is not UTF-8 text; save it as UTF-8"),
    (RecursionError, "the template includes or calls itself without end"),
    (MemoryError, "the template takes more memory than a template may: look for a text that grows with each turn"),
    (TimeoutError, "the template takes too long: look for a loop in a loop"),
    (Exception, "the template cannot be rendered: {0}"),
)
_MISTAKES = (
    *(TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError),
    *(RecursionError, MemoryError, TimeoutError),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template, as a sentence, and where."""

    message: str
    template: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Errand:
    """One template to render elsewhere: where the workspace's own are, its source (None: missing) and its file."""

    overrides: Path
    template: str
    source: str | None
    path: str | None
    is_marked: bool
    context: Mapping[str, object]


@cache
def open_environment(overrides: Path | None = None) -> Environment:
    """The environment over ``overrides`` (a workspace's ``templates`` folder, which need not exist).

    One for all who ask, so that a template is compiled once, and again when its file changes.
    Everything is escaped for HTML except templates named ``….txt`` or ``….txt.*``. In a release
    ``{{`` is printed as ``&#123;{``, so no later reader takes it for a template, and a backslash
    as ``&#92;``, because mrml puts backslashes before quotation marks. Mistakes come as RenderError
    from filling.py.
    """
    roots = [root for root in (overrides, shipped_templates()) if root is not None]
    return Sandbox(
        loader=ChoiceLoader([FileSystemLoader(root) for root in roots]),
        undefined=StrictUndefined,
        autoescape=_is_escaped,
        finalize=_written,
    )


def shipped_templates() -> Path:
    """The templates that came with the program: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def template_roots(environment: Environment) -> tuple[Path, ...]:
    """The folders templates are taken from, the first to be asked first."""
    loaders = environment.loader.loaders if isinstance(environment.loader, ChoiceLoader) else ()
    return tuple(Path(root) for one in loaders if isinstance(one, FileSystemLoader) for root in one.searchpath)


def template_source(environment: Environment, folder: str) -> tuple[str, ...]:
    """The text of every template whose name starts with ``folder``, in the order of their names."""
    loader = environment.loader
    names = [name for name in environment.list_templates() if name.startswith(folder)]
    return tuple(loader.get_source(environment, name)[0] for name in names) if loader else ()


def attempt(environment: Environment, template: str, context: Mapping[str, object]) -> str | Mistake:
    """The text, here and without limits, or what is wrong with a template."""
    try:
        return environment.get_template(template).render(context)
    except _MISTAKES as error:
        name, line = _blame(error, environment)
        return Mistake(_explain(error), name or template, line)


def errand(environment: Environment, template: str, context: Mapping[str, object]) -> Errand:
    """All that another process needs to do the same as :func:`attempt`."""
    loader = environment.loader
    try:
        source, path, _ = loader.get_source(environment, template) if loader else ("", None, None)
    except (TemplateNotFound, UnicodeDecodeError):
        source, path = None, None
    return Errand(
        template_roots(environment)[0], template, source, path, Marking.identifier in environment.extensions, context
    )


def reopen(errand: Errand) -> Environment:
    """The environment of an errand, with its very source."""
    environment = open_environment(errand.overrides)
    loader = environment.loader
    if errand.source is not None and isinstance(loader, ChoiceLoader):
        found = (errand.source, errand.path, lambda: False)
        own = FunctionLoader(lambda name: found if name == errand.template else None)
        environment = environment.overlay(loader=ChoiceLoader([own, *loader.loaders]))
    return marking(environment) if errand.is_marked else environment


@pass_eval_context
def _written(context: EvalContext, value: object) -> object:
    """What a template prints: in HTML, what a second template language or MJML could misread becomes a reference."""
    if not context.autoescape or not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_AMBIGUOUS.sub(lambda match: f"&#{ord(match[0])};", str(escape(value))))  # noqa: S704 - escaped on this very line


def _is_escaped(name: str | None) -> bool:
    return name is None or ".txt" not in Path(name).suffixes


def _blame(error: Exception, environment: Environment) -> tuple[str | None, int | None]:
    """The template and line an error comes from; Jinja writes both into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.name, error.lineno
    roots = template_roots(environment)
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        for root in roots:
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix(), line
    return None, None


def _explain(error: Exception) -> str:
    sentence = next(sentence for kind, sentence in _SENTENCES if isinstance(error, kind)).format(error)
    return re.sub(r"'[\w.]+\.(\w+) object'", r"the \1", sentence)
