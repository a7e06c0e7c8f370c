/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Pieces of 46 ms of the mix at filter and gain, u, and of what is left of the master, e.
 * 2. Of each the number d of least squares for which left of e is d times left of u, and right is
 *    -d times right of u: left is then at 1 + d, right at 1 - d.
 * 3. What these numbers remove of e, as a share of it, and how far left moves against right: of the
 *    pieces that sound, 5 to 95 %.
 */
#include "pair/pan_gains.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/gain.h"

#include <math.h>

enum { PIECE = 2048, FEWEST = 100 };
/* A piece sounds where it has a thirtieth of the mean power. A gain is never below nought. */
static const double sounds = 0.03, most = 0.9;

/* Sums over a piece: powers of u and e, and their product, that of right with another sign. */
struct sums {
    double uu, ee, ue;
};

static struct sums sum_of(const float *const x[2], const float *const y[2], const float *gain,
                          size_t from)
{
    struct sums s = {0};
    for (int c = 0; c < 2; c++)
        for (size_t i = from; i < from + PIECE; i++) {
            const float u = x[c][i] * (gain ? gain[i / HS_GAIN_KNOT] : 1), e = y[c][i] - u;
            s.uu += (double)(u * u);
            s.ee += (double)(e * e);
            s.ue += (double)(c ? -u * e : u * e);
        }
    return s;
}

static double range_of(const struct sums *piece, size_t n, double mean)
{
    double *db = HS_NEW_ARRAY(double, n), range = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (piece[i].uu >= sounds * mean) {
            const double d = fmin(fmax(piece[i].ue / piece[i].uu, -most), most);
            db[kept++] = hs_db_from_amplitude((1 + d) / (1 - d));
        }
    if (kept >= FEWEST) {
        hs_sort(db, kept);
        range = hs_quantile_sorted(db, kept, 0.95) - hs_quantile_sorted(db, kept, 0.05);
    }
    hs_free(db);
    return range;
}

void hs_pan_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                  const float *gain, struct hs_models *out)
{
    struct sums *piece = HS_NEW_ARRAY(struct sums, s->n / PIECE + 1);
    double uu = 1e-20, ee = 1e-20, removed = 0;
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t at = s->item[i].at; at + PIECE <= s->item[i].at + s->item[i].n; at += PIECE) {
            const struct sums p = sum_of(x1, y, gain, at);
            uu += p.uu;
            ee += p.ee;
            removed += p.ue * p.ue / (p.uu + 1e-20);
            piece[n++] = p;
        }
    out->pan_share = removed / ee;
    out->pan_db = n ? range_of(piece, n, uu / (double)n) : 0;
    hs_free(piece);
}
