/* SPDX-License-Identifier: Apache-2.0 */
#include "dsp/hybrid.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/slide.h"

#include <math.h>
#include <string.h>

/* The first half of the window of ISO/IEC 11172-3, table C.1, times 65536; the second mirrors it.
 */
static const int half_window[HS_HYBRID_TAPS / 2 + 1] = {
    0,      -1,     -1,     -1,     -1,     -1,     -1,     -2,     -2,     -2,     -2,     -3,
    -3,     -4,     -4,     -5,     -5,     -6,     -7,     -7,     -8,     -9,     -10,    -11,
    -13,    -14,    -16,    -17,    -19,    -21,    -24,    -26,    -29,    -31,    -35,    -38,
    -41,    -45,    -49,    -53,    -58,    -63,    -68,    -73,    -79,    -85,    -91,    -97,
    -104,   -111,   -117,   -125,   -132,   -139,   -147,   -154,   -161,   -169,   -176,   -183,
    -190,   -196,   -202,   -208,   213,    218,    222,    225,    227,    228,    228,    227,
    224,    221,    215,    208,    200,    189,    177,    163,    146,    127,    106,    83,
    57,     29,     -2,     -36,    -72,    -111,   -153,   -197,   -244,   -294,   -347,   -401,
    -459,   -519,   -581,   -645,   -711,   -779,   -848,   -919,   -991,   -1064,  -1137,  -1210,
    -1283,  -1356,  -1428,  -1498,  -1567,  -1634,  -1698,  -1759,  -1817,  -1870,  -1919,  -1962,
    -2001,  -2032,  -2057,  -2075,  -2085,  -2087,  -2080,  -2063,  2037,   2000,   1952,   1893,
    1822,   1739,   1644,   1535,   1414,   1280,   1131,   970,    794,    605,    402,    185,
    -45,    -288,   -545,   -814,   -1095,  -1388,  -1692,  -2006,  -2330,  -2663,  -3004,  -3351,
    -3705,  -4063,  -4425,  -4788,  -5153,  -5517,  -5879,  -6237,  -6589,  -6935,  -7271,  -7597,
    -7910,  -8209,  -8491,  -8755,  -8998,  -9219,  -9416,  -9585,  -9727,  -9838,  -9916,  -9959,
    -9966,  -9935,  -9863,  -9750,  -9592,  -9389,  -9139,  -8840,  -8492,  -8092,  -7640,  -7134,
    6574,   5959,   5288,   4561,   3776,   2935,   2037,   1082,   70,     -998,   -2122,  -3300,
    -4533,  -5818,  -7154,  -8540,  -9975,  -11455, -12980, -14548, -16155, -17799, -19478, -21189,
    -22929, -24694, -26482, -28289, -30112, -31947, -33791, -35640, -37489, -39336, -41176, -43006,
    -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778, -58333, -59838, -61289, -62684,
    -64019, -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835, -73415, -73908,
    -74313, -74630, -74856, -74992, 75038,
};

/* In the order of samples: the oldest first. */
static void make_window(float *w)
{
    for (int i = 0; i <= HS_HYBRID_TAPS / 2; i++) {
        float v = (float)half_window[i] / 65536;
        w[HS_HYBRID_TAPS - 1 - i] = v;
        if (i)
            w[i - 1] = i & 63 ? -v : v;
    }
}

/* The rows of the standard's matrix that are not mirrors of others, the highest first. */
static void make_matrix(struct hs_hybrid *h)
{
    for (size_t row = 16; row < 48; row++)
        for (size_t k = 0; k < h->n_bands; k++)
            h->matrix[(47 - row) * h->n_lanes + k] =
                (float)cos((double)(2 * (h->first + k) + 1) * ((double)row - 16) * HS_PI / 64);
}

