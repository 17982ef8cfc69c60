from __future__ import annotations

import json

import pytest
from lxml import html

BAD = "Garlic cures cancer."
GOOD = "Vitamin C contributes to the normal function of the immune system."
NONE = "Our shop opens at nine."


@pytest.fixture
def put(tmp_path):
    def put(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def as_json(result):
    return json.loads(result.stdout)


@pytest.mark.parametrize(("text", "code"), [(NONE, 0), (GOOD, 0), (BAD, 1)])
def test_the_exit_code_tells_whether_a_claim_is_bad(run, put, text, code):
    assert run("scan", put("a.txt", text)).exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "--format", "pdf", "-"],
        ["scan", "--top", "0", "-"],
        ["scan", "--fail-on", "supported", "-"],
        ["scan", "--pipeline", "no-such-pipeline", "-"],
        ["scan", "--no-such-option", "-"],
        ["no-such-command"],
    ],
)
def test_wrong_use_is_2_and_says_why(run, arguments):
    result = run(*arguments, stdin=BAD)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr or result.stderr.startswith("claimcheck: no ")


def test_what_cannot_be_read_is_3_and_the_report_is_still_written(run, put, tmp_path):
    result = run("scan", put("a.txt", BAD), tmp_path / "missing.txt")
    assert result.exit_code == 3
    assert "cures cancer" in result.stdout
    assert str(tmp_path / "missing.txt") in result.stdout
    assert "no such file or folder" in result.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("overstated", 1), ("unsupported", 1), ("never", 0)])
def test_fail_on_an_unsupported_claim(run, put, fail_on, code):
    path = put("a.txt", BAD)
    result = run("scan", path, "--fail-on", fail_on, "--format", "json")
    assert as_json(result)["summary"]["unsupported"] == 1
    assert result.exit_code == code


@pytest.mark.parametrize(
    ("worst", "fail_on", "code"),
    [
        ("supported", "overstated", 0),
        ("overstated", "overstated", 1),
        ("overstated", "unsupported", 0),
        ("overstated", "never", 0),
        ("unsupported", "unsupported", 1),
    ],
)
def test_fail_on_counts_the_verdict_named_and_worse(worst, fail_on, code):
    from claimcheck.cli.scan import exit_code
    from claimcheck.terms import Verdict
    from tests.report.made import article, claim, report

    made = report(article(), claim("is good", verdict=Verdict.SUPPORTED), claim(verdict=Verdict(worst)))
    assert exit_code(made, fail_on) == code


def test_what_cannot_be_read_counts_even_where_nothing_fails(run, put):
    assert run("scan", put("a.txt", " "), "--fail-on", "never").exit_code == 3


ENDINGS = {
    "terminal": "txt",
    "html": "html",
    "json": "json",
    "jsonl": "jsonl",
    "markdown": "md",
    "sarif": "sarif",
    "csv": "csv",
    "junit": "xml",
}


def test_one_run_writes_every_format_and_nothing_else(run, put, tmp_path):
    path = put("a.txt", BAD)
    files = {style: tmp_path / f"out.{ending}" for style, ending in ENDINGS.items()}
    written = run("scan", path, *(part for file in files.values() for part in ("-o", file)))
    assert (written.stdout, written.exit_code) == ("", 1)
    for style, file in files.items():
        shown = run("scan", path, "--format", style)
        assert shown.exit_code == 1
        assert file.read_bytes() == shown.stdout_bytes
        assert "cures cancer" in " ".join(shown.stdout.split())


