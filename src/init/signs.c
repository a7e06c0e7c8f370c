/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For a release:
 * - its folder names another edition than that of the namesake (year, edition, catalogue number):
 * 2; names one where the namesake's tells nothing of the kind, or is itself a re-issue of that
 * name: 1;
 * - its folder says LP, vinyl, reissue: 1; holds a cover, a cue sheet or the log of a ripper: 1;
 * - its folder holds tracks 1 to n, each once: 1; released tracks lie beside it: 2; it has a title
 * in its tags: 1;
 * - it is as dense as released music and at full scale: 1.
 * For a mix:
 * - its name has a revision, says bounce or print, or that it has no limiter: 2; says final: 1;
 * - its folder says session or bounces: 2; holds the files of a workstation: 1; mixes lie beside
 * it: 2;
 * - it has more bits or a higher rate than its lossless namesake: 1;
 * - it is quieter than its namesake and leaves 1.5 dB to full scale: 1.
 * Two ahead of the other side tell a release; a mix is told where two ahead, or ahead of no more
 * than one. The figures are judgement from the habits of archives; what they leave open is asked,
 * since a wrong pair tells of mastering that never was.
 */
#include "init/signs.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/num.h"
#include "core/num_text.h"
#include "job/slug.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far one side must be ahead. */
enum { CLEARLY = 2 };
/* Of a mix: peaks this far below full scale, and quieter by so much. */
static const double HEADROOM_DB = 1.5, QUIETER_LU = 1;
/* Of released music: peaks at full scale with no more than this above the loudness. */
static const double FULL_SCALE_DB = -1, DENSE_DB = 11;
/* Loudness and density of one master in two formats: codecs move peaks. */
static const double AS_LOUD_LU = 0.5, AS_LOUD_LOSSY_LU = 1, AS_DENSE_DB = 2.5;

struct folder {
    const char *path; /* of the first file in it; its folder is the first n characters */
    size_t n;
    size_t from, to; /* its takes in `order` */
    bool released;   /* cover, cue sheet, log of a ripper */
    bool workstation;
    bool numbered; /* tracks 1 to n, each once, three at least */
};

struct hs_sign_folders {
    const struct hs_archive *in;
    size_t *order; /* takes by folder */
    struct folder *items;
    size_t n;
};

