"""The message that logged a visit"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_said_in"
down_revision = "20261122_work_list"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_in", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_visit_said_in"), ["said_in"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_said_in"))
        batch_op.drop_column("said_in")
