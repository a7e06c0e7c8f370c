/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of one mix that is to be released: warnings, how loud it can be made, the chain that
 * was used, the loudest passage to hear at each target, the loudness at which each fault first
 * appears, the plan for the mix, what a mastering engineer will ask for, levels at each target.
 * Rules that get at least half of the way to their limit have a chart, the furthest first.
 */
#include "catalogue/backtest.h"
#include "report/chart_preview.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/preview_words.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>

enum { MOST_CHARTS = 12 };
static const double leaning = 0.5; /* of the way to its limit: worth a chart */

static void put_words(struct hs_html *h, struct hs_buf *words)
{
    hs_html_literal(h, "<p>");
    hs_html_prose(h, words->data);
    hs_html_literal(h, "</p>\n");
    hs_buf_free(words);
}

/* What the in-house chain did before its limiter: equaliser and compressor. */
static void put_chain(const struct hs_pages *pages, struct hs_html *h, const struct hs_preview *p)
{
    double most = 0;
    for (size_t b = 0; p->has_eq && b < HS_BANDS; b++)
        most = fmax(most, fabs(p->eq_db[b]));
    hs_html_literal(h, "<p>The mix has ");
    hs_html_quantity(h, p->mix_lufs, 1, "LUFS");
    if (p->has_eq) {
        hs_html_textf(h, "; the equaliser went half the way to %s, up to ",
                      pages->audit->job->n_references ? "the references"
                                                      : "what songs usually have");
        hs_html_quantity(h, most, 1, "dB");
    }
    hs_html_literal(h, "; the compressor takes ");
    hs_html_quantity(h, p->compressor_p95_db, 1, "dB");
    hs_html_literal(h, " or more in 5 % of the time.</p>\n");
}

/* Faults at this target that the mix does not have by itself. */
static void put_faults(struct hs_html *h, const struct hs_preview_target *t)
{
    bool any = false;
    for (size_t i = 0; i < t->n_standings; i++) {
        const struct hs_standing *s = &t->standings[i];
        if (!s->fault || s->mix_to_limit >= 1)
            continue;
        if (any)
            hs_html_literal(h, ", ");
        hs_html_rule_link(h, s->rule);
        any = true;
    }
    if (!any)
        hs_html_literal(h, "none");
}

/* The target that was asked for and why it was not reached. */
static void put_reach(struct hs_html *h, const struct hs_preview_target *t)
{
    hs_html_literal(h, " (");
    hs_html_number(h, t->target_lufs, 1);
    hs_html_textf(h, " wanted: %s)", hs_preview_reach_name(t->reach));
}

/* One row for each target; the band whose peaks hold the gain back is the one with the largest
 * share. */
static void put_targets(struct hs_html *h, const struct hs_preview *p)
{
    static const struct hs_column columns[] = {{"LUFS", "n"},
                                               {"gain, dB", "n"},
                                               {"limiter, dB or more in 5 %", "n"},
                                               {"at most, dB", "n"},
                                               {"PLR, dB", "n"},
                                               {"what holds the gain", NULL},
                                               {"faults that are new", NULL}};
    hs_html_table_begin(h, "targets", "fold", "From the quietest target to the loudest.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < p->n_targets; i++) {
        const struct hs_preview_target *t = &p->targets[i];
        const double numbers[] = {t->reached_lufs, t->gain_db, t->gr_p95_db, t->gr_max_db,
                                  t->plr_db};
        size_t best = 0;
        hs_html_literal(h, "<tr>");
        for (size_t k = 0; k < 5; k++) {
            hs_html_td(h, &columns[k], numbers[k]);
            hs_html_number(h, numbers[k], 1);
            hs_html_literal(h, "</td>");
        }
        /* the band that triggers the limiter most */
        for (size_t b = 1; b < HS_PREVIEW_BANDS; b++)
            best = t->holds[b] > t->holds[best] ? b : best;
        hs_html_td(h, &columns[5], NAN);
        if (isfinite(t->holds[best])) {
            hs_html_textf(h, "%s Hz: ", hs_preview_band_name(best));
            hs_html_share(h, t->holds[best]);
        } else {
            hs_html_literal(h, "nothing");
        }
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[6], NAN);
        put_faults(h, t);
        if (t->of_master)
            hs_html_literal(h, " <span class=\"quiet\">(as loud as its master)</span>");
        if (t->reach != HS_PREVIEW_REACHED)
            put_reach(h, t);
        hs_html_literal(h, "</td></tr>\n");
    }
    hs_html_table_end(h);
}

/* Each fault with the loudness from which on it appears, and how far this forecast is proven here.
 */
