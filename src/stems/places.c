/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each stem is looked for in the first file, first at the delays of stems that were found
 *    before. Returns (FX) come last and take the delay of the others: a return resembles the stems
 *    that feed it, some milliseconds later, and would be found at that wrong delay.
 * 2. A part that repeats (a loop, a bass line) also matches the music some bars later, and stems
 *    that are looked for afterwards would follow it there. So where stems lie at several delays, or
 *    one matches better elsewhere, stems are correlated with the file at all of these delays, until
 *    one of them leads clearly. It is that of the export; stems found elsewhere are looked for once
 *    more, there first.
 * 3. Where three stems lie at one delay and fit nowhere else as well, or four have voted for one,
 *    the others are looked for there by some seconds alone, and anywhere only where these are not
 *    sure.
 * 4. Stems that were not found take the median delay.
 */
#include "stems/places.h"

#include "core/num.h"
#include "stems/vote.h"

#include <math.h>

/* So many stems that lie at one delay, and fit nowhere else as well, say where the export lies. */
enum { SETTLED = 3 };
/* Where they lie at several, so many more stems that were found are asked together, and one delay
 * must lead by so many votes. */
enum { VOTERS = 4 };
static const double leads = 2;

/* What a stem is taken for lies some periods of a note off; one that lies farther off begins there.
 */
static const double mislaid_s = 0.05;
/* A reverberation begins so much later than what feeds it, at most. */
static const double before_reverb_s = 0.12;

static size_t how_many_found(const struct hs_stem_place *p, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += p[i].found && !p[i].borrowed;
    return found;
}

static bool any_drifts(const struct hs_stem_place *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed && p[i].drift != 0)
            return true;
    return false;
}

static size_t how_many_at(const struct hs_stem_place *p, size_t n, double delay_s)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        at += p[i].found && !p[i].borrowed && fabs(p[i].delay_s - delay_s) < hs_stem_one_export_s;
    return at;
}

/* The delay that more of those found share than any other; the median where none is. */
static double shared_delay(const struct hs_stem_place *p, size_t n)
{
    double delay[HS_STEMS_MOST], best_s = NAN;
    size_t found = 0, most = 1;
    for (size_t i = 0; i < n; i++) {
        if (!p[i].found || p[i].borrowed)
            continue;
        const size_t at = how_many_at(p, n, p[i].delay_s);
        delay[found++] = p[i].delay_s;
        if (at == most && fabs(p[i].delay_s - best_s) >= hs_stem_one_export_s)
            best_s = NAN; /* two delays are shared by as many */
        if (at > most) {
            most = at;
            best_s = p[i].delay_s;
        }
    }
    return isfinite(best_s) || !found ? best_s : hs_median(delay, found);
}

/* Whether most of the stems that were found lie at one delay; then it is *delay_s. */
static bool is_one_export(const struct hs_stem_place *p, size_t n, double *delay_s)
{
    *delay_s = shared_delay(p, n);
    const size_t alike = how_many_at(p, n, *delay_s);
    return alike >= 2 && 2 * alike > how_many_found(p, n);
}

/* Whether the stems found so far leave no doubt of the delay of the export. */
static bool is_settled(const struct hs_stem_place *p, size_t n, double *delay_s)
{
    const size_t found = how_many_found(p, n);
    *delay_s = shared_delay(p, n);
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed && !isnan(p[i].rival_s))
            return false;
    return found >= SETTLED && !any_drifts(p, n) && how_many_at(p, n, *delay_s) == found;
}

/* The delays that stems were found at, and those that lost to what was known. */
static struct hs_stem_candidates candidates_of(const struct hs_stem_place *p, size_t n)
{
    struct hs_stem_candidates c = {.n = 0};
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed)
            hs_stem_candidates_add(&c, p[i].delay_s);
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed)
            hs_stem_candidates_add(&c, p[i].rival_s);
    return c;
}

