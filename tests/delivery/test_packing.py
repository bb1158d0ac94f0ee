"""A request's bytes come back as they were, and what its messages share is kept once."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.delivery.packing import pack, pack_readers, unpack, unpack_readers

KEYS = [f"{number:032x}" for number in range(0xABC, 0xABC + 40)]
LETTER = "<p>The bridge stays closed until spring.</p>" * 300


def request(keys: list[str], names: dict[int, str] | None = None) -> bytes:
    """Finished messages in the manner of Postmark; ``names`` are those of some."""
    entries = [
        {
            "To": f"{(names or {}).get(n, f'Reader {n}')} <r{n}@example.com>",
            "Html": f'{LETTER}<a href="https://example.org/u/{key[::-1]}">Leave</a>',
            "Text": f"{LETTER}\nhttps://example.org/u/{key[::-1]}\n{LETTER}",
            "Metadata": {"delivery": key},
        }
        for n, key in enumerate(keys)
    ]
    return json.dumps(entries, ensure_ascii=False).encode()


def test_what_messages_share_is_kept_once() -> None:
    body = request(KEYS)
    packed = pack(body, KEYS)
    assert unpack(packed) == body
    assert len(packed) < len(body) / 200
    assert len(packed) < len(zlib.compress(body, 9)) / 2


@pytest.mark.parametrize(
    "names",
    [
        {0: ""},
        {1: 'Ada "The Pen" Moreau'},
        {5: LETTER},
        {7: "Zoë, Ünal; <x>"},
        dict.fromkeys(range(40), ""),
        {n: "Reader" * n for n in range(40)},
    ],
)
def test_readers_need_not_be_alike(names: dict[int, str]) -> None:
    body = request(KEYS, names)
    assert unpack(pack(body, KEYS)) == body


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00", b"\x01", KEYS[0].encode() * 3, b"\xff\x00\x01" * 50])
def test_any_bytes_come_back(body: bytes) -> None:
    for keys in ([], KEYS[:1], KEYS):
        assert unpack(pack(body, keys)) == body


@given(
    st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=80)), max_size=8),
    st.text('{}":,ab\x00\x01', max_size=60),
)
@settings(deadline=None, max_examples=200)
def test_whatever_stands_between_keys_comes_back(parts: list[tuple[str, str]], glue: str) -> None:
    body = "".join(f'{glue}"{key}"{text}' for key, text in parts).encode()
    assert unpack(pack(body, [key for key, _ in parts])) == body


def test_a_request_of_the_first_version_is_still_read() -> None:
    assert unpack(zlib.compress(b"[1]", 1)) == b"[1]"


def test_what_fills_the_slots_comes_back_by_key() -> None:
    values = {key: {"unsubscribe_url": f"https://example.org/u/{key}", "reader_lift": "à midi"} for key in KEYS}
    assert unpack_readers(pack_readers(values)) == values
    assert unpack_readers(None) == {}
