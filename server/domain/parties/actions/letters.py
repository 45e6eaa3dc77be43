"""Write the words of letters, in the two working languages. Pure: each function returns a subject and a text."""

from datetime import date, datetime
from typing import NamedTuple

from server.delivery.outbox.letters import one_line
from server.vocabulary.parties import Language


class Words(NamedTuple):
    """The subject and the text of a letter."""

    subject: str
    text: str


class Offer(NamedTuple):
    """The facts in the letter of an invitation.

    `name` is invited by `inviter` to act for `party`: as a focal point, as a technical administrator, or else as a
    delegate, from `starts_on` to `ends_on`. The invitation is taken up at `link` until `expires_at`. `takes_over_from`
    is the name of the delegate who hands over the seat, "" if it is a new seat.
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


def invitation_letter(offer: Offer, language: Language) -> Words:
    """Return the letter that invites a person to act for a party. It contains a link that only the reader may know."""
    return _write_french_invitation(offer) if language == Language.FRENCH else _write_english_invitation(offer)


def _write_english_invitation(offer: Offer) -> Words:
    until = f" until {offer.ends_on:%Y-%m-%d}" if offer.ends_on else ""
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
        f"from {offer.starts_on:%Y-%m-%d}{until}.\n\n{seat}"
        "Intersession is where Members and partners comment on texts between meetings.\n\n"
        f"To accept, open this link before {offer.expires_at:%Y-%m-%d %H:%M} UTC:\n\n{offer.link}\n\n"
        "The link is for you alone and works once. If you did not expect this letter, you can ignore it.\n",
    )


def _write_french_invitation(offer: Offer) -> Words:
    until = f" jusqu'au {offer.ends_on:%d/%m/%Y}" if offer.ends_on else ""
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
        f"à partir du {offer.starts_on:%d/%m/%Y}{until}.\n\n{seat}"
        "Intersession est le lieu où les Membres et leurs partenaires commentent des textes entre les réunions.\n\n"
        f"Pour accepter, ouvrez ce lien avant le {offer.expires_at:%d/%m/%Y à %H:%M} UTC :\n\n{offer.link}\n\n"
        "Ce lien vous est personnel et ne sert qu'une fois. Si vous n'attendiez pas cette lettre, ignorez-la.\n",
    )
