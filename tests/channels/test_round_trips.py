"""Four thousand subjects and names in eight scripts come back as they were, whoever carries them."""

from __future__ import annotations

import email
import email.policy
import json
import os
import random
import re
from email.header import decode_header, make_header
from email.utils import getaddresses
from functools import cache
from typing import Any

import pytest

from distribute.channels import open_provider
from distribute.channels.mime import message_bytes
from distribute.channels.transport import RehearsalWire
from distribute.domain.content import Address
from tests.channels.conftest import ENVIRON, make_letter, make_message

WORDS = {
    "latin": "Élections à l’Assemblée « Łódź » naïve Ñandú über Straße İstanbul ’tis “police” e\u0301",
    "greek": "Η αστυνομία πρέπει να λογοδοτήσει για τη βία στην Ελλάδα ·",
    "cyrillic": "Минск полиция должна ответить за насилие №5 «ОМОН» Київ їжак",
    "arabic": "بيلاروسيا: يجب محاسبة الشرطة على العنف، مينسك؟ \u200fعاجل",
    "hebrew": "בלארוס: יש להעמיד את המשטרה לדין ״מינסק״ ז׳",
    "devanagari": "बेलारूस पुलिस को हिंसा के लिए जवाबदेह होना चाहिए क्षत्रिय",
    "east": "ベラルーシ警察は暴力の責任を負うべきだ。白俄罗斯警方必须为暴力负责「声明」",
    "korean and thai": "벨라루스 경찰은 폭력에 책임을 져야 한다 ตำรวจต้องรับผิดชอบต่อความรุนแรง",
}
ODD = [
    "🕯️", "👩🏽‍🚒", "\u00a0", "  ", "=?utf-8?q?x?=", "=?", "?=", "=E9", '"', "\\", ",", ";", "<x@y.example>", "(a)", ":",
    "https://example.org/" + "a" * 80, "Donaudampfschiff" * 12, "{{7*7}}", "<script>", "&amp;", "\u00ad", "—", "@",
]  # fmt: skip

NEWER = 1 if os.environ.get("CHAOS") else 8
"""Every so many are read by the newer parser, too, which takes its time; all of them by the long proofs."""


@cache
def texts() -> list[str]:
    """As many of each script: one to twenty words of it with odd things among them, some with blanks at the end."""
    chance = random.Random(2026)
    made = []
    for number in range(4000):
        words = [*WORDS.values()][number % len(WORDS)].split(" ")
        chosen = [chance.choice(words if chance.random() < 0.8 else ODD) for _ in range(chance.randint(1, 20))]
        text = chance.choice([" ", " ", "", "  ", "\u00a0"]).join(chosen)
        made.append(text + chance.choice(["", "", "", " ", "  ", "\u00a0"]))
    return made


def old_text(value: Any) -> str:
    return str(make_header(decode_header(str(value).replace("\r\n", ""))))


def test_four_thousand_subjects_and_names_come_back_from_the_standard_parsers() -> None:
    assert len(set(texts())) > 3900
    for number, text in enumerate(texts()):
        letter = make_letter(subject=text, sender=Address(text, "press@example.org"))
        raw = message_bytes(make_message(number, letter, recipient=Address(text, "anna@example.com")))
        head = raw[: raw.index(b"\r\n\r\n") + 4]
        old = email.message_from_bytes(head)
        assert old_text(old["Subject"]) == text
        new = email.message_from_bytes(head, policy=email.policy.default) if number % NEWER == 0 else None
        assert new is None or new["Subject"] == text
        for field, address in (("From", "press@example.org"), ("To", "anna@example.com")):
            ((shown, found),) = getaddresses([str(old[field]).replace("\r\n", "")])
            assert (old_text(shown), found) == (text.strip(), address)
            assert new is None or [it.addr_spec for it in new[field].addresses] == [address]
        is_encoded = [line for line in head.split(b"\r\n") if b"=?" in line]
        assert all(len(line) <= 78 for line in is_encoded)
        assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?[qb]\?[^?\s]*\?=", head))
        assert all(len(line) <= 998 for line in head.split(b"\r\n"))


@pytest.mark.parametrize("name", ["sendgrid", "postmark", "resend"])
def test_four_thousand_subjects_and_names_reach_a_provider_as_they_are(name: str) -> None:
    provider = open_provider(name, ENVIRON, RehearsalWire())
    for number, text in enumerate(texts()):
        message = make_message(number, make_letter(subject=text), recipient=Address(text, "anna@example.com"))
        document = json.loads(provider.freeze([message]))
        entry = document if name == "sendgrid" else {key.lower(): value for key, value in document[0].items()}
        assert entry["subject"] == text
        if name == "sendgrid":
            shown = entry["personalizations"][0]["to"][0].get("name", "")
            assert shown == " ".join(re.sub("[;,]", " ", text).split())
        else:
            ((shown, found),) = getaddresses([entry["to"] if name == "postmark" else entry["to"][0]])
            assert (shown, found) == (text if text.strip() else "", "anna@example.com")
