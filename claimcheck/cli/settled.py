"""Options that choose and settle findings: by market, by rule, by suppression, by baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from spacy.language import Language

    from claimcheck.config import Setting
    from claimcheck.records import Report


_OPTIONS = ("jurisdiction", "platform", "select", "ignore", "suppressions", "baseline", "fail_on")


def settling_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that :class:`Settling` takes; each goes before the project's settings."""
    for option in reversed(
        (
            click.option("--jurisdiction", default="", metavar="A,B", help="Only law of these: us, eu, uk, au, ca."),
            click.option(
                "--platform",
                default="",
                metavar="A,B",
                help="Only these policies: amazon, google-ads, meta, tiktok-shop.",
            ),
            click.option("--select", default="", metavar="A,B", help="Only these rules, by id or its beginning."),
            click.option("--ignore", default="", metavar="A,B", help="None of these rules."),
            click.option("--rules", "packs", multiple=True, metavar="FILE", help="A rule pack of your own."),
            click.option("--suppressions", default="", metavar="FILE", help="Findings that somebody answers for."),
            click.option("--baseline", default="", metavar="FILE", help="Count only what is not in it."),
            click.option("--write-baseline", default="", metavar="FILE", help="Write all that is found as one."),
        )
    ):
        command = option(command)
    return command


@dataclass(frozen=True)
class Settling:
    """What the options and the project's settings ask for.

    Attributes:
        settings: As :func:`claimcheck.config.settings` gives them.
        new_baseline: Where to write one, empty for nowhere.
    """

    settings: dict[str, Setting]
    new_baseline: str = ""

    @property
    def fail_on(self) -> str:
        """From which verdict on the command fails."""
        return str(self.settings["fail-on"].value)

    def prepare(self, nlp: Language) -> None:
        """Let the pipeline meet the rules of own and installed packs, and check what is named.

        Raises:
            ClaimcheckError: a pack, rule or file is wrong.
        """
        from pathlib import Path

        from claimcheck.pipeline.packs import add_packs, installed_packs

        packs = [*installed_packs(), *map(Path, self._values("rules"))]
        if packs:
            add_packs(nlp, packs)
        self._choice(nlp)
        self._suppressions(nlp)
        self._baseline()

    def settle(self, report: Report, nlp: Language) -> Report:
        """The report with findings chosen, and what is answered for marked; verdicts stay as they are."""
        from datetime import date
        from pathlib import Path

        from claimcheck.rules.baseline import against, write_baseline
        from claimcheck.rules.choice import chosen
        from claimcheck.rules.suppress import from_remarks, suppressed

        report = chosen(report, self._choice(nlp))
        rules = _rules(nlp)
        given = self._suppressions(nlp)
        given += [item for document in report.documents for item in from_remarks(document, rules)]
        report = suppressed(report, given, date.today())  # noqa: DTZ011  a date on the reader's own calendar
        if self.new_baseline:
            write_baseline(report, Path(self.new_baseline))
        baseline = self._baseline()
        return against(report, baseline) if baseline else report

    def _values(self, key: str) -> tuple[str, ...]:
        return tuple(self.settings[key].value)

    def _choice(self, nlp: Language) -> Any:
        from claimcheck.rules.choice import Choice, known_rules

        rules = _rules(nlp)
        return Choice(
            self._values("jurisdiction"),
            self._values("platform"),
            known_rules(rules, self._values("select")),
            known_rules(rules, self._values("ignore")),
        )

    def _suppressions(self, nlp: Language) -> list[Any]:
        from pathlib import Path

        from claimcheck.rules.suppress import DEFAULT, load_suppressions

        named = self.settings["suppressions"].value
        path = Path(named or DEFAULT)
        return load_suppressions(path, _rules(nlp)) if named or path.is_file() else []

    def _baseline(self) -> dict[str, Any]:
        from pathlib import Path

        from claimcheck.rules.baseline import read_baseline

        named = self.settings["baseline"].value
        return read_baseline(Path(named)) if named else {}


def settling(given: dict[str, Any]) -> Settling:
    """Options over the settings of the project around the current folder.

    Args:
        given: The options of a command; those of :func:`settling_options` and ``fail_on`` are taken out.

    Raises:
        ClaimcheckError: an option or the file names what does not exist.
    """
    from pathlib import Path

    from claimcheck.config import settings

    new_baseline = given.pop("write_baseline")
    mine = {key: given.pop(key) for key in (*_OPTIONS, "packs")}
    return Settling(settings(Path.cwd(), options(mine)), new_baseline)


def options(given: dict[str, Any]) -> dict[str, Any]:
    """The given options as settings, lists parted at commas.

    Raises:
        UsageError: a value is outside its vocabulary; names the nearest.
    """
    from claimcheck.config import LISTS, checked_option

    named = {key.replace("_", "-"): value for key, value in given.items() if key != "packs"}
    parted = {
        key: tuple(filter(None, map(str.strip, value.split(",")))) if key in LISTS and value else value
        for key, value in named.items()
    }
    parted["rules"] = tuple(given.get("packs", ()))
    for key, value in parted.items():
        if value:
            checked_option(key, value)
    return parted


def _rules(nlp: Language) -> Any:
    matcher: Any = nlp.get_pipe("rule_matcher")
    return matcher.rules
