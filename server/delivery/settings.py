"""Settings of what goes out by itself."""

from pydantic import BaseModel, Field, SecretStr


class DeliverySettings(BaseModel):
    """How letters leave this server."""

    smtp: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server, smtp://USER:PASSWORD@HOST:PORT or smtps://; empty prints letters in the terminal.",
    )
    mail_from: str = Field(default="intersession@localhost", description="Sender of letters.")
