"""Steps of jobs that workers share, and their parts

Revision ID: 0005
Revises: 0004

"""
import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'job_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('job_id', sa.Integer(), nullable=False),
        sa.Column('attempt', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('about', sa.JSON(), nullable=False),
        sa.Column('given', sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(['job_id'], ['job.id'], name='fk_job_step_job_id_job'),
        sa.PrimaryKeyConstraint('id', name='pk_job_step'),
    )
    op.create_index(op.f('ix_job_step_job_id'), 'job_step', ['job_id'])
    op.create_table(
        'job_part',
        sa.Column('step_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('arguments', sa.JSON(), nullable=False),
        sa.Column('state', sa.String(length=8), nullable=False),
        sa.Column('takes', sa.Integer(), nullable=False),
        sa.Column('worker', sa.String(length=120), nullable=True),
        sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('result', sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'done')", name=op.f('ck_job_part_state_is_known')
        ),
        sa.ForeignKeyConstraint(
            ['step_id'], ['job_step.id'], name='fk_job_part_step_id_job_step', ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('step_id', 'number', name='pk_job_part'),
    )


def downgrade():
    op.drop_table('job_part')
    op.drop_index(op.f('ix_job_step_job_id'), 'job_step')
    op.drop_table('job_step')
