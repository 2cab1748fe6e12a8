"""Answers of the rules with what they rest on; what a gate was shown, who recorded it and where the case came from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of assessments and three columns of events; older events keep theirs empty."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("visit_id", sa.String(), nullable=True),
        sa.Column("programme_code", sa.String(), nullable=True),
        sa.Column("assessed_on", sa.String(), nullable=True),
        sa.Column("pack_version", sa.String(), nullable=True),
        sa.Column("pack_id", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_case_id", "assessment", ["case_id"])
    op.create_index("ix_assessment_visit_id", "assessment", ["visit_id"])
    op.add_column("case_event", sa.Column("before", sa.String(), nullable=True))
    op.add_column("case_event", sa.Column("recorded_by", sa.String(), nullable=True))
    op.add_column("case_event", sa.Column("evidence", sa.LargeBinary(), nullable=True))
