/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_ranges.h"

#include "core/num.h"
#include "core/num_text.h"
#include "model/measure.h"
#include "pair/band_frames.h"

#include <math.h>

/* A band that is reduced by less for 95 % of the time is left as it is: those below the range of
 * FFmpeg's de-esser 0 to 0.2 dB (three songs), those of multibands that work 0.4 and more. */
static const double left_db = 0.3;
/* De-essers leave what lies below this. */
enum { LOWEST_OF_DE_ESSER = 2 };

static void put_hz(struct hs_buf *out, double hz)
{
    char text[HS_NUM_TEXT];
    if (hz < 1000)
        hs_buf_printf(out, "%s Hz", hs_num_fixed(text, hz, 0));
    else
        hs_buf_printf(out, "%s kHz",
                      hs_num_fixed(text, hz / 1000, fmod(hz, 1000) > 0 && hz < 10000));
}

void hs_pair_bands_words(const struct hs_values *pair, struct hs_buf *out)
{
    const double *db = hs_values_doubles(pair, "reduction_bands_db", HS_MODEL_BANDS);
    int first = 0, last = HS_MODEL_BANDS - 1, most = 0;
    for (int b = 0; db && b < HS_MODEL_BANDS; b++)
        most = db[b] > db[most] || isnan(db[most]) ? b : most;
    while (db && first < most && db[first] < left_db)
        first++;
    while (db && last > most && !(db[last] >= left_db))
        last--;
    if (!db || !(db[most] >= left_db) || (!first && last == HS_MODEL_BANDS - 1))
        return;
    /* whatever is above the highest band goes with it */
    const bool to_top = last == HS_MODEL_BANDS - 1;
    hs_buf_puts(out, to_top ? " above " : first ? " from " : " below ");
    put_hz(out, hs_band_gain_edges_hz[first || to_top ? first : last + 1]);
    if (first && !to_top) {
        hs_buf_puts(out, " to ");
        put_hz(out, hs_band_gain_edges_hz[last + 1]);
    }
    hs_buf_puts(out, " alone");
    if (first >= LOWEST_OF_DE_ESSER && to_top && most == last)
        hs_buf_puts(out, ", as a de-esser");
}

/* The third octaves between which four fifths of a power lie. */
static void find_span(const double power[HS_BANDS], size_t span[2])
{
    const double outside = 0.1;
    double sum = 0, so_far = 0;
    span[0] = span[1] = 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        sum += power[b];
    for (size_t b = 0; b < HS_BANDS; b++) {
        const double before = so_far;
        so_far += power[b];
        if (before <= outside * sum && so_far > outside * sum)
            span[0] = b;
        if (before < (1 - outside) * sum && so_far >= (1 - outside) * sum)
            span[1] = b;
    }
}

void hs_pair_unexplained_words(const struct hs_track_result *t, struct hs_buf *out)
{
    enum { TWO_OCTAVES = 6, OCTAVE = 3 };
    const double lowest_treble_hz = 1000, highest_bass_hz = 250;
    const struct hs_values *own =
        t->pair.shared_master.n ? &t->pair.shared_master : &t->master.values;
    const double *db = hs_values_doubles(own, "bands_db", HS_BANDS);
    const double *coherence = hs_values_doubles(&t->pair.values, "coherence", HS_BANDS);
    double all[HS_BANDS] = {0}, left[HS_BANDS] = {0};
    size_t music[2], span[2];
    if (!db || !coherence)
        return;
    for (size_t b = 0; b < HS_BANDS; b++)
        if (isfinite(db[b]) && isfinite(coherence[b])) {
            all[b] = hs_power_from_db(db[b]);
            left[b] = (1 - coherence[b]) * all[b];
        }
    find_span(all, music);
    find_span(left, span);
    const bool treble =
        span[0] >= music[0] + TWO_OCTAVES && hs_band_hz(span[0]) >= lowest_treble_hz;
    const bool bass = span[1] + OCTAVE <= music[1] && hs_band_hz(span[1]) <= highest_bass_hz;
    if (!treble && !bass)
        return;
    hs_buf_puts(out, treble ? ", most of it above " : ", most of it below ");
    put_hz(out, hs_band_hz(span[!treble]) * pow(10, treble ? -0.05 : 0.05));
}
