"""Seals of what is kept about contributions, vouched for by the audit

Going back leaves links that vouch for seals, which the program before this does not know: its `audit verify` names
them.

Revision ID: 0022d
Revises: 0022b

"""
import hashlib
import json
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0022d'
down_revision = '0022b'
branch_labels = None
depends_on = None

BEGINNING = '0' * 64
LOT = 500
WHOLE, MOMENT, JSON, WORDS, YES_NO = (
    sa.Integer(), sa.DateTime(timezone=True), sa.JSON(), sa.Text(), sa.Boolean(),
)

# Table → the column with the contribution, the key, and everything that is vouched for.
SEALED = {
    'contribution': ('id', 'id', {
        'ref': WORDS, 'kind': WORDS, 'programme_id': WHOLE, 'municipality_id': WHOLE, 'source': WORDS,
        'language': WORDS, 'sector': WORDS, 'submitted_at': MOMENT, 'external_id': WORDS,
    }),
    'text_version': ('contribution_id', 'number', {
        'contribution_id': WHOLE, 'number': WHOLE, 'title': WORDS, 'body': WORDS, 'place': WORDS, 'made_by': WORDS,
        'user_id': WHOLE, 'created_at': MOMENT, 'set_aside_at': MOMENT,
    }),
    'visibility_change': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'before': WORDS, 'after': WORDS, 'at': MOMENT, 'user_id': WHOLE,
        'reason': WORDS, 'words': WORDS, 'undoes_id': WHOLE, 'at_once': YES_NO, 'lot': WORDS, 'digest': WORDS,
    }),
    'redaction': ('contribution_id', 'version', {
        'contribution_id': WHOLE, 'version': WHOLE, 'of_version': WHOLE, 'change_id': WHOLE, 'removed': JSON,
    }),
    'second_look': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'after': WORDS, 'reason': WORDS, 'words': WORDS, 'first_id': WHOLE,
        'at': MOMENT, 'step_id': WHOLE, 'text_number': WHOLE, 'outcome': WORDS, 'second_id': WHOLE,
        'answered_at': MOMENT, 'note': WORDS, 'decision_id': WHOLE, 'version': WHOLE,
    }),
    'appeal': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'step_id': WHOLE, 'at': MOMENT, 'words': WORDS, 'outcome': WORDS,
        'answer': WORDS, 'answered_at': MOMENT, 'answered_by': WHOLE, 'decision_id': WHOLE, 'version': WHOLE,
    }),
    'handling_change': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'before': WORDS, 'after': WORDS, 'at': MOMENT, 'user_id': WHOLE,
        'about': WORDS, 'about_names': JSON, 'words': WORDS, 'public_at': MOMENT,
    }),
    'idea_merge': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'into_id': WHOLE, 'at': MOMENT, 'user_id': WHOLE,
        'change_id': WHOLE, 'undone_at': MOMENT, 'undone_by': WHOLE,
    }),
    'programme_move': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'before_programme_id': WHOLE, 'after_programme_id': WHOLE,
        'before_municipality_id': WHOLE, 'after_municipality_id': WHOLE, 'taken_out': JSON, 'at': MOMENT,
        'user_id': WHOLE, 'undone_at': MOMENT, 'undone_by': WHOLE,
    }),
    'official_answer': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'number': WHOLE, 'language': WORDS, 'body': WORDS, 'signed': WORDS,
        'at': MOMENT, 'user_id': WHOLE, 'undone_at': MOMENT, 'undone_by': WHOLE,
    }),
    'deletion_request': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'at': MOMENT, 'words': WORDS, 'handled_at': MOMENT,
        'handled_by': WHOLE, 'answer': WORDS,
    }),
    'internal_note': ('contribution_id', 'id', {
        'id': WHOLE, 'contribution_id': WHOLE, 'body': WORDS, 'at': MOMENT, 'user_id': WHOLE,
    }),
}


def upgrade():
    seals = op.create_table(
        'seal',
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('key', sa.Integer(), nullable=False),
        sa.Column('salt', sa.String(length=32), nullable=True),
        sa.Column('content', sa.String(length=64), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'],
                                name=op.f('fk_seal_contribution_id_contribution')),
        sa.PrimaryKeyConstraint('contribution_id', 'number', name=op.f('pk_seal')),
    )
    op.create_index('ix_seal_row', 'seal', ['contribution_id', 'kind', 'key'])
    op.add_column('audit_link', sa.Column('seals', sa.JSON(), nullable=True))
    _seal(op.get_bind(), seals)


def _seal(connection, seals):
    """Seal what is there as it stands now: contribution by contribution, table by table."""
    ids = sa.table('contribution', sa.column('id', sa.Integer))
    last = 0
    while True:
        asked = sa.select(ids.c.id).where(ids.c.id > last).order_by(ids.c.id).limit(LOT)
        lot = connection.scalars(asked).all()
        if not lot:
            return
        ends, made = dict.fromkeys(lot, (0, BEGINNING)), []
        for kind, (whose, key, columns) in SEALED.items():
            table = sa.table(kind, *(sa.column(name, of) for name, of in ({'id': WHOLE} | columns).items()
                                     if name in columns or name == whose))
            rows = connection.execute(
                sa.select(table).where(table.c[whose].in_(lot)).order_by(table.c[whose], table.c[key])
            )
            for row in rows.mappings():
                ends[row[whose]] = _next(made, ends[row[whose]], kind, row, whose, key, columns)
        connection.execute(seals.insert(), made)
        last = lot[-1]


def _next(made, end, kind, row, whose, key, columns):
    salt = secrets.token_hex(16)
    content = _digest({'salt': salt, 'values': {name: _plain(row[name]) for name in columns}})
    number = end[0] + 1
    digest = _digest({
        'previous': end[1], 'contribution_id': row[whose], 'number': number, 'kind': kind, 'key': row[key],
        'content': content,
    })
    made.append({'contribution_id': row[whose], 'number': number, 'kind': kind, 'key': row[key], 'salt': salt,
                 'content': content, 'digest': digest})
    return number, digest


def _digest(values):
    written = json.dumps(values, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value):
    if isinstance(value, datetime):
        at = value.astimezone(UTC) if value.tzinfo else value
        return at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')
    return value


def downgrade():
    op.drop_column('audit_link', 'seals')
    op.drop_index('ix_seal_row', 'seal')
    op.drop_table('seal')
