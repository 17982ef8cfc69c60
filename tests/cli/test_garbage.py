from __future__ import annotations

import json
import socket

import pytest

GOOD = "Garlic cures cancer."


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def scan(run, tmp_path):
    """Scan odd sources between two good ones; neither may suffer."""
    good = [tmp_path / "first.txt", tmp_path / "last.txt"]

    def scan(*sources, stdin=None):
        for path in good:
            path.write_text(GOOD, encoding="utf-8")
        result = run("scan", good[0], *sources, good[1], "--format", "json", stdin=stdin)
        assert result.stderr == ""
        report = json.loads(result.stdout)
        found = {document["source"]: document for document in report["documents"]}
        for path in good:
            assert [claim["quote"] for claim in found.pop(str(path))["claims"]] == ["cures cancer"]
        return result.exit_code, found, {item["source"]: item["problem"] for item in report["unread"]}

    return scan


@pytest.fixture
def put(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put


NESTED = b"<html><body>" + b"<div>" * 5_000 + GOOD.encode() + b"</div>" * 5_000 + b"</body></html>"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "is empty."),
        ("empty.html", b"", "is empty."),
        ("empty.md", b"", "is empty."),
        (
            "binary.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
            "is a picture, whose text was not read.",
        ),
        ("binary.txt", bytes(range(256)) * 100, "is binary."),
        ("binary.html", b"<p>\0\0\0</p>", "is binary."),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj", "is no PDF that can be read"),
        ("line.txt", b"Garlic is red. " * 1_333_333, "is too long (19,999,995 characters"),
        ("larger.txt", b"x" * 20_000_001, "is larger than 20 MB."),
        ("line.html", b"<p>" + b"Garlic is red. " * 1_300_000, "is too long ("),
        ("nested.html", NESTED, "nests its tags too deeply"),
        ("nul.txt", b"\0" * 100, "is binary."),
        ("nul_within.txt", b"Garlic \0 cures cancer.", "is binary."),
        ("nul_utf16.txt", b"\xff\xfe" + b"a\0\0\0" * 50, "is binary."),
        ("white.txt", b" \t\r\n" * 100 + "\u2003\xa0".encode(), "holds no text."),
        ("white.html", b" \n ", "holds no text."),
        ("white.md", b" \n\n ", "holds no text."),
        ("comment.html", b"<!-- nothing -->", "holds no text."),
        ("scripts.html", b"<html><script>cure()</script></html>", "holds no text."),
        ("mark.txt", b"\xef\xbb\xbf", "holds no text."),
    ],
)
def test_a_file_that_holds_nothing_to_read_is_told_by_name(scan, put, name, content, problem):
    path = put(name, content)
    code, found, unread = scan(path)
    assert (code, found, list(unread)) == (3, {}, [str(path)])
    assert unread[str(path)].startswith(problem)


def test_the_terminal_report_names_the_source_too(run, put):
    path = put("binary.bin", b"\0\1\2")
    result = run("scan", path)
    assert result.exit_code == 3
    assert f"{path}\n  not read: is binary." in result.stdout


@pytest.mark.parametrize("name", ["odd.txt", "odd.md", "odd.html"])
def test_invalid_utf_8_is_judged_and_noted(scan, put, name):
    path = put(name, b"Garlic \xff\xfe\xc3( \xed\xa0\x80 heals.\n\nGarlic cures cancer.\n")
    code, found, unread = scan(path)
    assert (code, unread) == (1, {})
    assert found[str(path)]["claims"][-1]["quote"] == "cures cancer"
    assert "Not valid UTF-8" in found[str(path)]["notes"][0]


def test_a_folder_with_a_file_that_cannot_be_opened(scan, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b.txt").symlink_to(tmp_path / "gone")
    (folder / "c.txt").write_text(GOOD, encoding="utf-8")
    code, found, unread = scan(folder)
    assert code == 3
    assert list(found) == [str(folder / "a.txt"), str(folder / "c.txt")]
    assert unread == {str(folder / "b.txt"): "no such file or folder. Check the path."}


def test_a_symlink_to_itself(scan, tmp_path):
    path = tmp_path / "circle.txt"
    path.symlink_to(path)
    code, _, unread = scan(path)
    assert code == 3
    assert unread[str(path)].startswith("could not be read (")


def test_a_folder_named_like_a_page(scan, tmp_path):
    folder = tmp_path / "x.html"
    folder.mkdir()
    code, found, unread = scan(folder)
    assert (code, found, unread) == (3, {}, {str(folder): "is a folder without files to read."})
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    code, found, unread = scan(folder)
    assert (code, list(found), unread) == (1, [str(folder / "a.txt")], {})


def test_text_given_in_the_place_of_a_name(scan):
    text = "Garlic cures cancer. " * 300
    code, found, unread = scan(text)
    assert (code, found) == (3, {})
    assert unread[text].startswith("could not be read (")


def test_an_address_that_does_not_answer(scan, closed_port):
    url = f"http://127.0.0.1:{closed_port}/page.html"
    code, found, unread = scan(url)
    assert (code, found, list(unread)) == (3, {}, [url])
    assert unread[url].startswith("could not be fetched (")


def test_an_address_that_is_none(scan):
    code, _, unread = scan("http://[")
    assert code == 3
    assert unread["http://["].startswith("could not be fetched (")


@pytest.mark.parametrize("content", [b"\xed\xa0\x80", "\ud83d".encode("utf-8", "surrogatepass")])
def test_lone_surrogates_on_standard_input(scan, content):
    code, found, unread = scan("-", stdin=b"Garlic " + content + b" heals.\n\nGarlic cures cancer.\n")
    assert (code, unread) == (1, {})
    assert found["-"]["claims"][-1]["quote"] == "cures cancer"
    assert "Not valid UTF-8" in found["-"]["notes"][0]


def test_lone_surrogates_in_utf_16_on_standard_input(scan):
    text = "Garlic \ud800 heals.\n\nGarlic cures cancer.\n"
    code, found, unread = scan("-", stdin=b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass"))
    assert (code, unread) == (1, {})
    assert found["-"]["claims"][-1]["quote"] == "cures cancer"
    assert "Not valid UTF-16" in found["-"]["notes"][0]


def test_lone_surrogates_as_entities_in_a_page(scan, put):
    path = put("x.html", b"<p>Garlic &#xD800; &#0; heals.</p><p>Garlic cures cancer.</p>")
    code, found, _ = scan(path)
    assert code == 1
    assert found[str(path)]["claims"][-1]["quote"] == "cures cancer"


def test_nothing_on_standard_input(scan):
    assert scan("-", stdin=b"") == (3, {}, {"-": "is empty."})


def test_nul_bytes_far_into_a_file(scan, put):
    path = put("x.txt", b"Garlic is red.\n\n" * 1_000 + b"\0\0\n\nGarlic cures cancer.")
    code, found, _ = scan(path)
    assert code == 1
    assert found[str(path)]["claims"][-1]["quote"] == "cures cancer"


@pytest.mark.parametrize("word", ["x", "é", "#.-/", "https://x.example/", "1,"])
def test_a_very_long_word(scan, put, word):
    text = word * (100_000 // len(word)) + "\n\nGarlic cures cancer."
    path = put("x.txt", text.encode())
    code, found, unread = scan(path)
    assert (code, unread) == (1, {})
    assert found[str(path)]["claims"][-1]["quote"] == "cures cancer"
