/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Company: a file whose namesakes are mixes is a master. One whose namesakes are masters is a
 * mix, unless signs (init/signs.h) speak for a release of its own, such as the album's first
 * edition.
 * 2. Where signs speak for both, or a namesake is as long, both are measured: what is as loud as
 *    its namesake is a copy of it. What is not told then either is asked.
 * 3. Files of one name that are all open are measured: the loudest is a master, the others
 *    are its mixes, copies, releases of their own, or asked, as above. A file alone is a master.
 */
#include "init/open_parts.h"

#include "core/alloc.h"
#include "init/signs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool hs_part_is_open(const struct hs_take *t)
{
    return !t->aside && !t->error && !t->untold && t->part == HS_PART_UNKNOWN;
}

void hs_part_decide(struct hs_take *t, enum hs_part part, const char *why)
{
    t->part = part;
    t->name.part_why = why;
}

/* Equal titles, by name or by tag. */
static bool same_key(const struct hs_take *a, const struct hs_take *b)
{
    return !strcmp(a->name.key, b->name.key) || (a->tag_key && !strcmp(a->tag_key, b->name.key)) ||
           (b->tag_key && !strcmp(b->tag_key, a->name.key));
}

/* Is there a namesake of this part? */
static bool any_like(const struct hs_archive *in, const struct hs_take *t, enum hs_part part)
{
    for (size_t i = 0; i < in->n_takes; i++)
        if (&in->takes[i] != t && in->takes[i].part == part && !in->takes[i].aside &&
            same_key(t, &in->takes[i]))
            return true;
    return false;
}

/* What is found out about the open takes, by their place in the archive. */
struct deciding {
    struct hs_archive *in;
    struct hs_sign_folders *folders;
    bool *asked;                     /* the sound has to tell; no member of a group of namesakes */
    const struct hs_take **namesake; /* of one that was asked: the master beside it, or NULL */
    bool *wanted;                    /* has to be measured */
    struct hs_sound *sounds;
    /* decided from what was known before, so that the order does not matter; of unknown part: asked
     */
    bool *settled;
    enum hs_part *found;
    const char **why;
};

/* The signs beside that master of its title by which it is least a release of its own. */
static struct hs_signs signs_of(struct deciding *d, const struct hs_take *t,
                                const struct hs_take **namesake)
{
    struct hs_archive *in = d->in;
    struct hs_signs least = {0};
    *namesake = NULL;
    for (size_t i = 0; i < in->n_takes; i++) {
        const struct hs_take *u = &in->takes[i];
        if (u == t || u->part != HS_PART_MASTER || u->aside || !same_key(t, u))
            continue;
        struct hs_signs s = hs_signs_of(in, d->folders, t, u);
        if (!*namesake || s.release - s.mix < least.release - least.mix) {
            least = s;
            *namesake = u;
        }
    }
    return *namesake ? least : hs_signs_of(in, d->folders, t, NULL);
}

/* As long as one master in another format is. */
static bool as_long(const struct hs_take *a, const struct hs_take *b)
{
    enum { COPY_S_BY_2 = 3 };
    return fabs(a->stream.duration_s - b->stream.duration_s) <= COPY_S_BY_2 / 2.0;
}

/* To be settled by the sound of both. */
static void ask(struct deciding *d, size_t i, const struct hs_take *namesake)
{
    d->asked[i] = d->wanted[i] = true;
    d->namesake[i] = namesake;
    if (namesake)
        d->wanted[namesake - d->in->takes] = true;
}

/* Kept until all were looked at. HS_PART_UNKNOWN: it is not told, and `why` has the signs. */
static void note(struct deciding *d, const struct hs_take *t, enum hs_part part, const char *why)
{
    size_t i = (size_t)(t - d->in->takes);
    d->settled[i] = true;
    d->found[i] = part;
    d->why[i] = why;
}

static void apply(struct deciding *d)
{
    for (size_t i = 0; i < d->in->n_takes; i++) {
        struct hs_take *t = &d->in->takes[i];
        if (d->settled[i] && d->found[i] == HS_PART_UNKNOWN)
            t->untold = d->why[i];
        else if (d->settled[i])
            hs_part_decide(t, d->found[i], d->why[i]);
        d->settled[i] = false;
    }
}

