/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One macro makes the function that prints a column (TEXT, NUMBER), one table lists the columns
 * with their meaning. Both findings.csv and findings.md follow from the table. New columns are
 * added at the end only, so that spreadsheets of users keep working. The text is handed on in
 * pieces of 64 kB, so that memory does not grow with the catalogue.
 */
#include "report/findings_csv.h"

#include "report/csv.h"

#include <math.h>

struct line { /* all that a column may show */
    const struct hs_audit *audit;
    const struct hs_track_result *t;
    const struct hs_release *release;
    const struct hs_finding *f;
};

#define CELL(name) static void cell_##name(struct hs_csv *w, const struct line *l)
#define TEXT(name, expression)                                                                     \
    CELL(name)                                                                                     \
    {                                                                                              \
        hs_csv_text(w, expression);                                                                \
    }
#define NUMBER(name, expression)                                                                   \
    CELL(name)                                                                                     \
    {                                                                                              \
        hs_csv_number(w, expression);                                                              \
    }

/* The verdict over all tracks for the rule of this line; NULL: not counted by catalogue/. */
static const char *verdict_of(const struct line *l)
{
    for (size_t i = 0; i < l->audit->n_recurring; i++)
        if (hs_same_rule(l->audit->recurring[i].rule, l->f->rule))
            return hs_verdict_name(l->audit->recurring[i].verdict);
    return NULL;
}

static double positive(int x)
{
    return x > 0 ? x : NAN;
}

TEXT(track, l->t->track->id)
TEXT(artist, hs_track_artist(l->audit->job, l->t->track))
TEXT(release, l->release->title)
NUMBER(year, positive(l->t->track->year))
NUMBER(number, positive(l->t->track->track))
TEXT(title, l->t->track->title)
TEXT(mixed_by, l->t->track->mixed_by)
TEXT(mastered_by, l->t->track->mastered_by)
TEXT(rule, l->f->rule)
TEXT(severity, hs_severity_name(l->f->severity))
TEXT(tier, hs_tier_name(l->f->tier))
TEXT(counts, hs_finding_counts(l->f) ? "yes" : "no")
TEXT(origin, hs_origin_name(l->f->origin))
TEXT(part_of, l->f->explained_by)
TEXT(accepted, l->f->accepted ? "yes" : "no")
TEXT(heard, l->f->heard ? "yes" : "no")
TEXT(direction, l->f->direction)
NUMBER(value, l->f->value)
NUMBER(mix_value, l->f->mix_value)
NUMBER(change, l->f->change)
NUMBER(uncertainty, l->f->uncertainty)
TEXT(unit, l->f->unit)
NUMBER(expected_from, l->f->expected[0])
NUMBER(expected_to, l->f->expected[1])
NUMBER(steps, l->f->steps)
NUMBER(z, l->f->z)
TEXT(target, l->f->target)
NUMBER(worst_from_s, l->f->n_times ? l->f->times[0].from_s : NAN)
NUMBER(worst_to_s, l->f->n_times ? l->f->times[0].to_s : NAN)
TEXT(correction_where, hs_place_name(l->f->correction.where))
TEXT(correction_move, hs_move_name(l->f->correction.move))
NUMBER(correction_hz, l->f->correction.where ? l->f->correction.hz : NAN)
NUMBER(correction_db, l->f->correction.where ? l->f->correction.db : NAN)
NUMBER(correction_q, l->f->correction.where ? l->f->correction.q : NAN)
NUMBER(expected_after, l->f->correction.where ? l->f->correction.after : NAN)
TEXT(verdict, verdict_of(l))
TEXT(counts_for_rule, hs_finding_counts_for_rule(l->f) ? "yes" : "no")

