"""What an audit's source stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from claimcheck.articles.files import expand, is_address
from claimcheck.audit.addresses import canonical, host_of, site_of
from claimcheck.errors import UsageError

_ARCHIVES = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where an audit starts and what it follows.

    Attributes:
        name: The site's name in the store.
        source: As the user gave it.
        kind: ``site``, ``sitemap``, ``list``, ``folder`` or ``archive``.
        seeds: Addresses or files to start with.
        sites: What counts as the same site.
        links: Whether links are followed.
        sitemaps: Whether sitemaps are read.
        named_sitemaps: The sitemap that the user named, else those that robots.txt names are read.
        scheme: Of the site.
    """

    name: str
    source: str
    kind: str
    seeds: tuple[str, ...]
    sites: frozenset[str] = field(default_factory=frozenset)
    links: bool = False
    sitemaps: bool = False
    named_sitemaps: tuple[str, ...] = ()
    scheme: str = "https"

    @property
    def online(self) -> bool:
        """Whether it is fetched."""
        return self.kind in ("site", "sitemap", "list")


def plan(source: str) -> Plan:
    """Tell what a source is.

    Args:
        source: Address of a site or a sitemap, a text file with an address a line, a folder, or a WARC archive.

    Raises:
        UsageError: it is none of these.
    """
    if is_address(source):
        return _site(source)
    path = Path(source)
    if path.is_dir():
        return Plan(path.as_posix(), source, "folder", tuple(expand([source])))
    if not path.is_file():
        raise UsageError(
            f"{source}: no such site, folder or file. Give an http(s) address, a folder, a text file of addresses "
            "or a .warc.gz."
        )
    if path.name.lower().endswith(_ARCHIVES):
        return Plan(path.as_posix(), source, "archive", ())
    return _list(path, source)


def _site(source: str) -> Plan:
    start = canonical(source)
    if start is None:
        raise UsageError(f"{source}: is no address that can be fetched. Write it as https://shop.example/.")
    site, scheme = frozenset([site_of(start)]), urlsplit(start).scheme
    last = urlsplit(start).path.lower().rsplit("/", 1)[-1]
    if last.endswith((".xml", ".xml.gz")):
        root = canonical(f"{scheme}://{host_of(start)}/")
        assert root is not None
        name = f"{host_of(start)} ({urlsplit(start).path})"
        return Plan(name, source, "sitemap", (), site, sitemaps=True, named_sitemaps=(start,), scheme=scheme)
    return Plan(host_of(start), source, "site", (start,), site, links=True, sitemaps=True, scheme=scheme)


def _list(path: Path, source: str) -> Plan:
    seeds = tuple(dict.fromkeys(_addresses(path)))
    if not seeds:
        raise UsageError(f"{source}: names no address. Write one a line.")
    return Plan(path.as_posix(), source, "list", seeds, frozenset(map(site_of, seeds)))


def _addresses(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        address = canonical(text if "://" in text else f"https://{text}")
        if address is None or not urlsplit(address).hostname:
            raise UsageError(f"{path}:{number}: {text!r} is no address. Write one a line, as https://shop.example/.")
        yield address
