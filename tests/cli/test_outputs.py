from __future__ import annotations

import sys

import pytest

from claimcheck.cli.outputs import FORMATS, Outputs
from claimcheck.report.formats import BUILT_IN


@pytest.mark.parametrize(
    ("terminal", "no_color", "color", "links"),
    [(True, None, True, True), (True, "", True, True), (True, "1", False, True), (False, None, False, False)],
)
def test_colours_and_links_are_for_a_terminal_that_wants_them(monkeypatch, terminal, no_color, color, links):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    look = Outputs("terminal")._look()
    assert (look.color, look.links) == (color, links)


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("80", 80), ("300", 120)])
def test_the_width_is_that_of_the_terminal_up_to_a_line_that_can_be_read(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert Outputs("terminal")._look().width == width


def test_the_help_names_every_format():
    assert tuple(FORMATS.split("|")) == BUILT_IN
