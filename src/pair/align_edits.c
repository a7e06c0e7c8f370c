/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches are proposed by the fingerprints (pair/edits.h), each is verified on the waveform, and
 * the points of the edits are refined (pair/edit_points.h). */
#include "pair/align_edits.h"

#include "core/num.h"
#include "pair/align_feeds.h"
#include "pair/edit_points.h"
#include "pair/edits.h"

#include <math.h>

/* Stretches that lie this near each other are one. */
static const double same_map_s = 0.002;
/* Lines that are tried lie further apart; what is nearer the waveform finds. */
static const double same_delay_s = 0.05;
/* Median correlation of a stretch by which no other line is asked; another one must hold over most
 * of it. */
static const double plain_strength = 0.8, most_of_it = 0.8;
/* Speeds that are one. */
static const double same_ratio = 1e-4;
/* With more of its windows on one line, nothing was cut. */
static const double whole_share = 0.99;
/* A master that has so much more than the mix may hold a part of it twice. */
static const double least_beyond_s = 8;
/* Less than this without a counterpart may be silence or a fade; what is quieter over a second is
 * silence beside music, mean square of both channels. */
static const double least_missing_s = 4, heard_db = -60;

/* Music of loops lies alike by its fingerprints in several places. */
static enum hs_status try_line(struct hs_alignment *a, struct hs_time_map line, struct hs_edit edit,
                               struct hs_fine *f, struct hs_error *err)
{
    struct hs_fine x = {0};
    const double from = fmax(edit.from_s, -line.delay_s / line.ratio);
    const double to = fmin(edit.to_s, (a->mix_s - line.delay_s) / line.ratio);
    if (to - from < fmax(HS_LEAST_SHARED_S, most_of_it * (edit.to_s - edit.from_s)))
        return HS_OK;
    enum hs_status status =
        hs_fine_align(&a->mix_feed, &a->master_feed, line, NULL, from, to, &x, err);
    const bool better = !status && hs_fine_is_accepted(&x) && hs_fine_merit(&x) > hs_fine_merit(f);
    hs_fine_free(better ? f : &x);
    if (better)
        *f = x;
    return status;
}

/* Lines that may hold in any stretch. */
struct lines {
    struct hs_time_map line[1 + HS_EDITS_MOST + HS_COARSE_LINES];
    size_t n;
};

static void add_line(struct lines *l, struct hs_time_map line)
{
    for (size_t i = 0; i < l->n; i++)
        if (fabs(l->line[i].delay_s - line.delay_s) < same_delay_s)
            return;
    l->line[l->n++] = line;
}

/* Of a stretch that does not agree plainly: the line by which it agrees best. */
static enum hs_status try_lines(struct hs_alignment *a, const struct lines *l, struct hs_edit edit,
                                struct hs_fine *f, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < l->n && !status && f->strength < plain_strength; i++)
        if (fabs(l->line[i].delay_s - edit.line.delay_s) >= same_delay_s)
            status = try_line(a, l->line[i], edit, f, err);
    return status;
}

/* Aligns one stretch; the longest one found so far stays in a->fine. */
static enum hs_status verify_edit(struct hs_alignment *a, const struct lines *l,
                                  struct hs_edit edit, struct hs_error *err)
{
    struct hs_fine f = {0};
    double longest = a->line.n_segments ? a->fine.to_s - a->fine.from_s : 0;
    double from = fmax(edit.from_s, -edit.line.delay_s / edit.line.ratio);
    double to = fmin(edit.to_s, (a->mix_s - edit.line.delay_s) / edit.line.ratio);
    if (to - from < HS_LEAST_SHARED_S)
        return HS_OK;
    enum hs_status status =
        hs_fine_align(&a->mix_feed, &a->master_feed, edit.line, NULL, from, to, &f, err);
    struct hs_edit *last = a->line.n_segments ? &a->line.segment[a->line.n_segments - 1] : NULL;
    if (!status)
        status = try_lines(a, l, edit, &f, err);
    if (status || !hs_fine_is_accepted(&f)) {
        hs_fine_free(&f);
        return status;
    }
    /* two pieces on one line are one */
    if (last && fabs(hs_time_map_at(last->line, from) - hs_time_map_at(f.line, from)) < same_map_s)
        last->to_s = to;
    else
        a->line.segment[a->line.n_segments++] = (struct hs_edit){f.line, from, to};
    if (to - from > longest) {
        hs_fine_free(&a->fine);
        a->fine = f;
    } else {
        hs_fine_free(&f);
    }
    return HS_OK;
}

/* Seconds of the master between its first and last stretch, or where the main line would
 * hold, that no stretch covers. */
