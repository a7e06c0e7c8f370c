/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The master is opened at its own rate, divided until it is at most 50 kHz; the mix at the
 *    rate that puts its frames on the master's.
 * 2. Fingerprints give coarse lines at the nominal speed. Where their likeness is below 0.5,
 *    all speeds up to 10.5 % off are searched too.
 * 3. The two best lines of a search are tried on the waveform (pair/fine.h). A line is accepted
 *    if at least half of its windows match and their median correlation is above 0.12. Where
 *    another line scores nearly alike, as loops do, the one by which the waveforms agree better
 *    stays.
 *    Where not all windows agree, a channel that comes late is looked for (pair/late_find.h).
 * 4. Where windows lie on a few lines that are level, the master skips (pair/jumps.h).
 * 5. Where lags are unsteady between or within windows, or a good coarse line was not accepted,
 *    the waveform is followed (pair/align_follow.h).
 * 6. Where not all windows lie on one line, or the master has much that the mix lacks,
 *    stretches with lines of their own are looked for (pair/align_edits.h).
 * 7. The timeline is laid: the stretches, or one line over all that is shared. Where both feeds
 *    run frame by frame alike, the delay is rounded to whole frames; the rest is part of the
 *    transfer.
 */
#include "pair/align.h"

#include "measure/fingerprint.h"
#include "pair/align_edits.h"
#include "pair/align_feeds.h"
#include "pair/align_follow.h"
#include "pair/align_jumps.h"
#include "pair/align_late.h"

#include <math.h>

enum { VERSION = 10, TRIES = 2 };
/* Speeds are looked for up to a little above 48/44.1. */
static const double widest_speed = 0.105;
/* Fingerprints that agree less are not worth looking at the waveform for. */
static const double least_coarse = 0.05;
/* Fingerprints that agree so well need no search at other speeds. */
static const double convincing = 0.5;
/* A line that scores this share of the best is tried too: music of loops has several. */
static const double nearly_as_good = 0.75;
/* With a median correlation above this no other line is tried. */
static const double certain_strength = 0.8;
/* Share of the merit that windows may lose where a channel is taken for late: chance. */
static const double no_worse = 0.95;

/* Aligns along this line; too little in common is no error. */
static enum hs_status try_map(struct hs_alignment *a, struct hs_time_map line, struct hs_error *err)
{
    double from = fmax(0, -line.delay_s / line.ratio);
    double to = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    hs_fine_free(&a->fine);
    if (to - from < HS_LEAST_SHARED_S)
        return HS_OK;
    enum hs_status status = hs_align_open_mix(a, line.ratio, err);
    if (status == HS_OK)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, line, NULL, from, to, &a->fine, err);
    return status;
}

/* By which the windows agree better. Where phases are turned correlation says little, and one
 * filter leaves much less of all of them on the right line (0.4 % and 9 % of a song of loops). */
static bool is_better(const struct hs_fine *x, const struct hs_fine *than)
{
    const double much_less = 0.5;
    if (x->left < much_less * than->left && x->n_good >= than->n_good)
        return true;
    return !(than->left < much_less * x->left && than->n_good >= x->n_good) &&
           hs_fine_merit(x) > hs_fine_merit(than);
}

/* Music made of loops lies in itself in more than one way: the line by which the waveforms
 * agree better stays. */
static enum hs_status try_another(struct hs_alignment *a, struct hs_time_map line,
                                  struct hs_error *err)
{
    struct hs_fine first = a->fine;
    a->fine = (struct hs_fine){0};
    enum hs_status status = try_map(a, line, err);
    if (!status && hs_fine_is_accepted(&a->fine) && is_better(&a->fine, &first)) {
        hs_fine_free(&first);
        return HS_OK;
    }
    hs_fine_free(&a->fine);
    a->fine = first;
    return status ? status : hs_align_open_mix(a, first.line.ratio, err);
}

/* Tries the lines of a->coarse until the waveform agrees with one. */
static enum hs_status try_maps(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    if (a->coarse.n_lines)
        a->best_coarse = fmax(a->best_coarse, a->coarse.score[0]);
    for (size_t i = 0; i < a->coarse.n_lines && i < TRIES && !*found && !status; i++) {
        if (a->coarse.score[i] < least_coarse)
            break;
        status = try_map(a, a->coarse.line[i], err);
        *found = status == HS_OK && hs_fine_is_accepted(&a->fine);
        for (size_t k = i + 1; *found && !status && k < a->coarse.n_lines; k++)
            if (a->fine.strength < certain_strength &&
                a->coarse.score[k] > nearly_as_good * a->coarse.score[i])
                status = try_another(a, a->coarse.line[k], err);
    }
    return status;
}

