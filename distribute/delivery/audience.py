"""Who on the chosen lists gets a copy, and for everybody else the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from distribute.domain.audience import Contact, MediaList, RowProblem, Selection, SkipReason, Suppression
from distribute.domain.plan import EMAIL, Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The lists chosen (with the part of each), those left out, and who must not be contacted."""

    chosen: Sequence[tuple[Selection, MediaList]]
    excluded: Sequence[tuple[Selection, MediaList]] = ()
    suppressions: Sequence[Suppression] = ()


def choose(
    audience: Audience, *, is_embargoed: bool, promised_in: Callable[[str], str | None]
) -> tuple[list[Contact], list[Skip]]:
    """One contact per person, in list order, and a skip for every other row.

    ``promised_in`` tells which plan already holds this edition for a normalised address, if any.
    A person accepts embargoes when any of their rows says so.
    """
    skips = [
        _broken(problem, chosen) for _, chosen in audience.chosen for problem in chosen.problems if problem.is_fatal
    ]
    people: dict[str, Contact] = {}
    for contact in _rows(audience.chosen):
        first = people.setdefault(contact.address, contact)
        if first is not contact:
            people[contact.address] = replace(first, embargo_ok=first.embargo_ok or contact.embargo_ok)
            detail = f"the same person as {first.list_name} line {first.line}"
            skips.append(_skip(contact, SkipReason.DUPLICATE, detail))
    excluded = {c.address: str(part) for part, media in audience.excluded for c in _rows([(part, media)])}
    suppressed = {suppression.address: suppression for suppression in audience.suppressions}
    recipients = []
    for address, contact in people.items():
        if reason := _reason(contact, address, excluded, suppressed, is_embargoed, promised_in):
            skips.append(_skip(contact, *reason))
        else:
            recipients.append(contact)
    return recipients, skips


def _rows(lists: Iterable[tuple[Selection, MediaList]]) -> Iterable[Contact]:
    return (contact for selection, media in lists for contact in media.contacts if selection.admits(contact))


def _reason(  # noqa: PLR0917  one question after the other, in the order a person would ask them
    contact: Contact,
    address: str,
    excluded: Mapping[str, str],
    suppressed: Mapping[str, Suppression],
    is_embargoed: bool,  # noqa: FBT001  passed on by name above
    promised_in: Callable[[str], str | None],
) -> tuple[SkipReason, str] | None:
    if address in suppressed:
        return SkipReason.SUPPRESSED, suppressed[address].reason
    if address in excluded:
        return SkipReason.EXCLUDED, f"on {excluded[address]}"
    if is_embargoed and not contact.embargo_ok:
        return SkipReason.EMBARGO, "embargo_ok is not yes"
    if plan := promised_in(address):
        return SkipReason.ALREADY, f"in plan {plan}"
    return None


def _skip(contact: Contact, reason: SkipReason, detail: str) -> Skip:
    return Skip(
        channel=EMAIL,
        recipient=contact.address,
        reason=reason,
        detail=detail,
        name=contact.name,
        list_name=contact.list_name,
        line=contact.line,
    )


def _broken(problem: RowProblem, media: MediaList) -> Skip:
    return Skip(
        channel=EMAIL,
        recipient=problem.email,
        reason=SkipReason.BAD_ADDRESS,
        detail=problem.message,
        list_name=media.name,
        line=problem.line,
    )
