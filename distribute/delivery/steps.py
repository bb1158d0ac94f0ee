"""The steps that bring an older ledger to today's tables, each spelt out by itself and for both databases.

Today's tables are not those a step was written for.
"""

from __future__ import annotations

import sqlalchemy as sa

from distribute.delivery.append_only import forbid_changes


def keep_requests_apart(db: sa.Connection) -> None:
    """Bytes and keys of a batch into a table of their own; who works on it and when to ask about it."""
    db.exec_driver_sql(
        "CREATE TABLE request (batch INTEGER NOT NULL PRIMARY KEY REFERENCES batch (id), keys JSON NOT NULL, "
        f"body {'BYTEA' if db.dialect.name == 'postgresql' else 'BLOB'} NOT NULL)"
    )
    db.exec_driver_sql("INSERT INTO request (batch, keys, body) SELECT id, keys, body FROM batch")
    db.exec_driver_sql("ALTER TABLE batch DROP COLUMN body")
    db.exec_driver_sql("ALTER TABLE batch DROP COLUMN keys")
    db.exec_driver_sql("ALTER TABLE batch ADD COLUMN owner INTEGER")
    db.exec_driver_sql("ALTER TABLE batch ADD COLUMN ask_at VARCHAR(27)")
    db.exec_driver_sql("ALTER TABLE batch ADD COLUMN asked INTEGER NOT NULL DEFAULT 0")


def number_workers(db: sa.Connection) -> None:
    """Each worker gets a number that no other ever had."""
    sa.Table(
        "worker",
        sa.MetaData(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("process", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    ).create(db)


def remember_the_zone_data(db: sa.Connection) -> None:
    """By which edition of the zone database a plan's instants were found, and what its clocks showed then."""
    db.exec_driver_sql("ALTER TABLE plan ADD COLUMN tzdata VARCHAR")
    db.exec_driver_sql("ALTER TABLE plan_channel ADD COLUMN local VARCHAR")


def write_decisions(db: sa.Connection) -> None:
    """Who decided what: the journal, approvals, a plan's author, whether and until when it waits for a person."""
    db.exec_driver_sql(
        "CREATE TABLE journal (seq INTEGER NOT NULL PRIMARY KEY, at VARCHAR(27) NOT NULL, actor VARCHAR NOT NULL, "
        "deed VARCHAR NOT NULL, plan VARCHAR NOT NULL, detail VARCHAR NOT NULL, "
        "prev_hash VARCHAR(64) NOT NULL, hash VARCHAR(64) NOT NULL)"
    )
    db.exec_driver_sql("CREATE INDEX journal_by_plan ON journal (plan)")
    forbid_changes(db, "journal")
    db.exec_driver_sql(
        "CREATE TABLE approval (plan VARCHAR NOT NULL PRIMARY KEY REFERENCES plan (id), name VARCHAR NOT NULL, "
        "at VARCHAR(27) NOT NULL, channels JSON NOT NULL, signature VARCHAR NOT NULL)"
    )
    db.exec_driver_sql("ALTER TABLE plan ADD COLUMN author VARCHAR DEFAULT '' NOT NULL")
    db.exec_driver_sql("ALTER TABLE plan ADD COLUMN armed BOOLEAN DEFAULT false NOT NULL")
    db.exec_driver_sql("ALTER TABLE plan ADD COLUMN leaves_at VARCHAR(27)")


def count_keys(db: sa.Connection) -> None:
    """How many keys each channel of a plan was planned with, so that none can go missing unseen."""
    db.exec_driver_sql("ALTER TABLE plan_channel ADD COLUMN keys INTEGER")


def slim_deliveries(db: sa.Connection) -> None:
    """A delivery's row in half its size."""
    from distribute.delivery import slimming  # noqa: PLC0415  a ledger of today needs none of its tables

    slimming.slim_deliveries(db)


def let_some_wait(db: sa.Connection) -> None:
    """How many seconds after its channel starts a batch may leave: those of a canary first, the rest later."""
    db.exec_driver_sql('ALTER TABLE batch ADD COLUMN "after" INTEGER DEFAULT 0 NOT NULL')
    db.exec_driver_sql('CREATE INDEX batch_canary ON batch (plan, "after")')


def keep_events(db: sa.Connection) -> None:
    """What providers report later of what they took: each event once, none ever changed."""
    number = "SERIAL" if db.dialect.name == "postgresql" else "INTEGER"
    db.exec_driver_sql(
        f"CREATE TABLE event (id {number} NOT NULL PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES delivery (id), "
        "provider VARCHAR NOT NULL, event_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, at VARCHAR(27) NOT NULL, "
        "permanent BOOLEAN NOT NULL, detail VARCHAR NOT NULL)"
    )
    db.exec_driver_sql("CREATE UNIQUE INDEX one_event ON event (provider, event_id)")
    db.exec_driver_sql("CREATE INDEX event_by_delivery ON event (delivery)")
    forbid_changes(db, "event")


def keep_trials(db: sa.Connection) -> None:
    """Of which letters a test copy was sent, through whom, when and by whom."""
    number = "SERIAL" if db.dialect.name == "postgresql" else "INTEGER"
    db.exec_driver_sql(
        f"CREATE TABLE trial (id {number} NOT NULL PRIMARY KEY, letter VARCHAR(64) NOT NULL, "
        'provider VARCHAR NOT NULL, at VARCHAR(27) NOT NULL, "by" VARCHAR NOT NULL)'
    )
    forbid_changes(db, "trial")
