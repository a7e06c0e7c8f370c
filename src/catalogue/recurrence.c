/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per rule and kind of evidence (kinds.h) there is a row of counts. Two questions are asked of
 * it: are there more faults than elsewhere (p_count), and more than artists differ (p_habit).
 * 2. The correlation of tracks within a release is that of the catalogue (release_icc.h); defects
 *    of the file have one of their own.
 * 3. All rows of all rules are one family of tests: each p gets a q by Benjamini and Hochberg. The
 *    level of the intervals is that of the rows that were called.
 * 4. Each row has its verdict (evidence_verdict.h).
 * 5. One row speaks for the rule: one that recurs first, then the smallest q. A proxy (a rule that
 * is only an indication) cannot recur by songs or mixes, it leans.
 * 6. Rows are sorted by importance: weight of the verdict plus mean severity times rate.
 */
#include "catalogue/recurrence.h"

#include "catalogue/evidence_verdict.h"
#include "catalogue/factors.h"
#include "catalogue/kinds.h"
#include "catalogue/recurrence_words.h"
#include "catalogue/release_icc.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "judge/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* First what recurs, then what leans, then what one record has. */
static const double weight_of_verdict[] = {
    [HS_ON_ONE_RELEASE] = 3, [HS_LEANS] = 5, [HS_RECURS] = 10};

/* Counts and rows of one rule; verdicts need those of all. */
void hs_recurrence_fill(struct hs_audit *audit, const struct hs_census *c,
                        const struct hs_base_rate *base, struct hs_arena *arena,
                        struct hs_recurrence *out, struct hs_counted *counted)
{
    counted->n = hs_evidence_kinds(audit, c, base, arena, counted->row);
    out->rule = c->rule;
    out->unit = c->unit;
    out->by_pair_only = c->by_pair_only;
    const struct hs_base_levels *songs =
        base->references.judged > 0 ? &base->references : &base->builtin;
    out->base_fired = (int)lround(songs->fired[1]);
    out->base_n = (int)lround(songs->judged);
    out->rows = HS_ARENA_ARRAY(&audit->arena, struct hs_evidence_row *, counted->n);
    for (size_t i = 0; i < counted->n; i++)
        out->rows[out->n_rows++] = counted->row[i].row =
            hs_arena_copy(&audit->arena, counted->row[i].row, sizeof *counted->row[i].row);
    out->once_a_song = c->once_a_song;
    out->copies = c->copies;
    out->of_another_song = c->of_another_song;
    out->later_masters = (int)(c->n_masters - c->n);
    hs_shift_fill(c, out, &counted->hangs_together);
}

/* One row of all rules and all evidence. */
struct test {
    struct hs_evidence_counts *counts;
    struct hs_evidence_row *row;
    double icc;
};

struct family {
    struct test *test;
    size_t n;
    double *p, *q; /* scratch of one family of tests */
};

/* Benjamini and Hochberg over the p that lie `at` bytes into the rows; returns the level that a
 * single p has to reach here. */
static double correct(struct family *f, size_t p_at, size_t q_at)
{
    size_t called = 0, asked = 0;
    for (size_t i = 0; i < f->n; i++)
        memcpy(&f->p[i], (const char *)f->test[i].row + p_at, sizeof *f->p);
    hs_benjamini_hochberg(f->p, f->n, f->q);
    for (size_t i = 0; i < f->n; i++) {
        memcpy((char *)f->test[i].row + q_at, &f->q[i], sizeof *f->q);
        asked += !isnan(f->q[i]);
        called += f->q[i] < HS_FALSE_DISCOVERIES;
    }
    return asked ? HS_FALSE_DISCOVERIES * (double)(called ? called : 1) / (double)asked : NAN;
}

/* Whether all faults are on one release and there are no more of them than elsewhere: then its odds
 * are those of that record. */
static bool is_odd_record(const struct hs_evidence_row *x)
{
    return x->releases == 1 && !(x->q_count < HS_FALSE_DISCOVERIES) &&
           !(x->q_release < HS_FALSE_DISCOVERIES);
}

/* Whether row x is preferred to row y: a row of enough tracks to one of too few, one that recurs to
 * one that does not, one that shows anything to one that does not, of those that show nothing one
 * with faults, last what one record has no more often than others, then the smaller q, then the
 * stronger kind of evidence (order of the enum). */
static bool speaks_before(const struct hs_evidence_row *x, const struct hs_evidence_row *y)
{
    bool x_few = x->verdict == HS_TOO_FEW, y_few = y->verdict == HS_TOO_FEW;
    bool x_recurs = x->verdict == HS_RECURS, y_recurs = y->verdict == HS_RECURS;
    if (x_few != y_few)
        return y_few;
    if (x_recurs != y_recurs)
        return x_recurs;
    bool x_none = x->verdict == HS_NOT_SHOWN, y_none = y->verdict == HS_NOT_SHOWN;
    if (x_none != y_none)
        return y_none;
    if (x_none && (x->faulty > 0) != (y->faulty > 0))
        return x->faulty > 0;
    if (is_odd_record(x) != is_odd_record(y))
        return is_odd_record(y);
    return x->q < y->q || (!(y->q < x->q) && x->evidence < y->evidence);
}

