"""Every write to ideas. Actions flush; the edge commits."""

from citizen.ideas.actions.disposing import dispose_reports, dispose_support, erase_report_words
from citizen.ideas.actions.moving import follow_move
from citizen.ideas.actions.notes import retype_note, take_note_back, type_note
from citizen.ideas.actions.reporting import close_reports, open_reports_again, report
from citizen.ideas.actions.sending import (
    NewIdea,
    about_receipt,
    forget_point,
    import_ideas,
    promise_news,
    show_point,
    submit_idea,
    write_receipt,
)
from citizen.ideas.actions.supporting import counting_support, hold_support, support_idea, withdraw_support
from citizen.ideas.actions.voices import add_voice

__all__ = [
    "NewIdea", "about_receipt", "add_voice", "close_reports", "counting_support", "dispose_reports",
    "dispose_support", "erase_report_words", "follow_move", "forget_point", "hold_support",
    "import_ideas", "open_reports_again", "promise_news", "report", "retype_note", "show_point",
    "submit_idea", "support_idea", "take_note_back", "type_note", "withdraw_support", "write_receipt",
]
