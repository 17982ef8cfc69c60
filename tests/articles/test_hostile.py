"""Two hundred hostile documents between honest ones: none hangs, crashes, or changes what is said of another."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from claimcheck.articles import read_all
from claimcheck.pipeline.run import scan
from claimcheck.records import Article, Unread
from claimcheck.report.as_json import render
from tests.articles.made import docx, mail, paragraph, pdf, record

HONEST = "Garlic cures cancer. Our shop opens at nine."
SECONDS_EACH = 30
PAGE = """<!doctype html><html><head><title>Garlic heals | Shop</title><meta charset="utf-8">
<meta name="description" content="It cures colds."><link rel="canonical" href="https://a.invalid/garlic-cures-flu">
<script type="application/ld+json">{"@graph": [
{"@type": "Product", "name": "Pill", "review": {"reviewBody": "It heals."}}
]}</script></head><body><nav>Home</nav><main><h1>Garlic</h1><p>Garlic <b>cures</b> can&shy;cer &amp; c.a.n.c.e.r.</p>
<table><caption>Uses</caption><tr><td>Sleep</td></tr></table><details><summary>More</summary>It melts fat.</details>
<img src=x alt="Eases pain"><button aria-controls="p">More</button><div id=p hidden>It lifts mood.</div></main>
<footer>Imprint</footer><iframe src="https://b.invalid"></iframe></body></html>"""
TOKENS = [
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "&#x0;",
    "&#xD800;",
    "&#9999999999;",
    "&lt",
    "\0",
    "\x1b[2J",
    "\u202e",
    "<script>",
    "</script>",
    "<svg><title>",
    "<math><mi>",
    "<table><td><table>",
    "<frameset>",
    "<plaintext>",
    "<textarea>",
    "<template>",
    "<a href=javascript:alert(1)>",
    "<p hidden>",
    "<div style='display:none'>",
    "\ufffd",
    "'\"",
    "<img alt='",
    "{{7*7}}",
    "<base href=//x>",
    "<li><ul>",
    "<br>" * 50,
    "<b>" * 50,
    "</p>" * 50,
    "<meta charset=utf-7>",
    "<html><html>",
    "<body>",
    "=1+1",
]
RAW_TOKENS = [token.encode("utf-8", "surrogatepass") for token in TOKENS]
INJECTIONS = [
    "<script>alert(1)</script> cures cancer",
    "<img src=x onerror=alert(1)> cures cancer",
    "=cmd|' /C calc'!A0 cures cancer",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+1-1 cures cancer",
    "-2+3+cmd cures cancer",
    "\x1b]8;;http://evil.invalid\x07cures cancer\x1b]8;;\x07",
    "\x1b[31mcures cancer",
    "\u202ecures cancer\u202c",
    "{{ 7*7 }} {% raw %} cures cancer",
    "${jndi:ldap://x} cures cancer",
    "'; DROP TABLE claims; -- cures cancer",
    "</script><script>alert(1)</script> cures cancer",
    "]]> cures cancer",
    '"><svg onload=alert(1)> cures cancer',
    "%s%s%s%n cures cancer",
    "../../../etc/passwd cures cancer",
    "\ud83e cures cancer",
]


def mutated(data: bytes, dice: random.Random, tokens: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        place = dice.randrange(len(out) + 1)
        match dice.randrange(5):
            case 0:
                out[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del out[place : place + dice.randint(1, 40)]
            case 2:
                out[place:place] = dice.choice(tokens)
            case 3:
                out[place:place] = out[place : place + dice.randint(1, 200)] * dice.randint(1, 5)
            case _:
                out[place : place + 8] = dice.randbytes(8)
    return bytes(out)


def hostile() -> Iterator[tuple[str, bytes]]:
    """Ending and content of each document."""
    dice = random.Random(7)
    for part in (pages, papers, words):
        yield from part(dice)
    yield from deep()
    yield from long()
    yield from wrong_encodings()
    yield from ((".txt", text.encode("utf-8", "surrogatepass")) for text in INJECTIONS)
    yield from rows_of_them()
    yield from wrapped(dice)


def pages(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(60):
        yield ".html", mutated(PAGE.encode(), dice, RAW_TOKENS)


def papers(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    whole = pdf(["Garlic cures cancer.", "It heals."], None, title="Garlic")
    tokens = [b"obj", b"endobj", b"stream\n", b"<<" * 50, b"[" * 500, b"/Kids [1 0 R]", b"99999999999", b"\0" * 20]
    for _ in range(30):
        yield ".pdf", mutated(whole, dice, tokens)
    yield ".pdf", whole.replace(b"/Kids [", b"/Kids [2 0 R ")
    yield ".pdf", whole.replace(b"/Count 2", b"/Count 2000000000")
    yield ".pdf", b"%PDF-1.7\n" + b"[" * 200_000


def words(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    whole = docx(paragraph("Garlic cures cancer.") * 20)
    for _ in range(12):
        yield ".docx", mutated(whole, dice, [b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\xff" * 8])
    for _ in range(8):
        xml = mutated(paragraph("Garlic cures cancer.").encode(), dice, RAW_TOKENS)
        yield ".docx", docx(xml.decode("utf-8", "replace"))
    yield ".docx", docx("<w:p>" * 3_000)
    yield ".docx", docx("x", **{"word/media/a.bin": b"\0" * 120_000_000})
    yield ".docx", docx("x", **{f"word/{n}.bin": b"\0" * 11_000_000 for n in range(10)})
    yield ".docx", docx("x", **{"../../escaped.txt": b"x"})
    yield ".docx", bomb_in_bomb()


def deep() -> Iterator[tuple[str, bytes]]:
    for tag in ("div", "b", "table", "svg", "font", "details", "li", "a"):
        for depth in (500, 20_000):
            yield ".html", (f"<{tag}>" * depth + "Garlic cures cancer." + f"</{tag}>" * depth).encode()
    yield ".html", b"<p>Garlic" + b"<i>" * 2_000 + b"cures" * 10
    yield ".html", b"<div>" * 200 + b"<p>x</p>" * 50_000
    yield ".html", b"<script type='application/ld+json'>[" + b"[" * 100_000 + b"</script>"
    yield ".md", b"> " * 20_000 + b"Garlic"
    yield ".md", b"[" * 20_000
    yield ".md", b"*a **a " * 10_000


def long() -> Iterator[tuple[str, bytes]]:
    yield ".html", b"<img alt='Garlic cures cancer and so on'>" * 20_000
    yield ".html", b"<meta name=description content='Garlic cures'>" * 20_000
    yield ".html", b"<p " + b"a=b " * 200_000 + b">Garlic"
    yield ".html", b"<p>" + b"&amp;" * 100_000
    repeated = {"a": 900_000, "a ": 300_000, "c4ncer ": 10_000, "c.a.n.c.e.r.": 10_000, "c\u200ba\u200b": 40_000}
    repeated |= {"са": 100_000, "#": 300_000, "x": 3_000_000}
    yield from ((".txt", text.encode() * times) for text, times in repeated.items())


def wrong_encodings() -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "shift_jis", "cp037", "utf-7"):
        for name in ("utf-8", "utf-7", "iso-2022-jp", "unicode_escape"):
            yield ".html", PAGE.replace('charset="utf-8"', f'charset="{name}"').encode(encoding, "replace")


def rows_of_them() -> Iterator[tuple[str, bytes]]:
    yield ".csv", "\n".join(["text", *(f'"{text}"' for text in INJECTIONS)]).encode("utf-8", "surrogatepass")
    yield ".csv", b'text\n"' + b"x" * 200_000
    yield ".jsonl", b'{"text": ' * 2_000 + b"\n" + b"[" * 100_000 + b'\n{"text": "\\ud800 cures"}\n'


def wrapped(dice: random.Random) -> Iterator[tuple[str, bytes]]:
    message = mail(("plain", "Garlic."), ("html", PAGE), attached="a.pdf")
    tokens = [
        b"\r\n\r\n",
        b"--",
        b"boundary=",
        b"Content-Type: multipart/mixed\n",
        b"charset=utf-7",
        b"=?utf-8?b?/w==?=",
    ]
    for _ in range(12):
        yield ".eml", mutated(message, dice, tokens)
    archive = record("http://a.invalid/1", PAGE.encode()) + record("http://a.invalid/2", b"<p>Garlic")
    for _ in range(8):
        yield ".warc.gz", mutated(archive, dice, [b"\x1f\x8b\x08", b"\0" * 9])
    yield ".warc.gz", record("http://a.invalid/big", b"a" * 30_000_000)


def bomb_in_bomb() -> bytes:
    inner = io.BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 50_000_000)
    return docx("x", **{f"word/{n}.zip": inner.getvalue() for n in range(50)})


def test_two_hundred_hostile_documents_cost_themselves_only(nlp, tmp_path):
    documents = list(hostile())
    assert len(documents) >= 200
    sources = []
    for number, (ending, data) in enumerate(documents):
        path = tmp_path / f"{number:03}{ending}"
        path.write_bytes(data)
        honest = tmp_path / f"{number:03}-honest.txt"
        if number % 10 == 0:
            honest.write_text(HONEST, encoding="utf-8")
            sources.append(str(honest))
        sources.append(str(path))
    items, slow, last = [], [], time.monotonic()
    for item in read_all(sources):
        assert isinstance(item, Article | Unread)
        items.append(item)
        now = time.monotonic()
        slow += [item.source] if now - last > SECONDS_EACH else []
        last = now
    assert slow == []
    report = scan(items, nlp)
    honest = [document for document in report.documents if document.article.source.endswith("-honest.txt")]
    assert len(honest) == len(range(0, len(documents), 10))
    assert {(claim.quote, claim.verdict, claim.fingerprint) for document in honest for claim in document.claims} == {
        ("cures cancer", honest[0].claims[0].verdict, honest[0].claims[0].fingerprint)
    }
    assert all(len(document.claims) == 1 for document in honest)
    for document in report.documents:
        for claim in document.claims:
            assert document.article.text[claim.start : claim.end] == claim.quote
    json.loads(render(report).encode("utf-8", "replace"))
    assert not (tmp_path.parent / "escaped.txt").exists()
