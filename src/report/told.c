/* SPDX-License-Identifier: Apache-2.0 */
#include "report/told.h"

#include "report/pieces.h"
#include "report/words.h"

#include <math.h>

/* Whether the sentence of judge/ says more than value and range do. */
static bool says_more(const struct hs_finding *f)
{
    return f->evidence && !f->plain;
}

void hs_html_beyond(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    if (f->value > f->expected[1]) {
        hs_html_literal(h, "up to ");
        hs_html_quantity(h, f->expected[1], digits, f->unit);
        hs_html_literal(h, " is expected");
    } else if (f->value < f->expected[0]) {
        hs_html_quantity(h, f->expected[0], digits, f->unit);
        hs_html_literal(h, " or more is expected");
    } else {
        hs_html_literal(h, "which is in range");
    }
}

void hs_html_reason(struct hs_html *h, const struct hs_finding *f)
{
    char title[96];
    hs_html_text(h, hs_rule_capital(f->rule, title));
    if (f->direction)
        hs_html_textf(h, " (%s)", f->direction);
    hs_html_literal(h, ": ");
    if (says_more(f)) {
        hs_html_text(h, f->evidence);
        return;
    }
    hs_html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
    hs_html_literal(h, ", ");
    hs_html_beyond(h, f);
    if (f->origin != HS_ORIGIN_CANNOT_SAY) {
        hs_html_literal(h, "; ");
        hs_html_text(h, hs_origin_words(f->origin));
    }
    hs_html_literal(h, ".");
}

/* "-0.9 dB in the mix became 4.1 dB: mastering moved it by +5.0 dB (could be 0.3 off)." */
static void put_way(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    if (!isfinite(f->mix_value))
        return;
    hs_html_literal(h, " The mix lies at ");
    hs_html_quantity(h, f->mix_value, digits, f->unit);
    if (isfinite(f->change) && fabs(f->change) > (isfinite(f->uncertainty) ? f->uncertainty : 0)) {
        hs_html_literal(h, "; mastering moved it by ");
        hs_html_signed(h, f->change, digits);
        hs_html_text(h, f->unit && *f->unit ? "\xe2\x80\xaf" : "");
        hs_html_text(h, f->unit);
        if (isfinite(f->uncertainty)) {
            hs_html_literal(h, " (\xc2\xb1");
            hs_html_number(h, f->uncertainty, digits);
            hs_html_literal(h, ")");
        }
    } else if (isfinite(f->change)) {
        hs_html_literal(h, "; mastering left it where it was");
    }
    hs_html_literal(h, ".");
}

void hs_html_told(struct hs_html *h, const struct hs_finding *f)
{
    if (says_more(f)) {
        hs_html_text(h, f->evidence);
    } else {
        hs_html_literal(h, "The master lies at ");
        hs_html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
        hs_html_literal(h, "; ");
        hs_html_beyond(h, f);
        if (f->target) {
            hs_html_literal(h, " (");
            hs_html_text(h, f->target);
            hs_html_literal(h, ")");
        }
        hs_html_literal(h, ".");
    }
    put_way(h, f);
    if (f->exposed_by) {
        hs_html_literal(h, " Pushed over by ");
        hs_html_text(h, f->exposed_by);
        hs_html_literal(h, ".");
    }
    if (f->by_pair_only)
        hs_html_literal(h, " The master itself is in range; only beside its mix does it show.");
}
