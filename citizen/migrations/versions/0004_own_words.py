"""Own words of a municipality

Revision ID: 0004
Revises: 0003

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('own_concept',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('extends', sa.Boolean(), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('stems', sa.JSON(), nullable=False),
    sa.Column('area', sa.String(length=40), nullable=False),
    sa.Column('goals', sa.JSON(), nullable=False),
    sa.Column('los', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['user_account.id'], name=op.f('fk_own_concept_changed_by_user_account')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'], name=op.f('fk_own_concept_municipality_id_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_concept')),
    sa.UniqueConstraint('municipality_id', 'key', name=op.f('uq_own_concept_municipality_id_key'))
    )


def downgrade():
    op.drop_table('own_concept')
