"""Documents of every format, made by hand."""

from __future__ import annotations

import gzip
import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile


def pdf(*pages: list[str] | None, title: str = "") -> bytes:
    """A PDF of pages of lines; None is a page that holds a picture and no text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /Title ({title}) >>".encode())
    pixel = zlib.compress(b"\0")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixel), pixel)
    )
    kids = []
    for lines in pages:
        if lines is None:
            content = b"q 600 0 0 800 0 0 cm /I Do Q"
        else:
            rows = " T* ".join(f"({line}) Tj" for line in lines)
            content = f"BT /F 12 Tf 14 TL 40 760 Td {rows} ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            len(body),
        )
    )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, **extra: bytes) -> bytes:
    """A Word document with a body of WordprocessingML, and further files in it."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    document = body if body.startswith("<?xml") else f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
        for name, data in extra.items():
            archive.writestr(name, data)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def record(address: str, body: bytes, kind: str = "text/html", status: int = 200, head: bytes = b"") -> bytes:
    """A record of a web archive, packed by itself as archives are."""
    http = b"HTTP/1.1 %d X\r\nContent-Type: %s\r\n%s\r\n%s" % (status, kind.encode(), head, body)
    return gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: %s\r\n"
        b"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (address.encode(), len(http), http)
    )


def mail(*parts: tuple[str, str], subject: str = "Garlic cures cancer", attached: str = "") -> bytes:
    """A message with alternatives (subtype of text, content) and an attachment by its name."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = subject
    (kind, first), *others = parts
    message.set_content(first, subtype=kind)
    for kind, content in others:
        message.add_alternative(content, subtype=kind)
    if attached:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename=attached)
    return message.as_bytes()
