"""New versions that authors send in of what is public with a part removed

Revision ID: 0022c
Revises: 0022d

"""
import sqlalchemy as sa
from alembic import op

revision = '0022c'
down_revision = '0022d'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'revision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('outcome', sa.String(length=12), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(length=20), nullable=True),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('decision_id', sa.Integer(), nullable=True),
        sa.Column('seen_version', sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('published', 'declined', 'overtaken')",
                           name=op.f('ck_revision_outcome_is_known')),
        sa.CheckConstraint('(answered_at IS NULL) = (outcome IS NULL)',
                           name=op.f('ck_revision_answered_has_an_outcome')),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'declined' OR (reason IS NOT NULL AND answered_by IS NOT NULL)",
            name=op.f('ck_revision_declined_for_a_reason')),
        sa.ForeignKeyConstraint(['answered_by'], ['user_account.id'],
                                name=op.f('fk_revision_answered_by_user_account')),
        sa.ForeignKeyConstraint(['contribution_id', 'version'],
                                ['text_version.contribution_id', 'text_version.number'],
                                name=op.f('fk_revision_contribution_id_text_version')),
        sa.ForeignKeyConstraint(['decision_id'], ['visibility_change.id'],
                                name=op.f('fk_revision_decision_id_visibility_change')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
        sa.UniqueConstraint('contribution_id', 'version', name=op.f('uq_revision_contribution_id_version')),
        sa.UniqueConstraint('decision_id', name=op.f('uq_revision_decision_id')),
    )
    still_open = sa.text('answered_at IS NULL')
    op.create_index('uq_revision_open', 'revision', ['contribution_id'], unique=True,
                    sqlite_where=still_open, postgresql_where=still_open)


def downgrade():
    """Their texts stay, set aside."""
    op.drop_table('revision')