/* Bands are not mixed with those that are not computed. */
static void make_butterflies(struct hs_hybrid *h)
{
    static const double c[8] = {-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037};
    for (size_t i = 0; i < 8; i++)
        for (size_t k = 0; k < h->n_lanes; k++) {
            double c_i = k + 1 < h->n_bands ? c[i] : 0;
            h->c_s[i * h->n_lanes + k] = (float)(1 / sqrt(1 + c_i * c_i));
            h->c_a[i * h->n_lanes + k] = (float)(c_i / sqrt(1 + c_i * c_i));
        }
}

/* Bins at multiples of half a period in 18 samples, with the phases of the MDCT and a quarter
 * turn that makes its sine window a difference of two of them. */
static void make_bins(struct hs_hybrid *h)
{
    for (size_t i = 0; i < h->bins.n; i++) {
        double w = HS_PI * (double)(i / h->n_lanes) / HS_HYBRID_STEP;
        double in = w * (1 - (0.5 + HS_HYBRID_STEP / 2)) - HS_PI / 4;
        h->bins.turn[0][i] = (float)cos(w);
        h->bins.turn[1][i] = (float)sin(w);
        h->bins.in[0][i] = (float)cos(in);
        h->bins.in[1][i] = (float)sin(in);
    }
}

/* Bands first to end of the 32; lanes are filled up to vectors. */
void hs_hybrid_init(struct hs_hybrid *h, size_t first, size_t end)
{
    size_t n_lanes = (end - first + 7) / 8 * 8;
    *h = (struct hs_hybrid){
        .first = first, .n_bands = end - first, .n_lanes = n_lanes, .kernels = hs_kernels_choose()};
    h->matrix = hs_aligned(HS_HYBRID_BANDS * n_lanes, sizeof(float));
    h->c_s = hs_aligned(8 * n_lanes, sizeof(float));
    h->c_a = hs_aligned(8 * n_lanes, sizeof(float));
    h->past = hs_aligned(HS_HYBRID_SLOTS * n_lanes, sizeof(float));
    hs_slide_init(&h->bins, (HS_HYBRID_STEP + 1) * n_lanes, n_lanes);
    make_window(h->window);
    make_matrix(h);
    make_butterflies(h);
    make_bins(h);
}

void hs_hybrid_free(struct hs_hybrid *h)
{
    if (!h)
        return;
    hs_slide_free(&h->bins);
    hs_free(h->matrix);
    hs_free(h->c_s);
    hs_free(h->c_a);
    hs_free(h->past);
    *h = (struct hs_hybrid){0};
}

/* As if silence had been before. */
void hs_hybrid_start(struct hs_hybrid *h)
{
    memset(h->past, 0, HS_HYBRID_SLOTS * h->n_lanes * sizeof(float));
    for (int i = 0; i < 2; i++)
        memset(h->bins.x[i], 0, h->bins.n * sizeof(float));
    h->n = 0;
}

/* Every other sample of every other band has its sign turned. */
void hs_hybrid_next(struct hs_hybrid *h, const float *newest)
{
    float now[HS_HYBRID_BANDS], change[HS_HYBRID_BANDS];
    float *past = h->past + h->n % HS_HYBRID_SLOTS * h->n_lanes;
    h->kernels->polyphase(newest - HS_HYBRID_TAPS + 1, h->window, h->matrix, h->n_lanes, now);
    for (size_t k = 0; k < h->n_lanes; k++) {
        change[k] = (h->first + k) & h->n & 1 ? past[k] - now[k] : now[k] - past[k];
        past[k] = now[k];
    }
    h->kernels->slide(&h->bins, change);
    h->n++;
}

/* Of a block that begins with an odd sample all odd bands have the other sign, which counts where
 * bands are mixed. */
void hs_hybrid_block(const struct hs_hybrid *h, float *rows)
{
    size_t n = HS_HYBRID_STEP * h->n_lanes;
    h->kernels->lapped_sine(h->bins.x[0], h->bins.x[1], h->n_lanes, 0.5f / 9, n, rows);
    rows[n] = 0;
    h->kernels->butterflies(h->c_s, h->c_a, h->n % 2 ? -1 : 1, h->n_lanes, rows);
}
