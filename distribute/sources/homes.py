"""Where an issuer's clock may stand, by whom it says to call: for an embargo whose line names no zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from distribute.domain.release import MediaContact
from distribute.sources.regions import country_of_ending, zones_of
from distribute.sources.vocabulary import Vocabulary

_SHARED = "1"
"""The calling code of North America, whose numbers people take along from one zone to the next."""


def issuer_zones(contacts: Sequence[MediaContact], words: Vocabulary) -> tuple[str, ...]:
    """The IANA zones of the contacts' telephones and addresses, and of a language that is spoken in one.

    Whoever asks believes them only if all keep the same time at the moment in question. None are told where a
    number of North America is among them (ITU-T E.164, country code 1), since its area does not tell its clock.
    """
    phones = [phone for contact in contacts for phone in contact.phones]
    if any(phone.startswith(f"+{_SHARED}") for phone in phones):
        return ()
    zones = [zone for phone in phones for zone in _of_phone(phone)]
    zones += [zone for contact in contacts for email in contact.emails for zone in _of_host(email)]
    if "keeps_one_time" in words.grammar:
        zones += [zone for region in words.regions for zone in zones_of(region)]
    return tuple(dict.fromkeys(zones))


def _of_phone(phone: str) -> Iterator[str]:
    """Of a country with several zones those of the number's area, all of them where it has none."""
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, for an embargo without a zone
    from phonenumbers import timezone  # noqa: PLC0415  likewise

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return
    own = zones_of(phonenumbers.region_code_for_number(number) or "")
    near = [zone for zone in timezone.time_zones_for_number(number) if zone in own]
    yield from near or own


def _of_host(email: str) -> Iterator[str]:
    """Of an address that ends in ``.co.uk`` those of the country; none of one in ``.org``."""
    yield from zones_of(country_of_ending(email.rpartition(".")[2]))
