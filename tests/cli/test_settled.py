"""Findings chosen and settled from the command line."""

import json
from pathlib import Path

import pytest

PAGE = """\
Cranberry capsules

Cranberry prevents recurrent urinary tract infections.
"""
VENDOR = """\
Turmeric gummies

Turmeric cures arthritis. Our gummies melt joint pain away.

Turmeric has no side effects. Turmeric lowers cholesterol.

Turmeric fights off depression for good.
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scan(run, *arguments, stdin=PAGE):
    result = run("scan", "-", "--format", "json", *arguments, stdin=stdin)
    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout), result.exit_code


def verdicts(report):
    return [(c["id"], c["verdict"], c["confidence"]) for d in report["documents"] for c in d["claims"]]


def findings(report):
    return [f for d in report["documents"] for c in d["claims"] for f in c["findings"]]


def test_one_page_has_the_same_verdicts_and_another_law_in_each_market(run, here):
    reports = {market: scan(run, "--jurisdiction", market)[0] for market in ("us", "eu", "uk")}
    assert verdicts(reports["us"]) == verdicts(reports["eu"]) == verdicts(reports["uk"]) != []
    cited = {market: {f["cite"] for f in findings(report)} for market, report in reports.items()}
    assert all(cited.values())
    assert any("21 CFR" in cite for cite in cited["us"])
    assert any("1924/2006" in cite or "1169/2011" in cite for cite in cited["eu"])
    assert any("CAP Code" in cite or "Human Medicines" in cite for cite in cited["uk"])
    assert cited["us"] != cited["eu"] != cited["uk"]
    for market, report in reports.items():
        assert all(market in f["jurisdictions"] or f["platforms"] for f in findings(report))
        assert f"jurisdiction {market}" in report["notes"][0]


def test_only_what_got_stronger_is_new(run, here):
    before, code = scan(run, "--write-baseline", "b.json", stdin=VENDOR)
    bad = [item for item in verdicts(before) if item[1] != "supported"]
    assert (len(bad), code) == (5, 1)
    same, code = scan(run, "--baseline", "b.json", stdin=VENDOR)
    assert (verdicts(same), code) == (verdicts(before), 0)
    parts = [part.replace(". ", ".\n\n") for part in VENDOR.split("\n\n")[1:]]
    edited = "Turmeric gummies\n\nPosted from Leeds.\n\n" + "\n\n".join(reversed(parts))
    edited = edited.replace("Turmeric lowers cholesterol.", "Turmeric always lowers cholesterol, guaranteed.")
    after, code = scan(run, "--baseline", "b.json", stdin=edited)
    new = [c for d in after["documents"] for c in d["claims"] if c["verdict"] != "supported" and not c["suppressed"]]
    assert [c["quote"] for c in new] == ["lowers cholesterol"]
    assert code == 1


def test_an_empty_config_finds_what_none_finds(run, here):
    none, _ = scan(run)
    (here / "claimcheck.toml").write_text("", encoding="utf-8")
    assert scan(run)[0] == none
    (here / "claimcheck.toml").write_text('jurisdiction = ["eu"]\n', encoding="utf-8")
    narrowed, _ = scan(run)
    assert verdicts(narrowed) == verdicts(none)
    assert len(findings(narrowed)) < len(findings(none))
    assert "not shown" in narrowed["notes"][0]


def test_config_show_tells_where_each_value_came_from(run, here):
    path = here / "claimcheck.toml"
    path.write_text('platform = ["amazon"]\n', encoding="utf-8")
    lines = run("config", "show").stdout.splitlines()
    assert next(line.split() for line in lines if line.startswith("platform")) == ["platform", "amazon", str(path)]
    assert next(line.split() for line in lines if line.startswith("fail-on")) == ["fail-on", "overstated", "default"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--jurisdiction", "uss"], "Did you mean us?"),
        (["--platform", "amazn"], "Did you mean amazon?"),
        (["--select", "FDA10X"], "Did you mean FDA"),
        (["--baseline", "none.json"], "none.json: could not be read as a baseline"),
        (["--suppressions", "none.yaml"], "none.yaml: could not be read"),
    ],
)
def test_a_wrong_name_is_an_error_before_the_work(run, here, arguments, complaint):
    result = run("scan", "-", *arguments, stdin=PAGE)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_a_suppressed_claim_stays_in_the_report_and_does_not_fail(run, here):
    plain, code = scan(run)
    assert code == 1
    entries = [
        f"- claim: '{c['fingerprint']}'\n  reason: agreed\n  author: me\n  until: 2999-12-31\n"
        for d in plain["documents"]
        for c in d["claims"]
    ]
    (here / ".claimcheck-suppressions.yaml").write_text("".join(entries), encoding="utf-8")
    settled, code = scan(run)
    assert (verdicts(settled), code) == (verdicts(plain), 0)
    assert settled["documents"][0]["claims"][0]["suppressed"] == "agreed (me, until 2999-12-31)"


def test_a_comment_in_a_file_suppresses_a_rule_there(run, here):
    rule = findings(scan(run)[0])[0]["rule"]
    page = Path("a.html")
    comment = f'<!-- claimcheck: ignore {rule} reason="agreed" author=me until=2999-12-31 -->'
    page.write_text(f"<html><body>{comment}<p>{PAGE.splitlines()[2]}</p></body></html>", encoding="utf-8")
    report = json.loads(run("scan", page, "--format", "json").stdout)
    assert {f["rule"]: f["suppressed"] for f in findings(report)}[rule] == "agreed (me, until 2999-12-31)"
