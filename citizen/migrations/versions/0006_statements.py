"""Statements of a municipality, and feedback on accessibility

Revision ID: 0006
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'statement_profile',
        sa.Column('municipality_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('service_name', sa.String(length=120), nullable=False),
        sa.Column('organisation_number', sa.String(length=12), nullable=False),
        sa.Column('address', sa.String(length=200), nullable=False),
        sa.Column('phone', sa.String(length=40), nullable=False),
        sa.Column('officer_name', sa.String(length=120), nullable=False),
        sa.Column('officer_email', sa.String(length=254), nullable=False),
        sa.Column('official_url', sa.String(length=300), nullable=False),
        sa.Column('assessed_on', sa.Date(), nullable=True),
        sa.Column('method', sa.String(length=12), nullable=True),
        *_changed(),
        sa.CheckConstraint(
            "method IN ('own', 'expert', 'users', 'automatic')",
            name=op.f('ck_statement_profile_method_is_known'),
        ),
        *_points_at('statement_profile'),
        sa.PrimaryKeyConstraint('municipality_id', name='pk_statement_profile'),
    )
    op.create_table(
        'own_breach',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('criterion', sa.String(length=8), nullable=True),
        sa.Column('ground', sa.String(length=8), nullable=False),
        sa.Column('what', sa.JSON(), nullable=False),
        sa.Column('why', sa.JSON(), nullable=False),
        sa.Column('groups', sa.JSON(), nullable=False),
        sa.Column('since_on', sa.Date(), nullable=False),
        sa.Column('planned_on', sa.Date(), nullable=True),
        *_changed(),
        sa.CheckConstraint(
            "ground IN ('not_yet', 'burden', 'outside')", name=op.f('ck_own_breach_ground_is_known')
        ),
        sa.CheckConstraint(
            "criterion IS NOT NULL OR ground = 'outside'", name=op.f('ck_own_breach_breaks_a_criterion')
        ),
        *_points_at('own_breach'),
        sa.PrimaryKeyConstraint('id', name='pk_own_breach'),
    )
    op.create_index(op.f('ix_own_breach_municipality_id'), 'own_breach', ['municipality_id'])
    op.create_table(
        'statement_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('section', sa.String(length=20), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('body', sa.Text(), nullable=True),
        *_changed(),
        sa.CheckConstraint("kind IN ('privacy', 'rules')", name=op.f('ck_statement_text_kind_is_known')),
        *_points_at('statement_text'),
        sa.PrimaryKeyConstraint('id', name='pk_statement_text'),
        sa.UniqueConstraint(
            'municipality_id', 'kind', 'section', 'language', name=op.f('uq_statement_text_municipality_id_kind_section_language')
        ),
    )
    op.create_table(
        'accessibility_feedback',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('page', sa.String(length=300), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('client_key', sa.String(length=80), nullable=False),
        sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('handled_by', sa.Integer(), nullable=True),
        sa.CheckConstraint(
            'handled_at IS NOT NULL OR handled_by IS NULL',
            name=op.f('ck_accessibility_feedback_handled_has_a_time'),
        ),
        *_points_at('accessibility_feedback', 'handled_by'),
        sa.PrimaryKeyConstraint('id', name='pk_accessibility_feedback'),
        sa.UniqueConstraint('client_key', name=op.f('uq_accessibility_feedback_client_key')),
    )
    op.create_index(
        op.f('ix_accessibility_feedback_municipality_id'), 'accessibility_feedback', ['municipality_id']
    )


def _changed():
    """Version, time and person of the latest change."""
    return (
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.Integer(), nullable=True),
    )


def _points_at(table, person='changed_by'):
    """The municipality a row belongs to, and the person who did something last."""
    return (
        sa.ForeignKeyConstraint(
            ['municipality_id'], ['municipality.id'], name=f'fk_{table}_municipality_id_municipality'
        ),
        sa.ForeignKeyConstraint([person], ['user_account.id'], name=f'fk_{table}_{person}_user_account'),
    )


def downgrade():
    op.drop_index(op.f('ix_accessibility_feedback_municipality_id'), 'accessibility_feedback')
    op.drop_table('accessibility_feedback')
    op.drop_table('statement_text')
    op.drop_index(op.f('ix_own_breach_municipality_id'), 'own_breach')
    op.drop_table('own_breach')
    op.drop_table('statement_profile')