static double uncovered(const struct hs_alignment *a, struct hs_time_map main)
{
    double from = fmax(0, -main.delay_s / main.ratio), sum;
    double to = fmin(a->master_s, (a->mix_s - main.delay_s) / main.ratio);
    sum = to - from;
    for (size_t i = 0; i < a->line.n_segments; i++)
        sum -= a->line.segment[i].to_s - a->line.segment[i].from_s;
    return sum;
}

/* How much of [from_s, to_s) of the master is heard, in seconds. */
static enum hs_status add_heard(struct hs_alignment *a, double from_s, double to_s, double *heard_s,
                                struct hs_error *err)
{
    struct hs_feed *f = &a->master_feed;
    const size_t second = (size_t)f->rate_hz;
    enum hs_status status = from_s < to_s ? hs_feed_seek(f, from_s, err) : HS_OK;
    for (double at_s = from_s; at_s < to_s && !status; at_s += 1) {
        const float *x[2];
        double sum = 0;
        status = hs_feed_get(f, llround((at_s - f->origin_s) * f->rate_hz), second, x, err);
        for (size_t i = 0; i < second && !status; i++)
            sum += (double)x[0][i] * (double)x[0][i] + (double)x[1][i] * (double)x[1][i];
        if (hs_db_from_power(sum / (2 * (double)second)) > heard_db)
            *heard_s += fmin(1, to_s - at_s);
    }
    return status;
}

/* Whether the one stretch that was found is all there is of the recording in the master: what lies
 * around it, as far as its line would hold, is silence or the end of a fade. */
static enum hs_status is_all(struct hs_alignment *a, bool *out, struct hs_error *err)
{
    const struct hs_edit e = a->line.segment[0];
    double missing_s = uncovered(a, e.line);
    enum hs_status status = HS_OK;
    if (missing_s >= least_missing_s) {
        double from_s = fmax(0, -e.line.delay_s / e.line.ratio);
        double to_s = fmin(a->master_s, (a->mix_s - e.line.delay_s) / e.line.ratio);
        missing_s = 0;
        status = add_heard(a, from_s, e.from_s, &missing_s, err);
        if (!status)
            status = add_heard(a, e.to_s, to_s, &missing_s, err);
    }
    *out = missing_s < least_missing_s;
    return status;
}

/* Stretches where the main line does not hold everywhere. */
static enum hs_status find_edits(struct hs_alignment *a, struct hs_time_map main, bool *found,
                                 struct hs_error *err)
{
    struct hs_edit edit[HS_EDITS_MOST];
    struct lines lines = {.n = 0};
    enum hs_status status = HS_OK;
    size_t n = hs_edits_find(a->mix_fingerprint, a->master_fingerprint, &a->coarse, main, edit);
    add_line(&lines, main);
    for (size_t i = 0; i < n; i++)
        add_line(&lines, edit[i].line);
    for (size_t i = 0; i < a->coarse.n_lines; i++)
        if (fabs(a->coarse.line[i].ratio - main.ratio) < same_ratio)
            add_line(&lines, a->coarse.line[i]);
    for (size_t i = 0; i < n && !status; i++)
        status = verify_edit(a, &lines, edit[i], err);
    if (status || !a->line.n_segments)
        return status;
    *found = true;
    bool all = false;
    /* one piece that is the whole is no edit */
    if (a->line.n_segments == 1)
        status = is_all(a, &all, err);
    if (all)
        a->line.n_segments = 0;
    if (a->line.n_segments && !status)
        status =
            hs_edit_points_refine(&a->mix_feed, &a->master_feed, &a->fine.basis, a->line.segment,
                                  a->line.n_segments, a->mix_s, a->master_s, err);
    return status;
}

/* Whether the recording was cut differently. */
enum hs_status hs_align_edits(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    struct hs_time_map main = *found ? a->fine.line : a->coarse.line[0];
    enum hs_status status = HS_OK;
    if (!a->coarse.n_lines || (!*found && a->coarse.score[0] < 0.2) || a->line.wow.n)
        return HS_OK;
    bool holds = *found && (double)a->fine.n_good > whole_share * (double)a->fine.n_windows;
    if (holds && a->master_s - (a->fine.to_s - a->fine.from_s) < least_beyond_s)
        return HS_OK;
    if (!*found)
        status = hs_align_open_mix(a, main.ratio, err);
    return status ? status : find_edits(a, main, found, err);
}

enum hs_status hs_align_only_edits(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    *found = false;
    if (!a->coarse.n_lines)
        return HS_OK;
    enum hs_status status = hs_align_open_mix(a, a->coarse.line[0].ratio, err);
    return status ? status : find_edits(a, a->coarse.line[0], found, err);
}
