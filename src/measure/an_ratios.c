/* SPDX-License-Identifier: Apache-2.0 */
/* Peak against loudness: PLR over the file, PSR over running 3 s. */
#include "core/num.h"
#include "dsp/gating.h"
#include "measure/analyser.h"
#include "measure/series.h"

#include <math.h>

/* Windows this far below the integrated loudness are not music to be judged by (the
 * relative gate of EBU Tech 3342). */
static const double quiet_lu = -20;

/* Peak to loudness ratio of the whole file. */
static void put_plr(struct hs_values *v)
{
    double peak = hs_values_or_nan(v, "true_peak_dbtp");
    double loudness = hs_values_or_nan(v, "integrated_lufs");
    if (isnan(peak) || isnan(loudness))
        hs_values_absent(v, "plr_db", "%s", hs_values_why(v, "integrated_lufs"));
    else
        hs_values_number(v, "plr_db", peak - loudness);
}

/* Every second: true peak of three seconds over their short-term loudness. */
static struct hs_floats course(const struct hs_value *power, const struct hs_value *peak,
                               double least_lufs)
{
    enum { PER_S = 10 };
    struct hs_floats psr = {0};
    for (size_t t = 0; t * PER_S < power->n && t + 2 < peak->n; t++) {
        double lufs = hs_lufs((double)power->series[t * PER_S]);
        float top = fmaxf(fmaxf(peak->series[t], peak->series[t + 1]), peak->series[t + 2]);
        hs_floats_push(&psr, lufs > least_lufs && lufs > -70
                                 ? hs_db_from_amplitude((double)top) - lufs
                                 : (double)NAN);
    }
    return psr;
}

/* Windows that are quiet have none. */
static void put_psr(struct hs_values *v)
{
    const struct hs_value *power = hs_values_get(v, "_short_term_power");
    const struct hs_value *peak = hs_values_get(v, "_true_peak");
    double loudness = hs_values_or_nan(v, "integrated_lufs");
    if (!power || !peak || power->kind != HS_SERIES || isnan(loudness) || !power->n) {
        const char *why =
            hs_values_why(v, isnan(loudness) ? "integrated_lufs" : "short_term_max_lufs");
        hs_values_absent(v, "psr_p10_db", "%s", why);
        hs_values_absent(v, "psr_min_db", "%s", why);
        hs_values_absent(v, "psr_course", "%s", why);
        return;
    }
    struct hs_floats psr = course(power, peak, loudness + quiet_lu);
    double *sorted = HS_NEW_ARRAY(double, psr.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < psr.n; i++)
        if (!isnan(psr.x[i]))
            sorted[n++] = (double)psr.x[i];
    hs_sort(sorted, n);
    if (n) {
        hs_values_number(v, "psr_p10_db", hs_quantile_sorted(sorted, n, 0.1));
        hs_values_number(v, "psr_min_db", sorted[0]);
    } else {
        hs_values_absent(v, "psr_p10_db", "no 3 s loud enough");
        hs_values_absent(v, "psr_min_db", "no 3 s loud enough");
    }
    hs_values_series(v, "psr_course", psr.x, psr.n, 1.5, 1);
    hs_free(sorted);
    hs_floats_free(&psr);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)state, (void)stream, (void)n_frames;
    put_plr(values);
    put_psr(values);
}

#define PSR "Shepherd, Grimm, Tapper, Kahsnitz, Kerr, AES e-Brief 373 (2017)"
static const struct hs_measure measures[] = {
    {"plr_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "peak to loudness ratio",
     "True peak minus integrated loudness.", "AES TD1008 (2021); EBU R128 s2"},
    {"psr_p10_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "peak to short-term loudness",
     "True peak minus short-term loudness of running 3 s, taken every second; the value "
     "that a tenth of the windows lie below. Windows 20 LU below the integrated loudness "
     "are left out.",
     PSR},
    {"psr_min_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "lowest peak to short-term loudness",
     "Smallest of those.", PSR},
    {"psr_course", "dB", HS_SERIES, 0, 1, HS_IN_STORE, "peak to short-term loudness",
     "Of 3 s, every second, by the middle of the window.", PSR},
};

static const char *const sources[] = {"loudness", "peaks", NULL};

const struct hs_analyser hs_analyser_ratios = {
    .name = "ratios",
    .version = 1,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
