"""A point on the map that moderators keep from others

Revision ID: 0026
Revises: 0025

"""
import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('idea', sa.Column('hides_point', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    op.drop_column('idea', 'hides_point')
