"""What the fake services answer when they are asked what they took: late, in pages, and only to a proper question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Row = dict[str, Any]

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class BadQuestion(Exception):
    """The service cannot make sense of what it is asked."""


@dataclass
class Memory:
    """Messages taken. Those taken while it ``is_behind`` are found only after ``catch_up``."""

    rows: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    is_behind: bool = False
    now: datetime = NOON
    questions: list[str] = field(default_factory=list)
    events: dict[str, Any] = field(default_factory=dict)
    """What became of a message, by the service's name for it."""

    def keep(self, row: Row) -> None:
        (self.waiting if self.is_behind else self.rows).append(row)

    def catch_up(self) -> None:
        self.rows += self.waiting
        self.waiting.clear()


class PostmarkMemory(Memory):
    """GET /messages/outbound, and the details of one message, which alone tell its events."""

    FIELDS = frozenset({"recipient", "fromemail", "tag", "status", "todate", "fromdate", "subject", "messagestream"})

    def answer(self, path: str) -> Row:
        self.questions.append(path)
        query = {name: values[-1] for name, values in parse_qs(urlsplit(path).query, strict_parsing=True).items()}
        count, offset = self._number(query, "count"), self._number(query, "offset")
        if not 1 <= count <= 500 or count + offset > 10_000:
            raise BadQuestion("A page is at most 500 messages long and ends at 10,000.")
        by_metadata = [name for name in query if name.startswith("metadata_")]
        if len(by_metadata) > 1 or set(query) - {"count", "offset", *by_metadata} - self.FIELDS:
            raise BadQuestion("One metadata field, and no filter that is not documented.")
        found = [row for row in reversed(self.rows) if self._fits(row, query)]
        return {"TotalCount": len(found), "Messages": found[offset : offset + count]}

    def detail(self, path: str) -> Row:
        self.questions.append(path)
        name = unquote(path.split("/")[3])
        row = next((row for row in self.rows if row["MessageID"] == name), None)
        if row is None:
            raise BadQuestion("This message was not found.")
        return {**row, "MessageEvents": self.events.get(name, [])}

    @staticmethod
    def _number(query: dict[str, str], name: str) -> int:
        if not query.get(name, "").isdigit():
            raise BadQuestion(f"“{name}” is required and a number.")
        return int(query[name])

    @staticmethod
    def _fits(row: Row, query: dict[str, str]) -> bool:
        """Of the filters, those the tests use: a stream (the transactional one unless named) and metadata."""
        named = {name.partition("_")[2]: value for name, value in query.items() if name.startswith("metadata_")}
        is_there = row["MessageStream"] == query.get("messagestream", "outbound")
        return bool(is_there and named.items() <= row["Metadata"].items())


TEXT = r"""(?:"[^"\\]*"|'[^'\\]*')"""
CONDITION = re.compile(
    rf"(?P<exact>to_email|subject|reason|sg_message_id) ?= ?(?P<text>{TEXT})"
    rf"|(?P<listed>status|categories) IN \((?P<texts>{TEXT}(?:, ?{TEXT})*)\)"
    r'|sg_message_id_created_at (?P<order>[<>]=?) TIMESTAMP "(?P<instant>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"'
)


class SendGridMemory(Memory):
    """POST /v3/logs and GET /v3/logs/{sg_message_id}; the list leaves out what identifies a message as ours."""

    LISTED = ("from_email", "sg_message_id", "subject", "to_email", "reason", "status", "sg_message_id_created_at")

    def listing(self, question: Any) -> Row:
        query, limit = question.get("query"), question.get("limit", 10)
        self.questions.append(str(query))
        if set(question) - {"query", "limit", "subusers"} or not isinstance(query, str):
            raise BadQuestion("query: invalid")
        if not isinstance(limit, int) or not 1 <= limit <= 1000:
            raise BadQuestion("limit: must be between 1 and 1000")
        conditions = self._read(query)
        found = [row for row in reversed(self.rows) if all(self._fits(row, each) for each in conditions)]
        return {"messages": [{name: row[name] for name in self.LISTED} for row in found[:limit]]}

    def detail(self, name: str) -> Row | None:
        self.questions.append(name)
        row = next((row for row in self.rows if row["sg_message_id"] == unquote(name)), None)
        hidden = {"categories", "sg_message_id_created_at", "reason"}
        return row and {key: value for key, value in row.items() if key not in hidden} | {
            "events": self.events.get(row["sg_message_id"], [])
        }

    @staticmethod
    def _read(query: str) -> list[re.Match[str]]:
        """Conditions joined by AND, as the grammar has them; nothing else, and no nesting."""
        conditions, position = [], 0
        while match := CONDITION.match(query, position):
            conditions.append(match)
            position = match.end()
            if query[position : position + 5] != " AND ":
                break
            position += 5
        if not conditions or position != len(query):
            raise BadQuestion(f"query: cannot be parsed at character {position}")
        return conditions

    @staticmethod
    def _fits(row: Row, condition: re.Match[str]) -> bool:
        if condition["exact"]:
            return bool(row[condition["exact"]] == condition["text"][1:-1])
        if condition["listed"]:
            wanted = {text[1:-1] for text in re.findall(TEXT, condition["texts"])}
            held = row[condition["listed"]]
            return bool(wanted & set(held if isinstance(held, list) else [held]))
        created, instant = row["sg_message_id_created_at"], condition["instant"]
        return bool(
            {">": created > instant, ">=": created >= instant, "<": created < instant, "<=": created <= instant}[
                condition["order"]
            ]
        )


def postmark_row(entry: Row, message_id: str, now: datetime) -> Row:
    """A message of a batch as Postmark's search shows it."""
    address = re.sub(r".*<|>.*", "", entry["To"])
    return {
        "Tag": entry.get("Tag", ""),
        "MessageID": message_id,
        "To": [{"Email": address, "Name": None}],
        "Cc": [],
        "Bcc": [],
        "Recipients": [address],
        "ReceivedAt": now.isoformat(),
        "From": entry["From"],
        "Subject": entry["Subject"],
        "Attachments": [],
        "Status": "Sent",
        "TrackOpens": False,
        "TrackLinks": "None",
        "Metadata": entry["Metadata"],
        "MessageStream": entry["MessageStream"],
        "Sandboxed": False,
    }


def sendgrid_row(mail: Row, person: Row, message_id: str, now: datetime) -> Row:
    """One personalization of a request as SendGrid's log knows it."""
    return {
        "from_email": mail["from"]["email"],
        "sg_message_id": message_id,
        "subject": mail["subject"],
        "to_email": person["to"][0]["email"],
        "reason": "",
        "status": "processed",
        "sg_message_id_created_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "categories": mail.get("categories", []),
        "custom_args": person["custom_args"],
        "api_key_id": "key",
        "client_ip": "127.0.0.1",
    }
