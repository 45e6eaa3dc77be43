"""The words of letters, in the two working languages. Pure: each function returns a subject and a text."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from server.delivery.outbox.letters import one_line
from server.delivery.outbox.times import say_day, say_instant
from server.vocabulary.parties import Language


class Words(NamedTuple):
    """The subject and the text of a letter."""

    subject: str
    text: str


class Offer(NamedTuple):
    """The content of an invitation's letter: who invites whom for which party, as what and for which days.

    Where neither is said, the person is invited as a delegate. The link is good until `expires_at`. `takes_over_from`
    is the name of the delegate from whom the seat is taken over, "" for nobody.
    """

    name: str
    inviter: str
    party: str
    starts_on: date
    ends_on: date | None
    link: str
    expires_at: datetime
    takes_over_from: str = ""
    is_focal_point: bool = False
    is_administrator: bool = False


def undelivered_letter(name: str, email: str, party: str, language: Language) -> Words:
    """Return the letter to somebody whose invitation could not be delivered."""
    who, for_whom = f"{one_line(name)} <{email}>", one_line(party)
    if language == Language.FRENCH:
        return Words(
            f"Invitation non distribuée : {for_whom}",
            f"Bonjour,\n\nvotre invitation de {who} pour {for_whom} n'a pas pu être distribuée.\n\n"
            "Vérifiez l'adresse, retirez l'invitation et invitez de nouveau cette personne.\n",
        )
    return Words(
        f"Invitation not delivered: {for_whom}",
        f"Hello,\n\nyour invitation of {who} for {for_whom} could not be delivered.\n\n"
        "Please check the address, withdraw the invitation and invite the person again.\n",
    )


def moved_letter(language: Language, settles: timedelta, *, is_new: bool) -> Words:
    """Return the letter about a corrected address, to the new address or to the one before.

    It names neither address and no person, because either may be a stranger's.
    """
    if language == Language.FRENCH:
        here = (
            f"Pendant {settles.days} jours, aucune lettre pour choisir un mot de passe n'y sera envoyée."
            if is_new
            else "Si ce n'est pas ce que vous attendiez, prévenez le Secrétariat tout de suite."
        )
        now = "sera désormais" if is_new else "n'est plus"
        return Words(
            "Votre adresse électronique auprès d'Intersession",
            f"Bonjour,\n\ncette adresse {now} celle d'un compte d'Intersession. Le compte a été déconnecté partout ; "
            f"le mot de passe et les clés d'accès restent les mêmes.\n\n{here}\n",
        )
    here = (
        f"For {settles.days} days no letter to choose a new password is sent to it."
        if is_new
        else "If you did not expect this, tell the Secretariat at once."
    )
    now = "is now" if is_new else "is no longer"
    return Words(
        "Your e-mail address at Intersession",
        f"Hello,\n\nthis address {now} that of an account at Intersession. The account was signed out everywhere; "
        f"its password and passkeys stay the same.\n\n{here}\n",
    )


def reset_letter(language: Language, lasts: timedelta, link: str) -> Words:
    """Return the letter by which somebody chooses a new password. The link in it is a secret of the reader."""
    minutes = int(lasts.total_seconds() // 60)
    if language == Language.FRENCH:
        return Words(
            "Un nouveau mot de passe pour Intersession",
            "Bonjour,\n\nquelqu'un, vous peut-être, a demandé un nouveau mot de passe d'Intersession pour cette "
            f"adresse électronique.\n\nPour le choisir, ouvrez cette adresse dans les {minutes} minutes. Elle ne sert "
            f"qu'une fois, même si d'autres lettres comme celle-ci arrivent :\n\n{link}\n\n"
            "Si ce n'était pas vous, ne faites rien : votre mot de passe reste le même, et personne n'a appris si "
            "cette adresse est connue.\n",
        )
    return Words(
        "A new password for Intersession",
        "Hello,\n\nsomebody, perhaps you, asked for a new password at Intersession for this e-mail address.\n\n"
        f"To choose one, open this address within {minutes} minutes. It works once, also if other letters like this "
        f"one come:\n\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is, and nobody was told whether this address is "
        "known.\n",
    )


def invitation_letter(offer: Offer, language: Language, zone: str) -> Words:
    """Return the letter that invites somebody to act for a party. The link in it is a secret of the reader.

    Until when it is good is said in the reader's `zone` and in UTC.
    """
    is_french = language == Language.FRENCH
    return _write_french_invitation(offer, zone) if is_french else _write_english_invitation(offer, zone)


def _write_english_invitation(offer: Offer, zone: str) -> Words:
    """Return the letter in English."""
    until = f" until {say_day(offer.ends_on, Language.ENGLISH)}" if offer.ends_on else ""
    expires = say_instant(offer.expires_at, zone, Language.ENGLISH)
    seat = f"You take over the seat of {one_line(offer.takes_over_from)}.\n\n" if offer.takes_over_from else ""
    purpose = "administer" if offer.is_administrator else "speak for"
    what = (
        "a technical administrator"
        if offer.is_administrator
        else "a focal point"
        if offer.is_focal_point
        else "a delegate"
    )
    return Words(
        f"Invitation to {purpose} {one_line(offer.party)}",
        f"Dear {one_line(offer.name)},\n\n"
        f"{one_line(offer.inviter)} invites you to be {what} of {one_line(offer.party)} "
        f"from {say_day(offer.starts_on, Language.ENGLISH)}{until}.\n\n{seat}"
        "Intersession is where Members and partners comment on texts between meetings.\n\n"
        f"To accept, open this link before {expires}:\n\n{offer.link}\n\n"
        "The link is for you alone and works once. If you did not expect this letter, you can ignore it.\n",
    )


def _write_french_invitation(offer: Offer, zone: str) -> Words:
    """Return the letter in French."""
    until = f" jusqu'au {say_day(offer.ends_on, Language.FRENCH)}" if offer.ends_on else ""
    expires = say_instant(offer.expires_at, zone, Language.FRENCH)
    seat = f"Vous reprenez le siège de {one_line(offer.takes_over_from)}.\n\n" if offer.takes_over_from else ""
    purpose = "administrer" if offer.is_administrator else "parler au nom de"
    what = (
        "administrateur ou administratrice technique"
        if offer.is_administrator
        else "point de contact"
        if offer.is_focal_point
        else "délégué(e)"
    )
    return Words(
        f"Invitation à {purpose} {one_line(offer.party)}",
        f"Bonjour {one_line(offer.name)},\n\n"
        f"{one_line(offer.inviter)} vous invite à devenir {what} de {one_line(offer.party)} "
        f"à partir du {say_day(offer.starts_on, Language.FRENCH)}{until}.\n\n{seat}"
        "Intersession est le lieu où les Membres et leurs partenaires commentent des textes entre les réunions.\n\n"
        f"Pour accepter, ouvrez ce lien avant le {expires} :\n\n{offer.link}\n\n"
        "Ce lien vous est personnel et ne sert qu'une fois. Si vous n'attendiez pas cette lettre, ignorez-la.\n",
    )
