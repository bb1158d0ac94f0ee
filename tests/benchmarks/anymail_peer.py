"""The same letter to the same people through django-anymail's batch path, in a process of its own.

``python anymail_peer.py PROVIDER SINK EXPORT SIZE`` prints one line of JSON; ``EXPORT`` is what
``tests.benchmarks.sending export`` wrote, ``SIZE`` the recipients per call. It needs django and django-anymail
and nothing of this program. Where anymail cannot fill a letter in a batch call (Postmark and Resend without a
template of theirs) everybody gets the same text; headers and metadata are each recipient's own.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def letter_text(pieces: list[str], tag: str) -> str:
    """Literal pieces, with each slot written as a tag."""
    return "".join(tag.format(piece) if odd % 2 else piece for odd, piece in enumerate(pieces))


def filled(pieces: list[str], values: dict[str, str]) -> str:
    return "".join(values[piece] if odd % 2 else piece for odd, piece in enumerate(pieces))


def calls(exported: dict[str, Any], size: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """A letter and the people of each call."""
    for variant, letter in exported["letters"].items():
        people = exported["people"][variant]
        for start in range(0, len(people), size):
            yield letter, people[start : start + size]


def compose(mail: Any, provider: str, letter: dict[str, Any], people: list[dict[str, Any]]) -> Any:
    """One anymail message to all of them, each with their own headers and metadata."""
    fills = provider == "sendgrid"
    values = people[0]["values"]

    def text_of(part: str) -> str:
        return letter_text(letter[part], "-{}-") if fills else filled(letter[part], values)

    mailbox = "{} <{}>"
    message = mail.EmailMultiAlternatives(
        subject=letter["subject"],
        body=text_of("text"),
        from_email=mailbox.format(*letter["from"]),
        to=[mailbox.format(person["name"], person["email"]) for person in people],
        reply_to=[letter["reply_to"][1]] if letter["reply_to"] else None,
    )
    message.attach_alternative(text_of("html"), "text/html")
    message.merge_metadata = {person["email"]: {"delivery": person["key"]} for person in people}
    message.merge_headers = {
        person["email"]: {name: filled(pieces, person["values"]) for name, pieces in letter["headers"]}
        for person in people
    }
    if fills:
        message.merge_data = {person["email"]: person["values"] for person in people}
        message.merge_field_format = "-{}-"
    return message


def main() -> None:
    provider, sink, exported_file, size = sys.argv[1:]
    importlib.import_module("django.conf").settings.configure(
        ANYMAIL={
            "SENDGRID_API_KEY": "SG.invented",
            "SENDGRID_API_URL": f"{sink}/v3/",
            "SENDGRID_MERGE_FIELD_FORMAT": "-{}-",
            "POSTMARK_SERVER_TOKEN": "invented",
            "POSTMARK_API_URL": f"{sink}/",
            "RESEND_API_KEY": "re_invented",
            "RESEND_API_URL": f"{sink}/",
        },
        EMAIL_BACKEND=f"anymail.backends.{provider}.EmailBackend",
        INSTALLED_APPS=["anymail"],
        DEFAULT_CHARSET="utf-8",
    )
    importlib.import_module("django").setup()
    mail = importlib.import_module("django.core.mail")
    importlib.import_module(f"anymail.backends.{provider}")
    exported = json.loads(Path(exported_file).read_text(encoding="utf-8"))

    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    sent = 0
    connection = mail.get_connection()
    connection.open()
    for letter, people in calls(exported, int(size)):
        message = compose(mail, provider, letter, people)
        connection.send_messages([message])
        statuses = message.anymail_status.recipients.values()
        sent += sum(status.status in {"sent", "queued"} for status in statuses)
    connection.close()
    after, ended = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    sys.stdout.write(json.dumps({"messages": sent, "cpu": cpu, "wall": ended - began}) + "\n")


if __name__ == "__main__":
    main()
