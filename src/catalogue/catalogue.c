/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/catalogue.h"

#include "core/alloc.h"
#include "judge/judge.h"

void hs_catalogue_analyse(struct hs_audit *audit)
{
    size_t n = hs_rule_count();
    struct hs_base_rate *rules = HS_NEW_ARRAY(struct hs_base_rate, n + 1);
    int *fired = HS_NEW_ARRAY(int, n + 1), *judged = HS_NEW_ARRAY(int, n + 1);
    hs_judge_references(audit, fired, judged);
    for (size_t i = 0; i < n; i++) {
        rules[i] = hs_base_rate_builtin(hs_rule_at(i)->id);
        rules[i].rule = hs_rule_at(i)->id;
        rules[i].fired += fired[i];
        rules[i].judged += judged[i];
    }
    hs_catalogue_analyse_with(audit, rules, n);
    hs_free(rules);
    hs_free(fired);
    hs_free(judged);
}
