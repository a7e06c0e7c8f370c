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
#include "judge/change.h"
#include "judge/correct.h"
#include "judge/ear_notes.h"
#include "judge/finding_settings.h"
#include "judge/finding_words.h"
#include "judge/moves.h"
#include "judge/of_mix.h"
#include "judge/opposite.h"
#include "judge/origin.h"
#include "judge/pair_side.h"
#include "judge/passages.h"
#include "judge/reading.h"

#include <math.h>

/* A proxy is believed beyond `minor` only when something else says the same: the ear, or
 * a change by mastering that is far beyond what cannot be told apart. */
static enum hs_severity cap_indication(enum hs_tier tier, enum hs_severity found,
                                       const struct hs_pair_side *p, bool heard)
{
    if (tier != HS_INDICATION || heard)
        return found;
    double change = isnan(p->mix_value) ? 0 : p->steps.master - p->steps.mix;
    bool by_pair = change >= 2 * fmax(1, p->steps.uncertainty);
    return by_pair ? found : hs_severity_least(found, HS_MINOR);
}

/* Where the track stands on the rule, at fault or not; what is stored rounded is single precision.
 */
static void judge_stand(const struct hs_reference_model *y, const struct hs_scale *s,
                        const struct hs_reading *r, const struct hs_pair_side *p, double move_z,
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
                 const struct hs_reading *r, const struct hs_pair_side *p, const struct hs_case *c,
                 struct hs_finding *f)
{
    const struct hs_rule *rule = y->rule;
    f->rule = rule->id;
    f->small_in_mix = f->origin == HS_ORIGIN_WORSENED && f->severity > p->mix_severity &&
                      p->mix_severity <= HS_MINOR;
    f->tier = hs_reading_tier(rule, r);
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
    f->lifts = r->lifts;
    f->lowers = r->lowers;
    f->span[0] = r->span[0];
    f->span[1] = r->span[1];
    if (f->moved) {
        f->tier = HS_MEASURED;
        f->evidence = hs_finding_say_move(rule, f, c->arena);
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
    f->n_times = (unsigned short)r->n_times;
    if (f->n_times || !rule->series)
        return;
    const struct hs_file *file =
        f->origin == HS_ORIGIN_CURED && c->result ? &c->result->mix : c->file;
    struct hs_passage *spans = HS_ARENA_ARRAY(c->arena, struct hs_passage, HS_MAX_PASSAGES);
    f->n_times = (unsigned short)hs_passages_worst(
        &file->values, rule->series, rule->series_against, rule->series_side, rule->span_s, spans);
    f->times = f->n_times ? spans : NULL;
}

/* Whether a fault by the distribution alone; sets severity and origin. */
static bool by_value(const struct hs_reference_model *y, const struct hs_scale *s,
                     const struct hs_reading *r, const struct hs_pair_side *p,
                     const struct hs_case *c, struct hs_finding *f)
{
    enum hs_severity found = hs_scale_severity(s, r->value);
    f->severity = hs_severity_least(cap_indication(hs_reading_tier(s->rule, r), found, p, f->heard),
                                    r->at_most);
    if (f->severity == HS_NO_FAULT)
        return false;
    if (isnan(p->mix_value)) {
        f->origin = r->proven ? HS_ORIGIN_MASTERING : f->origin;
        return true;
    }
    bool counts = hs_severity_least(found, r->at_most) >= HS_MINOR;
    struct hs_two_sides sides = hs_pair_side_steps(s, p, counts ? HS_MINOR : HS_NOTE);
    f->origin = hs_origin_of(&sides);
    /* what an encoder or another rate takes is not pushed over a limit by level or by little; of
     * signs of an encoder that the mix shows, too, the master may only show more */
    if (f->origin == HS_ORIGIN_EXPOSED && s->rule->mending == HS_BY_FIRST_COPY &&
        !s->rule->shows_encoder)
        f->origin = HS_ORIGIN_MASTERING;
    /* the mix is not at fault, and the zone itself was not moved: what lies beside it was */
    if (s->rule->moves.itself.last && sides.mix <= sides.limit && sides.master <= sides.limit &&
        p->steps.master - p->steps.mix >= 1) {
        f->origin = HS_ORIGIN_EXPOSED;
        f->exposed_by = "a cut of what lies beside it";
    } else if (f->origin == HS_ORIGIN_EXPOSED)
        f->exposed_by = hs_finding_cause(y->rule, c, p->change);
    bool less =
        f->origin == HS_ORIGIN_EASED && hs_of_mix_less_now(s->rule, c, f->origin) == HS_ORIGIN_MIX;
    if (less || hs_of_mix_encoded(s->rule, c, p) || hs_of_mix_cut(s->rule, c, p)) {
        f->origin = HS_ORIGIN_MIX; /* as severe as it is there */
        f->severity = f->severity > p->mix_severity ? f->severity : p->mix_severity;
    } else if (f->origin == HS_ORIGIN_MASTERING && hs_of_mix_may_be(s->rule, c))
        f->origin = HS_ORIGIN_CANNOT_SAY;
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
static void by_move(const struct hs_scale *s, const struct hs_reading *r,
                    const struct hs_pair_side *p, const struct hs_moved *moved,
                    enum hs_severity found, bool fired, struct hs_arena *arena,
                    struct hs_finding *f)
{
    /* else the pair has measured it by itself */
    if (!s->rule->moves.change && !hs_rule_reads_bands(s->rule))
        found = hs_severity_least(found, r->at_most);
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
static bool by_repair(enum hs_severity repaired, const struct hs_pair_side *p,
                      const struct hs_moved *moved, struct hs_arena *arena, struct hs_finding *f)
{
    if (repaired < HS_MINOR)
        return false;
    f->severity =
        hs_severity_least(repaired, p->mix_severity > HS_MINOR ? p->mix_severity : HS_MINOR);
    f->origin = HS_ORIGIN_CURED;
    struct hs_moved *m = kept(moved, arena);
    m->in_range = p->mix_severity < HS_MINOR;
    f->moved = m;
    return true;
}

/* A fault of the mix that the master no longer has; as severe as it was in the mix. A mix whose own
 * reading is no fault, by its spread or by what it may have at most, had none to be cured of. */
static bool cured(const struct hs_scale *s, const struct hs_case *c, const struct hs_reading *mix,
                  const struct hs_pair_side *p, struct hs_finding *f)
{
    if (isnan(p->mix_value) || p->mix_severity < HS_MINOR)
        return false;
    struct hs_two_sides sides = hs_pair_side_steps(s, p, HS_MINOR);
    if (!hs_origin_cured(&sides))
        return false;
    enum hs_severity found = HS_MINOR;
    for (int level = HS_MODERATE; level <= HS_SEVERE; level++)
        if (sides.mix >= hs_scale_threshold(s, (enum hs_severity)level))
            found = (enum hs_severity)level;
    if (hs_reading_tier(s->rule, mix) == HS_INDICATION && !f->heard)
        found = HS_MINOR;
    f->severity = hs_severity_least(found, mix->at_most);
    f->origin = hs_of_mix_less_now(s->rule, c, HS_ORIGIN_CURED);
    return true;
}

/* What is left of a fault of the mix in the master is a note, which counts nowhere: then that the
 * mix had it tells more. */
static void note_or_cured(const struct hs_scale *s, const struct hs_case *c,
                          const struct hs_reading *mix, const struct hs_pair_side *p,
                          enum hs_severity repaired, const struct hs_moved *moved,
                          struct hs_finding *f)
{
    struct hs_finding asked = *f;
    if ((cured(s, c, mix, p, &asked) || by_repair(repaired, p, moved, c->arena, &asked)) &&
        asked.origin == HS_ORIGIN_CURED)
        *f = asked;
}

/* What rests on a mix that may not be the one that was mastered is an indication, and no worse than
 * minor: a move of tone, width or space, and a fault that the mix has and the master has not. What
 * the master shows by itself, by its value, is as severe and as sure as that. */
static void doubt_mix(const struct hs_rule *rule, const struct hs_case *c,
                      const struct hs_reading *r, enum hs_severity by_itself, struct hs_finding *f)
{
    const bool moved = f->moved && (hs_rule_reads_bands(rule) || rule->moves.change);
    const bool cured = f->origin == HS_ORIGIN_CURED;
    if (!hs_of_mix_another(c) || (!moved && !cured))
        return;
    f->tier = cured || by_itself < HS_MINOR ? HS_INDICATION : hs_reading_tier(rule, r);
    if (f->heard)
        return;
    const enum hs_severity at_most =
        f->tier == HS_INDICATION || by_itself < HS_MINOR ? HS_MINOR : by_itself;
    f->severity = hs_severity_least(f->severity, at_most);
}

bool hs_find(const struct hs_reference_model *model, const struct hs_case *c, size_t leave_out,
             struct hs_finding *f, struct hs_judgement *j)
{
    const struct hs_reading none = {.judged = false};
    const struct hs_reading *r = &model->master;
    const struct hs_reading *mix = c->result ? &model->mix : &none;
    struct hs_scale s = hs_reference_model_scale(model, r, leave_out, c->arena);
    *f = (struct hs_finding){.heard =
                                 c->result && hs_ear_notes_heard(c->result, model->rule, r->value)};
    f->catalogue_z = (float)(leave_out == (size_t)-1 ? hs_reference_model_catalogue_z(model) : NAN);
    /* by its value, by the move of mastering, cured, or repaired: the first that holds makes the
     * finding */
    struct hs_moved moved;
    enum hs_severity repaired;
    double change = hs_change_by_mastering(model->rule, c, &model->shared_master, mix);
    struct hs_pair_side p = hs_pair_side_of(model, &s, c, &model->shared_master, mix, change);
    struct hs_reading after = hs_moved_to(model->rule, r, mix, change);
    judge_stand(model, &s, r, &p, hs_moves_stand(model, &s, change, &after), c, j);
    j->called_for = hs_moves_called_for(model, &s, change, &after);
    enum hs_severity of_move = hs_moves_judge(model, &s, change, &after, &moved, &repaired);
    if (isfinite(change) && moved.towards && hs_move_is_disputed(model, c, leave_out)) {
        of_move = hs_moves_size(model, &s, change);
        moved.towards = false;
    }
    bool fired = by_value(model, &s, r, &p, c, f);
    const enum hs_severity by_itself = f->severity;
    by_move(&s, r, &p, &moved, of_move, fired, c->arena, f);
    if (f->severity == HS_NOTE && f->origin == HS_ORIGIN_EASED)
        note_or_cured(&s, c, mix, &p, repaired, &moved, f);
    if (f->severity == HS_NO_FAULT && !cured(&s, c, mix, &p, f) &&
        !by_repair(repaired, &p, &moved, c->arena, f))
        return false;
    /* what the finding says, and what can be done about it */
    fill(model, &s, r, &p, c, f);
    if (f->origin == HS_ORIGIN_CURED && mix->judged) { /* the fault is that of the mix */
        f->direction = mix->direction;
        f->heard = c->result && hs_ear_notes_heard(c->result, model->rule, f->mix_value);
    }
    if ((f->origin == HS_ORIGIN_EASED || f->origin == HS_ORIGIN_MIX) && !fired && !f->moved)
        hs_finding_say_not_undone(model->rule, c, f);
    doubt_mix(model->rule, c, r, by_itself, f);
    hs_finding_settings(c, f);
    fill_times(model->rule, c, r, f);
    hs_correct(model->rule, c, f);
    return true;
}
