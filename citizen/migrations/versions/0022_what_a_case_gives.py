"""Which pieces of a record the person of a case is given

Revision ID: 0022b
Revises: 0021

"""
import sqlalchemy as sa
from alembic import op

revision = '0022b'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('subject_case_item', sa.Column('given', sa.JSON(), server_default='{}', nullable=False))


def downgrade():
    op.drop_column('subject_case_item', 'given')
