"""When moderators hear by mail what waits, and figures of a year

Revision ID: 0020
Revises: 0019

"""
import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'digest_choice',
        sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('rhythm', sa.String(length=8), nullable=False),
        sa.Column('weekday', sa.Integer(), nullable=True),
        sa.Column('next_on', sa.Date(), nullable=False),
        sa.CheckConstraint("rhythm IN ('daily', 'weekly')", name=op.f('ck_digest_choice_rhythm_is_known')),
        sa.CheckConstraint(
            "(rhythm = 'weekly') = (weekday IS NOT NULL)", name=op.f('ck_digest_choice_weekly_has_a_day')
        ),
        sa.CheckConstraint(
            'weekday BETWEEN 0 AND 4', name=op.f('ck_digest_choice_weekday_is_a_working_day')
        ),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user_account.id'], name=op.f('fk_digest_choice_user_id_user_account')
        ),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_digest_choice')),
    )
    op.create_table(
        'year_figures',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('counted', sa.JSON(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['programme_id'], ['programme.id'], name=op.f('fk_year_figures_programme_id_programme')
        ),
        sa.PrimaryKeyConstraint('programme_id', 'year', name=op.f('pk_year_figures')),
    )
    op.create_index(op.f('ix_digest_choice_next_on'), 'digest_choice', ['next_on'])


def downgrade():
    op.drop_table('year_figures')
    op.drop_index(op.f('ix_digest_choice_next_on'), 'digest_choice')
    op.drop_table('digest_choice')
