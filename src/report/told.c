/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as a sentence. Three kinds: a move of mastering that is larger than usual; the sentence
 * of evidence that judge/ made; value and expected range, where judge/ has nothing more to say. The
 * long form (hs_html_told) stands on the card of a finding, the short form (hs_html_reason) in
 * lists. */
#include "report/told.h"

#include "report/pieces.h"
#include "report/turned.h"
#include "report/words.h"

#include <math.h>

/* Whether the sentence of judge/ says more than value and range do. */
static bool says_more(const struct hs_finding *f)
{
    return f->evidence && !f->plain;
}

/* Which end of the expected range the value is beyond. */
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
        hs_html_text(h, f->origin == HS_ORIGIN_CURED ? "in range" : "in range, near its end");
    }
}

/* "mastering moved it by +6.2 dB; up to 2.0 dB is usual". */
static void put_moved(struct hs_html *h, const struct hs_finding *f)
{
    const struct hs_moved *m = f->moved;
    const char *unit = f->unit && *f->unit ? f->unit : "dB";
    hs_html_text(h, "mastering");
    if (m->sign < 0) { /* what a device takes, not what became of the value */
        hs_html_literal(h, " took ");
        hs_html_quantity(h, m->change, 1, unit);
        hs_html_literal(h, " off the loudest passages");
    } else {
        hs_html_literal(h, " moved it by ");
        hs_html_signed(h, m->change, 1);
        hs_html_literal(h, "\xe2\x80\xaf");
        hs_html_text(h, unit);
    }
    hs_html_literal(h, "; up to ");
    hs_html_quantity(h, fabs(m->usual[m->change > 0]), 1, unit);
    hs_html_literal(h, " is usual.");
}

/* What the master reads by itself, which is another figure: a move is weighed by what sounds in its
 * zone, or read from a device. */
static void put_value_too(struct hs_html *h, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    bool out = f->value < f->expected[0] || f->value > f->expected[1];
    hs_html_literal(h, " The value: ");
    hs_html_quantity(h, f->value, digits, f->unit);
    hs_html_literal(h, " in the master");
    if (isfinite(f->mix_value)) {
        hs_html_literal(h, ", ");
        hs_html_quantity(h, f->mix_value, digits, f->unit);
        hs_html_literal(h, " in the mix");
    }
    hs_html_literal(h, "; ");
    if (out)
        hs_html_beyond(h, f);
    else
        hs_html_literal(h, "by itself the master is in range, and beside its mix it shows");
    hs_html_text(h, f->moved->in_range ? ". The move took the master nearer to the middle; the mix "
                                         "was in range as well."
                    : f->moved->towards ? ". The move took the master nearer to what is expected: "
                                          "a repair."
                                        : ".");
}

/* The short form: title and the one fact that decides. */
void hs_html_reason(struct hs_html *h, const struct hs_finding *given)
{
    struct hs_turned room;
    const struct hs_finding *f = hs_finding_turned(given, &room);
    char title[96];
    hs_html_text(h, hs_finding_capital(f, title));
    if (f->direction)
        hs_html_textf(h, " (%s)", f->direction);
    if (f->moved) {
        hs_html_literal(h, ": ");
        put_moved(h, f);
        return;
    }
    if (says_more(f)) { /* a sentence of its own */
        hs_html_literal(h, ". ");
        hs_html_prose(h, f->evidence);
        return;
    }
    hs_html_literal(h, ": ");
    hs_html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
    hs_html_literal(h, ", ");
    hs_html_beyond(h, f);
    if (f->origin != HS_ORIGIN_CANNOT_SAY) {
        hs_html_literal(h, "; ");
        hs_html_text(h, hs_finding_origin(f));
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
        /* the comparison of both files may tell what two readings do not */
        hs_html_text(h, f->origin == HS_ORIGIN_MIX || f->origin == HS_ORIGIN_CANNOT_SAY
                            ? "; mastering left it where it was"
                            : "; the master reads alike, the comparison of both tells the move");
    }
    hs_html_literal(h, ".");
}

/* The long form: value, range, what the mix has, what pushed it over. */
void hs_html_told(struct hs_html *h, const struct hs_finding *given)
{
    struct hs_turned room;
    const struct hs_finding *f = hs_finding_turned(given, &room);
    if (f->moved) {
        hs_html_literal(h, "The move: ");
        put_moved(h, f);
        put_value_too(h, f);
        return;
    }
    /* the rule's own sentence, where it says more than the number */
    if (says_more(f)) {
        hs_html_prose(h, f->evidence);
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
