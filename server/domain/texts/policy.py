"""Who may import texts and issue them. Pure."""

from server.domain.texts.rules.lineages import is_being_made
from server.kernel.acts import Act
from server.kernel.conditions import the_secretariat
from server.vocabulary.texts import VERSION_LIFECYCLE

KEEPER = "The Secretariat circulates and consolidates the texts (WGEC work plan of September 2018, responsible column)"


import_text = Act("import_text", "text.imported", the_secretariat, (), KEEPER)
issue_version = Act(
    "issue_version", "version.issued", the_secretariat, (VERSION_LIFECYCLE.allows("issue_version"),), KEEPER
)
abandon_version = Act(
    "abandon_version", "version.abandoned", the_secretariat, (VERSION_LIFECYCLE.allows("abandon_version"),), KEEPER
)
confirm_lineage = Act(
    "confirm_lineage",
    "lineage.confirmed",
    the_secretariat,
    (is_being_made,),
    KEEPER,
)

ON_VERSION = (issue_version, abandon_version, confirm_lineage)
"""The acts that a version offers."""
ACTS = (import_text, *ON_VERSION)
