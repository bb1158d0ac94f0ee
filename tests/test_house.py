"""The rules of the house, so that nobody has to remember them."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "distribute"
MODULES = sorted(path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py"))
PROVIDER_FILES = ("postmark.py", "sendgrid.py", "resend.py", "mastodon.py", "bluesky.py", "outbox.py")
NO_NAMES = {"utils", "util", "helpers", "helper", "manager", "service", "handler", "common", "misc"}

PROVEN_ELSEWHERE: dict[str, tuple[str, str]] = {
    "config/values.py": ("test_config.py", "each kind of value is read there through the settings that have it"),
    "delivery/order.py": ("delivery/test_planning.py", "a record: what becomes of an order is proven there"),
    "delivery/letters.py": ("delivery/test_planning.py", "a plan's letters are asked of whole plans there"),
    "cli/letters.py": ("cli/test_variants.py", "what a plan says of its letters is read off the real command"),
    "cli/notes.py": ("cli/test_variants.py", "covering notes are read by the real command"),
    "rendering/filling.py": (
        "rendering/test_environment.py",
        "mistakes of templates are told there, as they are filled",
    ),
    "rendering/offering.py": ("rendering/test_manuscript.py", "images are asked of the manuscript they stand in"),
    "rendering/contacts.py": ("rendering/test_manuscript.py", "contacts are asked of the manuscript they stand in"),
    "domain/note.py": ("rendering/test_frame.py", "a record: what is made of a covering note is proven there"),
    "channels/base.py": ("channels/test_contract.py", "a shape: every provider is held to it there"),
    "checking/registry.py": ("checking/test_check.py", "every rule is registered, and the table is checked as a whole"),
    "checking/texts.py": ("checking/test_wording.py", "where a remark stands is asked of every wording rule"),
    "sources/front_matter.py": ("sources/test_matter.py", "what stands above a release is read there"),
    "sources/assembly.py": ("sources/test_releases.py", "a release file is read, understood and assembled there"),
    "sources/reading.py": ("sources/test_releases.py", "the same"),
    "sources/contact_words.py": ("sources/test_cards.py", "what a few words are is read off the card they make"),
    "sources/contact_lines.py": ("sources/test_cards.py", "what a line holds is read off the card it makes"),
    "cli/advice.py": ("cli/test_sending.py", "its sentences are read beside the plans they belong to"),
    "cli/bundled.py": ("cli/test_setup.py", "`init` and `demo` write its files"),
    "cli/carrying.py": ("cli/test_sending.py", "`send` by the real command carries out through it"),
    "cli/demonstrating.py": ("cli/test_setup.py", "it is the verb `demo`"),
    "cli/doctor.py": ("cli/test_setup.py", "the first hour of a new user is one story"),
    "cli/freezing.py": ("cli/test_sending.py", "it is the verb `plan`, and how `send` of a release begins"),
    "cli/frozen.py": ("cli/test_sending.py", "plans that drifted are refused there"),
    "cli/json_document.py": ("cli/test_release.py", "the documents of `show` and `check` are read there"),
    "cli/lists.py": ("cli/test_setup.py", "the same"),
    "cli/options.py": ("cli/test_setup.py", "wrong options and workspaces are shown to every verb there"),
    "cli/ordering.py": ("cli/test_sending.py", "what `plan` and `send` are asked for becomes an order there"),
    "cli/output.py": ("cli/test_standing.py", "its tables and documents are read from the command's output"),
    "cli/rehearsing.py": ("cli/test_sending.py", "it is `send --dry-run`"),
    "cli/wishes.py": ("cli/test_sending.py", "the options `plan` and `send` share"),
    "cli/wording.py": ("cli/test_release.py", "numbers are read in what the verbs print"),
    "cli/workspace.py": ("cli/test_standing.py", "what it opens, and when, is what the verbs read and leave alone"),
    "delivery/append_only.py": ("delivery/test_journal.py", "the journal is the first table it makes so"),
    "delivery/batch_rows.py": ("delivery/test_batches.py", "what a move wrote is read back there"),
    "delivery/cutting.py": ("delivery/test_planning.py", "what it cuts is a plan's requests, looked at there"),
    "delivery/database.py": ("delivery/test_ledger.py", "the ledger is how anybody reaches it"),
    "delivery/desk.py": ("delivery/test_sending.py", "it is what every test of sending sits at"),
    "delivery/evidence.py": ("delivery/test_events.py", "what an event proves is asked beside its being kept"),
    "delivery/job_tables.py": ("delivery/test_jobs.py", "what the engine's tables are for is asked there"),
    "delivery/knowing.py": ("delivery/test_doubts.py", "what is learnt of a doubt is written by it"),
    "delivery/plan_rows.py": ("delivery/test_plans.py", "what a move wrote is read back there"),
    "delivery/queue.py": ("delivery/test_batches.py", "what may be claimed, waits or is called off is asked there"),
    "delivery/slimming.py": (
        "delivery/test_versions.py",
        "a ledger of version 1 comes out of it with every row",
    ),
    "delivery/records.py": ("delivery/test_plans.py", "what a plan writes is read back there"),
    "delivery/schema.py": (
        "delivery/test_versions.py",
        "older tables end as these after every step",
    ),
    "delivery/standing.py": ("delivery/test_batches.py", "where things stand is asked after every move"),
    "delivery/steps.py": ("delivery/test_versions.py", "an older ledger is brought up to date there"),
    "rendering/page.py": ("rendering/test_letter.py", "a letter is what is read there, and refused"),
    "rendering/mjml_refusals.py": ("rendering/test_mjml.py", "what is refused is refused there, with the reason"),
    "rendering/mjml_schema.py": ("rendering/test_mjml.py", "the strict reading is what the table is for"),
    "sources/addresses.py": ("sources/test_media_lists.py", "bad addresses are rows with a line"),
    "sources/dates.py": ("sources/recognisers/test_dateline.py", "a date is read where a release has one"),
    "sources/document.py": ("sources/test_markdown.py", "lines and paragraphs: what both readers make"),
    "sources/markup_lines.py": ("sources/test_markup.py", "a tree is made of an HTML text"),
    "sources/word_signs.py": ("sources/test_word_body.py", "a sign is read among the words of a document"),
    "sources/word_styles.py": ("sources/test_word.py", "a style matters where a document uses it"),
    "sources/word_fences.py": ("sources/test_typed_matter.py", "a border is a fence where statements stand below it"),
    "sources/markup_tags.py": ("sources/test_markup.py", "elements count where a page uses them"),
    "sources/word_forms.py": ("sources/test_word_lists.py", "a form is what a line of the document is"),
    "sources/issuing.py": ("sources/test_releases.py", "a day belongs to a text"),
    "sources/recognisers/labels.py": ("sources/recognisers/test_opening.py", "labels stand where release lines do"),
    "sources/headings.py": ("sources/test_releases.py", "a head is one only above a body"),
    "sources/parts.py": ("sources/recognisers/test_closing.py", "words the recognisers answer with"),
    "sources/people.py": ("sources/test_cards.py", "a name or role is told from its card"),
    "sources/recognisers/verbs.py": ("sources/recognisers/test_attribution.py", "a verb is one beside what is said"),
    "sources/recognisers/drafts.py": ("sources/recognisers/test_quotes.py", "a quotation is whole when it is found"),
    "sources/resolver.py": ("sources/test_releases.py", "it decides over a whole release"),
    "sources/statements.py": ("sources/test_matter.py", "front matter is what authors state"),
    "sources/zones.py": ("sources/test_embargo.py", "a zone matters where an embargo names one"),
}
"""Modules without a test file of their name: the one that proves them instead, and why it does."""

READS_THE_CLOCK = {
    "cli/workspace.py": "the one place that asks this machine for the time",
    "channels/exchange.py": "a Retry-After date is counted from now when the answer has no Date of its own",
}


@cache
def source(module: str) -> str:
    return (HOUSE / module).read_text(encoding="utf-8")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(source(module))


def imports(module: str) -> set[str]:
    """The dotted names a module imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


