"""Who speaks where no verb beside the marks says so: whom the sentences before them are about."""

from __future__ import annotations

from distribute.domain.release import Block, BlockKind
from distribute.sources.recognisers.attribution import opens_according, reported_at_end, reported_by
from distribute.sources.recognisers.cast import Cast
from distribute.sources.recognisers.quoted import Quoted
from distribute.sources.recognisers.speakers import Speaker, subject_of
from distribute.sources.sentences import split_sentences
from distribute.sources.vocabulary import Vocabulary

_REACH = 1500
_SHORT_LEAD = 6
_FEWEST_OF_NOBODY = 6


class Surroundings:
    """Asks the text of a paragraph up to a stretch for a person."""

    def __init__(self, cast: Cast, words: Vocabulary) -> None:
        self.cast, self.words = cast, words

    def speaker_of(self, quoted: Quoted, *, has_spoken: bool) -> Speaker | None:
        """The person whose words these are; None where they are nobody's.

        ``has_spoken`` says that somebody is quoted earlier in this paragraph, who goes on where no other is named.
        """
        sentences = split_sentences(quoted.before[-_REACH:].strip(), self.words)
        if quoted.is_part:
            return self._of_part(sentences[-1], has_spoken=has_spoken) if quoted.is_clause(self.words) else None
        if quoted.is_short:
            return None
        if not quoted.is_independent:
            return self._of_rest(sentences[-1], quoted)
        found = self._nearest(sentences) or self.cast.only_person(quoted.before[-_REACH:])
        if found or quoted.before.rstrip().endswith(":"):
            return found
        if has_spoken:
            return Speaker(is_pronoun=True)
        return Speaker() if quoted.words >= _FEWEST_OF_NOBODY else None

    def speaker_above(self, block: Block) -> Speaker | None:
        """Who speaks through a paragraph in marks: the one whom the paragraph above it reports on."""
        if block.kind is not BlockKind.PARAGRAPH:
            return None
        return self._nearest(split_sentences(block.text[-_REACH:].strip(), self.words))

    def _of_part(self, sentence: str, *, has_spoken: bool) -> Speaker | None:
        """``Olabarri considera que pasa por “…”``, and ``A su juicio, “…”`` behind what the same person said."""
        if speaker := self._reporter(sentence) or self._according(sentence):
            return speaker
        is_lead = sentence.endswith(",") and len(sentence.split()) < _SHORT_LEAD
        return Speaker(is_pronoun=True) if is_lead and has_spoken else None

    def _of_rest(self, sentence: str, quoted: Quoted) -> Speaker | None:
        """What ends its paragraph behind a sentence about somebody: ``Ana Ruiz agrees, “It is time.”``"""
        is_led = quoted.before.rstrip()[-1:] in {".", ":", ","} and quoted.text[:1].isupper()
        if not is_led or quoted.words < _FEWEST_OF_NOBODY - 2 or quoted.after.strip(" ."):
            return None
        return self._subject(sentence)

    def _nearest(self, sentences: list[str]) -> Speaker | None:
        for sentence in reversed(sentences):
            at_end = reported_at_end(sentence, self.words)
            if speaker := self._known(at_end) or self._subject(sentence) or self._reporter(sentence):
                return speaker
        return None

    def _reporter(self, sentence: str) -> Speaker | None:
        return self._known(reported_by(sentence, self.words))

    def _known(self, speaker: Speaker | None) -> Speaker | None:
        is_known = speaker is not None and (speaker.is_pronoun or bool(speaker.name and self.cast.knows(speaker.name)))
        return speaker if is_known else None

    def _according(self, sentence: str) -> Speaker | None:
        """``Para o infectologista Caio Abranches, do Hospital das Gerais, o teste “…”``."""
        return self._subject(sentence) if opens_according(sentence, self.words) else None

    def _subject(self, sentence: str) -> Speaker | None:
        speaker = subject_of(sentence, self.words)
        return speaker if speaker and speaker.name and self.cast.knows(speaker.name) else None
