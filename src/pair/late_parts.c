/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/late_parts.h"

#include <math.h>

/* The middle of a song with 0.05 ms between its channels loses 3 dB at 5 kHz. */
const double hs_late_told_ms = 0.05, hs_late_alike_ms = 0.1;

enum { NUMBERS = 3 }; /* of a part in `late_channel`: from, to, ms */

static const struct hs_value *array_of(const struct hs_values *v, const char *key, size_t least)
{
    const struct hs_value *x = hs_values_get(v, key);
    return x && x->kind == HS_ARRAY && x->n >= least ? x : NULL;
}

/* What belongs to part i beside its length. */
static void read_rest(const struct hs_values *pair, size_t i, struct hs_late_part *p)
{
    const struct hs_value *moved = array_of(pair, "channels_moved_ms", 2 * i + 2);
    const struct hs_value *mix = array_of(pair, "mix_channel_delay_ms", i + 1);
    for (size_t c = 0; c < 2; c++)
        p->moved_ms[c] = moved ? moved->array[2 * i + c] : (double)NAN;
    p->mix_ms = mix && isfinite(mix->array[i]) ? mix->array[i] : 0;
}

size_t hs_late_parts(const struct hs_values *pair, struct hs_late_part *out, size_t most)
{
    const struct hs_value *x = array_of(pair, "late_channel", NUMBERS);
    double ms;
    size_t n = 0;
    for (size_t i = 0; x && NUMBERS * (i + 1) <= x->n && n < most; i++) {
        const double *row = x->array + NUMBERS * i;
        out[n] = (struct hs_late_part){.from_s = row[0], .to_s = row[1], .ms = row[2]};
        read_rest(pair, i, &out[n++]);
    }
    if (!x && most && hs_values_read(pair, "channel_delay_change_ms", &ms) && isfinite(ms)) {
        out[n] = (struct hs_late_part){.from_s = 0, .to_s = INFINITY, .ms = ms};
        read_rest(pair, 0, &out[n++]);
    }
    return n;
}

enum hs_late_kind hs_late_kind_of(const struct hs_late_part *p)
{
    const double now_ms = fabs(p->mix_ms + p->ms);
    if (!(fabs(p->ms) >= hs_late_told_ms))
        return HS_LATE_NOT;
    if (!(now_ms < fabs(p->mix_ms)))
        return HS_LATE_MADE;
    return now_ms < hs_late_alike_ms ? HS_LATE_CURED : HS_LATE_EASED;
}

int hs_late_channel(const struct hs_late_part *p, bool *early)
{
    const double left_ms = fabs(p->moved_ms[0]), right_ms = fabs(p->moved_ms[1]);
    const bool known = fmax(left_ms, right_ms) > 0;
    const int channel = known ? right_ms > left_ms : p->ms < 0;
    *early = known && p->moved_ms[channel] < 0;
    return channel;
}

struct hs_late_words hs_late_words_of(const struct hs_late_part *p)
{
    bool early;
    const int channel = hs_late_channel(p, &early);
    return (struct hs_late_words){channel ? "right" : "left", early ? "earlier" : "later"};
}

/* Spaced microphones and wide mixes have many lags, none of them prominent. Of 189 untouched pieces
 * of stereo music one has such a lag (0.13 ms). */
bool hs_late_of_file(const struct hs_values *file, double *ms)
{
    const double agreement = 0.25, prominence = 1.5, little = 0.05, alone = 4;
    double peak, ratio;
    *ms = 0;
    if (!hs_values_read(file, "channel_delay_peak", &peak) ||
        !hs_values_read(file, "channel_delay_ratio", &ratio) ||
        !((peak >= agreement && ratio >= prominence) || (peak >= little && ratio >= alone)))
        return false;
    return hs_values_read(file, "channel_delay_ms", ms);
}
