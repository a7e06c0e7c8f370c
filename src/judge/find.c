/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One rule on one track:
 * 1. Take the reading of the master and, where there is a pair, that of the mix.
 * 2. Value: severity on the scale of the rule, at most the severity that the reading allows. With
 *    a mix, the positions of both sides tell the origin.
 * 3. Move: what mastering changed is judged by itself. From `minor` on it makes a finding or
 *    raises the severity of the one found in step 2.
 * 4. Without a fault in the master: a fault of the mix that is gone in the master, or a move
 *    towards the centre that is larger than usual, gives a finding of origin `cured`. A fault that
 *    is in the waveform for good is `eased` instead; what an encoder or a sample rate took is in
 *    the mix still, whether or not the master shows its signs.
 * 5. A finding gets its evidence, the settings of the job (accepted, intended, not heard), its
 *    listening passages and its correction.
 */
#include "judge/find.h"

#include "core/arena.h"
#include "core/num.h"
#include "core/num_text.h"
#include "judge/change.h"
#include "judge/correct.h"
#include "judge/ear_notes.h"
#include "judge/moves.h"
#include "judge/origin.h"
#include "judge/passages.h"
#include "judge/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Median gain reduction from which limiting counts as a cause. */
static const double limiting_db = 2;

struct side { /* the pair of one track on one rule, in steps towards the fault */
    struct hs_two_sides steps;
    double mix_value; /* as read; NaN without */
    double mix_z;     /* on the scale of the master; NaN for fixed thresholds or without */
    enum hs_severity mix_severity;
    double change;      /* of the master over it, of what both share */
    double told_steps;  /* what the pair tells of it less that, of rules of tone; else 0 */
    double uncertainty; /* of the change, in the rule's unit */
};

static enum hs_severity weaker(enum hs_severity a, enum hs_severity b)
{
    return a < b ? a : b;
}

static enum hs_tier tier_of(const struct hs_rule *rule, const struct hs_reading *r)
{
    return r->instead ? r->tier : rule->tier;
}

/* A reading of the mix that shows no fault, however large it is (square waves look clipped), has
 * none to hand on: it stands where the severity begins that it may have at most, and the master
 * where its own does. */
static void cap_steps(const struct hs_scale *s, const struct hs_reading *master,
                      const struct hs_reading *mix, struct hs_two_sides *steps)
{
    steps->mix = fmin(steps->mix, mix->at_most ? hs_scale_threshold(s, mix->at_most) : 0);
    if (master->at_most < HS_SEVERE)
        steps->master =
            fmin(steps->master, master->at_most ? hs_scale_threshold(s, master->at_most) : 0);
}

/* Whether mastering left the measure alone: neither what the pair tells nor the two readings differ
 * by an audible step. Then the mix is held against the master as it stands, whatever mastering
 * usually does: what was not done brought no fault in. */
static bool left_alone(const struct hs_rule *rule, double told, double change)
{
    return fabs(told) < rule->jnd && fabs(change) < rule->jnd;
}

/* How far the mix is off on the scale of the master, in steps that can be heard, and how sure
 * that is. */
