/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue as a whole: what recurs, by whom, since when, and the short list. Reads
 * the findings of all tracks; fills hs_audit.recurring, shortlist, release_rows.
 * Serial, seeded, deterministic.
 */
#ifndef HS_CATALOGUE_CATALOGUE_H
#define HS_CATALOGUE_CATALOGUE_H

#include "catalogue/base_rates.h"
#include "model/audit.h"

/* With all rules, their firing on the job's references and the built-in base rates. */
void hs_catalogue_analyse(struct hs_audit *audit);
/* The same with the rules and base rates given: pure, for tests and simulations. */
void hs_catalogue_analyse_with(struct hs_audit *audit, const struct hs_base_rate *rules,
                               size_t n_rules);

#endif
