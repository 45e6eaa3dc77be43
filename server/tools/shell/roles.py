"""What the role that serves may do on PostgreSQL, and the command `intersession roles`.

Another role owns the tables and migrates them. The one that serves reads everything, and writes no more than acts do:
it changes no row of a table that only grows, and can neither drop a trigger nor write the head of the journal.
"""

from typing import Annotated

import psycopg
import typer
from psycopg import sql
from sqlalchemy.engine import make_url

from server.kernel.faults import MachineFault
from server.models.base import Base
from server.tools.shell.settings import current_settings

GROWING = frozenset(
    {
        *(
            "journal",
            "journal_rows",
            "journal_subtrees",
            "journal_keys",
            "signed_heads",
            "decisions",
            "dispositions",
            "editions",
            "round_extensions",
            "redatings",
            *("plan_changes", "baselines", "baseline_rows"),
            "papers",
            "draft_steps",
        ),
        *("consolidations", "conflict_sides", "sentence_readings"),
        *("call_questions", "call_redatings", "answer_sheets", "filing_commitments", "seals"),
        *("participant_lists", "round_steps"),
        *("desk_moves", "reusable_answers", "disposition_origins", "answer_reactions", "answer_settlings"),
        "round_tags",
        *("sitting_steps", "report_paragraphs", "transfers", "contributions"),
        *("silence_objections", "silence_statements", "silence_extensions"),
        "notice_moments",
        *("instruments", "provisions", "mandates", "review_cycles"),
    }
)
"""Tables of which a row never changes once it is written."""
SHRINKING = frozenset(
    {
        *("provision_texts", "provision_references", "lineages", "applied_changes", "amendments", "co_sponsors"),
        "responsibles",
        *("amendment_views", "party_names", "comment_points", "comment_tags", "co_signatures"),
        *("authenticators", "recovery_codes", "passkeys", "passkey_challenges", "password_resets", "known_browsers"),
        *("federated_sign_ins", "guesses", "signing_keys", "authorization_codes", "refresh_tokens", "device_requests"),
        *("browser_sessions", "journal_secrets"),
        "calendar_feeds",
    }
)
"""Tables of which rows are removed: parts of what is being made, and proofs that were used up."""
LOCKED = frozenset({"journal_head", "instruments", "review_cycles"})
"""Tables whose rows are locked and not changed. PostgreSQL lets a row be locked by a role that may write a column."""


def write_grants(role: str, schema: str = "public") -> list[sql.Composed]:
    """Return the statements that leave `role` nothing but what serving needs. They can be run again."""
    who, where = sql.Identifier(role), sql.Identifier(schema)

    def grant(rights: str, *tables: str) -> list[sql.Composed]:
        names = sql.SQL(", ").join(sql.Identifier(schema, table) for table in tables)
        return [sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), names, who)] if tables else []

    tables = set(Base.metadata.tables)
    written = tables - {"journal_head"}
    return [
        sql.SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC").format(where),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(where, who),
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(where, who),
        sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(where, who),
        *grant("INSERT", *sorted(written)),
        *grant("UPDATE", *sorted(written - GROWING)),
        *grant("DELETE", *sorted(SHRINKING)),
        *grant("UPDATE (id)", *sorted(LOCKED)),
    ]


def grant_serving(owner_url: str, role: str) -> None:
    """Leave `role` nothing but what serving needs, as the owner of the tables."""
    address = make_url(owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        for statement in write_grants(role):
            connection.execute(statement)


def serving_role(url: str) -> str:
    """Return the role that serves, by the URL of the database. Raise MachineFault where there are no roles."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql" or not parsed.username:
        raise MachineFault("Roles are those of PostgreSQL: INTERSESSION_DATABASE names no user of it.")
    return parsed.username


def roles(
    role: Annotated[str, typer.Option(help="The role that serves; that of INTERSESSION_DATABASE if left out.")] = "",
) -> None:
    """Print the statements that leave the role which serves only what serving needs; `migrate` runs them as owner."""
    for statement in write_grants(role or serving_role(current_settings().database)):
        typer.echo(f"{statement.as_string(None)};")
