"""The report as one self-contained page; the templates stand in ``html/``."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from claimcheck.records import Claim, Document, Report
from claimcheck.report.as_json import summary
from claimcheck.report.links import is_address, live_link
from claimcheck.report.marked import context_pieces, rows
from claimcheck.report.risk import document_risk, gravest, is_problem, verdict_counts
from claimcheck.report.words import counted, known, promised
from claimcheck.terms import ClaimKind, Grade, Jurisdiction, Platform, Severity, Strength, Verdict
from claimcheck.verdict import TABLE

if TYPE_CHECKING:
    from jinja2 import Environment

SIGNS = {Verdict.SUPPORTED: "✓", Verdict.OVERSTATED: "▲", Verdict.UNSUPPORTED: "✕"}
_SEVERITY_SIGNS = {Severity.ERROR: "■", Severity.WARNING: "◆", Severity.NOTE: "●"}
_VERDICT_WORDS = {
    Verdict.SUPPORTED: "the evidence carries the words",
    Verdict.OVERSTATED: "the words go past the evidence",
    Verdict.UNSUPPORTED: "no evidence carries the words",
}
_MARKETS: dict[str, str] = {
    Jurisdiction.US: "United States",
    Jurisdiction.EU: "European Union",
    Jurisdiction.UK: "United Kingdom",
    Jurisdiction.AU: "Australia",
    Jurisdiction.CA: "Canada",
    Platform.AMAZON: "Amazon",
    Platform.GOOGLE_ADS: "Google Ads",
    Platform.META: "Meta",
    Platform.TIKTOK_SHOP: "TikTok Shop",
}
# So many documents are shown open; more would be a wall.
_OPEN = 3
_GRAVEST = 5


class Share(NamedTuple):
    """A part of a bar, in percent."""

    verdict: Verdict
    start: float
    width: float


def render(report: Report) -> str:
    """The report as HTML; nothing is loaded from anywhere, and copy is shown as text."""
    from markupsafe import Markup

    environment = _environment()
    style, script = _asset("style.css"), _asset("script.js")
    counts = summary(report)
    views = [_view(number, document) for number, document in enumerate(report.documents, 1)]
    numbers = {id(document): number for number, document in enumerate(report.documents, 1)}
    return environment.get_template("report.html.jinja").render(
        report=report,
        views=views,
        by_risk=sorted(views, key=lambda view: view["risk"], reverse=True),
        open=len(views) <= _OPEN,
        counts=counts,
        headline=_headline(report, counts),
        coverage=_coverage(report, counts),
        shares=_shares({verdict: counts[verdict] for verdict in Verdict}),
        gravest=[(numbers[id(document)], document, claim) for document, claim in gravest(report, _GRAVEST)],
        markets=_markets(report),
        kinds=[kind for kind in ClaimKind if any(c.kind is kind for d in report.documents for c in d.claims)],
        style=Markup(style),  # noqa: S704  # our own file
        script=Markup(script),  # noqa: S704  # our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("claimcheck.report", "html"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        signs=SIGNS,
        severity_signs=_SEVERITY_SIGNS,
        verdict_words=_VERDICT_WORDS,
        market_names=_MARKETS,
        worst_first=list(reversed(Verdict)),
        strengths=list(Strength),
        verdict_table=[(grade, [TABLE[grade][strength] for strength in Strength]) for grade in Grade],
        axes=_axes,
        context_of=_context,
        fragment=_fragment,
        bar=environment.get_template("bar.html.jinja").module.bar,  # type: ignore[attr-defined]
    )
    return environment


def _asset(name: str) -> str:
    return files("claimcheck.report").joinpath("html", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's own policy allows to run: this text and no other."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _headline(report: Report, counts: dict[str, int]) -> str:
    bad = counts[Verdict.UNSUPPORTED] + counts[Verdict.OVERSTATED]
    if not counts["claims"]:
        return "No health claims found" if counts["judged"] else "Nothing could be judged"
    if not bad:
        number = "the one health claim" if counts["claims"] == 1 else f"all {counts['claims']:,} health claims"
        return f"The evidence carries {number}"
    return f"{bad:,} of {counted(counts['claims'], 'health claim')} {'goes' if bad == 1 else 'go'} past the evidence"


def _coverage(report: Report, counts: dict[str, int]) -> str:
    parts = [f"{counted(counts['judged'], 'document')} judged"]
    skipped = len(report.documents) - counts["judged"]
    noted = sum(bool(document.article.notes) for document in report.documents)
    if skipped:
        parts.append(f"{skipped:,} not judged")
    if counts["unread"]:
        parts.append(f"{counts['unread']:,} not read")
    if noted:
        parts.append(f"{noted:,} with notes on what was left out")
    parts.append(f"{counted(counts['findings'], 'rule finding')}")
    return ", ".join(parts) + "."


def _shares(weights: dict[Verdict, float]) -> list[Share]:
    total = sum(weights.values())
    shares: list[Share] = []
    start = 0.0
    for verdict in reversed(Verdict) if total else ():
        width = round(100 * weights[verdict] / total, 2)
        shares.append(Share(verdict, round(start, 2), width))
        start += width
    return shares


def _markets(report: Report) -> dict[str, list[int]]:
    findings = [f for document in report.documents for f in document.findings]
    findings += [f for document in report.documents for claim in document.claims for f in claim.findings]
    met = Counter((code, finding.severity) for finding in findings for code in finding.markets)
    table = {code: [met[code, severity] for severity in Severity] for code in _MARKETS}
    return {code: numbers for code, numbers in table.items() if any(numbers)}


def _view(number: int, document: Document) -> dict[str, Any]:
    return {
        "number": number,
        "article": document.article,
        "address": document.article.source if is_address(document.article.source) else "",
        "judged": document.article.language == "en",
        "claims": document.claims,
        "page_findings": document.findings,
        "findings": len(document.findings) + sum(len(claim.findings) for claim in document.claims),
        "counts": verdict_counts(document),
        "risk": document_risk(document),
        "rows": list(rows(document)),
    }


def _axes(claim: Claim) -> tuple[str, str, int, list[Share]]:
    chances = {verdict: claim.probabilities.get(verdict, 0.0) for verdict in Verdict}
    return known(claim), promised(claim), int(claim.confidence * 100 + 0.5), _shares(chances)


def _context(view: dict[str, Any], claim: Claim) -> dict[str, Any]:
    return {
        "problem": is_problem(claim),
        "pieces": context_pieces(view["article"].text, claim),
        "markets": dict.fromkeys(code for finding in claim.findings for code in finding.markets),
    }


def _fragment(view: dict[str, Any], claim: Claim) -> str:
    return live_link(view["article"].source, claim)
