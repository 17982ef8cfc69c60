"""The account of ``claimcheck evaluate`` as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_WIDTH = 24
_NOTHING = "-"


def render(account: Mapping[str, Any]) -> str:
    """The account as lines for people.

    Args:
        account: As :func:`claimcheck.pipeline.assess.assess` gives it.
    """
    sizes = "{pages} pages, {sentences} sentences, {claims} labelled claims, {met} of them found".format_map(account)
    parts = [
        [sizes],
        _scores(account["scores"], account["baselines"]),
        *(_confusion(step, table) for step, table in account["confusion"].items()),
        _calibration(account["bins"]),
        _coverage(account["coverage"]),
        *(_slices(name, slices) for name, slices in account["slices"].items()),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _scores(scores: Mapping[str, Any], baselines: Mapping[str, Any]) -> Iterator[str]:
    yield _row("", ["value", "95 % of draws", *baselines])
    for name, score in scores.items():
        others = [_number(baseline.get(name)) for baseline in baselines.values()]
        yield _row(name, [_number(score), _between(score), *others])


def _confusion(step: str, table: Mapping[str, Any]) -> Iterator[str]:
    yield _row(f"{step}: labelled, found as", table["names"])
    for name, row in zip(table["names"], table["counts"], strict=True):
        yield _row(f"  {name}", map(str, row))


def _calibration(bins: Sequence[Mapping[str, float]]) -> Iterator[str]:
    yield _row("confidence", ["right", "claims"])
    for item in bins:
        yield _row(f"  {item['confidence']:.2f}", [f"{item['accuracy']:.3f}", f"{item['claims']:.0f}"])


def _coverage(points: Sequence[Mapping[str, float]]) -> Iterator[str]:
    yield _row("share kept", ["right", "sure from"])
    for point in points[::2]:
        yield _row(f"  {point['share']:.0%}", [f"{point['accuracy']:.3f}", f"{point['confidence']:.2f}"])


def _slices(name: str, slices: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    columns = list(next(iter(slices.values()))) if slices else []
    yield _row(name, columns)
    for group, values in slices.items():
        cells = [str(value) if isinstance(value, int) else _number(value) for value in values.values()]
        yield _row(f"  {group}", cells)


def _row(title: str, cells: Any) -> str:
    return (f"{title:{_WIDTH}}" + "".join(f" {cell:>16}" for cell in cells)).rstrip()


def _number(score: Mapping[str, float | None] | None) -> str:
    value = score["value"] if score else None
    return _NOTHING if value is None else f"{value:.3f}"


def _between(score: Mapping[str, float | None]) -> str:
    low, high = score["low"], score["high"]
    return _NOTHING if low is None or high is None else f"{low:.3f} to {high:.3f}"
