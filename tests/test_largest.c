/* SPDX-License-Identifier: Apache-2.0 */
/* The least of the k largest is what sorting says, with ties, in any order, and begun anew. */
#include "check.h"
#include "core/num.h"
#include "dsp/largest.h"

#include <stdlib.h>

enum { MOST = 300 };

static int downwards(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

int main(void)
{
    struct hs_rng rng = {11};
    struct hs_largest l;
    float x[MOST];
    hs_largest_init(&l, MOST);
    hs_largest_begin(&l, 3);
    CHECK(hs_largest_least(&l) == 0);
    for (size_t n = 1; n <= MOST; n += 13)
        for (size_t k = 1; k <= n; k += 7)
            for (int kind = 0; kind < 3; kind++) {
                for (size_t i = 0; i < n; i++)
                    x[i] = kind == 0   ? (float)hs_rng_uniform(&rng)
                           : kind == 1 ? (float)hs_rng_below(&rng, 5)
                                       : (float)i;
                hs_largest_begin(&l, k);
                for (size_t i = 0; i < n; i++)
                    hs_largest_add(&l, x[i]);
                qsort(x, n, sizeof *x, downwards);
                CHECK(l.n == k && hs_largest_least(&l) == x[k - 1]);
            }
    hs_largest_free(&l);
    return check_done();
}