static struct side look_at_pair(const struct hs_reference_model *y, const struct hs_scale *s,
                                const struct hs_case *c, const struct hs_reading *master,
                                const struct hs_reading *mix, double told)
{
    struct side p = {
        .mix_value = NAN, .mix_z = NAN, .change = NAN, .uncertainty = y->rule->repeatability};
    if (!mix->judged)
        return p;
    double unknown, gr, steps_per_unit;
    double moved = hs_reference_model_mix_on_master_scale(y, mix, &unknown);
    p.mix_value = mix->value;
    p.change = master->value - mix->value;
    p.uncertainty = sqrt(2 * y->rule->repeatability * y->rule->repeatability + unknown * unknown);
    p.steps.master = hs_scale_steps(s, master->value);
    /* fixed thresholds, or steps from the centre on the side of the master */
    if (y->rule->thresholds) {
        struct hs_scale of_mix = *s;
        of_mix.thresholds = mix->thresholds ? mix->thresholds : y->rule->thresholds;
        p.steps.mix = hs_scale_steps(&of_mix, mix->value);
        p.mix_severity = weaker(hs_scale_severity_of_steps(&of_mix, p.steps.mix), mix->at_most);
        steps_per_unit = 1 / fabs(y->rule->thresholds[1] - y->rule->thresholds[0]);
    } else {
        double sign = y->rule->side ? y->rule->side : master->value < s->d.centre ? -1.0 : 1.0;
        bool alone = left_alone(y->rule, told, p.change);
        p.steps.mix = sign * ((alone ? mix->value : moved) - s->d.centre) / y->rule->jnd;
        if (hs_rule_reads_bands(y->rule) && isfinite(told))
            p.told_steps = sign * (told - p.change) / y->rule->jnd;
        steps_per_unit = 1 / y->rule->jnd;
        p.mix_z = hs_scale_z(s, moved);
        p.mix_severity = weaker(hs_scale_severity(s, moved), mix->at_most);
    }
    /* what is only indicated is never worse than minor */
    if (tier_of(y->rule, mix) == HS_INDICATION)
        p.mix_severity = weaker(p.mix_severity, HS_MINOR);
    if (y->rule->thresholds && mix->at_most <= HS_NOTE)
        cap_steps(s, master, mix, &p.steps);
    p.steps.uncertainty = p.uncertainty * steps_per_unit;
    gr = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.median");
    p.steps.limited = y->rule->exposable && gr >= limiting_db;
    return p;
}

/* In words, what pushed a mix just below its limit over it. Readings are taken at equal loudness,
 * so gain alone is never the cause: it is limiting, or the change of the value itself. */
static const char *cause_of(const struct hs_reference_model *y, const struct hs_case *c,
                            const struct side *p)
{
    double gr = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.median");
    double p95 = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.p95");
    double moved = p->change;
    char text[HS_NUM_TEXT];
    if (y->rule->exposable && (gr >= 1 || p95 >= 3))
        return hs_arena_printf(c->arena, "%s dB of limiting",
                               hs_num_fixed(text, gr >= 1 ? gr : p95, 1));
    if (!strcmp(y->rule->unit, "dB") && fabs(moved) >= 0.05)
        return hs_arena_printf(c->arena, "a move of %s dB", hs_num_fixed(text, moved, 1));
    return "a small move of mastering";
}

/* A proxy is believed beyond `minor` only when something else says the same: the ear, or
 * a change by mastering that is far beyond what cannot be told apart. */
static enum hs_severity cap_indication(enum hs_tier tier, enum hs_severity found,
                                       const struct side *p, bool heard)
{
    if (tier != HS_INDICATION || heard)
        return found;
    double change = isnan(p->mix_value) ? 0 : p->steps.master - p->steps.mix;
    bool by_pair = change >= 2 * fmax(1, p->steps.uncertainty);
    return by_pair ? found : weaker(found, HS_MINOR);
}

/* The sentence of a finding that is a move. */
static const char *say_move(const struct hs_reference_model *y, const struct hs_finding *f,
                            struct hs_arena *arena)
{
    const struct hs_moved *m = f->moved;
    char change[HS_NUM_TEXT], low[HS_NUM_TEXT], high[HS_NUM_TEXT];
    bool outside = f->value < f->expected[0] || f->value > f->expected[1];
    const char *unit = *y->rule->unit ? y->rule->unit : "in figures of space";
    hs_num_fixed(low, m->usual[0], 1);
    hs_num_fixed(high, m->usual[1], 1);
    hs_num_fixed(change, m->change, 1);
    const char *after = m->in_range  ? "nearer to the middle, from a mix in range"
                        : m->towards ? "nearer to what is expected: a repair"
                        : outside    ? "the master is outside of what is expected"
                                     : "the master is inside of what is expected";
    return hs_arena_printf(arena, "Mastering moved it by %s %s (usual %s to %s); %s.", change, unit,
                           low, high, after);
}

/* Where the track stands on the rule, at fault or not; what is stored rounded is single precision.
 */
