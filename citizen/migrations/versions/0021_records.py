"""Retention rules, certificates of disposal, figures of what has gone, and cases about personal data

Revision ID: 0021
Revises: 0020

"""
import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

KINDS = ("kind IN ('idea_published', 'idea_unpublished', 'voice', 'report', 'support', 'contact',"
         " 'deletion_request', 'survey_text', 'survey_person', 'feedback', 'case')")


def upgrade():
    op.create_table(
        'retention_rule',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('months', sa.Integer(), nullable=False),
        sa.Column('counted_from', sa.String(length=16), nullable=False),
        sa.Column('decision', sa.String(length=120), nullable=False),
        sa.Column('decided_on', sa.Date(), nullable=False),
        sa.Column('on_request', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.Integer(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f('ck_retention_rule_kind_is_known')),
        sa.CheckConstraint('months BETWEEN 1 AND 1200', name=op.f('ck_retention_rule_months_are_possible')),
        sa.CheckConstraint("decision <> ''", name=op.f('ck_retention_rule_decision_is_named')),
        sa.ForeignKeyConstraint(['changed_by'], ['user_account.id'],
                                name=op.f('fk_retention_rule_changed_by_user_account')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name=op.f('fk_retention_rule_municipality_id_municipality')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_rule')),
        sa.UniqueConstraint('municipality_id', 'kind', name=op.f('uq_retention_rule_municipality_id_kind')),
    )
    op.create_table(
        'disposal_certificate',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=12), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('decision', sa.String(length=120), nullable=False),
        sa.Column('decided_on', sa.Date(), nullable=False),
        sa.Column('months', sa.Integer(), nullable=True),
        sa.Column('counted_from', sa.String(length=16), nullable=True),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('case_ref', sa.String(length=12), nullable=True),
        sa.Column('first_on', sa.Date(), nullable=True),
        sa.Column('last_on', sa.Date(), nullable=True),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('with_it', sa.JSON(), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('user_id', sa.Integer(), nullable=True),
        sa.Column('by_name', sa.String(length=120), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f('ck_disposal_certificate_kind_is_known')),
        sa.CheckConstraint('(months IS NULL) = (counted_from IS NULL)',
                           name=op.f('ck_disposal_certificate_time_is_whole')),
        sa.CheckConstraint('months IS NOT NULL OR case_ref IS NOT NULL',
                           name=op.f('ck_disposal_certificate_has_a_ground')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name=op.f('fk_disposal_certificate_municipality_id_municipality')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'],
                                name=op.f('fk_disposal_certificate_user_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal_certificate')),
        sa.UniqueConstraint('ref', name=op.f('uq_disposal_certificate_ref')),
    )
    op.create_index('ix_disposal_certificate_municipality_id', 'disposal_certificate', ['municipality_id'])
    op.create_table(
        'disposed_figure',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('was_published', sa.Boolean(), nullable=False),
        sa.Column('was_returned', sa.Boolean(), nullable=False),
        sa.Column('ended', sa.String(length=12), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=True),
        sa.Column('hours', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('idea', 'answer', 'voice')", name=op.f('ck_disposed_figure_kind_is_known')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name=op.f('fk_disposed_figure_municipality_id_municipality')),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'],
                                name=op.f('fk_disposed_figure_programme_id_programme')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_disposed_figure')),
    )
    op.create_index('ix_disposed_figure_year', 'disposed_figure',
                    ['programme_id', 'municipality_id', 'year', 'kind'])
    op.create_table(
        'subject_case',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=12), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('case_number', sa.String(length=60), nullable=False),
        sa.Column('person', sa.String(length=200), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('extended_because', sa.Text(), nullable=True),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('opened_by', sa.Integer(), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_by', sa.Integer(), nullable=True),
        sa.Column('answer', sa.Text(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('access', 'correction', 'erasure')", name=op.f('ck_subject_case_kind_is_known')),
        sa.CheckConstraint('(closed_at IS NULL) = (answer IS NULL)',
                           name=op.f('ck_subject_case_closed_is_answered')),
        sa.CheckConstraint('received_on <= due_on', name=op.f('ck_subject_case_due_after_it_came')),
        sa.ForeignKeyConstraint(['closed_by'], ['user_account.id'],
                                name=op.f('fk_subject_case_closed_by_user_account')),
        sa.ForeignKeyConstraint(['municipality_id'], ['municipality.id'],
                                name=op.f('fk_subject_case_municipality_id_municipality')),
        sa.ForeignKeyConstraint(['opened_by'], ['user_account.id'],
                                name=op.f('fk_subject_case_opened_by_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subject_case')),
        sa.UniqueConstraint('ref', name=op.f('uq_subject_case_ref')),
    )
    op.create_index('ix_subject_case_municipality_id', 'subject_case', ['municipality_id'])
    op.create_table(
        'subject_case_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('is_own', sa.Boolean(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=True),
        sa.Column('outcome', sa.String(length=8), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_by', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('contribution', 'report', 'submission', 'invitation', 'feedback')",
                           name=op.f('ck_subject_case_item_kind_is_known')),
        sa.CheckConstraint("outcome IN ('kept', 'redacted', 'deleted')",
                           name=op.f('ck_subject_case_item_outcome_is_known')),
        sa.CheckConstraint('(outcome IS NULL) = (reason IS NULL)',
                           name=op.f('ck_subject_case_item_outcome_has_a_reason')),
        sa.ForeignKeyConstraint(['added_by'], ['user_account.id'],
                                name=op.f('fk_subject_case_item_added_by_user_account')),
        sa.ForeignKeyConstraint(['case_id'], ['subject_case.id'],
                                name=op.f('fk_subject_case_item_case_id_subject_case')),
        sa.ForeignKeyConstraint(['done_by'], ['user_account.id'],
                                name=op.f('fk_subject_case_item_done_by_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subject_case_item')),
        sa.UniqueConstraint('case_id', 'kind', 'key', name=op.f('uq_subject_case_item_case_id_kind_key')),
    )
    op.create_index('ix_subject_case_item_record', 'subject_case_item', ['kind', 'key'])


def downgrade():
    """Rules, certificates and cases go; what was deleted does not come back."""
    for table in ('subject_case_item', 'subject_case', 'disposed_figure', 'disposal_certificate', 'retention_rule'):
        op.drop_table(table)
