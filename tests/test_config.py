"""Settings: what wins, what is refused, what is never shown; and the example file names every one."""

from __future__ import annotations

import dataclasses
import getpass
import json
import logging
import re
from datetime import timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels import PROVIDERS
from distribute.config import BaseUrl, Secret, Settings, acting_name, load, read_environment, read_settings, variable
from distribute.errors import ConfigError

ROOT = Path(__file__).resolve().parents[1]
HIDDEN = "hunter2-7731"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Example:
    """one of each kind."""

    token: Secret
    api_url: BaseUrl
    name: str = "nobody"
    size: int = 10
    pause: timedelta = timedelta(seconds=5)
    other_token: Secret | None = None
    other_url: BaseUrl | None = None
    labels: list[str] = dataclasses.field(default_factory=list)


NEEDED = {"EXAMPLE_TOKEN": HIDDEN, "EXAMPLE_API_URL": "https://api.example.org"}


def fill(**more: str) -> Example:
    return load(Example, NEEDED | more, "example")


def problems(environ: dict[str, str], cls: type[Any] = Example, prefix: str = "example") -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refusal:
        load(cls, environ, prefix)
    return refusal.value.problems


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process in which none of our variables is set."""
    for name in known_variables():
        monkeypatch.delenv(name, raising=False)


def known_variables() -> list[str]:
    general = [variable(field.name) for field in dataclasses.fields(Settings)]
    own = [
        variable(field.name, prefix=provider.name)
        for provider in PROVIDERS.values()
        for field in dataclasses.fields(provider.Settings)
    ]
    return general + own


# ---- who is asked for the time


@pytest.mark.parametrize(
    "raw",
    [
        *("https://press.example.org", "https://press.example.org/", "http://127.0.0.1:8099/clock"),
        *("ntp://ntp.example.org", "ntp://ntp.example.org:1123", "ntp://192.0.2.1", "ntp://[2001:db8::1]:123"),
    ],
)
def test_the_time_is_asked_of_a_web_or_an_ntp_server(raw: str) -> None:
    assert read_settings({"CLOCK_CHECK": raw}).clock_check == raw


@pytest.mark.parametrize(
    "raw",
    [
        *("ntp.example.org", "http://press.example.org", "https://", "https://me@example.org", "ftp://example.org"),
        *("ntp://", "ntp://a b", "ntp://ntp.example.org:0", "ntp://ntp.example.org:99999", "ntp://ntp.example.org/x"),
    ],
)
def test_any_other_address_of_a_clock_is_refused(raw: str) -> None:
    with pytest.raises(ConfigError, match="CLOCK_CHECK: must be an https:// address or ntp://"):
        read_settings({"CLOCK_CHECK": raw})


def test_without_a_word_nobody_is_asked_for_the_time() -> None:
    assert read_settings({}).clock_check is None


# ---- filling a settings class


def test_a_field_is_the_prefix_and_its_name_in_capitals() -> None:
    assert variable("from_email") == "FROM_EMAIL"
    assert variable("api_url", "mastodon") == "MASTODON_API_URL"


def test_every_kind_is_read() -> None:
    more = {"EXAMPLE_NAME": " Ana ", "EXAMPLE_SIZE": "7", "EXAMPLE_PAUSE": "2m", "EXAMPLE_OTHER_TOKEN": "x"}
    filled = fill(**more, EXAMPLE_OTHER_URL="https://other.example.org/")
    assert filled == Example(
        token=Secret(HIDDEN),
        api_url=BaseUrl("https://api.example.org"),
        name="Ana",
        size=7,
        pause=timedelta(minutes=2),
        other_token=Secret("x"),
        other_url=BaseUrl("https://other.example.org"),
    )


@pytest.mark.parametrize("empty", ["", "  ", "\t\n"])
def test_an_empty_variable_counts_as_not_set(empty: str) -> None:
    assert fill(EXAMPLE_NAME=empty, EXAMPLE_PAUSE=empty, EXAMPLE_OTHER_TOKEN=empty) == fill()
    assert problems(NEEDED | {"EXAMPLE_TOKEN": empty}) == ("EXAMPLE_TOKEN is not set: one of each kind.",)


def test_all_problems_are_reported_at_once() -> None:
    found = problems({"EXAMPLE_API_URL": "http://api.example.org", "EXAMPLE_SIZE": "many", "EXAMPLE_PAUSE": "soon"})
    assert [problem.split(":")[0] for problem in found] == [
        "EXAMPLE_TOKEN is not set",
        "EXAMPLE_API_URL",
        "EXAMPLE_SIZE",
        "EXAMPLE_PAUSE",
    ]


def test_each_problem_is_a_line_of_the_message() -> None:
    with pytest.raises(ConfigError) as refusal:
        load(Example, {}, "example")
    assert str(refusal.value).splitlines() == list(refusal.value.problems)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS.keys())
def test_every_provider_says_which_settings_it_lacks(provider: type[Any]) -> None:
    lacking = [f.name for f in dataclasses.fields(provider.Settings) if f.default is dataclasses.MISSING]
    if not lacking:
        assert load(provider.Settings, {}, provider.name) == provider.Settings()
        return
    found = problems({}, provider.Settings, provider.name)
    assert [problem.split(" ")[0] for problem in found] == [variable(name, provider.name) for name in lacking]
    assert all(provider.Settings.__doc__ in problem for problem in found)


# ---- durations, numbers and addresses


@pytest.mark.parametrize(
    ("raw", "seconds"), [("900", 900), ("0", 0), ("90s", 90), ("15m", 900), ("15 m", 900), ("1h", 3600), ("2d", 172800)]
)
def test_durations_are_seconds_unless_they_say_otherwise(raw: str, seconds: int) -> None:
    assert fill(EXAMPLE_PAUSE=raw).pause == timedelta(seconds=seconds)


@pytest.mark.parametrize("raw", ["m", "-5m", "1.5h", "15 minutes", "15mm", "1h30m", "²", "９", "9" * 12 + "d"])
def test_what_is_no_duration_is_refused(raw: str) -> None:
    assert problems(NEEDED | {"EXAMPLE_PAUSE": raw}) == (
        f"EXAMPLE_PAUSE: “{raw}” is not a duration: write 900, 15m or 1h",
    )


@pytest.mark.parametrize("raw", ["ten", "-1", "1.5", "²", "９", "9" * 5000])
def test_what_is_no_whole_number_is_refused(raw: str) -> None:
    assert problems(NEEDED | {"EXAMPLE_SIZE": raw}) == (f"EXAMPLE_SIZE: “{raw}” is not a whole number",)


@given(st.text(min_size=1))
@settings(deadline=None)
def test_any_text_is_a_setting_or_a_named_problem(text: str) -> None:
    environ = NEEDED | {f"EXAMPLE_{name}": text for name in ("API_URL", "SIZE", "PAUSE", "OTHER_URL")}
    try:
        load(Example, environ, "example")
    except ConfigError as refusal:
        found = refusal.problems
    else:
        found = ()
    assert all(re.match(r"EXAMPLE_[A-Z_]+( is not set)?: ", problem) for problem in found)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("https://api.example.org", "https://api.example.org"),
        ("https://api.example.org/v1//", "https://api.example.org/v1"),
        ("HTTPS://api.example.org", "HTTPS://api.example.org"),
        ("https://api.example.org:8443", "https://api.example.org:8443"),
        ("http://127.0.0.1:8099", "http://127.0.0.1:8099"),
        ("http://localhost:8099/", "http://localhost:8099"),
        ("http://[::1]:8099", "http://[::1]:8099"),
    ],
)
def test_a_base_address_is_https_or_on_this_machine(raw: str, kept: str) -> None:
    assert fill(EXAMPLE_API_URL=raw).api_url == kept


@pytest.mark.parametrize(
    "raw",
    [
        "http://api.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://localhost@example.org",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "ftp://api.example.org",
        "file:///etc/passwd",
        "api.example.org",
        "//api.example.org",
        "https://",
        "https:///path",
        "https://[::1",
        "https://api.example.org:99999",
        "https://api example.org",
        "https://api.example.org?key=1",
        "https://api.example.org#top",
    ],
)
def test_any_other_base_address_is_refused(raw: str) -> None:
    (problem,) = problems(NEEDED | {"EXAMPLE_API_URL": raw})
    assert problem.startswith("EXAMPLE_API_URL: must be an https:// address")


def test_a_password_in_a_base_address_is_refused_and_not_repeated() -> None:
    (problem,) = problems(NEEDED | {"EXAMPLE_API_URL": f"https://me:{HIDDEN}@api.example.org"})
    assert "without a user name" in problem
    assert HIDDEN not in problem


# ---- secrets


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        ascii,
        format,
        lambda it: f"{it}",
        lambda it: f"{it!r}",
        lambda it: f"{it!s}",
        "{}".format,
        lambda it: "%s %r" % (it, it),  # noqa: UP031  another
        lambda it: Formatter().format("{0}", it),
        lambda it: repr([it]),
        lambda it: repr({"token": it}),
        lambda it: logging.LogRecord("x", 20, "x", 1, "%s", (it,), None).getMessage(),
        lambda it: json.dumps(it, default=str),
    ],
)
@pytest.mark.parametrize("wrap", [lambda it: it, lambda it: fill(EXAMPLE_OTHER_TOKEN=it.reveal())])
def test_a_secret_never_shows_itself(show: Any, wrap: Any) -> None:
    assert HIDDEN not in show(wrap(Secret(HIDDEN)))


def test_a_secret_does_not_show_itself_in_a_dictionary_of_its_settings() -> None:
    assert HIDDEN not in repr(dataclasses.asdict(fill()))
    assert HIDDEN not in repr(dataclasses.astuple(fill()))


def test_a_secret_is_no_text_and_no_json() -> None:
    with pytest.raises(TypeError):
        json.dumps(Secret(HIDDEN))
    with pytest.raises(TypeError):
        "Bearer " + Secret(HIDDEN)  # type: ignore[operator]
    with pytest.raises(TypeError) as refusal:
        f"{Secret(HIDDEN):>20}"
    assert HIDDEN not in str(refusal.value)


def test_a_secret_is_revealed_only_by_asking() -> None:
    assert Secret(HIDDEN).reveal() == HIDDEN
    assert not hasattr(Secret(HIDDEN), "__dict__")


def test_secrets_are_compared_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS.keys())
def test_no_provider_shows_a_credential_in_its_settings_or_in_what_is_wrong_with_them(provider: type[Any]) -> None:
    fields = dataclasses.fields(provider.Settings)
    environ = {variable(field.name, provider.name): HIDDEN for field in fields}
    urls = [name for name in environ if name.endswith("_URL")]
    shown = repr(load(provider.Settings, environ | dict.fromkeys(urls, "https://api.example.org"), provider.name))
    assert all(f"{field.name}=Secret(…)" in shown for field in fields if "Secret" in str(field.type))
    if urls:
        assert HIDDEN not in "".join(problems(environ, provider.Settings, provider.name))


# ---- the general settings


def test_without_any_variable_everything_goes_to_the_outbox() -> None:
    general = read_settings({})
    assert general.email_provider == "outbox"
    assert (general.distribute_timezone, general.late_grace) == ("UTC", timedelta(minutes=15))
    assert general.secret_key is None


def test_every_malformed_general_setting_is_named_at_once() -> None:
    environ = {
        "FROM_EMAIL": "Press desk <press@example.org>",
        "REPLY_TO": "desk@example.org, ana@example.org",
        "PUBLIC_URL": "press.example.org",
        "DISTRIBUTE_TIMEZONE": "EST",
        "LATE_GRACE": "soon",
    }
    with pytest.raises(ConfigError) as refusal:
        read_settings(environ)
    assert [problem.split(":")[0] for problem in refusal.value.problems] == list(environ)


@pytest.mark.parametrize(
    "raw", ["press", "@example.org", "press@", "a b@example.org", "a@b@example.org", "a,b@example.org"]
)
def test_a_sender_must_be_one_bare_address(raw: str) -> None:
    with pytest.raises(ConfigError, match=r"FROM_EMAIL: .* is not an e-mail address: write it as press@example\.org"):
        read_settings({"FROM_EMAIL": raw})


def test_several_addresses_stand_between_commas_and_each_once() -> None:
    general = read_settings({"TEST_ADDRESSES": "desk@example.org, ana@example.org,,desk@example.org"})
    assert general.test_addresses == ("desk@example.org", "ana@example.org")
    with pytest.raises(ConfigError, match=r"TEST_ADDRESSES: “Ana .* is not an e-mail address"):
        read_settings({"TEST_ADDRESSES": "desk@example.org, Ana <ana@example.org>"})
    assert (read_settings({}).test_addresses, read_settings({"CANARY": "0"}).canary) == ((), timedelta())


def test_hosts_stand_between_commas_and_in_small_letters() -> None:
    assert read_settings({"IMAGE_HOSTS": "IMG.example.org, cdn.example.net,"}).image_hosts == (
        "img.example.org",
        "cdn.example.net",
    )


@pytest.mark.parametrize("raw", ["https://example.org", "example.org/a", "localhost", "203.0.113.9", "*.example.org"])
def test_what_is_no_host_is_refused(raw: str) -> None:
    with pytest.raises(ConfigError, match=r"IMAGE_HOSTS: .* write images\.example\.org"):
        read_settings({"IMAGE_HOSTS": raw})


def test_a_time_zone_must_be_a_full_name() -> None:
    with pytest.raises(ConfigError, match=r"DISTRIBUTE_TIMEZONE: “EST” is not a time zone: .*America/Toronto"):
        read_settings({"DISTRIBUTE_TIMEZONE": "EST"})
    assert read_settings({"DISTRIBUTE_TIMEZONE": "Europe/Paris"}).distribute_timezone == "Europe/Paris"


def test_the_secret_key_is_not_shown_with_the_settings() -> None:
    assert HIDDEN not in repr(read_settings({"SECRET_KEY": HIDDEN}))


# ---- the environment and .env


@pytest.mark.usefixtures("bare")
def test_the_process_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("FROM_NAME=file\nORGANISATION=file\n")
    monkeypatch.setenv("FROM_NAME", "process")
    environ = read_environment(tmp_path)
    assert (environ["FROM_NAME"], environ["ORGANISATION"]) == ("process", "file")


@pytest.mark.usefixtures("bare")
def test_an_empty_variable_of_the_process_unsets_that_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("EMAIL_PROVIDER=postmark\n")
    monkeypatch.setenv("EMAIL_PROVIDER", "")
    assert read_settings(read_environment(tmp_path)).email_provider == "outbox"


@pytest.mark.usefixtures("bare")
def test_a_workspace_without_a_file_has_the_process_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROM_NAME", "process")
    assert read_environment(tmp_path)["FROM_NAME"] == "process"


@pytest.mark.usefixtures("bare")
def test_nothing_in_the_file_is_interpolated(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET_KEY=pa$$w${HOME}d\nFROM_NAME='${FROM_EMAIL}'\nORGANISATION=$(id)\n")
    environ = read_environment(tmp_path)
    assert environ["SECRET_KEY"] == "pa$$w${HOME}d"
    assert (environ["FROM_NAME"], environ["ORGANISATION"]) == ("${FROM_EMAIL}", "$(id)")


@pytest.mark.usefixtures("bare")
def test_reading_the_file_does_not_change_the_process(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FROM_NAME=file\n")
    read_environment(tmp_path)
    assert "FROM_NAME" not in read_environment(tmp_path / "elsewhere")


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_does_not_hide_the_first_variable(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("FROM_NAME=Équipe médias\r\nREPLY_TO=desk@example.org\r\n", encoding=encoding)
    environ = read_environment(tmp_path)
    assert (environ["FROM_NAME"], environ["REPLY_TO"]) == ("Équipe médias", "desk@example.org")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("FROM_NAME=Équipe médias\n", encoding=encoding)
    with pytest.raises(ConfigError, match="save it as UTF-8") as refusal:
        read_environment(tmp_path)
    assert str(tmp_path / ".env") in str(refusal.value)


# ---- config.example.env

ASSIGNMENT = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


def example_lines() -> list[str]:
    return (ROOT / "config.example.env").read_text(encoding="utf-8").splitlines()


def test_the_example_names_exactly_the_variables_there_are() -> None:
    named = [match[1] for line in example_lines() if (match := ASSIGNMENT.fullmatch(line))]
    assert sorted(named) == sorted(known_variables())


def test_the_example_holds_assignments_comments_and_blank_lines_only() -> None:
    assert [line for line in example_lines() if line and line[0] != "#" and not ASSIGNMENT.fullmatch(line)] == []


def test_every_variable_of_the_example_has_a_comment_above_it_or_its_group() -> None:
    above = ""
    for line in example_lines():
        if ASSIGNMENT.fullmatch(line):
            assert above.startswith("# ") or ASSIGNMENT.fullmatch(above), f"{line} has no comment above it"
            assert not above.startswith("# ----"), f"{line} has a heading above it and no sentence"
        above = line


@pytest.mark.usefixtures("bare")
def test_the_example_is_a_working_env_without_a_secret(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes((ROOT / "config.example.env").read_bytes())
    environ = read_environment(tmp_path)
    assert read_settings(environ).email_provider == "outbox"
    assert [name for name in known_variables() if re.search("TOKEN|KEY|PASSWORD", name) and environ.get(name)] == []


def test_the_example_gives_the_defaults_there_are() -> None:
    given_values = {match[1]: match[2] for line in example_lines() if (match := ASSIGNMENT.fullmatch(line))}
    general = read_settings(given_values)
    for name in ("late_grace", "database_url", "email_provider", "distribute_language"):
        assert getattr(general, name) == getattr(Settings(), name)
    for provider in PROVIDERS.values():
        for field in dataclasses.fields(provider.Settings):
            value = given_values[variable(field.name, provider.name)]
            assert value in ("", str(field.default))


@pytest.mark.parametrize(("said", "name"), [("Ada Moreau", "Ada Moreau"), ("  Ada \n Moreau ", "Ada Moreau")])
def test_who_decides_is_a_name_on_one_line(said: str, name: str) -> None:
    assert acting_name(said) == name


def test_who_decides_is_the_login_name_unless_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert acting_name("") == "ada"


def test_a_decision_nobody_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    for said in ("", "  ", "Ada\x1b[2K"):
        with pytest.raises(ConfigError, match=r"--by NAME.*DISTRIBUTE_USER"):
            acting_name(said)


@pytest.mark.parametrize(("raw", "is_on"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False)])
def test_a_switch_is_on_or_off(raw: str, is_on: bool) -> None:
    assert read_settings({"REQUIRE_APPROVAL": raw}).require_approval is is_on


def test_anything_else_is_no_switch() -> None:
    assert problems({"REQUIRE_APPROVAL": "maybe"}, Settings, "") == ("REQUIRE_APPROVAL: “maybe” is neither 1 nor 0",)


@pytest.mark.parametrize(("raw", "minutes"), [("", 0), ("0", 0), ("off", 0), ("No", 0), ("10m", 10)])
def test_a_canary_is_a_pause_or_off(raw: str, minutes: int) -> None:
    assert load(Settings, {"CANARY": raw}).canary == timedelta(minutes=minutes)
