/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A job in memory, from two files or from two folders, which are paired as `init` does with the
 * folder deciding what is a mix and what a master. Each pair is a release of its own, so that no
 * rule compares tracks with each other. Nothing is kept: the store is in memory.
 */
#include "cli/compare_job.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "init/match.h"
#include "init/scan.h"
#include "judge/judge.h"
#include "run/gather_couples.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* One release holds the tracks; set_track leaves each of them outside of it. */
static void set_up(struct hs_compare_job *j, size_t n)
{
    j->release = (struct hs_release){.title = "", .n_tracks = n};
    j->job = (struct hs_job){.name = "pair",
                             .artist = "",
                             .profile = "popular",
                             .budget_hours = NAN,
                             .releases = &j->release,
                             .n_releases = 1,
                             .tracks = j->tracks,
                             .n_tracks = n};
    j->audit.job = &j->job;
}

static struct hs_source source_of(const char *path)
{
    return (struct hs_source){.path = path, .shown = path, .exists = true};
}

/* A track with its master and the candidates for its mix. */
static void set_track(struct hs_compare_job *j, size_t i, const char *id, const char *master,
                      const char *const *mixes, size_t n_mixes)
{
    struct hs_source *source = HS_ARENA_ARRAY(&j->audit.arena, struct hs_source, n_mixes + 1);
    for (size_t k = 0; k < n_mixes; k++)
        source[k] = source_of(mixes[k]);
    j->tracks[i] = (struct hs_track){.id = id,
                                     .title = id,
                                     .release = SIZE_MAX, /* each pair stands by itself */
                                     .plays = NAN,
                                     .master = source_of(master),
                                     .mixes = source,
                                     .n_mixes = n_mixes};
}

void hs_compare_files(struct hs_compare_job *j, const char *mix, const char *master)
{
    j->tracks = HS_ARENA_ARRAY(&j->audit.arena, struct hs_track, 1);
    set_track(j, 0, "pair", master, &mix, 1);
    set_up(j, 1);
}

/* How many characters all names begin with, to the end of a word: the song, as a rule
 * ("Echoes_drums", "Echoes_bass"). */
static size_t shared_start(const struct hs_stem *stems, size_t n)
{
    size_t same = n > 1 ? strlen(stems[0].role) : 0;
    for (size_t i = 1; i < n; i++) {
        size_t k = 0;
        while (k < same && stems[i].role[k] == stems[0].role[k])
            k++;
        same = k;
    }
    while (same && isalnum((unsigned char)stems[0].role[same - 1]))
        same--;
    return same;
}

/* What it is by its own part of the name; by all of it where that tells nothing ("gtr L"). */
static void name_roles(struct hs_stem *stems, size_t n)
{
    size_t start = shared_start(stems, n);
    for (size_t i = 0; i < n; i++) {
        const char *own = stems[i].role + start;
        if (!hs_stem_role_is_told(own))
            own = stems[i].role;
        stems[i].kind = hs_stem_role_of(own);
        stems[i].whole_kit = hs_stem_is_whole_kit(own);
    }
}

/* Every audio file of the folder is a stem of the mix; its name says which instrument it is. */
enum hs_status hs_compare_stems(struct hs_compare_job *j, const char *folder, struct hs_error *err)
{
    struct hs_archive *in = &j->archive;
    struct hs_arena *a = &j->audit.arena;
    in->arena = a;
    in->log = j->gather.log, in->jobs = j->gather.jobs, in->stop = j->gather.stop;
    enum hs_status status = hs_init_scan(in, folder, err);
    if (status)
        return status;
    if (!in->n_takes)
        return hs_fail(err, HS_E_FAILED, "found no audio in %s", folder);
    for (size_t i = 0; i < in->n_strangers; i++)
        hs_log_warn(j->gather.log, "%s is no audio: no stem", in->strangers[i]);
    struct hs_stem *stems = HS_ARENA_ARRAY(a, struct hs_stem, in->n_takes);
    /* the name of the file says what plays */
    for (size_t i = 0; i < in->n_takes; i++) {
        const char *path = in->takes[i].path, *slash = strrchr(path, '/');
        const char *file = slash ? slash + 1 : path, *dot = strrchr(file, '.');
        char *name = hs_arena_strndup(a, file, dot ? (size_t)(dot - file) : strlen(file));
        stems[i] = (struct hs_stem){.role = name, .key = (int)i, .source = source_of(path)};
    }
    name_roles(stems, in->n_takes);
    j->tracks[0].stems = stems;
    j->tracks[0].n_stems = in->n_takes;
    return HS_OK;
}

