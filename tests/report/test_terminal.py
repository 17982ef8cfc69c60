from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from claimcheck.records import Article, Document, Finding, Unread
from claimcheck.report.as_terminal import Look, render
from claimcheck.terms import Jurisdiction, Severity, Strength, Verdict
from tests.report.made import TEXT, article, claim, report

LONG = "word " * 60


def lines(made, width=80):
    return render(made, Look(width)).split("\n")


def underlined(shown):
    """What stands over the underline, by columns."""
    [place] = [number for number, line in enumerate(shown) if re.fullmatch(r" *~+ *", line)]
    row, under = shown[place - 1], shown[place]
    first = under.index("~")
    last = first + under.count("~")
    columns, covered = 0, ""
    for letter in row:
        if first <= columns < last:
            covered += letter
        columns += cell_len(letter)
    return covered


def test_without_colour_there_is_no_escape_character():
    assert "\x1b" not in render(report(unread=(Unread("b", "is empty."),)))


def test_with_colour_the_words_are_the_same():
    coloured = render(report(), Look(color=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(report())


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"Garlic {LONG}cures cancer {LONG}.",
        "Garlic ✅ 大蒜 💊 " * 12 + "cures cancer " + "✅ 大蒜 " * 20,
        "Garlic " + "x" * 500 + " cures cancer",
    ],
)
def test_no_line_is_wider_than_the_terminal(text, width):
    made = report(article(text), unread=(Unread("b.txt", "is binary. " + LONG),))
    assert max(map(cell_len, lines(made, width))) <= width


def test_a_quote_longer_than_the_line_is_cut():
    text = f"Garlic cures {LONG}today."
    shown = lines(report(article(text), claim(f"cures {LONG}today", text)))
    assert max(map(cell_len, shown)) <= 80
    assert underlined(shown).startswith("cures word word")
    assert underlined(shown).endswith("…")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"{LONG}cures cancer {LONG}",
        f"{LONG}cures cancer",
        f"cures cancer {LONG}",
        "✅ Garlic 大蒜 cures cancer",
        "✅ 大蒜 " * 20 + "cures cancer" + " 大蒜" * 30,
        "Garlic really\r\ncures cancer",
        "Garlic\treally\x0bnow\u2028cures cancer",
        "Garlic \x1b[31mreally cures cancer",
        "Garlic [bold]really[/] cures cancer [/]",
    ],
)
def test_the_underline_stands_under_the_quote(text):
    assert underlined(lines(report(article(text)))) == "cures cancer"


def test_a_quote_over_two_lines_is_shown_on_one():
    text = "Garlic cures\r\ncancer today."
    assert underlined(lines(report(article(text), claim("cures\r\ncancer", text)))) == "cures cancer"


def test_control_characters_of_copy_and_names_do_not_reach_the_terminal():
    text = "Garlic \x1b]0;gone\x07 \u202e cures cancer \x9b31m"
    shown = render(
        report(
            Article("a\x1b[2Jb.txt", text, notes=("odd \x1b[31m note",)),
            claim(text=text),
            unread=(Unread("c\x1b[2J.txt", "is \x1b[31m odd"),),
        )
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "cures cancer" in shown


def test_a_place_a_verdict_a_reason_a_source_a_rule_and_a_way_out_are_shown():
    shown = " ".join(render(report()).split())
    for part in (
        "a.txt",
        "3:15 unsupported disease 98% sure",
        "garlic and cancer: C, not shown in people",
        "strong wording (“cures”)",
        "NCI: Garlic and Cancer Prevention",
        "A serious disease is said to be treated.",
        "FDA101 error (us,eu) Says that the product",
        "Leave the claim out.",
        "1 document, 1 claim: 1 unsupported, 0 overstated, 0 supported",
    ):
        assert part in shown


def test_a_supported_claim_without_findings_is_shown_in_two_lines():
    good = claim(verdict=Verdict.SUPPORTED, strength=Strength.HEDGED, findings=())
    shown = render(report(article(), good))
    assert "cures cancer" in shown
    assert "promised" not in shown


def test_a_document_without_claims_says_so_and_one_that_is_not_english_does_not():
    english = Document(Article("a.txt", "Garlic."))
    german = Document(Article("b.txt", "Knoblauch.", language="de", notes=("Not English; not judged.",)))
    shown = render(report(documents=(english, german)))
    assert shown.count("no health claims found") == 1
    assert "note: Not English; not judged." in shown


def test_names_are_shown_to_the_letter():
    source = "[red]a[/red]\\"
    shown = render(report(Article(source, TEXT), unread=(Unread("[b]\\", "is [i]empty[/i]."),)))
    assert source in shown
    assert "[b]\\" in shown
    assert "is [i]empty[/i]." in shown


def test_what_was_not_read_is_listed_and_counted():
    shown = render(report(unread=(Unread("b.txt", "is empty."),)))
    assert "b.txt\n  not read: is empty." in shown
    assert "2 documents, 1 claim: 1 unsupported, 0 overstated, 0 supported; 1 not read" in shown


def test_files_and_sources_are_links_where_links_are_wanted():
    made = report(article(source="https://shop.example/a"))
    shown = render(made, Look(links=True))
    assert re.search(r"\x1b]8;[^;]*;https://shop\.example/a\x1b\\", shown)
    assert re.search(r"\x1b]8;[^;]*;https://www\.cancer\.gov/very-long-path/\S+\x1b\\", shown)
    assert "\x1b[31m" not in shown
    bare = re.sub(r"\x1b]8;.*?\x1b\\|\x1b\[[\d;]*m", "", shown)
    assert bare == render(made)


def test_a_file_is_linked_by_its_whole_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = render(report(article(source="a b.txt")), Look(links=True))
    assert f"{tmp_path.as_uri()}/a%20b.txt" in shown


@pytest.mark.parametrize("source", ["-", "x\x1b]8;;evil\x1b\\"])
def test_a_name_makes_no_link_of_its_own(source):
    shown = render(report(article(source=source, text="Garlic cures cancer.")), Look(links=True))
    assert "]8;;evil\x1b" not in shown.replace("\x1b]8;;\x1b", "")


@pytest.mark.parametrize("quiet", [True, False])
def test_findings_about_the_page_are_shown(quiet):
    finding = Finding("FTC901", Severity.WARNING, "Names no risk.", "16 CFR 255", (Jurisdiction.UK,), start=18, end=24)
    shown = render(report(documents=(Document(article(), (claim(),), (finding,)),)), Look(quiet=quiet))
    assert "FTC901 warning" in shown
    assert "Names no risk." in shown
    assert "3:1" in shown


def test_statistics_name_the_most_frequent_first():
    weak = claim("is good", verdict=Verdict.OVERSTATED, findings=())
    shown = render(report(article(), claim(), weak, weak), Look(statistics=True))
    assert "by verdict\n     2  overstated\n     1  unsupported\n" in shown
    assert "     1  FDA101       Says that the product treats" in shown
    assert "by market\n     1  eu\n     1  us\n" in shown
