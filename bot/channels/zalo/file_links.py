"""Files on Zalo, which carries none: a link that opens for a day, or where there is no address, words."""

from dataclasses import replace

from bot.channels import Letter
from bot.channels.zalo import media
from bot.documents import Documents, Unmade
from rules.reply import Picture, Reply
from texts import exporting as texts


class FileLinks:
    """Puts a link where a reply has a file. Without an address of our own there is nothing a link could open."""

    def __init__(self, documents: Documents | None, public_url: str) -> None:
        self._documents, self._public_url = documents, public_url

    async def instead(self, letter: Letter) -> Letter:
        """The same letter in words. Raises what passes by itself (the database is busy), to be tried again."""
        return replace(letter, reply=await self._worded(letter.reply))

    async def _worded(self, reply: Reply) -> Reply:
        then = await self._worded(reply.then) if reply.then else None
        if not reply.document:
            return replace(reply, then=then) if then else reply
        said = await self._said(reply.document.token)
        return replace(reply, text="\n".join(filter(None, (reply.text, said))), document=None, then=then)

    async def _said(self, token: str) -> str:
        if not self._documents or not self._public_url:
            return texts.NO_LINKS
        try:
            file = await self._documents.behind_link(token)
        except Unmade as unmade:
            return str(unmade)
        link = media.signed(Picture(media.FILE, token), file.expires_at)
        return texts.download(f"{self._public_url}/f/{link}", file.expires_at)
