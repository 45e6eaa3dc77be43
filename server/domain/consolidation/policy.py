"""Who makes the next version, settles what collides and publishes editions. Pure."""

from server.domain.consolidation.rules.correcting import is_issued, is_working
from server.domain.consolidation.rules.life import (
    base_can_be_consolidated,
    is_about_structure,
    is_about_words,
    is_given_out,
    target_is_working,
)
from server.domain.texts.policy import KEEPER
from server.kernel.acts import Act
from server.kernel.conditions import a_party, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.consolidation import CONFLICT_LIFECYCLE, CORRECTION_LIFECYCLE

consolidate = Act("consolidate", "version.consolidated", the_secretariat, (base_can_be_consolidated,), KEEPER)
settle_conflict = Act(
    "settle_conflict",
    "conflict.settled",
    the_secretariat,
    (CONFLICT_LIFECYCLE.allows("settle_conflict"), target_is_working, is_about_words),
    KEEPER,
)
settle_structure = Act(
    "settle_structure",
    "conflict.structure_settled",
    the_secretariat,
    (CONFLICT_LIFECYCLE.allows("settle_structure"), target_is_working, is_about_structure),
    KEEPER,
)
confirm_reading = Act("confirm_reading", "sentences.read", the_secretariat, (target_is_working,), KEEPER)
revise_provision = Act("revise_provision", "provision.revised", the_secretariat, (target_is_working,), KEEPER)
publish_edition = Act(
    "publish_edition",
    "edition.published",
    the_secretariat,
    (is_given_out,),
    "The PTC endorses, the Policy Commission recommends, the Council approves (E-Commerce Package of December 2020)",
)

correct_editorially = Act(
    "correct_editorially",
    "correction.made",
    the_secretariat,
    (is_working,),
    KEEPER,
)
open_language_version = Act("open_language_version", "translation.opened", the_secretariat, (is_issued,), KEEPER)
translate_provision = Act("translate_provision", "provision.translated", the_secretariat, (is_working,), KEEPER)
correct_linguistically = Act("correct_linguistically", "translation.corrected", the_secretariat, (is_working,), KEEPER)
correct_reference = Act("correct_reference", "reference.corrected", the_secretariat, (is_working,), KEEPER)
renumber_version = Act("renumber_version", "version.renumbered", the_secretariat, (is_working,), KEEPER)
object_to_correction = Act(
    "object_to_correction",
    "correction.objected",
    a_party,
    (CORRECTION_LIFECYCLE.allows("object_to_correction"),),
    "Nothing is changed in a text that was agreed without the parties' knowledge; any of them may object",
    only=Scope.COMMENT,
)

ON_VERSION = (
    open_language_version,
    translate_provision,
    correct_linguistically,
    correct_editorially,
    correct_reference,
    renumber_version,
    publish_edition,
)
"""The acts that a version offers besides those of texts."""
ON_CORRECTION = (object_to_correction,)
"""The acts that a correction offers."""
ON_CONSOLIDATION = (confirm_reading, revise_provision)
"""The acts that a consolidation offers."""
ON_CONFLICT = (settle_conflict, settle_structure)
"""The acts that a conflict offers."""
ACTS = (
    consolidate,
    settle_conflict,
    settle_structure,
    confirm_reading,
    revise_provision,
    correct_editorially,
    open_language_version,
    translate_provision,
    correct_linguistically,
    correct_reference,
    renumber_version,
    object_to_correction,
    publish_edition,
)
