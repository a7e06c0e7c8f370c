/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plan: print again what has a lasting fault; the corrections in the mix of the first faults; lower
 * the peaks of the band that holds 40 % or more of the gain reduction; and, with references, bands
 * of three third octaves or more where the equaliser of the chain is at its limit.
 * Questions: another mix or headroom, the loudness that is wanted, whether each first fault is.
 */
#include "catalogue/mix_plan.h"

#include "core/num_text.h"
#include "judge/previewed.h"
#include "judge/rule.h"

#include <math.h>

static const double share_that_holds = 0.4, least_limiting_db = 1;
static const double full_eq_db = 1.99, full_scale_dbfs = -0.1;
static const double kick_is_there = 0.5; /* kick_presence from which on the rules judge one */
static const double heard_eq_db = 0.5;
enum { MOST_ITEMS = 24, WIDE_BANDS = 3 };

size_t hs_strongest_band(const struct hs_preview_target *t)
{
    size_t best = 0;
    for (size_t b = 1; b < HS_PREVIEW_BANDS; b++)
        if (t->holds[b] > t->holds[best])
            best = b;
    return best;
}

bool hs_holder_is_one(const struct hs_preview_target *t, size_t band)
{
    return band == 0 && hs_values_or_nan(&t->values, "kick_presence") >= kick_is_there;
}

const char *hs_holder_words(const struct hs_preview_target *t, size_t band)
{
    static const char *const words[HS_PREVIEW_BANDS] = {"peaks of the lowest band (40-120 Hz)",
                                                        "peaks of 120-500 Hz", "peaks of 500-2k Hz",
                                                        "peaks of 2k-8k Hz", "peaks of 8k-16k Hz"};
    return hs_holder_is_one(t, band) ? "the kick (40-120 Hz)" : words[band];
}

/* What is being written down. */
struct list {
    struct hs_mix_step *items;
    size_t n;
    struct hs_arena *arena;
};

static void put(struct list *l, const char *rule, const char *words)
{
    if (l->n < MOST_ITEMS)
        l->items[l->n++] = (struct hs_mix_step){rule, words};
}

/* The target at which the band that holds the gain is named: the loudest one that the mix carries
 * and at which the limiter takes 1 dB, else the quietest at which it does. NULL: the limiter does
 * nothing, or no band has 40 % of the reduction. */
static const struct hs_preview_target *telling(const struct hs_preview *p)
{
    const struct hs_preview_target *best = NULL;
    for (size_t i = 0; i < p->n_targets; i++) {
        const struct hs_preview_target *t = &p->targets[i];
        bool carried = !(t->reached_lufs > p->carries_lufs + 0.25);
        if (t->gr_p95_db >= least_limiting_db && (carried || !best))
            best = t;
    }
    return best && best->holds[hs_strongest_band(best)] >= share_that_holds ? best : NULL;
}

/* Proposes to lower the peaks of the strongest band, by at most the reduction that they cause now.
 */
static void plan_peaks(struct list *plan, const struct hs_preview *p)
{
    const struct hs_preview_target *t = telling(p);
    char lufs[HS_NUM_TEXT], db[HS_NUM_TEXT];
    if (!t)
        return;
    size_t b = hs_strongest_band(t);
    put(plan, NULL,
        hs_arena_printf(plan->arena,
                        "Take the peaks of %s down by up to %s dB, by themselves: at %s LUFS they "
                        "hold %.0f %% of the gain reduction, and all else goes down with them.",
                        hs_holder_is_one(t, b)
                            ? "the kick (40-120 Hz)"
                            : hs_arena_printf(plan->arena, "%s Hz", hs_preview_band_name(b)),
                        hs_num_fixed(db, t->gr_p95_db * t->holds[b], 1),
                        hs_num_fixed(lufs, t->reached_lufs, 1), 100 * t->holds[b]));
}

/* Bands in which the equaliser of the chain (half the way to the references, 2 dB at most) is at
 * its limit, so that the mix is 4 dB or more off. Only with references: the distance from usual
 * music is the matter of the rules. */
static void plan_tone(struct list *plan, const struct hs_audit *audit, const struct hs_preview *p)
{
    if (!audit->job->n_references || !p->has_eq)
        return;
    for (size_t b = 0, n; b < HS_BANDS; b += n + 1) {
        double sign = copysign(1, p->eq_db[b]);
        for (n = 0; b + n < HS_BANDS && sign * p->eq_db[b + n] >= full_eq_db;)
            n++;
        if (n < WIDE_BANDS)
            continue;
        put(plan, NULL,
            hs_arena_printf(plan->arena,
                            "From %s to %s Hz the mix is 4 dB or more %s the references: bring it "
                            "%s by 2 dB at least, if that is wanted.",
                            hs_band_name(b), hs_band_name(b + n - 1), sign > 0 ? "below" : "above",
                            sign > 0 ? "up" : "down"));
    }
}

