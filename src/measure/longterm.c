/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what an_longterm.c leaves. Bins of the fine spectra count up to the crossing, those of the
 * fast ones above. */
#include "measure/longterm.h"

#include "dsp/spectral.h"

#include <math.h>

/* Below -120 dB of full scale there is no programme: 20 bits' worth of silence. */
#define SILENT_POWER 1e-12

static const char *const fast_key[HS_LT_PARTS] = {"_longterm.fast.left", "_longterm.fast.right",
                                                  "_longterm.fast.mid", "_longterm.fast.side"};
static const char *const fine_key[HS_LT_PARTS] = {"_longterm.fine.left", "_longterm.fine.right",
                                                  "_longterm.fine.mid", "_longterm.fine.side"};

/* False with the reason, where there is no sound. */
bool hs_longterm_read(const struct hs_values *v, struct hs_longterm *out, const char **why)
{
    *out = (struct hs_longterm){0};
    *why = "no audio";
    for (int p = 0; p < HS_LT_PARTS; p++) {
        const struct hs_value *fast = hs_values_get(v, fast_key[p]);
        const struct hs_value *fine = hs_values_get(v, fine_key[p]);
        if (!fast || !fine || fast->kind != HS_ARRAY || fine->kind != HS_ARRAY)
            return false;
        out->fast[p] = fast->array, out->n_fast = fast->n;
        out->fine[p] = fine->array, out->n_fine = fine->n;
    }
    out->rate_hz = hs_values_or_nan(v, "_longterm.rate_hz");
    out->fast_bin_hz = hs_values_or_nan(v, "_longterm.fast_bin_hz");
    out->fine_bin_hz = hs_values_or_nan(v, "_longterm.fine_bin_hz");
    out->power = hs_longterm_total(out, 0, out->rate_hz / 2);
    *why = "silent";
    return out->power > SILENT_POWER;
}

/* Power of one part between two frequencies; twice, for both halves of the spectrum. */
double hs_longterm_band(const struct hs_longterm *lt, enum hs_longterm_part part, double low_hz,
                        double high_hz)
{
    double cross = HS_LONGTERM_CROSS_HZ, sum = 0;
    if (low_hz < cross) {
        struct hs_span_bins s =
            hs_span_bins(low_hz, fmin(high_hz, cross), lt->fine_bin_hz, lt->n_fine);
        sum += hs_span_sum_double(&s, lt->fine[part]);
    }
    if (high_hz > cross) {
        struct hs_span_bins s =
            hs_span_bins(fmax(low_hz, cross), high_hz, lt->fast_bin_hz, lt->n_fast);
        sum += hs_span_sum_double(&s, lt->fast[part]);
    }
    return 2 * sum;
}

double hs_longterm_total(const struct hs_longterm *lt, double low_hz, double high_hz)
{
    return (hs_longterm_band(lt, HS_LT_LEFT, low_hz, high_hz) +
            hs_longterm_band(lt, HS_LT_RIGHT, low_hz, high_hz)) /
           2;
}

/* Is nearly all of a band below Nyquist? */
bool hs_longterm_reaches(const struct hs_longterm *lt, double low_hz, double high_hz)
{
    return lt->rate_hz / 2 >= low_hz + 0.9 * (high_hz - low_hz);
}
