"""What municipalities want marked in texts

Revision ID: 0015
Revises: 0014

"""
import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'privacy_setting',
        sa.Column('municipality_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('shows_hints', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['changed_by'], ['user_account.id'],
                                name='fk_privacy_setting_changed_by_user_account'),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name='fk_privacy_setting_municipality_id_municipality'),
        sa.PrimaryKeyConstraint('municipality_id', name='pk_privacy_setting'),
    )


def downgrade():
    op.drop_table('privacy_setting')
