/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/pair.h"

#include "core/alloc.h"
#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/calibrate.h"
#include "pair/coarse.h"
#include "pair/confidence.h"
#include "pair/edit_points.h"
#include "pair/edits.h"
#include "pair/result.h"
#include "pair/values.h"

#include <math.h>

/* Speeds are looked for up to a little above 48/44.1. */
static const double widest_speed = 0.105;
/* Above this rate nothing is added that the 31 bands could see. */
static const double highest_rate_hz = 50000;
static const double least_shared_s = 2;
/* Fingerprints that agree less are not worth looking at the waveform for. */
static const double least_coarse = 0.05;
/* Stretches that lie this near each other are one. */
static const double same_map_s = 0.002;
/* With more of its windows on one line, nothing was cut. */
static const double whole_share = 0.99;
/* A master that has so much more than the mix may hold a part of it twice. */
static const double least_beyond_s = 8;
/* Less than this without a counterpart may be silence or a fade. */
static const double least_missing_s = 4;
/* Fingerprints that agree so well need no search at other speeds. */
static const double convincing = 0.5;
/* Median correlation of the waveforms; pieces of the same loops reach less. */
static const double least_strength = 0.12;
/* See hs_reduction.second_p90_db: an instrumental reaches -7 dB in the seconds that are
 * sung, 14 dB more than in the others; a clipper driven by 24 dB -5, but only 2 more. */
static const double missing_db = -9.5, comes_and_goes_db = 5;
/* Speeds this near need no conversion: what aliases lies above 0.996 of Nyquist. */
static const double near_speed = 0.004;
/* A residual that nothing but the same recording leaves. */
static const double clear_db = -12;
/* Loops repeat: their lines score alike. */
static const double nearly_as_good = 0.75;
/* Waveforms that agree so well need no second opinion. */
static const double certain_strength = 0.8;
/* Of a longer piece every second frame of the transfer is enough: 200 of them. */
static const double plenty_s = 120;
/* See follow: frames that the lags of 0.2 s move by; how sure the coarse line must be; by
 * how much more the windows must agree. */
static const double least_jitter = 0.6, follow_share = 0.8, follow_score = 0.3;
static const double follow_gain = 1.05, least_followed_s = 5;
enum { TRIES = 2 };

struct analysis {
    const struct hs_file *mix, *master;
    const char *mix_fingerprint, *master_fingerprint;
    double mix_s, master_s;
    struct hs_feed mix_feed, master_feed;
    struct hs_coarse coarse;
    struct hs_fine fine;
    struct hs_wow wow;                  /* off the line of fine; n 0: none */
    struct hs_edit edit[HS_EDITS_MOST]; /* verified; n_edits 0: one line through all */
    size_t n_edits;
    struct hs_pass pass;
    struct hs_reduction dynamics;
    double best_coarse;
    struct hs_arena *arena;
    struct hs_pair *out;
};

/* An offset that one of them has is told by the measures; in the quiet it would be all that
 * the other one does not explain. */
static enum hs_status open_feed(struct hs_feed *f, const struct hs_file *file, double rate_hz,
                                struct hs_error *err)
{
    const double audible = 1e-4;
    const double *dc = hs_values_doubles(&file->values, "dc_offsets", 2);
    enum hs_status status = hs_feed_open(f, file->source, rate_hz, err);
    for (int side = 0; side < 2 && dc && !status; side++)
        f->offset[side] = fabs(dc[side]) > audible ? (float)dc[side] : 0;
    return status;
}

static enum hs_status open_master(struct analysis *a, struct hs_error *err)
{
    double rate = hs_values_or_nan(&a->master->values, "sample_rate_hz");
    double wanted = 0;
    for (int k = 2; rate > highest_rate_hz && !(wanted > 0); k++)
        wanted = rate / k <= highest_rate_hz ? rate / k : 0;
    return open_feed(&a->master_feed, a->master, wanted, err);
}

