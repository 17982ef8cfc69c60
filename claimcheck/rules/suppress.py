"""Findings that somebody answers for: by a file, or by a comment in the page. They stay in the report, marked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from claimcheck.errors import DataError, UsageError
from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.rules.rule import RuleSet

DEFAULT = ".claimcheck-suppressions.yaml"
_KEYS = ("rule", "claim", "reason", "author", "until")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One answer to findings.

    Attributes:
        what: The id of a rule, or the fingerprint of a claim.
        reason: Why it does not count.
        author: Who says so.
        until: The last day on which it works, as YYYY-MM-DD.
        where: File and line, or page, it was read from.
        source: The page it works in, empty for all.
    """

    what: str
    reason: str
    author: str
    until: str
    where: str
    source: str = ""

    def fault(self, today: date) -> str:
        """Why it does not work, empty where it does."""
        for name in ("reason", "author", "until"):
            if not getattr(self, name):
                return f"it has no {name}"
        try:
            last = date.fromisoformat(self.until)
        except ValueError:
            return f"its until is {self.until!r}, not a date as YYYY-MM-DD"
        return f"it ended on {self.until}" if last < today else ""

    def words(self) -> str:
        """For the report."""
        return f"{self.reason} ({self.author}, until {self.until})"


def load_suppressions(path: Path, rules: RuleSet) -> list[Suppression]:
    """Read a suppression file: a YAML list.

    Raises:
        DataError: it is no list, an entry has an unknown key, or names no rule and no claim.
    """
    import srsly

    try:
        items = srsly.read_yaml(path)
    except (ValueError, OSError) as error:
        raise DataError(path, 0, f"could not be read as YAML ({error}).") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise DataError(path, 0, "is no list of suppressions, each with rule or claim, reason, author and until.")
    lines = [n for n, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if row.startswith("-")]
    return [
        _entry(item, path, lines[number] if len(lines) == len(items) else 0, rules) for number, item in enumerate(items)
    ]


def _entry(item: dict[str, Any], path: Path, line: int, rules: RuleSet) -> Suppression:
    unknown = sorted(set(item) - set(_KEYS))
    if unknown:
        raise DataError(path, line, f"unknown key {unknown[0]!r}. Use: {', '.join(_KEYS)}.")
    if bool(item.get("rule")) == bool(item.get("claim")):
        raise DataError(path, line, "give either rule (an id) or claim (a fingerprint).")
    try:
        what = rules.get(str(item["rule"])).id if item.get("rule") else str(item["claim"])
    except UsageError as error:
        raise DataError(path, line, str(error)) from error
    texts = [str(item.get(key) or "") for key in ("reason", "author", "until")]
    return Suppression(what, texts[0], texts[1], texts[2], f"{path}:{line}" if line else str(path))


def from_remarks(document: Document, rules: RuleSet) -> Iterator[Suppression]:
    """The suppressions that stand in a page as comments: ``claimcheck: ignore RULE reason="..." author=... until=...``.

    Raises:
        UsageError: a comment names no known rule.
    """
    for remark in document.article.remarks:
        try:
            words = shlex.split(remark)
        except ValueError:
            words = remark.split()
        given = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        what = words[0] if words else ""
        if not _FINGERPRINT.fullmatch(what):
            try:
                what = rules.get(what).id
            except UsageError as error:
                raise UsageError(f"{document.article.source}: a comment ignores what is no rule: {error}") from error
        texts = [given.get(key, "") for key in ("reason", "author", "until")]
        source = document.article.source
        yield Suppression(what, texts[0], texts[1], texts[2], f"a comment in {source}", source)


def suppressed(report: Report, given: Iterable[Suppression], today: date) -> Report:
    """The report with what is answered for marked; what did not work or was not used stands in its notes."""
    notes, working = list(report.notes), []
    for item in given:
        fault = item.fault(today)
        if fault:
            notes.append(f"{item.where}: the suppression of {item.what} does not work: {fault}.")
        else:
            working.append(item)
    used: set[int] = set()
    documents = tuple(_marked(document, working, used) for document in report.documents)
    notes += [
        f"{item.where}: the suppression of {item.what} was not used; take it out."
        for item in working
        if id(item) not in used
    ]
    return replace(report, documents=documents, notes=tuple(notes))


def _marked(document: Document, working: list[Suppression], used: set[int]) -> Document:
    mine = [item for item in working if item.source in ("", document.article.source)]

    def reason(what: str) -> str:
        for item in mine:
            if item.what == what:
                used.add(id(item))
                return item.words()
        return ""

    def finding(item: Finding, whole: str = "") -> Finding:
        return replace(item, suppressed=reason(item.rule) or whole or item.suppressed)

    def claim(item: Claim) -> Claim:
        why = reason(item.fingerprint)
        return replace(item, suppressed=why or item.suppressed, findings=tuple(finding(f, why) for f in item.findings))

    return replace(document, claims=tuple(map(claim, document.claims)), findings=tuple(map(finding, document.findings)))
