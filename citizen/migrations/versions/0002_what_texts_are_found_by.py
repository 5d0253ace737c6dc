"""What published texts are found by

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-24 16:20:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

term = sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql')


def upgrade():
    op.create_table('search_posting',
    sa.Column('term', term, nullable=False),
    sa.Column('programme_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('contribution_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('term', 'programme_id', 'contribution_id', name=op.f('pk_search_posting')),
    sqlite_with_rowid=False
    )
    op.create_table('search_word',
    sa.Column('part', term, nullable=False),
    sa.Column('term', term, nullable=False),
    sa.PrimaryKeyConstraint('part', 'term', name=op.f('pk_search_word')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_search_word_term'), 'search_word', ['term'])
    # Not in a batch: the table need not be copied, nor its children looked at.
    op.add_column('contribution',
                  sa.Column('search_version', sa.String(length=12), server_default='', nullable=False))
    # Texts that were searched letter by letter; `flask contributions reindex` makes terms of them.
    op.execute("UPDATE contribution SET search_text = ''")


def downgrade():
    op.drop_column('contribution', 'search_version')
    op.drop_index(op.f('ix_search_word_term'), table_name='search_word')
    op.drop_table('search_word')
    op.drop_table('search_posting')
