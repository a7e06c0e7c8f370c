/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/industry.h"

#include "judge/rule.h"

#include <stddef.h>

/* Album DR: 13 in 1985, 8-9 in 2012 and the least in 2008 (evaluations of the public DR
 * database); loudness and crest peak in 2007 and 2008 over 7200 tracks of 1967-2014
 * (Deruty and Pachet, ISMIR 2015); level steady until 1982 (Sound on Sound, 2011). */
static const struct {
    double year, db;
} knots[] = {{1982, 13.2}, {1985, 13}, {2008, 8}, {2012, 8.5}};

double hs_industry_dynamics_db(double year)
{
    size_t n = sizeof knots / sizeof *knots;
    if (year <= knots[0].year)
        return knots[0].db;
    for (size_t i = 1; i < n; i++)
        if (year <= knots[i].year)
            return knots[i - 1].db + (year - knots[i - 1].year) * (knots[i].db - knots[i - 1].db) /
                                         (knots[i].year - knots[i - 1].year);
    return knots[n - 1].db;
}

bool hs_industry_applies(const char *rule)
{
    const struct hs_rule *r = hs_rule_find(rule);
    return r && r->years != HS_YEARS_NONE;
}
