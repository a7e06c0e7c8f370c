/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The table of services, changed by `platforms:` of the job.
 * 2. The loudness of a release over the blocks of all its masters together.
 * 3. For each service the gain it plays a track with, from the loudness of track, release or
 *    loudest song, and what follows from it for peaks and headroom.
 */
#include "survival/platforms.h"

#include "core/num.h"
#include "dsp/gating.h"
#include "measure/loudness_blocks.h"

#include <math.h>
#include <string.h>

/* Spotify: artists.spotify.com, "loudness normalization"; YouTube and YouTube Music:
 * productionadvice.co.uk/youtube-music; Apple's, Tidal's, Amazon's and Deezer's targets by third
 * parties. */
static const struct hs_platform platforms[] = {
    {"Spotify", -14, true, -1, HS_EACH_TRACK, "Vorbis 96 to 320, AAC 128 or 256", NULL},
    {"Spotify, album", -14, true, -1, HS_BY_ALBUM, "the same, when an album plays as an album",
     "Spotify"},
    {"YouTube", -14, false, NAN, HS_EACH_TRACK, "Opus 128, AAC 128", NULL},
    {"YouTube Music", -7, false, NAN, HS_EACH_TRACK, "Opus 128 or 256, AAC 128 or 256", NULL},
    {"Apple Music", -16, true, 0, HS_EACH_TRACK, "AAC 256, lossless", NULL},
    {"Tidal", -14, false, NAN, HS_BY_LOUDEST, "lossless, AAC 96 or 320", NULL},
    {"Amazon Music", -14, false, NAN, HS_EACH_TRACK, "Opus, lossless", NULL},
    {"Deezer", -15, false, NAN, HS_EACH_TRACK, "MP3 128 or 320, lossless", NULL},
};
enum { N_PLATFORMS = sizeof platforms / sizeof *platforms };

static bool has_setting(const struct hs_job *job, const char *name)
{
    for (size_t k = 0; k < job->n_platforms; k++)
        if (!strcmp(job->platforms[k].name, name))
            return true;
    return false;
}

/* The job file may set another target, add a platform, or leave one out (no target). */
const struct hs_platform *hs_platforms(const struct hs_job *job, struct hs_arena *a, size_t *n)
{
    size_t extra = job ? job->n_platforms : 0;
    struct hs_platform *out = HS_ARENA_ARRAY(a, struct hs_platform, N_PLATFORMS + extra);
    *n = 0;
    for (size_t i = 0; i < N_PLATFORMS; i++)
        out[(*n)++] = platforms[i];
    for (size_t k = 0; k < extra; k++) {
        const struct hs_platform_setting *s = &job->platforms[k];
        size_t at = 0;
        while (at < *n && strcmp(out[at].name, s->name))
            at++;
        if (at == *n)
            out[(*n)++] = (struct hs_platform){
                .name = s->name, .ceiling_dbtp = NAN, .delivers = "as the job file says"};
        out[at].target_lufs = s->target_lufs;
        for (size_t i = 0; i < N_PLATFORMS; i++)
            if (out[i].follows && !strcmp(out[i].follows, s->name) &&
                !has_setting(job, out[i].name))
                out[i].target_lufs = s->target_lufs;
    }
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (isfinite(out[i].target_lufs))
            out[kept++] = out[i];
    *n = kept;
    return out;
}

/* What a platform does to a track. It turns down what is louder than its target; some raise what is
 * softer, as far as their ceiling for peaks lets them. Shown are headroom below -1 dBTP that is
 * left behind turning down, and what is missing to the target, from half an LU on. */
