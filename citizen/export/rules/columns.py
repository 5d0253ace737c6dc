"""The one list of columns: what each is called, what it holds, and in which variant it is.

Names are the same in every language and do not change; `docs/export.md` is tested against this.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from citizen.export.rules.files import Variant, What

NARROW, MIDDLE, WIDE, TEXT = 9, 16, 32, 60


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    internal : it is in the internal variant alone.
    counts_people : it says how many people; few of them are not told to the public.
    is_moment : it is a date for the public, date and time for staff.
    width : in characters, where the format knows widths.
    between : what parts several values in one cell.
    """

    name: str
    description: str
    internal: bool = False
    counts_people: bool = False
    is_moment: bool = False
    width: int = MIDDLE
    between: str = "; "


IDEAS = (
    Column("id", "The idea's reference, never changed."),
    Column("external_id", "The id it had in the file it was imported from."),
    Column("programme", "Short name of the programme.", width=WIDE),
    Column("municipality", "Short name of the municipality it came in through."),
    Column("title", "Title, in the language it was written in.", width=WIDE),
    Column("text", "Description. The version everyone may read, where there is one.", width=TEXT),
    Column("place", "Place, in the author's words.", width=WIDE),
    Column("latitude", "Degrees north of the point it is about, rounded to about 100 metres; empty where it "
                       "has none.", width=NARROW),
    Column("longitude", "Degrees east of that point.", width=NARROW),
    Column("language", "Language of the text: sv, nb, nn, en.", width=NARROW),
    Column("sector", "Sector the author declared: public, business, academia, civil_society, resident. "
                     "Empty where none was. The public could count few people with it.", internal=True),
    Column("source", "How it came in: web, workshop, paper, import."),
    Column("submitted_at", "When it was sent in, local time.", is_moment=True),
    Column("published_at", "When it was first published, local time.", is_moment=True),
    Column("adds_to", "Reference of the idea it is a line under, by somebody who supports that idea; "
                      "empty for an idea of its own. In the public variant: where that idea can be read."),
    Column("visibility", "submitted, published, returned, rejected, hidden, withdrawn. "
                         "Of a withdrawn idea nothing but id, programme and state is left."),
    Column("handling", "What has become of it: received, in_theme, under_consideration, candidate, planned, "
                       "in_progress, done, declined. In the public variant: what has been made public.",
           width=WIDE),
    Column("supporters", "How many people support it.", counts_people=True, width=NARROW),
    Column("theme_id", "Reference of the theme it is in; empty where it is in none or not published."),
    Column("theme_name", "The theme's name, in the language the file was asked for in.", width=WIDE),
    Column("theme_confidence", "How surely it belongs to the theme, 0 to 1.", width=NARROW),
    Column("second_theme_id", "Reference of another theme it speaks of too; only the first counts it."),
    Column("second_theme_name", "That theme's name, in the language the file was asked for in.", width=WIDE),
    Column("pinned", "Whether a person put it in its theme.", width=NARROW),
    Column("reason", "Reason code of the latest decision, where one was given.", internal=True),
    Column("has_contact", "Whether the author left an address. The address is in no export.", internal=True,
           width=NARROW),
    Column("text_version", "Number of the version of title and text: 1 is the author's own.", internal=True,
           width=NARROW),
    # Behind all others, so that files read by the places of their columns go on being read.
    Column("merged_into", "Reference of the idea it has been merged with because it says the same: its "
                          "supporters are among that idea's. In the public variant: where that idea can be "
                          "read."),
    Column("official_answer", "Whether the municipality has answered it in public.", width=NARROW),
)

THEMES = (
    Column("id", "The theme's reference, never changed."),
    Column("name", "Name, in the language the file was asked for in. "
                   "A name given by a person is the same in all.",
           width=WIDE),
    Column("size", "How many published ideas and answers are in it.", width=NARROW),
    Column("terms", "Telling words, most telling first.", width=TEXT),
    Column("languages", "How many of its ideas are in each language.", width=WIDE),
    Column("sectors", "How many of its ideas come from each sector; unknown where none was declared.",
           counts_people=True, width=WIDE),
    Column("municipalities", "How many of its ideas came in through each municipality.", width=WIDE),
    Column("supporters", "Sum of its ideas' supporters.", counts_people=True, width=NARROW),
    Column("confidence", "Mean confidence of its ideas, 0 to 1.", width=NARROW),
    Column("goals", "Numbers of the UN Sustainable Development Goals it is about.", width=NARROW),
    Column("representative_ids", "References of its most typical ideas.", width=WIDE),
    Column("candidate_ids", "References of the portfolio candidates made from it.", width=WIDE),
)

CANDIDATES = (
    Column("id", "The candidate's reference, never changed."),
    Column("title", "Title, in the language it was written in.", width=WIDE),
    Column("need", "The need, in the facilitator's words.", width=TEXT),
    Column("next_step", "What happens next.", width=TEXT),
    Column("status", "Where it stands for staff: under_consideration, candidate, planned, in_progress, done, "
                     "declined.", internal=True),
    Column("public_status", "The status that has been made public."),
    Column("goals", "Numbers of the UN Sustainable Development Goals it serves.", width=NARROW),
    Column("sectors_present", "Sectors behind it, when its evidence was gathered.", width=WIDE),
    Column("sectors_missing", "Sectors not heard, when its evidence was gathered.", width=WIDE),
    Column("ideas", "How many ideas stood behind it, when its evidence was gathered.", width=NARROW),
    Column("supporters", "Sum of their supporters, when its evidence was gathered.", counts_people=True,
           width=NARROW),
    Column("languages", "How many of its ideas are in each language.", width=WIDE),
    Column("theme_ids", "References of the themes it is made from, mergers followed.", width=WIDE),
    Column("quotes", "Quoted ideas that are published now.", width=TEXT, between="\n\n"),
    Column("idea_ids", "References of the ideas behind it. In the public variant: of those published now.",
           width=TEXT),
    Column("evidence_at", "When its evidence was gathered, local time.", is_moment=True),
)

TABLES = {What.IDEAS: IDEAS, What.THEMES: THEMES, What.CANDIDATES: CANDIDATES}
# What only the nested format has beside the columns.
JSON_ONLY = {What.THEMES: (Column("idea_ids", "References of the published ideas in it (JSON only)."),)}


def columns(table: What, variant: Variant) -> tuple[Column, ...]:
    """A table's columns in a variant, in order."""
    return tuple(c for c in TABLES[table] if variant is Variant.INTERNAL or not c.internal)


def documentation() -> str:
    """The columns as Markdown, as they stand in ``docs/export.md``."""
    blocks = []
    for table, listed in TABLES.items():
        lines = [f"### {table.value}", "", "| column | variant | holds |", "|---|---|---|"]
        lines += [_line(column) for column in (*listed, *JSON_ONLY.get(table, ()))]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _line(column: Column) -> str:
    notes = list(_notes(column))
    words = " ".join([column.description, *notes])
    return f"| `{column.name}` | {'internal' if column.internal else 'both'} | {words} |"


def _notes(column: Column) -> Iterable[str]:
    if column.counts_people:
        yield "From 1 to 4 it is `<5` in the public variant."
    if column.is_moment:
        yield "A date in the public variant, date and time in the internal."