static const struct column {
    const char *name;
    void (*put)(struct hs_csv *w, const struct line *l);
    const char *means;
} columns[] = {
#define COLUMN(name, means)                                                                        \
    {                                                                                              \
#name, cell_##name, means                                                                  \
    }
    COLUMN(track, "id of the track; also in audit.json and in answers.yaml"),
    COLUMN(artist, "of the track, else of the job"),
    COLUMN(release, "title of the release"),
    COLUMN(year, "of the track, else of the release"),
    COLUMN(number, "place on its release"),
    COLUMN(title, "of the track"),
    COLUMN(mixed_by, "as the job says"),
    COLUMN(mastered_by, "as the job says"),
    COLUMN(rule, "id of the rule: hindsight explain RULE"),
    COLUMN(severity, "note, minor, moderate, severe"),
    COLUMN(tier, "how sure: measured, inferred, indication"),
    COLUMN(counts, "yes: a fault of the master; no: cured, on purpose or part of another"),
    COLUMN(origin, "mix, worsened, eased, mastering, exposed, cured, cannot_say"),
    COLUMN(part_of, "rule of the primary finding that explains this one"),
    COLUMN(accepted, "yes: on purpose, by the job or an answer"),
    COLUMN(heard, "yes: on the engineer's own list"),
    COLUMN(direction, "of rules with two directions"),
    COLUMN(value, "of the master, in `unit`"),
    COLUMN(mix_value, "of the mix; empty: not known"),
    COLUMN(change, "mastering's, master minus mix"),
    COLUMN(uncertainty, "of the change"),
    COLUMN(unit, "of all values of the row"),
    COLUMN(expected_from, "low end of the range; empty: open"),
    COLUMN(expected_to, "high end of the range; empty: open"),
    COLUMN(steps, "audible steps from the centre"),
    COLUMN(z, "spreads from the centre; empty: fixed limits"),
    COLUMN(target, "what the master is compared with"),
    COLUMN(worst_from_s, "where it is plainest, seconds in the master"),
    COLUMN(worst_to_s, "end of that passage"),
    COLUMN(correction_where, "mix or master"),
    COLUMN(correction_move, "what to do"),
    COLUMN(correction_hz, "frequency of the move"),
    COLUMN(correction_db, "size of the move"),
    COLUMN(correction_q, "width of the move"),
    COLUMN(expected_after, "value after the correction"),
    COLUMN(verdict,
           "of the rule over all tracks: recurs, leans, on_one_release, not_shown, too_few"),
    COLUMN(
        counts_for_rule,
        "yes: a fault for the count of its rule over all tracks, where one cause counts under one "
        "name; no: under another one, not the song of its title, or no fault"),
#undef COLUMN
};
enum { N_COLUMNS = sizeof columns / sizeof *columns, PIECE_BYTES = 1 << 16 };

/* Rows of one track. The text is handed on when 64 kB have gathered; false: the reader wants no
 * more. */
static bool put_track(struct hs_csv *w, struct line *l, hs_csv_sink *put, void *ctx)
{
    for (size_t i = 0; i < l->t->n_findings; i++) {
        l->f = &l->t->findings[i];
        for (size_t c = 0; c < N_COLUMNS; c++)
            columns[c].put(w, l);
        hs_csv_end_row(w);
    }
    if (w->out->len < PIECE_BYTES)
        return true;
    bool going = put(ctx, w->out->data, w->out->len);
    hs_buf_clear(w->out);
    return going;
}

/* Given to the sink track by track, because a catalogue has more findings than memory should hold.
 */
bool hs_findings_csv_put(const struct hs_audit *audit, hs_csv_sink *put, void *ctx)
{
    struct hs_buf piece = {0};
    struct hs_csv w = {.out = &piece};
    bool going = true;
    hs_buf_puts(&piece, "\xef\xbb\xbf"); /* spreadsheets take it for the local code page else */
    for (size_t c = 0; c < N_COLUMNS; c++)
        hs_csv_text(&w, columns[c].name);
    hs_csv_end_row(&w);
    for (size_t i = 0; i < audit->job->n_tracks && going; i++) {
        struct line l = {.audit = audit, .t = &audit->tracks[i]};
        l.release = &audit->job->releases[l.t->track->release];
        going = put_track(&w, &l, put, ctx);
    }
    going = going && put(ctx, piece.data, piece.len);
    hs_buf_free(&piece);
    return going;
}

void hs_findings_csv_columns(struct hs_buf *out)
{
    hs_buf_puts(out,
                "# findings.csv\n\nOne row for each finding, tracks in the order of the job, the "
                "worst of each first. UTF-8, commas, CRLF. Columns are only ever added at the "
                "end; empty cells mean not known.\n\n| column | means |\n|---|---|\n");
    for (size_t c = 0; c < N_COLUMNS; c++)
        hs_buf_printf(out, "| `%s` | %s |\n", columns[c].name, columns[c].means);
}
