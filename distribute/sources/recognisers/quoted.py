"""A stretch between quotation marks with the words around it, and what it looks like by itself."""

from __future__ import annotations

from dataclasses import dataclass

from distribute.domain.release import Block
from distribute.sources.recognisers.quotation_marks import Stretch
from distribute.sources.vocabulary import Vocabulary

_FEWEST_ALONE = 6
_FEWEST_OF_SENTENCE = 3
_FEWEST_OF_PART = 5
_SENTENCE_ENDS = (".", "!", "?", "…")
_SHORTEST_INFINITIVE = 5
_DASHES = ("—", "–")
_REACH = 2000
_MARKS = "”»\"’'“‘›"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in its block; ``before`` reaches back to the last quotation, ``after`` to the next mark."""

    index: int
    block: Block
    stretch: Stretch
    before: str
    after: str

    @property
    def text(self) -> str:
        return self.block.text[self.stretch.start : self.stretch.end]

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def lead(self) -> str:
        """What stands before it in its paragraph, other quotations included."""
        return self.block.text[max(0, self.stretch.outer[0] - _REACH) : self.stretch.outer[0]]

    @property
    def is_short(self) -> bool:
        """A word or three without a full stop, which behind a colon may as well be a name or a slogan."""
        return self.words < _FEWEST_OF_SENTENCE + 1 and self.text[-1:] not in {".", "!", "…"}

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip('”»" ')[-1:] in {".", "…"}

    @property
    def is_cut(self) -> bool:
        """Closed by the comma, or the dash, that leads to an attribution."""
        return self.is_dialogue or (self.text.endswith(",") and is_sentence(self.text))

    @property
    def is_dialogue(self) -> bool:
        """A dash opens it, so that a dash sets off who speaks as a comma does."""
        return self.block.text[self.stretch.outer[0] : self.stretch.start].lstrip()[:1] in _DASHES

    @property
    def is_alone(self) -> bool:
        """Long enough to be a quotation though nobody is named, and nothing follows it in its paragraph."""
        return self.words >= _FEWEST_ALONE and self.is_rest

    @property
    def is_rest(self) -> bool:
        return not self.stretch.is_closed or not self.after.strip(" .,;!?)")

    @property
    def is_independent(self) -> bool:
        """A whole sentence between whole sentences, which no title and no slogan is."""
        before, after = self.before.rstrip(), self.after.lstrip()
        if self.is_dialogue:
            return False
        is_ended = self.text.rstrip(_MARKS)[-1:] in _SENTENCE_ENDS or after[:1] == "."
        is_free = not before or before.rstrip(_MARKS)[-1:] in {*_SENTENCE_ENDS, ":"}
        rest = after.lstrip(". ")
        return is_sentence(self.text) and is_ended and is_free and not rest[:1].islower() and rest[:1] not in {",", ";"}

    @property
    def is_part(self) -> bool:
        """Words that go on with the sentence around them: ``pasa por “cerrar las plantas que sobran”``."""
        return self.text[:1].islower() and self.words >= _FEWEST_OF_PART

    def is_clause(self, words: Vocabulary) -> bool:
        """It says something, by its pronouns, its verbs or the infinitive it begins with: no name does."""
        tokens = self.text.casefold().replace("’", "'").split()
        ends = words.phrases("infinitive_endings")
        is_infinitive = len(tokens[0]) >= _SHORTEST_INFINITIVE and tokens[0].endswith(ends)
        said = {token.strip(",.;:") for token in tokens}
        return is_infinitive or not said.isdisjoint(words.phrases("clause_words"))

    @property
    def is_fragment(self) -> bool:
        """A few words inside a sentence of somebody else's: ``calls the plan “a step back”``."""
        is_announced = self.before.rstrip().endswith((":", ","))
        return self.words < _FEWEST_OF_PART and not is_announced and self.text[:1].islower()


def is_sentence(text: str) -> bool:
    return text.lstrip("¿¡")[:1].isupper() and len(text.split()) >= _FEWEST_OF_SENTENCE
