"""What holds for every format: golden files, the same findings, hostile copy."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from claimcheck.errors import UsageError
from claimcheck.records import Article, Document, Finding, Unread
from claimcheck.report import formats
from claimcheck.report.as_csv import COLUMNS
from claimcheck.report.as_terminal import Look
from claimcheck.report.as_terminal import render as as_terminal
from claimcheck.report.formats import BUILT_IN, format_of, renderer
from claimcheck.terms import ClaimKind, Grade, Jurisdiction, Place, Severity, Strength, Verdict
from tests.report.golden import check
from tests.report.made import TOOL, article, claim, report

SARIF = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
NASTY = [
    '=HYPERLINK("http://evil.example","x") garlic cures cancer',
    "@SUM(1) garlic cures cancer",
    "+1 garlic cures cancer",
    "\uff1dcmd garlic cures cancer",
    "<script>alert(1)</script> garlic cures cancer ![x](http://evil.example/i.png)",
    "[click](http://evil.example) garlic cures cancer {0}",
    "`` ` garlic `cures cancer` | @everyone #1",
    "garlic ]]> &amp; cures cancer \x0b\x01 \U0010ffff",
    'garlic cures cancer,\r\n"quoted";\ttabs',
]  # fmt: skip


def full():
    """Two pages, a page-level finding, one page in another language, and one that could not be read."""
    good = "Vitamin C contributes to the normal function of the immune system."
    page = Finding("FTC901", Severity.WARNING, "Names no risk.", "16 CFR 255", (Jurisdiction.US,), "Name the risk.")
    at = Finding("UK901", Severity.NOTE, "Says “natural”.", "CAP Code 12", (Jurisdiction.UK,), start=0, end=3)
    fine = claim(
        "contributes to the normal function of the immune system",
        good,
        kind=ClaimKind.FUNCTION,
        strength=Strength.PLAIN,
        grade=Grade.A,
        verdict=Verdict.SUPPORTED,
        confidence=0.91,
        findings=(),
        place=Place.ALT,
    )
    weak = claim("is good for everybody", verdict=Verdict.OVERSTATED, confidence=0.6, grade=None, evidence=())
    documents = (
        Document(article(source="shop/a.txt"), (claim(), weak), (page, at)),
        Document(Article("https://shop.example/b?x=1 2", good, title="Vitamin C"), (fine,)),
        Document(Article("c.txt", "Knoblauch.", language="de", notes=("Not English; not judged.",))),
    )
    return report(documents=documents, unread=(Unread("d.pdf", "is encrypted."),))


def nasty(text):
    page = Finding("FTC901", Severity.WARNING, "Names no risk.", "16 CFR 255", start=0, end=len(text))
    made = article(text, source=text.replace("\r", " "))
    return report(documents=(Document(made, (claim(text=text),), (page,)),), unread=(Unread(text, text),))


@pytest.mark.parametrize("name", [name for name in BUILT_IN if name != "html"])
def test_golden(name, update_golden):
    endings = {"terminal": "txt", "markdown": "md", "junit": "xml"}
    check(f"report.{endings.get(name, name)}", renderer(name)(full()), update_golden)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_same_report_gives_the_same_bytes(name):
    assert renderer(name)(full()) == renderer(name)(full())


def rows(made):
    return list(csv.DictReader(io.StringIO(renderer("csv")(made).removeprefix("\ufeff"))))


def test_every_format_tells_of_the_same_claims_in_the_same_order():
    made = full()
    quotes = [c.quote for document in made.documents for c in document.claims]
    bad = [c.quote for document in made.documents for c in document.claims if c.verdict is not Verdict.SUPPORTED]
    assert [row["quote"] for row in rows(made) if row["verdict"]] == quotes
    lines = [json.loads(line) for line in renderer("jsonl")(made).splitlines()]
    assert [c["quote"] for line in lines for c in line.get("claims", ())] == quotes
    whole = json.loads(renderer("json")(made))
    assert [{k: v for k, v in line.items() if k not in ("schema", "tool")} for line in lines] == [
        *whole["documents"],
        *whole["unread"],
    ]
    [run] = json.loads(renderer("sarif")(made))["runs"]
    verdicts = [r for r in run["results"] if r["ruleId"].endswith("-claim")]
    assert [r["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] for r in verdicts] == bad
    cases = [case.get("name").split(" ", 1)[-1] for case in ET.fromstring(renderer("junit")(made)).iter("testcase")]
    assert [name for name in cases if name in quotes] == quotes
    for name in ("terminal", "markdown", "html"):
        shown = " ".join(renderer(name)(made).split())
        places = [shown.index(quote[:40]) for quote in quotes]
        assert places == sorted(places), name


def test_sarif_follows_the_published_schema_and_leads_to_the_words():
    made = full()
    log = json.loads(renderer("sarif")(made))
    jsonschema.validate(log, SARIF)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    text = made.documents[0].article.text
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        region = result["locations"][0]["physicalLocation"].get("region")
        if region:
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
            assert text[start:end] == region["snippet"]["text"]
            lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
            assert lines[0][region["startColumn"] - 1 :].startswith(region["snippet"]["text"][:4])
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    assert [item["level"] for item in run["invocations"][0]["toolExecutionNotifications"]] == ["error", "note"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_names_a_file_by_the_way_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for source, expected in (
        ("a b/ä.txt", {"uri": "a%20b/%C3%A4.txt", "uriBaseId": "%SRCROOT%"}),
        (str(tmp_path / "x.txt"), {"uri": "x.txt", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/x.txt", {"uri": "file:///elsewhere/x.txt"}),
        ("https://shop.example/a b", {"uri": "https://shop.example/a%20b"}),
        ("-", {"uri": "stdin"}),
    ):
        log = json.loads(renderer("sarif")(report(article(source=source))))
        where = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert where == expected


def test_the_same_words_twice_have_two_fingerprints():
    text = "Garlic cures cancer. Garlic cures cancer."
    twice = (claim(text=text), replace(claim(text=text), id="f-2", start=28, end=40))
    results = json.loads(renderer("sarif")(report(article(text), *twice)))["runs"][0]["results"]
    assert [
        r["partialFingerprints"]["primaryLocationLineHash"] for r in results if r["ruleId"] == "unsupported-claim"
    ] == [
        "f:unsupported-claim:1",
        "f:unsupported-claim:2",
    ]


def test_junit_is_read_by_another_program_and_its_sums_are_right():
    read = JUnitXml.fromstring(renderer("junit")(full()).encode())
    suites = list(read)
    assert (read.tests, read.failures, read.errors, sum(suite.skipped for suite in suites)) == (7, 4, 1, 1)
    assert [suite.name for suite in suites] == ["shop/a.txt", "https://shop.example/b?x=1 2", "c.txt", "d.pdf"]
    assert sum(suite.tests for suite in suites) == read.tests
    failed = [case.name for suite in suites for case in suite if case.result and case.result[0]._tag == "failure"]
    assert failed == ["FTC901", "UK901", "3:15 cures cancer", "3:32 is good for everybody"]


@pytest.mark.parametrize("text", NASTY)
def test_hostile_copy_plants_no_formula(text):
    out = renderer("csv")(nasty(text))
    assert out.startswith("\ufeffsource,")
    for row in csv.reader(io.StringIO(out.removeprefix("\ufeff"))):
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not re.match(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]", cell), cell
    assert rows(nasty(text))[1]["quote"].lstrip("'") == "cures cancer"


@pytest.mark.parametrize("text", NASTY)
def test_hostile_copy_makes_nothing_but_text_of_markdown(text):
    out = renderer("markdown")(nasty(text))
    allowed = {"inline", "text", "code_inline", "softbreak", "strong_open", "strong_close", "link_open", "link_close"}
    tokens = [
        t for token in MarkdownIt("gfm-like", {"linkify": False}).parse(out) for t in [token, *(token.children or ())]
    ]
    assert {
        t.type for t in tokens if not re.match("heading|paragraph|list|bullet|table|thead|tbody|tr|t[hd]_", t.type)
    } <= allowed
    targets = {t.attrs["href"] for t in tokens if t.type == "link_open"}
    assert {target.split("/")[2] for target in targets} == {"www.cancer.gov"}  # our own source
    outside = "".join(t.content for t in tokens if t.type == "text")
    assert not re.search(r"@\w", outside)
    assert "cures cancer" in [t.content for t in tokens if t.type == "code_inline"]


@pytest.mark.parametrize("text", NASTY)
def test_hostile_copy_leaves_sarif_and_junit_well_formed(text):
    log = json.loads(renderer("sarif")(nasty(text)))
    jsonschema.validate(log, SARIF)
    for result in log["runs"][0]["results"]:
        assert not re.search(r"(?<!\\)\[", result["message"]["text"])
    root = ET.fromstring(renderer("junit")(nasty(text)))
    assert {element.tag for element in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "error"}


def test_another_package_adds_a_format(monkeypatch):
    other = EntryPoint("words", "tests.report.made:TEXT", formats.GROUP)
    monkeypatch.setattr(formats, "entry_points", lambda group: [other] if group == formats.GROUP else [])
    assert format_of("x.words") == "words"
    assert renderer("words").startswith("All about garlic")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("r.html", "html"),
        ("r.HTM", "html"),
        ("r.sarif", "sarif"),
        ("r.csv", "csv"),
        ("r.json", "json"),
        ("r.jsonl", "jsonl"),
        ("r.md", "markdown"),
        ("r.xml", "junit"),
        ("r.txt", "terminal"),
    ],
)
def test_an_ending_names_a_format(path, name):
    assert format_of(path) == name


@pytest.mark.parametrize("path", ["out", "a.b/out", "out.pdf", "out.terminal2", ""])
def test_an_ending_that_names_none_is_told_with_those_that_do(path):
    with pytest.raises(UsageError, match=re.escape(".csv, .html, .json, .jsonl, .md, .sarif, .txt, .xml")):
        format_of(path)


def test_an_unknown_format_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no format 'pdf'\. Use one of: terminal, html"):
        renderer("pdf")


def test_the_tool_is_named_in_every_format_that_has_a_place_for_it():
    for name in ("html", "json", "jsonl", "markdown", "sarif"):
        assert TOOL["pipeline"] in renderer(name)(full()), name


def test_what_is_settled_is_told_in_every_format_and_fails_in_none():
    settled = claim(suppressed="Seen by legal", findings=(replace(claim().findings[0], suppressed="Seen by legal"),))
    made = report(article(), settled)
    for name in BUILT_IN:
        assert "Seen by legal" in renderer(name)(made), name
    log = json.loads(renderer("sarif")(made))
    jsonschema.validate(log, SARIF)
    assert all(result["suppressions"] for result in log["runs"][0]["results"])
    assert JUnitXml.fromstring(renderer("junit")(made).encode()).failures == 0
    assert "more not shown" not in renderer("terminal")(made)
    assert as_terminal(made, Look(quiet=True)) == ""