/* One that has masters of its title, or of other titles, beside it. */
static void by_signs(struct deciding *d, size_t i, bool like_mix)
{
    const struct hs_take *namesake, *t = &d->in->takes[i];
    struct hs_signs s = signs_of(d, t, &namesake);
    enum hs_told told = hs_signs_tell(&s);
    if (told == HS_TOLD_RELEASE)
        note(d, t, HS_PART_MASTER, s.why);
    else if (told == HS_NOT_TOLD ||
             (told == HS_TOLD_NOTHING && namesake && (like_mix || as_long(t, namesake))))
        ask(d, i, namesake);
    else
        note(d, t, HS_PART_MIX, told == HS_TOLD_MIX ? s.why : "the masters stand elsewhere");
}

/* A file whose namesakes are mixes is a master; one beside masters is what its signs say. All stay
 * open where no part of any file is known. */
static void by_company(struct deciding *d)
{
    struct hs_archive *in = d->in;
    bool masters = false, mixes = false;
    for (size_t i = 0; i < in->n_takes; i++) {
        masters |= in->takes[i].part == HS_PART_MASTER && !in->takes[i].aside;
        mixes |= in->takes[i].part == HS_PART_MIX && !in->takes[i].aside;
    }
    for (size_t i = 0; (masters || mixes) && i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (!hs_part_is_open(t))
            continue;
        bool like_master = any_like(in, t, HS_PART_MASTER);
        bool like_mix = any_like(in, t, HS_PART_MIX);
        if (!like_master && (like_mix || !masters))
            note(d, t, HS_PART_MASTER, "its namesakes are mixes");
        else
            by_signs(d, i, like_mix);
    }
    apply(d);
}

/* What a take is beside its namesake (NULL: none), now that both were heard. A name that tells a
 * mix stands; what is as loud as its namesake and has no sign of a mix is a copy, if it sounds so.
 */
static void by_sound(struct deciding *d, struct hs_take *t, const struct hs_take *namesake)
{
    struct hs_sound mine = d->sounds[t - d->in->takes];
    struct hs_sound other =
        namesake ? d->sounds[namesake - d->in->takes] : (struct hs_sound){NAN, NAN};
    struct hs_signs s = hs_signs_of(d->in, d->folders, t, namesake);
    bool lossy = namesake && (!t->stream.lossless || !namesake->stream.lossless);
    bool plain = hs_signs_tell(&s) == HS_TOLD_MIX && s.mix > 1;
    if (!plain && hs_signs_as_loud(mine, other, lossy)) {
        t->as_loud = !s.mix;
        note(d, t, s.mix ? HS_PART_UNKNOWN : HS_PART_MASTER,
             s.mix ? hs_arena_printf(d->in->arena, "%s, as loud as its namesake", s.why)
                   : "as loud as its namesake");
        return;
    }
    if (!plain)
        hs_signs_hear(d->in, &s, mine, other);
    switch (hs_signs_tell(&s)) {
    case HS_TOLD_RELEASE:
        note(d, t, HS_PART_MASTER, s.why);
        break;
    case HS_TOLD_MIX:
        note(d, t, HS_PART_MIX, s.why);
        break;
    default:
        note(d, t, HS_PART_UNKNOWN,
             *s.why             ? s.why
             : isnan(mine.lufs) ? "it could not be measured"
                                : "neither its name nor its sound tells");
    }
}

/* Files of one title and unknown part: the loudest is a master, unless its name alone tells a mix.
 */
static void rank(struct deciding *d, struct hs_take **group, size_t n)
{
    struct hs_take *loudest = NULL;
    bool plain = false;
    for (size_t i = 0; i < n; i++) {
        struct hs_signs s = hs_signs_of(d->in, d->folders, group[i], group[!i]);
        bool mix = hs_signs_tell(&s) == HS_TOLD_MIX && s.mix > 1;
        double lufs = d->sounds[group[i] - d->in->takes].lufs;
        bool louder = loudest && !(lufs <= d->sounds[loudest - d->in->takes].lufs);
        if (!loudest || (!mix && !plain) || (mix != plain && louder))
            loudest = group[i];
        plain |= !mix;
    }
    note(d, loudest, HS_PART_MASTER, "the loudest of its name");
    for (size_t i = 0; i < n; i++)
        if (group[i] != loudest)
            by_sound(d, group[i], loudest);
}

