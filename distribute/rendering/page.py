"""The HTML of a letter: made from templates, compiled, and looked through before anybody may plan to send it."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment

from distribute.domain.content import Slotted
from distribute.errors import RenderError
from distribute.rendering.filling import render
from distribute.rendering.hosts import Hosts
from distribute.rendering.inspection import inspect_characters, inspect_html
from distribute.rendering.manuscript import Manuscript
from distribute.rendering.mjml import check_mjml, compile_mjml
from distribute.rendering.origin import Origins, marking
from distribute.rendering.wording import compare_words

TEMPLATE = "email/letter.mjml.j2"


def write_page(
    manuscript: Manuscript, text: str, *, hosts: Hosts, tokens: Mapping[str, str], environment: Environment
) -> str:
    """The HTML of ``manuscript``, with ``tokens`` (slots to what stands for them) still in it.

    Raises RenderError, with the line of the template to correct where one is to blame, for whatever may not go out,
    and when it does not say what ``text`` says.
    """
    source = render(environment, TEMPLATE, letter=manuscript)
    origins = Origins(source, lambda: render(marking(environment), TEMPLATE, letter=manuscript))
    check_mjml(source, TEMPLATE, origins.of)
    html = compile_mjml(source)
    inspect_html(html, hosts, origins.find)
    inspect_characters(html, "the letter")
    cut(html, tokens, "HTML")  # a slot that is missing says more than the words that are
    compare_words(html, text, origins.find)
    return html


def cut(part: str, tokens: Mapping[str, str], what: str) -> Slotted:
    """``part`` cut at its slots; RenderError when the template left one out, or changed one beyond being filled."""
    pieces = Slotted.split(part, tokens)
    missing = sorted(tokens.keys() - pieces.slots)
    if missing:
        raise RenderError(f"the {what} has no place for {', '.join(missing)}: the letter needs it", TEMPLATE)
    left = "".join(pieces.pieces[::2]).lower()
    changed = sorted(name for name, token in tokens.items() if token.lower() in left)
    if changed:
        raise RenderError(f"the {what} changes {', '.join(changed)}, so nothing fills it: print it as it is", TEMPLATE)
    return pieces
