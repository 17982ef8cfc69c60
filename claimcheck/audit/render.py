"""An audit as a page, a table or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from claimcheck.audit.findings import Findings, claim_dict, why
from claimcheck.errors import UsageError
from claimcheck.terms import Verdict

# A page that opens at once; CSV and JSON hold all.
_ROWS = 200
_COLUMNS = ("claim verdict places wordings kind subject effect strength grade quote sentence why instead pages").split()
_BARS = 12
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(found: Findings, path: Path) -> None:
    """Write an audit in the format of the file's ending.

    Raises:
        UsageError: there is no such format, or the file cannot be written.
    """
    formats = {".html": as_html, ".csv": as_csv, ".json": as_json}
    render = formats.get(path.suffix.lower())
    if render is None:
        raise UsageError(f"{path}: no format ends in {path.suffix!r}. Use one of: {', '.join(formats)}.")
    try:
        path.write_text(render(found), encoding="utf-8", errors="replace", newline="")
    except OSError as error:
        raise UsageError(f"{path}: could not be written ({error.strerror}).") from error


def as_json(found: Findings) -> str:
    """All of it."""
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"


def as_csv(found: Findings) -> str:
    """One line a claim, the worst first, with its pages in the last column."""
    rows = [claim_dict(line) for line in found.claims]
    return table(_COLUMNS, [{**row, "pages": " ".join(row["pages"])} for row in rows])


def table(columns: list[str], rows: list[dict[str, Any]]) -> str:
    """CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def as_html(found: Findings) -> str:
    """A self-contained page: charts first, then the worst pages and claims, then what is missing."""
    from jinja2 import Environment

    template = files("claimcheck.audit").joinpath("audit.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        found=found,
        info=found.audit,
        claims=[claim_dict(line) for line in found.claims[:_ROWS]],
        pages=found.pages[:_ROWS],
        missing=found.missing[:_ROWS],
        why=why,
        worst_first=[str(verdict) for verdict in reversed(Verdict)],
        charts=[
            (title, bars(counted))
            for title, counted in (
                ("By kind of claim", found.kinds),
                ("By subject", found.subjects),
                ("By market whose rules are met", found.markets),
            )
        ],
    )


def bars(counted: Mapping[str, Counter[str]]) -> list[dict[str, Any]]:
    """Stacked bars, the longest as wide as the chart; offsets and widths in percent."""
    most = max((sum(found.values()) for found in counted.values()), default=1)
    made = []
    for name, found in list(counted.items())[:_BARS]:
        parts, start = [], 0.0
        for verdict in reversed(Verdict):
            width = 100 * found[verdict] / most
            parts.append({"verdict": str(verdict), "x": round(start, 2), "width": round(width, 2), "n": found[verdict]})
            start += width
        made.append({"name": name, "parts": parts, "total": sum(found.values())})
    return made


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
