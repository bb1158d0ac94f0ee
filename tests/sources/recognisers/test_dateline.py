"""Datelines as agencies and desks write them."""

from __future__ import annotations

import pytest

from distribute.sources.plain import read_plain
from distribute.sources.recognisers.dateline import FoundDateline, find_dateline
from distribute.sources.vocabulary import vocabulary


def find(language: str, text: str) -> FoundDateline | None:
    words = vocabulary(language)
    return find_dateline(list(read_plain(text, words).paragraphs()), words)


@pytest.mark.parametrize(
    ("language", "text", "place", "day"),
    [
        ("en", "OTTAWA, Ont. — Renters in five cities", "OTTAWA, Ont.", None),
        ("en", "LARKFIELD, Ont. (July 9, 2025) – Residents can", "LARKFIELD, Ont.", (2025, 7, 9)),
        ("en", "ARLINGTON, Va., Jan. 5, 2026 /PRNewswire/ -- The firm", "ARLINGTON, Va.", (2026, 1, 5)),
        ("en", "(DALLAS) - The office", "DALLAS", None),
        ("en", "Addis Ababa— The ministry", "Addis Ababa", None),
        ("en", "Port-au-Prince, Haiti – 27 October 2025 – As the storm", "Port-au-Prince, Haiti", (2025, 10, 27)),
        ("en", "GENEVA/NEW YORK, 27 January 2026 – The price", "GENEVA/NEW YORK", (2026, 1, 27)),
        ("en", "MINNEAPOLIS:  As a show", "MINNEAPOLIS", None),
        ("en", "12 May 2025, Paris – The city", "Paris", (2025, 5, 12)),
        ("en", "Brussels, 5 May – The council", "Brussels", (None, 5, 5)),
        ("fr", "Québec, le 12 mai 2025 - La ville", "Québec", (2025, 5, 12)),
        ("fr", "Paris, le 7 janvier 2026 : Le gouvernement", "Paris", (2026, 1, 7)),
        ("fr", "Paris, le mardi 7 janvier 2026", "Paris", (2026, 1, 7)),
        ("de", "Berlin, 12. Mai 2025. Die Regierung", "Berlin", (2025, 5, 12)),
        ("de", "Wien (OTS) - Die Regierung", "Wien", None),
        ("es", "Madrid, 22 de abril de 2026.- La organización", "Madrid", (2026, 4, 22)),
        ("nl", "Den Haag, 3 maart 2024 - De raad", "Den Haag", (2024, 3, 3)),
        ("pt", "Lisboa, 5 de maio de 2025 – A associação", "Lisboa", (2025, 5, 5)),
        ("pt", "São Paulo, 22/11/2026", "São Paulo", (2026, 11, 22)),
        ("pt", "Belo Horizonte, novembro de 2026 - A empresa", "Belo Horizonte", None),
        ("es", "Bogotá D.C., 23 de noviembre de 2026", "Bogotá D.C.", (2026, 11, 23)),
        ("de", "(Köln, 27.11.2026) Die Zahl der Kinder", "Köln", (2026, 11, 27)),
        ("de", "Koblenz | Vor dem Gericht beginnt am Mittwoch", "Koblenz", None),
        ("de", "Tessin (Landkreis Rostock) (ots)", "Tessin (Landkreis Rostock)", None),
        ("en", "AMSTERDAM and PARIS, March 19, 2024 /24-7Wire/ -- Today", "AMSTERDAM and PARIS", (2024, 3, 19)),
        ("en", "CALDER CITY, Ore. - Deputies are asking", "CALDER CITY, Ore.", None),
        ("nl", "Gemeente Oosterwolde aan Zee, 24 november 2026", "Oosterwolde aan Zee", (2026, 11, 24)),
        (
            "en",
            "LONG ISLAND, NY (USA) - Boats and more, a firm with a website, now rates.",
            "LONG ISLAND, NY (USA)",
            None,
        ),
        ("en", "[Minneapolis, Minnesota] Today marks a milestone for us.", "Minneapolis, Minnesota", None),
        ("en", "AUSTIN, Texas--(BUSINESS WIRE)--Corvane Inc. (NYSE: CRVN), a maker", "AUSTIN, Texas", None),
        ("es", "Madrid, 3 de mayo de 2026 El Gobierno ha aprobado el plan.", "Madrid", (2026, 5, 3)),
        ("fr", "QUÉBEC, le 6 fevr. 2026 /CNW Telbec/ - Le directeur", "QUÉBEC", (2026, 2, 6)),
        ("de", "NÜRNBERG. (773) Im Zeitraum von Freitag bis Samstag entwendeten Diebe ein Rad.", "NÜRNBERG", None),
        ("de", "Oberhausen– Am Sonntag (23.08.2026) kam es zu einem Streit.", "Oberhausen", None),
        ("de", "Haltern (lwl). Der Bauminister hat die Schau besucht.", "Haltern", None),
        ("de", "Wien(PWB) Der Präsident der Kammer hat gerufen.", "Wien", None),
        ("de", "Wien, 2. Oktober 2026 (PBÖ) Die Betten stehen leer.", "Wien", (2026, 10, 2)),
        ("de", "Wien, 24. 04. 2026 – Die Betten stehen leer.", "Wien", (2026, 4, 24)),
        ("de", "Wien (PBÖ). Die Betten stehen leer, sagt der Bund.", "Wien", None),
        ("en", "OTTAWA--(Marketwired - May 1, 2026) - Child care", "OTTAWA", (2026, 5, 1)),
        ("en", "TORONTO, Ont.--(Wireplace - May 1, 2026) - Child care", "TORONTO, Ont.", (2026, 5, 1)),
        ("en", "February 19, 2026 – Whitehorse, Yukon – Wildfire Resilience", "Whitehorse, Yukon", (2026, 2, 19)),
        ("en", "Ottawa - 2026-07-05", "Ottawa", (2026, 7, 5)),
        ("en", "JUNE 14, 2026 — The U.S. office will offer", None, (2026, 6, 14)),
        ("en", "COLORADO SPRINGS, Co. (November 17, 2026)", "COLORADO SPRINGS, Co.", (2026, 11, 17)),
        ("es", "Puerto Limonar, Costa Serena, a 17 de marzo de 2026", "Puerto Limonar, Costa Serena", (2026, 3, 17)),
        ("en", "Johannesburg, South Africa – Thousands will march", "Johannesburg, South Africa", None),
        ("nl", "15 juni 2026 -", None, (2026, 6, 15)),
        ("pl", "Warszawa, 12 marca 2026 r. – Ministerstwo uruchomi", "Warszawa", (2026, 3, 12)),
        ("pl", "Łódź, dnia 20.11.2026 r.", "Łódź", (2026, 11, 20)),
        ("pl", "Gdynia, 18 listopada 2026 (PAP) – Stocznia", "Gdynia", (2026, 11, 18)),
        ("en", "REGINA, Sask. — Farmers in the south", "REGINA, Sask.", None),
        ("en", "Moose Jaw, Sask.: The council", "Moose Jaw, Sask.", None),
        ("en", "Summerside, P.E.I., 4 March 2026 – The harbour", "Summerside, P.E.I.", (2026, 3, 4)),
        ("en", "Dubbo, NSW, 4 March 2026 – The zoo", "Dubbo, NSW", (2026, 3, 4)),
        ("fr", "Rimouski (Qc), le 4 mars 2026 – La ville", "Rimouski (Qc)", (2026, 3, 4)),
        ("de", "Freising (Bayern), 4. März 2026 – Die Stadt", "Freising (Bayern)", (2026, 3, 4)),
        ("pt", "Campinas (SP), 4 de março de 2026 – A prefeitura", "Campinas (SP)", (2026, 3, 4)),
        ("pt", "Campinas/SP, 4 de março de 2026 – A prefeitura", "Campinas/SP", (2026, 3, 4)),
    ],
)
def test_place_and_date_are_told(
    language: str, text: str, place: str | None, day: tuple[int | None, int, int] | None
) -> None:
    found = find(language, text)
    assert found is not None
    assert found.place == place
    assert (found.date and (found.date.year, found.date.month, found.date.day)) == day
    assert text.startswith(found.raw)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Belarus: Police must be held accountable for violence"),
        ("en", "Amnesty International – The rights of all"),
        ("en", "On 31 August, Belarusians – who had waited – marched"),
        ("en", "January 2025: The year began"),
        ("en", "Beryl Lind — Former Head of the council's office for schools"),
        ("es", "Mónica Orellana – Ing. Electrónica."),
        ("es", "FSFE: La negligencia de la empresa"),
        ("fr", "Le 16 Septembre, l'une de nos organisations – La ligue"),
    ],
)
def test_other_openings_are_no_dateline(language: str, text: str) -> None:
    assert find(language, text) is None
