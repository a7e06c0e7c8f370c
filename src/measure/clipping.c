/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/clipping.h"

#include "core/num.h"

#include <math.h>

struct clipping {
    double runs, run_samples, run_samples_at_one_level, held, sounding, tops, flat_tops;
    double squareness, spike_db, spike_at_db; /* of the worst channel; NaN: cannot say */
};

/* Counts add up; of shares the worst channel counts. */
static struct clipping sum_channels(const struct hs_flat_tops *const *tops, int n_channels)
{
    struct clipping sum = {.squareness = NAN, .spike_db = NAN, .spike_at_db = NAN};
    for (int c = 0; c < n_channels; c++) {
        struct hs_flat_tops_summary t;
        hs_flat_tops_summary(tops[c], &t);
        sum.runs += (double)t.runs;
        sum.run_samples += (double)t.run_samples;
        sum.run_samples_at_one_level += (double)t.run_samples_at_one_level;
        sum.held += (double)t.held_samples;
        sum.sounding += (double)t.sounding;
        sum.tops += (double)t.tops;
        sum.flat_tops += (double)t.flat_tops;
        sum.squareness = fmax(sum.squareness, t.squareness); /* fmax passes over NaN */
        if (!isnan(t.spike_db) && !(t.spike_db <= sum.spike_db)) {
            sum.spike_db = t.spike_db;
            sum.spike_at_db = t.spike_at_db;
        }
    }
    return sum;
}

void hs_clipping_put(const struct hs_flat_tops *const *tops, int n_channels, int64_t n_frames,
                     struct hs_values *v)
{
    const struct clipping sum = sum_channels(tops, n_channels);
    bool heard = !isnan(hs_values_or_nan(v, "true_peak_dbtp"));
    double n = (double)n_frames * n_channels;
    const struct {
        const char *key;
        double x;
    } rows[] = {
        {"clipped_runs", heard ? sum.runs : NAN},
        {"clipped_ppm", heard ? 1e6 * sum.run_samples / n : NAN},
        {"clipped_at_one_level",
         sum.run_samples > 0 ? sum.run_samples_at_one_level / (sum.run_samples + sum.held) : NAN},
        {"clipped_of_sound", heard ? sum.run_samples / sum.sounding : NAN},
        {"flat_tops", heard ? sum.flat_tops : NAN},
        {"flat_top_share", sum.tops >= 10 ? sum.flat_tops / sum.tops : NAN},
        {"top_squareness", sum.squareness},
        {"pile_up_db", sum.spike_db},
        {"pile_up_at_db", sum.spike_at_db},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (isnan(rows[i].x))
            hs_values_absent(v, rows[i].key, "%s",
                             heard ? "too few high samples" : "digital silence");
        else
            hs_values_number(v, rows[i].key, rows[i].x);
}
