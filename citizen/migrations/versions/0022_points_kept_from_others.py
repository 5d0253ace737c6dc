"""A point on the map that moderators keep from others

Revision ID: 0022e
Revises: 0021

"""
import sqlalchemy as sa
from alembic import op

revision = '0022e'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('idea', sa.Column('hides_point', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table('idea', schema=None) as batch_op:
        batch_op.drop_column('hides_point')