static void judge_stand(const struct hs_reference_model *y, const struct hs_scale *s,
                        const struct hs_reading *r, const struct side *p, double move_z,
                        const struct hs_case *c, struct hs_judgement *j)
{
    *j = (struct hs_judgement){.of = y->judged,
                               .value = r->value,
                               .mix_value = (float)p->mix_value,
                               .centre = (float)s->d.centre,
                               .reach = (float)hs_scale_reach(s),
                               .steps = (float)hs_scale_steps(s, r->value),
                               .z = (float)hs_scale_z(s, r->value),
                               .mix_z = (float)p->mix_z,
                               .mix_level = (unsigned char)p->mix_severity,
                               .move_z = (float)move_z,
                               .by_stem = r->instead != NULL};
    enum hs_severity told = HS_NO_FAULT;
    j->by_physics = y->rule->physics.tell && y->rule->physics.tell(c, &told);
    j->physics_level = (unsigned char)told;
}

/* What is said of the finding, whoever found it. */
static void fill(const struct hs_reference_model *y, const struct hs_scale *s,
                 const struct hs_reading *r, const struct side *p, const struct hs_case *c,
                 struct hs_finding *f)
{
    const struct hs_rule *rule = y->rule;
    f->rule = rule->id;
    f->tier = tier_of(rule, r);
    f->value = r->value;
    f->unit = rule->unit;
    hs_scale_expected(s, f->expected);
    f->centre = s->d.centre;
    f->jnd = rule->jnd;
    f->steps = hs_scale_steps(s, r->value);
    f->z = hs_scale_z(s, r->value);
    f->target = s->d.target;
    f->target_n = (float)s->d.n;
    f->mix_value = p->mix_value;
    f->change = p->change;
    f->uncertainty = p->uncertainty;
    f->direction = r->direction;
    if (f->moved) {
        f->tier = HS_MEASURED;
        f->evidence = say_move(y, f, c->arena);
        return;
    }
    f->plain = !r->evidence;
    f->evidence = r->evidence;
}

/* Listening passages: those of the reading, else the worst of the rule's time series. Of a cured
 * fault they are in the mix. */
static void fill_times(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_reading *r, struct hs_finding *f)
{
    f->times = r->times;
    f->n_times = (unsigned)r->n_times;
    if (f->n_times || !rule->series)
        return;
    const struct hs_file *file =
        f->origin == HS_ORIGIN_CURED && c->result ? &c->result->mix : c->file;
    struct hs_passage *spans = HS_ARENA_ARRAY(c->arena, struct hs_passage, HS_MAX_PASSAGES);
    f->n_times = (unsigned)hs_passages_worst(&file->values, rule->series, rule->series_against,
                                             rule->series_side, rule->span_s, spans);
    f->times = f->n_times ? spans : NULL;
}

/* The origin of a fault of the mix that the master shows less, or no more. What only another copy
 * can mend is not undone by mastering: its signs are covered, and what was lost is lost. */
static enum hs_origin less_now(const struct hs_rule *rule, enum hs_origin otherwise)
{
    return rule->mending == HS_BY_FIRST_COPY ? HS_ORIGIN_MIX : otherwise;
}

/* Both sides, as the pair tells what mastering did where the mix is at fault (noise that was added
 * cures no dull mix) or where the rule names a zone of its own. */
static struct hs_two_sides sides_of(const struct hs_scale *s, const struct side *p,
                                    enum hs_severity from)
{
    struct hs_two_sides sides = p->steps;
    sides.limit = hs_scale_threshold(s, from);
    if (sides.mix > sides.limit || s->rule->moves.itself.last)
        sides.master += p->told_steps;
    return sides;
}

/* Whether a fault by the distribution alone; sets severity and origin. */
static bool by_value(const struct hs_reference_model *y, const struct hs_scale *s,
                     const struct hs_reading *r, const struct side *p, const struct hs_case *c,
                     struct hs_finding *f)
{
    enum hs_severity found = hs_scale_severity(s, r->value);
    f->severity = weaker(cap_indication(tier_of(s->rule, r), found, p, f->heard), r->at_most);
    if (f->severity == HS_NO_FAULT)
        return false;
    if (isnan(p->mix_value))
        return true;
    bool counts = weaker(found, r->at_most) >= HS_MINOR;
    struct hs_two_sides sides = sides_of(s, p, counts ? HS_MINOR : HS_NOTE);
    f->origin = hs_origin_of(&sides);
    /* the mix is not at fault, and the zone itself was not moved: what lies beside it was */
    if (s->rule->moves.itself.last && sides.mix <= sides.limit && sides.master <= sides.limit &&
        p->steps.master - p->steps.mix >= 1) {
        f->origin = HS_ORIGIN_EXPOSED;
        f->exposed_by = "a cut of what lies beside it";
    } else if (f->origin == HS_ORIGIN_EXPOSED)
        f->exposed_by = cause_of(y, c, p);
    if (f->origin == HS_ORIGIN_EASED && less_now(s->rule, HS_ORIGIN_EASED) == HS_ORIGIN_MIX) {
        f->origin = HS_ORIGIN_MIX; /* as severe as it is there */
        f->severity = f->severity > p->mix_severity ? f->severity : p->mix_severity;
    }
    return true;
}

