/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far previews came true: every aligned pair of the job was mastered in house at the loudness
 * of its master, and what that predicted is held against the master, leaving its release out of
 * all that is learnt from the others. Pure but for the audit's arena.
 */
#ifndef HS_CATALOGUE_BACKTEST_H
#define HS_CATALOGUE_BACKTEST_H

#include "model/audit.h"

enum { HS_ENOUGH_TO_FORESEE = 10 }; /* pairs from which on a prediction may be a sentence */

/* Sets audit->backtest where previews were made; they must have been judged. */
void hs_backtest_make(struct hs_audit *audit);
/* The row of a rule, or NULL. */
const struct hs_backtest_row *hs_backtest_row_of(const struct hs_backtest *b, const char *rule);

#endif
