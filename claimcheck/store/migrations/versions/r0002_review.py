"""Accounts, pages, claims and decisions of the reviewers."""

import sqlalchemy as sa
from alembic import op

revision = "0002_review"
down_revision = "0001_audits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "review_users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_users")),
        sa.UniqueConstraint("name", name=op.f("uq_review_users_name")),
    )
    op.create_table(
        "review_pages",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_pages")),
    )
    op.create_index(op.f("ix_review_pages_site"), "review_pages", ["site"])
    op.create_table(
        "review_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("pipeline", sa.String(120), nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.Column("leased_to", sa.String(80), nullable=False),
        sa.Column("leased_until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["review_pages.id"], name=op.f("fk_review_claims_page_review_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_claims")),
        sa.UniqueConstraint("page", "start", "end", name="uq_review_claims_place"),
    )
    op.create_index(op.f("ix_review_claims_page"), "review_claims", ["page"])
    op.create_index(op.f("ix_review_claims_fingerprint"), "review_claims", ["fingerprint"])
    op.create_index("review_claims_open", "review_claims", ["views", "priority"])
    op.create_table(
        "review_decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(80), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("pipeline", sa.String(120), nullable=False),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=False),
        sa.Column("adjudicates", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["review_claims.id"], name=op.f("fk_review_decisions_item_review_claims")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decisions")),
        sa.UniqueConstraint("request", name=op.f("uq_review_decisions_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_decisions_item"), "review_decisions", ["item"])
    op.create_index(op.f("ix_review_decisions_reviewer"), "review_decisions", ["reviewer"])
