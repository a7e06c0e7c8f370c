/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates of several engineers drawn to each other as far as they are uncertain. Pure. */
#ifndef HS_CATALOGUE_POOL_H
#define HS_CATALOGUE_POOL_H

#include <stddef.h>

/* Partial pooling (DerSimonian and Laird 1986): value and se are replaced by the pooled ones. The
 * variance between engineers is drawn to half of what one of them varies, by two pseudo-engineers:
 * few tell little of it. Returns it. */
double hs_pool(double *value, double *se, size_t n);

#endif
