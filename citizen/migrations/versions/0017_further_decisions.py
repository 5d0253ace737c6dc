"""Merges, moves, official answers, internal notes, and a municipality's own words for reasons

Revision ID: 0017
Revises: 0016

"""
import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

UNDONE = '(undone_at IS NULL) = (undone_by IS NULL)'


def _key(table, column, other):
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=f'fk_{table}_{column}_{other}')


def _undone():
    return (
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_by', sa.Integer(), nullable=True),
    )


def upgrade():
    op.create_table(
        'idea_merge',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('into_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('change_id', sa.Integer(), nullable=True),
        *_undone(),
        sa.CheckConstraint('contribution_id <> into_id', name=op.f('ck_idea_merge_goes_into_another')),
        sa.CheckConstraint(UNDONE, name=op.f('ck_idea_merge_undone_by_somebody')),
        _key('idea_merge', 'contribution_id', 'contribution'),
        _key('idea_merge', 'into_id', 'contribution'),
        _key('idea_merge', 'user_id', 'user_account'),
        _key('idea_merge', 'change_id', 'visibility_change'),
        _key('idea_merge', 'undone_by', 'user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_idea_merge'),
        sa.UniqueConstraint('change_id', name='uq_idea_merge_change_id'),
    )
    op.create_index('ix_idea_merge_contribution_id', 'idea_merge', ['contribution_id'])
    op.create_index('ix_idea_merge_into_id', 'idea_merge', ['into_id'])
    op.create_index(
        'uq_idea_merge_standing', 'idea_merge', ['contribution_id'], unique=True,
        sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'),
    )
    op.create_table(
        'programme_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('before_programme_id', sa.Integer(), nullable=False),
        sa.Column('after_programme_id', sa.Integer(), nullable=False),
        sa.Column('before_municipality_id', sa.Integer(), nullable=False),
        sa.Column('after_municipality_id', sa.Integer(), nullable=False),
        sa.Column('taken_out', sa.JSON(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        *_undone(),
        sa.CheckConstraint('before_programme_id <> after_programme_id',
                           name=op.f('ck_programme_move_goes_elsewhere')),
        sa.CheckConstraint(UNDONE, name=op.f('ck_programme_move_undone_by_somebody')),
        _key('programme_move', 'contribution_id', 'contribution'),
        _key('programme_move', 'before_programme_id', 'programme'),
        _key('programme_move', 'after_programme_id', 'programme'),
        _key('programme_move', 'before_municipality_id', 'municipality'),
        _key('programme_move', 'after_municipality_id', 'municipality'),
        _key('programme_move', 'user_id', 'user_account'),
        _key('programme_move', 'undone_by', 'user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_programme_move'),
    )
    op.create_index('ix_programme_move_contribution_id', 'programme_move', ['contribution_id'])
    op.create_table(
        'official_answer',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('signed', sa.String(length=120), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        *_undone(),
        sa.CheckConstraint(UNDONE, name=op.f('ck_official_answer_undone_by_somebody')),
        _key('official_answer', 'contribution_id', 'contribution'),
        _key('official_answer', 'user_id', 'user_account'),
        _key('official_answer', 'undone_by', 'user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_official_answer'),
        sa.UniqueConstraint('contribution_id', 'number', name='uq_official_answer_contribution_id_number'),
    )
    op.create_table(
        'internal_note',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        _key('internal_note', 'contribution_id', 'contribution'),
        _key('internal_note', 'user_id', 'user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_internal_note'),
    )
    op.create_index('ix_internal_note_contribution_id', 'internal_note', ['contribution_id'])
    op.create_table(
        'reason_words',
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.Integer(), nullable=False),
        _key('reason_words', 'municipality_id', 'municipality'),
        _key('reason_words', 'changed_by', 'user_account'),
        sa.PrimaryKeyConstraint('municipality_id', 'reason', 'language', name='pk_reason_words'),
    )


def downgrade():
    """Support counts where it was given; what had been merged, moved, answered and noted is told nowhere."""
    op.execute(
        'UPDATE idea SET support_count = (SELECT count(*) FROM support WHERE idea_id = idea.contribution_id)'
        ' WHERE contribution_id IN (SELECT into_id FROM idea_merge)'
    )
    for table in ('reason_words', 'internal_note', 'official_answer', 'programme_move', 'idea_merge'):
        op.drop_table(table)
