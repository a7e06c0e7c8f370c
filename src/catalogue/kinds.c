/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of the kinds. For each of them: which units of the census count, at which level and z,
 * and what they are held against. Songs, mixes and stems are held against the base rate of songs,
 * moves against how often harmless mastering moves a value as far. A rule of two sides counts both
 * ends, so that |z| is turned to the z of one side that is as rare.
 */
#include "catalogue/kinds.h"

#include "catalogue/evening_out.h"
#include "catalogue/factors.h"
#include "catalogue/held_against.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/moves.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

/* What is counted of one rule. */
struct subject {
    const struct hs_audit *audit;
    const struct hs_census *census;
    const struct hs_rule *rule; /* NULL: not known */
    double evening_out;
    bool mixes_read; /* of any mix it is known how it reads */
};

/* Both ends count for a rule with two sides: |z| as one end would be. */
static double one_sided(double z, int side)
{
    if (side || isnan(z))
        return isnan(z) ? 0 : z;
    return hs_normal_quantile(2 * hs_normal_cdf(fabs(z)) - 1);
}

/* The level of a unit: of the finding that counts. */
static int level_of(const struct hs_unit *u)
{
    return u->finding ? (int)u->finding->severity : 0;
}

static bool is_song(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out)
{
    /* where nothing is kept of a sound track: in the middle */
    double z = u->judgement ? one_sided((double)u->judgement->z, s->census->side) : 0;
    bool part = u->finding && u->finding->explained_by;
    *out = (struct hs_counted_unit){u->release, level_of(u), u->origin, z, part};
    return true;
}

static bool is_stem(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out)
{
    const struct hs_judgement *j = u->judgement;
    return j && j->by_stem && is_song(s, u, out);
}

