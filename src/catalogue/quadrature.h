/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Averages over a normal distribution by Gauss and Hermite: the mean of f(z), z of mean 0 and
 * spread 1, is the sum of w f(x). Constant tables; the weights sum to 1.
 */
#ifndef HS_CATALOGUE_QUADRATURE_H
#define HS_CATALOGUE_QUADRATURE_H

struct hs_quadrature_node {
    double x, w;
};

enum { HS_NODES = 15, HS_FEW_NODES = 7 };

extern const struct hs_quadrature_node hs_nodes[HS_NODES];
extern const struct hs_quadrature_node hs_few_nodes[HS_FEW_NODES];

#endif
