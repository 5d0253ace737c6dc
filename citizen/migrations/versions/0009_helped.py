"""Requests for deletion, and where mail is stopped

Revision ID: 0009
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'deletion_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('handled_by', sa.Integer(), nullable=True),
        sa.Column('answer', sa.Text(), nullable=True),
        sa.CheckConstraint(
            '(handled_at IS NULL) = (answer IS NULL)', name=op.f('ck_deletion_request_handled_is_answered')
        ),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'], name='fk_deletion_request_contribution_id_contribution'
        ),
        sa.ForeignKeyConstraint(
            ['handled_by'], ['user_account.id'], name='fk_deletion_request_handled_by_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_deletion_request'),
    )
    op.create_index(op.f('ix_deletion_request_contribution_id'), 'deletion_request', ['contribution_id'])
    with op.batch_alter_table('mail') as mail:
        mail.add_column(sa.Column('stop_url', sa.String(length=300), nullable=True))


def downgrade():
    with op.batch_alter_table('mail') as mail:
        mail.drop_column('stop_url')
    op.drop_index(op.f('ix_deletion_request_contribution_id'), 'deletion_request')
    op.drop_table('deletion_request')
