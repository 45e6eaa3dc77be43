"""Setting up a second factor during sign-in, for people of whom one is demanded."""

from collections.abc import Sequence

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.authenticators import address_of, confirm_authenticator, offered_secret, renew_recovery_codes
from server.identity.guesses import ensure_unblocked, forget_failures, note_failure, strict_key
from server.identity.site import Site
from server.models.parties import Person
from server.web.look.languages import say, sentence
from server.web.look.rendering import page
from server.web.pages.admission import FACTOR, change_session
from server.web.pages.factors import demand_of, has_factor
from server.web.pages.forms import Fault, Form
from server.web.pages.reception import HOME, awaited_person, place_to_continue, with_continue

NOT_THIS_CODE = sentence(
    "This is not the code of this key at this moment. Check that your device shows the right time."
)


async def show(site: Site, request: Request) -> Response:
    """Return the page with the key as a picture and as text, and the form for its first code."""
    place = place_to_continue(request.query_params.get("continue"))
    _, person = await awaited_person(request, site)
    return await _redirect_to_factor(site, person, place) or await key_page(site, person, place=place)


async def submit(site: Site, request: Request, form: Form) -> Response:
    """Check the first code, sign in with a session of its own, and show the recovery codes."""
    place = place_to_continue(form.get("continue"))
    browser_session, person = await awaited_person(request, site)
    redirect = await _redirect_to_factor(site, person, place)
    if redirect:
        return redirect
    if not await is_confirmed(site, person.id, form.get("code", "")):
        return await key_page(site, person, place=place, faults=[Fault("code", say(NOT_THIS_CODE))])
    async with site.database.writing() as session:
        codes = await renew_recovery_codes(session, person.id)
        secrets = await change_session(session, site, request, person.id, [*browser_session.methods, "otp"])
    response = codes_page(codes, place=place)
    secrets.put_in(response)
    return response


async def is_confirmed(site: Site, person_id: str, code: str) -> bool:
    """Return whether the first code put the offered authenticator in force.

    Raise TooManyGuesses.
    """
    keys = [strict_key("first code", person_id)]
    async with site.database.writing() as session:
        await ensure_unblocked(session, keys, site.now())
        await note_failure(session, keys, site.now())
        is_right = await confirm_authenticator(session, person_id, code, site.now())
        if is_right:
            await forget_failures(session, keys)
    return is_right


async def key_page(
    site: Site, person: Person, *, place: str = HOME, asks_password: bool = False, faults: Sequence[Fault] = ()
) -> Response:
    """Return the page with the key of the authenticator that is being set up.

    Where none is being set up, redirect to the page about the second factor.
    """
    async with site.database.reading() as connection:
        secret = await offered_secret(connection, person.id)
        demand = await demand_of(connection, site, person.id)
    if secret is None:
        return RedirectResponse("/account/factor", status_code=303)
    picture = segno.make(address_of(secret, account=person.email or person.name), error="m")
    return page(
        "new_factor.html",
        status=400 if faults else 200,
        place=place,
        asks_password=asks_password,
        email=person.email or "",
        faults=faults,
        demand=demand,
        key=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=picture.png_data_uri(scale=5, border=4),
    )


def codes_page(codes: Sequence[str], *, place: str = HOME, is_renewed: bool = False) -> Response:
    """Return the page that shows recovery codes once.

    It answers the form itself: a page after it could not fetch the codes, because only their digests are kept.
    """
    return page("codes.html", codes=codes, place=place, is_renewed=is_renewed)


async def _redirect_to_factor(site: Site, person: Person, place: str) -> Response | None:
    """Return a redirect to the form for the second factor if the person has one, None otherwise.

    A person who has a factor must prove it: a password alone never replaces it.
    """
    async with site.database.reading() as connection:
        is_there = await has_factor(connection, person.id)
    return RedirectResponse(with_continue(FACTOR, place), status_code=303) if is_there else None