static const struct hs_finding *finding_of(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_same_rule(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

/* A finding on the track that does not count: part of another, or the other way round where the
 * part has the name of the cause, or on purpose. */
static bool excused(const struct subject *s, const struct hs_track_result *t)
{
    const struct hs_finding *f = finding_of(t, s->census->rule);
    return f && (f->accepted || f->counting == HS_COUNTED_AS_ITS_PART ||
                 (f->explained_by && f->counting != HS_COUNTS_AS_PART));
}

static bool is_part(const struct subject *s, const struct hs_track_result *t)
{
    const struct hs_finding *f = finding_of(t, s->census->rule);
    return f && f->explained_by;
}

static bool mix_is_known(const struct subject *s, const struct hs_unit *u)
{
    return u->judgement && isfinite((double)u->judgement->mix_value) &&
           s->audit->tracks[u->track].pair.state == HS_PAIR_ALIGNED;
}

/* What the file shows without comparison with other music (rule.physics); z is not used. */
static bool is_told(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out)
{
    const struct hs_judgement *j = u->judgement;
    if (!j || !j->by_physics)
        return false;
    const struct hs_track_result *t = &s->audit->tracks[u->track];
    int level = excused(s, t) ? 0 : j->physics_level;
    *out = (struct hs_counted_unit){u->release, level, u->origin, 0, is_part(s, t)};
    return true;
}

/* A fault of the mix that the master no longer has is cured, or hidden behind another one. */
static enum hs_origin origin_of_mix(const struct hs_finding *f)
{
    bool known = f && (f->origin == HS_ORIGIN_WORSENED || f->origin == HS_ORIGIN_EASED ||
                       f->origin == HS_ORIGIN_CURED);
    return known ? f->origin : HS_ORIGIN_MIX;
}

/* Of what comes with the file the mix may be read only where its master shows it: a sound master
 * then speaks for its mix. Without these nearly all mixes that were read would be at fault. */
static bool mix_is_sound(const struct subject *s, const struct hs_unit *u)
{
    return s->mixes_read && s->rule && s->rule->dimension->of_the_file && u->judgement &&
           !u->finding && s->audit->tracks[u->track].pair.state == HS_PAIR_ALIGNED;
}

/* A mix counts once, with the first of its masters for which it is known, else with the first that
 * is sound: those of one song are neighbours in the census. */
static bool counts_for_mix(const struct subject *s, const struct hs_unit *u)
{
    const struct hs_unit *end = s->census->masters + s->census->n_masters;
    bool known = mix_is_known(s, u);
    if (!known && !mix_is_sound(s, u))
        return false;
    for (const struct hs_unit *k = u; k > s->census->masters && k[-1].song == u->song; k--)
        if (mix_is_known(s, k - 1) || (!known && mix_is_sound(s, k - 1)))
            return false;
    for (const struct hs_unit *k = u + 1; !known && k < end && k->song == u->song; k++)
        if (mix_is_known(s, k))
            return false;
    return true;
}

static bool is_mix(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out)
{
    if (!counts_for_mix(s, u))
        return false;
    if (!mix_is_known(s, u)) {
        *out = (struct hs_counted_unit){u->release, 0, HS_ORIGIN_CANNOT_SAY, 0, false};
        return true;
    }
    const struct hs_judgement *j = u->judgement;
    const struct hs_track_result *t = &s->audit->tracks[u->track];
    int level = excused(s, t) ? 0 : j->mix_level;
    *out =
        (struct hs_counted_unit){u->release, level, origin_of_mix(finding_of(t, s->census->rule)),
                                 one_sided((double)j->mix_z, j->of->side), is_part(s, t)};
    return true;
}

static struct subject subject_of(const struct hs_audit *audit, const struct hs_census *c)
{
    struct subject s = {audit, c, hs_rule_find(c->rule), 0, false};
    s.evening_out = hs_evening_out(c, s.rule);
    for (size_t i = 0; i < c->n_masters && !s.mixes_read; i++)
        s.mixes_read = mix_is_known(&s, &c->masters[i]);
    return s;
}

/* A move towards the fault that the mix called for says nothing of what mastering does to mixes
 * that do not: such masters are not counted, whatever was done to them. */
static bool is_called_for(const struct hs_unit *u)
{
    const struct hs_judgement *j = u->judgement;
    return j && isfinite((double)j->move_z) && j->called_for;
}

/* What mastering did on the way to the fault, less what the mix needed by its own measure. A move
 * is known by itself: one whose finding is part of another, say of a fault of the mix, counts. */
static bool is_move(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out)
{
    const struct hs_judgement *j = u->judgement;
    if (!j || !isfinite((double)j->move_z) || is_called_for(u))
        return false;
    double z = (double)j->move_z, mix = (double)j->mix_z;
    if (z > 0 && mix < 0)
        z = fmax(z - s->evening_out * mix, 0);
    const struct hs_finding *f = finding_of(&s->audit->tracks[u->track], s->census->rule);
    bool on_purpose = f && f->accepted;
    enum hs_origin origin = f && (f->origin == HS_ORIGIN_WORSENED || f->origin == HS_ORIGIN_EXPOSED)
                                ? f->origin
                                : HS_ORIGIN_MASTERING;
    *out = (struct hs_counted_unit){u->release, on_purpose ? 0 : (int)hs_moves_severity(s->rule, z),
                                    origin, one_sided(z, s->census->side), false};
    return true;
}

/* Of those that were called for: which went that way by an audible step; of a rule with two sides
 * nearer to the centre. */
static bool went_that_way(const struct subject *s, const struct hs_unit *u)
{
    const struct hs_judgement *j = u->judgement;
    int side = s->census->side;
    if (!is_called_for(u))
        return false;
    double master = j->value - (double)j->centre, mix = (double)j->mix_value - (double)j->centre;
    return (side ? side * (master - mix) : fabs(mix) - fabs(master)) >= j->of->jnd;
}

/* How far from the centre, and as it is measured over the years. */
static double of_master(const struct subject *s, const struct hs_judgement *j, double *value)
{
    (void)s;
    *value = j->value;
    return j->value - (double)j->centre;
}

static double of_mix(const struct subject *s, const struct hs_judgement *j, double *value)
{
    (void)s;
    *value = (double)j->mix_value;
    return (double)j->mix_value - (double)j->centre;
}

/* Of gain reduction and the like computed back from its z: mix and master do not tell it. */
static double of_move(const struct subject *s, const struct hs_judgement *j, double *value)
{
    *value = s->rule && s->rule->moves.change_is_harm
                 ? s->rule->moves.centre + s->rule->moves.spread * (double)j->move_z
                 : j->value - (double)j->mix_value;
    return *value;
}

/* A kind of evidence, in the order of the rows; the songs always have one. */
static const struct kind {
    enum hs_evidence evidence;
    bool every_master; /* else those that count as songs (census.h) */
    /* Whether a master is counted, and as what. */
    bool (*count)(const struct subject *s, const struct hs_unit *u, struct hs_counted_unit *out);
    void (*held_against)(const struct hs_rule *rule, const struct hs_base_rate *base,
                         struct hs_evidence_counts *e);
    double (*distance)(const struct subject *s, const struct hs_judgement *j, double *value);
} kinds[] = {
    {HS_BY_SONGS, false, is_song, hs_against_songs, of_master},
    {HS_BY_PHYSICS, false, is_told, hs_against_physics, of_master},
    {HS_BY_MIXES, true, is_mix, hs_against_songs, of_mix},
    {HS_BY_STEMS, false, is_stem, hs_against_songs, of_master},
    {HS_BY_MOVES, true, is_move, hs_against_moves, of_move},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static const struct hs_unit *units_of(const struct kind *kind, const struct hs_census *c, size_t *n)
{
    *n = kind->every_master ? c->n_masters : c->n;
    return kind->every_master ? c->masters : c->units;
}

static size_t count_units(const struct subject *s, const struct kind *kind,
                          struct hs_counted_unit *out)
{
    size_t n, counted = 0;
    const struct hs_unit *u = units_of(kind, s->census, &n);
    for (size_t i = 0; i < n; i++)
        counted += kind->count(s, &u[i], &out[counted]);
    return counted;
}

/* Those that went that way because their mixes called for it, by release. */
static void count_called_for(const struct subject *s, struct hs_arena *arena,
                             struct hs_evidence_counts *e)
{
    e->called_for = HS_ARENA_ARRAY(arena, int, s->audit->job->n_releases + 1);
    for (size_t i = 0; i < s->census->n_masters; i++)
        if (went_that_way(s, &s->census->masters[i])) {
            e->called_for[s->census->masters[i].release]++;
            e->row->called_for++;
        }
}

/* Physics, moves, stems, mixes and songs, as far as there are any. */
size_t hs_evidence_kinds(const struct hs_audit *audit, const struct hs_census *c,
                         const struct hs_base_rate *base, struct hs_arena *arena,
                         struct hs_evidence_counts out[HS_N_EVIDENCES])
{
    struct subject s = subject_of(audit, c);
    bool several_artists = hs_factor_differs(audit, HS_FACTOR_ARTIST);
    struct hs_counted_unit *t = HS_NEW_ARRAY(struct hs_counted_unit, c->n_masters + 1);
    size_t rows = 0;
    for (size_t k = 0; k < N_KINDS; k++) {
        size_t n = count_units(&s, &kinds[k], t);
        if (!n && kinds[k].evidence != HS_BY_SONGS)
            continue;
        struct hs_evidence_counts *e = &out[rows++];
        enum hs_evidence evidence = kinds[k].evidence;
        *e = (struct hs_evidence_counts){.kind = k, .several_artists = several_artists};
        kinds[k].held_against(s.rule, base, e);
        if (e->fixed_thresholds && evidence == HS_BY_SONGS)
            evidence = HS_BY_PHYSICS;
        hs_evidence_count(audit, evidence, t, n, arena, e);
        if (evidence == HS_BY_MOVES)
            count_called_for(&s, arena, e);
    }
    hs_free(t);
    return rows;
}

size_t hs_evidence_units(const struct hs_audit *audit, const struct hs_census *c,
                         const struct hs_evidence_counts *row, struct hs_counted_of *out)
{
    struct subject s = subject_of(audit, c);
    const struct kind *kind = &kinds[row->kind];
    size_t n, counted = 0;
    const struct hs_unit *u = units_of(kind, c, &n);
    for (size_t i = 0; i < n; i++) {
        struct hs_counted_of *x = &out[counted];
        if (!kind->count(&s, &u[i], &x->counted))
            continue;
        x->unit = &u[i];
        x->value = x->distance = NAN;
        if (u[i].judgement)
            x->distance = kind->distance(&s, u[i].judgement, &x->value);
        counted++;
    }
    return counted;
}
