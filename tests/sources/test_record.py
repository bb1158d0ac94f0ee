"""The JSON of a release."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from distribute.domain.release import Release
from distribute.sources.record import release_record
from distribute.sources.releases import read_release


def test_absent_parts_are_null_or_empty() -> None:
    record = release_record(Release(headline=None))
    assert record["release_line"] == {"kind": "none", "raw": None, "until": None}
    assert (record["dateline"], record["body"], record["quotes"], record["contacts"]) == (None, [], [], [])
    assert (record["boilerplate"], record["notes_to_editors"], record["end_mark"]) == (None, None, None)


def test_the_sample_is_json(tmp_path: Path) -> None:
    release = read_release(Path(__file__).with_name("belarus.txt"), datetime(2026, 11, 22, tzinfo=UTC))
    record = json.loads(json.dumps(release_record(release)))
    assert record["quotes"][0]["paragraphs"] == 3
    assert record["contacts"][0] == {
        "name": "Lucy Scholey",
        "role": "Media Relations",
        "organisation": "Amnesty International Canada (English branch)",
        "phones": ["+16137447667;ext=236"],
        "emails": [],
    }
    assert record["body"][0] == {"kind": "paragraph", "text": release.body[0].text}