/* The delay of the export, where it is known before all stems are. */
struct export
{
    bool known;
    double delay_s;
};

/* Stems that were found are held against all delays at which some were, one after the other, until
 * one delay leads by so many votes, or more than are left. */
static enum hs_status vote(struct hs_stem_field *field, const struct hs_stems_order *o,
                           const struct hs_stem_place *place, struct hs_stem_candidates *c,
                           struct hs_error *err)
{
    const double clear_lead = 3;
    enum hs_status status = HS_OK;
    size_t left = how_many_found(place, o->n_stems);
    *c = candidates_of(place, o->n_stems);
    for (size_t i = 0; i < o->n_stems && c->n > 1 && status == HS_OK; i++) {
        if (!place[i].found || place[i].borrowed)
            continue;
        if (hs_stem_candidates_lead(c) >= fmin(clear_lead, (double)left))
            break;
        status = hs_stem_candidates_ask(c, field, o->stems[i].file, c->delay_s, err);
        left--;
    }
    return status;
}

/* Whether the stems found so far tell where the export lies: all by themselves, or some of them by
 * a vote. */
static enum hs_status find_export(struct hs_stem_field *field, const struct hs_stems_order *o,
                                  const struct hs_stem_place *place, size_t *asked,
                                  struct export *e, struct hs_error *err)
{
    const size_t found = how_many_found(place, o->n_stems);
    struct hs_stem_candidates c;
    double shared;
    if (e->known)
        return HS_OK;
    if (is_settled(place, o->n_stems, &shared)) {
        *e = (struct export){true, shared};
        return HS_OK;
    }
    if (found < *asked + VOTERS || any_drifts(place, o->n_stems))
        return HS_OK;
    *asked = found;
    enum hs_status status = vote(field, o, place, &c, err);
    if (status == HS_OK && hs_stem_candidates_lead(&c) >= leads)
        *e = (struct export){true, hs_stem_candidates_best(&c)};
    return status;
}

/* Where stems lie at several delays, those elsewhere than the export are looked for once more, now
 * that its delay is known. */
static enum hs_status find_strays(struct hs_stem_field *field, const struct hs_stems_order *o,
                                  struct hs_stem_place *place, struct export *e,
                                  struct hs_error *err)
{
    struct hs_stem_candidates c;
    enum hs_status status = HS_OK;
    if (!e->known) {
        status = vote(field, o, place, &c, err);
        if (status != HS_OK || c.n < 2)
            return status;
        e->delay_s = hs_stem_candidates_best(&c); /* all together are most like the file */
    }
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        const struct hs_file *stem = o->stems[i].file;
        if (!place[i].found || place[i].borrowed ||
            fabs(place[i].delay_s - e->delay_s) < hs_stem_one_export_s)
            continue;
        status = hs_stem_find(field, stem->source, &stem->values, &e->delay_s, 1, &place[i], err);
        hs_alive_tell(o->alive, 1, 0);
    }
    return status;
}

/* A return that is found a little before a delay that others share is found where it is like what
 * feeds it: it lies there, too. */
static void settle_returns(const struct hs_stems_order *o, struct hs_stem_place *place)
{
    const double shared = shared_delay(place, o->n_stems);
    if (how_many_at(place, o->n_stems, shared) < 2)
        return;
    for (size_t i = 0; i < o->n_stems; i++) {
        const double before_s = shared - place[i].delay_s;
        if (o->stems[i].role == HS_STEM_FX && place[i].found && before_s > hs_stem_one_export_s &&
            before_s < before_reverb_s)
            place[i].delay_s = shared;
    }
}

/* Returns, and stems too quiet to say, lie where the others do: in the export, however many of
 * another song were found somewhere beside it. */
static void lend(struct hs_stem_place *place, size_t n, const struct export *e)
{
    const double shared = e->known ? e->delay_s : shared_delay(place, n);
    for (size_t i = 0; i < n && isfinite(shared); i++)
        if (!place[i].found) {
            place[i].found = place[i].borrowed = true;
            place[i].delay_s = shared;
        }
}

