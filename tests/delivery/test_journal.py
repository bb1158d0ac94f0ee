"""The journal: a line for each decision, bound to the one before, and nobody can change it unnoticed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from distribute.delivery import schema
from distribute.delivery.desk import Desk
from distribute.delivery.journal import GENESIS, PROGRAM, Deed, _as_text, _seal, write
from distribute.delivery.ledger import Ledger
from distribute.delivery.steps import write_decisions
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.errors import PlanError
from distribute.scheduling.due import start_due
from tests.delivery.builders import NOON

GRACE = timedelta(minutes=15)


@pytest.fixture
def decided(ledger: Ledger, plan: Plan) -> Plan:
    """Planned, confirmed, held by the program, resumed, cancelled: five decisions."""
    ledger.plans.begin(plan.id, NOON, "Ada")
    ledger.plans.hold(plan.id, "refused for reader1@example.com by the provider", NOON)
    ledger.plans.resume(plan.id, NOON, GRACE, "Ben")
    ledger.plans.cancel(plan.id, NOON, "Ada")
    return plan


def tamper(ledger: Ledger, *statements: str) -> None:
    """What somebody with the file in their hands can do."""
    with ledger._db.writing() as db:
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER ALL")
        else:
            db.exec_driver_sql("DROP TRIGGER IF EXISTS journal_update")
            db.exec_driver_sql("DROP TRIGGER IF EXISTS journal_delete")
        for statement in statements:
            db.exec_driver_sql(statement)


def test_every_decision_is_a_line_with_who_and_when(ledger: Ledger, decided: Plan) -> None:
    lines = ledger.journal.lines(decided.id)
    assert [(line["deed"], line["by"]) for line in lines] == [
        *(("planned", PROGRAM), ("confirmed", "Ada"), ("held", PROGRAM), ("resumed", "Ben"), ("cancelled", "Ada")),
    ]
    assert {line["at"] for line in lines} == {NOON}
    assert lines[0]["detail"] == {"hash": decided.hash(), "deliveries": 7}
    assert lines[1]["detail"] == {"was": "planned", "deliveries": 7}


def test_the_journal_names_no_recipient(ledger: Ledger, decided: Plan) -> None:
    with ledger._db.reading() as db:
        kept = repr(db.execute(sa.select(schema.journal)).all())
    assert "reader" not in kept
    assert "refused for (address) by the provider" in kept


def test_a_deed_that_is_refused_has_no_line(ledger: Ledger, decided: Plan) -> None:
    before = ledger.journal.head()
    with pytest.raises(PlanError):
        ledger.plans.begin(decided.id, NOON)
    with pytest.raises(PlanError):
        ledger.plans.resume(decided.id, NOON, GRACE)
    with pytest.raises(PlanError):
        ledger.plans.cancel(decided.id, NOON)
    ledger.plans.hold(decided.id, "there is nothing to hold", NOON)
    assert ledger.journal.head() == before


def test_a_line_that_cannot_be_written_undoes_its_deed(
    ledger: Ledger, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distribute.delivery.plans as module  # noqa: PLC0415

    def full(*_args: object, **_detail: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(module, "write", full)
    with pytest.raises(OSError, match="no space"):
        ledger.plans.begin(plan.id, NOON)
    assert ledger.plans.find(plan.id)["state"] == PlanState.PLANNED


def test_what_the_program_decides_is_there_as_well(ledger: Ledger, plan: Plan, desk: Desk) -> None:
    ledger.plans.begin(plan.id, NOON - timedelta(hours=1), "Ada")
    start_due(ledger, NOON + timedelta(hours=1), GRACE)
    line = ledger.journal.lines(plan.id)[-1]
    assert (line["deed"], line["by"], line["at"]) == ("held", PROGRAM, NOON + timedelta(hours=1))
    assert line["detail"]["because"].startswith("late: ")


def test_a_journal_as_it_was_written_holds(ledger: Ledger, decided: Plan) -> None:
    assert ledger.journal.verify() == ""
    number, head = ledger.journal.head()
    assert number == 5
    assert head == ledger.journal.lines(decided.id)[-1]["hash"]


def test_an_empty_journal_holds(ledger: Ledger) -> None:
    assert ledger.journal.verify() == ""
    assert ledger.journal.head() == (0, GENESIS)


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'Cleo'", "DELETE FROM journal"])
def test_a_line_cannot_be_changed_or_removed(ledger: Ledger, decided: Plan, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="only ever added to"), ledger._db.writing() as db:
        db.exec_driver_sql(statement)
    assert ledger.journal.verify() == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE journal SET actor = 'Cleo' WHERE seq = 2", "from line 2 on (confirmed by Cleo"),
        ("UPDATE journal SET detail = '{' WHERE seq = 3", "from line 3 on"),
        ("UPDATE journal SET at = 'yesterday' WHERE seq = 4", "from line 4 on"),
        ("UPDATE journal SET deed = 'approved' WHERE seq = 1", "from line 1 on"),
        ("UPDATE journal SET plan = 'other' WHERE seq = 5", "from line 5 on"),
        ("UPDATE journal SET hash = prev_hash WHERE seq = 5", "from line 5 on"),
        ("DELETE FROM journal WHERE seq = 3", "line 3 is missing"),
        ("UPDATE journal SET seq = 9 WHERE seq = 5", "line 5 is missing"),
    ],
)
def test_the_first_line_that_does_not_hold_is_named(ledger: Ledger, decided: Plan, statement: str, said: str) -> None:
    tamper(ledger, statement)
    assert said in ledger.journal.verify()


def test_a_line_sealed_anew_no_longer_fits_the_next(ledger: Ledger, decided: Plan) -> None:
    with ledger._db.reading() as db:
        second = db.execute(_as_text().where(schema.journal.c.seq == 2)).mappings().one()
    forged = _seal({**second, "actor": "Cleo"})
    tamper(ledger, "UPDATE journal SET actor = 'Cleo' WHERE seq = 2")
    with ledger._db.writing() as db:
        db.execute(schema.journal.update().where(schema.journal.c.seq == 2).values(hash=forged))
    assert "from line 3 on (held by the program" in ledger.journal.verify()


def test_each_seal_is_over_the_line_before(ledger: Ledger, plan: Plan) -> None:
    with ledger._db.writing() as db:
        for _ in range(2):
            write(db, Deed.RESOLVED, plan.id, at=NOON, by="Ada")
    first, second = ledger.journal.lines(plan.id)[1:]
    assert first["hash"] != second["hash"]


def test_an_older_ledger_gets_a_journal_that_cannot_be_changed(ledger: Ledger, plan: Plan) -> None:
    """Version 1 had neither the journal nor approvals nor authors."""
    with ledger._db.writing() as db:
        schema.journal.drop(db)
        schema.approval.drop(db)
        for name in ("author", "armed", "leaves_at"):
            db.exec_driver_sql(f"ALTER TABLE plan DROP COLUMN {name}")
        write_decisions(db)
    assert ledger.plans.find(plan.id)["author"] == ""
    ledger.plans.begin(plan.id, NOON, "Ada")
    assert [line["by"] for line in ledger.journal.lines(plan.id)] == ["Ada"]
    with pytest.raises(sa.exc.IntegrityError), ledger._db.writing() as db:
        db.exec_driver_sql("DELETE FROM journal")
