/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words for rules, severities, origins, actions and verdicts, and the sign that stands beside
 * every colour. All texts are literals, or are written into the caller's array. No function
 * fails; an unknown id is its own title.
 */
#ifndef HS_REPORT_WORDS_H
#define HS_REPORT_WORDS_H

#include "judge/finding_words.h"
#include "model/audit.h"
#include <stdbool.h>

const char *hs_rule_title(const char *id);
/* Of a whole rule as hs_finding_title of one finding: by the move, where the moves of mastering are
 * what speaks. */
const char *hs_recurrence_title(const struct hs_recurrence *r);
/* Of what began or ended with a release: "brightened by mastering", where that is what changed. */
const char *hs_since_title(const struct hs_recurrence *r);
const char *hs_finding_capital(const struct hs_finding *f, char out[96]);
/* The title with a capital, into `out`; "" for none. */
const char *hs_capital(const char *words, char *out, size_t size); /* of its first letter */
const char *hs_rule_capital(const char *id, char out[96]);
const char *hs_severity_sign(enum hs_severity s);
const char *hs_finding_origin(const struct hs_finding *f); /* the same, of this finding */
const char *hs_origin_words(enum hs_origin o);             /* "in the mix already" */
const char *hs_origin_short(enum hs_origin o);             /* "mix" "worse" "eased" ... */
bool hs_origin_in_mix(enum hs_origin o);
const char *hs_tick_sign(enum hs_answer tick);
const char *hs_action_words(enum hs_action action);
/* "re-master", or "listen first" where the ear has to decide before anything is done. */
const char *hs_row_words(const struct hs_shortlist_row *row);
const char *hs_recall_words(enum hs_recall recall);
const char *hs_verdict_words(enum hs_verdict verdict); /* "recurs" with its sign, "leans" ... */
/* "mixed by" of "mixed_by", ... */
const char *hs_factor_words(const char *factor);
/* Digits that a value in `unit` deserves. */
int hs_unit_digits(const char *unit);

#endif
