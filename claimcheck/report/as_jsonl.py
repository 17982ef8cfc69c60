"""The report as JSON lines: one document a line, for what reads as a stream."""

from __future__ import annotations

import json

from claimcheck.records import Report
from claimcheck.report.as_json import SCHEMA, document_to_dict


def render(report: Report) -> str:
    """A line for every document, then one for each that could not be read; each line names schema and tool."""
    head = {"schema": SCHEMA, "tool": dict(report.tool)}
    lines = [{**head, **document_to_dict(document)} for document in report.documents]
    lines += [{**head, "source": item.source, "problem": item.problem} for item in report.unread]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
