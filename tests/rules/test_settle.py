"""Choosing and settling findings: pure functions from report to report."""

from dataclasses import replace
from datetime import date

import pytest

from claimcheck.errors import DataError, UsageError
from claimcheck.records import Article, Document, Finding, Report
from claimcheck.rules import RuleSet
from claimcheck.rules.baseline import KNOWN, against, read_baseline, write_baseline
from claimcheck.rules.choice import Choice, chosen, known_rules
from claimcheck.rules.suppress import Suppression, from_remarks, load_suppressions, suppressed
from claimcheck.terms import Jurisdiction, Platform, Severity, Verdict
from tests.report.made import claim

TODAY = date(2026, 11, 24)


def finding(rule, *markets):
    law = tuple(Jurisdiction(code) for code in markets if code in list(Jurisdiction))
    policy = tuple(Platform(code) for code in markets if code in list(Platform))
    return Finding(rule, Severity.ERROR, "message", "cite", law, platforms=policy)


def made(*findings, page=(), remarks=(), verdict=Verdict.OVERSTATED):
    one = replace(claim("is good", verdict=verdict), findings=findings)
    return Report({"name": "t"}, (Document(Article("a.txt", "It is good.", remarks=remarks), (one,), page),))


def rules_of(report):
    [document] = report.documents
    return [f.rule for c in document.claims for f in c.findings] + [f.rule for f in document.findings]


@pytest.fixture
def rules(nlp) -> RuleSet:
    return nlp.get_pipe("rule_matcher").rules


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(), ["FDA101", "EU101", "AMZ1"]),
        (Choice(jurisdictions=("us",)), ["FDA101", "AMZ1"]),
        (Choice(platforms=("meta",)), ["FDA101", "EU101"]),
        (Choice(jurisdictions=("eu",), platforms=("amazon",)), ["EU101", "AMZ1"]),
        (Choice(select=("FDA", "EU1")), ["FDA101", "EU101"]),
        (Choice(ignore=("FDA101",)), ["EU101", "AMZ1"]),
    ],
)
def test_a_choice_keeps_claims_and_drops_findings(choice, left):
    report = made(finding("FDA101", "us"), finding("EU101", "eu"), page=(finding("AMZ1", "amazon"),))
    kept = chosen(report, choice)
    assert rules_of(kept) == left
    assert [c.verdict for c in kept.documents[0].claims] == [c.verdict for c in report.documents[0].claims]
    assert bool(kept.notes) is bool(choice.words())


def test_what_is_not_shown_is_told():
    kept = chosen(made(finding("FDA101", "us"), finding("EU101", "eu")), Choice(jurisdictions=("us",)))
    assert kept.notes == ("findings by jurisdiction us; 1 other not shown.",)


def test_rules_are_named_by_id_beginning_or_name(rules):
    assert known_rules(rules, ["fda1", "FDA101", "disease-cure-claim"]) == ("FDA1", "FDA101", "FDA101")
    with pytest.raises(UsageError, match="Did you mean FDA"):
        known_rules(rules, ["FDA10X"])


def suppression(**changed):
    return Suppression(
        **{"what": "FDA101", "reason": "seen", "author": "me", "until": "2026-12-31", "where": "f:1", **changed}
    )


def test_a_suppression_marks_its_rule_only():
    [document] = suppressed(made(finding("FDA101", "us"), finding("EU101", "eu")), [suppression()], TODAY).documents
    assert [f.suppressed for f in document.claims[0].findings] == ["seen (me, until 2026-12-31)", ""]
    assert document.claims[0].suppressed == ""


def test_a_suppressed_claim_takes_its_findings_with_it():
    report = made(finding("FDA101", "us"))
    fingerprint = report.documents[0].claims[0].fingerprint
    [document] = suppressed(report, [suppression(what=fingerprint)], TODAY).documents
    assert document.claims[0].suppressed == document.claims[0].findings[0].suppressed == "seen (me, until 2026-12-31)"


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"reason": ""}, "does not work: it has no reason"),
        ({"author": ""}, "does not work: it has no author"),
        ({"until": "2026-11-23"}, "does not work: it ended on 2026-11-23"),
        ({"until": "soon"}, "does not work: its until is 'soon'"),
        ({"what": "EU101"}, "was not used"),
    ],
)
def test_what_does_not_work_is_told(changed, complaint):
    report = suppressed(made(finding("FDA101", "us")), [suppression(**changed)], TODAY)
    assert complaint in report.notes[0]
    assert report.documents[0].claims[0].findings[0].suppressed == ""


def test_a_suppression_file_is_checked(tmp_path, rules):
    path = tmp_path / "s.yaml"
    good = "- rule: FDA101\n  reason: seen\n  author: me\n  until: 2026-12-31\n"
    path.write_text(good, encoding="utf-8")
    assert load_suppressions(path, rules) == [suppression(where=f"{path}:1")]
    for text, complaint in (
        (good.replace("author", "autor"), r":1: unknown key 'autor'"),
        (good.replace("FDA101", "FDA10X"), "Did you mean FDA"),
        (good.replace("- rule: FDA101\n  reason", "- reason"), "either rule"),
        ("a: b\n", "no list"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=complaint):
            load_suppressions(path, rules)


def test_a_comment_suppresses_on_its_own_page(rules):
    report = made(finding("FDA101", "us"), remarks=('FDA101 reason="seen twice" author=me until=2026-12-31',))
    [given] = from_remarks(report.documents[0], rules)
    assert (given.what, given.reason, given.source) == ("FDA101", "seen twice", "a.txt")
    with pytest.raises(UsageError, match=r"a\.txt: a comment ignores what is no rule"):
        list(from_remarks(made(remarks=("FDA10X",)).documents[0], rules))


def test_a_baseline_knows_its_claims_and_no_worse_ones(tmp_path):
    path = tmp_path / "b.json"
    report = made(finding("FDA101", "us"), page=(finding("EU101", "eu"),))
    write_baseline(report, path)
    baseline = read_baseline(path)
    [known] = against(report, baseline).documents
    assert known.claims[0].suppressed == known.findings[0].suppressed == KNOWN
    [worse] = against(made(verdict=Verdict.UNSUPPORTED), baseline).documents
    assert worse.claims[0].suppressed == ""
    [more] = against(made(finding("FDA101", "us"), finding("UK101", "uk")), baseline).documents
    assert [f.suppressed for f in more.claims[0].findings] == [KNOWN, ""]


def test_what_is_no_baseline_is_refused(tmp_path):
    path = tmp_path / "b.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="--write-baseline"):
        read_baseline(path)
