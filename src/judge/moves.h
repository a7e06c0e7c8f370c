/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering moved, judged as a move: held against what mastering usually moves, not
 * against songs. A pair tells a move to a few tenths of a decibel, so its size is measured; where
 * it took the master says whether it cost something or repaired it.
 */
#ifndef HS_JUDGE_MOVES_H
#define HS_JUDGE_MOVES_H

#include "judge/reference_model.h"

/* What moves are held against, in words. */
extern const char *const hs_moves_target;

/* Writes how far mastering usually moves what the model judges; nothing where no figure is known.
 */
void hs_moves_usual(const struct hs_reference_model *y, struct hs_judged_rule *out,
                    struct hs_arena *arena);

/* The severity of a change (judge/change.h) that left the master no nearer to the centre of
 * `s`; NO_FAULT where it is usual, or took the master nearer by a step: then `out->towards`, and
 * `*repaired` is the severity of the fault that it mended, if it is unusual. */
enum hs_severity hs_moves_judge(const struct hs_reference_model *y, const struct hs_scale *s,
                                double change, const struct hs_reading *master,
                                struct hs_moved *out, enum hs_severity *repaired);

/* The severity of a change by its size alone, wherever it led. */
enum hs_severity hs_moves_size(const struct hs_reference_model *y, const struct hs_scale *s,
                               double change);
/* Whether a change left the master nearer to the centre of `s` than the mix, by however little. */
bool hs_moves_nearer(const struct hs_scale *s, double change, const struct hs_reading *master);

/* A change in spreads of moves, positive towards the fault, for habits; NaN: not known. Of a change
 * that mended a mix at fault only what it did beyond counts; of a rule with two sides only what led
 * away from the centre. */
double hs_moves_stand(const struct hs_reference_model *y, const struct hs_scale *s, double change,
                      const struct hs_reading *master);
/* Whether the mix had a fault that moves in the rule's direction mend: what mastering did there
 * says nothing of what it does elsewhere. Of a rule with two sides: whether the mix was at fault.
 */
bool hs_moves_called_for(const struct hs_reference_model *y, const struct hs_scale *s,
                         double change, const struct hs_reading *master);
/* The severity of so many spreads of moves: audible steps may put it further out than spreads do;
 * by spreads alone where the rule (NULL: not known) has no moves. */
enum hs_severity hs_moves_severity(const struct hs_rule *rule, double z);
/* How often a harmless mastering reaches a severity: what lies beyond in a normal distribution. */
double hs_moves_rate(const struct hs_rule *rule, enum hs_severity severity);

#endif
