"""Settings of what goes out by itself."""

from email.utils import getaddresses

from pydantic import BaseModel, Field, SecretStr, field_validator

from server.delivery.mail_server import MailTls, mail_server_of
from server.kernel.addresses import is_email


class DeliverySettings(BaseModel):
    """How letters leave this server."""

    smtp: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server, smtp://USER:PASSWORD@HOST:PORT or smtps://; empty prints letters in the terminal.",
    )
    smtp_tls: MailTls = Field(
        default=MailTls.ELSEWHERE,
        description="When letters go out only over TLS: ELSEWHERE (unless the mail server is on this machine), ALWAYS, "
        "or OFFERED (if the mail server offers it).",
    )
    mail_from: str = Field(default="intersession@localhost", description="Sender of letters.")

    @field_validator("smtp")
    @classmethod
    def _known_mail_server(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            mail_server_of(url.get_secret_value())
        return url

    @field_validator("mail_from")
    @classmethod
    def _known_sender(cls, sender: str) -> str:
        addresses = [address for _, address in getaddresses([sender])]
        if len(addresses) != 1 or not is_email(addresses[0]) or not sender.isprintable():
            raise ValueError("must be an e-mail address such as fos@example.org or 'Secretariat <fos@example.org>'")
        return sender
