/* SPDX-License-Identifier: Apache-2.0 */
/* The best set of kernels that this processor runs; HINDSIGHT_CPU names another, for tests. All
 * give the same bits but the scalar one. */
#include "dsp/kernels.h"

#include <stdlib.h>
#include <string.h>

extern const struct hs_kernels hs_kernels_scalar, hs_kernels_baseline;
#ifdef HS_KERNELS_V3
extern const struct hs_kernels hs_kernels_v3;
#endif

/* NULL where it is unknown or the processor cannot run it. */
static const struct hs_kernels *named(const char *name)
{
    if (!strcmp(name, "scalar"))
        return &hs_kernels_scalar;
    if (!strcmp(name, "baseline"))
        return &hs_kernels_baseline;
#ifdef HS_KERNELS_V3
    if (!strcmp(name, "v3") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
        __builtin_cpu_supports("bmi2"))
        return &hs_kernels_v3;
#endif
    return NULL;
}

const struct hs_kernels *hs_kernels_choose(void)
{
    const char *forced = getenv("HINDSIGHT_CPU");
    const struct hs_kernels *k = forced ? named(forced) : NULL;
    if (!k)
        k = named("v3");
    return k ? k : &hs_kernels_baseline;
}
