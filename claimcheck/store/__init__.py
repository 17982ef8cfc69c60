"""What audits keep: sites, pages, snapshots, claims, findings and their judges; only this room speaks SQL."""

from claimcheck.store.base import Store, default_path

__all__ = ["Store", "default_path"]
