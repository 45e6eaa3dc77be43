"""Identity

Why: people sign in, are invited, hand their seats over and speak on behalf of others; programs act for them within
scopes. The function of focal point gets dates of its own. Going back drops what is new, makes focal points of those
who are it today, and needs every person to have an e-mail address again.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "federated_sign_ins",
        sa.Column("state_digest", sa.String(length=64), nullable=False),
        sa.Column("browser_digest", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("continue_to", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_federated_sign_ins")),
    )
    op.create_table(
        "guesses",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guesses")),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_table(
        "authenticators",
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_authenticators_person_id_persons")),
        sa.PrimaryKeyConstraint("person_id", "secret", name=op.f("pk_authenticators")),
    )
    with op.batch_alter_table("authenticators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authenticators_person_id"), ["person_id"], unique=False)

    op.create_table(
        "browser_sessions",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("signed_in_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("awaits_factor", sa.Boolean(), nullable=False),
        sa.Column("methods", DOCUMENT, nullable=False),
        sa.Column("capacities", DOCUMENT, nullable=True),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_browser_sessions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_sessions")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_browser_sessions_secret_digest")),
    )
    with op.batch_alter_table("browser_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_browser_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_identities_person_id_persons")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_person_id"), ["person_id"], unique=False)

    op.create_table(
        "passkey_challenges",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_passkey_challenges_person_id_persons")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_passkey_challenges")),
    )
    with op.batch_alter_table("passkey_challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_challenges_person_id"), ["person_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("credential_id", sa.String(length=700), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("public_key", sa.String(length=2000), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_passkeys_person_id_persons")),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_passkeys")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_person_id"), ["person_id"], unique=False)

    op.create_table(
        "password_resets",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_password_resets_person_id_persons")),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_password_resets")),
    )
    with op.batch_alter_table("password_resets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_resets_person_id"), ["person_id"], unique=False)

    op.create_table(
        "passwords",
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_passwords_person_id_persons")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_passwords")),
    )
    with op.batch_alter_table("passwords", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passwords_person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_recovery_codes_person_id_persons")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "applications",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "WEB",
                "BROWSER",
                "NATIVE",
                "DEVICE",
                "SERVICE",
                name="application_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=400), nullable=False),
        sa.Column("redirect_uris", DOCUMENT, nullable=False),
        sa.Column("sign_out_uris", DOCUMENT, nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=True),
        sa.Column("person_id", sa.String(length=30), nullable=True),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("registered_by_id", sa.String(length=30), nullable=True),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_applications_delegate_id_delegates")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_applications_person_id_persons")),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["delegates.id"], name=op.f("fk_applications_registered_by_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applications_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_registered_by_id"), ["registered_by_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("is_focal_point", sa.Boolean(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("predecessor_id", sa.String(length=30), nullable=True),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("invited_by_id", sa.String(length=30), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("delegate_id", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_invitations_delegate_id_delegates")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["delegates.id"], name=op.f("fk_invitations_invited_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_invitations_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["delegates.id"], name=op.f("fk_invitations_predecessor_id_delegates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_invitations_secret_digest")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_invited_by_id"), ["invited_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_predecessor_id"), ["predecessor_id"], unique=False)

    op.create_table(
        "representations",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("by_party_id", sa.String(length=30), nullable=False),
        sa.Column("evidence", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("granted_by_id", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_party_id"], ["parties.id"], name=op.f("fk_representations_by_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["delegates.id"], name=op.f("fk_representations_granted_by_id_delegates")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_representations_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representations")),
    )
    with op.batch_alter_table("representations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representations_by_party_id"), ["by_party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_representations_granted_by_id"), ["granted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_representations_party_id"), ["party_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.String(length=30), nullable=False),
        sa.Column("application_id", sa.String(length=30), nullable=False),
        sa.Column("session_id", sa.String(length=30), nullable=True),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("signed_in_at", INSTANT, nullable=False),
        sa.Column("methods", DOCUMENT, nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("revoked_because", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_grants_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_grants_person_id_persons")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["browser_sessions.id"], name=op.f("fk_grants_session_id_browser_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_session_id"), ["session_id"], unique=False)

    op.create_table(
        "authorization_codes",
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("grant_id", sa.String(length=30), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("challenge", sa.String(length=128), nullable=False),
        sa.Column("nonce", sa.String(length=255), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_authorization_codes_grant_id_grants")),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_authorization_codes")),
    )
    with op.batch_alter_table("authorization_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorization_codes_grant_id"), ["grant_id"], unique=False)

    op.create_table(
        "device_requests",
        sa.Column("device_digest", sa.String(length=64), nullable=False),
        sa.Column("user_code_digest", sa.String(length=64), nullable=False),
        sa.Column("application_id", sa.String(length=30), nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("grant_id", sa.String(length=30), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("polled_at", INSTANT, nullable=True),
        sa.Column("denied_at", INSTANT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_device_requests_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_device_requests_grant_id_grants")),
        sa.PrimaryKeyConstraint("device_digest", name=op.f("pk_device_requests")),
        sa.UniqueConstraint("user_code_digest", name=op.f("uq_device_requests_user_code_digest")),
    )
    with op.batch_alter_table("device_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_requests_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_requests_grant_id"), ["grant_id"], unique=False)

    op.create_table(
        "refresh_tokens",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("grant_id", sa.String(length=30), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_refresh_tokens_grant_id_grants")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_refresh_tokens")),
    )
    with op.batch_alter_table("refresh_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refresh_tokens_grant_id"), ["grant_id"], unique=False)

    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", INSTANT, nullable=True))
        batch_op.add_column(sa.Column("focal_point_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("focal_point_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_administrator", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("is_service", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("predecessor_id", sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE delegates SET focal_point_from = starts_on WHERE is_focal_point")
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_delegates_person_id_party_id_starts_on"), type_="unique")
        batch_op.create_index(
            batch_op.f("uq_open_delegates"),
            ["person_id", "party_id", "starts_on"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_delegates_predecessor_id"), ["predecessor_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_delegates_predecessor_id_delegates"), "delegates", ["predecessor_id"], ["id"]
        )
        batch_op.drop_column("is_focal_point")

    with op.batch_alter_table("functions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", INSTANT, nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint(batch_op.f("uq_functions_body_id_party_id_kind_starts_on"), type_="unique")
        batch_op.create_index(
            batch_op.f("uq_open_functions"),
            ["body_id", "party_id", "kind", "starts_on"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "language",
                sa.Enum("ENGLISH", "FRENCH", name="language", native_enum=False, create_constraint=True, length=40),
                nullable=False,
                server_default="ENGLISH",
            )
        )
        batch_op.add_column(
            sa.Column(
                "notices",
                sa.Enum(
                    "AT_ONCE", "DAILY", "NONE", name="notices", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="DAILY",
            )
        )
        batch_op.add_column(sa.Column("suspended_at", INSTANT, nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.alter_column("email", existing_type=sa.VARCHAR(length=254), nullable=True)


def downgrade() -> None:
    op.execute("UPDATE persons SET email = id || '@account.invalid' WHERE email IS NULL")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.VARCHAR(length=254), nullable=False)
        batch_op.drop_column("version")
        batch_op.drop_column("suspended_at")
        batch_op.drop_constraint(batch_op.f("ck_persons_notices"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_persons_language"), type_="check")
        batch_op.drop_column("notices")
        batch_op.drop_column("language")

    with op.batch_alter_table("functions", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("uq_open_functions"),
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_functions_body_id_party_id_kind_starts_on"), ["body_id", "party_id", "kind", "starts_on"]
        )
        batch_op.drop_column("version")
        batch_op.drop_column("ended_at")

    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_focal_point", sa.BOOLEAN(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE delegates SET is_focal_point = TRUE WHERE focal_point_from <= CURRENT_DATE "
        "AND (focal_point_until IS NULL OR focal_point_until >= CURRENT_DATE)"
    )
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delegates_predecessor_id_delegates"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_delegates_predecessor_id"))
        batch_op.drop_index(
            batch_op.f("uq_open_delegates"),
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_delegates_person_id_party_id_starts_on"), ["person_id", "party_id", "starts_on"]
        )
        batch_op.drop_column("version")
        batch_op.drop_column("predecessor_id")
        batch_op.drop_column("is_service")
        batch_op.drop_column("is_administrator")
        batch_op.drop_column("focal_point_until")
        batch_op.drop_column("focal_point_from")
        batch_op.drop_column("ended_at")

    with op.batch_alter_table("refresh_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refresh_tokens_grant_id"))

    op.drop_table("refresh_tokens")
    with op.batch_alter_table("device_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_requests_grant_id"))
        batch_op.drop_index(batch_op.f("ix_device_requests_application_id"))

    op.drop_table("device_requests")
    with op.batch_alter_table("authorization_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authorization_codes_grant_id"))

    op.drop_table("authorization_codes")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grants_session_id"))
        batch_op.drop_index(batch_op.f("ix_grants_person_id"))
        batch_op.drop_index(batch_op.f("ix_grants_application_id"))

    op.drop_table("grants")
    with op.batch_alter_table("representations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representations_party_id"))
        batch_op.drop_index(batch_op.f("ix_representations_granted_by_id"))
        batch_op.drop_index(batch_op.f("ix_representations_by_party_id"))

    op.drop_table("representations")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_party_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_invited_by_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_delegate_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_registered_by_id"))
        batch_op.drop_index(batch_op.f("ix_applications_person_id"))
        batch_op.drop_index(batch_op.f("ix_applications_delegate_id"))

    op.drop_table("applications")
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_person_id"))

    op.drop_table("recovery_codes")
    with op.batch_alter_table("passwords", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passwords_person_id"))

    op.drop_table("passwords")
    with op.batch_alter_table("password_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_resets_person_id"))

    op.drop_table("password_resets")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_person_id"))

    op.drop_table("passkeys")
    with op.batch_alter_table("passkey_challenges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_challenges_person_id"))

    op.drop_table("passkey_challenges")
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identities_person_id"))

    op.drop_table("identities")
    with op.batch_alter_table("browser_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_browser_sessions_person_id"))

    op.drop_table("browser_sessions")
    with op.batch_alter_table("authenticators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authenticators_person_id"))

    op.drop_table("authenticators")
    op.drop_table("letters")
    op.drop_table("guesses")
    op.drop_table("federated_sign_ins")
