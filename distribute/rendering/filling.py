"""A template filled: here where it came with the program, apart and within limits where the workspace wrote it."""

from __future__ import annotations

from jinja2 import Environment

from distribute.errors import RenderError
from distribute.rendering.environment import Mistake, attempt, errand, template_roots


def render(environment: Environment, template: str, /, **context: object) -> str:
    """``template`` (such as ``email/letter.mjml.j2``) filled with ``context``.

    Where the workspace has templates of its own of that kind, another process does it, within limits of time and
    memory. Raises RenderError with the template and line to blame when a template is missing, malformed,
    uses something it is not given, tries what the sandbox forbids, or exceeds those limits.
    """
    if _is_own(environment, template):
        from distribute.rendering.confinement import render_apart  # noqa: PLC0415  most workspaces have no templates

        outcome = render_apart(errand(environment, template, context))
    else:
        outcome = attempt(environment, template, context)
    if isinstance(outcome, Mistake):
        raise RenderError(outcome.message, outcome.template, outcome.line)
    return outcome


def _is_own(environment: Environment, template: str) -> bool:
    """The workspace has templates where ``template`` and those it includes are."""
    roots = template_roots(environment)
    folder = roots[0] / template.partition("/")[0]
    return len(roots) > 1 and (folder.is_file() or (folder.is_dir() and any(folder.iterdir())))