# ---- modules


def test_a_module_opens_with_one_sentence_or_two_about_what_it_owns(subtests: pytest.Subtests) -> None:
    for module in MODULES:
        with subtests.test(module):
            opening, *more = re.split(r"\n\s*\n", ast.get_docstring(tree(module)) or "")
            assert opening, "it has no docstring"
            assert opening.endswith(".") or more, "its docstring does not open with a sentence"
            assert len(opening) <= 240, "its opening paragraph is too long: what does this file own?"


def test_a_module_fits_in_a_head(subtests: pytest.Subtests) -> None:
    for module in MODULES:
        with subtests.test(module):
            assert len(source(module).splitlines()) <= 250


@pytest.mark.parametrize("provider", PROVIDER_FILES)
def test_a_provider_is_a_short_file(provider: str) -> None:
    assert len(source(f"channels/{provider}").splitlines()) < 150


def test_a_function_fits_on_a_screen(subtests: pytest.Subtests) -> None:
    for module in MODULES:
        with subtests.test(module):
            lengths = {
                node.name: (node.end_lineno or node.lineno) - node.lineno + 1
                for node in ast.walk(tree(module))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            }
            assert {name: lines for name, lines in lengths.items() if lines > 40} == {}


def test_no_module_has_a_name_that_says_nothing(subtests: pytest.Subtests) -> None:
    for module in MODULES:
        with subtests.test(module):
            words = {word for part in Path(module).with_suffix("").parts for word in part.split("_")}
            assert words & NO_NAMES == set()


