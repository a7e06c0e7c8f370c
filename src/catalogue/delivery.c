/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sheet has the figures of the new master beside those of the old one, whether the ISRC may
 * stay (the same mix at the same length, within 10 s), and all files of the job with the same file
 * or ISRC as the old master: the update replaces them all.
 */
#include "catalogue/delivery.h"

#include "catalogue/verify_files.h"

#include <math.h>
#include <string.h>

/* In the order of the sheet. Gaps are what is silent before and after the music. */
static const struct {
    const char *key, *title, *unit;
    int digits;
} figures[] = {
    {"sample_rate_hz", "Sample rate", "Hz", 0},
    {"effective_bits", "Bits that are used", "bit", 0},
    {"channels", "Channels", "", 0},
    {"duration_s", "Length", "s", 2},
    {"leading_silence_s", "Gap before the music", "s", 2},
    {"trailing_silence_s", "Gap after the music", "s", 2},
    {"sample_peak_dbfs", "Sample peak", "dBFS", 1},
    {"true_peak_dbtp", "True peak", "dBTP", 1},
    {"integrated_lufs", "Loudness", "LUFS", 1},
    {"loudness_range_lu", "Loudness range", "LU", 1},
};
/* From here on another length is another version, and that is another recording. */
static const double same_length_s = 10;

static const char *shown(const struct hs_source *s)
{
    return s->shown ? s->shown : s->path;
}

static bool is_remixed(const struct hs_track_result *t)
{
    for (size_t i = 0; t->first_plan && i < t->first_plan->n_steps; i++)
        if (t->first_plan->steps[i].where == HS_PLACE_MIX)
            return true;
    return false;
}

/* ISRC Handbook: mastering anew without creative input keeps the code, another mix or another
 * length is another recording. */
static void decide_isrc(const struct hs_track_result *t, struct hs_delivery *out)
{
    double longer = hs_values_or_nan(&t->update.values, "duration_s") -
                    hs_values_or_nan(&t->master.values, "duration_s");
    bool other_length = fabs(longer) > same_length_s, remixed = is_remixed(t);
    out->isrc = t->track->isrc;
    out->isrc_kept = !other_length && !remixed;
    out->isrc_why = remixed        ? "a new mix is another recording: a new code is due"
                    : other_length ? "it is longer or shorter by more than 10 s: a new code is due"
                                   : "the same mix mastered anew keeps the code of its release";
}

static bool same_code(const struct hs_track *a, const struct hs_track *b)
{
    return a->isrc && b->isrc && !strcmp(a->isrc, b->isrc);
}

/* The old master, and every other release that has the same recording. */
static void find_replaced(const struct hs_audit *audit, const struct hs_track_result *t,
                          struct hs_arena *arena, struct hs_delivery *out)
{
    out->replaces = HS_ARENA_ARRAY(arena, const char *, audit->job->n_tracks + 1);
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track *other = &audit->job->tracks[i];
        bool same_file = other->master.path && t->track->master.path &&
                         !strcmp(other->master.path, t->track->master.path);
        if (!other->master.path || (other != t->track && !same_file && !same_code(other, t->track)))
            continue;
        bool known = false;
        for (size_t k = 0; k < out->n_replaces; k++)
            known |= !strcmp(out->replaces[k], shown(&other->master));
        if (!known)
            out->replaces[out->n_replaces++] = shown(&other->master);
    }
}

/* False without a new master. */
bool hs_delivery_make(const struct hs_audit *audit, const struct hs_track_result *t,
                      struct hs_arena *arena, struct hs_delivery *out)
{
    *out = (struct hs_delivery){.file = NULL};
    if (!t->track->update.path || t->update.state != HS_FILE_OK ||
        hs_verify_kind(t) != HS_UPDATE_MASTER)
        return false;
    const struct hs_value *codec = hs_values_get(&t->update.values, "codec");
    out->file = shown(&t->track->update);
    out->codec = codec && codec->kind == HS_TEXT ? codec->text : NULL;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        out->figure[out->n_figures++] =
            (struct hs_delivered){.key = figures[i].key,
                                  .title = figures[i].title,
                                  .unit = figures[i].unit,
                                  .digits = figures[i].digits,
                                  .now = hs_values_or_nan(&t->update.values, figures[i].key),
                                  .before = hs_values_or_nan(&t->master.values, figures[i].key)};
    decide_isrc(t, out);
    find_replaced(audit, t, arena, out);
    return true;
}
