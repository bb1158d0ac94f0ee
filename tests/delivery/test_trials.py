"""What counts as tested: this very letter, by this provider, whatever its date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from distribute.delivery.ledger import Ledger
from distribute.delivery.schema import trial
from distribute.delivery.trials import letter_digest
from distribute.domain.plan import letter_record
from tests.channels.conftest import make_letter

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_a_letter_is_tested_once_that_provider_took_a_copy_of_it(ledger: Ledger) -> None:
    letter, edited = make_letter(), replace(make_letter(), subject="Another")
    records = [letter_record(letter), letter_record(edited)]
    assert ledger.trials.untested(records, "postmark") == records
    ledger.trials.note(letter_digest(records[0]), "postmark", at=AT, by="Ada")
    assert ledger.trials.untested(records, "postmark") == records[1:]
    assert ledger.trials.untested(records, "sendgrid") == records


def test_a_letter_is_the_same_on_another_day(ledger: Ledger) -> None:
    letter = make_letter()
    later = replace(letter, date="Tue, 24 Nov 2026 06:00:00 -0500")
    ledger.trials.note(letter_digest(letter_record(letter)), "postmark", at=AT, by="Ada")
    assert ledger.trials.untested([letter_record(later)], "postmark") == []


def test_what_was_noted_is_final(ledger: Ledger) -> None:
    ledger.trials.note("0" * 64, "postmark", at=AT, by="Ada")
    with pytest.raises(sa.exc.DatabaseError), ledger._db.writing() as db:
        db.execute(trial.update().values(provider="sendgrid"))
