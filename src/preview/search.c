/* SPDX-License-Identifier: Apache-2.0 */
/* The gain that reaches a loudness, found on the envelope alone: a limiter on steps stands for the
 * one on samples. preview.c renders what is found here and corrects it. */
#include "preview/search.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/limiter.h"

#include <math.h>

static const double near_lu = 0.02;                  /* of the search; the chain's own is 0.05 */
static const double saturated_lu = 0.3, step_db = 3; /* what 3 dB must give at least */
enum { ROUNDS = 8 };

/* The peak of a step behind the compressor. */
static double peak_db_at(const struct hs_search *s, size_t i)
{
    double p = (double)s->envelope->peak[i];
    return hs_db_fast(p * p + 1e-12) - (double)s->compressor_db[i];
}

void hs_search_init(struct hs_search *s, const struct hs_envelope *e, const float *compressor_db,
                    double ceiling_dbtp)
{
    *s = (struct hs_search){e, compressor_db, ceiling_dbtp, -120};
    for (size_t i = 0; i < e->n; i++)
        s->peak_db = fmax(s->peak_db, peak_db_at(s, i));
}

double hs_search_clip_db(const struct hs_search *s, double gain_db, double most_clip_db)
{
    return fmax(0, fmin(most_clip_db, s->peak_db + gain_db - s->ceiling_dbtp));
}

/* The limiter on steps: what is needed, the least of a step and its neighbours, the release. */
static void limit(const struct hs_search *s, double gain_db, double most_clip_db, float *out_db)
{
    const struct hs_envelope *e = s->envelope;
    double top = s->peak_db + gain_db - hs_search_clip_db(s, gain_db, most_clip_db);
    double keep = exp(-e->step_s / hs_limiter_release_s), held = 0;
    size_t reach = (size_t)fmax(1, round(hs_limiter_reach_s / e->step_s));
    float *need = HS_NEW_ARRAY(float, e->n + 1);
    for (size_t i = 0; i < e->n; i++)
        need[i] = (float)fmin(0, s->ceiling_dbtp - fmin(peak_db_at(s, i) + gain_db, top));
    for (size_t i = 0; i < e->n; i++) {
        float least = 0;
        for (size_t k = i > reach ? i - reach : 0; k <= i + reach && k < e->n; k++)
            least = need[k] < least ? need[k] : least;
        double now = (double)least;
        held = now < held ? now : now + (held - now) * keep;
        out_db[i] = (float)(held + gain_db) - s->compressor_db[i];
    }
    hs_free(need);
}

/* Compressor, gain, clip and limiter as one gain for each step. */
double hs_search_loudness(const struct hs_search *s, double gain_db, double most_clip_db)
{
    float *gain = HS_NEW_ARRAY(float, s->envelope->n + 1);
    limit(s, gain_db, most_clip_db, gain);
    double lufs = hs_envelope_loudness(s->envelope, gain);
    hs_free(gain);
    return lufs;
}

/* Secant steps of at most 6 dB. Where 3 dB more gain give less than 0.3 LU, the limiter takes back
 * what is added: the target is out of reach (saturated). */
struct hs_searched hs_search_gain(const struct hs_search *s, double target_lufs,
                                  double most_clip_db, double first_db)
{
    struct hs_searched now = {first_db, hs_search_loudness(s, first_db, most_clip_db),
                              HS_PREVIEW_NOT_CONVERGED};
    double slope = 1;
    for (int round = 0; round < ROUNDS; round++) {
        double missing = target_lufs - now.lufs;
        if (fabs(missing) <= near_lu) {
            now.reach = HS_PREVIEW_REACHED;
            break;
        }
        double step = fmax(-2 * step_db, fmin(2 * step_db, missing / slope));
        double lufs = hs_search_loudness(s, now.gain_db + step, most_clip_db);
        double gave = lufs - now.lufs;
        bool saturated = step > 0 && gave < saturated_lu * step / step_db;
        slope = fmax(0.05, fmin(1, gave / step));
        now.gain_db += step;
        now.lufs = lufs;
        if (saturated && lufs < target_lufs - near_lu) {
            now.reach = HS_PREVIEW_SATURATED;
            break;
        }
    }
    return now;
}
