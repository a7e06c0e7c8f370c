/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two yes/no factors are one where their correlation over the tracks (phi) is 0.9 or more. A level
 * is held against the level of another factor that its first track has, and against years; a
 * change between releases against the levels of the tracks at its ends.
 */
#include "catalogue/factors.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIAS_PHI 0.9

static const char *artist(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->artist ? t->artist : audit->job->artist;
}

static const char *mixed_by(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->mixed_by;
}

static const char *mastered_by(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->mastered_by;
}

static const char *studio(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->studio ? t->studio : audit->job->releases[t->release].studio;
}

static const char *format(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->format ? t->format : audit->job->releases[t->release].format;
}

static const char *genre(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->genre;
}

static const char *label(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->label ? t->label : audit->job->releases[t->release].label;
}

static const struct {
    const char *name;
    const char *(*of)(const struct hs_audit *audit, const struct hs_track *t);
} factors[HS_N_FACTORS] = {
    [HS_FACTOR_ARTIST] = {"artist", artist},
    [HS_FACTOR_MIXED_BY] = {"mixed_by", mixed_by},
    [HS_FACTOR_MASTERED_BY] = {"mastered_by", mastered_by},
    [HS_FACTOR_STUDIO] = {"studio", studio},
    [HS_FACTOR_FORMAT] = {"format", format},
    [HS_FACTOR_GENRE] = {"genre", genre},
    [HS_FACTOR_LABEL] = {"label", label},
};

const char *hs_factor_name(enum hs_factor f)
{
    return factors[f].name;
}

const char *hs_factor_level(const struct hs_audit *audit, const struct hs_track *t,
                            enum hs_factor f)
{
    const char *level = factors[f].of(audit, t);
    return level && *level ? level : NULL;
}

static bool same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

bool hs_factor_differs(const struct hs_audit *audit, enum hs_factor f)
{
    const char *first = NULL;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const char *level = hs_factor_level(audit, &audit->job->tracks[i], f);
        if (level && first && strcmp(level, first) != 0)
            return true;
        first = first ? first : level;
    }
    return false;
}

struct named {
    const char *name;
    size_t track;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->track > y->track) - (x->track < y->track);
}

size_t hs_factor_number_artists(const struct hs_audit *audit, size_t *out)
{
    size_t n = audit->job->n_tracks, artists = 0;
    struct named *named = HS_NEW_ARRAY(struct named, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *name = artist(audit, &audit->job->tracks[i]);
        named[i] = (struct named){name ? name : "", i};
    }
    if (n)
        qsort(named, n, sizeof *named, by_name);
    for (size_t i = 0; i < n; i++) {
        artists += !i || strcmp(named[i].name, named[i - 1].name) != 0;
        out[named[i].track] = artists - 1;
    }
    hs_free(named);
    return artists;
}

/* Tracks with both, with the one, with the other, and all. */
struct overlap {
    double both, here, there, all;
};

static void overlap_add(struct overlap *o, bool here, bool there)
{
    o->all++;
    o->here += here;
    o->there += there;
    o->both += here && there;
}

static double phi(const struct overlap *o)
{
    double spread = o->here * (o->all - o->here) * o->there * (o->all - o->there);
    return spread > 0 ? fabs(o->both * o->all - o->here * o->there) / sqrt(spread) : 0;
}

/* Over the tracks that have both factors. */
static double overlap_phi(const struct hs_audit *audit, enum hs_factor f, const char *level,
                          enum hs_factor g, const char *other)
{
    struct overlap o = {0};
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        const char *a = hs_factor_level(audit, t, f), *b = hs_factor_level(audit, t, g);
        if (a && b)
            overlap_add(&o, same(a, level), same(b, other));
    }
    return phi(&o);
}

static bool goes_with(const struct hs_audit *audit, enum hs_factor f, const char *level,
                      enum hs_factor g)
{
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        const char *other = hs_factor_level(audit, t, g);
        if (same(hs_factor_level(audit, t, f), level) && other)
            return overlap_phi(audit, f, level, g, other) >= ALIAS_PHI;
    }
    return false;
}

/* Whether the level holds all of a stretch of years and nothing of the rest. */
static bool is_an_era(const struct hs_audit *audit, enum hs_factor f, const char *level)
{
    int least[2] = {9999, 9999}, most[2] = {0, 0};
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        const char *a = hs_factor_level(audit, t, f);
        int year = t->year ? t->year : audit->job->releases[t->release].year;
        if (!a || year <= 0)
            continue;
        bool here = same(a, level);
        least[here] = year < least[here] ? year : least[here];
        most[here] = year > most[here] ? year : most[here];
    }
    return most[0] && most[1] && (most[0] < least[1] || most[1] < least[0]);
}

static const char *look_for_alias(const struct hs_audit *audit, enum hs_factor f, const char *level)
{
    for (enum hs_factor g = 0; g < HS_N_FACTORS; g++)
        if (g != f && goes_with(audit, f, level, g))
            return factors[g].name;
    return is_an_era(audit, f, level) ? "year" : NULL;
}

const char *hs_factor_alias(struct hs_aliases *aliases, const struct hs_audit *audit,
                            enum hs_factor f, const char *level)
{
    for (size_t i = 0; i < aliases->n; i++)
        if (aliases->known[i].factor == f && !strcmp(aliases->known[i].level, level))
            return aliases->known[i].alias;
    struct hs_alias x = {f, level, look_for_alias(audit, f, level)};
    aliases->known =
        hs_arena_grow(&aliases->arena, aliases->known, aliases->n, &aliases->cap, sizeof x);
    aliases->known[aliases->n++] = x;
    return x.alias;
}

/* Whether the release of a track comes at or after another one in the order of the years. */
static bool is_after(const struct hs_audit *audit, const struct hs_track *t, size_t release)
{
    int year = audit->job->releases[t->release].year, at = audit->job->releases[release].year;
    return year != at ? year > at : t->release >= release;
}

static double change_phi(const struct hs_audit *audit, size_t release, enum hs_factor f,
                         const char *level)
{
    struct overlap o = {0};
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        const char *a = hs_factor_level(audit, t, f);
        if (a)
            overlap_add(&o, is_after(audit, t, release), same(a, level));
    }
    return phi(&o);
}

/* The level of the first track on one side of the place, if its tracks are those of that side; else
 * NULL. */
static const char *level_of_side(const struct hs_audit *audit, size_t release, enum hs_factor f,
                                 bool after)
{
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *t = &audit->job->tracks[i];
        const char *level =
            is_after(audit, t, release) == after ? hs_factor_level(audit, t, f) : NULL;
        if (level)
            return change_phi(audit, release, f, level) >= ALIAS_PHI ? level : NULL;
    }
    return NULL;
}

struct hs_what_changed hs_factor_of_change(const struct hs_audit *audit, size_t release, bool began)
{
    for (enum hs_factor f = 0; f < HS_N_FACTORS; f++) {
        const char *here = level_of_side(audit, release, f, began);
        const char *level = here ? here : level_of_side(audit, release, f, !began);
        if (level)
            return (struct hs_what_changed){factors[f].name, level, !here};
    }
    return (struct hs_what_changed){0};
}