struct hs_platform_row hs_platform_gain(const struct hs_platform *p, double lufs, double peak_dbtp,
                                        double album_lufs, double loudest_lufs)
{
    const double room_dbtp = -1, told_db = 0.5;
    double of = p->mode == HS_BY_ALBUM     ? album_lufs
                : p->mode == HS_BY_LOUDEST ? loudest_lufs
                                           : lufs;
    double gain = p->target_lufs - (isfinite(of) ? of : lufs);
    if (gain > 0) {
        double most = p->raises && isfinite(peak_dbtp) ? fmax(0, p->ceiling_dbtp - peak_dbtp) : 0;
        gain = fmin(gain, most);
    }
    double missing = p->target_lufs - (lufs + gain);
    struct hs_platform_row row = {p, gain, peak_dbtp + gain, NAN, NAN};
    if (gain < 0 && room_dbtp - row.peak_after_dbtp > 0)
        row.unused_headroom_db = room_dbtp - row.peak_after_dbtp;
    if (p->mode == HS_EACH_TRACK && missing > told_db)
        row.never_reaches_db = missing;
    return row;
}

/* Programme loudness (BS.1770) over all tracks as one, from counts of their blocks by level. */
double hs_album_lufs(const double *const *counts, size_t n)
{
    double gate = 0, mean = 0;
    for (int pass = 0; pass < 2; pass++) { /* above -70 LUFS, then above 10 LU below their mean */
        double sum = 0, blocks = 0;
        for (size_t t = 0; t < n; t++)
            for (size_t b = 0; b < HS_LOUDNESS_BINS; b++) {
                double power = hs_loudness_bin_power(b);
                if (power > gate) {
                    sum += counts[t][b] * power;
                    blocks += counts[t][b];
                }
            }
        if (!(blocks > 0))
            return NAN;
        mean = sum / blocks;
        gate = mean / 10;
    }
    return hs_lufs(mean);
}

/* Of the masters of one release that can be read. */
static struct hs_album album_of(const struct hs_audit *audit, const struct hs_release *r)
{
    struct hs_arena a = {0};
    const double **counts = HS_ARENA_ARRAY(&a, const double *, r->n_tracks + 1);
    struct hs_album album = {NAN, NAN};
    size_t n = 0;
    for (size_t i = 0; i < r->n_tracks; i++) {
        const struct hs_file *master = &audit->tracks[r->first_track + i].master;
        if (master->state != HS_FILE_OK)
            continue;
        const double *c = hs_values_doubles(&master->values, "loudness_blocks", HS_LOUDNESS_BINS);
        if (c)
            counts[n++] = hs_arena_copy(&a, c, HS_LOUDNESS_BINS * sizeof *c);
        album.loudest_lufs =
            fmax(album.loudest_lufs, hs_values_or_nan(&master->values, "integrated_lufs"));
    }
    album.lufs = hs_album_lufs(counts, n);
    hs_arena_free(&a);
    return album;
}

/* Before measures are packed away. */
void hs_platforms_read_albums(struct hs_audit *audit)
{
    size_t n = audit->job->n_releases;
    struct hs_album *albums = HS_ARENA_ARRAY(&audit->arena, struct hs_album, n + 1);
    for (size_t i = 0; i < n; i++)
        albums[i] = album_of(audit, &audit->job->releases[i]);
    audit->albums = albums;
}

/* One row for each platform; those that play by album are left out where no master of it can be
 * read. */
size_t hs_platform_rows(const struct hs_audit *audit, const struct hs_track_result *t,
                        struct hs_arena *a, const struct hs_platform_row **out)
{
    double lufs = hs_values_or_nan(&t->master.values, "integrated_lufs");
    double peak = hs_values_or_nan(&t->master.values, "true_peak_dbtp");
    struct hs_album album = {NAN, NAN};
    size_t n, shown = 0;
    if (t->master.state != HS_FILE_OK || !isfinite(lufs))
        return 0;
    if (audit->albums)
        album = audit->albums[t->track->release];
    const struct hs_platform *p = hs_platforms(audit->job, a, &n);
    struct hs_platform_row *rows = HS_ARENA_ARRAY(a, struct hs_platform_row, n + 1);
    for (size_t i = 0; i < n; i++)
        if (p[i].mode == HS_EACH_TRACK || isfinite(album.loudest_lufs))
            rows[shown++] = hs_platform_gain(&p[i], lufs, peak, album.lufs, album.loudest_lufs);
    *out = rows;
    return shown;
}
