"""Voices: lines that add to an idea; reports of what readers want looked at

Revision ID: 0008
Revises: 0005

"""
import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0005'
branch_labels = None
depends_on = None

KINDS = "kind IN ('idea', 'answer', 'voice')"
KINDS_BEFORE = "kind IN ('idea', 'answer')"


def upgrade():
    _know(KINDS_BEFORE, KINDS)
    op.create_table(
        'voice',
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('idea_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'], name='fk_voice_contribution_id_contribution'
        ),
        sa.ForeignKeyConstraint(['idea_id'], ['idea.contribution_id'], name='fk_voice_idea_id_idea'),
        sa.PrimaryKeyConstraint('contribution_id', name='pk_voice'),
    )
    op.create_index(op.f('ix_voice_idea_id'), 'voice', ['idea_id'])
    op.create_table(
        'report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('browser', sa.String(length=64), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decision_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['contribution_id'], ['contribution.id'], name='fk_report_contribution_id_contribution'
        ),
        sa.ForeignKeyConstraint(
            ['decision_id'], ['visibility_change.id'], name='fk_report_decision_id_visibility_change'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_report'),
        sa.UniqueConstraint('contribution_id', 'browser', name='uq_report_contribution_id_browser'),
    )
    op.create_index(op.f('ix_report_decision_id'), 'report', ['decision_id'])


def downgrade():
    """Lines stay, as answers: texts without a title, which were known before. What they add to is lost."""
    op.drop_table('report')
    op.drop_table('voice')
    op.execute("UPDATE contribution SET kind = 'answer' WHERE kind = 'voice'")
    _know(KINDS, KINDS_BEFORE)


def _know(before, after):
    """Change what kinds there may be, without copying the table: rows of many others point at its own.

    SQLite has no word for it; its documentation tells how the text of a check is changed in place
    (https://sqlite.org/lang_altertable.html, "other kinds of table schema changes").
    """
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_contribution_kind_is_known'), 'contribution', type_='check')
        op.create_check_constraint(op.f('ck_contribution_kind_is_known'), 'contribution', after)
        return
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar_one()
    connection.exec_driver_sql('PRAGMA writable_schema = ON')
    changed = connection.execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after)"
                " WHERE type = 'table' AND name = 'contribution' AND instr(sql, :before) > 0"),
        {'before': before, 'after': after},
    )
    connection.exec_driver_sql(f'PRAGMA schema_version = {version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema = OFF')
    if changed.rowcount != 1:
        raise RuntimeError('This SQLite keeps its schema closed; the kinds of contributions stay as they were.')