def test_a_file_and_a_format_for_standard_output_go_together(run, put, tmp_path):
    result = run("scan", put("a.txt", BAD), "--format", "jsonl", "-o", tmp_path / "out.csv")
    assert as_json(result)["claims"][0]["quote"] == "cures cancer"
    assert "cures cancer" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_an_ending_that_names_no_format_is_told_before_the_work(run, put, tmp_path):
    result = run("scan", put("a.txt", BAD), "-o", tmp_path / "out.pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "its ending names no format. Use one of: .csv, .html" in result.stderr


@pytest.mark.parametrize("option", [["--quiet"], ["--statistics"], ["--top", "3"]])
def test_an_option_for_the_terminal_is_not_passed_over(run, option):
    result = run("scan", "-", "--format", "csv", *option, stdin=BAD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{option[0]} shapes the terminal report" in result.stderr


def test_quiet_is_one_line_a_problem(run, put):
    path = put("a.txt", f"{GOOD}\n\n{BAD}")
    result = run("scan", path, "--quiet")
    assert result.exit_code == 1
    [line] = result.stdout.splitlines()
    assert line.startswith(f"{path}:3:8: unsupported disease ")
    assert line.endswith(" “cures cancer”")
    assert run("scan", put("b.txt", GOOD), "--quiet").stdout == ""


def test_top_shows_the_gravest_and_counts_the_rest(run, put):
    path = put("a.txt", f"Ginger helps with colds.\n\n{BAD}")
    result = run("scan", path, "--top", "1")
    assert "cures cancer" in result.stdout
    assert "helps with colds" not in result.stdout
    assert "1 more not shown (--top 1)" in result.stdout
    assert "1 document, 2 claims" in result.stdout


def test_statistics_count_verdicts_kinds_rules_and_markets(run, put):
    shown = run("scan", put("a.txt", BAD), "--statistics").stdout
    for part in ("by verdict\n     1  unsupported", "by kind of claim\n     1  disease", "by rule\n", "by market\n"):
        assert part in shown


def test_an_output_that_cannot_be_written_is_told_before_the_work(run, put, tmp_path, monkeypatch):
    from claimcheck import articles

    monkeypatch.setattr(articles, "read_all", lambda *_: pytest.fail("it was read all the same"))
    output = tmp_path / "no" / "folder" / "out.json"
    result = run("scan", put("a.txt", BAD), "-o", output)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"claimcheck: {output}: there is no folder")


def test_an_output_that_is_a_folder_is_wrong_use(run, put, tmp_path):
    result = run("scan", put("a.txt", BAD), "-o", tmp_path)
    assert result.exit_code == 2
    assert "directory" in result.stderr


def test_a_name_that_is_no_utf_8_does_not_cost_the_written_report(run, tmp_path):
    output = tmp_path / "out.json"
    result = run("scan", tmp_path / "mis\udcffsing.txt", "--format", "json", "-o", output)
    assert result.exit_code == 3
    assert json.loads(output.read_text(encoding="utf-8"))["unread"][0]["problem"].startswith("no such file")


def test_standard_input_is_judged(run):
    result = run("scan", "-", "--format", "json", stdin=BAD)
    [document] = as_json(result)["documents"]
    assert (document["source"], result.exit_code) == ("-", 1)
    assert document["claims"][0]["quote"] == "cures cancer"


def test_the_column_of_a_csv_is_named(run, put):
    path = put("a.csv", f"id,copy\n1,{BAD}\n2,{NONE}\n")
    documents = as_json(run("scan", path, "--text-field", "copy", "--format", "json"))["documents"]
    assert [(d["source"], len(d["claims"])) for d in documents] == [(f"{path}:2", 1), (f"{path}:3", 0)]
    assert run("scan", path).exit_code == 3


def test_html_is_a_page(run):
    page = html.document_fromstring(run("scan", "-", "--format", "html", stdin=BAD).stdout)
    assert [mark.text_content() for mark in page.xpath("//mark")] == ["cures cancer"]


def test_every_file_of_a_folder_is_reported_in_an_order_that_does_not_change(run, put, tmp_path):
    names = ["b.txt", "a/z.md", "a/a.html", "c.txt", "a.txt"]
    for name in names:
        put(name, BAD)
    put("empty.txt", "")
    put("z.txt", "Knoblauch stärkt die Abwehrkräfte und schützt das Herz, weil er natürlich und gut ist.")
    first = as_json(run("scan", tmp_path, "--format", "json"))
    assert first == as_json(run("scan", tmp_path, "--format", "json"))
    expected = ["a/a.html", "a/z.md", "a.txt", "b.txt", "c.txt", "z.txt"]
    assert [document["source"] for document in first["documents"]] == [str(tmp_path / n) for n in expected]
    assert [item["source"] for item in first["unread"]] == [str(tmp_path / "empty.txt")]
    assert [len(document["claims"]) for document in first["documents"]] == [1, 1, 1, 1, 1, 0]
    assert first["summary"]["documents"] == 7


def test_many_documents_keep_their_own_claims(run, put, tmp_path):
    for number in range(20):
        put(f"{number:02}.txt", BAD if number % 2 else NONE)
    documents = as_json(run("scan", tmp_path, "--format", "json"))["documents"]
    assert [len(document["claims"]) for document in documents] == [0, 1] * 10


def test_the_command_is_not_coloured_where_it_is_no_terminal(run):
    assert "\x1b" not in run("scan", "-", stdin=BAD).stdout


def test_a_page_is_annotated_and_other_sources_are_not(run, put, tmp_path):
    page, text = put("a.html", f"<p>{BAD}</p>"), put("b.txt", BAD)
    folder = tmp_path / "new" / "marked"
    result = run("scan", page, text, "--annotate", folder, "--quiet")
    assert result.exit_code == 1
    [made] = folder.iterdir()
    assert made.name.startswith("001-")
    marks = html.document_fromstring(made.read_text(encoding="utf-8")).xpath("//mark")
    assert [mark.text_content() for mark in marks] == ["cures cancer"]


def test_annotate_says_where_there_is_no_page(run, tmp_path):
    result = run("scan", "-", "--annotate", tmp_path / "marked", stdin=BAD)
    assert "no HTML page among the sources" in result.stderr
    assert not (tmp_path / "marked").exists()


def test_a_missing_extra_is_told_with_the_way_to_it(run, tmp_path, monkeypatch):
    from claimcheck import extras

    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    for options in (["--annotate", tmp_path / "marked"], ["--watch"]):
        result = run("scan", tmp_path, *options)
        assert result.exit_code == 2
        assert f"pip install 'health-claimcheck[{options[0].removeprefix('--')}]'" in result.stderr


def test_lines_of_a_page_are_those_of_its_markup(run, put):
    path = put("a.html", f"<html>\n<body>\n<h1>Garlic</h1>\n<p>\n  {BAD}</p>")
    assert run("scan", path, "--quiet").stdout.startswith(f"{path}:5:10: unsupported")


def test_where_only_files_are_written_the_sums_go_to_standard_error(run, put, tmp_path):
    result = run("scan", put("a.txt", BAD), "-o", tmp_path / "r.json")
    assert result.stdout == ""
    assert "1 document, 1 claim: 1 unsupported" in result.stderr


@pytest.mark.parametrize(("line", "marked"), [(0, False), (1, True)])
def test_the_line_of_doubt_can_be_moved(run, line, marked):
    import json

    shown = run("scan", "-", "--review-below", line, "--format", "json", stdin="Garlic may help with colds.")
    claims = json.loads(shown.stdout)["documents"][0]["claims"]
    assert [claim["needs_review"] for claim in claims] == [marked]
    assert claims[0]["confidence"] < 1


def test_a_doubtful_verdict_says_so(run):
    words = "Garlic may help with colds."
    assert "% sure, needs review" in run("scan", "-", "--review-below", "1", stdin=words).stdout
    assert "sure, needs review<" in run("scan", "-", "--review-below", "1", "--format", "html", stdin=words).stdout
    assert run("scan", "-", "--review-below", "1.5", stdin=words).exit_code == 2
