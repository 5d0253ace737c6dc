"""A second person for hate and threats; appeals

Revision ID: 0018
Revises: 0017

"""
import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

OPEN = sa.text('answered_at IS NULL')


def upgrade():
    op.create_table(
        'second_look',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('after', sa.String(length=12), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('first_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('step_id', sa.Integer(), nullable=True),
        sa.Column('text_number', sa.Integer(), nullable=False),
        sa.Column('outcome', sa.String(length=12), nullable=True),
        sa.Column('second_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('decision_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.CheckConstraint("after IN ('rejected', 'hidden')", name=op.f('ck_second_look_after_is_known')),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'refused', 'taken_back', 'overtaken')",
            name=op.f('ck_second_look_outcome_is_known'),
        ),
        sa.CheckConstraint(
            '(answered_at IS NULL) = (outcome IS NULL)', name=op.f('ck_second_look_answered_has_an_outcome')
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('confirmed', 'refused')"
            " OR (second_id IS NOT NULL AND second_id <> first_id)",
            name=op.f('ck_second_look_second_is_another'),
        ),
        _points_at('second_look', 'contribution_id', 'contribution'),
        _points_at('second_look', 'first_id', 'user_account'),
        _points_at('second_look', 'second_id', 'user_account'),
        _points_at('second_look', 'step_id', 'visibility_change'),
        _points_at('second_look', 'decision_id', 'visibility_change'),
        sa.PrimaryKeyConstraint('id', name='pk_second_look'),
    )
    op.create_index(op.f('ix_second_look_contribution_id'), 'second_look', ['contribution_id'])
    op.create_index(op.f('ix_second_look_decision_id'), 'second_look', ['decision_id'])
    op.create_index(
        'uq_second_look_open', 'second_look', ['contribution_id'], unique=True, sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        'appeal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('step_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('outcome', sa.String(length=12), nullable=True),
        sa.Column('answer', sa.Text(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by', sa.Integer(), nullable=True),
        sa.Column('decision_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('upheld', 'published', 'returned')", name=op.f('ck_appeal_outcome_is_known')
        ),
        sa.CheckConstraint(
            '(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)'
            ' AND (answered_at IS NULL) = (answer IS NULL)',
            name=op.f('ck_appeal_answered_is_whole'),
        ),
        _points_at('appeal', 'contribution_id', 'contribution'),
        _points_at('appeal', 'step_id', 'visibility_change'),
        _points_at('appeal', 'answered_by', 'user_account'),
        _points_at('appeal', 'decision_id', 'visibility_change'),
        sa.PrimaryKeyConstraint('id', name='pk_appeal'),
        sa.UniqueConstraint('step_id', name=op.f('uq_appeal_step_id')),
    )
    for column in ('at', 'contribution_id', 'decision_id'):
        op.create_index(op.f(f'ix_appeal_{column}'), 'appeal', [column])


def downgrade():
    """Decisions stay; who confirmed them, and what authors asked, is lost."""
    op.drop_table('appeal')
    op.drop_table('second_look')


def _points_at(table, column, other):
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}'))