static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static int compare_folders(const char *a, size_t n, const char *b, size_t m)
{
    int order = memcmp(a, b, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

struct sorted {
    const char *path;
    size_t n, take;
};

static int by_folder(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    int order = compare_folders(a->path, a->n, b->path, b->n);
    return order ? order : (a->take > b->take) - (a->take < b->take);
}

static int by_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

/* Tracks 1 to n of each disc, every file numbered; three at least. */
static bool is_numbered(const struct hs_sign_folders *f, const struct folder *x)
{
    enum { LEAST = 3, DISC = 1000 };
    size_t n = 0;
    bool all = true;
    int *places = HS_NEW_ARRAY(int, x->to - x->from + 1);
    for (size_t i = x->from; i < x->to; i++) {
        const struct hs_take *t = &f->in->takes[f->order[i]];
        if (t->aside || t->error)
            continue;
        places[n++] = DISC * t->disc + t->track;
        all = all && t->track > 0 && t->track < DISC;
    }
    qsort(places, n, sizeof *places, by_int);
    for (size_t i = 0; i < n && all; i++) {
        bool first = !i || places[i] / DISC != places[i - 1] / DISC;
        all = first ? places[i] % DISC == 1 : places[i] == places[i - 1] + 1;
    }
    hs_free(places);
    return all && n >= LEAST;
}

/* The folder of a path; NULL: no audio lies in it. */
static struct folder *find(const struct hs_sign_folders *f, const char *path, size_t n)
{
    size_t low = 0, high = f->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = compare_folders(f->items[mid].path, f->items[mid].n, path, n);
        if (!order)
            return &f->items[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* What lies beside the audio, or in a folder of its own below: covers, booklets, logs; sessions. */
static void look_at_stranger(struct hs_sign_folders *f, const char *path)
{
    static const char *const released[] = {"jpg", "jpeg", "png", "gif", "cue",    "log",
                                           "m3u", "m3u8", "nfo", "pdf", "accurip"};
    static const char *const work[] = {"ptx", "pts",  "ptf",  "als",        "rpp", "cpr", "npr",
                                       "flp", "song", "sesx", "dawproject", "omf", "aaf", "band"};
    bool cover = hs_path_ends_like(path, released, sizeof released / sizeof *released);
    bool session = hs_path_ends_like(path, work, sizeof work / sizeof *work);
    size_t n = folder_len(path);
    struct folder *x = find(f, path, n);
    if (!x && n) {
        while (n && path[n - 1] != '/')
            n--;
        x = n ? find(f, path, n - 1) : NULL;
    }
    if (x) {
        x->released |= cover;
        x->workstation |= session;
    }
}

struct hs_sign_folders *hs_signs_look(const struct hs_archive *in)
{
    struct hs_sign_folders *f = HS_NEW(struct hs_sign_folders);
    struct sorted *all = HS_NEW_ARRAY(struct sorted, in->n_takes + 1);
    f->in = in;
    f->order = HS_NEW_ARRAY(size_t, in->n_takes + 1);
    f->items = HS_NEW_ARRAY(struct folder, in->n_takes + 1);
    for (size_t i = 0; i < in->n_takes; i++)
        all[i] = (struct sorted){in->takes[i].path, folder_len(in->takes[i].path), i};
    qsort(all, in->n_takes, sizeof *all, by_folder);
    for (size_t i = 0; i < in->n_takes; i++) {
        f->order[i] = all[i].take;
        if (!i || compare_folders(all[i].path, all[i].n, all[i - 1].path, all[i - 1].n))
            f->items[f->n++] = (struct folder){.path = all[i].path, .n = all[i].n, .from = i};
        f->items[f->n - 1].to = i + 1;
    }
    for (size_t i = 0; i < f->n; i++)
        f->items[i].numbered = is_numbered(f, &f->items[i]);
    for (size_t i = 0; i < in->n_strangers; i++)
        look_at_stranger(f, in->strangers[i]);
    hs_free(all);
    return f;
}

void hs_signs_free(struct hs_sign_folders *f)
{
    if (!f)
        return;
    hs_free(f->order);
    hs_free(f->items);
    hs_free(f);
}

/* A sign and its words. */
static void add(struct hs_archive *in, struct hs_signs *s, int *side, int weight, const char *why)
{
    *side += weight;
    s->why = hs_arena_printf(in->arena, "%s%s%s", s->why, *s->why ? ", " : "", why);
}

/* Both NULL, or equal. */
static bool alike(const char *a, const char *b)
{
    return !a == !b && (!a || !strcmp(a, b));
}

/* Does the folder of the release tell year, edition or number? */
static bool is_dated(const struct hs_name *n)
{
    return n->release && (n->year || n->release_version || n->catalogue_number);
}

/* Both tell the same kind of thing, and not the same; an edition against none counts for the
 * edition. */
static bool other_edition(const struct hs_take *t, const struct hs_take *u)
{
    const struct hs_name *a = &t->name, *b = &u->name;
    int year = b->year ? b->year : u->year;
    return (a->year && year && a->year != year) ||
           (a->release_version && !alike(a->release_version, b->release_version)) ||
           (a->catalogue_number && b->catalogue_number &&
            strcmp(a->catalogue_number, b->catalogue_number));
}

/* In folders whose names tell the same. */
static bool same_folder_words(const struct hs_take *t, const struct hs_take *u)
{
    return alike(t->name.release, u->name.release) && t->name.year == u->name.year &&
           alike(t->name.release_version, u->name.release_version) &&
           alike(t->name.catalogue_number, u->name.catalogue_number);
}

/* A release of which some other file is known to be a part. */
static bool is_known_release(const struct hs_archive *in, const struct hs_take *t)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        const struct hs_take *u = &in->takes[i];
        if (u != t && u->part != HS_PART_UNKNOWN && same_folder_words(t, u))
            return true;
    }
    return false;
}

/* What the folder of the release tells, beside that of the namesake. */
static void look_at_edition(struct hs_archive *in, struct hs_signs *s, const struct hs_take *t,
                            const struct hs_take *namesake)
{
    bool dated = is_dated(&t->name);
    if (!namesake) {
        if (dated && !is_known_release(in, t))
            add(in, s, &s->release, 2, "its folder is that of a release");
        return;
    }
    if (same_folder_words(t, namesake))
        return;
    bool reissued = namesake->name.release_version && !t->name.release_version &&
                    alike(t->name.release, namesake->name.release);
    if (dated && other_edition(t, namesake))
        add(in, s, &s->release, 2, "its folder is that of another edition");
    else if (dated || reissued)
        add(in, s, &s->release, 1,
            dated ? "its folder is that of a release" : "the other is a re-issue");
}

/* What lies in its folder. Files of its own title tell nothing: they may be its master or its mix.
 */
static void look_at_folder(struct hs_archive *in, const struct hs_sign_folders *f,
                           struct hs_signs *s, const struct hs_take *t,
                           const struct hs_take *namesake)
{
    const struct folder *x = find(f, t->path, folder_len(t->path));
    bool masters = false, mixes = false, twin = false;
    for (size_t i = x ? x->from : 0; x && i < x->to; i++) {
        const struct hs_take *u = &in->takes[f->order[i]];
        if (u == t || u->aside || u->error)
            continue;
        twin |= u == namesake;
        masters |= u->part == HS_PART_MASTER && strcmp(u->name.key, t->name.key);
        mixes |= u->part == HS_PART_MIX && strcmp(u->name.key, t->name.key);
    }
    if (masters && !mixes && !twin)
        add(in, s, &s->release, 2, "released tracks lie beside it");
    if (mixes && !masters && !twin)
        add(in, s, &s->mix, 2, "mixes lie beside it");
    if (x && x->numbered)
        add(in, s, &s->release, 1, "its folder has tracks from 1 on without a gap");
    if (x && x->released)
        add(in, s, &s->release, 1, "a cover or a cue sheet lies beside it");
    if (x && x->workstation)
        add(in, s, &s->mix, 1, "files of a workstation lie beside it");
}

struct hs_signs hs_signs_of(struct hs_archive *in, const struct hs_sign_folders *f,
                            const struct hs_take *t, const struct hs_take *namesake)
{
    struct hs_signs s = {.why = ""};
    const struct hs_stream *a = &t->stream, *b = namesake ? &namesake->stream : NULL;
    look_at_edition(in, &s, t, namesake);
    if (t->name.medium && !(namesake && same_folder_words(t, namesake)))
        add(in, &s, &s.release, 1, "its folder names a medium or an edition");
    look_at_folder(in, f, &s, t, namesake);
    if (t->title)
        add(in, &s, &s.release, 1, "its tags have a title");
    if (t->name.revision || t->name.flat || t->name.bounced)
        add(in, &s, &s.mix, 2, "its name tells a revision or a bounce");
    else if (t->name.final)
        add(in, &s, &s.mix, 1, "its name says final");
    if (t->name.session)
        add(in, &s, &s.mix, 2, "its folder is that of a session");
    if (b && a->lossless && b->lossless &&
        ((a->bits > b->bits && b->bits > 0) || a->sample_rate_hz > b->sample_rate_hz))
        add(in, &s, &s.mix, 1, "it has more bits or a higher rate");
    return s;
}

void hs_signs_hear(struct hs_archive *in, struct hs_signs *s, struct hs_sound mine,
                   struct hs_sound namesake)
{
    double peak_db = mine.lufs + mine.plr_db;
    if (peak_db <= -HEADROOM_DB && mine.lufs <= namesake.lufs - QUIETER_LU)
        add(in, s, &s->mix, 1, "it leaves headroom");
    if (peak_db >= FULL_SCALE_DB && mine.plr_db <= DENSE_DB)
        add(in, s, &s->release, 1, "it is as dense as a master");
}

enum hs_told hs_signs_tell(const struct hs_signs *s)
{
    if (!s->release && !s->mix)
        return HS_TOLD_NOTHING;
    if (s->release - s->mix >= CLEARLY)
        return HS_TOLD_RELEASE;
    return s->mix && (s->release <= 1 ? s->mix > s->release : s->mix - s->release >= CLEARLY)
               ? HS_TOLD_MIX
               : HS_NOT_TOLD;
}

bool hs_signs_as_loud(struct hs_sound a, struct hs_sound b, bool lossy)
{
    return fabs(a.lufs - b.lufs) <= (lossy ? AS_LOUD_LOSSY_LU : AS_LOUD_LU) &&
           fabs(a.plr_db - b.plr_db) <= AS_DENSE_DB;
}
