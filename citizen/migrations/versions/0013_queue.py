"""The queue as rows; when somebody looks; decisions about several

Revision ID: 0013
Revises: 0012

"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PROMISE = timedelta(days=5)


def upgrade():
    # In the words of SQL: a check that comes with its column needs no copy of a table that others point at.
    op.execute("ALTER TABLE programme ADD COLUMN moderation VARCHAR(8) DEFAULT 'before' NOT NULL"
               " CONSTRAINT ck_programme_moderation_is_known CHECK (moderation IN ('before', 'after', 'flagged'))")
    op.execute("ALTER TABLE programme ADD COLUMN promise_days INTEGER DEFAULT 5 NOT NULL"
               " CONSTRAINT ck_programme_promise_is_days CHECK (promise_days BETWEEN 1 AND 90)")
    op.add_column('programme', sa.Column('usual_hours', sa.Integer(), nullable=True))
    op.add_column(
        'visibility_change', sa.Column('at_once', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column('visibility_change', sa.Column('lot', sa.String(length=12), nullable=True))
    op.create_index(op.f('ix_visibility_change_lot'), 'visibility_change', ['lot'])
    item = _create_tables()
    _fill(item)


def _create_tables():
    item = op.create_table(
        'queue_item',
        sa.Column('contribution_id', sa.Integer(), nullable=False, autoincrement=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('since', MOMENT, nullable=False),
        sa.Column('due_at', MOMENT, nullable=False),
        sa.Column('hits', sa.JSON(), nullable=False),
        sa.Column('words', sa.String(length=16), nullable=False),
        sa.Column('review', sa.Boolean(), nullable=False),
        sa.Column('claimed_by', sa.Integer(), nullable=True),
        sa.Column('claimed_until', MOMENT, nullable=True),
        sa.Column('assigned_to', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('new', 'again', 'review', 'reported')",
                           name=op.f('ck_queue_item_kind_is_known')),
        sa.CheckConstraint('(claimed_by IS NULL) = (claimed_until IS NULL)',
                           name=op.f('ck_queue_item_claim_is_whole')),
        *(
            sa.ForeignKeyConstraint([own], [f'{table}.id'], name=op.f(f'fk_queue_item_{own}_{table}'))
            for own, table in (
                ('contribution_id', 'contribution'), ('municipality_id', 'municipality'),
                ('programme_id', 'programme'), ('claimed_by', 'user_account'), ('assigned_to', 'user_account'),
            )
        ),
        sa.PrimaryKeyConstraint('contribution_id', name=op.f('pk_queue_item')),
    )
    op.create_index('ix_queue_item_due', 'queue_item', ['municipality_id', 'due_at', 'contribution_id'])
    op.create_index(op.f('ix_queue_item_words'), 'queue_item', ['words'])
    op.create_index(op.f('ix_queue_item_assigned_to'), 'queue_item', ['assigned_to'])
    op.create_table(
        'saved_view',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('chosen', sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_saved_view_user_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
        sa.UniqueConstraint('user_id', 'name', name=op.f('uq_saved_view_user_id_name')),
    )
    return item


def _fill(item):
    """What waits today, due as it was promised, and what readers have reported, due since they did.

    Words and personal data are read by the worker when it starts.
    """
    contribution = sa.table(
        'contribution', sa.column('id', sa.Integer), sa.column('municipality_id', sa.Integer),
        sa.column('programme_id', sa.Integer), sa.column('language', sa.String),
        sa.column('submitted_at', MOMENT), sa.column('visibility', sa.String),
    )
    report = sa.table(
        'report', sa.column('contribution_id', sa.Integer), sa.column('at', MOMENT),
        sa.column('closed_at', MOMENT),
    )
    shown = (contribution.c.id, contribution.c.municipality_id, contribution.c.programme_id,
             contribution.c.language)
    waiting = (
        sa.select(*shown, contribution.c.submitted_at.label('since'))
        .where(contribution.c.visibility == 'submitted').order_by(contribution.c.id)
    )
    reported = (
        sa.select(*shown, sa.func.min(report.c.at).label('since'))
        .join(report, report.c.contribution_id == contribution.c.id)
        .where(contribution.c.visibility == 'published', report.c.closed_at.is_(None))
        .group_by(*shown).order_by(contribution.c.id)
    )
    for found, kind, waits in ((waiting, 'new', PROMISE), (reported, 'reported', timedelta())):
        rows = op.get_bind().execute(found).all()
        for start in range(0, len(rows), 1000):
            op.bulk_insert(item, [
                {'contribution_id': row.id, 'municipality_id': row.municipality_id,
                 'programme_id': row.programme_id, 'language': row.language, 'kind': kind,
                 'since': row.since, 'due_at': row.since + waits, 'hits': [], 'words': '',
                 'review': False, 'claimed_by': None, 'claimed_until': None, 'assigned_to': None}
                for row in rows[start:start + 1000]
            ])


def downgrade():
    op.drop_table('saved_view')
    op.drop_table('queue_item')
    op.drop_index(op.f('ix_visibility_change_lot'), 'visibility_change')
    op.drop_column('visibility_change', 'lot')
    op.drop_column('visibility_change', 'at_once')
    for column in ('usual_hours', 'promise_days', 'moderation'):
        op.drop_column('programme', column)
