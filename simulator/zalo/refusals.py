"""What Zalo says when it says no. Wordings marked "recorded" come from the live service, the rest from its manual."""


class ZaloRefused(Exception):
    """A call Zalo refuses, with the code that its body carries whatever the HTTP status is."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


UNAUTHORIZED = ZaloRefused(401, "Unauthorized")  # recorded, with HTTP 200
NOTHING_NEW = ZaloRefused(408, "Request timeout")  # recorded: a long poll that found nothing
WEBHOOK_SET = ZaloRefused(  # recorded
    400, "You cannot use this API while a webhook is set. Please remove the webhook first"
)
NO_WEBHOOK = ZaloRefused(404, "Not Found")  # recorded, getWebhookInfo
QUOTA = ZaloRefused(429, "Quota exceeded")
UNKNOWN_CHAT = ZaloRefused(410, "Gone")


def bad_request(what: str) -> ZaloRefused:
    return ZaloRefused(400, f"Bad request: {what}")
