"""Tools for those who write rules."""

import json
from pathlib import Path

import pytest
import srsly

from claimcheck.pipeline.run import folder
from claimcheck.rules import RuleSet
from claimcheck.rules.docs import reference, template

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(template("mine", "MINE001"), encoding="utf-8")
    return path


def test_the_list_has_a_line_a_rule_with_the_id_first(run):
    lines = run("rules", "list").stdout.splitlines()
    data = json.loads(run("rules", "list", "--format", "json").stdout)
    assert [line.split()[0] for line in lines] == [rule["id"] for rule in data]
    assert all(rule["cite"] and rule["flag"] for rule in data)


def test_show_tells_prose_citation_and_examples(run):
    shown = run("rules", "show", "disease-cure-claim").stdout
    for part in ("FDA101", "Why: ", "Citation: ", "Flags:", "Passes:", "Matches:"):
        assert part in shown


def test_a_new_pack_passes_its_own_examples(run, tmp_path):
    path = tmp_path / "our-house.yaml"
    assert str(path) in run("rules", "new", path).stdout
    result = run("rules", "test", path, "--pipeline", folder())
    assert result.stdout == "1 rules, 4 examples, 0 wrong\n"
    assert run("rules", "new", path).exit_code == 2


def test_a_failed_example_comes_with_its_trace(run, pack):
    text = pack.read_text(encoding="utf-8").replace("Our tea cures arthritis.", "Our tea soothes arthritis.")
    pack.write_text(text.replace("Our hospital cures", "Our surgery cures"), encoding="utf-8")
    result = run("rules", "test", pack, "--pipeline", folder())
    assert result.exit_code == 1
    assert "MINE001 should flag: 'Our tea soothes arthritis.'" in result.stdout
    assert "1 of 2 parts; lacks cure|heal" in result.stdout
    assert "MINE001 should pass" in result.stdout
    assert "met by 'cures arthritis'" in result.stdout


def test_a_named_pack_is_tested_alone(run):
    assert run("rules", "test", "ca").stdout.endswith(" 0 wrong\n")
    assert run("rules", "test", "FDA101").stdout.startswith("1 rules, 6 examples, 0 wrong")


def test_an_own_pack_adds_findings_and_changes_no_verdict(run, pack):
    text = "Turmeric cures arthritis."
    plain = json.loads(run("scan", "-", "--format", "json", stdin=text).stdout)
    more = json.loads(run("scan", "-", "--format", "json", "--rules", pack, "--pipeline", folder(), stdin=text).stdout)
    [one], [other] = (report["documents"][0]["claims"] for report in (plain, more))
    assert (one["verdict"], one["confidence"]) == (other["verdict"], other["confidence"])
    assert {f["rule"] for f in other["findings"]} - {f["rule"] for f in one["findings"]} == {"MINE001"}


def test_coverage_tells_what_is_met_and_what_never_is(run, tmp_path):
    (tmp_path / "a.txt").write_text("Turmeric cures arthritis.", encoding="utf-8")
    lines = run("rules", "coverage", tmp_path).stdout.splitlines()
    count = {line.split()[1]: int(line.split()[0]) for line in lines}
    assert count["FDA101"] == 1
    assert "never met" in lines[-1]
    assert len(count) == len(run("rules", "list").stdout.splitlines())


def test_diff_names_what_is_new_gone_or_changed(run, pack, tmp_path):
    other = tmp_path / "other.yaml"
    text = pack.read_text(encoding="utf-8")
    other.write_text(text.replace("severity: warning", "severity: error"), encoding="utf-8")
    assert run("rules", "diff", pack, other).stdout == "~ MINE001 cure-for-a-disease: severity\n"
    other.write_text(text.replace("MINE001", "MINE002"), encoding="utf-8")
    assert run("rules", "diff", pack, other).stdout == "- MINE001 cure-for-a-disease\n+ MINE002 cure-for-a-disease\n"


def test_the_reference_is_current():
    rules = RuleSet.from_dict(srsly.read_json(folder() / "rule_matcher" / "rules.json")["rules"])
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == reference(rules.rules.values()), "run: claimcheck rules docs"
