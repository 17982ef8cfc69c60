"""A shop of our own on loopback, with everything that goes wrong on a real one.

``python -m tests.sites.shop PORT [PAGES]`` serves it until it is stopped.
"""

from __future__ import annotations

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COPY = (
    "Garlic cures cancer.",
    "Vitamin C contributes to the normal function of the immune system.",
    "Turmeric may ease joint pain.",
    "Our tea melts fat overnight.",
    "Melatonin helps you fall asleep faster.",
    "Zinc shortens colds.",
)


def page(title, *paragraphs, links=(), head=""):
    """One page of the shop."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    anchors = "".join(f'<a href="{link}">more</a> ' for link in links)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><h1>{title}</h1>{body}{anchors}</body></html>"
    ).encode()


class Shop:
    """What the shop serves, and what it was asked.

    ``answers`` maps a path (with its query) to status, headers and body; ``slow`` to seconds.
    """

    def __init__(self):
        self.answers, self.slow, self.asked, self.headers, self.times, self.root = {}, {}, [], [], [], ""
        self._lock = threading.Lock()

    def put(self, path, body, status=200, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, body)

    def count(self, path):
        return self.asked.count(path)

    def serve(self, port=0, host="127.0.0.1"):
        """Start; returns what stops it."""
        shop = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with shop._lock:
                    shop.asked.append(self.path)
                    shop.times.append(time.monotonic())
                    shop.headers.append((self.path, dict(self.headers)))
                time.sleep(shop.slow.get(self.path, 0))
                status, headers, body = shop.answers.get(self.path, (404, {"Content-Type": "text/html"}, b"<p>None"))
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if status == 200 and self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status == 200:
                    self.send_header("ETag", etag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass  # clients that were killed

        server = Server((host, port), Handler)
        self.root = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def stop():
            server.shutdown()
            server.server_close()
            thread.join()

        return stop


def full_shop():
    """The shop with every oddity."""
    shop = Shop()
    shop.put(
        "/robots.txt", b"User-agent: *\nDisallow: /admin/\nSitemap: {root}/maps/index.xml\n", Content_Type="text/plain"
    )
    shop.put("/", page("Shop", COPY[0], links=[
        "/garlic", "/admin/secret", "/old", "/loop-a", "/gone", "/broken", "/slow", "/huge", "/picture.png", "/print",
        "/list?b=2&a=1", "/list?a=1&b=2", "/list?a=1&b=2&utm_source=mail", "/list?a=1&b=2#top", "/outside", "/twin",
        "/german", "/empty", "https://elsewhere.example/", "mailto:me@shop.example", "/file.zip", "/deep1",
    ]))  # fmt: skip
    shop.put("/garlic", page("Garlic", COPY[0], COPY[1]))
    shop.put("/admin/secret", page("Secret", COPY[0]))
    shop.put("/old", b"", 301, Location="/new")
    shop.put("/new", page("New", COPY[2]))
    shop.put("/loop-a", b"", 302, Location="/loop-b")
    shop.put("/loop-b", b"", 302, Location="/loop-a")
    shop.put("/broken", b"<p>Garlic cures cancer", 500)
    shop.put("/slow", page("Slow", COPY[3]))
    shop.slow["/slow"] = 4
    shop.put("/huge", page("Huge", "Garlic is red. " * 1_500_000))
    shop.put("/picture.png", b"\x89PNG" * 100, Content_Type="image/png")
    shop.put("/document", b"%PDF-1.7", Content_Type="application/pdf")
    shop.put("/print", page("Garlic in print", COPY[0], COPY[1], head='<link rel="canonical" href="/garlic">'))
    shop.put("/list?a=1&b=2", page("List", COPY[4], links=["/document"]))
    shop.put("/outside", b"", 302, Location="http://127.0.0.2:9/inner")
    shop.put("/twin", page("Garlic", COPY[0], COPY[1]))
    shop.put("/german", page("Knoblauch", "Knoblauch stärkt die Abwehrkräfte und schützt das Herz, weil er gut ist."))
    shop.put("/empty", b"<html><body></body></html>")
    shop.put("/deep1", page("One", "A page.", links=["/deep2"]))
    shop.put("/deep2", page("Two", "Another page.", links=["/deep3"]))
    shop.put("/deep3", page("Three", COPY[5]))
    xml, space = {"Content_Type": "application/xml"}, b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    shop.put(
        "/maps/index.xml",
        b"<sitemapindex %s><sitemap><loc>{root}/maps/one.xml</loc></sitemap></sitemapindex>" % space,
        **xml,
    )
    listed = b"".join(
        b"<url><loc>%s</loc></url>" % url
        for url in (b"{root}/hidden", b"{root}/garlic", b"https://elsewhere.example/x")
    )
    shop.put("/maps/one.xml", b"<urlset %s>%s</urlset>" % (space, listed), **xml)
    shop.put("/hidden", page("Hidden", COPY[1]))
    return shop


def settled(shop):
    """Put the root's address where answers name it; call after serving."""
    for path, (status, headers, body) in shop.answers.items():
        shop.answers[path] = (status, headers, body.replace(b"{root}", shop.root.encode()))
    return shop


def large_shop(pages):
    """Pages that lead to each other, each with some of the copy."""
    shop = Shop()
    shop.put("/robots.txt", b"", Content_Type="text/plain")
    for number in range(pages):
        links = [f"/p{next_}" for next_ in (2 * number + 1, 2 * number + 2, (number * 7 + 3) % pages) if next_ < pages]
        texts = [COPY[(number + step) % len(COPY)] for step in range(2)]
        shop.put("/" if number == 0 else f"/p{number}", page(f"Product {number}", *texts, links=links))
    shop.put("/p0", b"", 301, Location="/")
    return shop


if __name__ == "__main__":
    import sys

    made = large_shop(int(sys.argv[2])) if len(sys.argv) > 2 else full_shop()
    made.serve(int(sys.argv[1]))
    print(settled(made).root, flush=True)