/* All of a folder is of one part, whatever its names say. */
static enum hs_status look_at(struct hs_archive *in, const char *mixes, const char *masters,
                              struct hs_error *err)
{
    const char *folder[] = {mixes, masters};
    enum hs_status status = HS_OK;
    for (int i = 0; i < 2 && !status; i++) {
        size_t before = in->n_takes;
        status = hs_init_scan(in, folder[i], err);
        for (size_t k = before; k < in->n_takes; k++) {
            in->takes[k].part = i ? HS_PART_MASTER : HS_PART_MIX;
            in->takes[k].name.part_why = "by its folder";
        }
    }
    if (!status)
        status = hs_init_probe(in, err);
    if (!status)
        hs_init_match(in);
    return status;
}

static bool is_paired(const struct hs_archive *in, const struct hs_take *mix)
{
    for (size_t i = 0; i < in->n_guesses; i++)
        for (size_t k = 0; k < in->guesses[i].n_mixes; k++)
            if (in->guesses[i].mixes[k] == mix)
                return true;
    return false;
}

/* Masters without a mix, and mixes without a master, are warned of and left out; none at all is a
 * failure. */
enum hs_status hs_compare_folders(struct hs_compare_job *j, const char *mixes, const char *masters,
                                  struct hs_error *err)
{
    struct hs_archive *in = &j->archive;
    in->arena = &j->audit.arena;
    in->log = j->gather.log, in->jobs = j->gather.jobs, in->stop = j->gather.stop;
    enum hs_status status = look_at(in, mixes, masters, err);
    if (status)
        return status;
    j->tracks = HS_ARENA_ARRAY(&j->audit.arena, struct hs_track, in->n_guesses + 1);
    size_t n = 0;
    /* masters without a mix are named and left out */
    for (size_t i = 0; i < in->n_guesses; i++) {
        const struct hs_guess *g = &in->guesses[i];
        const char *candidates[HS_MOST_GUESSES];
        for (size_t k = 0; k < g->n_mixes; k++)
            candidates[k] = g->mixes[k]->path;
        if (!g->n_mixes)
            hs_log_warn(in->log, "%s: no mix was found for it", g->master->path);
        else
            set_track(j, n++, hs_arena_printf(&j->audit.arena, "%zu", i + 1), g->master->path,
                      candidates, g->n_mixes);
    }
    for (size_t i = 0; i < in->n_takes; i++)
        if (in->takes[i].part == HS_PART_MIX && !is_paired(in, &in->takes[i]))
            hs_log_warn(in->log, "%s: no master was found for it", in->takes[i].path);
    set_up(j, n);
    return n ? HS_OK : hs_fail(err, HS_E_FAILED, "found no pair in %s and %s", mixes, masters);
}

/* Measures and compares all pairs, then judges those whose two files could be read. Recurrence and
 * short list are not worked out. */
enum hs_status hs_compare_run(struct hs_compare_job *j, struct hs_error *err)
{
    struct hs_gather *g = &j->gather;
    enum hs_status status = hs_store_open_memory(&g->store, err);
    hs_entries_of_job(&g->entries, &j->job);
    if (status == HS_OK) {
        hs_gather_look(g);
        status = hs_gather_job(g, &j->job, err);
    }
    if (status != HS_OK)
        return status;
    j->results = (struct hs_results){.store = g->store, .arena = &j->audit.arena};
    hs_results_files(&j->results, &g->entries);
    hs_results_tracks(&j->results, &g->entries, &j->audit);
    for (size_t i = 0; i < j->job.n_tracks; i++) {
        const struct hs_track_result *t = &j->audit.tracks[i];
        if (t->mix.state == HS_FILE_OK && t->master.state == HS_FILE_OK)
            hs_judge_pair(&j->audit, &j->audit.tracks[i]);
    }
    return HS_OK;
}

void hs_compare_free(struct hs_compare_job *j)
{
    hs_results_free(&j->results);
    hs_gather_free(&j->gather);
    hs_store_close(j->gather.store);
    hs_free(j->archive.takes);
    hs_arena_free(&j->audit.arena);
}
