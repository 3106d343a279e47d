"""Several bots: which serve which campaign, and where an invitation keeps a place"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_bots"
down_revision = "20261123_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "serving_bot",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("campaigns", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bot_key", sa.String(), server_default="", nullable=False))
    # What the one bot of each messenger was called and carried; every start writes it anew, for each bot.
    op.execute("DELETE FROM setting WHERE key IN ('telegram.username', 'zalo.link') OR key LIKE 'people:%'")


def downgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("bot_key")
    op.drop_table("serving_bot")
