from __future__ import annotations

import hashlib

from distribute.domain.attachment import Attachment, read_attachment

PDF = Attachment(name="été.pdf", media_type="application/pdf", data=b"%PDF-1.4")
CHART = Attachment(name="chart.png", media_type="image/png", data=b"\x89PNG", cid="chart@example.org")


def test_a_record_stands_for_the_file_without_its_bytes() -> None:
    digest = hashlib.sha256(b"%PDF-1.4").hexdigest()
    assert PDF.record == ["été.pdf", "application/pdf", digest, 8, ""]
    assert "PDF-" not in repr(PDF)


def test_a_file_is_read_back_from_its_record_and_its_bytes() -> None:
    for file in (PDF, CHART):
        assert read_attachment(file.record, {file.sha256: file.base64}) == file


def test_only_a_file_with_a_cid_is_shown_in_the_text() -> None:
    assert (PDF.disposition, CHART.disposition) == ("attachment", "inline")
