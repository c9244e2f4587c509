"""Lay the house: every table of the first release."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('tf_primary_method', sa.String(length=64), nullable=True),
    sa.Column('tf_totp_secret', sa.String(length=255), nullable=True),
    sa.Column('totp_counters', sa.JSON(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_account_fs_uniquifier'))
    )
    op.create_table('failed_login',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity_hash', sa.String(length=64), nullable=False),
    sa.Column('network_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_login'))
    )
    with op.batch_alter_table('failed_login', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_failed_login_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_login_identity_hash'), ['identity_hash'], unique=False)

    op.create_table('fellowship',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('identity', sa.String(length=600), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=24), nullable=False),
    sa.Column('audience', sa.String(length=24), nullable=False),
    sa.Column('coordinator_word', sa.String(length=40), nullable=False),
    sa.Column('sponsor_word', sa.String(length=40), nullable=False),
    sa.Column('controller', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fellowship')),
    sa.UniqueConstraint('slug', name=op.f('uq_fellowship_slug'))
    )
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('recipient', sa.LargeBinary(), nullable=False),
    sa.Column('values', sa.LargeBinary(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=96), nullable=True),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_letter_dedupe_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letter_message_id'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_sent_at_due_at', ['sent_at', 'due_at'], unique=False)

    op.create_table('change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('deed', sa.String(length=40), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('fellowship_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_change_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_change_fellowship_id_fellowship'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_fellowship_id'), ['fellowship_id'], unique=False)

    op.create_table('groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('fellowship_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('description', sa.String(length=1200), nullable=False),
    sa.Column('audience', sa.String(length=24), nullable=False),
    sa.Column('subject', sa.String(length=24), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('features', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('status_since', sa.Date(), nullable=False),
    sa.Column('seating', sa.String(length=16), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('town', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=80), nullable=False),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.Column('may_be_indexed', sa.Boolean(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('source_key', sa.String(length=96), nullable=True),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('feed_key', sa.String(length=32), nullable=False),
    sa.Column('discreet_key', sa.String(length=32), nullable=False),
    sa.Column('feed_uuid', sa.Uuid(), nullable=False),
    sa.Column('discreet_uuid', sa.Uuid(), nullable=False),
    sa.Column('calendar_rev', sa.Integer(), nullable=False),
    sa.Column('calendar_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('slot_version', sa.Integer(), nullable=False),
    sa.CheckConstraint("seating IN ('seats_itself', 'welcomes', 'by_contact', 'walk_in')", name=op.f('ck_groups_seating')),
    sa.CheckConstraint("status IN ('preparing', 'active', 'paused', 'closed')", name=op.f('ck_groups_status')),
    sa.CheckConstraint('calendar_rev >= 1', name=op.f('ck_groups_calendar_rev')),
    sa.CheckConstraint('capacity IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)', name=op.f('ck_groups_capacity')),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_groups_fellowship_id_fellowship')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sa.UniqueConstraint('discreet_key', name=op.f('uq_groups_discreet_key')),
    sa.UniqueConstraint('feed_key', name=op.f('uq_groups_feed_key')),
    sa.UniqueConstraint('fellowship_id', 'source_key', name=op.f('uq_groups_fellowship_id_source_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_groups_slug'))
    )
    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_groups_fellowship_id'), ['fellowship_id'], unique=False)
        batch_op.create_index('ix_groups_listed_fellowship_id_status', ['listed', 'fellowship_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_groups_province'), ['province'], unique=False)
        batch_op.create_index(batch_op.f('ix_groups_town'), ['town'], unique=False)

    op.create_table('login',
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=60), nullable=False),
    sa.Column('remembered', sa.Boolean(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_login_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key_hash', name=op.f('pk_login'))
    )
    with op.batch_alter_table('login', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_account_id'), ['account_id'], unique=False)

    op.create_table('theme_title',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fellowship_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('reading', sa.String(length=200), nullable=False),
    sa.Column('question', sa.String(length=300), nullable=False),
    sa.CheckConstraint('step IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)', name=op.f('ck_theme_title_step')),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_theme_title_fellowship_id_fellowship'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_title')),
    sa.UniqueConstraint('fellowship_id', 'step', name=op.f('uq_theme_title_fellowship_id_step'))
    )
    op.create_table('change_of_group',
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['change_id'], ['change.id'], name=op.f('fk_change_of_group_change_id_change'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_change_of_group_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('change_id', 'group_id', name=op.f('pk_change_of_group'))
    )
    with op.batch_alter_table('change_of_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_of_group_group_id'), ['group_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('email', sa.LargeBinary(), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=False),
    sa.Column('shows_phone', sa.Boolean(), nullable=False),
    sa.Column('shows_email', sa.Boolean(), nullable=False),
    sa.Column('takes_messages', sa.Boolean(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('position IN (1, 2, 3)', name=op.f('ck_contact_position')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_contact_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sa.UniqueConstraint('group_id', 'position', name=op.f('uq_contact_group_id_position')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_contact_key_hash'))
    )
    op.create_table('former_slug',
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_former_slug_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_former_slug'))
    )
    with op.batch_alter_table('former_slug', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_slug_group_id'), ['group_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('fellowship_id', sa.Integer(), nullable=True),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'coordinator' AND group_id IS NOT NULL AND fellowship_id IS NULL) OR (kind = 'officer' AND group_id IS NULL AND fellowship_id IS NOT NULL) OR (kind = 'overseer' AND group_id IS NULL AND fellowship_id IS NULL)", name=op.f('ck_invitation_subject')),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_invitation_fellowship_id_fellowship'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_invitation_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invited_by'], ['account.id'], name=op.f('fk_invitation_invited_by_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_invitation_key_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_fellowship_id'), ['fellowship_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_group_id'), ['group_id'], unique=False)

    op.create_table('participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=True),
    sa.Column('wait_number', sa.Integer(), nullable=True),
    sa.Column('alias', sa.String(length=40), nullable=True),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('ask_key', sa.String(length=64), nullable=True),
    sa.Column('consent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('consent_text', sa.String(length=16), nullable=True),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("wait_number IS NULL OR typeof(wait_number) = 'integer'", name=op.f('ck_participant_wait_number_is_whole')).ddl_if(dialect='sqlite'),
    sa.CheckConstraint('(alias IS NULL AND contact IS NULL AND key_hash IS NULL AND consent_at IS NULL AND seat IS NOT NULL) OR (alias IS NOT NULL AND key_hash IS NOT NULL AND consent_at IS NOT NULL)', name=op.f('ck_participant_named_or_not')),
    sa.CheckConstraint('(seat IS NULL) <> (wait_number IS NULL)', name=op.f('ck_participant_seat_or_line')),
    sa.CheckConstraint('seat IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)', name=op.f('ck_participant_seat')),
    sa.CheckConstraint('wait_number > 0', name=op.f('ck_participant_wait_number')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_participant_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('group_id', 'alias', name=op.f('uq_participant_group_id_alias')),
    sa.UniqueConstraint('group_id', 'ask_key', name=op.f('uq_participant_group_id_ask_key')),
    sa.UniqueConstraint('group_id', 'seat', name=op.f('uq_participant_group_id_seat')),
    sa.UniqueConstraint('group_id', 'wait_number', name=op.f('uq_participant_group_id_wait_number')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_participant_key_hash'))
    )
    op.create_table('place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=160), nullable=False),
    sa.Column('postcode', sa.String(length=12), nullable=False),
    sa.Column('town', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=80), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('directions', sa.String(length=600), nullable=False),
    sa.Column('join_url', sa.String(length=500), nullable=False),
    sa.Column('join_phone', sa.String(length=60), nullable=False),
    sa.Column('join_notes', sa.String(length=300), nullable=False),
    sa.Column('join_is_public', sa.Boolean(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('building', 'online', 'both')", name=op.f('ck_place_kind')),
    sa.CheckConstraint('(latitude IS NULL) = (longitude IS NULL)', name=op.f('ck_place_position')),
    sa.ForeignKeyConstraint(['owner_id'], ['groups.id'], name=op.f('fk_place_owner_id_groups'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place'))
    )
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_town'), ['town'], unique=False)

    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('fellowship_id', sa.Integer(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=600), nullable=False),
    sa.CheckConstraint("(kind = 'coordinator' AND group_id IS NOT NULL AND fellowship_id IS NULL) OR (kind = 'officer' AND group_id IS NULL AND fellowship_id IS NOT NULL) OR (kind = 'overseer' AND group_id IS NULL AND fellowship_id IS NULL)", name=op.f('ck_role_subject')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_role_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_role_fellowship_id_fellowship'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_role_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role'))
    )
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_fellowship_id'), ['fellowship_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_group_id'), ['group_id'], unique=False)
        batch_op.create_index('uq_role_account_id_fellowship_id', ['account_id', 'fellowship_id'], unique=True)
        batch_op.create_index('uq_role_account_id_group_id', ['account_id', 'group_id'], unique=True)

    op.create_table('closure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('fellowship_id', sa.Integer(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(place_id IS NOT NULL AND group_id IS NULL AND fellowship_id IS NULL) OR (place_id IS NULL AND group_id IS NOT NULL AND fellowship_id IS NULL) OR (place_id IS NULL AND group_id IS NULL AND fellowship_id IS NOT NULL)', name=op.f('ck_closure_one_subject')),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_closure_days')),
    sa.ForeignKeyConstraint(['fellowship_id'], ['fellowship.id'], name=op.f('fk_closure_fellowship_id_fellowship'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_closure_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_closure_place_id_place'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closure'))
    )
    with op.batch_alter_table('closure', schema=None) as batch_op:
        batch_op.create_index('ix_closure_fellowship_id', ['fellowship_id'], unique=False)
        batch_op.create_index('ix_closure_group_id', ['group_id'], unique=False)
        batch_op.create_index('ix_closure_place_id', ['place_id'], unique=False)

    op.create_table('deviation',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=True),
    sa.Column('start', sa.Time(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('visibility', sa.String(length=8), nullable=False),
    sa.Column('theme_step', sa.Integer(), nullable=True),
    sa.Column('theme_title', sa.String(length=120), nullable=False),
    sa.Column('note', sa.String(length=400), nullable=False),
    sa.Column('all_the_same', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("typeof(week) = 'integer'", name=op.f('ck_deviation_week_is_whole')).ddl_if(dialect='sqlite'),
    sa.CheckConstraint("visibility IN ('whole', 'town', 'nothing')", name=op.f('ck_deviation_visibility')),
    sa.CheckConstraint('theme_step IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)', name=op.f('ck_deviation_theme_step')),
    sa.CheckConstraint('weekday IN (1, 2, 3, 4, 5, 6, 7)', name=op.f('ck_deviation_weekday')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_deviation_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_deviation_place_id_place')),
    sa.PrimaryKeyConstraint('group_id', 'week', name=op.f('pk_deviation'))
    )
    with op.batch_alter_table('deviation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deviation_place_id'), ['place_id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('start', sa.Time(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('visibility', sa.String(length=8), nullable=False),
    sa.Column('themes', sa.JSON(), nullable=False),
    sa.CheckConstraint("typeof(since) = 'integer'", name=op.f('ck_slot_since_is_whole')).ddl_if(dialect='sqlite'),
    sa.CheckConstraint("visibility IN ('whole', 'town', 'nothing')", name=op.f('ck_slot_visibility')),
    sa.CheckConstraint('minutes BETWEEN 15 AND 600', name=op.f('ck_slot_minutes')),
    sa.CheckConstraint('weekday IN (1, 2, 3, 4, 5, 6, 7)', name=op.f('ck_slot_weekday')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_slot_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_slot_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('group_id', 'since', name=op.f('uq_slot_group_id_since'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_place_id'), ['place_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_place_id'))

    op.drop_table('slot')
    with op.batch_alter_table('deviation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deviation_place_id'))

    op.drop_table('deviation')
    with op.batch_alter_table('closure', schema=None) as batch_op:
        batch_op.drop_index('ix_closure_place_id')
        batch_op.drop_index('ix_closure_group_id')
        batch_op.drop_index('ix_closure_fellowship_id')

    op.drop_table('closure')
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.drop_index('uq_role_account_id_group_id')
        batch_op.drop_index('uq_role_account_id_fellowship_id')
        batch_op.drop_index(batch_op.f('ix_role_group_id'))
        batch_op.drop_index(batch_op.f('ix_role_fellowship_id'))

    op.drop_table('role')
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_town'))
        batch_op.drop_index(batch_op.f('ix_place_owner_id'))

    op.drop_table('place')
    op.drop_table('participant')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_group_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_fellowship_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('former_slug', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_slug_group_id'))

    op.drop_table('former_slug')
    op.drop_table('contact')
    with op.batch_alter_table('change_of_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_of_group_group_id'))

    op.drop_table('change_of_group')
    op.drop_table('theme_title')
    with op.batch_alter_table('login', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_account_id'))

    op.drop_table('login')
    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_groups_town'))
        batch_op.drop_index(batch_op.f('ix_groups_province'))
        batch_op.drop_index('ix_groups_listed_fellowship_id_status')
        batch_op.drop_index(batch_op.f('ix_groups_fellowship_id'))

    op.drop_table('groups')
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_fellowship_id'))
        batch_op.drop_index(batch_op.f('ix_change_at'))
        batch_op.drop_index(batch_op.f('ix_change_account_id'))

    op.drop_table('change')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_sent_at_due_at')

    op.drop_table('letter')
    op.drop_table('fellowship')
    with op.batch_alter_table('failed_login', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_failed_login_identity_hash'))
        batch_op.drop_index(batch_op.f('ix_failed_login_at'))

    op.drop_table('failed_login')
    op.drop_table('account')