static bool is_open(const struct deciding *d, size_t i)
{
    return hs_part_is_open(&d->in->takes[i]) && !d->settled[i];
}

/* Measures what has to be, and all open files that have an open namesake. */
static enum hs_status measure(struct deciding *d, hs_loudness_of *loudness, struct hs_error *err)
{
    struct hs_archive *in = d->in;
    struct hs_take **takes = HS_NEW_ARRAY(struct hs_take *, in->n_takes + 1);
    double *lufs = HS_NEW_ARRAY(double, in->n_takes + 1);
    double *plr = HS_NEW_ARRAY(double, in->n_takes + 1);
    enum hs_status status = HS_OK;
    size_t n = 0;
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        bool twin = d->wanted[i];
        for (size_t k = 0; hs_part_is_open(t) && k < in->n_takes && !twin; k++)
            twin = k != i && hs_part_is_open(&in->takes[k]) && same_key(t, &in->takes[k]);
        if (twin)
            takes[n++] = t;
    }
    if (n)
        status = loudness(in, takes, n, lufs, plr, err);
    for (size_t i = 0; status == HS_OK && i < n; i++)
        d->sounds[takes[i] - in->takes] = (struct hs_sound){lufs[i], plr[i]};
    hs_free(takes);
    hs_free(lufs);
    hs_free(plr);
    return status;
}

/* What was asked is decided beside its master; then each group of open namesakes. What is left is
 * alone of its name. */
static enum hs_status by_loudness(struct deciding *d, hs_loudness_of *loudness,
                                  struct hs_error *err)
{
    struct hs_archive *in = d->in;
    enum hs_status status = measure(d, loudness, err);
    struct hs_take **group = HS_NEW_ARRAY(struct hs_take *, in->n_takes + 1);
    for (size_t i = 0; status == HS_OK && i < in->n_takes; i++)
        if (d->asked[i])
            by_sound(d, &in->takes[i], d->namesake[i]);
    apply(d);
    for (size_t i = 0; status == HS_OK && i < in->n_takes; i++) {
        size_t size = 0;
        for (size_t k = i; is_open(d, i) && k < in->n_takes; k++)
            if (is_open(d, k) && same_key(&in->takes[i], &in->takes[k]))
                group[size++] = &in->takes[k];
        if (size > 1)
            rank(d, group, size);
    }
    apply(d);
    for (size_t i = 0; i < in->n_takes; i++)
        if (hs_part_is_open(&in->takes[i]))
            hs_part_decide(&in->takes[i], HS_PART_MASTER, "alone of its name");
    hs_free(group);
    return status;
}

enum hs_status hs_open_parts_settle(struct hs_archive *in, hs_loudness_of *loudness,
                                    struct hs_error *err)
{
    size_t n = in->n_takes + 1;
    struct deciding d = {.in = in,
                         .folders = hs_signs_look(in),
                         .asked = HS_NEW_ARRAY(bool, n),
                         .namesake = HS_NEW_ARRAY(const struct hs_take *, n),
                         .wanted = HS_NEW_ARRAY(bool, n),
                         .sounds = HS_NEW_ARRAY(struct hs_sound, n),
                         .settled = HS_NEW_ARRAY(bool, n),
                         .found = HS_NEW_ARRAY(enum hs_part, n),
                         .why = HS_NEW_ARRAY(const char *, n)};
    by_company(&d);
    enum hs_status status = by_loudness(&d, loudness, err);
    hs_signs_free(d.folders);
    hs_free(d.asked);
    hs_free(d.namesake);
    hs_free(d.wanted);
    hs_free(d.sounds);
    hs_free(d.settled);
    hs_free(d.found);
    hs_free(d.why);
    return status;
}
