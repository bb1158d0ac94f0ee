"""From the words of a command to an order and its plan: one way for preview, plan, dry run and send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from distribute.channels import CHANNELS, carrier
from distribute.channels.base import Provider
from distribute.checking import check
from distribute.cli import zone_data
from distribute.cli.advice import advise
from distribute.cli.attaching import with_attachments
from distribute.cli.canary import require_short
from distribute.cli.checking import place_of
from distribute.cli.letterheads import PLACEHOLDERS, letterhead
from distribute.cli.variants import with_variants
from distribute.cli.versions import Sibling, by_weight, check_own, compare_siblings, read_siblings
from distribute.cli.wishes import Wishes, read_wished_release
from distribute.cli.workspace import Providers, Workspace
from distribute.config import LanguagePolicy, Settings
from distribute.delivery.audience import Audience, Listing
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.audience import Contact, MediaList, Selection
from distribute.domain.finding import Finding, Severity
from distribute.domain.instant import Instant, parse_instant
from distribute.domain.plan import EMAIL, OUTBOX
from distribute.domain.release import Release
from distribute.errors import ConfigError, PlanError
from distribute.sources.releases import sidecar_of

READER = Contact(email="reader@example.com", first_name="A", last_name="Reader", embargo_ok=True, list_name="example")
"""Whose copy a preview shows when no list was named."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan with what a person should know beside it."""

    plan: DraftedPlan
    digest: str
    release: Release
    findings: tuple[Finding, ...]
    advice: tuple[str, ...]


def draw_up(
    workspace: Workspace,
    wishes: Wishes,
    *,
    ledger: Ledger,
    providers: Providers,
    now: datetime,
    is_preview: bool = False,
) -> Planned:
    """The plan for what was wished; nothing is written.

    Raises PlanError when the release has errors (which a preview shows instead), ConfigError
    naming every setting that is missing.
    """
    order, findings = take_order(workspace, wishes, ledger=ledger, providers=providers, now=now, is_preview=is_preview)
    try:
        plan = make_plan(order, ledger.standing)
    except PlanError as error:
        if not is_preview:
            raise
        plan, findings = make_plan(order, None), (_nobody_left(error), *findings)
    advice = advise(workspace.settings, plan, ledger)
    return Planned(plan=plan, digest=plan.hash(), release=order.release, findings=findings, advice=tuple(advice))


def _nobody_left(error: PlanError) -> Finding:
    """What a preview says of a release that would reach nobody any more; it shows what it was."""
    message = f"Nothing would leave now: {error}. This page shows it as if nobody had it."
    return Finding(rule="already-sent", severity=Severity.WARNING, message=message)


def take_order(
    workspace: Workspace,
    wishes: Wishes,
    *,
    ledger: Ledger,
    providers: Providers,
    now: datetime,
    is_preview: bool = False,
) -> tuple[Order, tuple[Finding, ...]]:
    """What a plan is made of, and the findings about it; raises as :func:`draw_up` does."""
    release = read_wished_release(workspace, wishes, now)
    siblings = read_siblings(workspace, wishes, release, now)
    compared = compare_siblings(workspace, wishes, release, siblings)
    if workspace.settings.language_policy is LanguagePolicy.ONE:
        siblings = ()
    findings = by_weight((*check(release, now), *compared, *check_own(siblings, now)))
    errors = [finding for finding in findings if finding.is_blocking]
    if errors and not is_preview:
        raise PlanError("\n".join((*(_at_line(wishes.release, it) for it in errors), *_of_versions(errors, wishes))))
    order = _order(workspace, wishes, release, findings, siblings, ledger=ledger, providers=providers, now=now)
    return order, findings


def channels_of(wishes: Wishes) -> tuple[str, ...]:
    """E-mail when a list is named, then the networks in the order given, each once."""
    wished = [name for text in wishes.on for name in text.split(",") if name]
    if EMAIL in wished and not wishes.to:
        raise PlanError("--on email needs a media list: add --to LIST")
    networks = [name for name in dict.fromkeys(wished) if name != EMAIL]
    return (EMAIL, *networks) if wishes.to or wishes.to_nobody_in_particular else tuple(networks)