/* At the rate at which its frames fall on the master's; its own where that is near. */
static enum hs_status open_mix(struct analysis *a, double ratio, struct hs_error *err)
{
    double own = hs_values_or_nan(&a->mix->values, "sample_rate_hz");
    /* Small drifts are left to the interpolation, so that none costs none. */
    double wanted = a->master_feed.rate_hz / (fabs(ratio - 1) < near_speed ? 1 : ratio);
    bool near = fabs(own / wanted - 1) < near_speed;
    hs_feed_close(&a->mix_feed);
    return open_feed(&a->mix_feed, a->mix, near ? 0 : wanted, err);
}

static bool accepted(const struct hs_fine *f)
{
    size_t least = f->n_windows / 2 > 3 ? f->n_windows / 2 : 3;
    return f->n_good >= (least < f->n_windows ? least : f->n_windows) && f->n_good >= 2 &&
           f->strength > least_strength;
}

static enum hs_status try_map(struct analysis *a, struct hs_time_map line, struct hs_error *err)
{
    double from = fmax(0, -line.delay_s / line.ratio);
    double to = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    hs_fine_free(&a->fine);
    if (to - from < least_shared_s)
        return HS_OK;
    enum hs_status status = open_mix(a, line.ratio, err);
    if (status == HS_OK)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, line, NULL, from, to, &a->fine, err);
    return status;
}

/* Music made of loops lies in itself in more than one way: the line by which the waveforms
 * agree better stays. */
static enum hs_status try_another(struct analysis *a, struct hs_time_map line, struct hs_error *err)
{
    struct hs_fine first = a->fine;
    a->fine = (struct hs_fine){0};
    enum hs_status status = try_map(a, line, err);
    double better = (double)a->fine.n_good * a->fine.strength;
    if (!status && accepted(&a->fine) && better > (double)first.n_good * first.strength) {
        hs_fine_free(&first);
        return HS_OK;
    }
    hs_fine_free(&a->fine);
    a->fine = first;
    return status ? status : open_mix(a, first.line.ratio, err);
}

/* Tries the lines of a->coarse until the waveform agrees with one. */
static enum hs_status try_maps(struct analysis *a, bool *found, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    if (a->coarse.n_lines)
        a->best_coarse = fmax(a->best_coarse, a->coarse.score[0]);
    for (size_t i = 0; i < a->coarse.n_lines && i < TRIES && !*found && !status; i++) {
        if (a->coarse.score[i] < least_coarse)
            break;
        status = try_map(a, a->coarse.line[i], err);
        *found = status == HS_OK && accepted(&a->fine);
        for (size_t k = i + 1; *found && !status && k < a->coarse.n_lines; k++)
            if (a->fine.strength < certain_strength &&
                a->coarse.score[k] > nearly_as_good * a->coarse.score[i])
                status = try_another(a, a->coarse.line[k], err);
    }
    return status;
}

/* At the nominal speed first; where that does not convince, at all speeds. The better of
 * the two is tried first. */
static enum hs_status search(struct analysis *a, bool *found, struct hs_error *err)
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

/* Whether the tape may have had wow: between the windows, or within them. */
static bool unsteady(const struct analysis *a)
{
    return a->fine.wow_s > 0 || hs_fine_lag_jitter(&a->fine) > least_jitter;
}

/* A tape: the waveform is followed along the line, and stays followed where the windows
 * agree better for it. */
static enum hs_status follow(struct analysis *a, bool *found, struct hs_error *err)
{
    bool worth = *found ? unsteady(a)
                        : a->coarse.n_lines && a->coarse.share[0] > follow_share &&
                              a->coarse.score[0] > follow_score;
    struct hs_time_map line = *found ? a->fine.line : a->coarse.line[0];
    double from = fmax(0, -line.delay_s / line.ratio);
    double to = fmin(a->master_s, (a->mix_s - line.delay_s) / line.ratio);
    if (!worth || to - from < least_followed_s)
        return HS_OK;
    const int part[2] = {*found ? a->fine.basis.from[0] : 0, 0};
    struct hs_fine f = {0};
    enum hs_status status = open_mix(a, line.ratio, err);
    if (!status)
        status = hs_wow_follow(&a->mix_feed, &a->master_feed, part, &line, from, to, &a->wow, err);
    if (!status)
        status = hs_fine_align(&a->mix_feed, &a->master_feed, line, &a->wow, from, to, &f, err);
    bool better = accepted(&f) && 4 * f.n_good >= 3 * f.n_windows &&
                  (!*found || (double)f.n_good * f.strength >
                                  follow_gain * (double)a->fine.n_good * a->fine.strength);
    if (status || !better) {
        hs_fine_free(&f);
        hs_wow_free(&a->wow);
        return status;
    }
    hs_fine_free(&a->fine);
    a->fine = f;
    *found = true;
    return HS_OK;
}

