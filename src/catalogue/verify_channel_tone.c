/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/verify_channel_tone.h"

#include "pair/channel_tone.h"

#include <math.h>

struct tone {
    double db, from_hz, to_hz; /* as the pair has it */
};

static bool read_tone(const struct hs_values *pair, struct tone *out)
{
    const double *hz = hs_values_doubles(pair, "channel_tone_hz", 2);
    if (!hz || !hs_values_read(pair, "channel_tone_db", &out->db) || out->db == 0)
        return false;
    out->from_hz = hz[0];
    out->to_hz = hz[1] > 0 ? hz[1] : INFINITY;
    return true;
}

/* Whether both are of the same part of the spectrum. */
static bool meet(const struct tone *a, const struct tone *b)
{
    return fmax(a->from_hz, b->from_hz) < fmin(a->to_hz, b->to_hz);
}

/* An equaliser on one channel lifts the middle by about half as much: whether none did. */
static bool is_untouched(const struct hs_values *pair)
{
    const double same_db = 0.2; /* a tenth of what is told of a channel */
    const double *eq = hs_values_doubles(pair, "eq_db", HS_BANDS);
    for (size_t b = 0; eq && b < HS_BANDS; b++)
        if (fabs(eq[b]) >= same_db) /* NaN: not known */
            return false;
    return eq != NULL;
}

double hs_tone_share_left(const struct hs_verification *v, const char **why)
{
    struct tone made, now;
    double balance_db;
    if (!read_tone(&v->track->pair.values, &made))
        return NAN;
    if (read_tone(&v->pair.values, &now) && meet(&made, &now)) {
        const double left = made.db + now.db;
        return fabs(left) < HS_CHANNEL_TONE_DB ? 0 : left / made.db;
    }
    /* what is not told is less than what can be */
    if (hs_values_read(&v->pair.values, "balance_change_db", &balance_db) &&
        (is_untouched(&v->pair.values) || fabs(made.db) > 5 * HS_CHANNEL_TONE_DB))
        return 1;
    *why = hs_tone_is_elsewhere(v)
               ? "one channel was equalised elsewhere, beside which this is not told"
               : "of one channel alone less than 2 dB is not told";
    return NAN;
}

bool hs_tone_is_elsewhere(const struct hs_verification *v)
{
    struct tone made, now;
    return read_tone(&v->track->pair.values, &made) && read_tone(&v->pair.values, &now) &&
           !meet(&made, &now);
}

bool hs_tone_is_taken_back(const struct hs_verification *v)
{
    struct tone made, now;
    if (!read_tone(&v->track->pair.values, &made) || !read_tone(&v->pair.values, &now) ||
        !meet(&made, &now) || made.db * now.db > 0)
        return false;
    const double left = made.db + now.db;
    return left * made.db >= 0 || fabs(left) < HS_CHANNEL_TONE_DB;
}