/* At the nominal speed first; where that does not convince, at all speeds. The better of
 * the two is tried first. */
static enum hs_status search(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    struct hs_coarse any = {0};
    *found = false;
    hs_coarse_search(a->mix_fingerprint, a->master_fingerprint, 0, a->mix->source->alive,
                     &a->coarse);
    if (!a->coarse.n_lines || a->coarse.score[0] < convincing)
        hs_coarse_search(a->mix_fingerprint, a->master_fingerprint, widest_speed,
                         a->mix->source->alive, &any);
    if (any.n_lines && (!a->coarse.n_lines || any.score[0] > 1.2 * a->coarse.score[0])) {
        struct hs_coarse nominal = a->coarse;
        a->coarse = any;
        any = nominal;
    }
    enum hs_status status = try_maps(a, found, err);
    if (!status && !*found && any.n_lines) {
        struct hs_coarse first = a->coarse;
        a->coarse = any;
        status = try_maps(a, found, err);
        any = first;
        if (!*found) { /* cuts are looked for along the better ones */
            any = a->coarse;
            a->coarse = first;
        }
    }
    hs_coarse_free(&any);
    return status;
}

/* Once more without what one channel is late by; the line by which that was found may be better. */
static enum hs_status search_in_time(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    hs_coarse_free(&a->coarse);
    enum hs_status status = search(a, found, err);
    if (status || (*found && hs_fine_is_clear(&a->fine)))
        return status;
    if (*found)
        return try_another(a, a->late_line, err);
    status = try_map(a, a->late_line, err);
    *found = !status && hs_fine_is_accepted(&a->fine);
    return status;
}

/* What was found before something is tried. */
struct was {
    struct hs_coarse coarse;
    struct hs_fine fine;
    struct hs_timeline line;
    bool found;
};

static struct was set_aside(struct hs_alignment *a, bool found)
{
    const struct was w = {a->coarse, a->fine, a->line, found};
    a->coarse = (struct hs_coarse){0};
    a->fine = (struct hs_fine){0};
    a->line = (struct hs_timeline){0};
    return w;
}

/* Without the lateness the windows must agree no worse than with it; where they lay on several
 * lines, or on a crooked one, they agreed by that. */
static bool is_worse(const struct hs_alignment *a, const struct was *w, bool found)
{
    const bool straight = !w->line.skipped && !w->line.edited && !w->line.wow.n;
    return w->found &&
           (!found || (straight && hs_fine_merit(&a->fine) < no_worse * hs_fine_merit(&w->fine)));
}

/* Puts back what was found, and takes no channel for late, where that found nothing as good. */
static enum hs_status keep_better(struct hs_alignment *a, struct was *w, bool *found,
                                  enum hs_status status, struct hs_error *err)
{
    const bool back = !status && is_worse(a, w, *found);
    struct was other = back ? set_aside(a, *found) : *w;
    hs_coarse_free(&other.coarse);
    hs_fine_free(&other.fine);
    hs_timeline_free(&other.line);
    if (!back)
        return status;
    a->coarse = w->coarse;
    a->fine = w->fine;
    a->line = w->line;
    a->late.n = 0;
    a->master_feed.late = NULL;
    *found = true;
    return hs_align_open_mix(a, a->fine.line.ratio, err);
}

/* Whether the line that was found without the lateness is another one than that by which this was
 * found: the moments of its jumps are not those of this line then. */
static bool is_elsewhere(const struct hs_alignment *a)
{
    const double reach_s = 0.6, middle_s = a->master_s / 2; /* the latest channel, and a bit */
    return fabs(hs_time_map_at(a->fine.line, middle_s) - hs_time_map_at(a->late_line, middle_s)) >
           reach_s;
}

/* Music of loops lies in itself in more than one way: the lateness is looked for again along the
 * line that holds. Without one there, nothing is found. */
static enum hs_status search_elsewhere(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    a->late.n = 0;
    a->master_feed.late = NULL;
    enum hs_status status = hs_align_find_late(a, true, err);
    *found = false;
    return status || !a->late.n ? status : search_in_time(a, found, err);
}