static void put_first(struct hs_pages *pages, struct hs_html *h, const struct hs_preview *p)
{
    hs_html_section(h, "first", NULL, "What shows, and from which loudness on");
    if (!p->n_first)
        hs_html_literal(h, "<p>No fault shows at any of the targets.</p>");
    hs_html_literal(h, "<ul class=\"plain\">");
    for (size_t i = 0; i < p->n_first; i++) {
        const struct hs_first_fault *f = &p->first[i];
        const struct hs_backtest_row *row = hs_backtest_row_of(pages->audit->backtest, f->rule);
        struct hs_buf words = {0};
        hs_preview_first_words(f, &words);
        hs_html_literal(h, "<li>");
        hs_html_prose(h, words.data);
        hs_html_literal(h, " ");
        hs_html_tier(h, row && row->proven ? HS_INFERRED : HS_INDICATION);
        if (!f->in_mix) {
            hs_html_literal(h, " <span class=\"quiet\">");
            hs_html_text(h, f->why);
            hs_html_literal(h, "</span>");
        }
        hs_html_literal(h, "</li>\n");
        hs_buf_free(&words);
    }
    hs_html_literal(h, "</ul></section>\n");
}

/* A list of sentences; empty, it says so. */
static void put_steps(struct hs_html *h, const char *id, const char *title,
                      const struct hs_mix_step *steps, size_t n)
{
    hs_html_section(h, id, NULL, title);
    if (!n)
        hs_html_literal(h, "<p>Nothing, by what was measured.</p>");
    hs_html_literal(h, "<ol>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<li>");
        hs_html_prose(h, steps[i].words);
        hs_html_literal(h, "</li>\n");
    }
    hs_html_literal(h, "</ol></section>\n");
}

/* How far on its way to the limit a rule gets at any target: 0 at the centre, 1 at the limit. */
static double furthest(const struct hs_preview *p, size_t rule)
{
    double most = -INFINITY;
    for (size_t i = 0; i < p->n_targets; i++)
        if (p->targets[i].standings[rule].rule)
            most = fmax(most, p->targets[i].standings[rule].to_limit);
    return most;
}

/* Only rules that come half the way to their limit, the first ones by their order. */
static void put_charts(struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_preview *p = t->preview;
    double master_lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    size_t shown = 0;
    hs_html_section(h, "courses", NULL, "Each value against loudness");
    for (size_t r = 0; r < hs_rule_count() && shown < MOST_CHARTS; r++) {
        char id[32];
        if (!(furthest(p, r) >= leaning))
            continue;
        snprintf(id, sizeof id, "course-%zu", r);
        hs_chart_preview(h, p, r, master_lufs, id);
        shown++;
    }
    if (!shown)
        hs_html_literal(h, "<p>No value comes half the way to its limit.</p>");
    hs_html_literal(h, "</section>\n");
}

/* The loudest passage, mix and targets. */
static void put_clip(struct hs_pages *pages, struct hs_html *h, size_t index)
{
    const struct hs_clip *clip =
        pages->options->clips_dir ? hs_clips_of_preview(pages->options->clips, index) : NULL;
    if (!clip)
        return;
    hs_html_section(h, "listen", NULL, "Listen: the mix, and what mastering makes of it");
    hs_html_player(pages, h, clip);
    hs_html_literal(h, "</section>\n");
}

/* One mix before its release: what it carries, what shows from which loudness on, the plan, all
 * targets. */
static void render(struct hs_pages *pages, struct hs_html *h, size_t index)
{
    const struct hs_track_result *t = &pages->audit->tracks[index];
    const struct hs_preview *p = t->preview;
    struct hs_buf warning = {0}, carries = {0};
    hs_frame_begin(pages, h, t->track->title);
    hs_html_literal(h, "<div class=\"hero\"><p class=\"kicker\">To be released</p><h1>");
    hs_html_text(h, t->track->title);
    hs_html_literal(h, "</h1>");
    if (p->there) {
        hs_preview_warning_words(p, &warning);
        hs_preview_carries_words(p, &carries);
        put_words(h, &warning);
        put_words(h, &carries);
        put_chain(pages, h, p);
    } else {
        hs_html_textf(h, "No preview: %s.", p->why);
    }
    hs_html_literal(h, "<p class=\"quiet\">");
    hs_html_text(h, hs_preview_disclaimer);
    hs_html_literal(h, "</p></div>\n");
    if (p->n_targets) {
        put_clip(pages, h, index);
        put_first(pages, h, p);
        put_steps(h, "plan", "The plan for the mix, before it goes out", p->plan, p->n_plan);
        put_steps(h, "asks", "What a mastering engineer will ask for", p->asks, p->n_asks);
        hs_html_section(h, "levels", NULL, "At each target");
        put_targets(h, p);
        hs_html_literal(h, "</section>\n");
        put_charts(h, t);
    }
    hs_frame_end(pages, h);
}

static size_t count(const struct hs_pages *p)
{
    return p->audit->backtest ? p->audit->job->n_tracks : 0;
}

static const char *name(struct hs_pages *p, size_t index)
{
    const struct hs_track_result *t = &p->audit->tracks[index];
    return t->preview ? t->track->id : NULL;
}

const struct hs_page hs_page_previewed = {
    .folder = "previews/",
    .count = count,
    .name = name,
    .render = render,
};
