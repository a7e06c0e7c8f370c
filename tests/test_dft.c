/* SPDX-License-Identifier: Apache-2.0 */
/* Complex transforms, of one part and of several, against the sum that defines them; the same bits
 * at each instruction level that is not the plain one. */
#include "check.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/dft.h"

#include <stdlib.h>

static double complex defined(const float complex *x, size_t n, size_t k, double turn)
{
    double complex sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double complex)x[i] * cexp(turn * 2 * HS_PI * I * (double)(i * k % n) / (double)n);
    return sum;
}

/* Some bins of all parts, both ways. */
static void against_sum(const struct hs_dft *d, const float complex *in, const float complex *out)
{
    for (size_t k = 0; k<d->n; k += d->n> 100 ? d->n / 37 : 1)
        CHECK(cabs((double complex)out[k] - defined(in, d->n, k, d->back ? 1 : -1)) <
              2e-6 * sqrt((double)d->n));
}

static void transform(size_t n, size_t parts)
{
    static const char *const levels[] = {"baseline", "v3", "scalar"};
    float complex *in = hs_aligned(n, sizeof *in), *as_given = hs_aligned(n, sizeof *in), *out[3];
    struct hs_rng rng = {n};
    for (size_t i = 0; i < n; i++)
        as_given[i] = in[i] =
            (float)(hs_rng_uniform(&rng) - 0.5) + (float)(hs_rng_uniform(&rng) - 0.4) * I;
    for (int back = 0; back < 2; back++) {
        for (int i = 0; i < 3; i++) {
            struct hs_dft d;
            out[i] = hs_aligned(n, sizeof *out[i]);
            setenv("HINDSIGHT_CPU", levels[i], 1);
            hs_dft_init(&d, n, back);
            CHECK(d.n_parts == parts);
            hs_dft_run(&d, in, out[i]);
            against_sum(&d, in, out[i]);
            hs_dft_free(&d);
        }
        CHECK(!memcmp(in, as_given, n * sizeof *in) && !memcmp(out[0], out[1], n * sizeof *in));
        for (int i = 0; i < 3; i++)
            hs_free(out[i]);
    }
    unsetenv("HINDSIGHT_CPU");
    hs_free(in);
    hs_free(as_given);
}

int main(void)
{
    transform(1, 1);
    transform(90, 1);
    transform(4096, 1);
    transform(9408, 1); /* 147 times 64 */
    transform(8192, 4);
    transform(16384, 4);
    transform(32768, 16);
    transform(131072, 16);
    transform(8191, 1);
    hs_dft_free(&(struct hs_dft){0});
    return check_done();
}
