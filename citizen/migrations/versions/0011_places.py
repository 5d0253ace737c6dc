"""Points of ideas, and municipalities' own maps

Revision ID: 0011
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

POINT = ("(latitude IS NULL) = (longitude IS NULL)"
         " AND (latitude IS NULL OR (latitude BETWEEN 54 AND 72 AND longitude BETWEEN 4 AND 32))")


def upgrade():
    # Never by copying a table: rows of others point at this one.
    number = 'DOUBLE' if op.get_bind().dialect.name == 'sqlite' else 'DOUBLE PRECISION'
    op.execute(f'ALTER TABLE idea ADD COLUMN latitude {number}')
    op.execute(f'ALTER TABLE idea ADD COLUMN longitude {number}'
               f' CONSTRAINT ck_idea_point_is_whole_and_near CHECK ({POINT})')
    op.create_index('ix_idea_point', 'idea', ['programme_id', 'latitude'])
    op.create_table(
        'base_map',
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('large', sa.LargeBinary(), nullable=False),
        sa.Column('small', sa.LargeBinary(), nullable=False),
        sa.Column('digest', sa.String(length=16), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('north', sa.Double(), nullable=False),
        sa.Column('south', sa.Double(), nullable=False),
        sa.Column('west', sa.Double(), nullable=False),
        sa.Column('east', sa.Double(), nullable=False),
        sa.Column('source', sa.String(length=120), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.Integer(), nullable=True),
        sa.CheckConstraint('south < north AND west < east', name=op.f('ck_base_map_edges_are_in_order')),
        sa.CheckConstraint('south >= 54 AND north <= 72 AND west >= 4 AND east <= 32',
                           name=op.f('ck_base_map_lies_in_the_north')),
        sa.ForeignKeyConstraint(['changed_by'], ['user_account.id'],
                                name='fk_base_map_changed_by_user_account'),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name='fk_base_map_municipality_id_municipality'),
        sa.PrimaryKeyConstraint('municipality_id', name='pk_base_map'),
    )


def downgrade():
    """Where ideas are about, as points, goes; the words stay."""
    op.drop_table('base_map')
    op.drop_index('ix_idea_point', 'idea')
    for column in ('longitude', 'latitude'):
        op.execute(f'ALTER TABLE idea DROP COLUMN {column}')
