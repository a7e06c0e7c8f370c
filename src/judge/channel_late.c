/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. With a pair, what mastering made of the delay that the mix has: all through, or in parts of
 * the song, of which the latest counts.
 * 2. Else the lag at which left and right of the file agree best, where it stands out.
 */
#include "judge/channel_late.h"

#include "judge/correct.h"
#include "judge/passages.h"
#include "judge/reading.h"

#include <math.h>

/* As the pair reads it, ms: what it can be off by; from here on it changes width and phase. */
static const double told_ms = 0.08, wide_ms = 0.25;
/* A widener delays one channel by so much on purpose (Haas 1951), all through or in a chorus. */
static const double haas_from_ms = 8, haas_to_ms = 40;
enum { PART = 3 }; /* numbers of a part: from, to, ms */

static const struct hs_values *pair_of(const struct hs_case *c)
{
    return c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
}

/* Parts in which a channel is late; NULL: none. */
static const double *parts_of(const struct hs_case *c, size_t *n)
{
    const struct hs_values *pair = pair_of(c);
    const struct hs_value *x = pair ? hs_values_get(pair, "late_channel") : NULL;
    *n = x && x->kind == HS_ARRAY ? x->n / PART : 0;
    return *n ? x->array : NULL;
}

static bool is_haas(double ms)
{
    return fabs(ms) >= haas_from_ms && fabs(ms) <= haas_to_ms;
}

/* A delay of the file counts where one lag stands out at all frequencies and is not nought; spaced
 * microphones and wide mixes have many lags, none of them prominent. Of 189 untouched pieces
 * of stereo music one has such a lag (0.13 ms). */
static bool delay_of_file(const struct hs_values *v, double *ms)
{
    const double agreement = 0.25, prominence = 1.5, little = 0.05, alone = 4;
    double peak, ratio;
    *ms = 0;
    if (!hs_values_read(v, "channel_delay_peak", &peak) ||
        !hs_values_read(v, "channel_delay_ratio", &ratio) ||
        !((peak >= agreement && ratio >= prominence) || (peak >= little && ratio >= alone)))
        return false;
    return hs_values_read(v, "channel_delay_ms", ms);
}

static const char haas_words[] = ": an error, or a widener that does so on purpose (Haas)";

/* Where there are parts: the largest delay, all of their times. A widener only if each may be. */
static bool read_parts(const struct hs_case *c, struct hs_reading *out)
{
    size_t n;
    const double *part = parts_of(c, &n), *most = part;
    const size_t told = n < HS_MAX_PASSAGES ? n : HS_MAX_PASSAGES;
    if (!part)
        return false;
    bool haas = true;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, told);
    for (size_t i = 0; i < n; i++) {
        haas = haas && is_haas(part[PART * i + 2]);
        most = fabs(part[PART * i + 2]) > fabs(most[2]) ? part + PART * i : most;
        if (i < told)
            times[i] = (struct hs_passage){part[PART * i], part[PART * i + 1]};
    }
    hs_reading_value(out, most[2]);
    out->times = times;
    out->n_times = told;
    out->evidence = hs_arena_printf(
        c->arena, "From %.1f to %.1f s the %s channel comes %.2f ms later than in %s%s%s.", most[0],
        most[1], most[2] > 0 ? "left" : "right", fabs(most[2]), hs_case_other(c),
        n > 1 ? hs_arena_printf(c->arena, "; %zu parts of the song are so", n) : "",
        haas ? haas_words : "");
    if (haas)
        out->at_most = HS_MODERATE;
    return true;
}

/* Later than in the mix, all through. */
static bool read_whole(const struct hs_case *c, double of_mix_ms, struct hs_reading *out)
{
    const struct hs_values *pair = pair_of(c);
    double ms;
    if (!pair || !hs_values_read(pair, "channel_delay_change_ms", &ms) || fabs(ms) < told_ms)
        return false;
    hs_reading_value(out, of_mix_ms + ms);
    out->evidence =
        hs_arena_printf(c->arena, "%s comes %.2f ms later than in %s%s.", ms > 0 ? "Left" : "Right",
                        fabs(ms), hs_case_other(c), is_haas(ms) ? haas_words : "");
    if (is_haas(ms))
        out->at_most = HS_MODERATE;
    return true;
}

void hs_read_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                          struct hs_reading *out)
{
    double ms, of_mix_ms = 0, ignored;
    (void)rule;
    if (pair_of(c))
        delay_of_file(&c->result->mix.values, &of_mix_ms);
    if (!read_parts(c, out) && !read_whole(c, of_mix_ms, out)) {
        if (!hs_need(c, "channel_delay_ms", &ignored, out) ||
            !hs_need(c, "channel_delay_peak", &ignored, out) ||
            !hs_need(c, "channel_delay_ratio", &ignored, out))
            return;
        hs_reading_value(out, delay_of_file(c->values, &ms) ? ms : 0);
    }
    if (out->value != 0)
        out->direction = out->value > 0 ? "left late" : "right late";
}

void hs_correct_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                             const struct hs_finding *f, struct hs_correction *out)
{
    size_t n;
    const double *part = parts_of(c, &n);
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_delay, NULL);
    out->channel = f->value > 0 ? HS_CHANNEL_LEFT : HS_CHANNEL_RIGHT;
    out->after = 0;
    out->words = hs_arena_printf(c->arena, "In the %s: move the %s channel forward by %.2f ms%s.",
                                 hs_place_name(out->where), hs_move_channel_name(out->channel),
                                 fabs(f->value), part ? " where it comes late" : "");
}

bool hs_channel_late_by_pair(const struct hs_case *c)
{
    const struct hs_values *pair = pair_of(c);
    size_t n;
    double ms;
    const double *part = parts_of(c, &n);
    for (size_t i = 0; part && i < n; i++)
        if (fabs(part[PART * i + 2]) >= wide_ms)
            return true;
    return !part && pair && hs_values_read(pair, "channel_delay_change_ms", &ms) &&
           fabs(ms) >= wide_ms;
}
