/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The relation of left and right over the whole band, from the sums that the levels analyser
 * left: M = (L + R) / 2, S = (L - R) / 2, so that the sum of L R is that of M^2 - S^2.
 * 1. Correlation, side over mid and loss in mono over the file.
 * 2. Correlation of each second, from sums of 100 ms; seconds 20 dB below the mean power or
 *    with a silent channel have none. Its 5th percentile and the share of negative seconds.
 * 3. The largest difference of the channels over the sample peak.
 */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/series.h"

#include <math.h>

static const double furthest_db = 60; /* of ratios that have no end */

static double clamp(double x, double most)
{
    return fmin(fmax(x, -most), most);
}

/* L R = M^2 - S^2, summed. */
static double correlation(double left, double right, double mid, double side)
{
    return clamp((mid - side) / sqrt(left * right), 1);
}

/* Over the whole file. */
static void put_width(struct hs_values *v)
{
    double left = hs_values_or_nan(v, "_square_left");
    double right = hs_values_or_nan(v, "_square_right");
    double mid = hs_values_or_nan(v, "_square_mid");
    double side = hs_values_or_nan(v, "_square_side");
    if (!(mid + side > 0)) {
        hs_values_absent(v, "correlation", "digital silence");
        hs_values_absent(v, "side_mid_db", "digital silence");
        hs_values_absent(v, "mono_loss_db", "digital silence");
        return;
    }
    if (left > 0 && right > 0)
        hs_values_number(v, "correlation", correlation(left, right, mid, side));
    else
        hs_values_absent(v, "correlation", "the %s channel is silent", left > 0 ? "right" : "left");
    if (side > 0)
        hs_values_number(v, "side_mid_db", clamp(hs_db_from_power(side / mid), 2 * furthest_db));
    else
        hs_values_absent(v, "side_mid_db", "no side: both channels are equal");
    hs_values_number(v, "mono_loss_db", fmin(hs_db_from_power(1 + side / mid), furthest_db));
}

/* Equal channels have no difference, which is said of its own. */
static void put_difference(const struct hs_stream *stream, struct hs_values *v)
{
    double apart = hs_values_or_nan(v, "_apart"), peak = hs_values_or_nan(v, "_sample_peak");
    if (stream->n_channels == 1)
        hs_values_absent(v, "channel_difference_db", "one channel");
    else if (!(peak > 0))
        hs_values_absent(v, "channel_difference_db", "digital silence");
    else if (!(apart > 0))
        hs_values_absent(v, "channel_difference_db", "both channels are equal");
    else
        hs_values_number(v, "channel_difference_db", hs_db_from_amplitude(apart / peak));
    if (peak > 0)
        hs_values_flag(v, "channels_equal", !(apart > 0));
    else
        hs_values_absent(v, "channels_equal", "digital silence");
}

/* Correlation of each second; NaN in seconds 20 dB below the mean power of the file. */
static struct hs_floats course(const float *const part[4], size_t n, double *negative)
{
    enum { PER_S = 10 };
    struct hs_floats out = {0};
    double mean = 0, n_active = 0, n_negative = 0;
    for (size_t i = 0; i < n; i++)
        mean += ((double)part[2][i] + (double)part[3][i]) / (double)n;
    for (size_t i = 0; i + PER_S <= n; i += PER_S) {
        double sum[4] = {0};
        for (size_t k = 0; k < PER_S; k++)
            for (int p = 0; p < 4; p++)
                sum[p] += (double)part[p][i + k];
        bool active = (sum[2] + sum[3]) / PER_S > 0.01 * mean && sum[0] > 0 && sum[1] > 0;
        double r = active ? correlation(sum[0], sum[1], sum[2], sum[3]) : (double)NAN;
        hs_floats_push(&out, r);
        n_active += active;
        n_negative += active && r < 0;
    }
    *negative = n_active > 0 ? n_negative / n_active : (double)NAN;
    return out;
}

/* Correlation second by second, from sums of 100 ms that the levels analyser left: the course, its
 * 5th percentile and the share of seconds below 0. */
static void put_course(struct hs_values *v)
{
    static const char *const keys[4] = {"_power_left", "_power_right", "_power_mid", "_power_side"};
    const float *part[4];
    size_t n = 0;
    for (int p = 0; p < 4; p++) {
        const struct hs_value *series = hs_values_get(v, keys[p]);
        if (!series || series->kind != HS_SERIES)
            return;
        part[p] = series->series;
        n = series->n;
    }
    double negative, low = NAN;
    struct hs_floats r = course(part, n, &negative);
    hs_values_series(v, "correlation_course", r.x, r.n, 0.5, 1);
    double *sorted = HS_NEW_ARRAY(double, r.n + 1);
    size_t n_sorted = 0;
    for (size_t i = 0; i < r.n; i++)
        if (!isnan(r.x[i]))
            sorted[n_sorted++] = (double)r.x[i];
    hs_sort(sorted, n_sorted);
    if (n_sorted)
        low = hs_quantile_sorted(sorted, n_sorted, 0.05);
    hs_free(sorted);
    hs_floats_free(&r);
    if (isnan(negative)) {
        hs_values_absent(v, "negative_correlation_share", "no second with both channels");
        hs_values_absent(v, "correlation_p5", "no second with both channels");
        return;
    }
    hs_values_number(v, "negative_correlation_share", negative);
    hs_values_number(v, "correlation_p5", low);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)state, (void)n_frames;
    put_width(values);
    put_difference(stream, values);
    put_course(values);
}

#define MS "M = (L + R) / 2, S = (L - R) / 2"
static const struct hs_measure measures[] = {
    {"correlation", "", HS_NUMBER, 0, 2, HS_IN_JSON, "correlation",
     "Sum of L R over the root of sum L^2 times sum R^2, whole file: 1 mono, 0 unrelated, "
     "-1 out of phase.",
     "Pearson, without removing the mean"},
    {"side_mid_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "side over mid",
     "Power of S over that of M, whole file; 120 at most.", MS},
    {"mono_loss_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "loss in mono",
     "How much power goes when both channels are added, against their mean power: 0 for "
     "equal channels, 3 for unrelated ones; 60 at most.",
     MS},
    {"correlation_p5", "", HS_NUMBER, 0, 2, HS_IN_JSON, "lowest correlation",
     "Correlation of single seconds: the value that a twentieth of them lie below. Seconds "
     "20 dB below the mean power are left out.",
     "as correlation"},
    {"negative_correlation_share", "", HS_NUMBER, 0, 2, HS_IN_JSON, "share of seconds out of phase",
     "Share of those seconds whose correlation is negative.", "as correlation"},
    {"channel_difference_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "difference of the channels",
     "Largest |L - R| over the sample peak.", ""},
    {"channels_equal", "", HS_FLAG, 0, 0, HS_IN_JSON, "channels equal",
     "Whether left and right are the same in every sample.", ""},
    {"correlation_course", "", HS_SERIES, 0, 2, HS_IN_STORE, "correlation over time",
     "Correlation of each second; absent where it is quiet.", "as correlation"},
};

static const char *const sources[] = {"levels", NULL};

const struct hs_analyser hs_analyser_stereo = {
    .name = "stereo",
    .version = 1,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
