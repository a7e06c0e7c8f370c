/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The long-term spectrum of a file, for analysers of stage 1 and up: power means over the
 * whole programme of left, right, mid and side, from FINE frames in the low bands and FAST
 * frames above. Lives in working series of the values, which it points into.
 */
#ifndef HS_MEASURE_LONGTERM_H
#define HS_MEASURE_LONGTERM_H

#include "model/values.h"

enum hs_longterm_part { HS_LT_LEFT, HS_LT_RIGHT, HS_LT_MID, HS_LT_SIDE, HS_LT_PARTS };

/* FINE frames serve what lies below: the lower edge of the 1 kHz band. */
#define HS_LONGTERM_CROSS_HZ 891.25093813374556

struct hs_longterm {
    double rate_hz, fast_bin_hz, fine_bin_hz;
    size_t n_fast, n_fine;                               /* bins */
    const double *fast[HS_LT_PARTS], *fine[HS_LT_PARTS]; /* mean power per bin, one half */
    double power; /* (left + right) / 2 over all bins, both halves */
};

/* False where there is nothing to look at; *why then says why. */
bool hs_longterm_read(const struct hs_values *v, struct hs_longterm *out, const char **why);
/* Mean power of a part within a frequency range, both halves of the spectrum. */
double hs_longterm_band(const struct hs_longterm *lt, enum hs_longterm_part part, double low_hz,
                        double high_hz);
/* (left + right) / 2 */
double hs_longterm_total(const struct hs_longterm *lt, double low_hz, double high_hz);
/* Whether at least nine tenths of the range lie below Nyquist. */
bool hs_longterm_reaches(const struct hs_longterm *lt, double low_hz, double high_hz);

#endif
