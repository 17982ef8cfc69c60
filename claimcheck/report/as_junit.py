"""The report as JUnit XML: a document is a suite, a claim is a test, for what shows test results."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # written, never parsed

from claimcheck.records import Claim, Document, Report, Unread
from claimcheck.report.places import Places
from claimcheck.report.risk import is_problem
from claimcheck.report.words import known, promised

# What XML 1.0 cannot say, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The report as JUnit XML.

    A claim that the evidence does not carry or that meets a rule is a failure; so is a finding about a page;
    a document that could not be read is an error; one that was not judged is skipped.
    """
    suites = [_suite(document) for document in report.documents] + [_unread(item) for item in report.unread]
    root = ET.Element("testsuites", {"name": "claimcheck"} | _sums(suites))
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _sums(suites: list[ET.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors")
    return {name: str(sum(int(suite.get(name, 0)) for suite in suites)) for name in names} | {"time": "0"}


def _suite(document: Document) -> ET.Element:
    source = _xml(document.article.source)
    places = Places(document.article)
    cases = []
    for finding in document.findings:
        case = ET.Element("testcase", {"classname": source, "name": _xml(finding.rule), "time": "0"})
        if finding.suppressed:
            _skip(case, finding.suppressed)
        else:
            _fail(case, finding.rule, finding.message, finding.cite)
        cases.append(case)
    cases += [_case(source, claim, places) for claim in document.claims]
    if document.article.language != "en":
        case = ET.Element("testcase", {"classname": source, "name": "judged", "time": "0"})
        ET.SubElement(case, "skipped", {"message": _xml(" ".join(document.article.notes))})
        cases.append(case)
    suite = _counted(source, cases)
    if document.article.notes:
        ET.SubElement(suite, "system-out").text = _xml("\n".join(document.article.notes))
    return suite


def _unread(item: Unread) -> ET.Element:
    source = _xml(item.source)
    case = ET.Element("testcase", {"classname": source, "name": "read", "time": "0"})
    ET.SubElement(case, "error", {"type": "unread", "message": _xml(item.problem)})
    return _counted(source, [case])


def _counted(source: str, cases: list[ET.Element]) -> ET.Element:
    def number(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    counts = {"failures": number("failure"), "errors": number("error"), "skipped": number("skipped")}
    suite = ET.Element("testsuite", {"name": source, "tests": str(len(cases)), **counts, "time": "0"})
    suite.extend(cases)
    return suite


def _case(source: str, claim: Claim, places: Places) -> ET.Element:
    line, column = places.of(claim.start, claim.end)[:2]
    case = ET.Element("testcase", {"classname": source, "name": _xml(f"{line}:{column} {claim.quote}"), "time": "0"})
    if is_problem(claim):
        rules = [f"{f.rule} {f.severity} ({', '.join(f.markets)}): {f.message}" for f in claim.findings]
        text = "\n".join(
            filter(None, (f"known: {known(claim)}", f"promised: {promised(claim)}", *rules, claim.suggestion))
        )
        if claim.suppressed:
            _skip(case, claim.suppressed)
        else:
            _fail(case, claim.verdict, claim.reasons[-1] if claim.reasons else claim.verdict, text)
    return case


def _fail(case: ET.Element, kind: str, message: str, text: str) -> None:
    ET.SubElement(case, "failure", {"type": _xml(kind), "message": _xml(message)}).text = _xml(text)


def _skip(case: ET.Element, why: str) -> None:
    ET.SubElement(case, "skipped", {"message": _xml(f"suppressed: {why}")})


def _xml(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", str(text))
