"""The report as SARIF 2.1.0, for code scanning: every problem a result, every rule with its help."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PureWindowsPath
from typing import Any
from urllib.parse import quote

from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.report.places import Places
from claimcheck.terms import Severity, Verdict

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_VERDICT_LEVELS = {Verdict.OVERSTATED: "warning", Verdict.UNSUPPORTED: "error"}
_VERDICT_RULES = {
    Verdict.OVERSTATED: (
        "overstated-claim",
        "A health claim promises more than the evidence carries.",
        "Some evidence stands behind the claim, and the wording goes past it. Weaken the wording to what is known.",
    ),
    Verdict.UNSUPPORTED: (
        "unsupported-claim",
        "A health claim has no evidence behind it, or evidence against it.",
        "Nothing known in people carries the claim. Leave it out, or bring evidence for it.",
    ),
}


def render(report: Report) -> str:
    """The report as a SARIF log of one run.

    A claim that the evidence carries is no result; a claim that it does not carry is one, and so is every rule
    that is met. Regions count characters (``unicodeCodePoints``) of the decoded file.
    """
    results = [result for document in report.documents for result in _results(document)]
    _fingerprints(results)
    run = {
        "tool": {"driver": _driver(report, results)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder in which claimcheck was run."}}},
        "invocations": [_invocation(report)],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver(report: Report, results: list[dict[str, Any]]) -> dict[str, Any]:
    used = {result["ruleId"] for result in results}
    rules = [_verdict_rule(verdict) for verdict in _VERDICT_RULES if _VERDICT_RULES[verdict][0] in used]
    found: dict[str, Finding] = {}
    for document in report.documents:
        for finding in (*document.findings, *(f for claim in document.claims for f in claim.findings)):
            found.setdefault(finding.rule, finding)
    rules += [_rule(finding) for _, finding in sorted(found.items())]
    number = {rule["id"]: place for place, rule in enumerate(rules)}
    for result in results:
        result["ruleIndex"] = number[result["ruleId"]]
    properties = {key: value for key, value in report.tool.items() if key not in ("name", "version")}
    return {
        "name": report.tool["name"],
        "semanticVersion": report.tool["version"],
        "rules": rules,
        "properties": properties,
    }


def _verdict_rule(verdict: Verdict) -> dict[str, Any]:
    rule_id, short, long = _VERDICT_RULES[verdict]
    return _descriptor(rule_id, short, long, f"{short} {long}", _VERDICT_LEVELS[verdict], ("evidence",))


def _rule(finding: Finding) -> dict[str, Any]:
    better = f" Instead: {finding.better}" if finding.better else ""
    text = f"{finding.message}{better} Source: {finding.cite}"
    tags = ("rule", *finding.jurisdictions)
    return _descriptor(finding.rule, finding.message, finding.message, text, finding.severity, tags)


def _descriptor(rule_id: str, short: str, full: str, text: str, level: str, tags: Iterable[str]) -> dict[str, Any]:
    return {
        "id": rule_id,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": str(level)},
        "properties": {"tags": ["health-claims", *map(str, tags)], "problem.severity": _github(level)},
    }


def _github(level: str) -> str:
    return "recommendation" if level == Severity.NOTE else str(level)


def _invocation(report: Report) -> dict[str, Any]:
    notes = [
        {
            "level": "error",
            "message": {"text": f"Not read: {item.problem}"},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(item.source)}}],
        }
        for item in report.unread
    ]
    notes += [
        {
            "level": "note",
            "message": {"text": note},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(document.article.source)}}],
        }
        for document in report.documents
        for note in document.article.notes
    ]
    notes += [{"level": "note", "message": {"text": note}} for note in report.notes]
    return {"executionSuccessful": not report.unread, "toolExecutionNotifications": notes}


def _results(document: Document) -> Iterator[dict[str, Any]]:
    places = Places(document.article)
    for finding in document.findings:
        key = f"{finding.rule}:{document.article.source}"
        made = _result(
            document, places, finding.rule, finding.severity, finding.message, key, finding.start, finding.end
        )
        yield _settled(made, finding.suppressed)
    for claim in document.claims:
        if claim.verdict in _VERDICT_RULES:
            rule_id = _VERDICT_RULES[claim.verdict][0]
            level = _VERDICT_LEVELS[claim.verdict]
            made = _claim_result(document, places, claim, rule_id, level, _verdict_text(claim))
            yield _settled(made, claim.suppressed)
        for finding in claim.findings:
            text = f"“{claim.quote}”: {finding.message}" + (f" {finding.better}" if finding.better else "")
            made = _claim_result(document, places, claim, finding.rule, finding.severity, text)
            yield _settled(made, finding.suppressed)


def _settled(result: dict[str, Any], why: str) -> dict[str, Any]:
    """A result with its suppression, where somebody answers for it."""
    return {**result, "suppressions": [{"kind": "external", "justification": why}]} if why else result


def _verdict_text(claim: Claim) -> str:
    parts = [f"“{claim.quote}” is {claim.verdict}.", *claim.reasons[-1:], claim.suggestion]
    return " ".join(filter(None, parts))


def _claim_result(
    document: Document, places: Places, claim: Claim, rule_id: str, level: str, text: str
) -> dict[str, Any]:
    made = _result(document, places, rule_id, level, text, f"{claim.fingerprint}:{rule_id}", claim.start, claim.end)
    made["properties"] = {
        "claim": claim.id,
        "verdict": str(claim.verdict),
        "kind": str(claim.kind),
        "confidence": claim.confidence,
        "place": str(claim.place),
    }
    return made


def _result(
    document: Document,
    places: Places,
    rule_id: str,
    level: str,
    text: str,
    key: str,
    start: int | None,
    end: int | None,
) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": artifact(document.article.source)}
    if start is not None and end is not None:
        where["region"] = _region(document, places, start, end)
    return {
        "ruleId": rule_id,
        "level": str(level),
        "message": {"text": _message(text)},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"primaryLocationLineHash": key},
    }


def _region(document: Document, places: Places, start: int, end: int) -> dict[str, Any]:
    span = places.of(start, end)
    snippet = {"text": document.article.text[start:end]}
    if span.start is None or span.end is None:
        return {"startLine": span.line, "snippet": snippet}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.last_line,
        "endColumn": span.last_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": snippet,
    }


def _message(text: str) -> str:
    """Text of which no viewer makes a link or a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return re.sub(r"([\\\[\]])", r"\\\1", text).replace("{", "{{").replace("}", "}}")


def _fingerprints(results: list[dict[str, Any]]) -> None:
    """The same words twice are two results; the count behind the colon keeps them apart, as GitHub's own does."""
    seen: Counter[str] = Counter()
    for result in results:
        marks = result["partialFingerprints"]
        key = marks["primaryLocationLineHash"]
        seen[key] += 1
        marks["primaryLocationLineHash"] = f"{key}:{seen[key]}"


def artifact(source: str) -> dict[str, Any]:
    """Where a document stands, as SARIF says it: an address, a file below the working folder, or another file."""
    if source.startswith(("http://", "https://")):
        return {"uri": quote(source, safe=":/?#[]@!$&'()*+,;=%-._~")}
    if source == "-":
        return {"uri": "stdin"}
    path = Path(source)
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return {"uri": path.as_uri()}
        path = path.relative_to(here)
    return {"uri": quote(PureWindowsPath(path).as_posix().encode("utf-8", "replace")), "uriBaseId": "%SRCROOT%"}
