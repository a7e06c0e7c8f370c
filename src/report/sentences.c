/* SPDX-License-Identifier: Apache-2.0 */
/* The three sentences that matter: what recurs, what mastering did, what to do about it;
 * and what could not be judged. */
#include "report/sentences.h"

#include "core/alloc.h"
#include "core/num.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* How far beyond the nearest edge of the expected range; NaN inside or unknown. */
static double excess(const struct hs_finding *f)
{
    if (f->value > f->expected[1])
        return f->value - f->expected[1];
    if (f->value < f->expected[0])
        return f->expected[0] - f->value;
    return NAN;
}

static size_t excesses(const struct hs_pages *p, const char *rule, double *out, const char **unit)
{
    size_t n = 0;
    for (size_t t = 0; t < p->audit->job->n_tracks; t++) {
        const struct hs_finding *f = hs_track_finding(&p->audit->tracks[t], rule);
        if (!f || !hs_finding_counts(f) || !isfinite(excess(f)))
            continue;
        out[n++] = excess(f);
        *unit = f->unit;
    }
    hs_sort(out, n);
    return n;
}

static void put_excess(struct hs_pages *p, struct hs_html *h, const char *rule)
{
    double *x = HS_NEW_ARRAY(double, p->audit->job->n_tracks + 1);
    const char *unit = "";
    size_t n = excesses(p, rule, x, &unit);
    int digits = hs_unit_digits(unit);
    if (n) {
        double low = hs_quantile_sorted(x, n, 0.25), high = hs_quantile_sorted(x, n, 0.75);
        char a[HS_NUM_TEXT], b[HS_NUM_TEXT];
        hs_num_fixed(a, low, digits);
        hs_num_fixed(b, high, digits);
        hs_html_literal(h, ", typically ");
        if (strcmp(a, b)) {
            hs_html_text(h, a);
            hs_html_literal(h, "\xe2\x80\x93");
        }
        hs_html_quantity(h, high, digits, unit);
        hs_html_literal(h, " beyond the expected range");
    }
    hs_free(x);
}

/* The rule that stands for the catalogue: recurring and most frequent first, as
 * catalogue/ ordered them; `recurring` tells whether it is more than a count. */
static const struct hs_rule_count *first_fault(const struct hs_pages *p, bool *recurring)
{
    const struct hs_rule_count *most = NULL;
    *recurring = false;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        if (r->recurrence && r->recurrence->recurring && r->counted) {
            *recurring = true;
            return r;
        }
        if (r->counted && (!most || r->counted > most->counted))
            most = r;
    }
    return most;
}

static size_t in_mix(const struct hs_rule_count *r)
{
    return r->origins[HS_ORIGIN_MIX] + r->origins[HS_ORIGIN_WORSENED] + r->origins[HS_ORIGIN_EASED];
}

static size_t by_mastering(const struct hs_rule_count *r)
{
    return r->origins[HS_ORIGIN_MASTERING] + r->origins[HS_ORIGIN_EXPOSED];
}

static size_t judged_count(const struct hs_rule_count *r)
{
    if (r->recurrence && r->recurrence->judged > 0)
        return (size_t)r->recurrence->judged;
    return r->judged ? r->judged : r->counted;
}

static void sentence_recurs(struct hs_pages *p, struct hs_html *h)
{
    bool recurring;
    const struct hs_rule_count *r = first_fault(p, &recurring);
    if (!r) {
        hs_html_literal(h, "No fault counts against any of the ");
        hs_html_count(h, p->audit->job->n_tracks - p->n_failed, "master", "masters");
        hs_html_literal(h, " that could be read.");
        return;
    }
    hs_html_text(h, recurring ? "" : "Nothing recurs beyond chance; most frequent: ");
    hs_html_textf(h, recurring ? "In %zu of %zu masters: " : "in %zu of %zu masters: ", r->counted,
                  judged_count(r));
    hs_html_rule_link(h, r->id);
    put_excess(p, h, r->id);
    if (in_mix(r))
        hs_html_textf(h, "; in %zu it was already in the mix", in_mix(r));
    else if (!p->n_pairs)
        hs_html_literal(h, "; without a mix nobody can say where it came from");
    hs_html_literal(h, ".");
}

