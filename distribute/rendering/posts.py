"""A release as a post: from a ladder of candidates the first that fits its network, never a shortened one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, TemplateNotFound

from distribute.domain.content import Card, Link, Post
from distribute.domain.instant import iso
from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering.fidelity import faults
from distribute.rendering.filling import render
from distribute.rendering.measure import LIMITS, Measure, measure, normalise
from distribute.rendering.units import describe, find_units

DIVIDER = re.compile(r"^[ \t]*-{3,}[ \t]*or shorter[ \t]*-{3,}[ \t]*$\n?", re.MULTILINE)
WITH_CARD = frozenset({"bluesky"})
"""Networks whose link card we build ourselves, so the link need not stand in the text."""

T = TypeVar("T")


class _UnitLacking(Exception):
    """A candidate needs a unit this release does not have."""


def render_post(
    release: Release, network: str, *, key: str, account: str, at: datetime, environment: Environment
) -> Post:
    """The post of ``release`` on ``network``, from ``social/<network>.txt.j2``; ``at`` is aware.

    Raises RenderError when no candidate fits or applies, and when the one that fits would
    misquote, leave a speaker out, invent a number, link elsewhere or leak what is not public.
    """
    if network not in LIMITS:
        measure("", network)
    template = f"social/{network}.txt.j2"
    text, found = _choose(_candidates(release, template, environment), release, network, template)
    if wrong := faults(text, release):
        raise RenderError(f"the post for {network} may not go out: " + "; ".join(wrong), template)
    return Post(
        key=key,
        network=network,
        account=account,
        text=text,
        language=release.language or "en",
        links=tuple(find_links(text, release.link)),
        card=_card(release) if network in WITH_CARD else None,
        length=found.length,
        limit=found.limit,
        unit=found.unit,
        at=iso(at),
        release=release.slug,
    )


def find_links(text: str, link: str | None) -> Iterator[Link]:
    """Where ``link`` stands in ``text``."""
    for match in re.finditer(re.escape(link), text) if link else ():
        yield Link(start=match.start(), end=match.end(), url=match[0])


def need(unit: T | None) -> T:
    """``unit``; a candidate that needs one the release lacks is passed over."""
    if not unit:
        raise _UnitLacking
    return unit


def _card(release: Release) -> Card | None:
    if not release.link:
        return None
    return Card(url=release.link, title=release.headline or release.link, description=describe(release))


def _choose(candidates: Iterator[str], release: Release, network: str, template: str) -> tuple[str, Measure]:
    """The first candidate that fits, with its measure."""
    shortest: Measure | None = None
    for text in candidates:
        found = measure(text, network)
        if found.fits:
            return text, found
        shortest = found if shortest is None else min(shortest, found, key=lambda one: one.excess)
    if shortest is None:
        raise RenderError(f"the release has too few parts for a post on {network}: give it a headline", template)
    if release.short_headline:
        remedy = f"take {shortest.excess:,} {shortest.unit} out of `short_headline:`"
    else:
        remedy = f"write a `short_headline:` {shortest.excess:,} {shortest.unit} shorter than the headline"
    raise RenderError(
        f"nothing fits into a post on {network}: the shortest candidate has {shortest.overrun}; "
        f"{remedy} in the front matter of {release.source or 'the release'}",
        template,
    )


def _candidates(release: Release, template: str, environment: Environment) -> Iterator[str]:
    """Every candidate that applies, longest first as the template has them; those with ``quote`` once per quotation."""
    units = asdict(find_units(release)) | {"language": release.language or "en", "need": need}
    seen = {""}
    for rung in _rungs(template, environment):
        for quote in units["quotes"] or (None,):
            try:
                text = _tidy(render(rung, template, quote=quote, **units))
            except _UnitLacking:
                continue
            if text not in seen:
                seen.add(text)
                yield text


def _rungs(template: str, environment: Environment) -> Iterator[Environment]:
    """An environment for each candidate, in which ``template`` is that candidate, on its true lines of its file."""
    loader = environment.loader or BaseLoader()
    try:
        source, path, _ = loader.get_source(environment, template)
    except TemplateNotFound:
        raise RenderError(f"there is no template “{template}”; put it back or correct the name") from None
    start = 0
    for divider in [*DIVIDER.finditer(source), None]:
        end = divider.start() if divider else len(source)
        rung = "\n" * source.count("\n", 0, start) + source[start:end]
        yield environment.overlay(loader=_with_source(loader, template, rung, path or template))
        start = divider.end() if divider else end


def _with_source(loader: BaseLoader, template: str, source: str, path: str) -> ChoiceLoader:
    """``loader`` with ``template`` replaced."""
    replaced = FunctionLoader(lambda name: (source, path, None) if name == template else None)
    return ChoiceLoader([replaced, *(loader.loaders if isinstance(loader, ChoiceLoader) else [loader])])


def _tidy(text: str) -> str:
    """The text as it is posted: NFC, no white space at the ends of lines, one blank line at most."""
    lines = "\n".join(line.strip() for line in normalise(text).strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines)
