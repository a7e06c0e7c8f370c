/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that stand only where something was found. */
#include "pair/result_faults.h"

#include "core/num.h"
#include "pair/devices.h"
#include "pair/encoder.h"

#include <string.h>

/* Where, how many of them, and how high. A lone one behind an encoder may be the encoder's; one
 * where a channel begins to come late is that. */
static void put_clicks(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_clicks *c = &f->pass->clicks;
    double at_s[HS_CLICKS_MOST];
    size_t n = 0, n_listed = c->n < HS_CLICKS_MOST ? c->n : HS_CLICKS_MOST;
    for (size_t i = 0; i < n_listed; i++)
        if (!hs_late_jumps_at(f->late, c->at_s[i]))
            at_s[n++] = c->at_s[i];
    const size_t n_all = c->n - (n_listed - n);
    if (n_all < (f->encoder->found ? 2 : 1))
        return;
    hs_values_array(v, "clicks", at_s, n);
    hs_values_number(v, "clicks_n", (double)n_all);
    hs_values_flag(v, "clicks_at_least", f->skimmed);
    hs_values_number(v, "clicks_db", hs_db_from_power((double)c->peak));
}

/* Of each: from, to (s), dB. Where a channel begins to come late or early a bit of it is repeated
 * or lost, which is that. */
static void put_foreign(const struct hs_foreign *x, double start_s, const struct hs_late *late,
                        struct hs_values *v)
{
    double row[3 * HS_FOREIGN_MOST];
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        const double middle_s =
            start_s + (double)(x->place[i].from + x->place[i].to) / (2.0 * HS_PASS_HZ);
        if (x->place[i].told || hs_late_jumps_at(late, middle_s))
            continue;
        row[3 * n] = start_s + (double)x->place[i].from / HS_PASS_HZ;
        row[3 * n + 1] = start_s + (double)x->place[i].to / HS_PASS_HZ;
        row[3 * n++ + 2] = x->place[i].db;
    }
    if (n)
        hs_values_array(v, "foreign", row, 3 * n);
    if (x->n)
        hs_values_number(v, "rest_residual_db", x->rest_db);
}

/* Of each: from, to in the master, from in the mix, length of the bit (s), times it is heard. */
static void put_skips(const struct hs_skip *skip, size_t n, struct hs_values *v)
{
    double row[5 * HS_SKIPS_MOST];
    for (size_t i = 0; i < n; i++) {
        row[5 * i] = skip[i].from_s;
        row[5 * i + 1] = skip[i].to_s;
        row[5 * i + 2] = skip[i].mix_s;
        row[5 * i + 3] = skip[i].length_s;
        row[5 * i + 4] = (double)skip[i].times;
    }
    if (n)
        hs_values_array(v, "skips", row, 5 * n);
}

/* Of each: where in the master, where in the mix, length (s). */
static void put_lost(const struct hs_lost_bit *x, size_t n, struct hs_values *v)
{
    double row[3 * HS_EDITS_MOST];
    for (size_t i = 0; i < n; i++) {
        row[3 * i] = x[i].at_s;
        row[3 * i + 1] = x[i].mix_s;
        row[3 * i + 2] = x[i].length_s;
    }
    if (n)
        hs_values_array(v, "lost", row, 3 * n);
}

/* Whether what is left of a place may be that of a moving gain. It leaves a part of the mix: 0.33
 * to 0.46 of its power at hits and rests behind a compressor; other sound in a break left 0.93
 * to 28. */
static bool may_be_the_gain(const struct hs_break *b, const struct hs_devices *d)
{
    const double least_of_mix = 0.7;
    return d->gain && !b->silent && b->of_mix < least_of_mix;
}

/* Of each: from, to (s), dB, 1 where the master falls silent. More than a few are an effect. */
static void put_breaks(const struct hs_breaks *b, const struct hs_devices *d,
                       const struct hs_late *late, struct hs_values *v)
{
    double row[4 * HS_BREAKS_MOST];
    const size_t seen = b->n <= HS_BREAKS_MOST && b->n_nearly < 3 + b->n ? b->n : 0;
    size_t n = 0, n_loud = 0;
    for (size_t i = 0; i < seen; i++) {
        const struct hs_break *x = &b->found[i];
        if (may_be_the_gain(x, d) || hs_late_jumps_at(late, x->from_s))
            continue;
        n_loud += !x->silent;
        const double of[4] = {x->from_s, x->to_s, x->db, x->silent};
        memcpy(row + 4 * n++, of, sizeof of);
    }
    if (n && n_loud <= HS_BREAKS_LOUD_MOST)
        hs_values_array(v, "breaks", row, 4 * n);
}

void hs_result_faults(const struct hs_found *f, struct hs_values *v)
{
    put_clicks(f, v);
    put_lost(f->lost, f->n_lost, v);
    put_breaks(&f->pass->breaks, f->devices, f->late, v);
    put_foreign(f->foreign, f->pass->start_s, f->late, v);
    put_skips(f->skip, f->n_skips, v);
}
