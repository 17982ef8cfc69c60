from __future__ import annotations

import json

import pytest

from tests.sites.shop import COPY, page


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "vendor"
    folder.mkdir()
    (folder / "a.html").write_bytes(page("A", COPY[1]))
    (folder / "b.html").write_bytes(page("B", "Turmeric may ease joint pain."))
    return folder


@pytest.fixture
def call(run, tmp_path):
    return lambda *words: run("audit", *words, "--store", tmp_path / "audits.db")


def test_an_auditors_hour(call, site, tmp_path):
    shown = call("run", site)
    assert shown.exit_code == 0
    assert "2 pages judged, 0 of them unchanged" in shown.stdout
    assert call("report", "-o", tmp_path / "r.html", "-o", tmp_path / "r.json").exit_code == 0
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["covered"]["judged"] == 2
    (site / "b.html").write_bytes(page("B", "Turmeric eliminates joint pain."))
    assert call("run", site).exit_code == 0
    shown = call("diff")
    assert shown.exit_code == 0
    assert "stronger: 1" in shown.stdout
    assert call("diff", "--fail-on-new", "overstated").exit_code == 1
    assert call("diff", 1, 1, "--fail-on-new", "overstated").exit_code == 0
    data = json.loads(call("diff", 1, 2, "--format", "json").stdout)
    assert [change["change"] for change in data["changes"]] == ["stronger"]
    assert [line.split()[0] for line in call("list").stdout.splitlines()] == ["1", "2"]
    assert "worst claims" in call("show").stdout
    assert "2 snapshots" not in call("rejudge").stdout
    assert call("export", "-o", tmp_path / "x.jsonl").exit_code == 0
    lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["url"].rsplit("/", 1)[-1] for line in lines} == {"a.html", "b.html"}
    assert call("export", 1, "-o", tmp_path / "x.csv").exit_code == 0


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["show"], "holds no audit yet"),
        (["show", "7"], "holds no audit 7"),
        (["diff"], "holds no audit yet"),
        (["diff", "1"], "Name two audits"),
        (["run", "no-such-folder"], "no such site, folder or file"),
        (["export", "-o", "x.docx"], "no format has this ending"),
        (["run", "--delay", "-1", "x"], "not in the range"),
    ],
)
def test_wrong_use_is_2_and_says_what_is_allowed(call, words, problem):
    result = call(*words)
    assert result.exit_code == 2
    assert problem in " ".join(result.stderr.split())


def test_once_is_not_enough_for_a_comparison(call, site):
    call("run", site)
    result = call("diff")
    assert result.exit_code == 2
    assert "audited once only" in result.stderr


def test_an_extra_that_is_missing_is_told_with_the_line_that_installs_it(call, site, monkeypatch):
    from claimcheck import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "scrapy" else object())
    result = call("run", site)
    assert result.exit_code == 2
    assert "pip install 'health-claimcheck[audit]'" in result.stderr
