/* SPDX-License-Identifier: Apache-2.0 */
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

static double middle(double *x)
{
    for (size_t i = 1; i < HS_ONSET_MID; i++)
        for (size_t j = i; j > 0 && x[j - 1] > x[j]; j--) {
            double t = x[j];
            x[j] = x[j - 1], x[j - 1] = t;
        }
    return x[HS_ONSET_MID / 2];
}

static void whiten(struct hs_onsets *o, int band, double power, double forget)
{
    o->ceiling[band] = hs_larger_double(power, o->ceiling[band] * forget);
    memmove(o->level_db[band] + 1, o->level_db[band], (HS_ONSET_PAST - 1) * sizeof(double));
    o->level_db[band][0] =
        o->ceiling[band] > 0 ? hs_db_fast(power / o->ceiling[band] + FLOOR) : -40;
}

static double rise(const struct hs_onsets *o, int band)
{
    return hs_larger_double(0, o->level_db[band][0] - o->level_db[band][2]);
}

static bool peak(const double *x, double least)
{
    return x[1] >= least && x[1] > x[2] && x[1] >= x[0];
}

struct hs_onset hs_onsets_frame(struct hs_onsets *o, const struct hs_spectrum *f)
{
    struct hs_onset out = {0};
    double rises[HS_ONSET_MID];
    if (!o->n)
        o->forget = hs_power_from_db(-FORGET_DB_PER_S * f->hop_s);
    out.sounding = hs_onset_power(f, 0, HS_BANDS - 1) > SILENT_POWER;
    if (!out.sounding)
        return out;
    for (int b = 0; b < HS_ONSET_MID; b++) {
        size_t band = MID_FIRST + (size_t)b;
        whiten(o, b, hs_onset_power(f, band, band), o->forget);
        rises[b] = rise(o, b);
    }
    whiten(o, HS_ONSET_MID, hs_onset_power(f, LOW_FIRST, LOW_LAST), o->forget);
    bool warm = ++o->n > 2; /* two frames of past */
    out.rise_db = warm ? middle(rises) : 0;
    out.low_rise_db = warm ? rise(o, HS_ONSET_MID) : 0;
    memmove(o->broad_db + 1, o->broad_db, 2 * sizeof(double));
    memmove(o->low_db + 1, o->low_db, 2 * sizeof(double));
    o->broad_db[0] = out.rise_db;
    o->low_db[0] = out.low_rise_db;
    out.broad = peak(o->broad_db, BROAD_DB);
    out.low = peak(o->low_db, LOW_DB) && o->level_db[HS_ONSET_MID][0] > LOW_REACH_DB;
    out.broad_db = o->broad_db[1];
    out.low_db = o->low_db[1];
    return out;
}
