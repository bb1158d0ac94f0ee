"""Where a paragraph may be divided into sentences without doubt; where there is doubt it stays whole."""

from __future__ import annotations

import re

from distribute.rendering.quotation import BRACKETS, QUOTES, enclosed

_STOP = re.compile(r"(?<=[.!?])\s+(?=\W*([^\W_]))")
_WORD = re.compile(r"\S+$")
_ABBREVIATIONS = frozenset(
    word
    for line in (
        # forms of address
        "dr mr mrs ms prof st ste sr sra srta dra jr hon rev gen col lt maj capt cpt cmdr sgt sen rep gov pres amb",
        "fr mm mme mlle mgr ing dipl dhr mevr mw drs ds exmo exma ud uds",
        # months
        "jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc ene abr ago dic mär okt dez mrt mei",
        # references and measures
        "no nos nr núm nº art arts sec para paras pp pág vol ch fig cf ibid vs approx ca env etc incl est dept",
        "abs bzw usw evtl ggf vgl zzgl inkl tel al bl blz",
        # firms and places
        "inc ltd co corp bros llc plc cia cie mt ft ave blvd rd univ",
    )
    for word in line.split()
)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, in order; joined by a space they are the paragraph, its line breaks spaces.

    Never divides inside quotation marks or brackets, after a closing mark (its attribution may
    follow), after an abbreviation, an initial or a short number, or before a small letter.
    """
    text = re.sub(r"[ \t\r\n]+", " ", text).strip()
    runs = enclosed(text, QUOTES | BRACKETS)
    sentences, start = [], 0
    for stop in _STOP.finditer(text) if runs is not None else ():
        is_inside = any(first <= stop.start() < last for first, last in runs or ())
        if not is_inside and stop[1].isupper() and ends_sentence(text[start : stop.start()]):
            sentences.append(text[start : stop.start()])
            start = stop.end()
    return (*sentences, text[start:]) if text else ()


def ends_sentence(sentence: str) -> bool:
    """Whether the mark at the end of ``sentence`` closes it, and not an abbreviation, an initial or a number."""
    if sentence.endswith(("!", "?")):
        return True
    match = _WORD.search(sentence)
    word = match[0].removesuffix(".").lstrip("([{“„«‘\"'").casefold() if match else ""
    is_short_number = word.isdigit() and len(word) <= 2
    return len(word) > 1 and "." not in word and word not in _ABBREVIATIONS and not is_short_number