/* Copies the move to the arena: few findings have one, so that they hold a pointer to it. */
static struct hs_moved *kept(const struct hs_moved *moved, struct hs_arena *arena)
{
    struct hs_moved *copy = HS_ARENA_NEW(arena, struct hs_moved);
    *copy = *moved;
    return copy;
}

/* A move of mastering that is larger than usual: it makes a finding of its own, or raises the
 * severity of the one that the value made. Sets severity, origin and move. */
static void by_move(const struct hs_scale *s, const struct hs_reading *r, const struct side *p,
                    const struct hs_moved *moved, enum hs_severity found, bool fired,
                    struct hs_arena *arena, struct hs_finding *f)
{
    if (!s->rule->moves.change) /* else the pair has measured it by itself */
        found = weaker(found, r->at_most);
    if (found < HS_MINOR)
        return;
    bool in_mix = !isnan(p->mix_value) && !s->rule->thresholds &&
                  p->steps.mix > hs_scale_threshold(s, HS_MINOR);
    f->severity = found > f->severity ? found : f->severity;
    f->origin = in_mix ? HS_ORIGIN_WORSENED : HS_ORIGIN_MASTERING;
    f->exposed_by = NULL;
    f->by_pair_only = !fired;
    f->moved = kept(moved, arena);
}

/* A move towards the centre that was more than usual shows that the mix was at fault, or that more
 * was done than it needed. How large the move was does not make its fault worse than the mix itself
 * reads. */
static bool by_repair(enum hs_severity repaired, const struct side *p, const struct hs_moved *moved,
                      struct hs_arena *arena, struct hs_finding *f)
{
    if (repaired < HS_MINOR)
        return false;
    f->severity = weaker(repaired, p->mix_severity > HS_MINOR ? p->mix_severity : HS_MINOR);
    f->origin = HS_ORIGIN_CURED;
    struct hs_moved *m = kept(moved, arena);
    m->in_range = p->mix_severity < HS_MINOR;
    f->moved = m;
    return true;
}

/* A fault of the mix that the master no longer has; as severe as it was in the mix. */
static bool cured(const struct hs_scale *s, const struct hs_reading *mix, const struct side *p,
                  struct hs_finding *f)
{
    if (isnan(p->mix_value))
        return false;
    struct hs_two_sides sides = sides_of(s, p, HS_MINOR);
    if (!hs_origin_cured(&sides))
        return false;
    enum hs_severity found = HS_MINOR;
    for (int level = HS_MODERATE; level <= HS_SEVERE; level++)
        if (sides.mix >= hs_scale_threshold(s, (enum hs_severity)level))
            found = (enum hs_severity)level;
    if (tier_of(s->rule, mix) == HS_INDICATION && !f->heard)
        found = HS_MINOR;
    f->severity = weaker(found, mix->at_most);
    /* Cut-off tops that a filter or an encoder rounds are still cut off. */
    f->origin = less_now(s->rule, s->rule->lasting ? HS_ORIGIN_EASED : HS_ORIGIN_CURED);
    return true;
}

/* Whether the job says, in plain words (`intended`), that the song is meant to be like this. */
static bool is_intended(const struct hs_track *t, const char *rule)
{
    for (size_t i = 0; i < t->n_intended; i++) {
        const char *named = hs_judge_rule_of_words(t->intended[i]);
        if (named && hs_same_rule(named, rule))
            return true;
    }
    return false;
}

/* What the job says of the finding: accepted with its reason, intended (accepted as well), or not
 * heard (it still counts). */
