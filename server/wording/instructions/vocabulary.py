"""The words that instructions are written in, in English and French. `phrases` reads all of them."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "lead": "In {place}, {clauses}.",
        "replace": "replace {old}{occurrence} by {new}",
        "delete": "delete {old}{occurrence}",
        "insert_after": "insert {new} after {old}{occurrence}",
        "insert_before": "insert {new} before {old}{occurrence}",
        "occurrence": " the {ordinal} time it appears",
        "each": " each time it appears",
        "places": "{clause} in the following places: {places}.",
        "reword": "Replace {place} by the following: {words}",
        "remove": "Delete {place}.",
        "move": "Move {place} {where}.",
        "add": "Insert {what} {where}: {words}",
        "after": "after {place}",
        "beginning": "at the beginning of {place}",
        "text": "the text",
        "level": " of level {level}",
        "unstated": " of no stated level",
        "numbered": ", numbered {number},",
        "and": " and ",
    },
    "fr": {
        "lead": "Dans {place}, {clauses}.",
        "replace": "remplacer {old}{occurrence} par {new}",
        "delete": "supprimer {old}{occurrence}",
        "insert_after": "insérer {new} après {old}{occurrence}",
        "insert_before": "insérer {new} avant {old}{occurrence}",
        "occurrence": " la {ordinal} fois qu'il apparaît",
        "each": " chaque fois qu'il apparaît",
        "places": "{clause} dans les passages suivants : {places}.",
        "reword": "Remplacer {place} par le texte suivant : {words}",
        "remove": "Supprimer {place}.",
        "move": "Déplacer {place} {where}.",
        "add": "Insérer {what} {where} : {words}",
        "after": "après {place}",
        "beginning": "au début de {place}",
        "text": "le texte",
        "level": " de niveau {level}",
        "unstated": " sans niveau indiqué",
        "numbered": ", portant le numéro {number},",
        "and": " et ",
    },
}
"""The forms of each language, with the places where names and quotations go."""

_ENGLISH = {
    "PARAGRAPH": "unnumbered paragraph",
    "LIST_ITEM": "numbered paragraph",
    "SUB_ITEM": "sub-point",
    "HEADING": "heading",
    "TITLE": "title",
    "PRINCIPLE": "principle",
    "STANDARD": "standard",
    "SECTION": "section",
    "ARTICLE": "article",
    "ANNEX": "annex",
    "TABLE": "table",
    "TABLE_ROW": "row",
    "FOOTNOTE": "footnote",
    "CODE": "code block",
    "BOX": "box",
}
NOUNS: dict[str, dict[str | None, str]] = {
    "en": {None: "the following", **{kind: f"the following {noun}" for kind, noun in _ENGLISH.items()}},
    "fr": {
        None: "la disposition suivante",
        "PARAGRAPH": "le paragraphe non numéroté suivant",
        "LIST_ITEM": "le paragraphe numéroté suivant",
        "SUB_ITEM": "le sous-point suivant",
        "HEADING": "l'intertitre suivant",
        "TITLE": "le titre suivant",
        "PRINCIPLE": "le principe suivant",
        "STANDARD": "la norme suivante",
        "SECTION": "la section suivante",
        "ARTICLE": "l'article suivant",
        "ANNEX": "l'annexe suivante",
        "TABLE": "le tableau suivant",
        "TABLE_ROW": "la ligne suivante",
        "FOOTNOTE": "la note de bas de page suivante",
        "CODE": "le bloc de code suivant",
        "BOX": "l'encadré suivant",
    },
}
"""What is inserted, by the sort of unit; None where the place says what it is."""
HEADINGS = frozenset({"TITLE", "PRINCIPLE", "STANDARD", "SECTION", "ARTICLE", "ANNEX", "HEADING"})
"""The sorts of units that hold what follows them."""
LANGUAGES = tuple(WORDS)
"""Languages in which instructions are written; both are read."""
