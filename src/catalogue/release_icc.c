/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One rule alone has too few tracks to tell. So the parts of the analysis of variance are added up
 * over all rules that have values, and the sum is drawn to the usual value with the weight of 40
 * rules of one release.
 */
#include "catalogue/release_icc.h"

#include "judge/rule.h"

#include <math.h>

static const double usual_rules = 40, of_files = .50, most = .50;

static bool of_the_file(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule && rule->dimension->of_the_file;
}

double hs_release_icc_of(const char *rule, double usual)
{
    return of_the_file(rule) ? of_files : usual;
}

/* How alike songs of one release are, from all rules, drawn towards the usual value where there are
 * few releases. */
double hs_release_icc(const struct hs_audit *audit, const struct hs_counted *counted)
{
    double numerator = 0, denominator = 0, rules = 0, releases = (double)audit->job->n_releases;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        const struct hs_correlation *h = &counted[i].hangs_together;
        if (of_the_file(audit->recurring[i].rule) || !(h->denominator > 0))
            continue;
        numerator += h->numerator;
        denominator += h->denominator;
        rules++;
    }
    if (!(rules > 0))
        return HS_ICC_USUAL;
    double prior = usual_rules / releases * denominator / rules;
    double icc = (numerator + HS_ICC_USUAL * prior) / (denominator + prior);
    return fmin(fmax(icc, 0), most);
}
