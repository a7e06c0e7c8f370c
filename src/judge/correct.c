/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The change wanted leads to the nearer edge of the expected range and a tenth of an audible
 *    step inside, not past the centre. Of a move, it leads to the edge of what is usual.
 * 2. It is made in the mix where the fault is in the mix and session or stems exist, else in
 *    the master.
 * 3. The dB of the correction are the change over the response of the value to the move, limited
 *    by the cap of the rule (twice as much in a mix), rounded to 0.1 dB.
 * 4. `db_most` is the same move all the way to the centre and not past it, within the same cap.
 * Rules with a `correct` of their own do steps 1 to 3 themselves.
 */
#include "judge/correct.h"

#include "core/arena.h"

#include <math.h>

static bool can_be_mixed_again(const struct hs_case *c)
{
    if (!c->result || !c->result->track)
        return true; /* nothing is known against it */
    enum hs_recall recall = c->result->track->recall;
    return recall == HS_RECALL_SESSION || recall == HS_RECALL_STEMS;
}

enum hs_place hs_correct_where(const struct hs_case *c, const struct hs_finding *f)
{
    return hs_finding_is_of_mix(f) && can_be_mixed_again(c) ? HS_PLACE_MIX : HS_PLACE_MASTER;
}

/* What a correction starts from and may end at: of a move of mastering, or of the value itself.
 * `sign` is -1 where more of the move lowers the value. */
struct way {
    double now, range[2], centre, sign;
};

static struct way way_of(const struct hs_finding *f)
{
    const struct hs_moved *m = f->moved;
    if (m)
        return (struct way){m->change, {m->usual[0], m->usual[1]}, m->centre, m->sign};
    return (struct way){f->value, {f->expected[0], f->expected[1]}, f->centre, 1};
}

/* The change that brings it all the way to the centre; of a move: takes it back. */
static double most_wanted(const struct hs_finding *f)
{
    struct way w = way_of(f);
    return w.sign * (w.centre - w.now);
}

double hs_correct_wanted(const struct hs_finding *f)
{
    struct way w = way_of(f);
    double low = isnan(w.range[0]) ? -INFINITY : w.range[0];
    double high = isnan(w.range[1]) ? INFINITY : w.range[1];
    double edge = fmin(fmax(w.now, low), high), wanted = edge - w.now;
    if (wanted != 0 && isfinite(w.centre))
        wanted += copysign(fmin(f->jnd / 10, fabs(w.centre - edge)), wanted);
    return w.sign * wanted;
}

void hs_correct_words(const struct hs_case *c, const struct hs_finding *f,
                      struct hs_correction *out, const struct hs_move *move, const char *words)
{
    *out = (struct hs_correction){.where = hs_correct_where(c, f),
                                  .move = move,
                                  .channel = HS_CHANNEL_BOTH,
                                  .hz = NAN,
                                  .db = NAN,
                                  .q = NAN,
                                  .after = NAN,
                                  .words = words};
}

void hs_correct_another_copy(const struct hs_rule *rule, const struct hs_case *c,
                             const struct hs_finding *f, struct hs_correction *out)
{
    const char *words = "Go back to the original and deliver a first-generation copy.";
    if (rule->about_note && f->severity <= HS_NOTE)
        words = rule->about_note;
    hs_correct_words(c, f, out, &hs_move_another_copy, words);
    out->where = HS_PLACE_MASTER;
}

/* Findings inside the expected range exist by what mastering moved: the move is taken
 * back as far as the centre allows. */
static double wanted_change(const struct hs_finding *f)
{
    double wanted = hs_correct_wanted(f);
    if (wanted != 0 || isnan(f->centre))
        return wanted;
    double to_centre = f->centre - f->value, back = isnan(f->change) ? 0 : -f->change;
    if (back == 0)
        back = to_centre / 2;
    if (back * to_centre <= 0)
        return 0;
    return copysign(fmin(fabs(back), fabs(to_centre)), to_centre);
}

/* One sentence for people: place, move, channel, frequency, dB, Q. */
static const char *describe(struct hs_arena *arena, const struct hs_correction *m)
{
    const char *where = hs_place_name(m->where);
    const char *channel = m->channel == HS_CHANNEL_BOTH ? "" : hs_move_channel_name(m->channel);
    const char *gap = *channel ? " of the " : "";
    if (isnan(m->hz))
        return hs_arena_printf(arena, "In the %s: %s%s%s %+.1f dB.", where, m->move->name, gap,
                               channel, m->db);
    const char *unit = m->hz < 1000 ? "Hz" : "kHz";
    double shown = m->hz < 1000 ? m->hz : m->hz / 1000;
    if (isnan(m->q))
        return hs_arena_printf(arena, "In the %s: %s%s%s at %.4g %s, %+.1f dB%s.", where,
                               m->move->name, gap, channel, shown, unit, m->db,
                               m->move->shape == HS_SHAPE_TILT ? " from 100 Hz to 10 kHz" : "");
    return hs_arena_printf(arena, "In the %s: %s%s%s at %.4g %s, %+.1f dB, Q %.2g.", where,
                           m->move->name, gap, channel, shown, unit, m->db, m->q);
}