/* Search; where not all windows agree, once more without what one channel is late by. */
static enum hs_status search_by_channel(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    enum hs_status status = search(a, found, err);
    if (status || !a->by_channel || (*found && hs_fine_is_clear(&a->fine)))
        return status;
    status = hs_align_find_late(a, *found, err);
    if (status || !a->late.n)
        return status;
    struct was w = set_aside(a, *found);
    status = search_in_time(a, found, err);
    if (!status && *found && is_elsewhere(a))
        status = search_elsewhere(a, found, err);
    return keep_better(a, &w, found, status, err);
}

/* Of a channel that is early or late one end lies outside of the master, for as long. */
static void leave_ends_out(const struct hs_late *late, double master_s, struct hs_edit *all)
{
    const struct hs_late_step *first = late->step, *last = late->step + late->n - 1;
    if (!late->n)
        return;
    all->from_s = fmax(all->from_s, -fmin(first->late_s[0], first->late_s[1]));
    all->to_s = fmin(all->to_s, master_s - fmax(last->late_s[0], last->late_s[1]));
}

static void lay_timeline(struct hs_alignment *a)
{
    if (a->line.n_segments) {
        a->line.edited = true;
        return;
    }
    hs_timeline_whole(&a->line, a->fine.line, a->mix_s, a->master_s);
    leave_ends_out(&a->late, a->master_s, a->line.segment);
    a->fine.from_s = a->line.segment[0].from_s;
    a->fine.to_s = a->line.segment[0].to_s;
    if (!a->line.wow.n)
        a->line.segment[0].line =
            hs_time_map_on_frames(a->fine.line, a->mix_feed.rate_hz, a->master_feed.rate_hz);
}

unsigned long long hs_align_version(void)
{
    return VERSION;
}

/* Search, then wow, then edits; the timeline is laid at the end. */
static enum hs_status locate(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    enum hs_status status =
        a->late.n ? search_in_time(a, found, err) : search_by_channel(a, found, err);
    if (!status)
        status = hs_align_jumps(a, found, err);
    if (!status && !a->line.skipped)
        status = hs_align_follow(a, found, err);
    if (!status && !a->line.skipped)
        status = hs_align_edits(a, found, err);
    if (!status && *found)
        lay_timeline(a);
    return status;
}

enum hs_status hs_align(struct hs_alignment *a, bool *found, struct hs_error *err)
{
    enum hs_status status = hs_align_open_master(a, err);
    status = status ? status : locate(a, found, err);
    hs_fine_forget_samples(&a->fine);
    return status;
}

enum hs_status hs_align_by_channel(struct hs_alignment *a, bool *again, bool *found,
                                   struct hs_error *err)
{
    *again = false;
    if (a->late.n)
        return HS_OK;
    enum hs_status status = hs_align_find_late(a, true, err);
    if (status || !a->late.n)
        return status;
    struct was w = set_aside(a, *found);
    status = locate(a, found, err);
    status = keep_better(a, &w, found, status, err);
    *again = a->late.n > 0;
    hs_fine_forget_samples(&a->fine);
    return status;
}

enum hs_status hs_align_by_edits(struct hs_alignment *a, struct hs_alignment_was *was, bool *again,
                                 struct hs_error *err)
{
    *was = (struct hs_alignment_was){a->fine, a->line};
    *again = false;
    if (a->late.n || (a->line.edited && !a->line.skipped))
        return HS_OK;
    a->fine = (struct hs_fine){0};
    a->line = (struct hs_timeline){0};
    enum hs_status status = hs_align_only_edits(a, again, err);
    *again = *again && a->line.n_segments > 1;
    hs_fine_forget_samples(&a->fine);
    if (status)
        hs_alignment_was_free(was);
    else if (*again)
        lay_timeline(a);
    else
        status = hs_align_put_back(a, was, err);
    return status;
}

enum hs_status hs_align_put_back(struct hs_alignment *a, struct hs_alignment_was *was,
                                 struct hs_error *err)
{
    hs_fine_free(&a->fine);
    hs_timeline_free(&a->line);
    a->fine = was->fine;
    a->line = was->line;
    *was = (struct hs_alignment_was){0};
    return hs_align_open_mix(a, a->fine.line.ratio, err);
}

void hs_alignment_was_free(struct hs_alignment_was *was)
{
    hs_fine_free(&was->fine);
    hs_timeline_free(&was->line);
}

void hs_align_free(struct hs_alignment *a)
{
    hs_feed_close(&a->mix_feed);
    hs_feed_close(&a->master_feed);
    hs_coarse_free(&a->coarse);
    hs_fine_free(&a->fine);
    hs_timeline_free(&a->line);
}
