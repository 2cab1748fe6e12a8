"""The entries of the township's reserve-fund book."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the book's entries; older stores have none."""
    op.create_table(
        "fund_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("entered_on", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("income_fen", sa.Integer(), nullable=True),
        sa.Column("expense_fen", sa.Integer(), nullable=True),
        sa.Column("balance_fen", sa.Integer(), nullable=True),
        sa.Column("voucher_no", sa.String(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("import_batch", sa.String(), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
    )
    op.create_index("ix_fund_entry_entered_on", "fund_entry", ["entered_on"])
