"""``preview --plan``: a frozen plan on the same page, for whoever approves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from distribute.checking import check
from distribute.cli.workspace import Workspace, now
from distribute.delivery.frozen_plan import FrozenPlan, read_plan
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_file import find_plan, read_header
from distribute.domain.audience import Contact
from distribute.domain.finding import Finding, Severity
from distribute.domain.release import Release
from distribute.errors import PlanError, SourceError
from distribute.rendering.preview import Preview, make_preview
from distribute.sources.media_lists import open_media_list
from distribute.sources.releases import read_release

_KEPT = re.compile(r"(?P<rule>[\w-]+)(?: \(silenced: (?P<silenced>.*?)\))?: (?P<message>.*)", re.DOTALL)


def preview_plan(workspace: Workspace, name: str) -> Preview:
    """The plan of that id or file, exactly as it was frozen.

    What a plan does not keep (outlets, regions, the lines that findings are about) is taken from the
    release and the lists where these are still the files it was made from. Raises PlanError when there
    is no such plan, or its file is not what this workspace recorded.
    """
    path = find_plan(workspace.root, name)
    ledger = workspace.ledger_if_any()
    row = ledger.plans.find(path.stem)
    if read_header(path)["hash"] != row["hash"]:
        raise PlanError(f"{path} is not the plan {path.stem} that this workspace knows: plan again")
    same = _unchanged(workspace, row["inputs"])
    lists = [it for it in same if it.suffix in {".csv", ".xlsx"} and it != workspace.suppression_file]
    plan = read_plan(
        path,
        zone=_zone(ledger, path.stem),
        contacts=_contacts(lists),
        kept=lambda variant: ledger.standing.letter(path.stem, variant),
    )
    source = workspace.root / plan.release_file
    release = _release(workspace, plan, source) if source in same else None
    return make_preview(
        plan,
        release or Release(headline=plan.headline),
        _findings(plan, release),
        source=Path(plan.release_file).name,
        lines=release.lines if release else (),
        organisation=workspace.settings.organisation or "",
        is_frozen=True,
    )


def _unchanged(workspace: Workspace, inputs: Mapping[str, str]) -> list[Path]:
    """The files a plan was made from that are still what they were, in its order."""
    paths = {workspace.root / name: digest for name, digest in inputs.items()}
    return [path for path, digest in paths.items() if digest in workspace.digest(path).values()]


def _zone(ledger: Ledger, plan_id: str) -> str:
    """The clock its author thought in."""
    return next((str(channel["zone"]) for channel in ledger.plans.channels(plan_id)), "UTC")


def _contacts(lists: list[Path]) -> dict[str, Contact]:
    """Everybody on these lists by address; who stands on several, as they stand on the first."""
    people: dict[str, Contact] = {}
    for path in lists:
        for entry in open_media_list(path).entries():
            if isinstance(entry, Contact):
                people.setdefault(entry.address, entry)
    return people


def _release(workspace: Workspace, plan: FrozenPlan, source: Path) -> Release | None:
    """The release for its lines; what was said of it on a command line is gone, and not needed for them."""
    try:
        release = read_release(source, now(), {}, zone=workspace.zone)
    except SourceError:
        return None
    return replace(release, headline=plan.headline or release.headline)


def _findings(plan: FrozenPlan, release: Release | None) -> tuple[Finding, ...]:
    """What the plan keeps of its findings, each where the same one is found in the release now."""
    known = {(it.rule, it.message): it for it in (check(release, plan.created_at) if release else ())}
    return tuple(known.get((it.rule, it.message), it) for it in _kept(plan))


def _kept(plan: FrozenPlan) -> Iterator[Finding]:
    for words in plan.findings:
        if found := _KEPT.fullmatch(words):
            yield Finding(
                rule=found["rule"], severity=Severity.WARNING, message=found["message"], silenced=found["silenced"]
            )
