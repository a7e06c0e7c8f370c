/* SPDX-License-Identifier: Apache-2.0 */
/* Each is looked for only where what stands before it has not explained the gain. */
#include "pair/result_gain.h"

#include "core/num.h"
#include "pair/fades.h"
#include "pair/level_slope.h"
#include "pair/model_residual.h"
#include "pair/silenced.h"
#include "pair/tremolo.h"

#include <math.h>

static void put_fades(const struct hs_devices *d, struct hs_values *v)
{
    const double fades[2] = {d->fade_in_s, d->fade_out_s};
    for (int i = 0; i < 2; i++) {
        const char *key = i ? "fade_out_s" : "fade_in_s";
        if (isfinite(fades[i]))
            hs_values_number(v, key, fades[i]);
        else
            hs_values_absent(v, key, "less than 2 s of sound");
    }
}

/* Of a gain that nothing else explains: no device is named, and it moves by more than can be heard.
 */
static void put_level_slope(const struct hs_found *f, struct hs_values *v)
{
    const double least_range_db = 1, least_r2 = 0.5, least_slope = 0.1;
    const double coarse_bits = 10; /* what is softer than a step is rounded away */
    double bits = 24;
    hs_values_read(&f->master->values, "effective_bits", &bits);
    const char *why = f->devices->n_chain   ? "the gain is that of the devices"
                      : bits <= coarse_bits ? "stored in few bits, whose steps soft sound is below"
                      : f->reduction->slow_range_db < least_range_db ? "the gain hardly moves"
                                                                     : NULL;
    double r2 = 0, slope = why ? 0 : hs_level_slope(f->reduction, &r2);
    if (!why && (r2 < least_r2 || fabs(slope) < least_slope))
        why = "the gain does not follow level closely";
    if (why)
        hs_values_absent(v, "level_slope", "%s", why);
    else
        hs_values_number(v, "level_slope", slope);
}

/* Music that stands on one side swings with the auto-pan: then that is said and no swing. */
static bool put_panned(const struct hs_found *f, struct hs_values *v)
{
    if (f->devices->n_chain || f->n_channel_drops || !hs_models_panned(f->models))
        return false;
    hs_values_number(v, "panned_db", f->models->pan_db);
    return true;
}

static void put_swing(const struct hs_found *f, struct hs_values *v)
{
    double hz, db;
    if (f->devices->n_chain || f->models->settled || f->n_channel_drops ||
        !hs_tremolo_find(f->reduction, &hz, &db))
        return;
    hs_values_number(v, "swing_hz", hz);
    hs_values_number(v, "swing_db", db);
}

/* Where the channel that plays has a rest both seem to drop out: that is the channel's. */
static size_t add_of_both(const struct hs_reduction *r, size_t from, size_t to,
                          struct hs_drop *drop, size_t n)
{
    struct hs_drop both[HS_DROPS_MOST];
    const size_t n_both = hs_drops_find(r, from, to, both), of_channels = n;
    for (size_t i = 0; i < n_both; i++) {
        bool within = false;
        for (size_t k = 0; k < of_channels; k++)
            within |= both[i].from + HS_PASS_HZ / 5 >= drop[k].from &&
                      both[i].to <= drop[k].to + HS_PASS_HZ / 5;
        if (!within)
            drop[n++] = both[i];
    }
    return n;
}

/* Fades fall silent as well: what lies between them counts. Of each drop: from, to, dB,
 * channel. */
static void put_silence(const struct hs_found *f, struct hs_values *v)
{
    const double start_s = f->pass->start_s;
    const double end_s = start_s + (double)f->reduction->n / HS_PASS_HZ;
    const struct hs_passage full = hs_fades_between(f->devices, start_s, end_s);
    const size_t from = (size_t)fmax((full.from_s - start_s) * HS_PASS_HZ, 0);
    const size_t to = (size_t)fmax((full.to_s - start_s) * HS_PASS_HZ, 0);
    struct hs_drop drop[2 * HS_DROPS_MOST];
    double row[4 * 2 * HS_DROPS_MOST];
    hs_values_number(v, "silenced_s", hs_silenced_seconds(f->reduction, from, to));
    size_t n = 0;
    for (size_t i = 0; i < f->n_channel_drops; i++) /* no fade takes one channel alone */
        drop[n++] = f->channel_drop[i];
    const size_t n_channels = n;
    size_t kept = n_channels;
    n = add_of_both(f->reduction, from, to, drop, n);
    for (size_t i = n_channels; i < n; i++) /* where something else sounds nothing is away */
        if (!hs_foreign_meets(f->foreign, drop[i].from, drop[i].to))
            drop[kept++] = drop[i];
    n = kept;
    for (size_t i = 0; i < n; i++) {
        row[4 * i] = start_s + (double)drop[i].from / HS_PASS_HZ;
        row[4 * i + 1] = start_s + (double)drop[i].to / HS_PASS_HZ;
        row[4 * i + 2] = drop[i].db;
        row[4 * i + 3] = drop[i].channel;
    }
    if (n)
        hs_values_array(v, "drops", row, 4 * n);
}

bool hs_result_is_drop(const struct hs_values *v, const struct hs_passage *ride)
{
    const double spread_s = 1.6;
    const struct hs_value *drops = hs_values_get(v, "drops");
    for (size_t i = 0; drops && drops->kind == HS_ARRAY && i + 4 <= drops->n; i += 4)
        if (ride->from_s >= drops->array[i] - spread_s &&
            ride->to_s <= drops->array[i + 1] + spread_s)
            return true;
    return false;
}

void hs_result_gain(const struct hs_found *f, struct hs_values *v)
{
    put_fades(f->devices, v);
    hs_values_number(v, "slow_range_db", f->reduction->slow_range_db);
    put_level_slope(f, v);
    if (!put_panned(f, v))
        put_swing(f, v);
    put_silence(f, v);
}
