"""Surveys: drafts, versions, answers, and who has taken part

Revision ID: 0012
Revises: 0011

"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table(
        'survey',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=12), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=True),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('undo', sa.JSON(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('level', sa.String(length=12), nullable=False),
        sa.Column('once', sa.Boolean(), nullable=False),
        sa.Column('asks_sector', sa.Boolean(), nullable=False),
        sa.Column('results', sa.String(length=12), nullable=False),
        sa.Column('k', sa.Integer(), nullable=False),
        sa.Column('opens_on', sa.Date(), nullable=True),
        sa.Column('closes_on', sa.Date(), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('created_by', sa.Integer(), nullable=True),
        sa.Column('in_library', sa.Boolean(), nullable=False),
        sa.Column('participation_key', sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "level IN ('named', 'confidential', 'anonymous')", name=op.f('ck_survey_level_is_known')
        ),
        sa.CheckConstraint(
            "results IN ('never', 'afterwards', 'live')", name=op.f('ck_survey_results_is_known')
        ),
        sa.CheckConstraint(
            'closed_at IS NULL OR participation_key IS NULL', name=op.f('ck_survey_closing_destroys_the_key')
        ),
        sa.CheckConstraint('k >= 3', name=op.f('ck_survey_k_is_not_below_the_floor')),
        sa.CheckConstraint(
            'opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on',
            name=op.f('ck_survey_opens_before_it_closes'),
        ),
        sa.ForeignKeyConstraint(
            ['created_by'], ['user_account.id'], name=op.f('fk_survey_created_by_user_account')
        ),
        sa.ForeignKeyConstraint(
            ['municipality_id'], ['municipality.id'], name=op.f('fk_survey_municipality_id_municipality')
        ),
        sa.ForeignKeyConstraint(
            ['programme_id'], ['programme.id'], name=op.f('fk_survey_programme_id_programme')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
        sa.UniqueConstraint('ref', name=op.f('uq_survey_ref')),
    )
    op.create_index('ix_survey_programme_id', 'survey', ['programme_id'])

    op.create_table(
        'survey_attempt',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('channel', sa.String(length=12), nullable=False),
        sa.Column('place', sa.String(length=40), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('page', sa.String(length=12), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('typed', sa.JSON(), nullable=False),
        sa.Column('touched_on', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ['municipality_id'],
            ['municipality.id'],
            name=op.f('fk_survey_attempt_municipality_id_municipality'),
        ),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_attempt_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_survey_attempt')),
        sqlite_with_rowid=False,
    )
    op.create_index('ix_survey_attempt_touched_on', 'survey_attempt', ['touched_on'])

    op.create_table(
        'survey_invitation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=12), nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=True),
        sa.Column('name', sa.String(length=120), nullable=True),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ['municipality_id'],
            ['municipality.id'],
            name=op.f('fk_survey_invitation_municipality_id_municipality'),
        ),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_invitation_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_invitation')),
        sa.UniqueConstraint('digest', name=op.f('uq_survey_invitation_digest')),
        sa.UniqueConstraint('ref', name=op.f('uq_survey_invitation_ref')),
    )
    op.create_index('ix_survey_invitation_email', 'survey_invitation', ['survey_id', 'email'], unique=True)

    op.create_table(
        'survey_participation',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_participation_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('survey_id', 'digest', name=op.f('pk_survey_participation')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'survey_public_result',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('submissions', sa.Integer(), nullable=False),
        sa.Column('made_on', sa.Date(), nullable=False),
        sa.Column('figures', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_public_result_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('survey_id', name=op.f('pk_survey_public_result')),
    )
    op.create_table(
        'survey_sealed',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('pool', sa.String(length=80), nullable=False),
        sa.Column('tray', sa.String(length=16), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_sealed_survey_id_survey')),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_survey_sealed')),
        sqlite_with_rowid=False,
    )
    op.create_index('ix_survey_sealed_survey_id', 'survey_sealed', ['survey_id'])

    op.create_table(
        'survey_submission',
        sa.Column('id', NUMBER, autoincrement=False, nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('channel', sa.String(length=12), nullable=False),
        sa.Column('place', sa.String(length=40), nullable=False),
        sa.Column('municipality_id', sa.Integer(), nullable=False),
        sa.Column('sector', sa.String(length=16), nullable=True),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('is_counted', sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('link', 'invitation', 'paper', 'kiosk')",
            name=op.f('ck_survey_submission_channel_is_known'),
        ),
        sa.ForeignKeyConstraint(
            ['municipality_id'],
            ['municipality.id'],
            name=op.f('fk_survey_submission_municipality_id_municipality'),
        ),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_submission_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_submission')),
        sa.UniqueConstraint('digest', name=op.f('uq_survey_submission_digest')),
    )
    op.create_index('ix_survey_submission_counted', 'survey_submission', ['survey_id', 'is_counted'])

    op.create_table(
        'survey_tally',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('channel', sa.String(length=12), nullable=False),
        sa.Column('municipality_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('sector', sa.String(length=16), nullable=False),
        sa.Column('question', sa.String(length=12), nullable=False),
        sa.Column('series', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('row', sa.String(length=12), nullable=False),
        sa.Column('option', sa.String(length=24), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_tally_survey_id_survey')),
        sa.PrimaryKeyConstraint(
            'survey_id',
            'version',
            'language',
            'channel',
            'municipality_id',
            'sector',
            'question',
            'series',
            'row',
            'option',
            name=op.f('pk_survey_tally'),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'survey_text',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=24), nullable=False),
        sa.Column('language', sa.String(length=3), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('state', sa.String(length=8), nullable=False),
        sa.Column('source', sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('machine', 'reviewed')", name=op.f('ck_survey_text_state_is_known')),
        sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_text_survey_id_survey')),
        sa.PrimaryKeyConstraint('survey_id', 'key', 'language', name=op.f('pk_survey_text')),
    )
    op.create_table(
        'survey_version',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('texts', sa.JSON(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_version_survey_id_survey')
        ),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user_account.id'], name=op.f('fk_survey_version_user_id_user_account')
        ),
        sa.PrimaryKeyConstraint('survey_id', 'number', name=op.f('pk_survey_version')),
    )
    op.create_table(
        'survey_answer',
        sa.Column('submission_id', NUMBER, nullable=False),
        sa.Column('question', sa.String(length=12), nullable=False),
        sa.Column('row', sa.String(length=12), nullable=False),
        sa.Column('option', sa.String(length=12), nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('series', sa.Integer(), nullable=False),
        sa.Column('is_shown', sa.Boolean(), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=True),
        sa.Column('number', sa.Double(), nullable=True),
        sa.Column('text', sa.Text(), nullable=True),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('latitude', sa.Double(), nullable=True),
        sa.Column('longitude', sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ['submission_id'],
            ['survey_submission.id'],
            name=op.f('fk_survey_answer_submission_id_survey_submission'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('submission_id', 'question', 'row', 'option', name=op.f('pk_survey_answer')),
        sqlite_with_rowid=False,
    )
    op.create_index(
        'ix_survey_answer_question',
        'survey_answer',
        ['survey_id', 'question', 'submission_id', 'series', 'is_shown', 'option'],
    )

    op.create_table(
        'survey_answer_text',
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.String(length=12), nullable=False),
        sa.Column('submission_id', NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ['contribution_id'],
            ['contribution.id'],
            name=op.f('fk_survey_answer_text_contribution_id_contribution'),
        ),
        sa.ForeignKeyConstraint(
            ['submission_id'],
            ['survey_submission.id'],
            name=op.f('fk_survey_answer_text_submission_id_survey_submission'),
        ),
        sa.ForeignKeyConstraint(
            ['survey_id'], ['survey.id'], name=op.f('fk_survey_answer_text_survey_id_survey')
        ),
        sa.PrimaryKeyConstraint('contribution_id', name=op.f('pk_survey_answer_text')),
    )
    op.create_index('ix_survey_answer_text_submission_id', 'survey_answer_text', ['submission_id'])

    op.create_table(
        'survey_respondent',
        sa.Column('submission_id', NUMBER, nullable=False),
        sa.Column('invitation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['invitation_id'],
            ['survey_invitation.id'],
            name=op.f('fk_survey_respondent_invitation_id_survey_invitation'),
        ),
        sa.ForeignKeyConstraint(
            ['submission_id'],
            ['survey_submission.id'],
            name=op.f('fk_survey_respondent_submission_id_survey_submission'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('submission_id', name=op.f('pk_survey_respondent')),
        sa.UniqueConstraint('invitation_id', name=op.f('uq_survey_respondent_invitation_id')),
    )


def downgrade():
    op.drop_table('survey_respondent')
    op.drop_table('survey_answer_text')
    op.drop_table('survey_answer')
    op.drop_table('survey_version')
    op.drop_table('survey_text')
    op.drop_table('survey_tally')
    op.drop_table('survey_submission')
    op.drop_table('survey_sealed')
    op.drop_table('survey_public_result')
    op.drop_table('survey_participation')
    op.drop_table('survey_invitation')
    op.drop_table('survey_attempt')
    op.drop_table('survey')
