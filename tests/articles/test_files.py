from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from claimcheck.articles import expand, files, read, read_all
from claimcheck.errors import ArticleError
from claimcheck.records import Article, Unread
from claimcheck.terms import BlockKind


@pytest.fixture
def put(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return put


def test_the_ending_tells_the_format(put):
    copy = "# Garlic\n\n<p>It *cures*.</p>\n"
    assert read(put("a.txt", copy)).text == copy
    assert read(put("a.md", copy)).text == "Garlic\nIt *cures*."
    assert read(put("A.HTM", copy)).text == "# Garlic\nIt *cures*."


@pytest.mark.parametrize("head", ["<!DOCTYPE html>", "  \n<html>"])
def test_html_without_its_ending_is_known_by_its_head(put, head):
    assert read(put("page", f"{head}<p>Garlic <b>cures</b>.</p>")).text == "Garlic cures."


def test_plain_text_is_kept_to_the_letter(put):
    text = "  Garlic\r\n\r\n\tcures  colds. \n"
    assert read(put("a.txt", text)).text == text


def test_a_short_first_block_is_the_title(put):
    assert read(put("a.txt", "All about garlic\nIt cures.")).title == "All about garlic"
    assert read(put("b.txt", "word " * 100)).title == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_obeyed_and_left_out(put, encoding):
    article = read(put("a.txt", "Café crème.".encode(encoding)))
    assert (article.text, article.notes) == ("Café crème.", ())


def test_a_guessed_encoding_is_noted(put):
    article = read(put("a.txt", "Un café crème, très léger, déjà préparé à la maison.".encode("cp1252")))
    assert article.text == "Un café crème, très léger, déjà préparé à la maison."
    assert article.notes == ("Not valid UTF-8; read as cp1252.",)


def test_one_stray_byte_does_not_cost_the_other_characters(put):
    article = read(put("a.txt", "Garlic … “really” cures.".encode() + b"\xff"))
    assert article.text == "Garlic … “really” cures.\ufffd"
    assert article.notes == ("Not valid UTF-8 in places.",)


def test_standard_input_is_read_as_plain_text(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"- Cures colds")))
    article = read("-")
    assert (article.source, article.blocks[0].kind) == ("-", BlockKind.LIST_ITEM)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b"PK\x03\x04\0\0", "is binary"),
        (b"%PDF-1.7\n", "is no PDF that can be read"),
        (b"{\\rtf1", "is binary"),
        (b"\xff\xfeG\0\0\0", "is binary"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_it(put, content, problem):
    path = put("a.txt", content)
    with pytest.raises(ArticleError, match=problem) as caught:
        read(path)
    assert caught.value.source == path
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["missing.txt", "x" * 300, "a\0b", ""])
def test_a_name_that_opens_nothing_is_an_error(tmp_path, name):
    source = str(tmp_path / name) if name else ""
    with pytest.raises(ArticleError):
        read(source)


def test_what_is_too_long_is_an_error(put, monkeypatch):
    monkeypatch.setattr(files, "MAX_CHARACTERS", 10)
    assert read(put("a.txt", "x" * 10)).text == "x" * 10
    with pytest.raises(ArticleError, match=r"too long \(11 characters; the limit is 10\)"):
        read(put("b.txt", "x" * 11))


def test_what_is_too_large_is_an_error(put, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(ArticleError, match="larger than"):
        read(put("b.txt", "x" * 11))


def test_a_folder_stands_for_its_files_in_order_without_hidden_ones(put, tmp_path):
    names = ["b.txt", "a/z.md", "a/.hidden/x.txt", ".git/x.txt", ".dot", "a.html", "a/a.txt"]
    for name in names:
        put(name, "Garlic.")
    found = list(expand([str(tmp_path)]))
    assert found == [str(tmp_path / name) for name in ("a/a.txt", "a/z.md", "a.html", "b.txt")]
    assert list(expand([str(tmp_path)])) == found


def test_a_folder_below_a_hidden_one_is_read_when_it_is_named(put, tmp_path):
    path = put(".cache/a.txt", "Garlic.")
    assert list(expand([str(tmp_path / ".cache")])) == [path]


def test_a_source_named_twice_comes_once(put, tmp_path):
    path = put("a.txt", "Garlic.")
    assert list(expand([path, str(tmp_path), "-", "-", path])) == [path, "-"]


def test_addresses_and_odd_names_are_passed_on(tmp_path):
    sources = ["https://example.org/x", "x" * 5_000, str(tmp_path / "missing"), ""]
    assert list(expand(sources)) == sources


def test_an_empty_folder_is_not_passed_over_in_silence(tmp_path):
    [item] = read_all([str(tmp_path)])
    assert item == Unread(str(tmp_path), "is a folder without files to read.")


def test_a_document_that_fails_costs_no_other(put):
    good, bad, last = put("a.txt", "Garlic."), put("b.txt", b"\0"), put("c.txt", "Ginger.")
    items = list(read_all([good, bad, last]))
    assert [type(item) for item in items] == [Article, Unread, Article]
    assert items[1].source == bad
    assert not items[1].problem.startswith(bad)
