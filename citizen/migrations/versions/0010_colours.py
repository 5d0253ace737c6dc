"""A municipality's own colours

Revision ID: 0010
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('municipality') as batch:
        batch.add_column(sa.Column('main_colour', sa.String(length=7), nullable=True))
        batch.add_column(sa.Column('second_colour', sa.String(length=7), nullable=True))


def downgrade():
    with op.batch_alter_table('municipality') as batch:
        batch.drop_column('second_colour')
        batch.drop_column('main_colour')
