/* SPDX-License-Identifier: Apache-2.0 */
/* What the pair of one track says of one rule: how far mix and master are off, in audible steps
 * towards the fault, and how sure that is. */
#ifndef HS_JUDGE_PAIR_SIDE_H
#define HS_JUDGE_PAIR_SIDE_H

#include "judge/origin.h"
#include "judge/reference_model.h"

struct hs_pair_side { /* the pair of one track on one rule, in steps towards the fault */
    struct hs_two_sides steps;
    double mix_value; /* as read; NaN without */
    double mix_z;     /* on the scale of the master; NaN for fixed thresholds or without */
    enum hs_severity mix_severity;
    double change; /* of the master over it, of what both share */
    /* What the pair tells of it less that, of rules of tone; of other rules that ask the pair
     * (balance, width, tails) where it tells less of an improvement than that; else 0. */
    double told_steps;
    double uncertainty; /* of the change, in the rule's unit */
};

/* `told`: what the pair tells of the change (judge/change.h). NaN and 0 where the mix is not
 * judged. */
struct hs_pair_side hs_pair_side_of(const struct hs_reference_model *y, const struct hs_scale *s,
                                    const struct hs_case *c, const struct hs_reading *master,
                                    const struct hs_reading *mix, double told);

/* Both sides for a limit at the severity `from`. */
struct hs_two_sides hs_pair_side_steps(const struct hs_scale *s, const struct hs_pair_side *p,
                                       enum hs_severity from);

/* Of a reading: that of the rule, but where something else was read instead. */
enum hs_tier hs_reading_tier(const struct hs_rule *rule, const struct hs_reading *r);
enum hs_severity hs_severity_least(enum hs_severity a, enum hs_severity b);

#endif