/* The most that a file should be given, in dB of the move; 0: no limit. */
static double cap_of(const struct hs_rule *rule, enum hs_place where)
{
    return rule->fix.cap_db * (where == HS_PLACE_MIX ? 2 : 1);
}

/* The same move all the way to the centre and not past it, in tenths, within the same cap; where
 * that is no more than enough, enough is the most. A rule may have filled it itself. */
static void put_most(const struct hs_rule *rule, const struct hs_finding *f,
                     struct hs_correction *m)
{
    double most = hs_correct_wanted(f) != 0 ? most_wanted(f) : NAN, moved = m->after - f->value;
    double cap = cap_of(rule, m->where);
    if (m->db_most != 0)
        return;
    m->db_most = m->db;
    m->after_most = m->after;
    if (!isfinite(m->db) || m->db == 0 || !(most * moved > 0))
        return;
    double db = fabs(most / moved * m->db);
    if (cap > 0)
        db = fmin(db, cap);
    db = floor(10 * db + 1e-6) / 10;
    if (db <= fabs(m->db))
        return;
    m->db_most = copysign(db, m->db);
    m->after_most = f->value + moved * m->db_most / m->db;
}

/* What mastering put in can be taken out: the next mastering leaves it away. */
static bool is_free_of_cap(const struct hs_finding *f, enum hs_place where)
{
    return f->moved && !f->moved->towards && where == HS_PLACE_MASTER;
}

/* The move that the row of the rule names, large enough to bring the value back, never more
 * than the cap; a move of mastering is undone in full. False: nothing to do. */
static bool fill_from_row(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    double change = rule->fix.move ? wanted_change(f) : 0;
    if (change == 0)
        return false;
    struct hs_correction m = {.where = hs_correct_where(c, f),
                              .move = rule->fix.move,
                              .channel = rule->fix.channel,
                              .hz = rule->fix.hz,
                              .q = rule->fix.q};
    double cap = cap_of(rule, m.where);
    m.db = change / rule->fix.response;
    if (!is_free_of_cap(f, m.where))
        m.db = fmin(fmax(m.db, -cap), cap);
    m.db = round(10 * m.db) / 10;
    if (m.db == 0)
        return false;
    /* Through the same mastering: what it added to the mix it adds again. */
    m.after = f->value + m.db * rule->fix.response;
    m.words = describe(c->arena, &m);
    *out = m;
    return true;
}

/* Within the cap of a master, which is half of what a mix may be given. */
void hs_correct_on_master(const struct hs_rule *rule, struct hs_finding *f, struct hs_arena *arena)
{
    struct hs_correction *m = &f->correction;
    if (m->where != HS_PLACE_MIX || m->move->shape == HS_SHAPE_NONE || !isfinite(m->db) ||
        m->db == 0)
        return;
    double per_db = (m->after - f->value) / m->db, cap = cap_of(rule, HS_PLACE_MASTER);
    m->where = HS_PLACE_MASTER;
    if (cap > 0)
        m->db = fmin(fmax(m->db, -cap), cap);
    m->after = f->value + per_db * m->db;
    m->db_most = 0;
    put_most(rule, f, m);
    m->words = describe(arena, m);
}

double hs_correct_allowed(const struct hs_rule *rule, const struct hs_finding *f)
{
    double wanted = hs_correct_wanted(f), cap = cap_of(rule, f->correction.where);
    double most = fabs(cap * rule->fix.response);
    if (is_free_of_cap(f, f->correction.where) || !(most > 0))
        return wanted;
    return fmin(fmax(wanted, -most), most);
}

bool hs_correct_further(const struct hs_rule *rule, struct hs_finding *f, double change,
                        struct hs_arena *arena)
{
    struct hs_correction *m = &f->correction;
    double per_db = (m->after - f->value) / m->db, cap = cap_of(rule, m->where);
    double db = fabs(m->db + change / per_db);
    if (rule->correct || !m->where || !isfinite(db) || change * (m->after - f->value) <= 0)
        return false;
    if (!is_free_of_cap(f, m->where) && cap > 0)
        db = fmin(db, cap);
    db = round(10 * db) / 10;
    if (db <= fabs(m->db))
        return false;
    m->db = copysign(db, m->db);
    m->after = f->value + per_db * m->db;
    m->db_most = 0;
    put_most(rule, f, m);
    m->words = describe(arena, m);
    return true;
}

void hs_correct(const struct hs_rule *rule, const struct hs_case *c, struct hs_finding *f)
{
    if (f->origin == HS_ORIGIN_CURED)
        return;
    if (rule->correct)
        rule->correct(rule, c, f, &f->correction);
    else if (!fill_from_row(rule, c, f, &f->correction))
        return;
    if (f->correction.where != HS_PLACE_NONE)
        put_most(rule, f, &f->correction);
}
