"""The account of ``claimcheck evaluate`` as a picture: scores, confusion, calibration, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimcheck.errors import UsageError
from claimcheck.extras import need

SUFFIXES = (".svg", ".png", ".pdf")
_SHOWN = ("macro4", "claim_f1", "flag_f1", "f1_none", "f1_supported", "f1_overstated", "f1_unsupported")
_INK, _SOFT, _FAINT = "#0b57d0", "#9aa0a6", "#d8dce1"


def draw(account: Mapping[str, Any], path: Path) -> None:
    """Draw an account into a file; the same account gives the same SVG.

    Args:
        account: As :func:`claimcheck.pipeline.assess.assess` gives it.
        path: Its ending, one of :data:`SUFFIXES`, says the format.

    Raises:
        UsageError: another ending, a folder that is not there, or matplotlib is not installed.
    """
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path}: a picture ends in {', '.join(SUFFIXES)}. Name it so.")
    if not path.resolve().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {str(path.parent)!r}. Make it first.")
    need("plots", "matplotlib")
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "claimcheck", "font.size": 9, "svg.fonttype": "none"}):
        figure = Figure(figsize=(11, 8), layout="constrained")
        FigureCanvasAgg(figure)
        (scores, confusion), (bins, curve) = figure.subplots(2, 2)
        _scores(scores, account)
        _confusion(confusion, account["confusion"]["label"])
        _calibration(bins, account["bins"])
        _coverage(curve, account["coverage"])
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _scores(axes: Any, account: Mapping[str, Any]) -> None:
    """Each score with its interval beside those of the baselines."""
    rows = {"pipeline": (account["scores"], _INK), "words": (account["baselines"]["words"], _SOFT)}
    rows["keywords"] = (account["baselines"]["keywords"], _FAINT)
    for place, (name, (scores, color)) in enumerate(rows.items()):
        at = [number + 0.27 * (place - 1) for number in range(len(_SHOWN))]
        known = [scores[score] for score in _SHOWN]
        values = [item["value"] or 0 for item in known]
        error = [
            [max(v - (item["low"] or 0), 0) for v, item in zip(values, known, strict=True)],
            [max((item["high"] or 0) - v, 0) for v, item in zip(values, known, strict=True)],
        ]
        axes.barh(at, values, height=0.25, xerr=error, color=color, ecolor="#5b616a", label=name)
    axes.set_yticks(range(len(_SHOWN)), _SHOWN)
    axes.invert_yaxis()
    axes.set(title="Scores, with the range of 95 % of page draws", xlim=(0, 1))
    axes.legend(frameon=False)


def _confusion(axes: Any, table: Mapping[str, Any]) -> None:
    names, counts = table["names"], table["counts"]
    shares = [[cell / max(sum(row), 1) for cell in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for y, row in enumerate(counts):
        for x, cell in enumerate(row):
            axes.text(x, y, str(cell), ha="center", va="center", color="white" if shares[y][x] > 0.5 else "black")
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.set(title="Sentences: labelled (row), found as (column)")


def _calibration(axes: Any, bins: Any) -> None:
    axes.plot([0, 1], [0, 1], color=_FAINT)
    axes.plot([b["confidence"] for b in bins], [b["accuracy"] for b in bins], marker="o", color=_INK)
    axes.set(title="Verdicts: how often right", xlabel="confidence", ylabel="right", xlim=(0, 1), ylim=(0, 1))


def _coverage(axes: Any, points: Any) -> None:
    axes.plot([p["share"] for p in points], [p["accuracy"] for p in points], marker=".", color=_INK)
    axes.set(title="Verdicts: right when only the surest are kept", xlabel="share kept", ylabel="right", xlim=(0, 1.02))
