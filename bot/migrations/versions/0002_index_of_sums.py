"""what a year's sums ask of a meeting stands in the index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NAME = "ix_meetings_municipality_start"
_BEFORE = ["municipality_id", "starts_at"]


def upgrade() -> None:
    op.drop_index(_NAME, "meetings")
    op.create_index(
        _NAME, "meetings", [*_BEFORE, "ends_at", "status", "counts_in_form", "audience"]
    )


def downgrade() -> None:
    op.drop_index(_NAME, "meetings")
    op.create_index(_NAME, "meetings", _BEFORE)
