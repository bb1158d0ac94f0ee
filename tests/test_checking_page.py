"""docs/checking.md names the rules there are, as they are."""

from __future__ import annotations

import re
from pathlib import Path

from distribute.checking import RULES, VERSION_RULES
from distribute.domain.finding import Severity

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "checking.md").read_text()


def test_the_page_has_every_rule_with_its_sentence_and_no_other() -> None:
    for severity, heading in ((Severity.ERROR, "## Errors"), (Severity.WARNING, "## Warnings")):
        table = PAGE.split(heading)[1].split("\n## ")[0]
        rows = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (.+) \|$", table))
        assert rows == {
            rule.name: rule.sentence + (" Cannot be silenced." if rule.is_final else "")
            for rule in RULES.values()
            if rule.severity is severity
        }


def test_the_page_has_every_rule_about_versions() -> None:
    table = PAGE.split("## Language versions")[1].split("\n## ")[0]
    assert dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (.+) \|$", table)) == {
        rule.name: rule.sentence + (" An error. Cannot be silenced." if rule.is_final else "")
        for rule in VERSION_RULES.values()
    }


def test_the_changelog_counts_the_rules() -> None:
    (count,) = re.findall(r"(\d+) rules", (ROOT / "CHANGELOG.md").read_text())
    assert int(count) == len(RULES)