def _order(
    workspace: Workspace,
    wishes: Wishes,
    release: Release,
    findings: Sequence[Finding],
    siblings: Sequence[Sibling],
    *,
    ledger: Ledger,
    providers: Providers,
    now: datetime,
) -> Order:
    channels = channels_of(wishes)
    carriers = _carriers(workspace, channels, providers)
    settings = workspace.settings
    require_short(settings)
    has_canary = not wishes.to_nobody_in_particular
    audience = _audience(workspace, wishes)
    order = Order(
        release=release,
        audience=audience,
        carriers=carriers,
        at=_instants(wishes.at, channels, now, workspace.zone),
        letterhead=letterhead(settings, release),
        links=UnsubscribeLinks(settings.public_url or PLACEHOLDERS["public_url"], workspace.secret(ledger)),
        environment=workspace.templates(),
        zone=workspace.zone,
        language=settings.distribute_language,
        now=now,
        inputs=_inputs(workspace, wishes, audience),
        findings=tuple(_in_words(finding) for finding in findings),
        release_file=workspace.name_of(wishes.release),
        tzdata=zone_data.VERSION,
        is_armed=wishes.is_armed,
        canary=settings.canary if has_canary else timedelta(),
        own=settings.test_addresses,
    )
    return with_attachments(with_variants(order, workspace, wishes, siblings), workspace, wishes)


def _audience(workspace: Workspace, wishes: Wishes) -> Audience:
    chosen: list[tuple[Selection, Listing]] = [workspace.listing(text) for text in wishes.to]
    if wishes.to_nobody_in_particular:
        reader = replace(READER, language=wishes.language)
        chosen = [(Selection(name=READER.list_name, where={}), MediaList(name=READER.list_name, contacts=(reader,)))]
    return Audience(
        chosen=chosen,
        excluded=[workspace.listing(text) for text in wishes.leave_out],
        suppressions=workspace.suppressions(),
    )


def _carriers(workspace: Workspace, channels: Sequence[str], providers: Providers) -> dict[str, Provider[Any]]:
    """A provider for each channel; every setting that is missing is named at once."""
    problems: list[str] = []
    carriers = {}
    for channel in channels:
        try:
            provider = carrier(channel, workspace.environ, workspace.settings.email_provider)
            if channel == EMAIL and provider.name != OUTBOX:
                problems += missing_for_e_mail(workspace.settings)
            carriers[channel] = providers(provider.name)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return carriers


def missing_for_e_mail(settings: Settings) -> list[str]:
    """What real e-mail cannot leave without."""
    problems = []
    if not settings.from_email:
        problems.append("FROM_EMAIL is not set: the address the letters come from")
    if not settings.public_url:
        problems.append(
            "PUBLIC_URL is not set: journalists could not unsubscribe with one click, which Gmail and Yahoo ask for"
        )
    return problems


def _instants(texts: Sequence[str], channels: Sequence[str], now: datetime, zone: str) -> dict[str, Instant]:
    """``--at WHEN`` for all channels (key "") and ``--at CHANNEL=WHEN`` for one."""
    instants: dict[str, Instant] = {}
    for text in texts:
        name, equals, when = text.partition("=")
        channel, when = (name.strip(), when) if equals else ("", text)
        if channel and channel not in channels:
            known = "among this plan's channels" if channel in CHANNELS else "a channel"
            raise PlanError(f"--at {text}: {channel} is not {known}")
        if channel in instants:
            raise PlanError(f"--at is given twice for {channel or 'all channels'}: say which one holds")
        instants[channel] = _whole_seconds(parse_instant(when, now, zone))
    return instants


def _whole_seconds(instant: Instant) -> Instant:
    return Instant(instant.utc.replace(microsecond=0), instant.zone)


def _inputs(workspace: Workspace, wishes: Wishes, audience: Audience) -> dict[str, str]:
    """The files the plan is made from, with their digests."""
    inputs = workspace.digest(wishes.release) | workspace.digest(sidecar_of(wishes.release))
    for _, media in (*audience.chosen, *audience.excluded):
        inputs |= {workspace.name_of(Path(media.path)): media.sha256} if media.path else {}
    return inputs | workspace.digest(workspace.suppression_file)


def _of_versions(errors: Sequence[Finding], wishes: Wishes) -> Iterator[str]:
    """How to send the named version alone, where another one blocks it."""
    if others := sorted({it.file for it in errors if it.file and it.file != str(wishes.release)}):
        files = " and ".join(others)
        yield f"{files}: it goes out with {wishes.release}; LANGUAGE_POLICY=one sends the file you name alone"


def _in_words(finding: Finding) -> str:
    """What a plan keeps of a finding: its rule, the reason where it is silenced, its sentence."""
    silenced = "" if finding.silenced is None else f" (silenced: {finding.silenced})"
    return f"{finding.rule}{silenced}: {finding.message}"


def _at_line(path: Path, finding: Finding) -> str:
    return f"{place_of(path, finding)}: {finding.message} ({finding.rule})"
