"""Redactions: versions in which something has been taken out

Revision ID: 0014
Revises: 0013

"""
import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('text_version', sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'redaction',
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('of_version', sa.Integer(), nullable=False),
        sa.Column('change_id', sa.Integer(), nullable=False),
        sa.Column('removed', sa.JSON(), nullable=False),
        sa.CheckConstraint('of_version < version', name=op.f('ck_redaction_is_made_of_an_earlier_one')),
        sa.ForeignKeyConstraint(
            ['contribution_id', 'version'], ['text_version.contribution_id', 'text_version.number'],
            name=op.f('fk_redaction_contribution_id_version_text_version'),
        ),
        sa.ForeignKeyConstraint(
            ['change_id'], ['visibility_change.id'], name=op.f('fk_redaction_change_id_visibility_change')
        ),
        sa.PrimaryKeyConstraint('contribution_id', 'version', name=op.f('pk_redaction')),
        sa.UniqueConstraint('change_id', name=op.f('uq_redaction_change_id')),
    )


def downgrade():
    op.drop_table('redaction')
    op.drop_column('text_version', 'set_aside_at')
