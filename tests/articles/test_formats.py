from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from claimcheck.articles import read, read_all
from claimcheck.errors import ArticleError
from claimcheck.records import Unread
from claimcheck.terms import BlockKind, Place
from tests.articles.made import docx, mail, paragraph, pdf, record

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.fixture
def put(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return put


def refused(path):
    with pytest.raises(ArticleError) as caught:
        read(path)
    assert caught.value.source == path
    return str(caught.value).removeprefix(f"{path}: ")


# PDF


def test_the_lines_of_a_paragraph_in_a_pdf_are_one_block(put):
    lines = [
        "All about garlic",
        "Our garlic comes from the best fields that there are, and it",
        "cures colds.",
        "Buy it.",
    ]
    article = read(put("a.pdf", pdf(lines, ["Ginger helps."], title="Garlic")))
    assert article.text.split("\n") == [
        "All about garlic",
        "Our garlic comes from the best fields that there are, and it cures colds.",
        "Buy it.",
        "Ginger helps.",
    ]
    assert article.blocks[0].kind is BlockKind.HEADING
    assert (article.title, article.notes) == ("Garlic", ())


def test_a_pdf_is_known_by_its_head(put):
    assert read(put("a.txt", pdf(["Garlic cures colds."]))).text == "Garlic cures colds."


def test_scanned_pages_are_said_to_be_unread(put):
    article = read(put("a.pdf", pdf(["Garlic cures colds."], None, None)))
    assert article.text == "Garlic cures colds."
    [note] = article.notes
    assert note.startswith(
        "Not read: 2 pages without text (2, 3). To read pictures: pip install 'health-claimcheck[ocr]'"
    )


def test_a_scanned_pdf_is_an_error_not_a_clean_document(put):
    assert refused(put("a.pdf", pdf(None, None))).startswith(
        "holds no text: 2 pages of pictures. To read pictures: pip"
    )


def test_a_pdf_that_takes_too_long_says_where_it_stopped(put, monkeypatch):
    from claimcheck.articles import pdf as room

    clock = iter([0.0, 1.0, 100.0])
    monkeypatch.setattr(room.time, "monotonic", lambda: next(clock))
    article = read(put("a.pdf", pdf(["Garlic."], ["Ginger."], ["Zinc."])))
    assert (article.text, article.notes) == ("Garlic.", ("Not read: pages 2 to 3, for want of time.",))


@pytest.mark.parametrize("cut", [9, 100, 400, 700])
def test_a_pdf_that_breaks_off_is_told_or_mended(put, cut):
    path = put("a.pdf", pdf(["Garlic cures colds."])[:cut])
    [item] = read_all([path])
    assert isinstance(item, Unread) or "Garlic" in item.text


def test_hyphens_at_the_end_of_a_line_are_taken_away():
    from claimcheck.articles.pdf import paragraphs

    assert [line.text for line in paragraphs(["It cures can-", "cer and more.", "", "- Colds", "- Flu"])] == [
        "It cures cancer and more.",
        "Colds",
        "Flu",
    ]


# Pictures


def test_a_picture_is_said_to_be_unread(put):
    told = "is a picture, whose text was not read. To read pictures: pip install 'health-claimcheck[ocr]'."
    assert refused(put("a.png", PICTURE)) == told


@pytest.fixture
def engine(monkeypatch):
    """An OCR engine that sees two lines in anything, and a library that opens anything."""
    from claimcheck.articles import pictures

    seen = [[None, "Garlic cures", 0.9], [None, "all colds.", 0.8]]
    picture = SimpleNamespace(width=9, height=9, convert=lambda _: [[0]])
    monkeypatch.setattr(pictures, "_installed", lambda: True)
    monkeypatch.setattr(pictures, "_engine", lambda: lambda _: (seen, None))
    monkeypatch.setattr(pictures, "_opened", lambda _: picture)
    room = ModuleType("PIL")
    monkeypatch.setitem(sys.modules, "PIL", room)
    return seen


def test_with_ocr_a_picture_is_read_and_the_note_says_how_surely(put, engine):
    article = read(put("a.png", PICTURE))
    assert article.text == "Garlic cures\nall colds."
    assert article.notes == ("Read by OCR: 2 lines, 85% sure.",)


def test_a_picture_without_text_is_no_clean_document(put, engine):
    engine.clear()
    assert refused(put("a.png", PICTURE)) == "is a picture in which no text was seen."


# Word


def test_a_word_document_is_read_in_order_with_its_kinds(put):
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Sleep')}</w:tc></w:tr></w:tbl>"
    item = paragraph("Colds", "<w:numPr/>")
    article = read(put("a.docx", docx(paragraph("Garlic &amp; more") + item + table + paragraph("The end."))))
    assert article.text == "Garlic & more\nColds\nSleep\nThe end."
    kinds = [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.PARAGRAPH]
    assert [block.kind for block in article.blocks] == kinds


def test_descriptions_of_pictures_are_copy_and_pictures_without_are_noted(put):
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    drawing = f'<w:r><w:drawing><wp:docPr xmlns:wp="{space}" {{}}/></w:drawing></w:r>'
    body = f"<w:p>{drawing.format('descr=' + chr(34) + 'Cures colds' + chr(34))}{drawing.format('')}</w:p>"
    article = read(put("a.docx", docx(paragraph("Garlic.") + body)))
    assert [article.text[b.start : b.end] for b in article.blocks if b.place is Place.ALT] == ["Cures colds"]
    assert article.notes == ("Not read: what stands in 1 picture without a description.",)


def test_a_bomb_is_not_unpacked(put, monkeypatch):
    bomb = docx(paragraph("x"), **{"word/media/a.bin": b"\0" * 150_000_000})
    assert len(bomb) < 1_000_000
    assert refused(put("a.docx", bomb)) == "unpacks to more than 100 MB; not read."


def test_entities_do_not_grow(put):
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><w:document xmlns:w="'
        'http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    [item] = read_all([put("a.docx", docx(document))])
    assert isinstance(item, Unread)


@pytest.mark.parametrize("data", [b"PK\3\4", b"PK\3\4 word/", docx("")[:300], docx("<w:p>")])
def test_a_broken_word_document_is_told(put, data):
    [item] = read_all([put("a.docx", data)])
    assert isinstance(item, Unread)


# E-mail


def test_a_mail_is_its_subject_and_its_page(put):
    data = mail(("plain", "plain"), ("html", "<p>Ginger helps.</p><nav>Home</nav>"), attached="list.pdf")
    article = read(put("a.eml", data))
    assert article.text == "Garlic cures cancer\nGinger helps."
    assert [block.place for block in article.blocks] == [Place.TITLE, Place.BODY]
    assert article.title == "Garlic cures cancer"
    assert article.notes[-1] == "Not read: 1 attachment (list.pdf)."


def test_a_mail_of_plain_text_is_read_as_such(put):
    article = read(put("a.eml", mail(("plain", "- Colds\n- Café crème\n"))))
    assert [article.text[b.start : b.end] for b in article.blocks] == ["Garlic cures cancer", "Colds", "Café crème"]


def test_a_subject_that_the_text_says_is_not_repeated(put):
    assert read(put("a.eml", mail(("plain", "Garlic cures cancer!")))).text.count("Garlic") == 1


@pytest.mark.parametrize("data", [b"From: \xff\xfe\n\n", b"Content-Type: multipart/mixed; boundary=\n\n--", b"\n"])
def test_a_mail_without_text_is_told(put, data):
    [item] = read_all([put("a.eml", data)])
    assert isinstance(item, Unread)


# Rows


def test_each_row_is_a_document(put):
    lines = [{"text": "Garlic cures colds."}, {"body": "x"}, [1], {"text": "<html><p>Ginger <b>helps</b>."}]
    path = put("a.jsonl", "\n".join([*map(json.dumps, lines), "", "no json", '{"text": 5}']))
    items = list(read_all([path]))
    assert [item.source for item in items] == [f"{path}:{n}" for n in (1, 2, 3, 4, 6, 7)]
    assert [items[0].text, items[3].text] == ["Garlic cures colds.", "Ginger helps."]
    assert items[1].problem == "has no text in 'text'. Use --text-field with one of: body."
    assert [type(item) for item in items[4:]] == [Unread, Unread]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_csv_gives_its_column(put, mark):
    path = put("a.csv", f'id{mark}copy\n1{mark}"Garlic\ncures."\n2{mark}"=HYPERLINK(""x"")"\n')
    items = list(read_all([path], "copy"))
    assert [(item.source, item.text) for item in items] == [
        (f"{path}:2", "Garlic\ncures."),
        (f"{path}:3", '=HYPERLINK("x")'),
    ]


def test_a_column_that_is_not_there_is_told_once(put):
    path = put("a.csv", "id,copy\n1,x\n2,y\n")
    assert list(read_all([path])) == [Unread(path, "has no column 'text'. Use --text-field with one of: id, copy.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_in_any_encoding(put, encoding):
    path = put("a.csv", "text\nCafé crème\n".encode(encoding))
    assert [item.text for item in read_all([path])] == ["Café crème"]


def test_rows_are_a_stream(put):
    path = put("a.jsonl", '{"text": "Garlic."}\n' * 50_000)
    stream = read_all([path])
    assert [next(stream).source, next(stream).source] == [f"{path}:1", f"{path}:2"]


def test_a_giant_row_costs_itself_only(put, monkeypatch):
    from claimcheck.articles import files

    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    path = put("a.jsonl", '{"text": "' + "x" * 5_000 + '"}\n{"text": "Garlic."}\n')
    big, good = read_all([path])
    assert (big.problem, good.source) == ("is longer than 1,000 characters. Split it.", f"{path}:2")


# Archives


def test_the_pages_of_an_archive_are_documents(put):
    path = put(
        "a.warc.gz",
        record("http://a.invalid/1", "<p>Garlic é cures".encode(), "text/html; charset=utf-8")
        + record("http://a.invalid/2.png", b"x", "image/png")
        + record("http://a.invalid/3", b"<p>Gone", status=404)
        + record("http://a.invalid/4", b"Garlic <3 you", "text/plain")
        + record("http://a.invalid/5", pdf(["Ginger helps."]), "application/pdf")
        + record("http://a.invalid/6", b"", "text/html"),
    )
    items = list(read_all([path]))
    assert [item.source[-1] for item in items] == ["1", "4", "5", "6"]
    assert [item.text for item in items[:3]] == ["Garlic é cures", "Garlic <3 you", "Ginger helps."]
    assert items[3].problem == "holds no text."
    assert all(block.node == "" for block in items[0].blocks)


def test_a_page_that_was_packed_is_unpacked(put):
    import gzip

    body = record("http://a.invalid/", gzip.compress(b"<p>Garlic"), head=b"Content-Encoding: gzip\r\n")
    assert [item.text for item in read_all([put("a.warc.gz", body)])] == ["Garlic"]


def test_an_archive_that_breaks_off_gives_what_came_before(put):
    good = record("http://a.invalid/1", b"<p>Garlic")
    items = list(read_all([put("a.warc.gz", good + record("http://a.invalid/2", b"<p>Ginger " * 500)[:90])]))
    assert items[0].text == "Garlic"
    assert len(items) <= 2


def test_an_archive_that_is_none_is_told(put):
    [item] = read_all([put("a.warc.gz", b"no archive at all, only some text\n" * 50)])
    assert isinstance(item, Unread)