/* Looks for the returns, or for all other stems; each first at the delays that are known so far. */
static enum hs_status find_some(struct hs_stem_field *field, const struct hs_stems_order *o,
                                bool returns, struct hs_stem_place *place, struct export *e,
                                struct hs_error *err)
{
    double known[HS_STEMS_MOST];
    size_t n_known = 0, asked = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < o->n_stems; i++)
        if (place[i].found && !hs_stem_is_known(known, n_known, place[i].delay_s, 1e-9))
            known[n_known++] = place[i].delay_s;
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        const struct hs_file *stem = o->stems[i].file;
        if ((o->stems[i].role == HS_STEM_FX) != returns)
            continue;
        status = find_export(field, o, place, &asked, e, err);
        if (status == HS_OK && e->known)
            status =
                hs_stem_confirm(field, stem->source, &stem->values, e->delay_s, &place[i], err);
        if (status == HS_OK && !place[i].found)
            status =
                hs_stem_find(field, stem->source, &stem->values, known, n_known, &place[i], err);
        if (place[i].found && !hs_stem_is_known(known, n_known, place[i].delay_s, 1e-9))
            known[n_known++] = place[i].delay_s;
        hs_alive_tell(o->alive, 1, 0);
    }
    return status;
}

/* Returns are looked for only where nothing tells of one export. */
enum hs_status hs_stem_places_find(struct hs_stem_places *p, const struct hs_stems_order *o,
                                   enum hs_stem_side side, struct hs_stem_field *field, bool *found,
                                   struct hs_error *err)
{
    struct export e = {.known = false};
    double shared;
    enum hs_status status = hs_stem_field_open(field, o->side[side]->source, p->rate_hz, err);
    if (status == HS_OK)
        status = find_some(field, o, false, p->place, &e, err);
    if (status == HS_OK)
        status = find_strays(field, o, p->place, &e, err);
    if (status == HS_OK && !e.known && !is_one_export(p->place, o->n_stems, &shared))
        status = find_some(field, o, true, p->place, &e, err);
    settle_returns(o, p->place);
    if (status == HS_OK)
        lend(p->place, o->n_stems, &e);
    *found = isfinite(shared_delay(p->place, o->n_stems));
    return status;
}

enum hs_status hs_stem_places_returns(struct hs_stem_places *p, const struct hs_stems_order *o,
                                      bool *changed, struct hs_error *err)
{
    struct hs_stem_field field = {0};
    enum hs_status status = HS_OK;
    *changed = false;
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        struct hs_stem_place x, *place = &p->place[i];
        const struct hs_file *stem = o->stems[i].file;
        if (o->stems[i].role != HS_STEM_FX || !place->borrowed)
            continue;
        if (!field.source)
            status = hs_stem_field_open(&field, o->side[p->side[0]]->source, p->rate_hz, err);
        if (status == HS_OK)
            status = hs_stem_find(&field, stem->source, &stem->values, NULL, 0, &x, err);
        hs_alive_tell(o->alive, 1, 0);
        if (status != HS_OK || !x.found || fabs(x.delay_s - place->delay_s) < before_reverb_s)
            continue;
        *place = x;
        *changed = true;
    }
    hs_stem_field_close(&field);
    return status;
}

bool hs_stem_places_gather(struct hs_stem_places *p, size_t n_stems)
{
    double shared;
    bool any = false;
    if (!is_one_export(p->place, n_stems, &shared) ||
        how_many_at(p->place, n_stems, shared) < SETTLED)
        return false;
    for (size_t i = 0; i < n_stems; i++) {
        struct hs_stem_place *x = &p->place[i];
        const double apart_s = fabs(x->delay_s - shared);
        if (!x->found || x->drift != 0 || apart_s < hs_stem_one_export_s || apart_s > mislaid_s)
            continue;
        x->delay_s = shared;
        any = true;
    }
    return any;
}
