/* SPDX-License-Identifier: Apache-2.0 */
/* Delays that are held against each other, by how like the file stems are at each. */
#ifndef HS_STEMS_VOTE_H
#define HS_STEMS_VOTE_H

#include "model/audit.h"
#include "stems/field.h"

#include <stdbool.h>

enum { HS_STEM_CANDIDATES = 6 };
struct hs_stem_candidates {
    double delay_s[HS_STEM_CANDIDATES];
    double sum[HS_STEM_CANDIDATES]; /* how like the file stems are there, against where most */
    size_t n;
};

/* Delays of one export differ by less. */
extern const double hs_stem_one_export_s;

bool hs_stem_is_known(const double *known, size_t n, double delay_s, double within_s);
/* Nothing where it is NaN or known, or there are enough. */
void hs_stem_candidates_add(struct hs_stem_candidates *c, double delay_s);
/* Adds how like the file the stem is at each of these delays, one for each candidate. */
enum hs_status hs_stem_candidates_ask(struct hs_stem_candidates *c, struct hs_stem_field *field,
                                      const struct hs_file *stem, const double *delay_s,
                                      struct hs_error *err);
/* The one that got most. */
double hs_stem_candidates_best(const struct hs_stem_candidates *c);
/* By how many votes it leads; of one alone all it got. */
double hs_stem_candidates_lead(const struct hs_stem_candidates *c);

#endif
