"""The report as JSON, by ``report.schema.json`` beside this file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from claimcheck.records import Claim, Document, Report

SCHEMA = "claimcheck.report/1"


def render(report: Report) -> str:
    """The report as indented JSON with a final newline."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n"


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "schema": SCHEMA,
        "tool": dict(report.tool),
        "documents": [document_to_dict(document) for document in report.documents],
        "unread": [{"source": item.source, "problem": item.problem} for item in report.unread],
        "notes": list(report.notes),
        "summary": summary(report),
    }


def summary(report: Report) -> dict[str, int]:
    """Counts of the whole run."""
    judged = sum(document.article.language == "en" for document in report.documents)
    return {
        "documents": len(report.documents) + len(report.unread),
        "judged": judged,
        "unread": len(report.unread),
        "claims": sum(len(document.claims) for document in report.documents),
        **report.counts(),
        "findings": sum(len(d.findings) + sum(len(c.findings) for c in d.claims) for d in report.documents),
    }


def document_to_dict(document: Document) -> dict[str, Any]:
    """One document as plain data."""
    article = document.article
    return {
        "source": article.source,
        "title": article.title,
        "language": article.language,
        "notes": list(article.notes),
        "claims": [_claim(claim) for claim in document.claims],
        "findings": [asdict(finding) for finding in document.findings],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    data = claim.to_dict()
    data["evidence"] = [{**item["entry"], "via": item["via"]} for item in data["evidence"]]
    return data
