/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per third octave: the built-in centre and spread, blended with the references by sample size
 * (judge/shrinkage.h). The percussiveness of each file is taken off its bands first and added to
 * the centre again for the track that is shown. The range reaches to where `minor` begins.
 */
#include "judge/curve.h"

#include "core/alloc.h"
#include "core/num.h"
#include "judge/builtin.h"
#include "judge/scale.h"
#include "judge/shrinkage.h"

#include <math.h>

static double percussiveness_shift(const struct hs_values *v, size_t band)
{
    double p;
    if (!hs_values_read(v, "percussiveness", &p))
        return 0;
    return hs_builtin_bands[band].slope * (p - hs_builtin_percussiveness);
}

/* The expected spectrum as charts show it: each band a rule of its own, built-in songs and
 * references blended. */
void hs_curve_make(const struct hs_audit *audit, struct hs_arena *arena,
                   struct hs_expected_spectrum *out)
{
    size_t n_files = audit->job && audit->references ? audit->job->n_references : 0;
    const char *profile = audit->job && audit->job->profile ? audit->job->profile : "popular";
    double *x = HS_NEW_ARRAY(double, n_files + 1);
    size_t most = 0;
    double weight = 0;
    for (size_t band = 0; band < HS_BANDS; band++) {
        const struct hs_builtin_band *b = &hs_builtin_bands[band];
        struct hs_shrinkage blend = {.centre = b->centre,
                                     .spread = b->spread,
                                     .n = hs_builtin_tracks,
                                     .within = b->within,
                                     .edge_scale = 1,
                                     .tail_scale = 1};
        size_t n = 0;
        for (size_t i = 0; i < n_files; i++) {
            const struct hs_values *v = &audit->references[i].values;
            const double *bands = hs_values_doubles(v, "bands_db", HS_BANDS);
            if (audit->references[i].state == HS_FILE_OK && bands && isfinite(bands[band]))
                x[n++] = bands[band] - percussiveness_shift(v, band);
        }
        hs_shrinkage(&blend, x, n);
        out->centre[band] = blend.centre;
        out->reach[band] = hs_severity_z(HS_MINOR) * blend.spread;
        if (n >= most) {
            most = n;
            weight = blend.weight;
        }
    }
    hs_free(x);
    out->target = hs_shrinkage_target(profile, most, weight, NULL, arena);
}

void hs_curve_expected(const struct hs_expected_spectrum *spectrum, const struct hs_values *values,
                       struct hs_expected_curve *out)
{
    for (size_t band = 0; band < HS_BANDS; band++) {
        out->centre[band] = spectrum->centre[band] + percussiveness_shift(values, band);
        out->low[band] = out->centre[band] - spectrum->reach[band];
        out->high[band] = out->centre[band] + spectrum->reach[band];
    }
    out->target = spectrum->target;
}
