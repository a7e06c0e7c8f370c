/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/model_residual.h"

#include <math.h>

/* Multiband processors leave more than this of every other model and 0.85 to 7 dB less with a gain
 * per fine band (docs/pair-method.md); encoders up to 1 dB, but their bands follow nothing. */
static const double unexplained_db = -16.5, fine_drop_db = 0.8;

/* Auto-pans of 1.5 to 9 dB on eight songs (40 pairs) 0.82 to 0.98 of what is left. Flangers on a
 * song that stands on one side up to 0.25, one part 3 dB off up to 0.2 (54 pairs of nine songs),
 * multibands, compressors, encoders, choruses, phasers and de-essers up to 0.08. */
static const double least_pan_share = 0.6, least_pan_db = 1;

double hs_models_best_db(const struct hs_models *m)
{
    double best = 0;
    for (int i = 0; i < HS_N_MODELS; i++)
        if (i != HS_MODEL_BEHIND_GAIN)
            best = fmin(best, m->residual_db[i]);
    return best;
}

/* Of the models that stand behind the filter. */
static double best_behind_filter_db(const struct hs_models *m)
{
    double best = 0;
    for (int i = HS_MODEL_FILTER; i <= HS_MODEL_GAIN_CURVE; i++)
        best = fmin(best, m->residual_db[i]);
    return best;
}

double hs_models_by_band_db(const struct hs_models *m)
{
    return best_behind_filter_db(m) - m->fine_residual_db;
}

bool hs_models_bands_explain(const struct hs_models *m)
{
    const double *db = m->residual_db;
    if (hs_models_by_band_db(m) > HS_BY_BAND_DB)
        return true;
    return hs_models_best_db(m) > unexplained_db &&
           m->fine_residual_db < fmin(db[HS_MODEL_FILTER], db[HS_MODEL_GAIN]) - fine_drop_db;
}

bool hs_models_panned(const struct hs_models *m)
{
    return m->pan_share >= least_pan_share && m->pan_db >= least_pan_db;
}