# ---- the mirror


def is_door(module: str) -> bool:
    return Path(module).stem in {"__init__", "__main__"}


def test_every_module_has_its_tests(subtests: pytest.Subtests) -> None:
    """``distribute/a/b.py`` is proven by ``tests/a/test_b.py``, or by the file the table names."""
    for module in (module for module in MODULES if not is_door(module)):
        with subtests.test(module):
            path = Path(module)
            mirror = path.parent / f"test_{path.name}"
            named, reason = PROVEN_ELSEWHERE.get(module, ("", ""))
            if named:
                assert not (ROOT / "tests" / mirror).exists(), "it has tests of its own: take it out of the table"
                assert (ROOT / "tests" / named).is_file(), f"tests/{named} does not exist"
                assert reason
            else:
                assert (ROOT / "tests" / mirror).is_file(), f"tests/{mirror} does not exist"


def test_the_table_names_only_modules_there_are() -> None:
    assert set(PROVEN_ELSEWHERE) | set(READS_THE_CLOCK) <= set(MODULES)


# ---- edges


def test_nothing_has_a_field_or_parameter_for_a_second_recipient(subtests: pytest.Subtests) -> None:
    """One recipient per message, by construction."""
    for module in MODULES:
        with subtests.test(module):
            names = set()
            for node in ast.walk(tree(module)):
                if isinstance(node, ast.arg | ast.keyword):
                    names.add(node.arg or "")
                elif isinstance(node, ast.AnnAssign | ast.Assign):
                    targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
                    names |= {target.id for target in targets if isinstance(target, ast.Name)}
            assert [name for name in names if {"cc", "bcc"} & set(name.lower().split("_"))] == []


def test_only_config_reads_the_environment(subtests: pytest.Subtests) -> None:
    for module in (module for module in MODULES if module != "config/__init__.py"):
        with subtests.test(module):
            assert {"os.environ", "os.getenv", "os.environb"} & imports(module) == set()
            read = [
                ast.unparse(node)
                for node in ast.walk(tree(module))
                if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "putenv"}
                if ast.unparse(node.value) == "os"
            ]
            assert read == []


def test_only_delivery_speaks_sql(subtests: pytest.Subtests) -> None:
    for module in (module for module in MODULES if not module.startswith("delivery/")):
        with subtests.test(module):
            assert {name for name in imports(module) if name.split(".")[0] in {"sqlalchemy", "sqlite3"}} == set()


