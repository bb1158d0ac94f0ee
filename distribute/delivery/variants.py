"""Which letter a contact gets: the language of its fixed words, the versions of the release in it, its note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from distribute.config import LanguagePolicy
from distribute.domain.audience import Contact
from distribute.domain.note import CoveringNote
from distribute.domain.release import Release
from distribute.errors import PlanError
from distribute.rendering.letter import Contents


@dataclass(frozen=True, slots=True)
class Variant:
    """One letter among a plan's: ``language`` is that of its fixed words, ``versions`` are languages of the release."""

    language: str
    versions: tuple[str, ...]
    note: CoveringNote | None


class Variants:
    """The letters that a plan's readers get, each known by its name once somebody gets it.

    ``release`` is the version that was named, ``others`` those in further languages, of which each has one;
    ``spoken`` are the languages with fixed words, ``default`` that of contacts whose own is not known.
    Raises PlanError where two notes are for the same readers.
    """

    def __init__(
        self,
        release: Release,
        others: Sequence[Release],
        *,
        notes: Sequence[CoveringNote],
        spoken: Set[str],
        default: str,
        policy: LanguagePolicy,
    ) -> None:
        self._versions = {it.language or default: it for it in (*others, release)}
        self._own = release.language or default
        self._notes = _by_reader(notes)
        self._spoken = spoken
        self._default = default
        self._policy = policy if others else LanguagePolicy.ONE
        self._found: dict[str, Variant] = {}

    def name_for(self, contact: Contact) -> str:
        """The name of the variant this contact gets."""
        variant = self._choose(contact.language or self._default, contact.list_name)
        name = self._name(variant)
        self._found.setdefault(name, variant)
        return name

    def contents(self, name: str, as_sent: Callable[[Release], Release], *, is_greeting: bool) -> tuple[str, Contents]:
        """The language of a variant's fixed words, and what is in it."""
        variant = self._found[name]
        versions = tuple(as_sent(self._versions[it]) for it in variant.versions)
        return variant.language, Contents(
            versions=versions, note=variant.note, is_greeting=is_greeting or variant.note is not None
        )

    def _choose(self, wanted: str, list_name: str) -> Variant:
        language = wanted if closest(wanted, self._spoken) else self._default
        own = self._own
        if self._policy is not LanguagePolicy.ONE:
            own = closest(wanted, self._versions) or closest(self._default, self._versions) or self._own
        others = sorted(self._versions.keys() - {own}) if self._policy is LanguagePolicy.BOTH else []
        return Variant(language, (own, *others), self._note(wanted, list_name))

    def _name(self, it: Variant) -> str:
        """What tells a variant from the plan's other letters: ``fr``, ``fr+en``, ``fr/press``."""
        own, *others = it.versions
        is_plain = len(self._versions) == 1 or is_same(own, it.language)
        name = "+".join((it.language if is_plain else f"{it.language}:{own}", *others))
        if it.note is None:
            return name
        tongue = "" if is_same(it.note.language, it.language) else f":{it.note.language}"
        return f"{name}/{it.note.list_name or '*'}{tongue}"

    def _note(self, wanted: str, list_name: str) -> CoveringNote | None:
        """The list's own note before one for all; in the reader's language, the default, or whichever there is."""
        notes = self._notes.get(list_name) or self._notes.get("") or {}
        found = closest(wanted, notes) or closest(self._default, notes) or next(iter(notes), None)
        return notes[found] if found else None


def closest(tag: str, among: Iterable[str]) -> str | None:
    """The language of ``among`` that ``tag`` (BCP 47) is, or is a region of, or has a region in."""
    tags = sorted(among)
    return next((it for it in tags if it == tag), next((it for it in tags if is_same(it, tag)), None))


def is_same(one: str, other: str) -> bool:
    """Both are one language, whatever their regions (RFC 4647 3.3.1, by the primary subtag)."""
    return one.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def _by_reader(notes: Sequence[CoveringNote]) -> Mapping[str, Mapping[str, CoveringNote]]:
    """The notes of each list by their languages."""
    found: dict[str, dict[str, CoveringNote]] = {}
    for note in notes:
        if found.setdefault(note.list_name, {}).setdefault(note.language, note) is not note:
            whose = f"for {note.list_name} " if note.list_name else ""
            raise PlanError(f"two covering notes {whose}are in the same language ({note.language}): give one --note")
    return found
