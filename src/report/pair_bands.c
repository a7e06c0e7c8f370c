/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_bands.h"

#include "pair/band_frames.h"
#include "report/sentence.h"

#include <math.h>

void hs_pair_by_band_words(const struct hs_values *v, struct hs_buf *out)
{
    const double *db = hs_values_doubles(v, "reduction_bands_db", HS_MODEL_BANDS);
    double lower = 0, all_db;
    hs_values_read(v, "gain_reduction_lower_bound", &lower);
    struct hs_sentence s = {out, lower != 0 ? "By band, at least: " : "By band: ", 0};
    for (int b = 0; db && b < HS_MODEL_BANDS; b++) {
        if (!isfinite(db[b]))
            continue;
        hs_sentence_part(&s);
        hs_sentence_number(out, hs_band_gain_edges_hz[b], 0, "to ");
        hs_sentence_number(out, hs_band_gain_edges_hz[b + 1], 0, "Hz ");
        hs_sentence_number(out, db[b], 1, "dB");
    }
    if (s.n && hs_values_read(v, "gain_reduction_db.p95", &all_db)) {
        hs_buf_puts(out, "; all together ");
        hs_sentence_number(out, all_db, 1, "dB");
    }
    hs_sentence_end(&s);
}
