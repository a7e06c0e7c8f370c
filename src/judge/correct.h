/* SPDX-License-Identifier: Apache-2.0 */
/* Corrections as numbers: from the value to the edge of the expected range. */
#ifndef HS_JUDGE_CORRECT_H
#define HS_JUDGE_CORRECT_H

#include "judge/rule.h"

/* Fills f->correction from the finding's value, range and origin: to the edge of the
 * expected range, never past the centre, capped; in the mix where the fault is in it and
 * the mix can be recalled, predicted through the same mastering. */
void hs_correct(const struct hs_rule *rule, const struct hs_case *c, struct hs_finding *f);

/* The correction of a mix that is not made anew, on its master instead: a filter or a gain with a
 * number, in words that say so. All others stay as they are. */
void hs_correct_on_master(const struct hs_rule *rule, struct hs_finding *f, struct hs_arena *arena);

/* A filter or gain of the rule's row is to change the value by so much more, as far as its cap
 * allows: other moves of the plan work against it. False where it stays as it is. */
bool hs_correct_further(const struct hs_rule *rule, struct hs_finding *f, double change,
                        struct hs_arena *arena);

/* The change of the value that brings it to the nearer edge of the expected range, a
 * little (a tenth of a step) inside; 0 where it is inside already. Of a move: what is left of
 * it is usual then. */
double hs_correct_wanted(const struct hs_finding *f);
/* As much of it as the cap of the rule allows at that place. */
double hs_correct_allowed(const struct hs_rule *rule, const struct hs_finding *f);
/* The mix where the fault is in it and it can be recalled, else the master. */
enum hs_place hs_correct_where(const struct hs_case *c, const struct hs_finding *f);
/* A move without a number. */
void hs_correct_words(const struct hs_case *c, const struct hs_finding *f,
                      struct hs_correction *out, const struct hs_move *move, const char *words);
/* A master that must be made from the original, whatever is wrong with this copy. A row's
 * `correct`. */
void hs_correct_another_copy(const struct hs_rule *rule, const struct hs_case *c,
                             const struct hs_finding *f, struct hs_correction *out);

#endif
