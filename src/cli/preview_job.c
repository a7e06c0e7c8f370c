/* SPDX-License-Identifier: Apache-2.0 */
/* The job of `preview`: targets from the command line, and the mixes as tracks of a release "to be
 * released" behind those of the given job. */
#include "cli/preview_job.h"

#include "core/fs.h"
#include "core/num.h"
#include "preview/preview.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

static const double quietest_lufs = -40, loudest_lufs = -3;

/* Workers may run in another folder. */
static const char *absolute(struct hs_arena *a, const char *path)
{
    char here[4096];
    if (path[0] == '/' || !getcwd(here, sizeof here))
        return path;
    return hs_arena_printf(a, "%s/%s", here, path);
}

static struct hs_source source_of(struct hs_arena *a, const char *path)
{
    return (struct hs_source){.path = absolute(a, path), .shown = path, .exists = true};
}

/* "-16,-14": ascending, each once. */
static enum hs_status read_targets(const char *text, struct hs_arena *arena, struct hs_job *job,
                                   struct hs_error *err)
{
    double *x = HS_ARENA_ARRAY(arena, double, HS_PREVIEW_MOST_TARGETS);
    size_t n = 0;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, ",");
        double lufs;
        if (!hs_num_parse(hs_arena_strndup(arena, at, len), &lufs) || lufs < quietest_lufs ||
            lufs > loudest_lufs)
            return hs_fail(err, HS_E_USAGE,
                           "--targets: found \"%.*s\", expected LUFS from %.0f to %.0f", (int)len,
                           at, quietest_lufs, loudest_lufs);
        if (n + 1 == HS_PREVIEW_MOST_TARGETS) /* one is left for the master's own */
            return hs_fail(err, HS_E_USAGE, "--targets: more than %d", HS_PREVIEW_MOST_TARGETS - 1);
        size_t place = n;
        for (; place > 0 && x[place - 1] > lufs; place--)
            x[place] = x[place - 1];
        x[place] = lufs;
        n += !(place > 0 && lufs - x[place - 1] < 0.01);
        at += len + (at[len] == ',');
    }
    if (!n)
        return hs_fail(err, HS_E_USAGE, "--targets: none was given");
    job->preview_targets = x;
    job->n_preview_targets = n;
    return HS_OK;
}

/* The arrays of the given job are copied and made longer, because the job itself must not change.
 */
static void add_tracks(const struct hs_options *o, struct hs_arena *arena, struct hs_job *job)
{
    size_t old = job->n_tracks, n = o->n_operands;
    struct hs_track *tracks = HS_ARENA_ARRAY(arena, struct hs_track, old + n);
    struct hs_release *releases = HS_ARENA_ARRAY(arena, struct hs_release, job->n_releases + 1);
    struct hs_source *sources = HS_ARENA_ARRAY(arena, struct hs_source, n);
    if (old)
        memcpy(tracks, job->tracks, old * sizeof *tracks);
    if (job->n_releases)
        memcpy(releases, job->releases, job->n_releases * sizeof *releases);
    releases[job->n_releases] =
        (struct hs_release){.title = "to be released", .first_track = old, .n_tracks = n};
    /* mixes without a master */
    for (size_t i = 0; i < n; i++) {
        sources[i] = source_of(arena, o->operands[i]);
        tracks[old + i] = (struct hs_track){.id = "preview",
                                            .title = o->operands[i],
                                            .plays = NAN,
                                            .mixes = &sources[i],
                                            .n_mixes = 1,
                                            .release = job->n_releases};
    }
    job->tracks = tracks;
    job->releases = releases;
    job->n_tracks += n;
    job->n_releases++;
}

/* A reference of the command line takes the place of those of the job. */
enum hs_status hs_preview_job_set(const struct hs_options *o, struct hs_arena *arena,
                                  struct hs_job *job, struct hs_error *err)
{
    enum hs_status status = o->targets ? read_targets(o->targets, arena, job, err) : HS_OK;
    job->preview = true;
    job->preview_without_eq = o->no_eq;
    if (o->reference) {
        struct hs_source *reference = HS_ARENA_NEW(arena, struct hs_source);
        *reference = source_of(arena, o->reference);
        job->references = reference;
        job->n_references = 1;
    }
    add_tracks(o, arena, job);
    if (status == HS_OK && o->write) {
        job->preview_folder = absolute(arena, o->write);
        status = hs_fs_mkdirs(job->preview_folder, err);
    }
    return status;
}