static void apply_settings(const struct hs_case *c, struct hs_finding *f)
{
    const struct hs_track *t = c->result ? c->result->track : NULL;
    for (size_t i = 0; t && i < t->n_accept; i++)
        if (!strcmp(t->accept[i].rule, f->rule)) {
            f->accepted = true;
            f->accepted_why = t->accept[i].why;
        }
    if (t && !f->accepted && is_intended(t, f->rule)) {
        f->accepted = true;
        f->accepted_why = "intended";
    }
    for (size_t i = 0; t && i < t->n_not_heard; i++)
        f->not_heard |= hs_same_rule(t->not_heard[i], f->rule);
}

/* Of a fault that only the mix shows, and that was not undone. */
static void say_not_undone(const struct hs_rule *rule, struct hs_finding *f, struct hs_arena *arena)
{
    char mix[HS_NUM_TEXT], master[HS_NUM_TEXT];
    double in_mix = f->mix_value, in_master = f->value;
    int of_mix = 0, of_master = 0;
    const char *unit_of_mix = hs_num_readable(&in_mix, &of_mix, f->unit);
    const char *unit_of_master = hs_num_readable(&in_master, &of_master, f->unit);
    f->plain = false;
    if (rule->mending == HS_BY_FIRST_COPY)
        f->evidence = hs_arena_printf(arena,
                                      "%s %s in the mix; the master does not show it: it is "
                                      "covered, and what was lost is not back.",
                                      hs_num_fixed(mix, in_mix, of_mix), unit_of_mix);
    else
        f->evidence = hs_arena_printf(arena,
                                      "%s %s in the mix, %s %s in the master: what was cut off has "
                                      "been rounded by a filter or an encoder since, not put back.",
                                      hs_num_fixed(mix, in_mix, of_mix), unit_of_mix,
                                      hs_num_fixed(master, in_master, of_master), unit_of_master);
}

/* Where a move of tone leads to from the mix: the transfer has a zero of its own, so that this may
 * differ from the reading of the master. */
static struct hs_reading moved_to(const struct hs_rule *rule, const struct hs_reading *master,
                                  const struct hs_reading *mix, double change)
{
    struct hs_reading after = *master;
    if (hs_rule_reads_bands(rule) && mix->judged && isfinite(change))
        after.value = mix->value + change;
    return after;
}

bool hs_find(const struct hs_reference_model *model, const struct hs_case *c, size_t leave_out,
             struct hs_finding *f, struct hs_judgement *j)
{
    const struct hs_reading none = {.judged = false};
    const struct hs_reading *r = &model->master;
    const struct hs_reading *mix = c->result ? &model->mix : &none;
    struct hs_scale s = hs_reference_model_scale(model, r, leave_out, c->arena);
    *f = (struct hs_finding){.heard = c->result && hs_ear_notes_heard(c->result, model->rule->id)};
    f->catalogue_z = (float)(leave_out == (size_t)-1 ? hs_reference_model_catalogue_z(model) : NAN);
    /* by its value, by the move of mastering, cured, or repaired: the first that holds makes the
     * finding */
    struct hs_moved moved;
    enum hs_severity repaired;
    double change = hs_change_by_mastering(model->rule, c, &model->shared_master, mix);
    struct side p = look_at_pair(model, &s, c, &model->shared_master, mix, change);
    struct hs_reading after = moved_to(model->rule, r, mix, change);
    judge_stand(model, &s, r, &p, hs_moves_stand(model, &s, change, &after), c, j);
    enum hs_severity of_move = hs_moves_judge(model, &s, change, &after, &moved, &repaired);
    bool fired = by_value(model, &s, r, &p, c, f);
    by_move(&s, r, &p, &moved, of_move, fired, c->arena, f);
    if (f->severity == HS_NO_FAULT && !cured(&s, mix, &p, f) &&
        !by_repair(repaired, &p, &moved, c->arena, f))
        return false;
    /* what the finding says, and what can be done about it */
    fill(model, &s, r, &p, c, f);
    if (f->origin == HS_ORIGIN_CURED && mix->judged) /* the fault is that of the mix */
        f->direction = mix->direction;
    if ((f->origin == HS_ORIGIN_EASED || f->origin == HS_ORIGIN_MIX) && !fired && !f->moved)
        say_not_undone(model->rule, f, c->arena);
    apply_settings(c, f);
    fill_times(model->rule, c, r, f);
    hs_correct(model->rule, c, f);
    return true;
}
