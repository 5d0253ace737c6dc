"""What waits for another person stands in the queue; which languages staff read

Revision ID: 0025
Revises: 0024

"""
import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

KINDS = 'ck_queue_item_kind_is_known'
DUE = ['municipality_id', 'due_at', 'contribution_id']


def upgrade():
    op.drop_index('ix_queue_item_due', 'queue_item')
    with op.batch_alter_table('queue_item') as batch:
        for column in ('decided_by', 'confirmed_by'):
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f'fk_queue_item_{column}_user_account'), 'user_account', [column], ['id']
            )
        batch.add_column(sa.Column('read_as', sa.Integer(), nullable=False, server_default='0'))
        batch.drop_constraint(op.f(KINDS), type_='check')
        batch.create_check_constraint(
            op.f(KINDS), "kind IN ('new', 'again', 'review', 'reported', 'second', 'appeal')"
        )
    op.create_index('ix_queue_item_due', 'queue_item', [*DUE, 'decided_by', 'confirmed_by', 'language'])
    op.create_index('ix_queue_item_kind', 'queue_item', ['kind', *DUE])
    op.create_table(
        'reading_choice',
        sa.Column('user_id', sa.Integer(), nullable=False, autoincrement=False),
        sa.Column('languages', sa.JSON(), nullable=False),
        sa.Column('hides_others', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'],
                                name=op.f('fk_reading_choice_user_id_user_account')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_reading_choice')),
    )
    _fill('second_look', 'second', 'waits.first_id')
    _fill('appeal', 'appeal', '(SELECT user_id FROM visibility_change WHERE id = waits.step_id)')


def _fill(table, kind, decided_by):
    """All that is not answered. A worker reads each anew, and takes out what has been overtaken."""
    false = sa.false().compile(dialect=op.get_bind().dialect)
    op.execute(f"""
        INSERT INTO queue_item (contribution_id, municipality_id, programme_id, language, kind, since, due_at,
                                hits, words, review, decided_by, read_as)
        SELECT contribution.id, contribution.municipality_id, contribution.programme_id, contribution.language,
               '{kind}', MAX(waits.at), MAX(waits.at), '[]', '', {false}, MAX({decided_by}), 0
        FROM contribution JOIN {table} AS waits ON waits.contribution_id = contribution.id
        WHERE waits.answered_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM queue_item WHERE queue_item.contribution_id = contribution.id)
        GROUP BY contribution.id, contribution.municipality_id, contribution.programme_id, contribution.language
    """)


def downgrade():
    """What waits for another person has lists of its own again; which languages staff read is lost."""
    op.drop_table('reading_choice')
    op.execute("DELETE FROM queue_item WHERE kind IN ('second', 'appeal')")
    op.drop_index('ix_queue_item_kind', 'queue_item')
    op.drop_index('ix_queue_item_due', 'queue_item')
    with op.batch_alter_table('queue_item') as batch:
        batch.drop_constraint(op.f(KINDS), type_='check')
        batch.create_check_constraint(op.f(KINDS), "kind IN ('new', 'again', 'review', 'reported')")
        for column in ('decided_by', 'confirmed_by'):
            batch.drop_constraint(op.f(f'fk_queue_item_{column}_user_account'), type_='foreignkey')
            batch.drop_column(column)
        batch.drop_column('read_as')
    op.create_index('ix_queue_item_due', 'queue_item', DUE)
