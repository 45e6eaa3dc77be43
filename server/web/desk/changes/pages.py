"""The pages about what became of a text: changes, provisions, lineage, translations, terms, corrections, editions."""

from server.web.desk.changes import comparing, dossiers, editions, lineages, terms, translations
from server.web.desk.pages import Page

CHANGE_PAGES = (
    Page("/texts/{version}/changes", comparing.show),
    Page("/texts/{version}/lineage", lineages.show, acts=lineages.ACTS),
    Page("/texts/{version}/translations", translations.show, acts=translations.ACTS, onward=translations.lead_to_next),
    Page("/texts/{version}/terms", terms.show_terms),
    Page("/texts/{version}/corrections", terms.show_corrections, acts=terms.CORRECTION_ACTS),
    Page("/provisions/{id}", dossiers.show, acts=dossiers.ACTS),
    Page("/editions", editions.show_list, public="/public"),
    Page("/editions/{id}", editions.show_one, acts=editions.ACTS, public="/public/editions/{id}"),
)
