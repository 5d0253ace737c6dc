"""Pictures, and which version of a contribution shows which

Revision ID: 0007
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'picture',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=12), nullable=False),
        sa.Column('holder', sa.String(length=80), nullable=True),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('small_width', sa.Integer(), nullable=False),
        sa.Column('small_height', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_picture'),
        sa.UniqueConstraint('ref', name='uq_picture_ref'),
    )
    op.create_index(op.f('ix_picture_holder'), 'picture', ['holder'])
    op.create_index(op.f('ix_picture_created_at'), 'picture', ['created_at'])
    op.create_table(
        'picture_file',
        sa.Column('picture_id', sa.Integer(), nullable=False),
        sa.Column('size', sa.String(length=5), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size IN ('full', 'small')", name=op.f('ck_picture_file_size_is_known')),
        sa.ForeignKeyConstraint(
            ['picture_id'], ['picture.id'], name='fk_picture_file_picture_id_picture', ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('picture_id', 'size', name='pk_picture_file'),
    )
    op.create_table(
        'shown_picture',
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('picture_id', sa.Integer(), nullable=False),
        sa.Column('first_version', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('last_version', sa.Integer(), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('alt', sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            'last_version >= first_version', name=op.f('ck_shown_picture_ends_after_it_begins')
        ),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'], name='fk_shown_picture_contribution_id_contribution'
        ),
        sa.ForeignKeyConstraint(
            ['picture_id'], ['picture.id'], name='fk_shown_picture_picture_id_picture'
        ),
        sa.PrimaryKeyConstraint(
            'contribution_id', 'picture_id', 'first_version', name='pk_shown_picture'
        ),
    )
    op.create_index(op.f('ix_shown_picture_picture_id'), 'shown_picture', ['picture_id'])


def downgrade():
    op.drop_index(op.f('ix_shown_picture_picture_id'), 'shown_picture')
    op.drop_table('shown_picture')
    op.drop_table('picture_file')
    op.drop_index(op.f('ix_picture_created_at'), 'picture')
    op.drop_index(op.f('ix_picture_holder'), 'picture')
    op.drop_table('picture')
