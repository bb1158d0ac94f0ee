"""How long a letter takes for each reader, filled and finished as a message, beside the usual ways."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from jinja2 import Environment

from distribute.channels.mime import message_bytes
from distribute.domain.content import Address, Letter, Message, Slotted
from distribute.rendering.environment import open_environment
from distribute.rendering.filling import render
from distribute.rendering.letter import Letterhead, compile_letter, reader_values
from distribute.rendering.mjml import compile_mjml
from distribute.rendering.page import TEMPLATE
from distribute.rendering.plain_text import write_text
from distribute.sources.releases import read_release
from tests.benchmarks.people import ADDRESS, RELEASE, ROOT

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_NAMES = ("Ana Reader", "Élise Moreau-Lévêque", "Минская Правда", "O'Brien, Pat")
_HEAD = Letterhead(
    sender=Address("Press desk", "press@example.org"),
    reply_to=Address("", "desk@example.org"),
    organisation="Example Rights Watch",
    postal_address="1 Example Street, Ottawa",
    list_id="press.example.org",
)
_CYRILLIC = "Милиция должна ответить за насилие, сказала пресс-служба во вторник. " * 30
Row = dict[str, Any]


def letters(number: int = 10_000, repetitions: int = 3) -> list[Row]:
    """Rows of ``task``, ``way``, CPU in microseconds a message, messages a second, and that CPU over ours.

    Ways that take milliseconds are tried on a fortieth of the messages.
    """
    letter, compiling = _compiled()
    messages = _messages(letter, number)
    few = messages[: max(1, number // 40)]
    cyrillic = _messages(_in_cyrillic(letter), number)
    template = _template(letter)
    ways: list[tuple[str, str, Callable[[Message], Any], Sequence[Message]]] = [
        ("both parts filled", "distribute", lambda it: (it.html, it.text), messages),
        ("both parts filled", "Jinja for each reader", template, few),
        ("both parts filled", "Jinja and MJML for each reader", compiling, few),
        ("finished message", "distribute", message_bytes, messages),
        ("finished message", "standard library", _by_standard_library, few),
        ("finished in Cyrillic", "distribute", message_bytes, cyrillic),
        ("finished in Cyrillic", "standard library", _by_standard_library, cyrillic[: len(few)]),
    ]
    rows: list[Row] = []
    ours: dict[str, float] = {}
    for task, way, make, them in ways:
        cpu = median(_cpu(make, them) for _ in range(repetitions))
        ours.setdefault(task, cpu)
        rows.append({"task": task, "way": way, "cpu_us": cpu * 1e6, "per_second": 1 / cpu, "to_ours": cpu / ours[task]})
    return rows


def _compiled() -> tuple[Letter, Callable[[Message], Any]]:
    """The bundled release as a letter, and how it is made anew for one reader."""
    release = read_release(Path(ROOT, "distribute", "examples", RELEASE), NOW)
    environment = open_environment()
    arguments: dict[str, Any] = {"at": NOW, "zone": "America/Toronto", "environment": environment}
    rendering: Any = importlib.import_module("distribute.rendering.letter")
    with mock.patch.object(rendering, "write_text", wraps=rendering.write_text) as written:
        letter = compile_letter(release, _HEAD, "en", **arguments)
    manuscript, *words = written.call_args.args

    def anew(_message: Message) -> Any:
        return compile_mjml(render(environment, TEMPLATE, letter=manuscript)), write_text(manuscript, *words)

    return letter, anew


def _in_cyrillic(letter: Letter) -> Letter:
    text = Slotted((_CYRILLIC, *letter.text.pieces[1:-1], _CYRILLIC))
    html = Slotted((f"<p>{_CYRILLIC * 3}</p>", *letter.html.pieces[1:-1], f"<p>{_CYRILLIC}</p>"))
    return replace(letter, text=text, html=html, subject=_CYRILLIC[:60])


def _messages(letter: Letter, number: int) -> list[Message]:
    fixed: dict[str, Any] = {"language": "en", "zone": "UTC", "issuer_zone": "UTC", "lift": None}
    return [
        Message(
            key=f"{n:032x}",
            letter=letter,
            recipient=Address(_NAMES[n % len(_NAMES)], ADDRESS.format(n, n % 997)),
            values=reader_values(letter, unsubscribe_url=f"https://press.example.org/u/{n:060d}", **fixed),
        )
        for n in range(number)
    ]


def _template(letter: Letter) -> Callable[[Message], Any]:
    """Both parts as Jinja templates, compiled once and rendered for each reader."""
    html = Environment(autoescape=True).from_string(_source(letter.html))
    text = Environment(autoescape=False).from_string(_source(letter.text))  # noqa: S701  the plain text part
    return lambda message: (html.render(message.values), text.render(message.values))


def _source(text: Slotted) -> str:
    odd = ("{{ %s }}", "{%% raw %%}%s{%% endraw %%}")
    return "".join(odd[place % 2 == 0] % piece for place, piece in enumerate(text.pieces))


def _by_standard_library(message: Message) -> bytes:
    letter = message.letter
    built = EmailMessage()
    built["From"] = f"{letter.sender.name} <{letter.sender.email}>"
    built["To"] = f'"{message.recipient.name}" <{message.recipient.email}>'
    built["Subject"] = letter.subject
    built["Date"] = letter.date
    built["Message-ID"] = message.message_id
    for name, value in message.headers:
        built[name] = value
    built.set_content(letter.text.fill(message.values))
    values = {name: escape(value) for name, value in message.values.items()}
    built.add_alternative(letter.html.fill(values), subtype="html")
    return built.as_bytes(policy=SMTP)


def _cpu(make: Callable[[Message], Any], messages: Sequence[Message]) -> float:
    """Seconds of CPU a message. Each is made anew and let go, as in a request of a plan: nothing is remembered."""
    began = time.process_time()
    for it in messages:
        make(Message(key=it.key, letter=it.letter, recipient=it.recipient, values=it.values))
    return (time.process_time() - began) / len(messages)
