/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences on recurrence that several pages share: the interval of a share, the change point, the
 * trend over the years, and how far ear notes agree with the measure. */
#include "report/recurrence.h"

#include "report/html.h"
#include "report/words.h"

#include <math.h>

/* An interval whose high end rounds to 0 % is not shown: it would read as if the fault could not
 * occur. */
bool hs_could_be_known(const struct hs_interval *rate)
{
    const double shown_as_none = 0.005;
    return isfinite(rate->low) && isfinite(rate->high) && rate->high >= shown_as_none;
}

void hs_html_could_be(struct hs_html *h, const struct hs_interval *rate)
{
    if (hs_could_be_known(rate))
        hs_html_textf(h, "%.0f to %.0f\xe2\x80\xaf%%", 100 * rate->low, 100 * rate->high);
}

void hs_html_since_counts(struct hs_html *h, const struct hs_recurrence *x)
{
    const struct hs_since *s = &x->since;
    hs_html_textf(h, "%d of %d tracks %s, %d of %d %s", s->with, s->with_of,
                  s->began ? "from there on" : "until then", s->without, s->without_of,
                  s->began ? "before" : "after");
    if (!x->faulty)
        hs_html_text(h, " (a note, no fault)");
    else if (s->with + s->without > x->faulty + x->faulty_outside)
        hs_html_text(h, " (notes counted, too)");
}

void hs_html_what_changed(struct hs_html *h, const char *factor, const char *level, bool of_others,
                          bool began)
{
    hs_html_text(h, hs_factor_words(factor));
    hs_html_text(h, ": ");
    hs_html_text(h, level);
    hs_html_text(h, !of_others ? "" : began ? " (until then)" : " (from then on)");
}

/* The change point in words. Where the data allow more than one release, the earliest of them is
 * named as well. */
void hs_html_since(struct hs_html *h, const struct hs_audit *audit, const struct hs_recurrence *x)
{
    if (!x || !hs_since_shown(&x->since))
        return;
    const struct hs_release *r = audit->job->releases, *at = &r[x->since.at];
    const struct hs_release *from = &r[x->since.not_before];
    hs_html_literal(h, "<p class=\"since\"><strong>");
    hs_html_text(h, x->since.began ? "It began with " : "It ended with ");
    hs_html_text(h, at->title);
    hs_html_textf(h, " (%d)", at->year);
    hs_html_literal(h, "</strong>");
    if (from != at) {
        hs_html_literal(h, ", or with a release since ");
        hs_html_text(h, from->title);
        hs_html_textf(h, " (%d)", from->year);
    }
    hs_html_text(h, x->since.evidence == HS_BY_MOVES ? ", by mastering: " : ": ");
    hs_html_since_counts(h, x);
    hs_html_literal(h, ".");
    if (x->since.factor) {
        hs_html_text(h, " The same releases go with another change, ");
        hs_html_what_changed(h, x->since.factor, x->since.level, x->since.level_of_others,
                             x->since.began);
        hs_html_text(h, ". It may be due to that, and not to the years.");
    }
    hs_html_literal(h, "</p>");
}

void hs_html_release(struct hs_html *h, const struct hs_audit *audit, size_t release)
{
    const struct hs_release *r = &audit->job->releases[release];
    hs_html_text(h, r->title);
    if (r->year)
        hs_html_textf(h, " (%d)", r->year);
}

/* By year, of one year as the job has them; itself where none came before. */
static size_t release_before(const struct hs_audit *audit, size_t release)
{
    const struct hs_release *r = audit->job->releases;
    size_t best = release;
    for (size_t i = 0; i < audit->job->n_releases; i++) {
        bool is_before = r[i].year && (r[i].year < r[release].year ||
                                       (r[i].year == r[release].year && i < release));
        if (is_before && (best == release || r[i].year >= r[best].year))
            best = i;
    }
    return best;
}

/* A fault that ended was last on the release before the one that is free of it. */
size_t hs_since_release(const struct hs_audit *audit, const struct hs_since *s)
{
    return s->began ? s->at : release_before(audit, s->at);
}

bool hs_since_alone(const struct hs_recurrence *x)
{
    return hs_since_shown(&x->since) && x->verdict < HS_ON_ONE_RELEASE;
}