static const struct hs_evidence_row *speaker(const struct hs_recurrence *r)
{
    const struct hs_evidence_row *best = r->rows[0];
    for (size_t i = 1; i < r->n_rows; i++)
        if (speaks_before(r->rows[i], best))
            best = r->rows[i];
    return best;
}

static enum hs_pattern reading(const struct hs_audit *audit, const struct hs_recurrence *r)
{
    if (r->verdict == HS_TOO_FEW)
        return HS_PATTERN_TOO_FEW;
    if (r->recurring)
        return HS_PATTERN_MISTAKE;
    return hs_shift_leans(audit, r) ? HS_PATTERN_HOUSE_SOUND : HS_PATTERN_WITHIN_RANGE;
}

/* Copies the numbers of the row that speaks for the rule; the change point is that of the row with
 * the smallest q for one. */
static void take_over(struct hs_recurrence *r, const struct hs_evidence_row *x)
{
    r->verdict =
        x->verdict == HS_RECURS && hs_evidence_is_stand_in(r->rule, x) ? HS_LEANS : x->verdict;
    r->evidence = x->evidence;
    r->strength = x->strength;
    if (x->verdict == HS_ON_ONE_RELEASE && x->strength_there > x->strength)
        r->strength = x->strength_there;
    r->recurring = r->verdict == HS_RECURS;
    r->faulty = x->faulty;
    r->judged = x->judged;
    r->rate = x->rate;
    r->interval = x->interval;
    r->base_rate = x->base_rate;
    r->own_references = x->own_references;
    bool songs = x == r->rows[0] || x->evidence != HS_BY_PHYSICS;
    if (x->evidence == HS_BY_MOVES || !songs) /* not held against songs */
        r->base_fired = r->base_n = 0;
    r->p = x->p_habit;
    r->q = x->q;
    r->q_count = x->q_count;
    r->log_odds = x->log_odds;
    r->releases = x->releases;
    r->releases_judged = x->releases_judged;
    r->since = (struct hs_since){
        .at = SIZE_MAX, .not_before = SIZE_MAX, .p = NAN, .q = NAN, .log_odds = NAN};
    /* a change that any row shows; of what mastering does the mixes and songs tell nothing */
    bool alone = x->of_stretch || (x->evidence == HS_BY_MOVES && x->verdict > HS_NOT_SHOWN);
    for (size_t i = 0; i < r->n_rows; i++) {
        const struct hs_since *s = &r->rows[i]->since;
        if ((!alone || r->rows[i] == x) && hs_since_shown(s) &&
            (r->since.at == SIZE_MAX || s->q < r->since.q))
            r->since = *s;
    }
    r->of_stretch = x->of_stretch;
    r->faulty_outside = x->faulty_outside;
    r->judged_outside = x->judged_outside;
    r->part_of_others = x->part_of_others;
    r->called_for = x->called_for;
    memcpy(r->origins, x->origins, sizeof r->origins);
    r->habit = x->evidence == HS_BY_MOVES   ? HS_HABIT_MASTERING
               : x->evidence == HS_BY_MIXES ? HS_HABIT_MIX
                                            : hs_habit_of(r->origins);
}

static int by_importance(const void *a, const void *b)
{
    const struct hs_recurrence *x = a, *y = b;
    if (x->importance != y->importance)
        return x->importance > y->importance ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

/* What changed, and what else did, where a fault came or went. */
static void name_change(const struct hs_audit *audit, struct hs_evidence_row *row)
{
    struct hs_since *s = &row->since;
    s->evidence = row->evidence;
    if (!hs_since_shown(s))
        return;
    struct hs_what_changed x = hs_factor_of_change(audit, s->at, s->began);
    s->factor = x.factor;
    s->level = x.level;
    s->level_of_others = x.level_of_others;
}

/* All rows of all rules as one family; returns them with their scratch in `arena`. */
static struct family family_of(struct hs_audit *audit, struct hs_counted *counted, double icc,
                               struct hs_arena *arena)
{
    struct family f = {.n = 0};
    size_t most = audit->n_recurring * HS_N_EVIDENCES + 1;
    f.test = HS_ARENA_ARRAY(arena, struct test, most);
    f.p = HS_ARENA_ARRAY(arena, double, most);
    f.q = HS_ARENA_ARRAY(arena, double, most);
    for (size_t i = 0; i < audit->n_recurring; i++)
        for (size_t k = 0; k < counted[i].n; k++) {
            struct hs_evidence_counts *e = &counted[i].row[k];
            double own = hs_release_icc_of(audit->recurring[i].rule, icc);
            f.test[f.n++] = (struct test){e, e->row, own};
        }
    return f;
}

/* Where many rules lean and nothing of the user's own was there to hold them against. */
static void remark_on_genre(struct hs_audit *audit)
{
    size_t leans = 0, asked = 0;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        asked += audit->recurring[i].verdict > HS_TOO_FEW;
        leans += audit->recurring[i].verdict == HS_LEANS;
    }
    if (4 * leans > asked && !audit->job->n_references)
        audit->genre_remark = "more than a quarter of all rules lean: that may be the genre; add "
                              "references";
}

