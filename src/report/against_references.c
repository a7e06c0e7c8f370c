/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules whose songs lie an audible step or more from the expected centre, on the side of the fault,
 * in the middle of the catalogue. First those of which that is shown (the whole interval lies on
 * that side), then by how many steps.
 */
#include "report/against_references.h"

#include "report/pieces.h"
#include "report/words.h"

#include <math.h>

enum { NAMED = 3 };

struct shifted {
    const struct hs_recurrence *r;
    int side; /* of the fault */
    bool shown;
    double steps;
};

/* Whether enough songs were judged to say where their middle lies. */
static bool is_known(const struct hs_rule_count *r)
{
    const struct hs_rule *rule = r->rule;
    return r->recurrence && rule && rule->side && rule->jnd > 0 && !rule->built_in_only &&
           isfinite(r->recurrence->shift_interval.low);
}

/* False where the middle lies in range by less than a step, or on the other side. */
static bool is_shifted(const struct hs_rule_count *r, struct shifted *out)
{
    const struct hs_recurrence *x = r->recurrence;
    const struct hs_rule *rule = r->rule;
    double nearest = rule->side > 0 ? x->shift_interval.low : -x->shift_interval.high;
    *out = (struct shifted){x, rule->side, nearest > 0 && x->releases_judged > 1,
                            rule->side * x->shift / rule->jnd};
    return out->steps >= 1;
}

static bool before(const struct shifted *x, const struct shifted *y)
{
    return x->shown != y->shown ? x->shown : x->steps > y->steps;
}

/* With the interval, unless it was judged on one record: that says nothing of others. */
static void put_shifted(struct hs_html *h, const struct shifted *x, bool all_of_one)
{
    const char *unit = x->r->unit ? x->r->unit : "";
    hs_html_text(h, hs_rule_title(x->r->rule));
    hs_html_literal(h, " by ");
    hs_html_quantity(h, fabs(x->r->shift), 1, unit);
    if (x->r->releases_judged == 1) {
        hs_html_text(h, all_of_one ? "" : " on one record");
        return;
    }
    /* towards the fault, as the amount before it */
    const struct hs_interval i = x->r->shift_interval;
    const bool up = x->side > 0;
    hs_html_literal(h, " on the median (");
    hs_html_signed(h, up ? i.low : -i.high, 1);
    hs_html_literal(h, " to ");
    hs_html_signed(h, up ? i.high : -i.low, 1);
    hs_html_text(h, x->shown ? ")" : ": not shown)");
}

/* Those that could be measured. */
static size_t references_read(const struct hs_audit *audit)
{
    size_t n = 0;
    for (size_t i = 0; audit->references && i < audit->job->n_references; i++)
        n += audit->references[i].state == HS_FILE_OK;
    return n;
}

bool hs_html_against_references(const struct hs_pages *p, struct hs_html *h)
{
    struct shifted top[NAMED], x;
    size_t n = 0, known = 0, read = references_read(p->audit);
    if (!read || !p->n_judged)
        return false;
    for (size_t i = 0; i < p->n_rules; i++) {
        if (!is_known(&p->rules[i]))
            continue;
        known++;
        if (!is_shifted(&p->rules[i], &x))
            continue;
        size_t at = n < NAMED ? n++ : NAMED;
        for (; at > 0 && before(&x, &top[at - 1]); at--)
            if (at < NAMED)
                top[at] = top[at - 1];
        if (at < NAMED)
            top[at] = x;
    }
    hs_html_text(h, read == 1 ? "Against your reference: " : "Against your references: ");
    if (!known) {
        hs_html_literal(h, "too few masters to say how they lie. ");
        return true;
    }
    bool all_of_one = n > 0;
    for (size_t i = 0; i < n; i++)
        all_of_one = all_of_one && top[i].r->releases_judged == 1;
    for (size_t i = 0; i < n; i++) {
        hs_html_text(h, i ? ", " : "");
        put_shifted(h, &top[i], all_of_one);
    }
    if (all_of_one)
        hs_html_literal(h,
                        " on the median of this record; others would tell whether it is a habit");
    hs_html_text(h, n ? ". " : "nothing lies an audible step off on the median. ");
    return true;
}
