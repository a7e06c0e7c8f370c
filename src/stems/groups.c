/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Only stems whose gains others leave undetermined are asked. Each is explained from all others,
 * cell by cell, by least squares over the song. If nothing is left and every other one has the same
 * positive gain in all cells, it is their sum. One of its parts is explained as well, but with the
 * other parts taken away from the sum: their gains are negative.
 */
#include "stems/groups.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdint.h>

enum { CELLS = HS_STEM_CELLS };
/* From there on two stems are all but alike, as in stems/reading.h; of a group its parts together.
 */
static const double undetermined = 50;
/* What may be left of a sum, and how much of the power of its parts may have another gain. */
static const double little = 0.005, other_gains = 0.03;
/* A part is at least this share of the sum. */
static const double least_part = 0.003;

/* Products of all stems in a cell over the song, lower half. */
static void products_of_song(const struct hs_stem_fitting *f, size_t cell, double complex *out)
{
    const struct hs_stem_side_fit *s = &f->side[0];
    size_t at = 0;
    for (size_t i = 0; i < f->n_stems; i++)
        for (size_t j = 0; j <= i; j++, at++) {
            out[at] = 0;
            for (size_t w = 0; w < f->n_windows; w++)
                out[at] += hs_stem_product(&s->sums[w], f->n_stems, cell, i, j);
        }
}

static double complex product(const double complex *of, size_t i, size_t j)
{
    return i >= j ? of[i * (i + 1) / 2 + j] : conj(of[j * (j + 1) / 2 + i]);
}

/* What explains a stem, over all cells. */
struct sum {
    double all, left;                   /* power of the stem, and what is left of it */
    double complex gain[HS_STEMS_MOST]; /* of each other one, times its power with it */
    double power[HS_STEMS_MOST];
};

/* Adds one cell, of whose products `of` are. */
static void add_cell(const double complex *of, size_t k, size_t stem, struct hs_solver *solver,
                     double complex *room, struct sum *out)
{
    size_t other[HS_STEMS_MOST], n = 0, at = 0;
    double none[HS_STEMS_MOST] = {0};
    double complex r[HS_STEMS_MOST], g[HS_STEMS_MOST];
    const double own = creal(product(of, stem, stem));
    double left = own;
    for (size_t i = 0; i < k; i++)
        if (i != stem)
            other[n++] = i;
    for (size_t i = 0; i < n; i++) {
        r[i] = product(of, other[i], stem);
        for (size_t j = 0; j <= i; j++)
            room[at++] = product(of, other[i], other[j]);
    }
    hs_solver_run(solver, room, r, none, none, n, g, NULL);
    for (size_t i = 0; i < n; i++) {
        const double size = cabs(g[i]), power = creal(product(of, other[i], other[i]));
        left -= creal(conj(g[i]) * r[i]);
        out->gain[other[i]] += g[i] * size * power;
        out->power[other[i]] += size * size * power;
    }
    out->all += own;
    out->left += fmax(left, 0);
}

static bool is_part(const struct sum *x, size_t i)
{
    return x->power[i] > least_part * x->all;
}

static bool is_sum(const struct sum *x, size_t k)
{
    double same = 0, all = 0;
    size_t parts = 0;
    for (size_t i = 0; i < k; i++) {
        same += fmax(creal(x->gain[i]), 0);
        all += x->power[i];
        parts += is_part(x, i);
    }
    return parts >= 2 && x->left <= little * x->all && same >= (1 - other_gains) * all;
}

size_t hs_stem_group(const struct hs_stem_fitting *f, bool *part)
{
    const size_t k = f->n_stems;
    size_t found = SIZE_MAX, asked = 0;
    for (size_t i = 0; i < k; i++)
        asked += f->side[0].inflation[i] >= undetermined;
    if (asked < 3) /* a sum and two parts */
        return found;
    struct hs_solver solver;
    double complex *of = HS_NEW_ARRAY(double complex, hs_stem_pairs(k));
    double complex *room = HS_NEW_ARRAY(double complex, hs_stem_pairs(k));
    struct sum *sum = HS_NEW_ARRAY(struct sum, k);
    hs_solver_init(&solver);
    for (size_t c = 0; c < CELLS; c++) {
        products_of_song(f, c, of);
        for (size_t i = 0; i < k; i++)
            if (f->side[0].inflation[i] >= undetermined)
                add_cell(of, k, i, &solver, room, &sum[i]);
    }
    for (size_t i = 0; i < k && found == SIZE_MAX; i++)
        if (f->side[0].inflation[i] >= undetermined && is_sum(&sum[i], k))
            found = i;
    for (size_t i = 0; i < k && found != SIZE_MAX; i++)
        part[i] = is_part(&sum[found], i);
    hs_solver_free(&solver);
    hs_free(sum);
    hs_free(room);
    hs_free(of);
    return found;
}