def test_the_time_is_an_argument(subtests: pytest.Subtests) -> None:
    for module in (module for module in MODULES if module not in READS_THE_CLOCK):
        with subtests.test(module):
            calls = {ast.unparse(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}
            asked = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
            assert calls & asked == set()


# ---- what the repository may not hold


@cache
def repository() -> dict[str, str]:
    """Every text file that is, or would be, under version control; lock and licence files aside."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("this is no git checkout, so what belongs to the repository is not known")
    texts = {}
    for name in filter(None, listing.stdout.decode().split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in data:
            texts[name] = data.decode("utf-8", "replace")
    return texts


def found(pattern: str) -> Iterator[tuple[str, int, re.Match[str]]]:
    """Each match in the repository with its file and line."""
    for name, text in repository().items():
        for number, line in enumerate(text.splitlines(), 1):
            for match in re.finditer(pattern, line):
                yield name, number, match


RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|org|net)|[\w-]+\.(?:example|invalid|test))", re.IGNORECASE)
"""Names no mail can reach: RFC 2606, sections 2 and 3."""

OUTBOX_ENDING = re.compile(r"(\.[0-9a-f]{8})?\.eml$")
"""Files in the outbox are called after their recipient."""


def test_every_e_mail_address_is_one_nobody_has() -> None:
    address = r"[\w.%+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})"
    real = [
        f"{name}:{line}: {match[0]}"
        for name, line, match in found(address)
        if not RESERVED.fullmatch(OUTBOX_ENDING.sub("", match["domain"]))
    ]
    assert real == []


PHONE = (
    r"(?<![\w.+/:-])"
    r"(?:\+\d[\d ().-]{7,}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d(?:[ .]\d\d){4}|0\d{2,4} \d{3,4} \d{3,4})"
    r"(?![\w-])"
)
FICTIONAL = re.compile(
    r"1?\d{3}55501\d\d|(?:440?|0)(?:2079460|7700900)\d{3}|(?:33|0)(?:19900|63998)\d{4}|(?:49|0)3023125\d{3}|(?:61|0)(?:25550\d{4}|491570156)"
    r"|(?:48)?105550\d{3}"
)
"""Set aside for stories: 555-01xx in North America, 020 7946 0xxx in London and 07700 900xxx on British mobiles
(Ofcom), 01 99 00 xx xx and 06 39 98 xx xx in France (Arcep), 030 23125 xxx in Berlin (Bundesnetzagentur),
02 5550 xxxx and 0491 570 156 in Australia (ACMA). Poland sets none aside: no number of its plan begins
with 10 (UKE)."""

SAMPLE = "distribute/examples/belarus-police.txt"


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def test_every_telephone_number_is_one_nobody_has() -> None:
    """But for the press line the client's own sample release ends with, and what tests make of that release."""
    published = {digits(match[0])[-10:] for name, _, match in found(PHONE) if name == SAMPLE}
    real = [
        f"{name}:{line}: {match[0]}"
        for name, line, match in found(PHONE)
        if not FICTIONAL.fullmatch(digits(match[0]))
        and not (digits(match[0])[-10:] in published and (name == SAMPLE or name.startswith("tests/")))
    ]
    assert len(published) == 1
    assert real == []


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    homes = r"(?<![\w.])(?:/home/|/Users/|/root/|[A-Z]:\\Users\\)\w"
    assert [f"{name}:{line}" for name, line, _ in found(homes) if name != "tests/test_house.py"] == []


def test_no_media_list_but_the_invented_one_is_kept() -> None:
    kept = [name for name in repository() if name.startswith("recipients/")]
    assert set(kept) <= {"recipients/example.csv", "recipients/suppressions.csv", "recipients/README.md"}
    assert [name for name in repository() if re.search(r"(^|/)\.env$|\.db$|\.xlsx$|\.eml$", name)] == []


def test_nothing_is_left_to_do() -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
    assert [f"{name}:{line}" for name, line, _ in found(rf"\b({marks})\b")] == []
