"""One page that shows a whole plan to those who decide about it: letters, posts, people, instants, findings."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from distribute.domain.finding import Finding
from distribute.domain.plan import Plan
from distribute.domain.release import Release
from distribute.rendering.copies import copies_document, write_json
from distribute.rendering.filling import render
from distribute.rendering.images import image_origins
from distribute.rendering.letter_view import LetterView, view_letters
from distribute.rendering.people import Sheet, list_recipients, list_skips
from distribute.rendering.remarks import Remark, make_remarks
from distribute.rendering.showing import PostView, view_posts
from distribute.rendering.tally import Tally, tally_recipients, tally_skips
from distribute.rendering.timeline import Moment, count, find_moments, summarise

TEMPLATE = "web/preview.html.j2"
SCRIPT = "web/preview/page.js"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Everything a preview shows, on whatever it is shown.

    ``headline`` and ``language`` are the release's; ``source`` is what a person calls its file.
    ``is_frozen`` for a plan that was made and can be approved, not one drawn up to be looked at.
    """

    plan: Plan
    headline: str
    language: str | None
    source: str
    summary: tuple[str, ...]
    moments: tuple[Moment, ...]
    remarks: tuple[Remark, ...]
    letters: tuple[LetterView, ...]
    posts: tuple[PostView, ...]
    tallies: tuple[Tally, ...]
    skip_tally: Tally
    is_frozen: bool = False

    @property
    def errors(self) -> int:
        """How many findings block the send."""
        return sum(remark.finding.is_blocking for remark in self.remarks)


def make_preview(
    plan: Plan,
    release: Release,
    findings: Sequence[Finding],
    *,
    source: str = "",
    lines: Sequence[str] = (),
    organisation: str = "",
    is_frozen: bool = False,
) -> Preview:
    """What a preview of ``plan`` shows.

    ``source`` is what a person calls the release's file, ``lines`` its text where it is one,
    ``organisation`` the name the posting accounts are taken to have. Personal unsubscribe links are
    left out: a preview is handed round.
    """
    return Preview(
        plan=plan,
        headline=release.headline or "",
        language=release.language,
        source=source or release.source,
        summary=summarise(plan),
        moments=find_moments(plan),
        remarks=tuple(make_remarks(findings, release, lines)),
        letters=tuple(sorted(view_letters(plan, release.language), key=lambda it: -it.recipients)),
        posts=tuple(view_posts(plan, organisation)),
        tallies=tally_recipients(plan),
        skip_tally=tally_skips(plan),
        is_frozen=is_frozen,
    )


def render_preview(preview: Preview, environment: Environment) -> str:
    """A self-contained HTML page; it loads nothing but the images that the letters themselves have.

    With scripts it fills the letter of any recipient; without, it shows the first of each variant.
    Raises RenderError when a template is wrong.
    """
    plan = preview.plan
    script = render(environment, SCRIPT)
    return render(
        environment,
        TEMPLATE,
        preview=preview,
        plan=plan,
        digest=plan.hash(),
        people=_sheets(plan),
        copies=Markup(write_json(copies_document(plan))),  # noqa: S704 - write_json leaves no way out of its element
        image_hosts=" ".join(("data:", *image_origins(plan.letters.values()))),
        made=plan.created_at.strftime("%Y-%m-%d %H:%M UTC"),
        script=Markup(script),  # noqa: S704 - our own template, its digest stands in the page's policy
        script_digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        count=count,
    )


def _sheets(plan: Plan) -> dict[str, Sheet]:
    return {"recipients": list_recipients(plan), "skips": list_skips(plan)}