/* What mends a rule's fault in the mix, from the quietest target that has it; NULL: nothing. */
static const struct hs_correction *correction_of(const struct hs_preview *p, const char *rule)
{
    for (size_t i = 0; i < p->n_targets; i++)
        for (size_t k = 0; k < p->targets[i].n_findings; k++) {
            const struct hs_finding *f = &p->targets[i].findings[k];
            if (hs_same_rule(f->rule, rule) && f->correction.where == HS_PLACE_MIX &&
                f->correction.words)
                return &f->correction;
        }
    return NULL;
}

/* Band of third octaves that a frequency lies in. */
static size_t band_of(double hz)
{
    size_t best = 0;
    for (size_t b = 1; b < HS_BANDS; b++)
        if (fabs(log(hs_band_hz(b) / hz)) < fabs(log(hs_band_hz(best) / hz)))
            best = b;
    return best;
}

/* What the chain's equaliser does at the place of a correction, in words; "" for nothing. */
static const char *beside_eq(const struct hs_preview *p, const struct hs_correction *c,
                             struct hs_arena *a)
{
    bool is_eq = c->move && isfinite(hs_move_eq_db(c->move->shape, 1000, 1, 1, 1000));
    double db = is_eq && p->has_eq && c->hz > 0 ? p->eq_db[band_of(c->hz)] : 0;
    char text[HS_NUM_TEXT];
    return fabs(db) < heard_eq_db
               ? ""
               : hs_arena_printf(a, ", beside the %s dB there of the chain's equaliser",
                                 hs_num_fixed(text, db, 1));
}

/* The corrections in the mix of all first faults that have one. */
static void plan_faults(struct list *plan, const struct hs_preview *p)
{
    for (size_t i = 0; i < p->n_first; i++) {
        const char *rule = p->first[i].rule, *title = hs_rule_find(rule)->title;
        const struct hs_correction *c = correction_of(p, rule);
        char lufs[HS_NUM_TEXT];
        const char *when = p->first[i].in_mix
                               ? "in the mix already"
                               : hs_arena_printf(plan->arena, "from about %s LUFS on",
                                                 hs_num_fixed(lufs, p->first[i].from_lufs, 1));
        if (c)
            put(plan, rule,
                hs_arena_printf(plan->arena, "%s For: %s, %s%s.", c->words, title, when,
                                beside_eq(p, c, plan->arena)));
    }
}

/* What a mastering engineer will ask and the mix cannot answer. */
static void ask(struct list *asks, const struct hs_preview *p, const struct hs_file *mix)
{
    char lufs[HS_NUM_TEXT];
    for (size_t i = 0; i < p->n_warnings; i++)
        put(asks, NULL,
            hs_arena_printf(asks->arena, "A mix that is not %s: what is lost in it stays lost.",
                            p->warnings[i]));
    if (!p->n_warnings && hs_values_or_nan(&mix->values, "sample_peak_dbfs") > full_scale_dbfs)
        put(asks, NULL, "A mix with some headroom: its peaks stand at full scale.");
    if (isfinite(p->carries_lufs))
        put(asks, NULL,
            hs_arena_printf(asks->arena, "How loud it is to be: beyond about %s LUFS it costs.",
                            hs_num_fixed(lufs, p->carries_lufs, 1)));
    for (size_t i = 0; i < p->n_first; i++) {
        const struct hs_first_fault *f = &p->first[i];
        const char *title = hs_rule_find(f->rule)->title;
        put(asks, f->rule,
            f->in_mix
                ? hs_arena_printf(asks->arena, "Whether it is wanted: %s.", title)
                : hs_arena_printf(asks->arena, "Whether it may be: %s, from about %s LUFS on.",
                                  title, hs_num_fixed(lufs, f->from_lufs, 1)));
    }
}

/* What to do before the mix goes out, and what a mastering engineer will ask for. */
void hs_mix_plan_make(const struct hs_audit *audit, struct hs_track_result *t,
                      struct hs_arena *arena)
{
    struct hs_preview *p = t->preview;
    struct list plan = {HS_ARENA_ARRAY(arena, struct hs_mix_step, MOST_ITEMS), 0, arena};
    struct list asks = {HS_ARENA_ARRAY(arena, struct hs_mix_step, MOST_ITEMS), 0, arena};
    for (size_t i = 0; i < p->n_warnings; i++)
        put(&plan, NULL,
            hs_arena_printf(arena,
                            "First of all print it again: it is %s, and no step below mends "
                            "that.",
                            p->warnings[i]));
    plan_faults(&plan, p);
    plan_peaks(&plan, p);
    plan_tone(&plan, audit, p);
    ask(&asks, p, hs_previewed_mix(t));
    p->plan = plan.items;
    p->n_plan = plan.n;
    p->asks = asks.items;
    p->n_asks = asks.n;
}