/* One cell of a table: the year of the change, else the direction of the trend with an arrow. */
void hs_html_trend_word(struct hs_html *h, const struct hs_audit *audit,
                        const struct hs_recurrence *x)
{
    if (x && hs_since_shown(&x->since) && audit->job->releases[x->since.at].year) {
        size_t at = hs_since_release(audit, &x->since);
        hs_html_textf(h, x->since.began ? "since %d" : "until %d", audit->job->releases[at].year);
        return;
    }
    if (!x || !x->trend.direction) {
        hs_html_literal(h, "<span class=\"quiet\">not shown</span>");
        return;
    }
    const char *sign = x->trend.direction == HS_WORSE    ? "\xe2\x86\x97 "
                       : x->trend.direction == HS_BETTER ? "\xe2\x86\x98 "
                                                         : "\xe2\x86\x92 ";
    hs_html_text(h, sign);
    hs_html_text(h, hs_direction_name(x->trend.direction));
}

/* ": it changed by -0.3 to +0.4 dB over 12 years", "... of the tracks"; how surely it is level. */
static void put_span(struct hs_html *h, const struct hs_trend *t, const char *unit)
{
    const struct hs_interval i = t->span_interval;
    const bool rate = !t->span_by_value;
    if (!(t->span_years > 0))
        return;
    if (rate && fabs(i.low) < .005 && fabs(i.high) < .005) {
        hs_html_textf(h, ": on as many of the tracks over %.0f years", t->span_years);
        return;
    }
    hs_html_literal(h, ": it changed by ");
    hs_html_signed(h, rate ? 100 * i.low : i.low, rate ? 0 : 1);
    hs_html_literal(h, " to ");
    hs_html_signed(h, rate ? 100 * i.high : i.high, rate ? 0 : 1);
    hs_html_textf(h, " %s over %.0f years", rate ? "% of the tracks" : unit, t->span_years);
}

/* Direction, how far chance could explain it, number of releases, slope per year but of what moved
 * at once, and that of other music. */
void hs_html_trend(struct hs_html *h, const struct hs_recurrence *x)
{
    const struct hs_trend *t = &x->trend;
    const char *unit = x->unit ? x->unit : "";
    hs_html_literal(h, "<p>Over the years: ");
    if (!t->direction) {
        hs_html_prose(h, t->why ? t->why : "cannot say");
        hs_html_literal(h, ".</p>");
        return;
    }
    hs_html_text(h, hs_direction_name(t->direction));
    if (t->basis == HS_BASIS_CHANGE)
        hs_html_literal(h, ", by the change from one release on");
    if (t->direction == HS_STEADY)
        put_span(h, t, unit);
    else if (t->p > 0 && t->p < 0.5)
        hs_html_textf(h, " (chance alone would do that %s)",
                      t->p < 0.001  ? "less than once in a thousand times"
                      : t->p < 0.01 ? "less than once in a hundred times"
                      : t->p < 0.05 ? "less than once in twenty times"
                                    : "now and then");
    hs_html_textf(h, ", over %d releases", t->n_releases);
    if (isfinite(t->slope_per_year) && t->basis != HS_BASIS_CHANGE) {
        hs_html_literal(h, "; the value moves ");
        hs_html_signed(h, t->slope_per_year, 2);
        hs_html_textf(h, "%s%s a year", *unit ? " " : "", unit);
    }
    /* what all records of these years did */
    if (isfinite(t->industry_slope_per_year)) {
        hs_html_literal(h, " (the industry: ");
        hs_html_signed(h, t->industry_slope_per_year, 2);
        hs_html_literal(h, ")");
    }
    hs_html_literal(h, ".</p>");
}

/* The engineer's ear against the machine, over the tracks that have a list. */
void hs_html_agreement(struct hs_html *h, const struct hs_agreement *a, const char *what)
{
    int n = a->both + a->ear_only + a->machine_only + a->neither;
    if (!n)
        return;
    hs_html_literal(h, "<p>Ear and measurement on the ");
    hs_html_textf(h,
                  "%s, over %d tracks with a list: both %d, ear alone %d, measured alone %d, "
                  "neither %d",
                  what, n, a->both, a->ear_only, a->machine_only, a->neither);
    /* Cohen's kappa: agreement beyond chance, in two steps at 0.2 and 0.6 */
    if (isfinite(a->kappa))
        hs_html_text(h, a->kappa >= 0.6   ? ": they agree, far beyond chance"
                        : a->kappa >= 0.2 ? ": they agree somewhat better than chance"
                                          : ": no better than chance");
    hs_html_literal(h, ".</p>");
}
