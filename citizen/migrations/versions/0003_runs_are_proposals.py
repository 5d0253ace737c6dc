"""Runs are proposals, what people did is one log, reasons and second themes

Revision ID: 0003
Revises: 0002

"""
import json

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

STATES = "state IN ('proposed', 'accepted', 'refused', 'superseded')"
KINDS = "kind IN ('rename', 'move', 'merge', 'split', 'own', 'close')"
KINDS_BEFORE = "kind IN ('rename', 'move', 'merge', 'split')"


def upgrade():
    op.create_table(
        'run_cluster',
        sa.Column('run_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('theme_id', sa.Integer(), nullable=True),
        sa.Column('names', sa.JSON(), nullable=False),
        sa.Column('terms', sa.JSON(), nullable=False),
        sa.Column('representatives', sa.JSON(), nullable=False),
        sa.Column('dissenters', sa.JSON(), nullable=False),
        sa.Column('goals', sa.JSON(), nullable=False),
        sa.Column('verdict', sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name='fk_run_cluster_run_id_analysis_run'),
        sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name='fk_run_cluster_theme_id_theme'),
        sa.PrimaryKeyConstraint('run_id', 'number', name='pk_run_cluster'),
    )
    op.create_table(
        'run_item',
        sa.Column('run_id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('cluster', sa.Integer(), nullable=False),
        sa.Column('second', sa.Integer(), nullable=False),
        sa.Column('confidence', sa.Double(), nullable=False),
        sa.Column('text_version', sa.Integer(), nullable=True),
        sa.Column('reasons', sa.JSON(), nullable=False),
        sa.Column('near', sa.JSON(), nullable=False),
        sa.Column('alike', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'], name='fk_run_item_contribution_id_contribution'
        ),
        sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name='fk_run_item_run_id_analysis_run'),
        sa.PrimaryKeyConstraint('run_id', 'contribution_id', name='pk_run_item'),
    )
    op.create_table(
        'run_model',
        sa.Column('run_id', sa.Integer(), nullable=False),
        sa.Column('raw', sa.LargeBinary(), nullable=False),
        sa.Column('outdated', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['run_id'], ['analysis_run.id'], name='fk_run_model_run_id_analysis_run'),
        sa.PrimaryKeyConstraint('run_id', name='pk_run_model'),
    )
    _know(KINDS)
    _add_columns()
    _fill()


def _add_columns():
    # Never by copying a table: rows of others point at these.
    for table, column in (
        ('analysis_run', f"state VARCHAR(12) DEFAULT 'accepted' NOT NULL"
                         f" CONSTRAINT ck_analysis_run_state_is_known CHECK ({STATES})"),
        ('analysis_run', f'decided_at {_moment()}'),
        ('analysis_run', 'decided_by INTEGER CONSTRAINT fk_analysis_run_decided_by_user_account'
                         ' REFERENCES user_account (id)'),
        ('analysis_run', "tree JSON DEFAULT '[]' NOT NULL"),
        ('analysis_run', "concepts JSON DEFAULT '{}' NOT NULL"),
        ('placement', 'second_theme_id INTEGER CONSTRAINT fk_placement_second_theme_id_theme'
                      ' REFERENCES theme (id)'),
        ('placement', 'text_version INTEGER'),
        ('placement', "reasons JSON DEFAULT '[]' NOT NULL"),
        ('placement', "near JSON DEFAULT '[]' NOT NULL"),
        ('placement', 'alike INTEGER'),
        ('theme', "dissenters JSON DEFAULT '[]' NOT NULL"),
        ('theme', 'verdict VARCHAR(8)'),
        ('theme', 'own BOOLEAN DEFAULT false NOT NULL'),
        ('theme_edit', 'part_of INTEGER CONSTRAINT fk_theme_edit_part_of_theme_edit'
                       ' REFERENCES theme_edit (id)'),
    ):
        op.execute(f'ALTER TABLE {table} ADD COLUMN {column}')
    op.create_index(op.f('ix_placement_second_theme_id'), 'placement', ['second_theme_id'])
    op.create_index(
        'uq_analysis_run_proposal', 'analysis_run', ['programme_id'], unique=True,
        sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"),
    )


def _fill():
    """Every run so far was used at once; what it read was the text of its day."""
    op.execute('UPDATE analysis_run SET decided_at = at, decided_by = user_id')
    op.execute("UPDATE placement SET text_version = (SELECT public_version FROM contribution"
               " WHERE contribution.id = placement.contribution_id)")
    _join_edits()


def _join_edits():
    """Edits that concerned two themes were written in two rows, one after the other."""
    edit = sa.table('theme_edit', *map(sa.column, ('id', 'programme_id', 'theme_id', 'kind', 'user_id',
                                                   'details', 'part_of')))
    theme = sa.table('theme', sa.column('ref'), sa.column('name'))
    connection = op.get_bind()
    names = dict(connection.execute(sa.select(theme.c.ref, theme.c.name)).all())
    before = None
    for row in connection.execute(sa.select(edit).order_by(edit.c.id)).all():
        told = json.loads(row.details) if isinstance(row.details, str) else row.details
        values = {}
        same = before is not None and row.kind != 'rename' and row.theme_id != before[0].theme_id and (
            row.programme_id, row.kind, row.user_id, told
        ) == (before[0].programme_id, before[0].kind, before[0].user_id, before[1])
        if same:
            values['part_of'] = before[0].id
        if row.kind == 'split':
            # The name it has now: what came after is in the log as well.
            values['details'] = json.dumps({**told, 'name': names.get(told['to'])})
        before = None if same else (row, told)
        if values:
            connection.execute(
                sa.text('UPDATE theme_edit SET ' + ', '.join(f'{key} = {_cast(key)}' for key in values)
                        + ' WHERE id = :id'),
                {**values, 'id': row.id},
            )


def _cast(key):
    return f'CAST(:{key} AS JSON)' if key == 'details' and op.get_bind().dialect.name != 'sqlite' else f':{key}'


def _moment():
    return 'DATETIME' if op.get_bind().dialect.name == 'sqlite' else 'TIMESTAMP WITH TIME ZONE'


def _know(kinds):
    """Nothing points at edits from elsewhere: this table may be copied."""
    with op.batch_alter_table('theme_edit') as batch:
        batch.drop_constraint(op.f('ck_theme_edit_kind_is_known'), type_='check')
        batch.create_check_constraint(op.f('ck_theme_edit_kind_is_known'), kinds)


def downgrade():
    """What waited for a decision goes, and so do themes of people's own: they were not known before."""
    op.drop_index('uq_analysis_run_proposal', 'analysis_run')
    op.drop_index(op.f('ix_placement_second_theme_id'), 'placement')
    op.drop_table('run_model')
    op.drop_table('run_item')
    op.drop_table('run_cluster')
    op.execute("DELETE FROM analysis_run WHERE state <> 'accepted'")
    op.execute("DELETE FROM theme_edit WHERE kind IN ('own', 'close')")
    for table, columns in (
        ('theme_edit', ('part_of',)),
        ('theme', ('own', 'verdict', 'dissenters')),
        ('placement', ('alike', 'near', 'reasons', 'text_version', 'second_theme_id')),
        ('analysis_run', ('concepts', 'tree', 'decided_by', 'decided_at', 'state')),
    ):
        for column in columns:
            op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
    _know(KINDS_BEFORE)
