"""The audit's chain of hashes, and one of each contribution's steps

Revision ID: 0016
Revises: 0015

"""
import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

BEGINNING = '0' * 64
LOT = 1000


def upgrade():
    links = op.create_table(
        'audit_link',
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('audit_id', sa.Integer(), nullable=False),
        sa.Column('before', sa.String(length=64), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('number', name='pk_audit_link'),
    )
    op.create_index('ix_audit_link_audit_id', 'audit_link', ['audit_id'])
    heads = op.create_table(
        'audit_head',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_audit_head'),
    )
    with op.batch_alter_table('visibility_change') as batch:
        batch.add_column(sa.Column('digest', sa.String(length=64), nullable=True))
    connection = op.get_bind()
    count, digest = _link_rows(connection, links)
    connection.execute(heads.insert().values(id=1, count=count, digest=digest))
    _link_steps(connection)


def _link_rows(connection, links):
    """Link what is there in the order of its ids, lot by lot."""
    rows = sa.table(
        'audit_row', sa.column('id', sa.Integer), sa.column('at', sa.DateTime(timezone=True)),
        sa.column('actor_id', sa.Integer), sa.column('action', sa.String), sa.column('subject', sa.String),
        sa.column('details', sa.JSON),
    )
    number, before, last = 0, BEGINNING, None
    while True:
        asked = sa.select(rows).order_by(rows.c.id).limit(LOT)
        lot = connection.execute(asked if last is None else asked.where(rows.c.id > last)).all()
        if not lot:
            return number, before
        made = []
        for row in lot:
            number += 1
            digest = _digest({
                'number': number, 'before': before, 'id': row.id, 'at': _moment(row.at),
                'actor_id': row.actor_id, 'action': row.action, 'subject': row.subject,
                'details': row.details,
            })
            made.append({'number': number, 'audit_id': row.id, 'before': before, 'digest': digest})
            before, last = digest, row.id
        connection.execute(links.insert(), made)


def _link_steps(connection):
    steps = sa.table(
        'visibility_change', sa.column('id', sa.Integer), sa.column('contribution_id', sa.Integer),
        sa.column('before', sa.String), sa.column('after', sa.String),
        sa.column('at', sa.DateTime(timezone=True)), sa.column('user_id', sa.Integer),
        sa.column('reason', sa.String), sa.column('words', sa.Text), sa.column('undoes_id', sa.Integer),
        sa.column('digest', sa.String),
    )
    place = sa.tuple_(steps.c.contribution_id, steps.c.id)
    whose, standing, last = None, BEGINNING, None
    while True:
        asked = sa.select(steps).order_by(steps.c.contribution_id, steps.c.id).limit(LOT)
        lot = connection.execute(asked if last is None else asked.where(place > sa.tuple_(*last))).all()
        if not lot:
            return
        made = []
        for row in lot:
            standing = standing if row.contribution_id == whose else BEGINNING
            whose = row.contribution_id
            standing = _digest({
                'previous': standing, 'contribution_id': row.contribution_id, 'before': row.before,
                'after': row.after, 'at': _moment(row.at), 'user_id': row.user_id, 'reason': row.reason,
                'words': row.words, 'undoes_id': row.undoes_id,
            })
            made.append({'step': row.id, 'made': standing})
            last = (row.contribution_id, row.id)
        connection.execute(
            steps.update().where(steps.c.id == sa.bindparam('step')).values(digest=sa.bindparam('made')), made
        )


def _digest(values):
    written = json.dumps(values, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _moment(at):
    at = at.astimezone(UTC) if at.tzinfo else at
    return at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def downgrade():
    # Not in a batch: that would make the table anew, and reports point at its rows.
    op.drop_column('visibility_change', 'digest')
    op.drop_table('audit_head')
    op.drop_index('ix_audit_link_audit_id', 'audit_link')
    op.drop_table('audit_link')
