"""A reply as Zalo takes it: plain texts of at most 1,900 units, the choices numbered under the last one."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.channels.telegram.render import split, units
from bot.channels.zalo.menus import Numbered, chain, goes_by_words, next_number, numbered, words
from rules.reply import Picture, Reply
from texts import zalo as texts

MOST_UNITS = 1900  # of the 2000 "characters" whose unit nobody has measured
PictureUrl = Callable[[Picture], str]


@dataclass(frozen=True, slots=True)
class Send:
    """One message. With `photo` (an address) the text is its caption; `instead` is said when the picture fails."""

    text: str
    photo: str = ""
    instead: str = ""


def sends(reply: Reply, picture_url: PictureUrl | None = None, *, pushed: bool = False) -> list[Send]:
    """The messages that say a reply. Without `picture_url` a picture is left to its caption and its own words.

    `pushed`: unprompted, so that what it offers goes by words and the menu of the last question stays.
    """
    made: list[Send] = []
    replies = [said for said in chain(reply) if said.text or said.toast or said.picture]
    for said in replies:
        below = _below(reply, pushed) if said is replies[-1] else ""
        made += _messages(said, below, picture_url)
    return made


def together(replies: Sequence[Reply], picture_url: PictureUrl | None = None) -> list[Send]:
    """Answers to a burst in as few messages as they fit in: every text, and the choices of the last that has any.

    A picture goes by itself, with what was said before it in front.
    """
    made: list[Send] = []
    waiting: list[Reply] = []
    for reply in replies:
        if any(said.picture for said in chain(reply)):
            made += [*_joined(waiting), *sends(reply, picture_url)]
            waiting = []
        else:
            waiting.append(reply)
    return made + _joined(waiting)


def _joined(replies: Sequence[Reply]) -> list[Send]:
    spoken = [text for reply in replies for said in chain(reply) if (text := _spoken(said))]
    below = next((block for reply in reversed(replies) if (block := _below(reply, pushed=False))), "")
    gap = "\n" if all("\n" not in text for text in spoken) else "\n\n"
    return [Send(text) for text in parts(gap.join(spoken), below)]


def _messages(said: Reply, below: str, picture_url: PictureUrl | None) -> list[Send]:
    spoken = _spoken(said)
    if said.picture and picture_url:
        instead = "\n\n".join(part for part in (texts.without_picture(spoken, said.picture.says), below) if part)
        return _pictured(picture_url(said.picture), parts(spoken, below), instead)
    if said.picture:
        spoken = texts.without_picture(spoken, said.picture.says)
    return [Send(text) for text in parts(spoken, below)]


def _spoken(said: Reply) -> str:
    text = "\n".join(part for part in (said.toast, said.text) if part)
    return unicodedata.normalize("NFC", texts.without_taps(text))


def _pictured(photo: str, texts_of: list[str], instead: str) -> list[Send]:
    """The picture over a text that fits, else the picture alone and the texts behind it."""
    if len(texts_of) == 1:
        return [Send(texts_of[0], photo, instead)]
    return [Send("", photo), *(Send(text) for text in texts_of)]


def parts(text: str, below: str) -> list[str]:
    """The text in messages, `below` in the last of them, alone there only if it must be."""
    whole = f"{text}\n\n{below}".strip() if below else text
    if units(whole) <= MOST_UNITS:
        return [whole] if whole else []
    *first, last = split(text, MOST_UNITS)
    if not below:
        return [*first, last]
    joined = f"{last}\n\n{below}"
    return [*first, joined] if units(joined) <= MOST_UNITS else [*first, last, *split(below, MOST_UNITS)]


def _below(reply: Reply, pushed: bool) -> str:
    """Links, then either the numbered choices and how to choose, or the words to type."""
    offered = [choice for said in chain(reply) for row in said.choices for choice in row]
    links = [f"{choice.label}: {choice.url}" for choice in offered if choice.url]
    block = _words(reply) if pushed or goes_by_words(reply) else _numbers(numbered(reply))
    return unicodedata.normalize("NFC", "\n".join([*links, *block]))


def _numbers(shown: Numbered) -> list[str]:
    by_label = [option.label for option in shown.options if not option.n]
    if not shown.options or by_label:
        return [texts.words_to_type(by_label, can_stop=False)] if by_label else []
    lines = [f"{option.n}. {texts.label(option.label)}" for option in shown.options if not option.listed]
    numbers = [option.n for option in shown.options]
    if shown.more:
        numbers.append(next_number(shown))
        lines.append(f"{numbers[-1]}. {texts.MORE_LABEL}")
    to_menu = any(option.data.startswith("w|") for option in shown.options)
    return [*lines, texts.how_to_choose(numbers, to_menu=to_menu)]


def _words(reply: Reply) -> list[str]:
    offered = words(reply)
    can_stop = any(choice.data == "w|huỷ" for choice in offered)
    said = [_small(choice.label) for choice in offered if choice.data != "w|huỷ"]
    hint = texts.words_to_type(said, can_stop=can_stop)
    return [hint] if hint else []


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