/* Aligns one stretch; the longest one found so far stays in a->fine. */
static enum hs_status verify_edit(struct analysis *a, struct hs_edit edit, struct hs_error *err)
{
    struct hs_fine f = {0};
    double longest = a->n_edits ? a->fine.to_s - a->fine.from_s : 0;
    double from = fmax(edit.from_s, -edit.line.delay_s / edit.line.ratio);
    double to = fmin(edit.to_s, (a->mix_s - edit.line.delay_s) / edit.line.ratio);
    if (to - from < least_shared_s)
        return HS_OK;
    enum hs_status status =
        hs_fine_align(&a->mix_feed, &a->master_feed, edit.line, NULL, from, to, &f, err);
    struct hs_edit *last = a->n_edits ? &a->edit[a->n_edits - 1] : NULL;
    if (status || !accepted(&f)) {
        hs_fine_free(&f);
        return status;
    }
    if (last && fabs(hs_time_map_at(last->line, from) - hs_time_map_at(f.line, from)) < same_map_s)
        last->to_s = to;
    else
        a->edit[a->n_edits++] = (struct hs_edit){f.line, from, to};
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
static double uncovered(const struct analysis *a, struct hs_time_map main)
{
    double from = fmax(0, -main.delay_s / main.ratio), sum;
    double to = fmin(a->master_s, (a->mix_s - main.delay_s) / main.ratio);
    sum = to - from;
    for (size_t i = 0; i < a->n_edits; i++)
        sum -= a->edit[i].to_s - a->edit[i].from_s;
    return sum;
}

/* Whether the recording was cut differently: looks at stretches where the main line does
 * not hold everywhere. */
static enum hs_status find_edits(struct analysis *a, bool *found, struct hs_error *err)
{
    struct hs_edit edit[HS_EDITS_MOST];
    struct hs_time_map main = *found ? a->fine.line : a->coarse.line[0];
    enum hs_status status = HS_OK;
    if (!a->coarse.n_lines || (!*found && a->coarse.score[0] < 0.2) || a->wow.n)
        return HS_OK;
    bool holds = *found && (double)a->fine.n_good > whole_share * (double)a->fine.n_windows;
    if (holds && a->master_s - (a->fine.to_s - a->fine.from_s) < least_beyond_s)
        return HS_OK;
    if (!*found)
        status = open_mix(a, main.ratio, err);
    size_t n = hs_edits_find(a->mix_fingerprint, a->master_fingerprint, &a->coarse, main, edit);
    for (size_t i = 0; i < n && !status; i++)
        status = verify_edit(a, edit[i], err);
    if (status || !a->n_edits)
        return status;
    *found = true;
    if (a->n_edits == 1 && uncovered(a, a->edit[0].line) < least_missing_s)
        a->n_edits = 0;
    if (a->n_edits)
        status = hs_edit_points_refine(&a->mix_feed, &a->master_feed, &a->fine.basis, a->edit,
                                       a->n_edits, a->mix_s, a->master_s, err);
    return status;
}

static size_t filter_length(const struct analysis *a)
{
    size_t n = a->fine.rate_hz > 30000 ? 1 << 14 : a->fine.rate_hz > 15000 ? 1 << 13 : 1 << 12;
    while (n > a->fine.window[0].n / 2)
        n /= 2;
    return n;
}

/* Whether all of both files is shared, so that their loudness has been measured. */
static bool whole(const struct analysis *a)
{
    double outside = a->master_s - (a->fine.to_s - a->fine.from_s) +
                     fabs(a->mix_s - a->fine.line.ratio * (a->fine.to_s - a->fine.from_s));
    return outside < 0.1 && isfinite(hs_values_or_nan(&a->mix->values, "integrated_lufs")) &&
           isfinite(hs_values_or_nan(&a->master->values, "integrated_lufs"));
}

/* Where both run alike, frame by frame, the part of a frame that is left of the delay is
 * a part of the transfer: the mix need not be read between its samples. */
static struct hs_time_map on_frames(const struct analysis *a, struct hs_time_map line)
{
    double rate_hz = a->master_feed.rate_hz;
    bool as_stored = fabs(rate_hz - a->master_feed.native_hz) < 1e-6 &&
                     fabs(a->mix_feed.native_hz - rate_hz) < 1e-6 &&
                     fabs(a->mix_feed.rate_hz - rate_hz) < 1e-6;
    if (as_stored && !a->wow.n && fabs(line.ratio - 1) < 1e-12)
        line.delay_s = round(line.delay_s * rate_hz) / rate_hz;
    return line;
}

static enum hs_status compare(struct analysis *a, struct hs_error *err)
{
    struct hs_pass *p = &a->pass;
    struct hs_fine *f = &a->fine;
    const struct hs_time_map exact = f->line;
    enum hs_status status = HS_OK;
    double peak = hs_values_or_nan(&a->master->values, "sample_peak_dbfs");
    if (!a->n_edits) {
        f->from_s = fmax(0, -f->line.delay_s / f->line.ratio);
        f->to_s = fmin(a->master_s, (a->mix_s - f->line.delay_s) / f->line.ratio);
    }
    if (!a->n_edits)
        f->line = on_frames(a, exact);
    struct hs_edit all = {f->line, f->from_s, f->to_s};
    const struct hs_edit *edit = a->n_edits ? a->edit : &all;
    size_t n = a->n_edits ? a->n_edits : 1;
    hs_pass_init(p, f->rate_hz, filter_length(a), edit[0].from_s,
                 isfinite(peak) ? hs_amplitude_from_db(peak) : 1);
    p->measures_loudness = a->n_edits || !whole(a);
    p->wow = a->wow.n ? &a->wow : NULL;
    p->every = edit[n - 1].to_s - edit[0].from_s > plenty_s ? 2 : 1;
    hs_calibrate(f, &p->transfer, &p->filter);
    hs_transfer_reset(&p->transfer);
    for (size_t i = 0; i < n && !status; i++)
        status = hs_pass_run(p, &a->mix_feed, &a->master_feed, edit[i].line, &f->basis,
                             edit[i].from_s, edit[i].to_s, err);
    f->line = exact;
    if (status)
        return status;
    hs_reduction_find(p, &a->dynamics);
    struct hs_found found = {a->mix, a->master, f, p, &a->dynamics};
    hs_result_values(&found, &a->out->values);
    return HS_OK;
}

static void put_segments(struct analysis *a)
{
    struct hs_pair *out = a->out;
    struct hs_segment *s = HS_ARENA_ARRAY(a->arena, struct hs_segment, a->n_edits);
    for (size_t i = 0; i < a->n_edits; i++)
        s[i] = (struct hs_segment){hs_time_map_at(a->edit[i].line, a->edit[i].from_s),
                                   a->edit[i].from_s, a->edit[i].to_s - a->edit[i].from_s};
    out->state = HS_PAIR_EDITED;
    out->segments = s;
    out->n_segments = a->n_edits;
    out->why =
        hs_arena_printf(a->arena,
                        a->n_edits > 1 ? "the same recording in %zu pieces that lie differently"
                                       : "the same recording; %zu piece is shared, the rest of the "
                                         "master is not in the mix",
                        a->n_edits);
}

static void decide(struct analysis *a)
{
    struct hs_pair *out = a->out;
    double coherence = hs_result_coherence(&out->values);
    double residual = hs_values_or_nan(&out->values, "residual_db");
    double share = (double)a->fine.n_good / (double)a->fine.n_windows;
    double explained = 1 - hs_power_from_db(fmin(residual, 0));
    /* Where most bands are empty (a chip tune), the power that is explained speaks. */
    if (!(residual < -3) || (!(coherence > 0.5) && !(residual < clear_db))) {
        out->state = HS_PAIR_CANNOT_SAY;
        out->confidence = 0.5;
        out->why = hs_arena_printf(
            a->arena, "the waveforms meet, but %.0f %% of the master's power is not in the mix",
            100 * hs_power_from_db(fmin(residual, 0)));
        return;
    }
    if (a->dynamics.second_p90_db > missing_db &&
        a->dynamics.second_p90_db - a->dynamics.second_p20_db > comes_and_goes_db) {
        out->state = HS_PAIR_CANNOT_SAY;
        out->confidence = 0.5;
        out->why = "the waveforms meet, but something in the master that comes and goes is "
                   "not in the mix: a voice or an instrument, or another mix";
        return;
    }
    out->state = HS_PAIR_ALIGNED;
    if (a->n_edits)
        put_segments(a);
    out->confidence = hs_confidence_aligned(share * fmax(coherence, explained));
}

static void no_line(struct analysis *a)
{
    struct hs_pair *out = a->out;
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        hs_values_absent(&out->values, hs_pair_measures[i].key, "not aligned");
    out->state = a->best_coarse > 0.35 ? HS_PAIR_CANNOT_SAY : HS_PAIR_DIFFERENT;
    out->confidence = a->best_coarse > 0.35 ? 0.5 : hs_confidence_different(a->best_coarse);
    out->why = a->best_coarse > 0.35
                   ? "rhythm and levels agree, the waveforms do not: re-mixed, played anew, "
                     "or changed beyond recognition"
                   : "no part of the master was found in the mix";
}

static enum hs_status analyse(struct analysis *a, struct hs_error *err)
{
    bool found;
    enum hs_status status = open_master(a, err);
    if (!status)
        status = search(a, &found, err);
    if (!status)
        status = follow(a, &found, err);
    if (!status)
        status = find_edits(a, &found, err);
    if (status)
        return status;
    if (!found) {
        no_line(a);
        return HS_OK;
    }
    status = compare(a, err);
    if (!status)
        decide(a);
    return status;
}

enum hs_status hs_pair_analyse(const struct hs_file *mix, const struct hs_file *master,
                               struct hs_arena *arena, struct hs_pair *out, struct hs_error *err)
{
    struct analysis a = {.mix = mix, .master = master, .arena = arena, .out = out};
    const struct hs_value *x = hs_values_get(&mix->values, HS_FINGERPRINT_KEY);
    const struct hs_value *y = hs_values_get(&master->values, HS_FINGERPRINT_KEY);
    *out = (struct hs_pair){.state = HS_PAIR_CANNOT_SAY};
    hs_values_init(&out->values, arena);
    a.mix_s = hs_values_or_nan(&mix->values, "duration_s");
    a.master_s = hs_values_or_nan(&master->values, "duration_s");
    if (!x || x->kind != HS_TEXT || !y || y->kind != HS_TEXT ||
        !(fmin(a.mix_s, a.master_s) >= least_shared_s)) {
        no_line(&a);
        out->state = HS_PAIR_CANNOT_SAY;
        out->confidence = 0;
        out->why = "shorter than 2 s";
        return HS_OK;
    }
    a.mix_fingerprint = x->text;
    a.master_fingerprint = y->text;
    enum hs_status status = analyse(&a, err);
    hs_feed_close(&a.mix_feed);
    hs_feed_close(&a.master_feed);
    hs_coarse_free(&a.coarse);
    hs_fine_free(&a.fine);
    hs_wow_free(&a.wow);
    hs_pass_free(&a.pass);
    hs_reduction_free(&a.dynamics);
    return status;
}
