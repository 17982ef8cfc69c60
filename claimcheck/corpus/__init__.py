"""The labelled pages: loaded through ``datasets``, put together into pages."""

from claimcheck.corpus.pages import GoldClaim, GoldSentence, Page, load_pages

__all__ = ["GoldClaim", "GoldSentence", "Page", "load_pages"]
