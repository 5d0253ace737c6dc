"""What is held back from the queue, lots of it that were decided at once, and what reports weigh

Revision ID: 0019
Revises: 0018

"""
import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

WAITS = sa.text('held_as IS NOT NULL')


def upgrade():
    _add_code('contribution', 'held_as', 5, "held_as IN ('trap', 'rate', 'flood')", 'held_as_is_known')
    op.create_index(
        'ix_contribution_held', 'contribution', ['municipality_id', 'id'],
        sqlite_where=WAITS, postgresql_where=WAITS,
    )
    op.add_column('report', sa.Column('fresh', sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_code('report', 'doubt', 4, "doubt IN ('trap', 'rate')", 'doubt_is_known')
    op.create_index(op.f('ix_report_browser'), 'report', ['browser'])
    op.create_table(
        'held_lot',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('action', sa.String(length=8), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("action IN ('release', 'reject')", name=op.f('ck_held_lot_action_is_known')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name='fk_held_lot_user_id_user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_held_lot'),
    )
    op.create_table(
        'held_lot_item',
        sa.Column('lot_id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('held_as', sa.String(length=5), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['lot_id'], ['held_lot.id'], name='fk_held_lot_item_lot_id_held_lot', ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'],
            name='fk_held_lot_item_contribution_id_contribution', ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('lot_id', 'contribution_id', name='pk_held_lot_item'),
    )
    op.create_index(op.f('ix_held_lot_item_contribution_id'), 'held_lot_item', ['contribution_id'])


def downgrade():
    """What was held back waits with the rest."""
    op.drop_table('held_lot_item')
    op.drop_table('held_lot')
    op.drop_index(op.f('ix_report_browser'), 'report')
    _drop_code('report', 'doubt', 'doubt_is_known')
    op.drop_column('report', 'fresh')
    op.drop_index('ix_contribution_held', 'contribution')
    _drop_code('contribution', 'held_as', 'held_as_is_known')


def _add_code(table, column, length, check, name):
    """Add an empty column of known codes, without copying the table: rows of many others point at its own."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(
            f'ALTER TABLE {table} ADD COLUMN {column} VARCHAR({length})'
            f' CONSTRAINT ck_{table}_{name} CHECK ({check})'
        )
        return
    op.add_column(table, sa.Column(column, sa.String(length=length), nullable=True))
    op.create_check_constraint(op.f(f'ck_{table}_{name}'), table, check)


def _drop_code(table, column, name):
    if op.get_bind().dialect.name == 'sqlite':
        # The check stands in the column, and goes with it.
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
        return
    op.drop_constraint(op.f(f'ck_{table}_{name}'), table, type_='check')
    op.drop_column(table, column)