static void sentence_mastering(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_rule_count *most = NULL;
    size_t brought = 0, kept = 0, cured = 0;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        brought += by_mastering(r);
        kept += in_mix(r);
        cured += r->cured;
        if (by_mastering(r) && (!most || by_mastering(r) > by_mastering(most)))
            most = r;
    }
    if (!p->n_pairs) {
        hs_html_literal(h, "No mix could be compared with its master, so nothing is said about "
                           "what mastering did.");
        return;
    }
    hs_html_literal(h, "Mastering brought in or exposed ");
    if (brought)
        hs_html_count(h, brought, "fault", "faults");
    else
        hs_html_literal(h, "no fault");
    if (most) {
        hs_html_literal(h, " (most often ");
        hs_html_rule_link(h, most->id);
        hs_html_textf(h, ", %zu\xc3\x97)", by_mastering(most));
    }
    hs_html_textf(h, ", cured %zu and passed on %zu that were in the mix, over ", cured, kept);
    hs_html_count(h, p->n_pairs, "pair", "pairs");
    hs_html_literal(h, ".");
}

static void sentence_list(struct hs_pages *p, struct hs_html *h)
{
    size_t by_action[HS_RE_MIX + 1] = {0}, left = 0;
    double hours = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        left += row->action == HS_LEAVE && p->audit->tracks[row->track].master.state == HS_FILE_OK;
        if (!row->rank)
            continue;
        by_action[row->action]++;
        hours += isfinite(row->hours) ? row->hours : 0;
    }
    hs_html_count(h, p->n_listed, "track is", "tracks are");
    hs_html_literal(h, " worth re-issuing");
    if (p->n_listed) {
        hs_html_literal(h, " (");
        bool any = false;
        for (int a = HS_RE_MIX; a >= HS_RE_UPLOAD; a--) {
            if (!by_action[a])
                continue;
            hs_html_textf(h, "%s%zu by %s", any ? ", " : "", by_action[a],
                          hs_action_name((enum hs_action)a));
            any = true;
        }
        if (hours > 0)
            hs_html_textf(h, "; about %.0f hours", fmax(1, hours));
        hs_html_literal(h, ")");
    }
    hs_html_literal(h, ": see the ");
    hs_html_link(h, "", "shortlist", ".html", "short list");
    hs_html_textf(h, ". %s %zu: leave alone.", p->n_listed ? "The other" : "All", left);
}

static void put_honest_line(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<p class=\"quiet\">");
    hs_html_count(h, p->audit->job->n_tracks, "track", "tracks");
    hs_html_literal(h, " in ");
    hs_html_count(h, p->audit->job->n_releases, "release", "releases");
    hs_html_literal(h, " \xc2\xb7 ");
    hs_html_count(h, p->n_pairs, "mix compared", "mixes compared");
    hs_html_literal(h, " \xc2\xb7 ");
    hs_html_count(h, p->n_judged, "judgement", "judgements");
    hs_html_literal(h, ", ");
    hs_html_textf(h, "%zu not possible", p->n_not_judged);
    if (p->n_failed) {
        hs_html_literal(h, " \xc2\xb7 <strong>");
        hs_html_count(h, p->n_failed, "file", "files");
        hs_html_literal(h, " could not be read</strong> (<a href=\"#unread\">which</a>)");
    }
    hs_html_literal(h, "</p>");
}

void hs_html_sentences(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<ol class=\"sentences\"><li>");
    sentence_recurs(p, h);
    hs_html_literal(h, "</li><li>");
    sentence_mastering(p, h);
    hs_html_literal(h, "</li><li>");
    sentence_list(p, h);
    hs_html_literal(h, "</li></ol>");
    put_honest_line(p, h);
}
