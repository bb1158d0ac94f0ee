"""The language of a text."""

from __future__ import annotations

import pytest

from distribute.sources.language import guess_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry said that the dam was safe and that the warnings were read."),
        ("fr", "Le ministère a déclaré que le barrage est sûr et que les avertissements ont été lus."),
        ("de", "Das Ministerium erklärte, dass der Damm sicher ist und die Warnungen gelesen wurden."),
        ("es", "El ministerio dijo que la presa es segura y que los avisos se han leído con atención."),
        ("nl", "Het ministerie zegt dat de dam veilig is en dat de waarschuwingen zijn gelezen."),
        ("pl", "Ministerstwo poinformowało, że zapora jest bezpieczna i że nie ma powodów do obaw."),
        ("pt", "O ministério disse que a barragem é segura e que os avisos não foram lidos em 2014."),
    ],
)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Xyz", "12 34", "Минск"])
def test_what_tells_nothing_is_left_open(text: str) -> None:
    assert guess_language(text) is None
