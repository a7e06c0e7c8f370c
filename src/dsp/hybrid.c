/* SPDX-License-Identifier: Apache-2.0 */
#include "dsp/hybrid.h"

#include "core/num.h"

#include <math.h>

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

static void make_window(float *w)
{
    for (int i = 0; i <= HS_HYBRID_TAPS / 2; i++) {
        float v = (float)half_window[i] / 65536;
        w[i] = v;
        if (i)
            w[HS_HYBRID_TAPS - i] = i & 63 ? -v : v;
    }
}

void hs_hybrid_init(struct hs_hybrid *h)
{
    static const double c[8] = {-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037};
    make_window(h->window);
    for (int i = 0; i < 2 * HS_HYBRID_BANDS; i++)
        for (int k = 0; k < HS_HYBRID_BANDS; k++)
            h->matrix[i][k] = (float)cos((2 * k + 1) * (i - 16) * HS_PI / 64);
    for (int i = 0; i < HS_HYBRID_SLOTS; i++)
        for (int k = 0; k < HS_HYBRID_STEP; k++)
            h->cosines[i][k] = (float)(sin(HS_PI / 36 * (i + 0.5)) *
                                       cos(HS_PI / 72 * (2 * i + 19) * (2 * k + 1)) / 9);
    for (int i = 0; i < 8; i++) {
        h->butterfly[i][0] = (float)(1 / sqrt(1 + c[i] * c[i]));
        h->butterfly[i][1] = (float)(c[i] / sqrt(1 + c[i] * c[i]));
    }
}

void hs_hybrid_slot(const struct hs_hybrid *h, const float *newest, float out[HS_HYBRID_BANDS])
{
    float y[2 * HS_HYBRID_BANDS] = {0}, sum[HS_HYBRID_BANDS] = {0};
    for (int j = 0; j < HS_HYBRID_TAPS; j += 2 * HS_HYBRID_BANDS)
        for (int i = 0; i < 2 * HS_HYBRID_BANDS; i++)
            y[i] += h->window[i + j] * newest[-(i + j)];
    for (int i = 0; i < 2 * HS_HYBRID_BANDS; i++)
        for (int k = 0; k < HS_HYBRID_BANDS; k++)
            sum[k] += h->matrix[i][k] * y[i];
    for (int k = 0; k < HS_HYBRID_BANDS; k++)
        out[k] = sum[k];
}

/* Every other sample of every other band has its sign turned. */
static void transform(const struct hs_hybrid *h, const float (*slots)[HS_HYBRID_BANDS], int band,
                      float *out)
{
    for (int q = 0; q < HS_HYBRID_STEP; q++)
        out[q] = 0;
    for (int t = 0; t < HS_HYBRID_SLOTS; t++) {
        float v = band & t & 1 ? -slots[t][band] : slots[t][band];
        for (int q = 0; q < HS_HYBRID_STEP; q++)
            out[q] += v * h->cosines[t][q];
    }
}

void hs_hybrid_block(const struct hs_hybrid *h, const float (*slots)[HS_HYBRID_BANDS], int first,
                     int end, float *out)
{
    for (int band = first; band < end; band++)
        transform(h, slots, band, out + (band - first) * HS_HYBRID_STEP);
    for (int band = first + 1; band < end; band++)
        for (int i = 0; i < 8; i++) {
            float *low = out + (band - first) * HS_HYBRID_STEP - 1 - i;
            float *high = out + (band - first) * HS_HYBRID_STEP + i;
            float c_s = h->butterfly[i][0], c_a = h->butterfly[i][1], a = *low, b = *high;
            *low = a * c_s + b * c_a;
            *high = b * c_s - a * c_a;
        }
}
