/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bands are divided by their recent maximum and given in dB. The rise over two frames is the
 * median of eleven bands (broad) and that of the low band; an onset is a local maximum of the
 * rise above a threshold.
 */
#include "measure/onsets.h"

#include "core/num.h"

#include <math.h>
#include <string.h>

enum { MID_FIRST = 10, LOW_FIRST = 4, LOW_LAST = 7 };

#define SILENT_POWER 1e-9
/* The recent maximum is forgotten at 6 dB per second. */
#define FORGET_DB_PER_S 6.0
/* What is 40 dB below the recent maximum is not heard beside it. */
#define FLOOR 1e-4
#define BROAD_DB 4.0
#define LOW_DB 6.0
/* A low onset that counts reaches this far below the recent maximum. */
#define LOW_REACH_DB (-12.0)

double hs_onset_power(const struct hs_spectrum *f, size_t first, size_t last)
{
    double sum = 0;
    for (size_t b = first; b <= last; b++)
        sum += (double)f->bands[b].mid + (double)f->bands[b].side;
    return sum;
}

/* Without a branch. */
static void put_in_order(double *a, double *b)
{
    double low = *a < *b ? *a : *b, high = *a < *b ? *b : *a;
    *a = low, *b = high;
}

/* The median without a branch that music could make unpredictable: of the first half and
 * two, the least and the largest cannot be the middle one; the next value takes their
 * place, until three are left. */
static double middle(double *x)
{
    for (size_t n = HS_ONSET_MID / 2 + 2, next = n;; n--) {
        for (size_t i = 1; i < n; i++)
            put_in_order(&x[0], &x[i]);
        for (size_t i = 1; i + 1 < n; i++)
            put_in_order(&x[i], &x[n - 1]);
        if (n == 3)
            return x[1];
        x[0] = x[next++];
    }
}

/* Levels relative to the recent maximum of each band, newest first. */
static void whiten(struct hs_onsets *o, const double power[HS_ONSET_BANDS])
{
    double level[HS_ONSET_BANDS];
    for (int b = 0; b < HS_ONSET_BANDS; b++) {
        o->ceiling[b] = hs_larger_double(power[b], o->ceiling[b] * o->forget);
        level[b] = o->ceiling[b] > 0 ? power[b] / o->ceiling[b] + FLOOR : FLOOR;
    }
    o->kernels->decibels(level, HS_ONSET_BANDS);
    memmove(o->level_db + 1, o->level_db, (HS_ONSET_PAST - 1) * sizeof *o->level_db);
    memcpy(o->level_db[0], level, sizeof level);
}

/* Over two frames, falls are 0. */
static double rise(const struct hs_onsets *o, int band)
{
    return hs_larger_double(0, o->level_db[0][band] - o->level_db[2][band]);
}

/* Is the value of the frame before a local maximum? */
static bool peak(const double *x, double least)
{
    return x[1] >= least && x[1] > x[2] && x[1] >= x[0];
}

/* Onsets are those of the frame before. */
struct hs_onset hs_onsets_frame(struct hs_onsets *o, const struct hs_spectrum *f)
{
    struct hs_onset out = {0};
    double rises[HS_ONSET_MID], power[HS_ONSET_BANDS];
    if (!o->n) {
        o->forget = hs_power_from_db(-FORGET_DB_PER_S * f->hop_s);
        o->kernels = hs_kernels_choose();
    }
    out.sounding = hs_onset_power(f, 0, HS_BANDS - 1) > SILENT_POWER;
    if (!out.sounding)
        return out;
    for (size_t b = 0; b < HS_ONSET_MID; b++)
        power[b] = hs_onset_power(f, MID_FIRST + b, MID_FIRST + b);
    power[HS_ONSET_MID] = hs_onset_power(f, LOW_FIRST, LOW_LAST);
    whiten(o, power);
    for (int b = 0; b < HS_ONSET_MID; b++)
        rises[b] = rise(o, b);
    bool warm = ++o->n > 2; /* two frames of past */
    out.rise_db = warm ? middle(rises) : 0;
    out.low_rise_db = warm ? rise(o, HS_ONSET_MID) : 0;
    memmove(o->broad_db + 1, o->broad_db, 2 * sizeof(double));
    memmove(o->low_db + 1, o->low_db, 2 * sizeof(double));
    o->broad_db[0] = out.rise_db;
    o->low_db[0] = out.low_rise_db;
    out.broad = peak(o->broad_db, BROAD_DB);
    out.low = peak(o->low_db, LOW_DB) && o->level_db[0][HS_ONSET_MID] > LOW_REACH_DB;
    out.broad_db = o->broad_db[1];
    out.low_db = o->low_db[1];
    return out;
}
