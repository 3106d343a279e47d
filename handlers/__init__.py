"""Every conversation, in the order it is asked whether a message is for it."""

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseStorage

from handlers import (
    consenting,
    diary,
    difficulties,
    doubles,
    duties,
    echoes,
    edits,
    elsewhere,
    exporting,
    guiding,
    half_said,
    house_question,
    inviting,
    joining,
    labels,
    linking,
    lists,
    looking,
    mending,
    menu,
    noting,
    paper_guides,
    people_lists,
    place_answers,
    place_teaching,
    progress,
    proposing,
    receiving,
    rechecking,
    redoing,
    remaining,
    residents,
    safekeeping,
    sharing,
    slips,
    totals,
    undoing,
    unheard,
    visiting,
    work_sheets,
)
from handlers.switchboard import connect
from handlers.words import hear

CONVERSATIONS = (
    elsewhere.build_groups_router,
    safekeeping.build_router,
    residents.build_router,
    linking.build_router,
    joining.build_router,
    consenting.build_router,
    labels.build_router,
    menu.build_router,
    edits.build_router,
    echoes.build_router,
    slips.build_router,
    half_said.build_router,
    doubles.build_router,
    proposing.build_router,
    unheard.build_router,
    mending.build_router,
    undoing.build_router,
    redoing.build_router,
    remaining.build_router,
    sharing.build_router,
    work_sheets.build_router,
    diary.build_router,
    paper_guides.build_router,
    guiding.build_router,
    exporting.build_router,
    receiving.build_router,
    inviting.build_router,
    difficulties.build_router,
    duties.build_router,
    noting.build_router,
    progress.build_router,
    looking.build_router,
    rechecking.build_router,
    elsewhere.build_forwards_router,
    elsewhere.build_thanks_router,
    place_teaching.build_router,
    totals.build_router,
    house_question.build_router,
    people_lists.build_router,
    lists.build_router,
    mending.build_value_router,
    place_answers.build_router,
    visiting.build_router,
    elsewhere.build_router,
)


def build_dispatcher(storage: BaseStorage) -> Dispatcher:
    """The map of all conversations: what must never be kept, strangers, words, questions at hand, lines, the rest."""
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message.outer_middleware(hear)
    connect(dispatcher, [build() for build in CONVERSATIONS])
    return dispatcher