static double mean_severity(const struct hs_counted *counted, const struct hs_evidence_row *x)
{
    for (size_t i = 0; i < counted->n; i++)
        if (counted->row[i].row == x)
            return counted->row[i].mean_severity;
    return 0;
}

/* Whether the releases outside of a stretch have so many that it recurs there, too. */
static bool recurs_outside(const struct hs_evidence_row *all, const struct hs_evidence_row *stretch)
{
    return all->verdict == HS_RECURS &&
           stretch->faulty_outside >=
               stretch->judged_outside * hs_evidence_weighty_share(all->base_rate);
}

/* What recurs on the releases that a change point sets apart, and not on the others, recurs there
 * and is counted there. */
static void look_at_stretch(const struct test *t, double alpha_count, struct hs_arena *arena)
{
    struct hs_evidence_row *x = hs_evidence_stretch(t->counts, t->icc, alpha_count, arena);
    if (!x)
        return;
    x->verdict = hs_evidence_verdict(x);
    x->faulty_outside = t->row->faulty - x->faulty;
    x->judged_outside = t->row->judged - x->judged;
    if (x->verdict == HS_RECURS && !recurs_outside(t->row, x))
        *t->row = *x;
}

void hs_recurrence_decide(struct hs_audit *audit, struct hs_counted *counted, double icc)
{
    struct hs_arena scratch = {0};
    size_t n = audit->n_recurring;
    struct family f = family_of(audit, counted, icc, &scratch);
    for (size_t i = 0; i < f.n; i++)
        hs_evidence_test(f.test[i].counts, f.test[i].icc);
    /* many rules are asked, so that p becomes q */
    double alpha = correct(&f, offsetof(struct hs_evidence_row, p_count),
                           offsetof(struct hs_evidence_row, q_count));
    correct(&f, offsetof(struct hs_evidence_row, p_habit), offsetof(struct hs_evidence_row, q));
    correct(&f, offsetof(struct hs_evidence_row, p_release),
            offsetof(struct hs_evidence_row, q_release));
    correct(&f, offsetof(struct hs_evidence_row, since.p),
            offsetof(struct hs_evidence_row, since.q));
    for (size_t i = 0; i < f.n; i++)
        name_change(audit, f.test[i].row);
    for (size_t i = 0; i < f.n; i++) {
        f.test[i].row->interval = hs_evidence_interval(f.test[i].counts, f.test[i].icc, alpha);
        f.test[i].row->verdict = hs_evidence_verdict(f.test[i].row);
        look_at_stretch(&f.test[i], alpha, &scratch);
    }
    for (size_t i = 0; i < n; i++) {
        struct hs_recurrence *r = &audit->recurring[i];
        /* the row that says most speaks for the rule */
        const struct hs_evidence_row *x = speaker(r);
        take_over(r, x);
        r->why_not = hs_recurrence_why_not(r, x);
        r->words = hs_recurrence_words(audit, r, x);
        r->reading = reading(audit, r);
        r->importance = mean_severity(&counted[i], x) * (x->rate > 0 ? x->rate : 0) +
                        weight_of_verdict[r->verdict];
    }
    remark_on_genre(audit);
    hs_arena_free(&scratch);
}

void hs_recurrence_of_groups(struct hs_audit *audit)
{
    static const char *const why[HS_N_GROUPINGS] = {
        [HS_BY_ARTIST] = "it recurs with one artist alone",
        [HS_BY_MASTERING_ENGINEER] = "with one mastering engineer more than with the others",
        [HS_BY_STUDIO] = "in one studio more than elsewhere"};
    for (size_t i = 0; i < audit->n_recurring; i++) {
        struct hs_recurrence *r = &audit->recurring[i];
        const struct hs_group *g = hs_group_that_recurs(r);
        if (r->recurring || !g)
            continue;
        r->importance += weight_of_verdict[HS_LEANS] - weight_of_verdict[r->verdict];
        r->verdict = HS_LEANS;
        r->why_not = why[g->by];
    }
}

void hs_recurrence_sort(struct hs_audit *audit)
{
    if (audit->n_recurring)
        qsort(audit->recurring, audit->n_recurring, sizeof *audit->recurring, by_importance);
}
